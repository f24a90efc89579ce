"""Delimited text: CSV, TSV and their relatives, any usual encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.file.encoding import Decoding, find_decoding
from surveyapp.importers.file.gather import Gatherer
from surveyapp.importers.file.line_end import hidden, may_hold_returns, sign_of_returns
from surveyapp.importers.refusal import binary_kind, markup_kind, not_a_table
from surveyapp.importers.registry_spec import ImporterSpec
from surveyapp.importers.table import Report, TextTable, build_source

CHUNK_ROWS = 96
DELIMITERS = ",;\t|"
SAMPLE_CHARS = 64_000
_MOST_TITLES = 8
_FEW = 2
"""So few cells in a row below a title may be a sentence with a comma."""
_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")


def sniff(path: Path, head: bytes) -> float:
    """Text is the fallback of all formats."""
    if binary_kind(head):
        return 0.0
    return 0.6 if path.suffix.lower() in _SUFFIXES else 0.3


def read(content: bytes, name: str, *, report: Report, encoding: str | None, sheet: str | None) -> TextTable:  # noqa: ARG001
    """The table in these bytes; `sheet` has no meaning here."""
    if kind := binary_kind(content[:64]) or markup_kind(content[:4096]):
        raise not_a_table(kind)
    decoding = find_decoding(content, encoding=encoding)
    sample = _decoded_sample(content, decoding)
    delimiter, skip_lines = find_delimiter(sample)
    gatherer = Gatherer()
    csv.field_size_limit(max(csv.field_size_limit(), len(content) + 1))
    stream = _Stream(content, decoding, _sign_of_returns(content, decoding, delimiter))
    for _n in range(skip_lines):
        next(stream)
    gatherer.row_number = skip_lines
    _read_rows(csv.reader(stream, delimiter=delimiter, strict=True), gatherer, stream, report, len(content))
    title = delimiter_title(delimiter)
    detail = f"{title}, {decoding.title}"
    problems = gatherer.problems()
    if decoding.replace:
        problems = (*problems, gatherer.unreadable_bytes())
    return gatherer.table(
        build_source(name, content, format_id="delimited", detail=detail), notes=(detail,), problems=problems
    )


def delimiter_title(delimiter: str) -> str:
    """ "comma-separated" and so on."""
    return {
        ",": _("comma-separated"),
        ";": _("semicolon-separated"),
        "\t": _("tab-separated"),
        "|": _("separated by bars"),
    }.get(delimiter, _("separated by “%(sign)s”") % {"sign": delimiter})


class _Stream(Iterator[str]):
    """The lines of the decoded bytes, line ends untouched; `position` is the byte reached."""

    def __init__(self, content: bytes, decoding: Decoding, sign: str) -> None:
        self._raw = io.BytesIO(content)
        self._raw.seek(decoding.skip)
        end = "\n" if sign else ""
        self._text = io.TextIOWrapper(self._raw, encoding=decoding.encoding, errors=decoding.errors, newline=end)
        self.sign = sign
        """Stands for carriage returns within answers, "" if they end lines."""

    @property
    def position(self) -> int:
        return self._raw.tell()

    def __next__(self) -> str:
        line = self._text.readline()
        if not line:
            raise StopIteration
        return hidden(line, self.sign) if self.sign else line

    def __iter__(self) -> Iterator[str]:
        return (hidden(line, self.sign) for line in self._text) if self.sign else iter(self._text)


def _read_rows(reader: Iterable[list[str]], gatherer: Gatherer, stream: _Stream, report: Report, total: int) -> None:
    rows = iter(reader)
    while True:
        chunk: list[list[str]] = []
        try:
            chunk.extend(islice(rows, CHUNK_ROWS))
        except csv.Error as error:
            raise _quote_error(gatherer, chunk) from error
        except UnicodeDecodeError as error:
            raise UserError(_("The file's letters could not be read."), _("Choose an encoding by hand.")) from error
        if not chunk:
            return
        if stream.sign:
            chunk = [[cell.replace(stream.sign, "\r") for cell in row] for row in chunk]
        gatherer.add(chunk)
        report(stream.position, total)


def _sign_of_returns(content: bytes, decoding: Decoding, delimiter: str) -> str:
    if not may_hold_returns(content):
        return ""
    return sign_of_returns(content[decoding.skip :].decode(decoding.encoding, decoding.errors), delimiter)


def _quote_error(gatherer: Gatherer, chunk: list[list[str]]) -> UserError:
    row = gatherer.row_number + len(chunk) + 1
    return UserError(
        _("A quotation mark in row %(row)s is never closed, or text follows after it.") % {"row": f"{row:,}"},
        _("Open the file in a text editor, repair that row, and try again."),
    )


def _decoded_sample(content: bytes, decoding: Decoding) -> str:
    piece = content[decoding.skip : decoding.skip + 2 * SAMPLE_CHARS]
    return piece.decode(decoding.encoding, "ignore")[:SAMPLE_CHARS]


def find_delimiter(sample: str) -> tuple[str, int]:
    """The delimiter, and how many lines to skip (1 for Excel's "sep=;")."""
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    if first.lower() == "sep=" and "\t" in sample.split("\n", 1)[0]:
        return "\t", 1
    scores = {delimiter: _consistency(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return (best if scores[best] > (0.0, 0) else ","), 0


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """The share of rows as wide as the header (a tenth counts as alike), then that width; (0, 0) for one column.

    Lines of one cell above the first row of several are titles (see importers.form.title_rows).
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(sample) + 1))
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), 200) if row]
    except csv.Error:
        return (0.0, 0)
    titles = next((n for n, row in enumerate(rows) if len(row) > 1), 0)
    plain = not any(sign in cell for row in rows[:titles] for cell in row for sign in DELIMITERS)
    if plain and titles <= _MOST_TITLES and len(rows) > titles and len(rows[titles]) > _FEW:
        rows = rows[titles:]
    if not rows or len(rows[0]) < 2:
        return (0.0, 0)
    body = rows[1:-1] or rows[1:]  # the last row of a sample may be cut
    if not body:  # several lines as one row: most likely a quotation mark that is none with another delimiter
        return (0.0, 1) if "\n" in sample.strip() else (1.0, len(rows[0]))
    widths = Counter(map(len, body))
    return (round(widths[len(rows[0])] / len(body), 1), len(rows[0]))


SPEC = ImporterSpec(
    id="delimited",
    title=lambda: _("Delimited text (CSV, TSV)"),
    suffixes=_SUFFIXES,
    sniff=sniff,
    read=read,
)
