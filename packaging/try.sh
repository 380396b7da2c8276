#!/usr/bin/env bash
# usage: try.sh [FOLDER]
# Builds the packages for 64-bit Linux as the release does, installs each in an environment of its own, and runs it on a draft
# with one fault. Prints how long each took from the command to the first finding. Needs cargo, rustup, musl-gcc (Debian:
# musl-tools), node, python3 with venv, and dpkg-deb; PROFILE=dev builds faster and tests the same steps.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-$(mktemp -d)}
target=x86_64-unknown-linux-musl
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
profile=${PROFILE:-dist}
rustup target add "$target" >/dev/null 2>&1
cargo build --quiet --profile "$profile" --locked --target "$target"
directory=$profile
if [ "$profile" = dev ]; then directory=debug; fi
PROFILE=$profile SAYSO_DIRECTORY=$directory packaging/packages.sh "$target" linux-x64 "$out"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
printf '“The quay is shut, Ana Reyes said.\n' > "$place/draft.md"

# Runs the command in a clean place and holds its one finding against what it must be.
finds() {
    local name=$1 found
    shift
    if [ "$(cd "$place" && "$@" --version)" != "sayso $version" ]; then
        printf '%s: not version %s\n' "$name" "$version" >&2
        exit 1
    fi
    found=$(cd "$place" && "$@" check --isolated --quiet --format concise draft.md || true)
    if [ "$found" != 'draft.md:1:1: error: this quotation is never closed [unclosed-quotation]' ]; then
        printf '%s: not the finding that was planted: %s\n' "$name" "$found" >&2
        exit 1
    fi
    printf '%s: found it, %s s after the first command\n' "$name" "$SECONDS"
}

SECONDS=0
tar -C "$place" -xzf "$out"/sayso-*-"$target".tar.gz
finds 'the archive' "$(echo "$place"/sayso-*-"$target")/sayso"

SECONDS=0
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --no-index --find-links "$out" sayso
finds 'the wheel' "$place/venv/bin/sayso"

# What pre-commit does: it installs a clone at the tag of a version. The clone is not built where its wheel is published;
# here the folder of packages takes the place of the registry.
SECONDS=0
git clone --quiet --no-local . "$place/clone"
cp packaging/python/published_or_built.py "$place/clone/packaging/python/"
git -C "$place/clone" tag --force "v$version" >/dev/null
python3 -m venv "$place/hook"
PATH=/usr/bin:/bin PIP_FIND_LINKS=$out "$place/hook/bin/pip" install --quiet "$place/clone"
finds 'the clone of a published version, without Rust' "$place/hook/bin/sayso"

SECONDS=0
main=$(cd packaging/npm && npm pack --silent --pack-destination "$place")
(cd "$place" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund "$out"/sayso-linux-x64-*.tgz \
    && npm install --silent --no-audit --no-fund --omit=optional "./$main")
finds 'the npm package beside the one of its platform' npx --no-install sayso

SECONDS=0
mkdir "$place/alone"
alone=$(cd packaging/npm && SAYSO_BIN=$(echo "$place"/sayso-*-"$target")/sayso npm pack --silent --pack-destination "$place/alone")
(cd "$place/alone" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund --omit=optional "./$alone")
finds 'the npm package with its own program' "$place/alone/node_modules/.bin/sayso"

SECONDS=0
dpkg-deb -x "$out"/sayso_*_amd64.deb "$place/deb"
finds 'the Debian package' "$place/deb/usr/bin/sayso"
printf 'All packages work.\n'
