"""Displays: whether there is one, and a virtual one for the tests that click."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from dev_step import CommandError

SCREEN = "1440x900x24"


def names_display() -> bool:
    """Whether this session says that it has a display; macOS and Windows always do."""
    if platform.system() != "Linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_display() -> bool:
    """Whether the display that the session names really answers; a stale DISPLAY would abort Qt."""
    if platform.system() != "Linux":
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "")) / wayland).exists():
        return True
    return bool(os.environ.get("DISPLAY")) and _x11_answers()


def _x11_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return bool(answers)


@contextlib.contextmanager
def virtual_display() -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display and yield the environment of a program that shall open its window there.

    Without Xvfb (macOS, Windows, other Linux distributions) the environment is empty: the tests use the
    display there is, and skip themselves without one.
    """
    server = shutil.which("Xvfb")
    if server is None:
        yield {}
        return
    reading, writing = os.pipe()
    with subprocess.Popen(
        [server, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(writing)
        try:
            number = _read_number(reading)
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "", "XAUTHORITY": ""}
        finally:
            os.close(reading)
            process.terminate()


def _read_number(reading: int) -> str:
    """The display number Xvfb chose: it writes it, with a newline, when it is ready."""
    text = b""
    while not text.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], 20)
        part = os.read(reading, 16) if ready else b""
        if not part:
            raise CommandError("Xvfb did not start. Try it by hand: Xvfb -displayfd 1")
        text += part
    return text.decode("ascii").strip()
