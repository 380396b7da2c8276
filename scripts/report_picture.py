#!/usr/bin/env python3
"""Draws docs/images/report.png, the picture of the HTML report in the README, in a headless Chromium.

Usage: python3 scripts/report_picture.py [SAYSO]

SAYSO is the program (target/debug/sayso where nothing is said). Beside the picture it writes what the picture shows as a
hash, with which `cargo test --test picture` finds out that the report looks or reads otherwise now.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs/images"
# The drafts of the terminal's picture.
DRAFTS = ["drafts/bridge-news.txt", "wire/skarrow-bridge.md"]
WIDTH, HEIGHT = 1280, 1150


def shown(page):
    """The style and the first story, which fills the picture."""
    style = page[page.index("<style>") : page.index("</style>")]
    story = page[page.index("<article") : page.index("</article>")]
    return style + story


def main():
    sayso = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/debug/sayso").resolve()
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not browser:
        sys.exit("there is no Chromium here")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        subprocess.run([sayso, "report", "--quiet", *DRAFTS, "-o", page], cwd=ROOT / "examples/newsroom", check=True)
        picture = Path(folder) / "report.png"
        subprocess.run(
            [
                browser,
                "--headless=new",
                "--no-sandbox",
                "--hide-scrollbars",
                f"--user-data-dir={folder}/profile",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        shutil.copy(picture, IMAGES / "report.png")
        digest = hashlib.sha256(shown(page.read_text(encoding="utf-8")).encode()).hexdigest()
        (IMAGES / "report.sha256").write_text(digest + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
