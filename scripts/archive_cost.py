"""What a check against an archive costs: scripts/archive_cost.py SAYSO FOLDER ARCHIVE [DRAFTS]

Takes drafts from FOLDER, such as those from which the archive was built, and checks each under another path, so that the archive
has a draft of the same words and of the same people: with the archive and without it, on one thread. Each is checked once before
it is measured, so that what the disk takes is not counted. Prints processor time (user and system) in milliseconds, start of the
program included."""

import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile


def cpu(command: list[str], folder: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def shown(times: list[float]) -> str:
    times = sorted(times)
    return (
        f"mean {statistics.mean(times):.1f}, median {statistics.median(times):.1f}, "
        f"95 of 100 below {times[int(len(times) * 0.95) - 1]:.1f}, largest {times[-1]:.1f}"
    )


def main() -> None:
    program, folder, archive = (str(pathlib.Path(it).resolve()) for it in sys.argv[1:4])
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 40
    drafts = sorted(pathlib.Path(folder).rglob("*.txt"))
    random.seed(1)
    alone, against = [], []
    with tempfile.TemporaryDirectory() as place:
        for draft in random.sample(drafts, count):
            pathlib.Path(place, "draft.txt").write_bytes(draft.read_bytes())
            command = [program, "check", "draft.txt", "--isolated", "--threads", "1", "--format", "jsonl"]
            for times, given in ((alone, command), (against, [*command, "--archive", archive])):
                cpu(given, place)
                times.append(cpu(given, place))
    print(f"without the archive: {shown(alone)}")
    print(f"against the archive: {shown(against)}")
    print(f"difference of the means: {statistics.mean(against) - statistics.mean(alone):.1f} ms")


if __name__ == "__main__":
    main()
