"""The questions of a Qualtrics export: ticks over several columns, grids, "Other" texts, and -99.

Names tell what belongs together (Q2_1, Q2_2, Q2_2_TEXT), texts tell the parts ("Question - Selected Choice - Option",
"Question - Row", in the older format "Question-Row").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Question, Replacement
from surveyapp.importers.cell.option import learn_options
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import tick_set
from surveyapp.importers.guess.choice import multi_question
from surveyapp.importers.guess.sample import build_sample
from surveyapp.importers.table import Declared, TextTable

SEEN = "-99"
"""Written, if the export was asked to, where somebody saw a question and did not answer."""
NOT_SHOWN = "{not shown}"

_CHOICE = " - Selected Choice"
_PART = re.compile(r"^(?P<base>.+)_(?P<part>\d+)$")
_TEXT = re.compile(r"^(?P<base>.+?)(?:_(?P<part>\d+|OTHER))?_TEXT$")
_TEXT_END = re.compile(r"\s*-\s*text$", re.IGNORECASE)
_ONE_CELL = re.compile(r"QID\d+")
"""The ImportId of a closed question in one column."""
_UNTICKED = ("0", SEEN)
_NOTHING = Question(column="")


@dataclass(frozen=True, slots=True)
class _Field:
    """A question's column: where it stands, its name and text."""

    place: int
    name: str
    key: str
    text: str
    column: TextColumn


def declare(
    table: TextTable, keys: Sequence[str], texts: Sequence[str], declared: Sequence[Declared]
) -> list[Declared]:
    """`declared` with what is known of the columns that had nothing so far. `keys` are ImportIds where there are."""
    done = list(declared)
    fields = [
        _Field(place, clean(column.header), keys[place], texts[place], column)
        for place, column in enumerate(table.columns)
        if not declared[place]
    ]
    sets = _tell_groups(fields, done)
    names = {field.name for field in fields}
    others = {found["base"]: (found["part"], _cut_last(_without_end(field.text))[1]) for field, found in _texts(fields)}
    for field in fields:
        if match := _TEXT.match(field.name):
            done[field.place] = _tell_text(field, match, sets, names)
        elif not done[field.place]:
            done[field.place] = _tell_alone(field, others.get(field.name))
        is_tick = done[field.place].get("kind") is Kind.TICK
        done[field.place] = done[field.place] | _missing(field.column, is_tick=is_tick)
    return done


def _texts(fields: Sequence[_Field]) -> Iterator[tuple[_Field, re.Match[str]]]:
    """The columns that hold the text behind an option."""
    for field in fields:
        if (match := _TEXT.match(field.name)) and match["part"]:
            yield field, match


def _without_end(text: str) -> str:
    return _TEXT_END.sub("", text)


def _tell_groups(fields: Sequence[_Field], done: list[Declared]) -> dict[str, str]:
    """Fill in ticks and grids; the answer names the multiple choice of each base name ("Q2")."""
    groups: defaultdict[str, list[_Field]] = defaultdict(list)
    for field in fields:
        if match := _PART.match(field.name):
            groups[match["base"]].append(field)
    sets: dict[str, str] = {}
    for base, group in groups.items():
        stem, parts = _split(group)
        if not stem and len(group) > 1:
            stem = base
        if _is_ticks(group, parts):
            sets[base] = stem
            for field, part in zip(group, parts, strict=True):
                done[field.place] = tick_set.tick(stem, part, field.column, aside=_UNTICKED)
        elif len(group) > 1 and tick_set.share_steps([field.column for field in group], aside=(SEEN,)):
            for field, part in zip(group, parts, strict=True):
                done[field.place] = tick_set.grid_row(stem, part)
    return sets


def _split(group: Sequence[_Field]) -> tuple[str, list[str]]:
    """The question that all texts begin with, and what each says beyond it."""
    texts = [field.text for field in group]
    marker = f"{_CHOICE} - "
    if all(marker in text for text in texts):
        stem = texts[0].partition(marker)[0]
        return stem, [text.partition(marker)[2] for text in texts]
    same = _common_start(texts) if len(texts) > 1 else ""
    for sign in (" - ", "-"):
        stem, found, _rest = same.rpartition(sign)
        if found and stem:
            return stem, [text[len(stem) + len(sign) :].strip() for text in texts]
    return "", texts


def _common_start(texts: Sequence[str]) -> str:
    low, high = min(texts), max(texts)
    same = next((n for n, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), len(low))
    return low[:same]


def _is_ticks(group: Sequence[_Field], parts: Sequence[str]) -> bool:
    """Whether each column holds its own option's text, or one number, where it holds anything."""
    columns = [field.column for field in group]
    if not any(tick_set.filled(column, _UNTICKED) for column in columns):
        return all(_CHOICE in field.text for field in group)
    if all(tick_set.titled(column, part, _UNTICKED) for column, part in zip(columns, parts, strict=True)):
        return True
    codes = {text for column in columns for text in tick_set.filled(column, _UNTICKED)}
    if codes != {"1"}:
        return False
    # a grid in which everybody took the first step is answered in all rows alike
    return any(_CHOICE in field.text for field in group) or len({_answered(column) for column in columns}) > 1


def _answered(column: TextColumn) -> int:
    """How many people have a code in the column."""
    blank = [clean(text) in ("", *_UNTICKED) for text in column.texts]
    return sum(not blank[number] for number in column.index)


def _tell_text(field: _Field, match: re.Match[str], sets: dict[str, str], names: set[str]) -> Declared:
    """The text behind an option."""
    base, part = match["base"], match["part"]
    text = _without_end(field.text)
    question, label = _cut_last(text)
    if part and base in sets:
        return tick_set.other_text(sets[base], label)
    if base in names:
        return tick_set.other_of(base, question, label)
    return {"kind": Kind.TEXT, "text": text, "grid": ""}


def _cut_last(text: str) -> tuple[str, str]:
    """ "Question" and "Other" of "Question - Other", in the older format "Question-Other"."""
    for sign in (" - ", "-"):
        question, found, label = text.rpartition(sign)
        if found:
            return question, label
    return text, ""


def _tell_alone(field: _Field, other: tuple[str, str] | None) -> Declared:
    """The text, and the options of a multiple choice in one cell. `other` are number and label of an option with a
    text behind it: then the question is a choice, and numbers are no scale."""
    text = field.text.removesuffix(_CHOICE) or field.name
    told: Declared = {"text": text}
    if _CHOICE in field.text or other or _ONE_CELL.fullmatch(field.key):
        told |= _joined(field.column)
    if other and "kind" not in told:
        told["kind"] = Kind.SINGLE
        numbers = tick_set.filled(field.column, (SEEN,))
        if all(map(str.isdecimal, numbers)):
            told |= {"choices": _numbered(numbers, *other), "ordered": False}
    return told


def _numbered(numbers: Sequence[str], part: str, label: str) -> tuple[Choice, ...]:
    """Options of which only the numbers are in the file, and the one whose label its text tells."""
    codes = sorted({int(number) for number in (*numbers, part) if number.isdecimal()})
    return tuple(
        Choice(code=code, label=label or str(code), aliases=(str(code),), other=True)
        if str(code) == part
        else Choice(code=code, label=str(code))
        for code in codes
    )


def _joined(column: TextColumn) -> Declared:
    """The options of cells such as "Boats,Cake", which may hold commas themselves; {} for other columns."""
    cells = [cell for cell in build_sample(column).cells if cell[0] != SEEN]
    options = learn_options(cells, ",")
    shaped = options.joined >= 3 and options.shapes >= 2 and len(options.labels) >= 2
    if not shaped or options.explained < 0.7:
        return {}
    texts = "\n".join(column.texts)
    choices = tuple(
        replace(one, label=_as_typed(one.label, texts)) for one in multi_question(_NOTHING, options).choices
    )
    return {"kind": Kind.MULTI, "choices": choices, "delimiter": ",", "ordered": False}


def _as_typed(label: str, texts: str) -> str:
    """An option with the spaces behind its commas, which learning takes away."""
    found = re.search(r",\s*".join(map(re.escape, label.split(","))), texts) if "," in label else None
    return found.group() if found else label


def _missing(column: TextColumn, *, is_tick: bool) -> Declared:
    """Where -99 says that somebody saw the question and gave no answer, a blank says that nobody asked.

    In a column of ticks a blank may also be an option that was not chosen.
    """
    if SEEN not in map(clean, column.texts):
        return {}
    seen = MissingCode(text=SEEN, meaning=Missing.BLANK)
    if is_tick:
        return {"missing_codes": (seen,)}
    unseen = MissingCode(text=NOT_SHOWN, meaning=Missing.NOT_SHOWN)
    return {"missing_codes": (seen, unseen), "replacements": (Replacement(text="", becomes=NOT_SHOWN),)}
