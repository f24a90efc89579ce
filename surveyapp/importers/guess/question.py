"""What a column most likely is, from its header and its different cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, Missing, MissingCode, Question, RangeRule, Role
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.no_answer import says_nothing
from surveyapp.importers.cell.part_date import read_days
from surveyapp.importers.cell.typed import read_typed
from surveyapp.importers.cell.wording import clean, grid_parts, short_name
from surveyapp.importers.guess.choice import guess_words
from surveyapp.importers.guess.numeric import guess_numeric
from surveyapp.importers.guess.sample import Sample

_EMAIL_CELL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")
_DIGIT = re.compile(r"\d")
_NUMERIC_SHARE = 0.8
_MOSTLY = 0.5
_MOST_UNANSWERED = 0.6
"""At most this share of the answers may be words for none; above, the words are what the column is about."""
_SEVERAL = 20
_LOOKED_AT = 400
"""How many different cells are looked at where a share of them decides."""
_FEW_MONTHS = 4
"""Fewer different months are the choices of a question."""
_MONTH = 31
_BEGINNING = 4_000
"""Letters of a cell in which a date would show."""


def guess_question(column: TextColumn, sample: Sample, *, position: int, zero_blank: bool = False) -> Question:
    """The codebook entry of one column, seen alone."""
    question = name_question(column, position, title=sample.header)
    full = sample
    if zero_blank:
        sample = sample.without_zero()
    question = _guess_kind(question, sample, full)
    question = _add_missing_codes(question, sample)
    if lexicon.CONSENT.search(sample.words) and question.kind is Kind.SINGLE and len(question.choices) <= 4:
        question = replace(question, role=Role.CONSENT)
    sensitive = bool(lexicon.SENSITIVE.search(sample.words)) and question.role is Role.PLAIN
    return replace(question, sensitive=sensitive or question.sensitive)


def name_question(column: TextColumn, position: int, *, title: str | None = None) -> Question:
    """An entry with names only, from the header unless the file tells another `title`."""
    header = clean(column.header if title is None else title)
    name = short_name(header) if header else _("Column %(n)s") % {"n": position + 1}
    grid = grid_parts(header)
    if grid:
        name = short_name(grid[1])
    return Question(
        column=column.header,
        occurrence=column.occurrence,
        position=position,
        name=name,
        text=header,
        grid=grid[0] if grid else "",
    )


def _guess_kind(question: Question, sample: Sample, full: Sample) -> Question:
    if not sample.cells:
        if full.cells:  # nothing but zeros: they may be answers
            return replace(question, kind=Kind.NUMBER)
        return replace(question, kind=Kind.EMPTY)
    for guess in (_moment, _identifier):
        if found := guess(question, sample):
            return found
    if _numeric_share(sample) >= _NUMERIC_SHARE:
        return guess_numeric(question, sample, full)
    return _month(question, sample) or guess_words(question, sample)


def _moment(question: Question, sample: Sample) -> Question | None:
    looked = sample.labels[:_LOOKED_AT]
    if not any(map(str.isdigit, looked[0][:_BEGINNING])):
        return None
    first = day_first(looked)
    others = (text for text in looked if read_moment(text, day_first=first) is None)
    if any(islice(others, len(looked) // 10, None)):  # numbers are known for such by the first of them
        return None
    system = bool(lexicon.TIMESTAMP.search(sample.words))
    return replace(question, kind=Kind.DATE, role=Role.TIMESTAMP if system else Role.PLAIN)


def _month(question: Question, sample: Sample) -> Question | None:
    """Months as a form's month field or people write them ("2013-05", "May 2013"): dates, each its middle day."""
    looked = sample.labels[:_LOOKED_AT]
    if len(looked) < _FEW_MONTHS or not all(any(map(str.isdigit, text[:_BEGINNING])) for text in looked[:_FEW_MONTHS]):
        return None
    first = day_first(looked)
    spans = [read_days(text) for text in looked]
    months = sum(span is not None and (span[1] - span[0]).days < _MONTH for span in spans)
    others = sum(
        not span and read_moment(text, day_first=first) is None for text, span in zip(looked, spans, strict=True)
    )
    if 2 * months < len(looked) or others > len(looked) // 10:
        return None
    return replace(question, kind=Kind.DATE, ranges=RangeRule.MIDDLE)


def told_months(questions: Sequence[Question]) -> list[str]:
    """What was taken for dates without asking although it tells the month only: a sentence for each question."""
    found = [q for q in questions if q.kind is Kind.DATE and q.ranges is RangeRule.MIDDLE]
    return [_("months count as their middle day: %(name)s") % {"name": q.title} for q in found]


def _identifier(question: Question, sample: Sample) -> Question | None:
    n, different = sample.answered, len(sample.cells)
    looked = sample.labels[:_LOOKED_AT]
    mails = sum(bool(_EMAIL_CELL.match(text)) for text in looked)
    if mails >= 0.6 * len(looked):
        return replace(question, kind=Kind.IDENTIFIER, sensitive=True)
    if lexicon.IDENTIFIER.search(sample.words):
        private = bool(re.search(r"ip|token|seed", sample.words))
        return replace(question, kind=Kind.IDENTIFIER, sensitive=private)
    if n >= 20 and different == n and all(re.fullmatch(r"[0-9a-fA-F-]{16,40}|[A-Za-z0-9_-]{12,}", t) for t in looked):
        return replace(question, kind=Kind.IDENTIFIER)
    return None


def _numeric_share(sample: Sample) -> float:
    """Of the answers ("not shown" and words for no answer aside), how many are numbers."""
    some = sample if len(sample.cells) <= _LOOKED_AT else replace(sample, cells=sample.cells[:_LOOKED_AT])
    words = sum(count for text, count in some.cells if text in _TOOL_CODES)
    total = some.answered - words
    digits = sum(count for text, count in some.cells if _DIGIT.search(text))
    if digits < _NUMERIC_SHARE * (1 - _MOST_UNANSWERED) * total:
        return 0.0
    total -= _unanswered(some)
    if digits < _NUMERIC_SHARE * total:
        return 0.0  # before any sentence is looked at for signs of thousands
    if not total:
        return 0.0
    share = sum(count for _value, count in some.numbers()) / total
    if _MOSTLY <= share < _NUMERIC_SHARE and len(sample.cells) > _SEVERAL:
        share += sum(count for text, count in some.cells if _nearly_number(some, text)) / total
    return share


def _unanswered(sample: Sample) -> int:
    """How many only say that they do not answer ("?", "don't know"): nothing against numbers, where these are many."""
    without = sum(count for text, count in sample.cells if text not in _TOOL_CODES and says_nothing(text))
    return without if without <= _MOST_UNANSWERED * sample.answered else 0


def _nearly_number(sample: Sample, text: str) -> bool:
    """Ranges, limits and the like; among few different cells "4+" or "35-39" is an option."""
    return sample.text_numbers[text] is None and text not in _TOOL_CODES and read_typed(text) is not None


_ERRORS = """
    #N/A #DIV/0! #VALUE! #REF! #NAME? #NUM! #NULL! #SPILL! #CALC! #ERROR! #NV #WERT! #BEZUG! #ZAHL!
"""
"""What a formula gives that has no result. A spreadsheet's own file holds no text there, its CSV these."""
_TOOL_CODES = {
    **dict.fromkeys(_ERRORS.split(), Missing.BLANK),
    "N/A": Missing.NOT_SHOWN,
    "NA": Missing.BLANK,
    "{question_not_shown}": Missing.NOT_SHOWN,
    "-99": Missing.BLANK,
}


def _add_missing_codes(question: Question, sample: Sample) -> Question:
    """Texts that mean "no answer" in a column of numbers, dates or choices; in free text they stay text."""
    if question.kind in (Kind.TEXT, Kind.IDENTIFIER, Kind.EMPTY):
        return question
    present = [text for text in sample.labels if text in _TOOL_CODES]
    if question.kind is not Kind.NUMBER and question.kind is not Kind.PROBABILITY:
        present = [text for text in present if text != "-99"]
    if not present or len(present) == len(sample.labels):
        return question
    # beside "n/a" it is people who typed "N/A", not a form that hid the question: they belong to the base
    typed = [text for text in sample.labels if text.casefold() == "n/a" and text != "N/A"]
    meanings = _TOOL_CODES | dict.fromkeys(("N/A", *typed), Missing.BLANK) if typed else _TOOL_CODES
    present += typed
    codes = tuple(MissingCode(text=text, meaning=meanings[text]) for text in present)
    choices = tuple(choice for choice in question.choices if choice.label not in present)
    return replace(question, missing_codes=codes, choices=choices)


def guess_questions(
    columns: Sequence[TextColumn], samples: Sequence[Sample], *, zero_blank: bool, spells_hidden: bool = True
) -> tuple[Question, ...]:
    """Entries for all columns, each seen alone; importers.guess.layout then looks at neighbours. `spells_hidden`: see
    FormSpec."""
    guessed = (
        guess_question(column, sample, position=n, zero_blank=zero_blank)
        for n, (column, sample) in enumerate(zip(columns, samples, strict=True))
    )
    return tuple(guessed) if spells_hidden else tuple(map(_typed_by_people, guessed))


def _typed_by_people(question: Question) -> Question:
    """The entry with "N/A" as no answer of somebody who was asked."""
    typed = MissingCode(text="N/A")
    codes = tuple(typed if code.text == typed.text else code for code in question.missing_codes)
    return question if codes == question.missing_codes else replace(question, missing_codes=codes)
