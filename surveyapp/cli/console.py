"""What the sub-commands share: their common arguments, progress on stderr, results on stdout."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from surveyapp.base.clock import system_clock
from surveyapp.base.i18n import _
from surveyapp.services.session import Session
from surveyapp.services.workspace import require_session


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
    session = require_session(path, clock=system_clock, read_only=True)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def writing(path: Path) -> Iterator[Session]:
    """A session that may change the workspace."""
    session = require_session(path, clock=system_clock)
    try:
        yield session
    finally:
        session.close()


def say(text: str) -> None:
    """A sentence for the person, on stderr."""
    sys.stderr.write(f"{text}\n")


def put(text: str) -> None:
    """A result, on stdout."""
    sys.stdout.write(f"{text}\n")


def put_json(plain: Any) -> None:
    """A result as JSON, on stdout."""
    put(json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False))


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
        amount = f"{done:,} / {total:,}" if total else f"{done:,}"
        sys.stderr.write(f"\r{self._text} {amount}   ")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave an empty line."""
        if self._on_terminal and self._shown:
            sys.stderr.write("\r\033[K")
