#!/usr/bin/env bash
# What the GitHub action runs: picks the drafts, writes annotations and the SARIF report, and leaves with sayso's code.
# Settings come in the environment: SAYSO_PATHS, SAYSO_CHANGED_ONLY, SAYSO_BASE, SAYSO_FAIL_ON, SAYSO_CONFIG,
# SAYSO_ANNOTATE, SAYSO_SARIF. It runs with the bash of macOS too, which takes an empty list for an unset variable.
set -euo pipefail

options=(--fail-on "${SAYSO_FAIL_ON:-warning}")
if [ -n "${SAYSO_CONFIG:-}" ]; then options+=(--config "$SAYSO_CONFIG"); fi
if [ "${SAYSO_ANNOTATE:-true}" = true ]; then options+=(--format github); fi

paths=()
while IFS= read -r path; do
    if [ -n "$path" ]; then paths+=("$path"); fi
done <<< "${SAYSO_PATHS:-}"

if [ "${SAYSO_CHANGED_ONLY:-false}" = true ]; then
    base=${SAYSO_BASE:-}
    if [ -z "$base" ] || ! git cat-file -e "$base^{commit}" 2>/dev/null; then
        printf '::warning title=sayso::the commit to compare with is not here (set fetch-depth: 0 for actions/checkout); everything is checked\n'
    else
        changed=()
        while IFS= read -r -d '' path; do changed+=("$path"); done \
            < <(git diff --name-only -z --diff-filter=d "$base" HEAD -- ${paths[@]+"${paths[@]}"})
        if [ "${#changed[@]}" -eq 0 ]; then
            printf 'No file was changed.\n'
            exit 0
        fi
        paths=("${changed[@]}")
        # As in a commit hook, changed files that are no drafts are counted and passed by.
        export PRE_COMMIT=1
    fi
fi

if [ "${SAYSO_SARIF:-false}" = true ]; then
    sarif="${RUNNER_TEMP:-/tmp}/sayso.sarif"
    options+=(--output "sarif=$sarif")
fi
status=0
sayso check "${options[@]}" -- ${paths[@]+"${paths[@]}"} || status=$?
if [ -n "${sarif:-}" ] && [ -f "$sarif" ]; then
    # Code scanning does not know suppressions: it would open an alert for what a draft allows.
    python3 - "$sarif" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    log = json.load(file)
for run in log["runs"]:
    run["results"] = [result for result in run["results"] if not result.get("suppressions")]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(log, file, ensure_ascii=False)
PYTHON
    printf 'sarif-file=%s\n' "$sarif" >> "${GITHUB_OUTPUT:-/dev/null}"
fi
exit "$status"
