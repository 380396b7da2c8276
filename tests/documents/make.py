#!/usr/bin/env python3
"""Makes the fixtures of tests/documents from one invented story, `story.md`.

It needs pandoc, python-docx and, for the flat OpenDocument file, LibreOffice (`soffice`). What cannot be had is skipped and said.
The files that it makes are kept in the repository, so that the tests need none of these programs.

Usage: python3 tests/documents/make.py [--by-hand]

With `--by-hand` only those are made that need no program.
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


def blocks():
    """The blocks of the story: the kind of each, and its words."""
    for block in STORY.read_text(encoding="utf-8").strip().split("\n\n"):
        if block.startswith("# "):
            yield "heading", block[2:]
        elif block.startswith("> "):
            yield from (("quote", part[2:]) for part in block.split("\n>\n"))
        elif block.startswith("- "):
            yield from (("item", item) for item in block[2:].split("\n- "))
        else:
            yield "text", block


MARKS = {"“": "\\ldblquote ", "”": "\\rdblquote ", "’": "\\rquote ", "—": "\\emdash "}


def word_rtf():
    """RTF in the shape that Word saves: a table of styles, direction and font before each run, runs by revision."""
    looks = "\\rtlch\\fcs1 \\af0\\afs24\\alang1025 \\ltrch\\fcs0 \\fs24\\lang2057\\langfe1033\\cgrid\\langnp2057\\langfenp1033 "
    styles = {
        "heading": "\\pard\\plain \\ltrpar\\s1\\ql \\li0\\ri0\\sb240\\keep\\keepn\\widctlpar\\outlinelevel0\\rin0\\lin0\\itap0 ",
        "text": "\\pard\\plain \\ltrpar\\ql \\li0\\ri0\\sa160\\sl259\\slmult1\\widctlpar\\rin0\\lin0\\itap0 ",
        "quote": "\\pard\\plain \\ltrpar\\s29\\qc \\li864\\ri864\\sb200\\sa160\\widctlpar\\rin864\\lin864\\itap0 ",
        "item": "{\\listtext\\pard\\plain\\ltrpar \\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\f3\\insrsid9 \\loch\\af3\\dbch\\af0\\hich\\f3 \\'b7\\tab}"
        "\\pard\\plain \\ltrpar\\s34\\ql \\fi-360\\li720\\ri0\\widctlpar\\ls1\\rin0\\lin720\\itap0\\contextualspace ",
    }
    out = [
        "{\\rtf1\\adeflang1025\\ansi\\ansicpg1252\\uc1\\adeff31507\\deff0\\stshfdbch31505\\stshfloch31506\\stshfhich31506\\stshfbi31507"
        "\\deflang2057\\deflangfe1033{\\fonttbl{\\f0\\fbidi \\froman\\fcharset0\\fprq2{\\*\\panose 02020603050405020304}Times New Roman;}"
        "{\\f3\\fbidi \\froman\\fcharset2\\fprq2{\\*\\panose 05050102010706020507}Symbol;}}",
        "{\\colortbl;\\red0\\green0\\blue0;}{\\*\\defchp \\fs22\\lang2057 }{\\*\\defpap \\ql \\li0\\ri0\\sa160 }\\noqfpromote "
        "{\\stylesheet{\\ql \\li0\\ri0\\sa160\\widctlpar \\snext0 \\sqformat \\spriority0 Normal;}{\\s1\\ql \\li0\\ri0\\sb240\\keepn\\outlinelevel0 "
        "\\sbasedon0 \\snext0 \\slink15 \\sqformat \\spriority9 \\styrsid77 heading 1;}{\\*\\cs10 \\additive \\ssemihidden Default Paragraph Font;}"
        "{\\s29\\qc \\li864\\ri864\\sb200\\sa160 \\i \\sbasedon0 \\snext0 \\slink30 \\sqformat \\spriority29 \\styrsid77 Quote;}"
        "{\\s34\\ql \\li720\\ri0\\contextualspace \\sbasedon0 \\snext34 \\sqformat \\spriority34 List Paragraph;}}",
        "{\\*\\listtable{\\list\\listtemplateid1{\\listlevel\\levelnfc23{\\leveltext\\'01\\u-3913 ?;}{\\levelnumbers;}}\\listid1}}"
        "{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}{\\*\\rsidtbl \\rsid77\\rsid99}{\\mmathPr\\mmathFont34}"
        "{\\info{\\title Pier}{\\author Ana Ruiz}{\\operator Bo Reyes}{\\creatim\\yr2026\\mo6\\dy12\\hr9\\min1}{\\revtim\\yr2026\\mo6\\dy12\\hr18\\min5}{\\version3}}",
        "{\\*\\xmlnstbl {\\xmlns1 http://schemas.microsoft.com/office/word/2003/wordml}}\\paperw11906\\paperh16838\\sectd \\ltrsect",
    ]
    for kind, words in blocks():
        runs = []
        # A sentence is split wherever it was edited, inside words too.
        for at in range(0, len(words), 23):
            run = "".join(MARKS.get(c, c) if ord(c) < 128 or c in MARKS else f"\\u{ord(c)}\\'{c.encode('cp1252').hex()}" for c in words[at : at + 23])
            runs.append(f"{{{looks}\\insrsid{77 + at % 2 * 22} {run}}}")
        out.append(styles[kind] + "".join(runs) + f"{{{looks}\\insrsid77 \\par }}")
    out.append("{\\*\\themedata 504b0304}{\\*\\latentstyles\\lsdstimax376{\\lsdlockedexcept \\lsdqformat1 Normal;}}{\\*\\datastore 0105}}")
    (HERE / "word.rtf").write_bytes("\r\n".join(out).encode("ascii"))


def textedit_rtf():
    """RTF in the shape that TextEdit saves: no styles, a backslash at the end of each line, indents for a block quote."""
    pard = "\\pard\\tx566\\tx1133\\tx1700\\pardirnatural\\partightenfactor0\n"
    opens = {
        "heading": pard + "\n\\f1\\b\\fs36 \\cf0 ",
        "text": pard + "\n\\f0\\b0\\fs24 \\cf0 ",
        "quote": "\\pard\\li720\\ri720\\tx566\\pardirnatural\\partightenfactor0\n\\cf0 ",
        "item": "\\pard\\tx220\\tx720\\li720\\fi-720\\pardirnatural\\partightenfactor0\n\\ls1\\ilvl0\\cf0 {\\listtext\t\\uc0\\u8226 \t}",
    }
    out = "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2761\n\\cocoatextscaling0\\cocoaplatform0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fswiss\\fcharset0 Helvetica-Bold;}\n"
    out += "{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n{\\*\\listtable{\\list\\listtemplateid1{\\listlevel\\levelnfc23"
    out += "{\\*\\levelmarker \\{disc\\}}{\\leveltext\\leveltemplateid1\\'01\\uc0\\u8226 ;}{\\levelnumbers;}}{\\listname ;}\\listid1}}\n{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}\n"
    out += "\\paperw11900\\paperh16840\\margl1440\\margr1440\\vieww11520\\viewh8400\\viewkind0\n"
    for kind, words in blocks():
        letters = "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252').hex()}" for c in words)
        out += opens[kind] + letters + ("\\\n" if kind == "item" else "\\\n\\\n")
    (HERE / "textedit.rtf").write_bytes((out + "}").encode("ascii"))


def google_docs_md():
    """Markdown in the shape that Google Docs saves: bold headings with a name behind them, signs escaped that need not be,
    pictures as data at the end. Google Docs has no block quotes of its own; they come in from Markdown that was pasted."""
    title, text = STORY.read_text(encoding="utf-8").strip().split("\n\n", 1)
    for sign in "-!~+=":
        text = "\n".join(
            line[:2] + line[2:].replace(sign, "\\" + sign) if line.startswith("- ") else line.replace(sign, "\\" + sign)
            for line in text.split("\n")
        )
    text = text.replace("\n- ", "\n* ").replace("pillars.", "pillars.\n\n![][image1]", 1)
    name = "-".join(title.removeprefix("# ").lower().split())
    picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    page = f"# **{title.removeprefix('# ')}** {{#{name}}}\n\n{text}\n\n[image1]: <data:image/png;base64,{picture * 400}>\n"
    (HERE / "google-docs.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    # By hand, after the shape that these programs are known to write.
    word_rtf()
    textedit_rtf()
    google_docs_md()
    if "--by-hand" in sys.argv:
        sys.exit()
    by_pandoc()
    by_python_docx()
    by_email()
    by_libreoffice()
