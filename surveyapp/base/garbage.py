"""Python's search for cycles, put off while much is built that will stay."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FEW = 2000
"""Tuples that take half a millisecond to free."""

_lock = threading.Lock()
_depth = 0
_was_enabled = False


@contextmanager
def no_collecting(*, lasting: bool = False) -> Iterator[None]:
    """Look for cycles afterwards, not meanwhile: each search goes through all that was built so far, which took a sixth
    of the time of an import. What nobody refers to is freed at once as ever. Nests, also over threads; where collecting
    is off already (the window does it at its own times), it stays off; what was built to be `lasting` is then not
    searched later either."""
    global _depth, _was_enabled
    with _lock:
        if _depth == 0:
            _was_enabled = gc.isenabled()
            gc.disable()
        _depth += 1
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                if lasting or _was_enabled:
                    gc.freeze()  # old from now on, without a search for what is new: 100 ms for 100,000 answers
                if _was_enabled:
                    gc.unfreeze()
                    gc.enable()


def is_put_off() -> bool:
    """Whether something is being built, so that whoever collects at times of their own waits."""
    return _depth > 0


def let_go(items: list[Any]) -> None:
    """Empty a list a few items at a time, so that other threads have their turn in between: 200,000 tuples that are
    freed at once hold all of them up for 50 ms."""
    while items:
        del items[-_FEW:]
