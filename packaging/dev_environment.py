"""The virtual environment in .venv: made once, checked by a stamp, made again if it was left half-made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from dev_step import ROOT, CommandError
from dev_system import ensure_packages, venv_package

VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
_STAMP = VENV / "surveyapp-stamp"
"""Written last: holds what the environment was made from."""
_PYTHON = Path(getattr(sys, "_base_executable", sys.executable))
"""The Python behind any environment this was started from, .venv itself perhaps."""
_UNFINISHED = VENV / "surveyapp-unfinished"
"""Written first, removed last: an environment with this file was interrupted and cannot be trusted."""


def program(name: str) -> Path:
    """A program of the environment: `python`, `lint-imports` ..."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def ensure_environment() -> None:
    """Make .venv hold exactly the locked dependencies and the project itself; at once if it already does.

    An interrupted start leaves no stamp: what it had downloaded is kept by pip's cache, and the next start
    makes the environment anew. One without stamp that pip can still work in is brought up to date.
    """
    fingerprint = _fingerprint()
    if _read(_STAMP) == fingerprint and program("python").exists():
        return
    started = time.monotonic()
    if _UNFINISHED.exists() or not _works():
        ensure_packages(venv_package())
        _make_anew()
    _STAMP.unlink(missing_ok=True)
    _UNFINISHED.touch()
    print("Installing the locked dependencies (once; about 250 MB) ...")
    _pip(
        ["install", "--require-hashes", "--use-pep517", "-r", str(LOCK)],
        "The dependencies could not be installed; the lines above say why. A network that failed is the usual reason: "
        "the same command goes on from what was already fetched.",
    )
    _UNFINISHED.unlink()
    _pip(
        ["install", "--no-deps", "--no-build-isolation", "-e", "."],
        "The project itself could not be installed; the lines above say why.",
    )
    partial = _STAMP.with_suffix(".partial")
    partial.write_text(fingerprint, encoding="utf-8")
    partial.replace(_STAMP)
    print(f"Set up in {time.monotonic() - started:.0f} s; the next start skips this.")


def _fingerprint() -> str:
    """What the environment depends on: the lock, the project file, this Python, and where the checkout lies."""
    digest = hashlib.sha256()
    for part in (
        LOCK.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        str(_PYTHON.resolve()).encode(),
        str(ROOT).encode(),
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _works() -> bool:
    """Whether .venv has a Python of this very version, made for this folder, with a pip that starts."""
    version = "{}.{}.{}".format(*sys.version_info[:3])
    question = "import sys, pip; print('{}.{}.{}'.format(*sys.version_info[:3]), sys.prefix)"
    try:
        answer = subprocess.run([program("python"), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    words = answer.stdout.strip().split(" ", 1)
    scripts = _read(program("pip")) if os.name != "nt" else str(VENV)
    return words[:1] == [version] and Path(words[1]) == VENV and str(VENV) in scripts


def _make_anew() -> None:
    print("Making the virtual environment .venv ...")
    answer = subprocess.run(
        [str(_PYTHON), "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise CommandError(
            f"The virtual environment could not be made:\n{(answer.stdout + answer.stderr).strip()}\n"
            "Python's venv and ensurepip modules are needed; on some systems they are a package of their own."
        )


def _pip(arguments: Sequence[str], sentence: str) -> None:
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(program("python")), "-m", "pip", "--quiet", *arguments]
    status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if status != 0:
        raise CommandError(sentence)
