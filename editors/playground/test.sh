#!/usr/bin/env bash
# usage: test.sh [FOLDER]   Builds the page into FOLDER, asks the module from Node, and uses the page in headless Chromium.
# Needs cargo, node (20 or later) and chromium. Pictures of the page are put into FOLDER.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
site=${1:-$(mktemp -d)}
./build.sh "$site"
node --experimental-websocket --no-warnings test.mjs "$site"
