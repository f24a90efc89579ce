"""How the coded answers of a question read as they were typed: the rules beside a column, settled when it is coded.

The text of each choice, the sign and the order of ticks, the form of numbers and dates that fits most entries, the
usual text of no answer ("", "NA", "0").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, islice
from operator import attrgetter, eq
from typing import TYPE_CHECKING, Any

from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.domain.question import Kind, Missing, Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rendering = dict[str, Any]
Typed = tuple[str, Missing | None]
"""The text of a cell and whether it counts as missing."""

BLANK = Entry(raw="", value=None, missing=Missing.BLANK)
CODED = (Kind.SINGLE, Kind.SCALE, Kind.TICK)
NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_LOOKED_AT = 2_000
_FITS = 0.9
"""A form that gives so many entries as they were typed is not compared with others."""


def _plain(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


_FORMS: dict[str, Callable[[float], str]] = {
    "plain": _plain,
    "percent": lambda number: _plain(number) + "%",
    "float": repr,
    "fixed2": lambda number: f"{number:.2f}",
    "fixed10": lambda number: f"{number:.10f}",  # LimeSurvey's decimals
    "of_100": lambda number: _plain(round(number * 100, 9)),
    "of_100_percent": lambda number: _plain(round(number * 100, 9)) + "%",
    "of_1": lambda number: _plain(round(number / 100, 12)),
}


def _us(text: str) -> str:
    """As sheets of a US account: 11/1/2026 9:30:05."""
    month, day, clock = (part.removeprefix("0") for part in (text[5:7], text[8:10], text[11:]))
    return f"{month}/{day}/{text[:4]} {clock}".rstrip()


_DATE_FORMS: dict[str, Callable[[str], str]] = {
    "iso": lambda text: text,
    "space": lambda text: text.replace("T", " ", 1),
    "us": _us,
    "month_first": lambda text: f"{text[5:7]}/{text[8:10]}/{text[:4]} {text[11:]}".rstrip(),
    "day_first": lambda text: f"{text[8:10]}/{text[5:7]}/{text[:4]} {text[11:]}".rstrip(),
    "dotted": lambda text: f"{text[8:10]}.{text[5:7]}.{text[:4]} {text[11:]}".rstrip(),
}
"""From ISO 8601, date or date and time to the second."""


def choose_rendering(question: Question, column: CodedColumn | None) -> Rendering:
    """The rendering that fits a column, coded just now, best; without one, what the question alone suggests."""
    return _choose(question, column.entries if column else ()) | _usual_blank(column)


def typing_of(question: Question, rendering: Rendering) -> Callable[[Any], Typed]:
    """From a value that is not None to the text that is typed for it as a rule."""
    kind = question.kind
    if kind in CODED:
        typed = {code: (raw, Missing(missing) if missing else None) for code, raw, missing in rendering["texts"]}
        return lambda value: typed.get(value) or (str(value), None)
    text = text_of(question, rendering)
    return lambda value: (text(value), None)


def text_of(question: Question, rendering: Rendering) -> Callable[[Any], str]:
    """The same for kinds that are not CODED, whose values are all answers: the text alone."""
    kind = question.kind
    if kind is Kind.MULTI:
        texts, sign = dict(rendering["texts"]), rendering["sign"]
        return lambda value: sign.join([text for code, text in texts.items() if code in value])
    if kind in NUMERIC:
        form = _FORMS[rendering["form"]]
        return lambda value: form(float(value))
    if kind is Kind.DATE:
        return _DATE_FORMS[rendering["form"]]
    return str


def blank_of(rendering: Rendering) -> Entry:
    """The usual way to give no answer."""
    if "blank" not in rendering:
        return BLANK
    raw, missing = rendering["blank"]
    return Entry(raw=raw, value=None, missing=Missing(missing))


def _choose(question: Question, entries: Sequence[Entry]) -> Rendering:
    kind = question.kind
    if kind in CODED:
        return {"texts": _texts(question, entries)}
    if kind is Kind.MULTI:
        return _ticks(question, entries)
    if kind in NUMERIC:
        return _fittest(question, [{"form": form} for form in _FORMS], _answers(entries))
    if kind is Kind.DATE:
        return _fittest(question, [{"form": form} for form in _DATE_FORMS], _answers(entries))
    return {}


def _ticks(question: Question, entries: Sequence[Entry]) -> Rendering:
    several = [entry for entry in entries if isinstance(entry.value, tuple) and len(entry.value) > 1][:_LOOKED_AT]
    labels = {choice.code: choice.label for choice in question.choices}
    orders = (_order_typed(labels, several), [*labels], sorted(labels))
    signs = dict.fromkeys((question.delimiter, question.delimiter.strip() + " ", ", ", ";", "; ", ","))
    candidates: list[Rendering] = [
        {"texts": [[code, labels[code]] for code in order], "sign": sign} for sign in signs for order in orders
    ]
    return _fittest(question, candidates, several)


def _order_typed(labels: dict[int, str], entries: Sequence[Entry]) -> list[int]:
    """The codes in the order in which their labels stand in the cells: that of the form, as a rule."""
    before: Counter[tuple[int, int]] = Counter()
    for entry in entries:
        assert isinstance(entry.value, tuple)  # asked by the caller
        before.update(combinations(sorted(entry.value, key=lambda code: entry.raw.find(labels[code])), 2))
    # by the pairs there are: all possible ones would be too many for a stranger's ten thousand options
    later = Counter(one for (one, other), n in before.items() if n > before.get((other, one), 0))
    return sorted(labels, key=lambda code: -later[code])


def _usual_blank(column: CodedColumn | None) -> Rendering:
    """The commonest way to give no answer, where it is not the empty cell."""
    entries = column.entries if column else ()
    unanswered = [n for n, value in enumerate(map(attrgetter("value"), entries)) if value is None]
    numbers = [n for n in unanswered if not entries[n].write_in]
    if column is None or not numbers or (len(numbers) == 1 and entries[numbers[0]] == BLANK):
        return {}
    usual = entries[numbers[0] if len(numbers) == 1 else max(numbers, key=_counts(column).__getitem__)]
    if usual == BLANK or usual.missing is None:
        return {}
    return {"blank": [usual.raw, usual.missing.value]}


def _counts(column: CodedColumn) -> NDArray[np.intp]:
    """How often each entry comes."""
    import numpy as np

    index = np.frombuffer(column.index, dtype=np.intc) if len(column.index) else np.zeros(0, dtype=np.intc)
    return np.bincount(index, minlength=len(column.entries))


def _texts(question: Question, entries: Sequence[Entry]) -> list[list[Any]]:
    """Per code the text and missing mark: the label if anybody typed it, else what was typed first."""
    texts: dict[Any, list[Any]] = {}
    labels: dict[Any, str] = {choice.code: choice.label for choice in question.choices}
    for entry in entries:
        if entry.value is None or entry.write_in:
            continue
        if entry.value not in texts or entry.raw == labels.get(entry.value) != texts[entry.value][1]:
            texts[entry.value] = [entry.value, entry.raw, entry.missing.value if entry.missing else None]
    for choice in question.choices:
        texts.setdefault(choice.code, [choice.code, choice.label, choice.missing.value if choice.missing else None])
    return sorted(texts.values(), key=lambda text: text[0])  # whatever the order in which they were met


def _answers(entries: Sequence[Entry], limit: int = _LOOKED_AT) -> Sequence[Entry]:
    return list(islice((entry for entry in entries if entry.value is not None), limit))


def _fittest(question: Question, candidates: Sequence[Rendering], entries: Sequence[Entry]) -> Rendering:
    """The first of the candidates that gives most entries as they were typed, or nearly all."""
    best, most = candidates[0], -1
    values, raws = [entry.value for entry in entries], [entry.raw for entry in entries]
    for candidate in candidates:
        fits = sum(map(eq, map(text_of(question, candidate), values), raws))
        if fits > most:
            best, most = candidate, fits
        if most >= _FITS * len(entries):
            break
    return best
