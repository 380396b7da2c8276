#!/usr/bin/env python3
"""Makes the fixtures of tests/documents from one invented story, `story.md`.

It needs pandoc, python-docx and, for the flat OpenDocument file, LibreOffice (`soffice`). What cannot be had is skipped and said.
The files that it makes are kept in the repository, so that the tests need none of these programs.

Usage: python3 tests/documents/make.py
"""

import shutil
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
STORY = HERE / "story.md"


def have(program):
    found = shutil.which(program)
    if not found:
        print(f"skipped: {program} is not there", file=sys.stderr)
    return found


def by_pandoc():
    """DOCX, ODT, EPUB, HTML and the markup languages that pandoc writes."""
    if not have("pandoc"):
        return
    for name, writer, more in [
        ("pandoc.docx", "docx", []),
        ("pandoc.odt", "odt", []),
        ("pandoc.epub", "epub", ["--metadata", "title=Pier"]),
        ("pandoc.html", "html", ["--standalone", "--metadata", "title=Pier"]),
        ("pandoc.tex", "latex", ["--standalone"]),
        ("pandoc.rst", "rst", []),
        ("pandoc.adoc", "asciidoc", []),
        ("pandoc.org", "org", []),
        ("pandoc.wiki", "mediawiki", []),
        ("pandoc.ipynb", "ipynb", []),
    ]:
        subprocess.run(
            ["pandoc", "-f", "markdown-smart", "-t", writer, "--wrap=none", "-o", HERE / name, STORY, *more], check=True
        )


def by_python_docx():
    """A DOCX as people make them: runs that split words, a table, a text box's neighbours, no pandoc styles."""
    try:
        import docx
    except ImportError:
        print("skipped: python-docx is not there", file=sys.stderr)
        return
    document = docx.Document()
    document.core_properties.title = "Pier"
    for block in STORY.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("# "):
            document.add_heading(block[2:], level=1)
        elif block.startswith("> "):
            for part in block.split("\n>\n"):
                document.add_paragraph(part[2:], style="Quote")
        elif block.startswith("- "):
            for item in block[2:].split("\n- "):
                document.add_paragraph(item, style="List Bullet")
        else:
            paragraph = document.add_paragraph()
            # Word splits a sentence wherever it was edited, inside words too.
            for at in range(0, len(block), 7):
                run = paragraph.add_run(block[at : at + 7])
                run.bold = at % 14 == 0
    document.save(HERE / "python-docx.docx")


def by_email():
    """A message in HTML with the story as its text and its headline as its subject."""
    if not have("pandoc"):
        return
    title, text = STORY.read_text(encoding="utf-8").strip().split("\n\n", 1)
    page = subprocess.run(
        ["pandoc", "-f", "markdown-smart", "-t", "html", "--wrap=none"], input=text, text=True, capture_output=True, check=True
    ).stdout
    message = EmailMessage()
    message["From"] = "Ana Ruiz <ana@example.org>"
    message["Date"] = "Fri, 12 Jun 2026 18:00:00 +0100"
    message["Subject"] = title.removeprefix("# ")
    message.set_content(page, subtype="html")
    (HERE / "python.eml").write_bytes(message.as_bytes())


def by_libreoffice():
    if not have("soffice"):
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind, name in [("fodt", "libreoffice.fodt"), ("docx:MS Word 2007 XML", "libreoffice.docx"), ("rtf", "libreoffice.rtf")]:
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir", folder, HERE / "pandoc.odt"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            ending = kind.split(":")[0]
            shutil.copy(Path(folder) / f"pandoc.{ending}", HERE / name)


if __name__ == "__main__":
    by_pandoc()
    by_python_docx()
    by_email()
    by_libreoffice()
