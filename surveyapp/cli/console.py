"""What the sub-commands share: their common arguments, progress on stderr, results on stdout."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError

if TYPE_CHECKING:
    from surveyapp.services.session import Session

# Answers and headers are printed: one that holds an escape sequence must not steer the terminal.
_UNSAFE = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def add_workspace(parser: argparse.ArgumentParser) -> None:
    """--workspace W."""
    parser.add_argument("--workspace", "-w", type=Path, required=True, metavar="FILE", help=_("the workspace file"))


def add_wave(parser: argparse.ArgumentParser) -> None:
    """--wave NAME."""
    parser.add_argument("--wave", metavar="NAME", help=_("the wave, such as 2026; the newest without it"))


def add_json(parser: argparse.ArgumentParser) -> None:
    """--json."""
    parser.add_argument("--json", action="store_true", help=_("print the result as JSON, at full precision"))


@contextmanager
def reading(path: Path) -> Iterator[Session]:
    """A session that changes nothing; works beside an open window."""
    with _session(path, read_only=True) as session:
        yield session


@contextmanager
def writing(path: Path) -> Iterator[Session]:
    """A session that may change the workspace."""
    with _session(path, read_only=False) as session:
        yield session


@contextmanager
def _session(path: Path, *, read_only: bool) -> Iterator[Session]:
    from surveyapp.base.clock import system_clock
    from surveyapp.services.workspace import require_session

    session = require_session(path, clock=system_clock, read_only=read_only)
    try:
        yield session
    finally:
        session.close()


def say(text: str) -> None:
    """A sentence for the person, on stderr."""
    sys.stderr.write(_writable(text, sys.stderr) + "\n")


def put(text: str) -> None:
    """A result, on stdout. Raises UserError if it cannot be written."""
    _put_line(_writable(text, sys.stdout))


def put_json(plain: Any) -> None:
    """A result as JSON, on stdout; as ASCII where stdout cannot hold every letter."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    _put_line(json.dumps(plain, ensure_ascii=not unicode, indent=2, allow_nan=False))


def drop_stdout() -> None:
    """What still waits to be written goes nowhere; Python would complain of it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _put_line(line: str) -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_stdout()
        raise UserError(_("The output could not be written."), _("Is the disk full?"), error.strerror or "") from error


def _writable(text: str, stream: TextIO) -> str:
    """The text without what steers a terminal; letters that the stream cannot hold become escapes."""
    encoding = stream.encoding or "utf-8"
    return text.translate(_UNSAFE).encode(encoding, "backslashreplace").decode(encoding)


class Progress:
    """Rewrites one line on a terminal, at most ten times a second; says nothing elsewhere."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._shown = 0.0
        self._on_terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._on_terminal or now - self._shown < 0.1:
            return
        self._shown = now
        amount = f"{min(100, 100 * done // total)} %" if total else f"{done:,}"
        sys.stderr.write(f"\r{self._text} {amount}   ")
        sys.stderr.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_exc: object) -> None:
        """Leave an empty line."""
        if self._on_terminal and self._shown:
            sys.stderr.write("\r\033[K")
