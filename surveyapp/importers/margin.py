"""Margins as people type, paste or import them: lines of question, answer and share, or tables of several questions.

    Age, 18–29, 20 %            question, answer, share       age;gender;count        a table: the first line names
    , 30 or over, 80 %          (as above)                    18–29;Woman;1 200       the questions, and how people
                                                              18–29;Man;1 150         are counted
    Gender, Woman, 48 %

Cells stand between tabs, semicolons, bars or commas. Empty lines separate tables. A first line that names the columns
is optional for the first form.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook, Question
from surveyapp.domain.weight import (
    MARGIN_KINDS,
    Margin,
    MarginQuestion,
    Target,
    TargetUnit,
    find_answer,
    listed_answers,
)
from surveyapp.importers.file import sheet
from surveyapp.importers.file.encoding import find_decoding
from surveyapp.importers.margin_value import Value, header_unit, is_value, read_value, to_unit

_DELIMITERS = "\t;|,"


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a line, without empty ones at the end; `number` is that of its first line, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class _Collected:
    """The targets of one margin so far."""

    questions: tuple[Question, ...]
    header: str
    cells: list[tuple[str, ...]]
    values: list[Value]


def read_margin_file(
    content: bytes, codebook: Codebook, *, name: str = "", encoding: str | None = None
) -> tuple[Margin, ...]:
    """The margins in the bytes of a text file or of a spreadsheet (its first sheet with a table); see `read_margins`.

    May raise EncodingChoice.
    """
    if sheet.sniff(Path(name), content[:4096]) > 0:
        cells = sheet.read_cells(content)
        return _read([_Row(number, _trimmed(row)) for number, row in enumerate(cells, start=1)], codebook)
    decoding = find_decoding(content, encoding=encoding)
    return read_margins(content[decoding.skip :].decode(decoding.encoding, decoding.errors), codebook)


def read_margins(text: str, codebook: Codebook) -> tuple[Margin, ...]:
    """The margins in a text, questions and answers as the codebook has them.

    Values with a per cent sign, or under a header that says so, are per cent; those that add up to 1 or to 100 are
    shares and per cent; others are counts of people. Raises UserError, naming the line, for what cannot be read. What
    the targets ask for (sums, answers without a target) is checked where weights are made.
    """
    return _read(_rows(text), codebook)


def _read(rows: Iterable[_Row], codebook: Codebook) -> tuple[Margin, ...]:
    collected: dict[tuple[MarginQuestion, ...], _Collected] = {}
    for block in _blocks(rows):
        for row, found in _read_block(block, codebook):
            _collect(collected, row, found)
    if not collected:
        raise UserError(_("There are no margins here."), _("Type a line for each answer: question, answer, share."))
    return tuple(_margin(one) for one in collected.values())


def write_margins(margins: Sequence[Margin], codebook: Codebook) -> str:
    """The margins as text that `read_margins` reads back: what the editor shows, and what is copied."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for margin in margins:
        names = [_written_name(question, codebook) for question in margin.questions]
        joint = len(names) > 1
        if out.tell():
            writer.writerow([])
        if joint or margin.unit is TargetUnit.COUNT:
            kept = names if joint else [_("question"), _("answer")]
            writer.writerow([*kept, "count" if margin.unit is TargetUnit.COUNT else "%"])
        for target in margin.targets:
            writer.writerow([*([] if joint else names), *target.answers, _written(target.value, margin.unit)])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Found:
    """One target of a line."""

    questions: tuple[Question, ...]
    answers: tuple[str, ...]
    value: str
    header: str


def _rows(text: str) -> list[_Row]:
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), skipinitialspace=True, strict=True)
    rows: list[_Row] = []
    number = 1
    try:
        for cells in reader:
            rows.append(_Row(number, _trimmed(cells)))
            number = reader.line_num + 1
    except csv.Error as error:
        raise _fault(number, _("a quotation mark is not closed."), _("Close it, or take it out.")) from error
    return rows


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    kept = [" ".join(cell.split()) for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _delimiter(text: str) -> str:
    """The sign that stands in the most lines; of several, the one that is least likely to stand within a cell."""
    lines = [line for line in text.splitlines() if line.strip()]
    return max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines))


def _blocks(rows: Iterable[_Row]) -> list[list[_Row]]:
    blocks: list[list[_Row]] = [[]]
    for row in rows:
        if row.cells:
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_block(block: Sequence[_Row], codebook: Codebook) -> list[tuple[_Row, _Found]]:
    first = block[0]
    asked = [codebook.find(cell) for cell in first.cells[:-1]]
    if not is_value(first.cells[-1]):
        if asked and all(asked):
            return _read_table(block, [_usable(first.number, question) for question in asked if question])
        if len(asked) == 2 and (asked[0] is None or header_unit(first.cells[-1]) is not None):
            return _read_lines(block[1:], first.cells[-1], codebook)
    return _read_lines(block, "", codebook)


def _read_lines(rows: Sequence[_Row], header: str, codebook: Codebook) -> list[tuple[_Row, _Found]]:
    found: list[tuple[_Row, _Found]] = []
    question: Question | None = None
    for row in rows:
        if len(row.cells) != 3:
            raise _fault(
                row.number,
                _("a question, an answer and a share are expected."),
                _("Put cells with a comma in them between quotation marks, or use semicolons."),
            )
        name, answer, value = row.cells
        if name:
            question = _question(row.number, name, codebook)
        if question is None:
            raise _fault(row.number, _("the question is missing."), _("Name it in the first line of its answers."))
        found.append((row, _Found((question,), (_answer(row.number, question, answer),), value, header)))
    return found


def _read_table(block: Sequence[_Row], questions: Sequence[Question]) -> list[tuple[_Row, _Found]]:
    found = []
    for row in block[1:]:
        if len(row.cells) != len(questions) + 1:
            raise _fault(
                row.number,
                _("%(n)s cells are expected, as in the first line of this table.") % {"n": len(questions) + 1},
                _("Put cells with a comma in them between quotation marks, or use semicolons."),
            )
        answers = (_answer(row.number, *pair) for pair in zip(questions, row.cells, strict=False))
        found.append((row, _Found(tuple(questions), tuple(answers), row.cells[-1], block[0].cells[-1])))
    return found


def _collect(collected: dict[tuple[MarginQuestion, ...], _Collected], row: _Row, found: _Found) -> None:
    key = tuple(MarginQuestion(column=one.column, occurrence=one.occurrence) for one in found.questions)
    margin = collected.setdefault(key, _Collected(found.questions, found.header, [], []))
    if found.answers in margin.cells:
        raise _fault(
            row.number,
            _("“%(answer)s” has a target already.") % {"answer": ", ".join(found.answers)},
            _("Keep one of the two lines."),
        )
    margin.cells.append(found.answers)
    margin.values.append(read_value(row.number, found.value))


def _margin(collected: _Collected) -> Margin:
    unit, values = to_unit(collected.values, collected.header)
    return Margin(
        questions=tuple(MarginQuestion(column=q.column, occurrence=q.occurrence) for q in collected.questions),
        targets=tuple(
            Target(answers=answers, value=value) for answers, value in zip(collected.cells, values, strict=True)
        ),
        unit=unit,
    )


def _question(number: int, name: str, codebook: Codebook) -> Question:
    question = codebook.find(name)
    if question is None:
        raise _fault(
            number,
            _("there is no question called “%(name)s”.") % {"name": name},
            _("Use the header or the short name of a question."),
        )
    return _usable(number, question)


def _usable(number: int, question: Question) -> Question:
    if question.kind in MARGIN_KINDS:
        return question
    raise _fault(
        number,
        _("%(question)s has no list of single answers.") % {"question": question.title},
        _("Make a question of it that has one, for example bands of a number."),
    )


def _answer(number: int, question: Question, text: str) -> str:
    """The label of the answer that is meant."""
    choice = find_answer(question, text)
    if choice is not None:
        return choice.label
    raise _fault(
        number,
        _("%(question)s has no answer called “%(answer)s”.") % {"question": question.title, "answer": text},
        _("Its answers are: %(answers)s.") % {"answers": listed_answers(question)},
    )


def _fault(number: int, what: str, what_to_do: str) -> UserError:
    return UserError(_("Line %(n)s: %(what)s") % {"n": number, "what": what}, what_to_do)


def _written_name(question: MarginQuestion, codebook: Codebook) -> str:
    """A name that finds the question again; the header of one that is not there."""
    found = codebook.at(question.column, question.occurrence)
    names = (question.column, *((found.name, f"q{found.id}") if found is not None else ()))
    return next((name for name in names if name and codebook.find(name) == found), question.column)


def _written(value: float, unit: TargetUnit) -> str:
    exact = Decimal(repr(float(value)))
    if unit is TargetUnit.COUNT:
        return f"{exact.normalize():f}"
    return f"{(exact * 100).normalize():f} %"
