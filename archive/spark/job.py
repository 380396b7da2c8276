"""Compares all drafts of a store with each other, on Spark: spark-submit job.py STORE WORK [options]

Four stages, each written as Parquet under WORK and skipped where it is there already:

  records   the facts and keys of each draft, by `sayso facts --format records`, one part for each folder of the store
  groups    which drafts are judged together, by the keys
  findings  what `sayso judge` says about each group, a part for so many groups
  result    the findings, each once, as Parquet and SARIF

No rule stands here, and no word is compared: this file only brings drafts together that share keys.
"""

import argparse
import json
import subprocess
import tempfile
import unicodedata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlparse

import pandas
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

# The limits of one process (src/corpus/wording/index.rs), which the groups keep.
COMMON_RUN = 400
KEPT_RUNS = 16
WORDS_PER_RUN = 8
NEIGHBOURS = 8
SHORT_WORDS = 6
SHARED_RUNS = 2
MOST_BEARERS = 40
# One process lays all pairs side by side that share two runs. Here a pair costs the transport of a draft, so it also shares
# this part of the runs of the one that has fewer, or runs that so few wordings have.
SHARE = 0.4
RARE_RUN = 3
# Beyond these, some drafts are not compared; WORK/summary.json counts where that was so.
DRAFTS_OF_WORDING = 400
DRAFTS_OF_NAME = 2_000
DRAFTS_OF_NEIGHBOUR = 400
OVERLAP_OF_CHUNKS = 48

RECORDS = """path string, record string, error string,
    quotations array<struct<all: string, words: int, runs: array<string>, short: string>>,
    people array<struct<name: string, near: array<string>, family: string, also: array<string>>>, alone array<string>"""
FINDINGS = "fingerprint string, rule string, level string, path string, line int, column int, message string, finding string"


# Stage 1: records


def reader(sayso: str, root: str):
    """A function that turns batches of (path, content) into records: it lays the drafts into a folder of its own and runs
    `sayso facts` there, so that their paths are those below the store."""

    def read(batches):
        for batch in batches:
            with tempfile.TemporaryDirectory() as folder:
                names = []
                for path, content in zip(batch["path"], batch["content"]):
                    name = relative(path, root)
                    names.append(name)
                    target = Path(folder, name)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                command = [sayso, "facts", ".", "--isolated", "--format", "records", "--threads", "1"]
                done = subprocess.run(command, cwd=folder, capture_output=True)
            rows = [row_of(line) for line in done.stdout.decode("utf-8").splitlines()]
            known = {row["path"] for row in rows}
            reason = done.stderr.decode("utf-8", "replace")[-2_000:] or "sayso does not read this kind of file"
            rows += [
                {"path": name, "record": None, "error": reason, "quotations": None, "people": None, "alone": None}
                for name in names
                if name not in known
            ]
            yield pandas.DataFrame(rows, columns=["path", "record", "error", "quotations", "people", "alone"])

    return read


def row_of(line: str) -> dict:
    record = json.loads(line)
    keys = record["keys"]
    quotations = [{name: it.get(name) for name in ("all", "words", "runs", "short")} for it in keys["quotations"]]
    people = [{name: it[name] for name in ("name", "near", "family", "also")} for it in keys["people"]]
    # Of the keys, `sayso judge` looks at the version only.
    record["keys"] = {"version": keys["version"]}
    written = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    path = record["facts"]["path"]
    return {"path": path, "record": written, "error": None, "quotations": quotations, "people": people, "alone": keys["alone"]}


def relative(path: str, root: str) -> str:
    return str(PurePosixPath(unquote(urlparse(path).path)).relative_to(root))


# Stage 2: groups


def word_groups(records: DataFrame, blocks: DataFrame) -> DataFrame:
    """Drafts that quote the same or similar words. A block is a range of drafts; its group has these, and all that are
    near: those whose wordings share keys with theirs, and close versions of those again."""
    passages = records.select("path", F.posexplode("quotations").alias("part", "it")).select("path", "part", "it.*")
    first = F.min(F.struct("path", "part")).alias("first")
    versions = passages.groupBy("all").agg(first, F.first("words").alias("words"), F.first("runs").alias("runs"))
    versions = versions.persist()
    runs = versions.select("all", "first", "words", F.explode("runs").alias("run"))
    # Common runs are counted before anything is brought together, so no task ever holds a list of them.
    counts = runs.groupBy("run").count().where(F.col("count").between(2, COMMON_RUN))
    rarest = Window.partitionBy("all").orderBy("count", "run")
    most = KEPT_RUNS + F.floor(F.col("words") / WORDS_PER_RUN)
    kept = runs.join(counts, "run").withColumn("rank", F.row_number().over(rarest)).where(F.col("rank") <= most)
    kept = kept.withColumn("rare", (F.col("count") <= RARE_RUN).cast("int"))
    pairs = neighbours(kept, "run", NEIGHBOURS, "rare")
    pairs = pairs.groupBy("one", "other").agg(F.count("*").alias("shared"), F.sum("rare").alias("rare"))
    for side in ("one", "other"):
        pairs = pairs.join(versions.select("all", "words", "runs").toDF(side, f"words_{side}", f"runs_{side}"), side)
    needed = F.when(F.least("words_one", "words_other") <= SHORT_WORDS, 1).otherwise(SHARED_RUNS)
    pairs = pairs.where(F.col("shared") >= needed)
    part = F.size(F.array_intersect("runs_one", "runs_other")) / F.least(F.size("runs_one"), F.size("runs_other"))
    pairs = pairs.withColumn("part", part).where((F.col("part") >= SHARE) | (F.col("rare") >= needed))
    pairs = pairs.select("one", "other", (F.col("part") >= 0.5).alias("close"))
    # Few words with one thing turned, from one family name.
    turned = passages.where("short is not null").groupBy("short", "all").agg(first)
    pairs = pairs.unionByName(neighbours(turned, "short", OVERLAP_OF_CHUNKS).withColumn("close", F.lit(True)))
    pairs = pairs.unionByName(pairs.select(F.col("other").alias("one"), F.col("one").alias("other"), "close"))
    itself = versions.select(F.col("all").alias("one"), F.col("all").alias("other"), F.lit(True).alias("close"))
    links = pairs.unionByName(itself).distinct().persist()

    in_order = Window.partitionBy("all").orderBy("path")
    members = passages.select("all", "path").distinct().withColumn("rank", F.row_number().over(in_order))
    members = members.where(F.col("rank") <= DRAFTS_OF_WORDING).select("all", "path")
    own = passages.join(blocks, "path").select("block", F.col("all").alias("one")).distinct()
    near = own.join(links.select("one", "other"), "one").select("block", F.col("other").alias("one")).distinct()
    near = near.join(links.where("close").select("one", "other"), "one").select("block", F.col("other").alias("all"))
    drafts = near.distinct().join(members, "all").select("block", "path")
    drafts = drafts.unionByName(blocks.select("block", "path")).distinct()
    return drafts.select(F.concat(F.lit("words:"), "block").alias("group"), "path")


def neighbours(versions: DataFrame, key: str, count: int, *others: str) -> DataFrame:
    """Pairs of versions that share a key: each with the `count` versions before it, as one process pairs them. A key of
    very many versions makes no more pairs of each than any other. The columns `others` are those of the later one."""
    before = Window.partitionBy(key).orderBy("first", "all").rowsBetween(-count, -1)
    earlier = versions.select(F.col("all").alias("other"), F.collect_list("all").over(before).alias("earlier"), *others)
    return earlier.select(F.explode("earlier").alias("one"), "other", *others)


def people_groups(records: DataFrame, homes: int) -> DataFrame:
    """Drafts that name the same people. Every name has a home; the group of a home has the drafts with its names, and with
    names that may be the same person's. A name of very many drafts has several groups, of neighbouring drafts."""
    people = records.select("path", F.explode("people").alias("it")).select("path", "it.*").persist()
    names = people.groupBy("name").agg(F.first("near").alias("near"), F.first("family").alias("family"))
    keys = names.select("name", F.explode("near").alias("key"), F.lit(COMMON_RUN).alias("most"))
    keys = keys.unionByName(names.select("name", F.col("family").alias("key"), F.lit(MOST_BEARERS).alias("most")))
    few = keys.groupBy("key").agg(F.count("*").alias("count"), F.first("most").alias("most")).where("count between 2 and most")
    keys = keys.join(few.select("key"), "key").select("key", "name").persist()
    near = keys.join(keys.toDF("key", "other"), "key").where("name <> other").select("name", "other").distinct()
    # Two full names that one draft uses for one person; and who is near to either is near to both.
    also = people.select("name", F.explode("also").alias("other")).distinct()
    also = also.unionByName(also.select(F.col("other").alias("name"), F.col("name").alias("other"))).distinct().persist()
    beyond = also.join(near.union(also).toDF("other", "next"), "other").select("name", F.col("next").alias("other"))
    before = near.join(also.toDF("other", "next"), "other").select("name", F.col("next").alias("other"))
    near = near.unionByName(also).unionByName(beyond).unionByName(before).where("name <> other").distinct()

    in_order = Window.partitionBy("name").orderBy("path")
    drafts = people.select("name", "path").withColumn("rank", F.row_number().over(in_order) - 1).persist()
    home = F.pmod(F.xxhash64("name"), F.lit(homes)).alias("home")
    chunk = F.floor(F.col("rank") / DRAFTS_OF_NAME)
    own = drafts.select(home, chunk.alias("chunk"), "path")
    # The first drafts of a chunk are those of the chunk before as well, so that neighbours in time meet.
    seam = drafts.where((chunk > 0) & (F.col("rank") % DRAFTS_OF_NAME < OVERLAP_OF_CHUNKS))
    seam = seam.select(home, (chunk - 1).alias("chunk"), "path")
    others = drafts.where(F.col("rank") < DRAFTS_OF_NEIGHBOUR).select(F.col("name").alias("other"), "path")
    chunks = drafts.select("name", home, chunk.alias("chunk")).distinct()
    beside = chunks.join(near, "name").join(others, "other").select("home", "chunk", "path")
    groups = own.unionByName(seam).unionByName(beside).distinct()
    # A family name that stands alone in a draft is no slip of the pen where somebody has it: one draft that says so is enough.
    alone = records.select("path", F.explode("alone").alias("family"))
    bearers = people.groupBy("family").agg(F.min("path").alias("bearer"))
    bearers = alone.join(bearers, "family").select("path", "bearer").distinct()
    told = groups.join(bearers, "path").select("home", "chunk", F.col("bearer").alias("path"))
    groups = groups.unionByName(told).distinct()
    return groups.select(F.concat_ws(":", F.lit("people"), "home", "chunk").alias("group"), "path")


# Stage 3: findings


def judge(sayso: str, homes: int):
    """A function that judges the drafts of one group. Of a group of words it keeps what it says about the block's own
    drafts, of a group of people what it says about its own names: these it has all drafts for."""

    def judged(group: pandas.DataFrame) -> pandas.DataFrame:
        kind = group["group"].iloc[0].split(":")
        lines = "\n".join(group.sort_values("path")["record"])
        done = subprocess.run(
            [sayso, "judge", "--isolated", "--threads", "1"], input=lines.encode("utf-8"), capture_output=True
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        own = set(group.loc[group["own"], "path"])
        records = dict(zip(group["path"], group["record"]))
        rows = []
        for line in done.stdout.decode("utf-8").splitlines():
            finding = json.loads(line)
            of_people = finding["group"] == "people"
            if of_people != (kind[0] == "people"):
                continue
            if not of_people and finding["path"] not in own:
                continue
            name = name_in(finding, json.loads(records[finding["path"]])) if of_people else None
            start = finding["span"]["start"]
            rows.append(
                (finding["fingerprint"], finding["rule"], finding["level"], finding["path"], start["line"],
                 start["column"], finding["message"], line, name, kind[1])
            )
        return pandas.DataFrame(rows, columns=["fingerprint", "rule", "level", "path", "line", "column", "message", "finding", "name", "home"])

    return judged


def name_in(finding: dict, record: dict) -> str | None:
    """The full name of whoever a finding is about, in small letters: the person who is mentioned at its place."""
    start, end = finding["span"]["start"]["byte"], finding["span"]["end"]["byte"]
    for mention in record["facts"]["mentions"]:
        spans = [mention["span"]] + [title["span"] for title in mention["titles"]]
        if any(span["start"] < end and start < span["end"] for span in spans):
            written = unicodedata.normalize("NFKD", mention.get("person") or mention["name"])
            return "".join(it for it in written.lower() if not unicodedata.combining(it))
    return None


# Stage 4: the result


def sarif(findings: DataFrame, out) -> int:
    """Writes findings as SARIF 2.1.0, one after the other. Returns how many there are."""
    levels = {"error": "error", "warning": "warning", "note": "note"}

    def location(place: dict) -> dict:
        start, end = place["span"]["start"], place["span"]["end"]
        region = {"startLine": start["line"], "startColumn": start["column"], "endLine": end["line"], "endColumn": end["column"]}
        return {"physicalLocation": {"artifactLocation": {"uri": place["path"]}, "region": region}}

    head = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"sayso"}},"columnKind":"unicodeCodePoints","results":['
    out.write(head)
    count = 0
    for row in findings.orderBy("path", "line", "column", "rule").select("finding").toLocalIterator():
        finding = json.loads(row["finding"])
        result = {
            "ruleId": finding["rule"],
            "level": levels[finding["level"]],
            "message": {"text": finding["message"]},
            "locations": [location(finding)],
            "relatedLocations": [{**location(it), "message": {"text": it["message"]}} for it in finding["related"]],
            "partialFingerprints": {"sayso/v1": finding["fingerprint"]},
        }
        out.write(("," if count else "") + "\n" + json.dumps(result, ensure_ascii=False))
        count += 1
    out.write("\n]}]}\n")
    return count


class Work:
    """The folder in which the stages are written, on any file system that Spark reads."""

    def __init__(self, spark: SparkSession, folder: str):
        self.spark, self.folder = spark, folder.rstrip("/")
        self.path_of = spark._jvm.org.apache.hadoop.fs.Path
        self.files = self.path_of(self.folder).getFileSystem(spark._jsc.hadoopConfiguration())

    def place(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def done(self, name: str) -> bool:
        """Spark writes `_SUCCESS` last, so a part that was cut off is written again."""
        return self.files.exists(self.path_of(self.place(f"{name}/_SUCCESS")))

    def write(self, name: str, make) -> None:
        if self.done(name):
            print(f"{name}: there already", flush=True)
        else:
            make().write.mode("overwrite").parquet(self.place(name))
            print(f"{name}: written", flush=True)

    def read(self, *names: str) -> DataFrame:
        return self.spark.read.parquet(*[self.place(name) for name in names])

    def open(self, name: str):
        stream = self.files.create(self.path_of(self.place(name)), True)
        return Stream(stream)


class Stream:
    """A file of the cluster's file system, for text."""

    def __init__(self, stream):
        self.stream = stream

    def write(self, text: str) -> None:
        self.stream.write(bytearray(text.encode("utf-8")))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()


def run(spark: SparkSession, store: str, folder: str, sayso: str, shards: str = "*", block: int = 2_000, parts: int = 8) -> dict:
    """Runs all stages and returns the counts. `shards` is a pattern below the store: each folder that it matches is read
    as one part. `block` is how many drafts a group is made around, `parts` in how many parts the groups are judged."""
    work = Work(spark, folder)
    root = work.path_of(store)
    system = root.getFileSystem(spark._jsc.hadoopConfiguration())
    root_path = system.makeQualified(root).toUri().getPath()
    found = sorted(it.getPath().toString() for it in system.globStatus(work.path_of(f"{store.rstrip('/')}/{shards}")))
    if not found:
        raise SystemExit(f"{store}/{shards}: there is nothing")
    names = []
    for place in found:
        name = "records/" + relative(place, root_path).replace("/", "-")
        names.append(name)
        load = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
        work.write(
            name, lambda: load.load(place).select("path", "content").mapInPandas(reader(sayso, root_path), RECORDS)
        )
    every = work.read(*names)
    records = every.where("record is not null")
    drafts = records.count()
    homes = max(1, -(-drafts // block))

    blocks = records.select("path").repartitionByRange(homes, "path").withColumn("block", F.spark_partition_id())
    work.write("blocks", lambda: blocks)
    blocks = work.read("blocks")
    work.write("groups/words", lambda: word_groups(records, blocks))
    work.write("groups/people", lambda: people_groups(records, homes))
    own = blocks.select(F.concat(F.lit("words:"), "block").alias("group"), "path", F.lit(True).alias("own"))
    groups = work.read("groups/words", "groups/people").join(own, ["group", "path"], "left")
    groups = groups.withColumn("own", F.coalesce("own", F.lit(False)))
    groups = groups.withColumn("part", F.pmod(F.xxhash64("group"), F.lit(parts)))
    texts = records.select("path", "record")
    for part in range(parts):
        members = groups.where(F.col("part") == part).drop("part").join(texts, "path")
        schema = FINDINGS + ", name string, home string"
        work.write(f"findings/{part}", lambda: members.groupBy("group").applyInPandas(judge(sayso, homes), schema))

    raw = work.read(*[f"findings/{part}" for part in range(parts)])
    # What a group of people says about a name that has its home elsewhere is said there, where all its drafts are.
    home = F.pmod(F.xxhash64("name"), F.lit(homes)).cast("string")
    known = records.select(F.explode("people.name").alias("name")).distinct()
    at_home = raw.join(known.withColumn("listed", F.lit(True)), "name", "left")
    kept = at_home.where(F.col("name").isNull() | F.col("listed").isNull() | (F.col("home") == home))
    columns = [field.split()[0] for field in FINDINGS.split(", ")]
    work.write("result", lambda: kept.dropDuplicates(["fingerprint"]).select(columns).coalesce(1))
    with work.open("result.sarif") as out:
        count = sarif(work.read("result"), out)
    sizes = work.read("groups/words", "groups/people").groupBy("group").count()
    largest = sizes.agg(F.count("*"), F.sum("count"), F.max("count")).first()
    counts = {
        "drafts": drafts,
        "unread": every.where("record is null").count(),
        "groups": largest[0],
        "drafts_in_groups": largest[1],
        "largest_group": largest[2],
        "findings": count,
    }
    with work.open("summary.json") as out:
        out.write(json.dumps(counts, indent=1) + "\n")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="the folder of the drafts")
    parser.add_argument("work", help="the folder for stages and results")
    parser.add_argument("--sayso", default="sayso", help="the program on every worker")
    parser.add_argument("--shards", default="*", help="pattern of the folders that are read one by one (*)")
    parser.add_argument("--block", type=int, default=2_000, help="drafts around which a group is made (2000)")
    parser.add_argument("--parts", type=int, default=8, help="parts in which the groups are judged (8)")
    options = parser.parse_args()
    spark = SparkSession.builder.appName("sayso").getOrCreate()
    print(run(spark, options.store, options.work, options.sayso, options.shards, options.block, options.parts))


if __name__ == "__main__":
    main()
