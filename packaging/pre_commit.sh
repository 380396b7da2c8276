#!/usr/bin/env bash
# usage: pre_commit.sh WHEEL
# Runs the real pre-commit (`pip install pre-commit`) with the hook of this checkout in a new repository of 3,001 drafts: the first
# commit passes, a draft that contradicts an unchanged one is held back, and a sound one passes. WHEEL is what pre-commit installs.
set -euo pipefail
SAYSO_WHEEL=$(realpath "${1:?usage: pre_commit.sh WHEEL}")
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export SAYSO_WHEEL PRE_COMMIT_HOME="$place/home"
export GIT_AUTHOR_NAME=desk GIT_AUTHOR_EMAIL=desk@example.org GIT_COMMITTER_NAME=desk GIT_COMMITTER_EMAIL=desk@example.org

git clone --quiet --no-local "$checkout" "$place/hooks"
git -C "$place/hooks" tag --force tried >/dev/null
git init --quiet "$place/desk"
cd "$place/desk"
python3 - <<'PYTHON'
import pathlib, random

chance, drafts = random.Random(4), pathlib.Path("drafts")
drafts.mkdir()
verbs = "bring close count draw earn fill grant hire issue join keep lend mend order paint raise send train visit wash".split()
nouns = "boats bridges clerks doors engines fences gardens houses islands lamps maps nurses papers roads schools tents vans".split()
for number in range(3000):
    parts = (f"{chance.choice(verbs)} {chance.randrange(20, 900)} {chance.choice(nouns)}" for _ in range(3))
    (drafts / f"{number}.md").write_text(f"“We {' and '.join(parts)},” Mayor Ines Duarte said.\n")
(drafts / "old.md").write_text("“The north pier comes down before the storms,” Mayor Ines Duarte said.\n")
pathlib.Path("sayso.toml").write_text('include = ["drafts/**"]\n')
pathlib.Path(".pre-commit-config.yaml").write_text("repos:\n- repo: ../hooks\n  rev: tried\n  hooks:\n  - id: sayso\n")
PYTHON
git add --all
pre-commit install >/dev/null

SECONDS=0
git commit --quiet --message 'three thousand drafts' >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }
printf 'the first commit of 3,001 drafts passes: %s s, the hook installed too\n' "$SECONDS"

SECONDS=0
printf '“The north pier comes down before the storms,” Councillor Bo Okafor said.\n' > drafts/new.md
git add drafts/new.md
if git commit --quiet --message 'a conflict' >"$place/log" 2>&1; then
    printf 'a draft that contradicts an unchanged one was let through\n' >&2
    exit 1
fi
grep --quiet 'conflicting-speaker' "$place/log" || { cat "$place/log"; exit 1; }
printf 'a conflict with an unchanged draft is held back: %s s\n' "$SECONDS"

SECONDS=0
printf '“The library opens on Sundays from June on,” Councillor Bo Okafor said.\n' > drafts/new.md
git add drafts/new.md
git commit --quiet --message 'a sound draft' >"$place/log" 2>&1 || { cat "$place/log"; exit 1; }
printf 'a sound draft passes: %s s\n' "$SECONDS"
