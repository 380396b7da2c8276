"""Build backend of the wheel: maturin, with a short cut for a checkout of a published version.

pre-commit installs a hook by `pip install .` in a clone at the tag that `rev` names. Building there takes minutes and
needs Rust; the wheel of that very version has been published. So where the checkout is at the tag `v` + the version of
Cargo.toml, the published wheel is fetched with pip, and whatever goes wrong with that, maturin builds the wheel here.
`SAYSO_WHEEL=FILE` takes that wheel instead; `SAYSO_WHEEL=build` always builds.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from maturin import *  # noqa: F401,F403 (every hook that is not replaced below)
from maturin import build_wheel as _built

_ROOT = pathlib.Path(__file__).resolve().parents[2]


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 517: puts a wheel into `wheel_directory` and gives its name."""
    wanted = os.environ.get("SAYSO_WHEEL", "")
    if wanted and wanted != "build":
        shutil.copy(wanted, wheel_directory)
        return os.path.basename(wanted)
    wheel = None if wanted else _published(pathlib.Path(wheel_directory))
    return wheel or _built(wheel_directory, config_settings, metadata_directory)


def _published(folder):
    """The name of the published wheel of this checkout's version, fetched into `folder`; None where there is none."""
    version = _version()
    if version is None or f"v{version}" not in _tags():
        return None
    before = set(folder.glob("*.whl"))
    fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    try:
        done = subprocess.run([*fetch, f"sayso=={version}"], capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    new = sorted(set(folder.glob("sayso-*.whl")) - before)
    return new[0].name if done.returncode == 0 and new else None


def _version():
    manifest = (_ROOT / "Cargo.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "([^"]+)"', manifest, re.MULTILINE)
    return found.group(1) if found else None


def _tags():
    """The tags of the commit that is checked out; none outside a clone."""
    command = ["git", "-C", str(_ROOT), "tag", "--points-at", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.split()
