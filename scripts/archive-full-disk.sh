#!/bin/sh
# What `sayso archive` does where the disk is full: a file system of 256 kB in a namespace of its own, so that no root is
# needed. Usage: scripts/archive-full-disk.sh PATH/TO/sayso
set -eu
program=$(realpath "$1")
[ "${INSIDE:-}" ] || INSIDE=1 exec unshare --user --map-root-user --mount sh "$0" "$program"

disk=$(mktemp -d)
trap 'umount "$disk/full"; rm -r "$disk"' EXIT
mkdir "$disk/full" "$disk/old" "$disk/more"
mount -t tmpfs -o size=256k none "$disk/full"
cd "$disk"

# Invented drafts that do not compress well.
draft() { # folder, number
    words=$(od -An -tx4 -v -N 1200 /dev/urandom | tr -d '\n' | tr '0-9' 'g-p')
    printf '“The harbour of %s is closed,” said Belle Okonrad.\n' "$words" > "$1/2024-01-05-$2.txt"
}
for number in 1 2 3 4 5; do draft old "$number"; done
for number in $(seq 400); do draft more "$number"; done

"$program" archive build old -o full/stories.sayso --isolated
before=$(cksum < full/stories.sayso)
for command in "archive add full/stories.sayso more" "archive build more -o full/stories.sayso"; do
    if "$program" $command --isolated; then
        echo "not refused: $command" >&2
        exit 1
    fi
    [ "$(cksum < full/stories.sayso)" = "$before" ] || { echo "changed by: $command" >&2; exit 1; }
    [ ! -e full/stories.sayso.new ] || { echo "left behind by: $command" >&2; exit 1; }
done
"$program" archive info full/stories.sayso
echo "the archive is as it was"
