"""Anybody's codebook table as codebook entries: only what it says, the rest is guessed from the answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, MissingCode, Question
from surveyapp.domain.shown_if import ShownIf
from surveyapp.importers.cell.coded_choice import coded_choices, meaning_of, whole
from surveyapp.importers.cell.wording import clean, short_name
from surveyapp.importers.codebook.grid import Grid
from surveyapp.importers.codebook.number_rule import number_rule, texts_within
from surveyapp.importers.codebook.value_list import read_missing, read_range, read_values
from surveyapp.importers.codebook.vocabulary import ORDINAL, headings, kind_of
from surveyapp.importers.form.markup import plain
from surveyapp.importers.form.tick_set import own_title, with_part

Row = dict[str, str]

_CLOSED = (Kind.SINGLE, Kind.MULTI, Kind.SCALE)
_NO_ANSWER = re.compile(
    r"refus|declin|missing|no answer|applicable|n/a|don.?t know|not? (?:asked|shown|stated)|prefer not|skip"
)
_SIMPLE_RULE = re.compile(r"^\s*\[(\w+)(?:\((-?\w+)\))?\]\s*=\s*['\"]?(-?[\w.]+)['\"]?\s*$")


def read_foreign(grid: Grid) -> list[Question]:
    """The entries of a table with a row per variable or per value, in its order."""
    places = headings(grid.headers)
    blocks = list(_blocks(grid, places))
    listed = {rows[0]["name"]: _answers(rows) for rows in blocks}
    questions: list[Question] = []
    section = ""
    sets: set[str] = set()  # titles of multiple choices
    for rows in blocks:
        section = rows[0].get("section", "") or ("" if _fills(grid, places) else section)
        questions += _entries(rows[0], listed, section=section, sets=sets)
    return questions


def _fills(grid: Grid, places: dict[str, int]) -> bool:
    """Whether most rows name their section; else one stands only where it begins (REDCap)."""
    if "section" not in places:
        return True
    return 2 * sum(bool(row[places["section"]].strip()) for row in grid.rows) > len(grid.rows)


def _blocks(grid: Grid, places: dict[str, int]) -> Iterator[list[Row]]:
    """The rows of each variable; a row without a name belongs to the one before."""
    block: list[Row] = []
    for cells in grid.rows:
        row = {heading: clean(cells[place]) for heading, place in places.items()}
        if block and row["name"] in ("", block[0]["name"]) and any(row.values()):
            block.append(row)
        elif row["name"]:
            if block:
                yield block
            block = [row]
    if block:
        yield block


def _answers(rows: list[Row]) -> dict[str, str]:
    """Text in the data -> label."""
    first = rows[0]
    if any(row.get("value") for row in rows):
        return {row["value"]: row.get("value label", "") or row["value"] for row in rows if row.get("value")}
    word = first.get("kind", "").casefold()
    if not first.get("values") and word in ("yesno", "truefalse"):
        return {"1": _("Yes"), "0": _("No")}
    if word in ("calc", "slider"):
        return {}
    return read_values(first.get("values", ""))


def _entries(row: Row, listed: dict[str, dict[str, str]], *, section: str, sets: set[str]) -> list[Question]:
    """Usually one entry; a REDCap checkbox has a column per option, named variable___code. `sets` are the titles of
    such questions that others have."""
    answers = listed[row["name"]]
    told = _common(row, section)
    rule = _rule(row.get("condition", ""), listed)
    if rule is not None:
        told["shown_if"] = rule
    elif row.get("condition"):
        told["note"] = " ".join(
            filter(None, (told.get("note", ""), _("Asked if: %(rule)s") % {"rule": row["condition"]}))
        )
    if row.get("kind", "").casefold() == "checkbox" and answers:
        multi = own_title(told.get("text", row["name"]), sets)
        return [_option(row, told | {"multi": multi}, code, label) for code, label in answers.items()]
    return [Question(column=row["name"], **({"kind": Kind.EMPTY} | told | _kind(row, answers)))]


def _common(row: Row, section: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "text": plain(row.get("text", "")),
        "name": row.get("short", "") or short_name(plain(row.get("text", ""))),
        "section": plain(section),
        "unit": row.get("unit", ""),
        "note": row.get("note", ""),
        "grid": row.get("grid", ""),
    }
    if row.get("identifier", "").casefold() in ("y", "yes", "true", "1"):
        told["sensitive"] = True
    return {name: value for name, value in told.items() if value}


def _kind(row: Row, answers: dict[str, str]) -> dict[str, Any]:
    """Kind, choices, missing codes and bounds, as far as told."""
    missing = read_missing(row.get("missing", ""))
    kind = _told_kind(row)
    missing |= {text: label for text, label in answers.items() if _says_missing(text, label, kind)}
    answers = {text: label for text, label in answers.items() if text not in missing}
    told: dict[str, Any] = {}
    if missing:
        told["missing_codes"] = tuple(
            MissingCode(text=text, meaning=meaning_of(label)) for text, label in missing.items()
        )
    if (answers and kind not in (Kind.NUMBER, Kind.DATE, Kind.PROBABILITY)) or (
        len(answers) > 1 and kind is Kind.NUMBER
    ):
        told |= {"kind": kind if kind in _CLOSED else Kind.SINGLE, "choices": coded_choices(answers)}
    elif kind is not None and (kind not in _CLOSED or not row.get("values")):
        told["kind"] = kind
    elif kind in _CLOSED and (ends := read_range(row.get("values", ""))) and ends[1] - ends[0] <= 10:
        told |= {"kind": Kind.SCALE, "choices": _steps(*ends)}
    if any(word in row.get("kind", "").casefold() for word in ORDINAL):
        told["ordered"] = True
    if told.get("kind") is Kind.MULTI and "choices" not in told:
        del told["kind"]  # without its options the answers tell more
    return told | (_bounds(row) if told.get("kind", Kind.NUMBER) is Kind.NUMBER else {})


def _told_kind(row: Row) -> Kind | None:
    """The kind by its word, or by REDCap's check of what is typed."""
    check = row.get("check", "")
    if check.startswith("date"):
        return Kind.DATE
    return Kind.NUMBER if check in ("number", "integer", "float") else kind_of(row.get("kind", ""))


def _says_missing(text: str, label: str, kind: Kind | None) -> bool:
    """A code, negative or among numbers, whose label says that there is no answer."""
    number = whole(text)
    if number is None or (number >= 0 and kind is not Kind.NUMBER):
        return False
    return bool(_NO_ANSWER.search(label.casefold()))


def _bounds(row: Row) -> dict[str, Any]:
    ends = read_range(row.get("values", "")) or (None, None)
    low, high = _number(row.get("low", "")), _number(row.get("high", ""))
    low, high = ends[0] if low is None else low, ends[1] if high is None else high
    return ({"low": low} if low is not None else {}) | ({"high": high} if high is not None else {})


def _number(text: str) -> float | None:
    """A bound; "nan" and "inf" are none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _steps(low: float, high: float) -> tuple[Choice, ...]:
    return tuple(Choice(code=n, label=str(n)) for n in range(int(low), int(high) + 1))


def _option(row: Row, told: dict[str, Any], code: str, label: str) -> Question:
    """REDCap's column of one option: 1 ticked, 0 not."""
    fields = told | {
        "kind": Kind.TICK,
        "name": label,
        "text": with_part(told["multi"], label),
        "choices": (
            Choice(code=1, label=_("Yes"), aliases=("1", "Checked")),
            Choice(code=0, label=_("No"), aliases=("0", "Unchecked")),
        ),
    }
    return Question(column=_option_column(row["name"], code), **fields)


def _option_column(name: str, code: str) -> str:
    """What REDCap calls the column of an option: a negative code has an underscore for its sign."""
    return f"{name}___{code.replace('-', '_').lower()}"


def _rule(text: str, listed: dict[str, dict[str, str]]) -> ShownIf | None:
    """A REDCap rule that asks for one answer to one question, or for a number; None for any other. Rules are read,
    never run."""
    match = _SIMPLE_RULE.match(text)
    if match is None or match[1] not in listed or not listed[match[1]]:
        found = number_rule(text, r"\[(?P<name>\w+)\]")
        if found is None or found[0] not in listed:
            return None
        name, bounds = found
        if listed[name]:
            told = dict(zip(listed[name], (one.label for one in coded_choices(listed[name])), strict=True))
            within = texts_within(told, bounds)
            return ShownIf(column=name, labels=within) if within else None
        return ShownIf(column=name, bounds=bounds)
    answers = listed[match[1]]
    if match[2] is not None:
        column = _option_column(match[1], match[2])
        return ShownIf(column=column, labels=(_("Yes"),)) if match[3] == "1" else None
    labels = {text: shown.label for text, shown in zip(answers, coded_choices(answers), strict=True)}
    return ShownIf(column=match[1], labels=(labels[match[3]],)) if match[3] in labels else None
