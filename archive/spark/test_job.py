"""Runs the job in local mode: pytest archive/spark (README.md says what it needs)

The drafts are those of `cargo bench --bench news`, with planted faults. NEWS may name a folder that has them already.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

import pytest
from pyspark.sql import SparkSession

import job

HERE = pathlib.Path(__file__).resolve().parent
SAYSO = str(pathlib.Path(os.environ.get("SAYSO", HERE / "../../target/release/sayso")).resolve())
DRAFTS = int(os.environ.get("DRAFTS", "5000"))
APART = {line for line in (HERE / "../not-compared.txt").read_text().splitlines() if not line.startswith("#")}


@pytest.fixture(scope="session")
def spark():
    # Spark starts `python3` for its workers unless it is told; this one has the packages.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # And it has the folder of the job, from wherever pytest was started.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    session = (
        SparkSession.builder.master("local[2]")
        .appName("sayso")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "8")
        # Needs no library of the system.
        .config("spark.sql.parquet.compression.codec", "gzip")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def news(tmp_path_factory):
    """A folder of generated drafts."""
    if "NEWS" in os.environ:
        return pathlib.Path(os.environ["NEWS"])
    folder = tmp_path_factory.mktemp("news")
    command = ["cargo", "bench", "--bench", "news", "--", str(folder), str(DRAFTS), "3"]
    subprocess.run(command, cwd=HERE / "../..", check=True)
    return folder


def across(findings):
    """Findings with places in two drafts, as sorted lines: what was found, and where."""
    found = set()
    for it in findings:
        related = [(place["path"], place["span"]["start"]["byte"], place["message"]) for place in it["related"]]
        if it["rule"] not in APART and any(path != it["path"] for path, *_ in related):
            span = (it["span"]["start"]["byte"], it["span"]["end"]["byte"])
            found.add(json.dumps([it["path"], it["rule"], span, it["level"], it["message"], related]))
    return found


def one_process(folder):
    command = [SAYSO, "check", ".", "--isolated", "--notes", "--format", "jsonl"]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    assert done.returncode < 2, done.stderr
    return across(json.loads(line) for line in done.stdout.splitlines())


def of_spark(spark, work):
    rows = spark.read.parquet(f"{work}/result").select("finding").collect()
    return across(json.loads(row["finding"]) for row in rows)


def assert_same(one, other):
    assert one == other, "only one process:\n{}\nonly Spark:\n{}".format(
        "\n".join(sorted(one - other)[:10]), "\n".join(sorted(other - one)[:10])
    )


def test_spark_finds_what_one_process_finds(spark, news, tmp_path):
    expected = one_process(news)
    assert len(expected) > 100
    # Small groups, so that most pairs of drafts are in different ones.
    counts = job.run(spark, str(news), str(tmp_path / "work"), SAYSO, shards="*/*", block=250, parts=3)
    print(counts)
    assert counts["unread"] == 0 and counts["groups"] > 20
    assert counts["largest_group"] < counts["drafts"] * 2 / 3
    assert_same(expected, of_spark(spark, tmp_path / "work"))

    log = json.loads((tmp_path / "work/result.sarif").read_text())
    results = log["runs"][0]["results"]
    assert len(results) == counts["findings"] >= len(expected)
    assert {it["partialFingerprints"]["sayso/v1"] for it in results} == {
        row["fingerprint"] for row in spark.read.parquet(str(tmp_path / "work/result")).collect()
    }


def test_what_is_done_is_not_done_again(spark, news, tmp_path):
    store = tmp_path / "store"
    for month in sorted(news.glob("*/*"))[:2]:
        drafts = sorted(month.iterdir())[:60]
        target = store / month.relative_to(news)
        target.mkdir(parents=True)
        for draft in drafts:
            shutil.copy(draft, target)
    work = tmp_path / "work"
    first = job.run(spark, str(store), str(work), SAYSO, shards="*/*", block=20, parts=2)
    expected = of_spark(spark, work)
    assert expected
    written = {it: it.stat().st_mtime_ns for it in work.rglob("*.parquet")}
    # The run was cut off while it wrote the second part of the findings: what came before stays.
    shutil.rmtree(work / "result")
    (work / "findings/1/_SUCCESS").unlink()
    again = job.run(spark, str(store), str(work), SAYSO, shards="*/*", block=20, parts=2)
    assert again == first and of_spark(spark, work) == expected
    for path, time in written.items():
        if "result" not in path.parts and path.parent.name != "1":
            assert path.stat().st_mtime_ns == time, path
    assert not any(it in written for it in (work / "findings/1").glob("*.parquet"))


def test_a_speaker_of_very_many_quotations_and_boilerplate_stay_small(spark, tmp_path, monkeypatch):
    """Limits are set low, and a store is made that goes beyond them: one speaker in every draft, one quotation in every
    draft. No group has more drafts than the limits say, and what contradicts is found."""
    monkeypatch.setattr(job, "DRAFTS_OF_NAME", 100)
    monkeypatch.setattr(job, "DRAFTS_OF_WORDING", 40)
    store = tmp_path / "store/all"
    store.mkdir(parents=True)
    syllables = "ba co du fe gi ho ka lu me no pa ru se ti vo wa".split()
    for number in range(600):
        dice = random.Random(number)
        words = ["".join(dice.choices(syllables, k=3)) for _ in range(9)]
        own = f"We will {words[0]} the {words[1]} before the {words[2]} and {' '.join(words[3:])}"
        slip = own.replace("will", "will never") if number % 100 == 50 else own
        lines = [
            f"“{own},” said Belle Okonrad, the mayor of Ostby, on Monday.",
            "“Nobody in this town will ever close the old northern ferry,” said Bo Lindqvist, the harbour master.",
        ]
        (store / f"2024-01-{number:04}-a.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        if slip != own:
            wrong = f"“{slip},” said Belle Okonrad, the mayor of Ostby, on Monday.\n"
            (store / f"2024-01-{number:04}-b.txt").write_text(wrong, encoding="utf-8")
    counts = job.run(spark, str(tmp_path / "store"), str(tmp_path / "work"), SAYSO, block=50, parts=2)
    assert counts["largest_group"] <= 100 + job.OVERLAP_OF_CHUNKS + job.DRAFTS_OF_WORDING, counts
    found = of_spark(spark, tmp_path / "work")
    for number in range(50, 600, 100):
        both = [it for it in found if f"{number:04}-a" in it and f"{number:04}-b" in it]
        assert any("altered-quotation" in it for it in both), (number, both)


def test_two_names_of_one_person(spark, tmp_path):
    """One draft uses two full names for one person: drafts that have either are compared, wherever their homes are."""
    store = tmp_path / "store/all"
    store.mkdir(parents=True)
    drafts = {
        "2024-01-05-a.txt": "“The pier stays open,” said Ana Maria Okonrad, the mayor of Ostby. Ana Okonrad left early.\n",
        "2024-01-05-b.txt": "“The ferry is late,” said Ana Okonrad, the governor of Ostby.\n",
    }
    # Drafts about others, so that there are many homes.
    syllables = "ba co du fe gi ho ka lu me no pa ru".split()
    for number in range(40):
        dice = random.Random(number)
        name = "".join(dice.choices(syllables, k=4)).capitalize()
        drafts[f"2024-02-{number:04}.txt"] = f"“We are {' '.join(dice.choices(syllables, k=5))},” said Bo {name}.\n"
    for path, text in drafts.items():
        (store / path).write_text(text, encoding="utf-8")
    expected = one_process(tmp_path / "store")
    assert any("conflicting-title" in it for it in expected), expected
    job.run(spark, str(tmp_path / "store"), str(tmp_path / "work"), SAYSO, block=2, parts=2)
    assert_same(expected, of_spark(spark, tmp_path / "work"))


def test_a_file_that_is_no_draft_is_counted(spark, tmp_path):
    store = tmp_path / "store/all"
    store.mkdir(parents=True)
    (store / "2024-01-05-a.txt").write_text("“We never closed the pier,” said Belle Okonrad.\n", encoding="utf-8")
    (store / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    counts = job.run(spark, str(tmp_path / "store"), str(tmp_path / "work"), SAYSO, parts=1)
    assert (counts["drafts"], counts["unread"]) == (1, 1)
