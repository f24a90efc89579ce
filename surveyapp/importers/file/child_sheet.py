"""Spreadsheets in the child process (see importers.file.child), read by calamine."""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Callable, Collection
from typing import Any, BinaryIO

from surveyapp.importers.file.child import cell_text, send, send_block
from surveyapp.importers.file.child_moment import clock_text
from surveyapp.importers.file.child_ods import is_ods, seconds_of, with_breaks

_BLOCK_ROWS = 2_000
"""Rows of the sheet told of at once: the parent takes them in while the next ones are read."""
_CHUNK_ROWS = 200
"""Rows turned into columns at once: few enough that their cells stay in the processor's cache."""
_PREFERRED = "form responses"

_NARROW = 2
"""Columns of a sheet that may only say what the others are."""
_Text = Callable[[Any], str]


def read(out: BinaryIO, content: bytes, request: dict[str, Any]) -> None:
    """Send the names of all sheets and the columns of `request["sheet"]`, or of the first sheet with more than
    a title; a narrow one, such as "About", gives way to a wider and longer one behind it, a hidden one, such as the
    lists of a form, to those that are seen.

    What was sent of a sheet counts until the next one is named.
    """
    from python_calamine import CalamineWorkbook

    wanted, ods = request.get("sheet"), is_ods(content)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(with_breaks(content) if ods else content))
    names = list(workbook.sheet_names)
    send(out, {"sheets": names})
    best, most = "", 0
    for name in _order(names, wanted, _hidden(workbook)):
        width, filled = _send_sheet(out, workbook, name, ods=ods)
        wide = width > _NARROW or name.lower().startswith(_PREFERRED)
        if wanted is not None or (filled > max(most, 1) and wide):
            send(out, {"end": True})
            return
        if filled > 1 >= most or not best:  # a narrow table before a title, the first before others
            best, most = (name, filled) if filled else (best, most)
    if best:  # nowhere more than a title, a header or a narrow table
        _send_sheet(out, workbook, best, ods=ods)
        send(out, {"end": True})
    else:
        send(out, {"error": "empty"})


def _hidden(workbook: Any) -> set[str]:
    from python_calamine import SheetVisibleEnum

    return {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}


def _order(names: list[str], wanted: str | None, hidden: Collection[str] = ()) -> list[str]:
    if wanted is not None:
        if wanted not in names:
            raise KeyError(wanted)
        return [wanted]
    return sorted(names, key=lambda name: (name in hidden, not name.lower().startswith(_PREFERRED)))


def _send_sheet(out: BinaryIO, workbook: Any, name: str, *, ods: bool = False) -> tuple[int, int]:
    """Send a sheet; how many columns it has, and how many rows with anything in them."""
    source = workbook.get_sheet_by_name(name)
    height = source.total_height
    send(out, {"sheet": name})
    sheet = _Sheet(out, _ods_text if ods else _text)
    rows = source.iter_rows()
    done = 0
    while chunk := list(itertools.islice(rows, _CHUNK_ROWS)):
        sheet.add(chunk, done + 1)
        done += len(chunk)
        if done % _BLOCK_ROWS == 0:
            sheet.send_rows()
            send(out, {"progress": [done, height]})
    sheet.send_rows()
    sheet.send_head()
    return sheet.width, sheet.n_rows + (sheet.header_row > 0)


class _Sheet:
    """What a sheet holds: its header, the first row with words, and below it the rows with anything in them.

    Rows are numbered as a spreadsheet does, from 1; `header_row` is 0 until it was found.
    """

    def __init__(self, out: BinaryIO, text: _Text) -> None:
        self._text = text
        self.header_row = self.n_rows = 0
        self._out = out
        self._header: list[str] = []
        self._runs: list[list[int]] = []
        self._columns: list[_Column] = []
        self._waiting = 0

    @property
    def width(self) -> int:
        """Columns with a header or an answer."""
        return max(len(self._header), len(self._columns))

    def add(self, rows: list[list[Any]], number: int) -> None:
        """The rows from that number on; calamine gives all the same width."""
        if not self.header_row:
            found = self._take_header(rows, number)
            rows, number = rows[found:], number + found
        if all(map(any, rows)):
            self._note(number, len(rows))
        else:
            held = [place for place, row in enumerate(rows) if any(row) or row.count("") < len(row)]
            for place in held:
                self._note(number + place, 1)
            rows = [rows[place] for place in held]
        if rows:
            self._take(rows)

    def _take_header(self, rows: list[list[Any]], number: int) -> int:
        """Look for the header; how many rows are done with. A space somebody left above it is none."""
        for place, row in enumerate(rows):
            if any(type(cell) is not str or cell.strip() for cell in row):
                self.header_row = number + place
                self._header = _without_end(list(map(cell_text, row)))
                return place + 1
        return len(rows)

    def _note(self, number: int, count: int) -> None:
        """So many rows with something from that number on."""
        if not count:
            return
        if self._runs and self._runs[-1][1] + 1 == number:
            self._runs[-1][1] += count
        else:
            self._runs.append([number, number + count - 1])

    def _take(self, rows: list[list[Any]]) -> None:
        cells = list(zip(*rows, strict=True))
        while cells[-1].count("") == len(rows):
            cells.pop()
        self._widen(len(cells))
        for column, own in zip(self._columns, cells, strict=False):
            column.add(self._waiting, own)
        self._waiting += len(rows)

    def _widen(self, width: int) -> None:
        while len(self._columns) < width:
            self._columns.append(_Column(self._text, late=self.n_rows > 0))

    def send_rows(self) -> None:
        """Send on what was added since the last time."""
        if not self._waiting:
            return
        self._widen(len(self._header))
        told = [column.tell(self._waiting) for column in self._columns]
        texts, indices = zip(*told, strict=True)
        send_block(self._out, texts, indices, column=0, row=self.n_rows, n_rows=self._waiting)
        self.n_rows += self._waiting
        self._waiting = 0

    def send_head(self) -> None:
        """Send the header, and which rows of the sheet the others are: the first and last number of each run."""
        header = self._header + [""] * (self.width - len(self._header))
        send(self._out, {"header": header, "header_row": self.header_row, "runs": self._runs, "n_columns": self.width})


def _without_end(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(cell: Any) -> str:
    return cell if type(cell) is str else cell_text(cell)


def _ods_text(cell: Any) -> str:
    seconds = seconds_of(cell) if type(cell) is str else None
    return _text(cell) if seconds is None else clock_text(seconds)


class _Numbers(dict[Any, bytes]):
    """The number of each value of a column, as an int32; a value not met before gets that of its text, or the next."""

    def __init__(self, text: _Text) -> None:
        super().__init__()
        self._text = text
        self.texts: list[str] = []

    def __missing__(self, cell: Any) -> bytes:
        text = self._text(cell)
        number = self.get(text)
        if number is None:
            number = self[text] = len(self.texts).to_bytes(4, sys.byteorder)
            self.texts.append(text)
        self[cell] = number
        return number

    def forget(self, cells: tuple[Any, ...], known: int) -> None:
        """Take back what these cells said of TRUE and FALSE, and all but the first `known` texts: the others are
        theirs."""
        self.pop(True, None)
        self.pop(False, None)
        for key in {*cells, *self.texts[known:]}:
            if int.from_bytes(self.get(key, b""), sys.byteorder) >= known:
                self.pop(key, None)
        del self.texts[known:]


class _Column:
    """One column's texts, numbered as they appear, and the number of each row's text, since they were last told."""

    def __init__(self, text: _Text, *, late: bool) -> None:
        self._index = bytearray()
        self._numbers = _Numbers(text)
        self._told = 0
        self._truths = False
        """Whether it holds TRUE or FALSE, which are 1 and 0 for a dictionary, but not for a reader."""
        if late:
            self._numbers[""]  # the rows above have no answer

    def add(self, row: int, cells: tuple[Any, ...]) -> None:
        """The cells from that row on: a loop in C, for there may be millions."""
        self._fill(row)
        numbers, known = self._numbers, len(self._numbers.texts)
        if not self._truths:
            self._index += b"".join(map(numbers.__getitem__, cells))
            if (1 not in numbers and 0 not in numbers) or bool not in set(map(type, cells)):
                return
            del self._index[4 * row :]
            numbers.forget(cells, known)
            self._truths = True
        self._index += b"".join(numbers[cell_text(cell) if type(cell) is bool else cell] for cell in cells)

    def _fill(self, n_rows: int) -> None:
        missing = n_rows - len(self._index) // 4
        if missing:
            self._index += self._numbers[""] * missing

    def tell(self, n_rows: int) -> tuple[list[str], bytes]:
        """The texts that are new, and the numbers of those rows."""
        self._fill(n_rows)
        texts, index = self._numbers.texts[self._told :], bytes(self._index)
        self._told += len(texts)
        self._index.clear()
        return texts, index
