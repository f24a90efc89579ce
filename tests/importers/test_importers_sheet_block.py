"""A sheet sent on in blocks is the sheet read at once, whatever is blank, late or odd in it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.importers.file import child_sheet, sheet
from surveyapp.importers.file.child import cell_text
from surveyapp.importers.file.child_call import Answer

CELLS = st.sampled_from(["", "", "", " ", "a", "b", "1", 1, 1.0, 0, True, False, "TRUE", 2.5])
SHEETS = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=14))


class _Book:
    """What calamine gives: sheets of rows of one width."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.total_height = len(rows)
        self._rows = rows

    def get_sheet_by_name(self, _name: str) -> _Book:
        return self

    def iter_rows(self) -> Any:
        return iter(self._rows)


def _sent(rows: list[list[Any]]) -> Answer:
    """The parent's side of the child's messages."""
    pipe, answer = io.BytesIO(), Answer()
    child_sheet._send_sheet(pipe, _Book(rows), "Sheet1")
    pipe.seek(0)
    while line := pipe.readline():
        message = json.loads(line)
        answer.take(message, pipe.read(message.get("texts", 0)), pipe.read(message.get("index", 0)))
    return answer


@pytest.mark.parametrize(("chunk", "block"), [(1, 1), (2, 4), (3, 3), (200, 2_000)])
@given(rows=SHEETS)
def test_the_texts_of_all_cells_arrive_in_their_places(chunk: int, block: int, rows: list[list[Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child_sheet, "_CHUNK_ROWS", chunk)
        patch.setattr(child_sheet, "_BLOCK_ROWS", block)
        answer = _sent(rows)
    texts = [[cell if isinstance(cell, str) else cell_text(cell) for cell in row] for row in rows]
    header = next((n for n, row in enumerate(texts) if any(text.strip() for text in row)), None)
    if header is None:
        assert answer.said["header_row"] == 0
        return
    held = [n for n, row in enumerate(texts) if n > header and any(row)]
    width = max(n + 1 for row in (texts[header], *(texts[n] for n in held)) for n, text in enumerate(row) if text)
    assert answer.said["header"] == texts[header][:width]
    assert answer.said["header_row"] == header + 1
    assert list(sheet._rows(answer)) == [n + 1 for n in held]
    columns = zip(answer.texts, answer.indices, strict=True)
    assert [[own[n] for n in index] for own, index in columns] == [[texts[n][c] for n in held] for c in range(width)][
        : len(answer.texts)
    ]
    assert len(answer.texts) == (width if held else 0)
    blank = sheet._blank_rows(header + 1, answer.said["runs"])
    last = held[-1] if held else header
    assert blank == tuple(n + 1 for n in range(last) if n != header and n not in held)


@given(rows=SHEETS)
def test_texts_are_numbered_as_they_appear(rows: list[list[Any]]) -> None:
    answer = _sent(rows)
    for texts, index in zip(answer.texts, answer.indices, strict=True):
        assert len(set(texts)) == len(texts)
        assert list(dict.fromkeys(index)) == list(range(len(texts)))
