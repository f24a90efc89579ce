"""The lock file: versions and hashes, never the name of a package host or a path of this machine."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from dev_step import ROOT, CommandError

LOCK = Path("packaging/requirements.lock")
_ENTRY = re.compile(r"[a-z0-9._-]+==[A-Za-z0-9.+!_-]+( ; [^\\:/]+)? \\")
_DIGEST = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def lock_dependencies(python: Path, *, upgrade: bool = False) -> int:
    """Write the lock from pyproject.toml for every platform; the old one stays if anything goes wrong."""
    partial = LOCK.with_suffix(".partial")
    target = ROOT / partial
    target.write_bytes((ROOT / LOCK).read_bytes() if (ROOT / LOCK).exists() else b"")  # versions to keep
    try:
        command = [str(python), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
        # fewest: one version for every Python, so that the same data give the same numbers everywhere
        command += ["--no-header", "--no-annotate", "--fork-strategy=fewest", "--python-version=3.11", "--extra=dev"]
        command += ["pyproject.toml", "-o", str(partial), *(["--upgrade"] if upgrade else [])]
        environment = {**os.environ, "UV_NO_CONFIG": "1"}
        if subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            raise CommandError("uv could not resolve the dependencies; the lines above say why. The lock is as it was.")
        strange = find_strange_lines(target.read_text(encoding="utf-8"))
        if strange:
            shown = "\n".join(strange[:5])
            raise CommandError(f"The new lock holds more than versions and hashes; it was not kept:\n{shown}")
        target.replace(ROOT / LOCK)
    finally:
        target.unlink(missing_ok=True)
    print(f"Locked: {LOCK}")
    return 0


def find_strange_lines(text: str) -> list[str]:
    """The lines that are neither `name==version ; marker \\` nor `--hash=sha256:...`."""
    return [line for line in text.splitlines() if not _ENTRY.fullmatch(line) and not _DIGEST.fullmatch(line)]
