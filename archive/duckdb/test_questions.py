"""Runs every question over a few invented drafts: python test_questions.py PATH/TO/sayso"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import duckdb

HERE = pathlib.Path(__file__).parent
SAYSO = pathlib.Path("sayso")
DRAFTS = {
    "2024-05-02-pier.txt": "“The pier will be mended before the long winter comes,” said Belle Okonrad, the mayor of Ostby.\n",
    "2025-03-09-board.txt": "“The pier will be mended before the long summer comes,” said Belle Okonrad, the bishop of Ostby.\n"
    "\nBelle Okonrat opened the exhibition.\n",
    "2025-06-11-ferry.txt": "“Nobody waits for a ferry that sails at dawn,” said Bo Lindqvist, the harbour master.\n",
}


class Questions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        for name, text in DRAFTS.items():
            (folder / name).write_text(text, encoding="utf-8")
        records = subprocess.run(
            [SAYSO, "facts", ".", "--isolated", "--format", "records"], cwd=folder, check=True, capture_output=True
        ).stdout
        (folder / "records.jsonl").write_bytes(records)
        cls.database = duckdb.connect()
        cls.database.execute(f"SET VARIABLE records = '{folder / 'records.jsonl'}'")
        cls.database.execute((HERE / "views.sql").read_text(encoding="utf-8"))
        parquet = folder / "drafts.parquet"
        cls.database.execute(f"COPY drafts TO '{parquet}'")
        cls.parquet = cls.database.execute(f"SELECT count(*) FROM '{parquet}'").fetchone()[0]

    @classmethod
    def tearDownClass(cls):
        cls.database.close()
        cls.folder.cleanup()

    def ask(self, name):
        answer = self.database.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row)) for row in answer.fetchall()]

    def test_most_quoted(self):
        first = self.ask("most-quoted")[0]
        self.assertEqual((first["speaker"], first["quotations"], first["drafts"]), ("Belle Okonrad", 2, 2))
        self.assertEqual((str(first["first"]), str(first["last"])), ("2024-05-02", "2025-03-09"))

    def test_spellings(self):
        pairs = {(row["name"], row["spelling"], row["year"]) for row in self.ask("spellings")}
        self.assertIn(("Belle Okonrat", "Belle Okonrad", 2025), pairs)
        self.assertFalse(any("Lindqvist" in name for name, _, _ in pairs))

    def test_titles(self):
        titles = [(row["person"], row["title"]) for row in self.ask("titles")]
        self.assertEqual(len(titles), 2, titles)
        self.assertTrue("mayor" in titles[0][1] and "bishop" in titles[1][1], titles)

    def test_versions(self):
        versions = self.ask("versions")
        self.assertEqual(len(versions), 1, versions)
        words = {versions[0]["words"], versions[0]["other_words"]}
        self.assertTrue(any("winter" in it for it in words) and any("summer" in it for it in words), words)

    def test_parquet(self):
        self.assertEqual(self.parquet, len(DRAFTS))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        SAYSO = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
