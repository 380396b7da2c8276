#!/usr/bin/env bash
# usage: build.sh [FOLDER]   Builds the module and puts the page into FOLDER (default: dist beside this script). Any web
# server can serve it: python3 -m http.server --directory FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=${1:-dist}
rustup target add wasm32-unknown-unknown >/dev/null 2>&1
cargo build --quiet --release --target wasm32-unknown-unknown
mkdir -p "$out"
cp "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/sayso_playground.wasm" "$out/sayso.wasm"
cp index.html playground.css playground.js sayso.js "$out/"
printf 'sayso.wasm: %s bytes, %s with gzip\n' "$(wc -c < "$out/sayso.wasm")" "$(gzip -9c "$out/sayso.wasm" | wc -c)"
