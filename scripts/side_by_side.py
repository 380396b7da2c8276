#!/usr/bin/env python3
"""Measures sayso beside other programs that read a whole folder: processor time and most memory, all in one run.

    scripts/side_by_side.py FOLDER target/release/sayso                 eleven runs of each, in turn
    scripts/side_by_side.py FOLDER target/release/sayso --runs 3 --typos PATH

`wc -w` is the measure; `rg -c '"'` and typos are left out where they are not installed. Everything runs on one thread. Times are
medians of user and system time together; ratios are taken within this run, because machines differ and are noisy.
"""

import argparse, os, pathlib, resource, shutil, statistics, subprocess

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("folder", type=pathlib.Path)
options.add_argument("sayso", type=pathlib.Path)
options.add_argument("--runs", type=int, default=11)
options.add_argument("--typos", default="typos")
chosen = options.parse_args()

sayso = str(chosen.sayso.resolve())
texts = sorted(str(path.relative_to(chosen.folder)) for path in chosen.folder.rglob("*") if path.suffix in (".md", ".txt"))
size = sum((chosen.folder / text).stat().st_size for text in texts)
# A list of names that is too long for one command line goes to `wc` by a pipe.
names = "\0".join(texts).encode()
programs = {"wc -w": ["wc", "-w", "--files0-from=-"]}
if shutil.which("rg"):
    programs["rg -c '\"'"] = ["rg", "-c", "--threads", "1", '"', "."]
if shutil.which(chosen.typos):
    programs["typos"] = [chosen.typos, "--isolated", "--threads", "1", "."]
programs["sayso quotes"] = [sayso, "quotes", "--isolated", "--threads", "1", "--format", "jsonl", "."]
programs["sayso check"] = [sayso, "check", "--isolated", "--threads", "1", "--format", "json", "."]


def cost(command):
    """Processor seconds and most memory in bytes of one run."""
    run = subprocess.Popen(command, cwd=chosen.folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    try:
        run.stdin.write(names if command[0] == "wc" else b"")
        run.stdin.close()
    except BrokenPipeError:
        pass
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


runs = {name: [] for name in programs}
for _ in range(chosen.runs):
    for name, command in programs.items():
        runs[name].append(cost(command))
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 * 1.05
measure = statistics.median(time for time, _ in runs["wc -w"])
print(f"{len(texts)} texts, {size / 1e6:.1f} MB, {chosen.runs} runs in turn\n")
print("| program | processor time | beside `wc -w` | most memory | … a text |")
print("|---|---|---|---|---|")
for name, found in runs.items():
    time, memory = statistics.median(time for time, _ in found), max(memory for _, memory in found)
    # The system counts what this script had in memory when it started the program.
    small = memory <= own
    most, each = (f"under {own / 1e6:.0f} MB", "") if small else (f"{memory / 1e6:.0f} MB", f"{memory / len(texts) / 1e3:.1f} kB")
    print(f"| `{name}` | {time:.3f} s | {time / measure:.1f} × | {most} | {each} |")
