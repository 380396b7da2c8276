"""Build backend of the wheel: maturin, with a short cut for a checkout of a published version.

pre-commit installs a hook by `pip install .` in a clone at the tag that `rev` names. To build there takes minutes and
needs Rust, although the wheel of that very version has been published. So where the checkout is at the tag `v` + the
version of Cargo.toml, the published wheel is downloaded with pip. Where that fails, maturin builds the wheel here.
`SAYSO_WHEEL=FILE` takes that wheel instead; `SAYSO_WHEEL=build` always builds.

Only the hooks below are offered. maturin's hook for metadata is left out: it asks for cargo before it is known whether
anything has to be built. Without that hook, pip reads the metadata from the wheel.
"""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import maturin

_ROOT = pathlib.Path(__file__).resolve().parents[2]


def get_requires_for_build_wheel(config_settings=None):
    """PEP 517: what maturin needs to build; nothing where a finished wheel is used."""
    return [] if _finished() else maturin.get_requires_for_build_wheel(config_settings)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 517: puts a wheel into `wheel_directory` and gives its name."""
    wheel = _finished()
    if wheel is None:
        return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    shutil.copy(wheel, wheel_directory)
    return wheel.name


def get_requires_for_build_sdist(config_settings=None):
    """PEP 517: what the archive of the source needs."""
    return maturin.get_requires_for_build_sdist(config_settings)


def build_sdist(sdist_directory, config_settings=None):
    """PEP 517: puts the archive of the source into `sdist_directory` and gives its name."""
    return maturin.build_sdist(sdist_directory, config_settings)


def _finished():
    """The wheel that need not be built; None where there is none."""
    wanted = os.environ.get("SAYSO_WHEEL", "")
    if wanted == "build":
        return None
    if wanted:
        return pathlib.Path(wanted)
    return _published()


@functools.lru_cache(maxsize=None)
def _published():
    """The published wheel of this checkout's version, downloaded; None where there is none."""
    version = _version()
    if version is None or f"v{version}" not in _tags():
        return None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sayso-wheel-"))
    fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    try:
        done = subprocess.run([*fetch, f"sayso=={version}"], capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    wheels = sorted(folder.glob("sayso-*.whl"))
    return wheels[0] if done.returncode == 0 and wheels else None


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
