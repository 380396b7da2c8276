#!/usr/bin/env bash
# usage: build.sh PROGRAM FOLDER   Makes a Debian package of a built program; prints its path. Needs dpkg-deb.
# A program linked with musl runs on every release of Debian and Ubuntu; one linked with glibc needs the version that it
# was built with, and the package says so.
set -euo pipefail
program=${1:?usage: build.sh PROGRAM FOLDER}
folder=${2:?usage: build.sh PROGRAM FOLDER}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -1)
arch=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

install -Dm755 "$program" "$tree/usr/bin/sayso"
install -Dm644 "$root/LICENSE-MIT" "$tree/usr/share/doc/sayso/copyright"
cat "$root/LICENSE-APACHE" >> "$tree/usr/share/doc/sayso/copyright"
gzip -9nc "$root/CHANGELOG.md" > "$tree/usr/share/doc/sayso/changelog.gz"
chmod 644 "$tree/usr/share/doc/sayso/changelog.gz"
for shell in bash zsh fish; do
    case $shell in
        bash) file=usr/share/bash-completion/completions/sayso ;;
        zsh) file=usr/share/zsh/vendor-completions/_sayso ;;
        fish) file=usr/share/fish/vendor_completions.d/sayso.fish ;;
    esac
    mkdir -p "$tree/$(dirname "$file")"
    "$program" completions "$shell" > "$tree/$file"
done
if "$program" man > "$tree/sayso.1" 2>/dev/null; then
    mkdir -p "$tree/usr/share/man/man1"
    gzip -9nc "$tree/sayso.1" > "$tree/usr/share/man/man1/sayso.1.gz"
fi
rm -f "$tree/sayso.1"

depends=
if ldd "$program" 2>/dev/null | grep -q 'libc\.so'; then
    needed=$(objdump -T "$program" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
    depends="Depends: libc6 (>= ${needed#GLIBC_}), libgcc-s1"$'\n'
fi
mkdir -p "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: sayso
Version: $version
Architecture: $arch
Maintainer: The sayso developers <sayso@example.org>
${depends}Section: text
Priority: optional
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Description: linter for quotations and attributions in prose
 sayso finds every quotation in a set of drafts, works out who said it, and
 reports what cannot be right: marks that do not pair, words with no speaker,
 words that changed on the way from one draft to another.
CONTROL
mkdir -p "$folder"
package="$folder/sayso_${version}_$arch.deb"
dpkg-deb --root-owner-group --build "$tree" "$package" >&2
printf '%s\n' "$package"
