"""Collecting is off while something is built and as before afterwards, whatever happens."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from surveyapp.base.garbage import is_put_off, let_go, no_collecting


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    (gc.enable if was_enabled else gc.disable)()


def test_it_nests_and_comes_back_after_an_error() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), no_collecting():
        with no_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    with no_collecting():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_one_thread_does_not_turn_it_on_for_another() -> None:
    gc.enable()
    inside, leave = threading.Event(), threading.Event()

    def build() -> None:
        with no_collecting():
            inside.set()
            leave.wait(10)

    other = threading.Thread(target=build)
    other.start()
    assert inside.wait(10)
    with no_collecting():
        pass
    assert not gc.isenabled()
    leave.set()
    other.join()
    assert gc.isenabled()


def test_what_was_built_is_old_at_once_and_still_found() -> None:
    gc.collect()
    gc.enable()
    frozen = gc.get_freeze_count()
    with no_collecting():
        assert is_put_off()
        built = [[number] for number in range(20_000)]
        assert gc.get_count()[0] > len(built)
    assert not is_put_off()
    assert gc.get_count()[0] < 1_000
    assert gc.get_freeze_count() <= frozen
    gc.disable()
    with no_collecting():
        more = [[number] for number in range(20_000)]
    assert gc.get_freeze_count() <= frozen  # the window's own garbage is to be found
    with no_collecting(lasting=True):
        more = [[number] for number in range(20_000)]
    assert gc.get_freeze_count() > len(more)
    gc.unfreeze()


def test_a_long_list_is_let_go_a_few_at_a_time() -> None:
    left: list[int] = []

    class Told:
        def __del__(self) -> None:
            left.append(len(items))

    items: list[Told] = [Told() for _number in range(10_000)]
    let_go(items)
    assert not items
    pieces = Counter(left)
    assert pieces.total() == 10_000
    assert max(pieces.values()) <= 2_000  # so many at most are freed before another thread may have its turn
