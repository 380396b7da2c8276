#!/usr/bin/env bash
# What the GitHub action runs: picks the drafts, writes annotations and the SARIF report, and leaves with sayso's code.
# Settings come in the environment: SAYSO_PATHS, SAYSO_CHANGED_ONLY, SAYSO_BASE, SAYSO_FAIL_ON, SAYSO_CONFIG,
# SAYSO_ANNOTATE, SAYSO_SARIF.
set -euo pipefail

options=(--fail-on "${SAYSO_FAIL_ON:-warning}")
if [ -n "${SAYSO_CONFIG:-}" ]; then options+=(--config "$SAYSO_CONFIG"); fi

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
            < <(git diff --name-only -z --diff-filter=d "$base" HEAD -- "${paths[@]}" \
                | grep -zE '\.(md|markdown|mdown|txt|text)$' || true)
        if [ "${#changed[@]}" -eq 0 ]; then
            printf 'No draft was changed.\n'
            exit 0
        fi
        paths=("${changed[@]}")
    fi
fi

if [ "${SAYSO_SARIF:-false}" = true ]; then
    file="${RUNNER_TEMP:-/tmp}/sayso.sarif"
    # What is found decides below; a run that could not be made is an error here and there.
    sayso check "${options[@]}" --quiet --fail-on never --format sarif -o "$file" -- "${paths[@]}"
    printf 'sarif-file=%s\n' "$file" >> "${GITHUB_OUTPUT:-/dev/null}"
fi
format=pretty
if [ "${SAYSO_ANNOTATE:-true}" = true ]; then format=github; fi
sayso check "${options[@]}" --format "$format" -- "${paths[@]}"
