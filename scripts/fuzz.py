#!/usr/bin/env python3
"""Fuzzes every target with coverage, one after the other, and prints executions and coverage.

    scripts/fuzz.py                          20 minutes of processor time a target
    scripts/fuzz.py --seconds 60 tape fixes  a minute for each of two targets

Needs nightly Rust and cargo-fuzz. `fuzz/corpus` is read and not changed: new inputs go to a folder of each target under
`target/fuzz`, where the next run goes on from them, and inputs that show a fault to its `faults`. Ends with 1 where there is one.

    scripts/fuzz.py --merge                  adds the smallest new inputs that reach something new to `fuzz/corpus`
"""

import argparse, os, pathlib, re, resource, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "fuzz"
TARGETS = ["draft", "tape", "container", "fixes", "edits", "settings", "registry", "growth"]
TURN = 120  # seconds on the wall after which the processor time is looked at
# A machine that is busy with other work lets an input wait, which is no fault of the input.
LIMITS = ["-timeout=600", "-rss_limit_mb=3000", "-max_len=4096"]
LARGEST_STORED = 1_000  # bytes of an input that is added to the stored ones
MOST_FAULTS = 5  # after which a target ends; an input that fails at once would fail for ever
MOST_STORED = 40  # inputs that are added for a target at once


def build():
    # sayso has no unsafe code of its own, so that a sanitizer would only make it slower. Overflow checks are on.
    command = ["cargo", "+nightly", "fuzz", "build", "--sanitizer", "none"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "CARGO_TARGET_DIR": str(OUT / "build")})
    host = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    return OUT / "build" / re.search("host: (.*)", host)[1] / "release"


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def edges_of(log):
    reached = re.findall(r"cov: (\d+)", log)
    all_edges = re.search(r"Loaded 1 modules +\((\d+)", log)
    return f"{reached[-1] if reached else '?'} of {all_edges[1] if all_edges else '?'} edges"


def fuzz(programs, target, seconds):
    """Runs a target for so much processor time; returns how many faults it found."""
    inputs, found = OUT / target, OUT / "faults"
    inputs.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    begun, executions, faults = processor_time(), 0, 0
    while faults < MOST_FAULTS and processor_time() - begun < seconds:
        command = [programs / target, *LIMITS, f"-max_total_time={TURN}", "-print_final_stats=1",
                   f"-artifact_prefix={found}/{target}-", inputs, ROOT / "fuzz/corpus" / target]
        # One thread, so that time and memory are those of the input.
        run = subprocess.run([str(part) for part in command], cwd=ROOT, stderr=subprocess.PIPE, text=True, errors="replace",
                             env={**os.environ, "RAYON_NUM_THREADS": "1"})
        (OUT / f"{target}.log").write_text(run.stderr)
        executions += sum(map(int, re.findall(r"number_of_executed_units: *(\d+)", run.stderr)))
        if run.returncode != 0:
            faults += 1
            (OUT / f"{target}-fault-{faults}.log").write_text(run.stderr)
        figures = (f"{target}: {processor_time() - begun:.0f} s of processor time, {executions} executions, "
                   f"{edges_of(run.stderr)}, {len(list(inputs.iterdir()))} new inputs, {faults} faults")
        # Said after each turn, so that a run that is ended early has its figures too.
        (OUT / f"{target}.figures").write_text(f"{figures}\n")
    print(figures, flush=True)
    return faults


def merge(programs, target):
    """Adds what reaches something new, the smallest inputs first."""
    stored, small = ROOT / "fuzz/corpus" / target, OUT / f"{target}-small"
    small.mkdir(parents=True, exist_ok=True)
    known = {path.read_bytes() for path in stored.iterdir()}
    new = [path for path in (OUT / target).iterdir() if path.stat().st_size <= LARGEST_STORED]
    for path in sorted(new, key=lambda path: path.stat().st_size):
        (small / path.name).write_bytes(path.read_bytes())
    reaching = OUT / f"{target}-reaching"
    reaching.mkdir(exist_ok=True)
    command = [programs / target, "-merge=1", *LIMITS, reaching, stored, small]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True)
    added = sorted((path for path in reaching.iterdir() if path.read_bytes() not in known), key=lambda path: path.stat().st_size)
    for path in added[:MOST_STORED]:
        (stored / f"fuzz-{path.name[:8]}").write_bytes(path.read_bytes())
    print(f"{target}: {min(len(added), MOST_STORED)} of {len(added)} inputs that reach something new are stored")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=1200, help="of processor time a target")
    parser.add_argument("--merge", action="store_true")
    options = parser.parse_args()
    targets = options.targets or TARGETS
    if unknown := set(targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    programs = build()
    if options.merge:
        for target in targets:
            merge(programs, target)
        return
    faults = [target for target in targets if fuzz(programs, target, options.seconds)]
    if faults:
        print(f"the inputs that show a fault are in {OUT / 'faults'}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
