"""What the operating system must offer: shared libraries and programs, fetched by apt-get where that is possible."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dev_step import CommandError

# library -> Debian package
WINDOW = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt needs even offscreen."""
DISPLAY = {
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a real X11 window needs besides."""
PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
"""What the end-to-end tests need besides."""

_APT_LISTS = Path("/var/lib/apt/lists")


def find_missing(*, window: bool = False, display: bool = False, programs: bool = False) -> list[str]:
    """The Debian packages that are wanted and not there; empty on macOS and Windows, whose wheels bring everything."""
    if platform.system() != "Linux":
        return []
    wanted = {**(WINDOW if window else {}), **(DISPLAY if display else {})}
    missing = [package for library, package in wanted.items() if not _loads(library)]
    if programs:
        missing += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    return missing


def venv_package() -> list[str]:
    """Debian splits ensurepip off Python; the package that brings it back, or nothing if it is there."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return []
    return ["python{}.{}-venv".format(*sys.version_info[:2])]


def ensure_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, or stop and say which line to type.

    Without apt-get (another Linux distribution) it says what is missing and goes on: the package names
    differ there, and much of the project works without.
    """
    if not packages:
        return
    if not shutil.which("apt-get"):
        print(f"Not found here (by their Debian names): {', '.join(packages)}. Going on without them.")
        return
    prefix = _privilege()
    if prefix is None:
        raise CommandError(_line_to_type(packages))
    print(f"Installing system packages: {' '.join(packages)}")
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    refresh = [*prefix, "apt-get", "update", "-q"]
    if _has_lists() and _quiet(install) == 0:
        return
    for command in (refresh, install):
        status = _quiet(command)
        if status != 0 and command is install:
            raise CommandError(f"apt-get failed (exit status {status}). {_line_to_type(packages)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_lists() -> bool:
    return any(_APT_LISTS.glob("*_Packages*"))


def _privilege() -> list[str] | None:
    """The words before a command that needs to be root; None if this person cannot be without a password."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return environment
    if shutil.which("sudo"):
        answer = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if answer.returncode == 0:
            return ["sudo", "-n", *environment]
    return None


def _quiet(command: Sequence[str]) -> int:
    """Run apt-get, show what it said only if it failed."""
    answer = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if answer.returncode != 0:
        print(f"{shlex.join(command)}\n{answer.stdout.decode('utf-8', 'replace')[-3000:]}")
    return answer.returncode


def _line_to_type(packages: Sequence[str]) -> str:
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    typed = f"sudo sh -c {shlex.quote(line)}" if shutil.which("sudo") else f"su -c {shlex.quote(line)}"
    return (
        "Some system packages are missing and need an administrator. "
        f"Type this line, then the command again:\n\n  {typed}\n"
    )
