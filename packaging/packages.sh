#!/usr/bin/env bash
# usage: packages.sh TARGET PLATFORM FOLDER
# From a program that cargo has built for TARGET (profile `dist`, or PROFILE), makes in FOLDER: an archive, the npm package of
# PLATFORM, wheels, and on Linux a Debian package. Needs cargo, node and python3 with pip; the tools that make wheels go into a
# virtual environment of their own.
set -euo pipefail
target=${1:?usage: packages.sh TARGET PLATFORM FOLDER}
platform=${2:?usage: packages.sh TARGET PLATFORM FOLDER}
mkdir -p "${3:?usage: packages.sh TARGET PLATFORM FOLDER}"
out=$(cd "$3" && pwd)
profile=${PROFILE:-dist}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

suffix=
case $target in *windows*) suffix=.exe ;; esac
program="${CARGO_TARGET_DIR:-target}/$target/${SAYSO_DIRECTORY:-$profile}/sayso$suffix"

# The archive, for people, for `cargo binstall` and for Homebrew.
name="sayso-$version-$target"
mkdir "$work/$name"
cp "$program" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$work/$name/"
tar -C "$work" -czf "$out/$name.tar.gz" "$name"

# npm.
node packaging/npm/scripts/platform.mjs "$platform" "$program" "$work/npm"
npm pack --silent "$work/npm/sayso-$platform" --pack-destination "$out"

# Wheels. One linked with glibc has to run on old systems too: zig links against the version that manylinux2014 names. Systems
# with musl (Alpine) take a wheel of their own.
python3 -m venv "$work/tools"
tools="$work/tools/bin"
if [ ! -d "$tools" ]; then tools="$work/tools/Scripts"; fi
"$tools/python" -m pip install --quiet 'maturin>=1.9,<2' ziglang
wheel() { "$tools/python" -m maturin build --quiet --profile "$profile" --locked --out "$out" "$@"; }
case $target in
    *-linux-musl)
        wheel --target "$target" --compatibility musllinux_1_2
        gnu=${target/musl/gnu}
        rustup target add "$gnu" >/dev/null 2>&1 || true
        PATH="$tools:$PATH" wheel --target "$gnu" --zig --compatibility manylinux2014
        packaging/deb/build.sh "$program" "$out"
        ;;
    *) wheel --target "$target" ;;
esac
ls -l "$out"
