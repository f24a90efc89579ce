"""Calling the child process that reads binary files (see importers.file.child), with limits of memory and time."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from array import array
from pathlib import Path
from typing import Any, BinaryIO

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.child import CHILD_FLAG
from surveyapp.importers.table import Report

TIME_LIMIT_S = 300.0
POLL_S = 0.1
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",  # numpy's threads would eat the memory it may take
    # Huge pages for what calamine builds: a twelfth of the time of a large sheet. Only Linux's C library reads it.
    # https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
_PACKAGE_PLACE = None if getattr(sys, "frozen", False) else Path(__file__).parents[3]


class Answer:
    """What the child told: columns as numbered texts (of the sheet it told of last), `said` everything else, `error`
    why it refused.

    Neither `complete` nor an `error`: the child died, most likely of its memory limit.
    """

    def __init__(self) -> None:
        self.said: dict[str, Any] = {}
        self.texts: list[list[str]] = []
        self.indices: list[array[int]] = []
        self.complete = False
        self.error = ""

    @property
    def n_columns(self) -> int:
        """How many columns there are; beyond MAX_SENT_COLUMNS they are not sent."""
        return int(self.said.get("n_columns", 0))

    def take(self, message: dict[str, Any], texts: bytes, index: bytes) -> tuple[int, int] | None:
        """Add one message; the progress if it was one."""
        if "progress" in message:
            return int(message["progress"][0]), int(message["progress"][1])
        if "texts" in message:
            self._take_block(message, json.loads(texts), memoryview(index))
            return None
        if "sheet" in message:
            self.texts, self.indices = [], []
        self.complete = self.complete or "end" in message
        self.error = message.get("error", self.error)
        self.said |= message
        return None

    def _take_block(self, message: dict[str, Any], texts: list[list[str]], index: memoryview) -> None:
        """Each column goes on with its new texts and the numbers of its rows."""
        size = message["n_rows"] * 4
        for n, own in enumerate(texts):
            place = message["column"] + n
            if place == len(self.texts):
                self.texts.append([])
                self.indices.append(array("i", bytes(4 * message["row"])))
            self.texts[place] += own
            self.indices[place].frombytes(index[n * size : (n + 1) * size])


def ask_child(content: bytes, request: dict[str, Any], report: Report) -> Answer:
    """Have these bytes read. Raises UserError if it takes too long, or what `report` raises."""
    with _Child(request) as child:
        child.feed(content)
        return child.collect(report, len(content))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-m", "surveyapp.importers.file.child"]


class _Child:
    """The process and two threads that keep its pipes moving, so that the caller can watch time and cancelling."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PACKAGE_PLACE,  # python -m looks there first: never in a folder with somebody's json.py
            env=os.environ | _ENVIRONMENT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._messages: queue.SimpleQueue[tuple[dict[str, Any], bytes, bytes] | None] = queue.SimpleQueue()
        self._request = json.dumps(request).encode() + b"\n"
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.kill()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # the child left unread bytes behind
                    continue
        self._process.wait()

    def feed(self, content: bytes) -> None:
        """Start sending the bytes and receiving the answer."""
        for target, arguments in ((self._write, (content,)), (self._receive, ())):
            thread = threading.Thread(target=target, args=arguments, daemon=True)
            thread.start()
            self._threads.append(thread)

    def _write(self, content: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # asked for above
        try:
            pipe.write(self._request)
            pipe.write(content)
            pipe.close()
        except OSError:
            return  # the child died; its silence says so to `collect`

    def _receive(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # asked for above
        try:
            while line := pipe.readline():
                message = json.loads(line)
                texts = _read_exactly(pipe, message.get("texts", 0))
                index = _read_exactly(pipe, message.get("index", 0))
                self._messages.put((message, texts, index))
        except (OSError, ValueError, EOFError):
            pass  # cut off in the middle of a message: an incomplete answer
        self._messages.put(None)

    def collect(self, report: Report, size: int) -> Answer:
        """The child's answer. Raises UserError if it takes too long."""
        answer = Answer()
        deadline = time.monotonic() + TIME_LIMIT_S
        progress = (0, size)
        while True:
            report(*progress)
            if time.monotonic() > deadline:
                raise UserError(_("The file takes too long to read."), _("Save it as CSV and import that."))
            try:
                item = self._messages.get(timeout=POLL_S)
            except queue.Empty:
                continue
            if item is None:
                return answer
            progress = answer.take(*item) or progress
            if answer.complete:  # the child need not tidy up first
                return answer


def _read_exactly(pipe: BinaryIO | Any, size: int) -> bytes:
    data: bytes = pipe.read(size) if size else b""
    if len(data) != size:
        raise EOFError
    return data
