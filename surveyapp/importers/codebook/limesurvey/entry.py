"""A question of a structure as entries of a codebook: one per column of the responses.

Columns are headed by codes, as exports head them: Q1, Q1[SQ001], Q1[SQ001][1], Q1[R1_C1], Q1[other]. The text of an
entry is what an export with full headings writes, so that either kind of file finds it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Question, Role
from surveyapp.importers.cell.wording import short_name
from surveyapp.importers.codebook.limesurvey.answer import choices_of, comment_word, other_word, points, ticked, yes_no
from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, as_number
from surveyapp.importers.form.limesurvey.choice import gender, more_same_less, yes_uncertain_no
from surveyapp.importers.form.markup import plain
from surveyapp.importers.table import Declared

_TICKS = frozenset("MP")
_LONG_TEXTS = frozenset("TU")
_SHORT_TEXTS = frozenset("SQ")
_ROWS = frozenset("ABCEFHKQ")
_CELLS = frozenset(":;")
_WITH_OTHER = frozenset("L!")


def entries(asked: Asked, language: str) -> Iterator[Question]:
    """The columns of one question, in the order of the responses."""
    head = Question(column=asked.code, text=plain(asked.text), section=plain(asked.group), kind=Kind.EMPTY)
    computed = asked.type == "*" or not head.text
    head = replace(head, name=asked.code if computed else short_name(head.text))
    if asked.type in _TICKS:
        return _ticks(asked, head, language)
    if asked.type in _ROWS:
        return _rows(asked, head, language)
    if asked.type in _CELLS:
        return _cells(asked, head, language)
    if asked.type == "1":
        return _two_scales(asked, head, language)
    if asked.type == "R":
        return _ranks(asked, head, language)
    return _one(asked, head, language)


def _one(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """A question of one answer, with the texts beside it."""
    yield replace(head, **_fields(asked, language))
    if asked.type in _WITH_OTHER and asked.other:
        yield replace(_beside(head, "other", _("Other"), other_word(language)), other_of=asked.code)
    if asked.type == "O":
        comment = _beside(head, "comment", _("Comment"), comment_word(language))
        yield replace(comment, note=_comment_on(head.text))
    if asked.type == "|":
        counted = _beside(head, "filecount", _("Number of files"), "")
        yield replace(counted, kind=Kind.NUMBER, low=0.0, text=f"filecount - {head.text}")


def _fields(asked: Asked, language: str) -> Declared:
    """What the type of a question, or of the rows of an array, says of their answers."""
    listed = choices_of(asked.scale(0), other=asked.other and asked.type in _WITH_OTHER, language=language)
    fields: Declared
    match asked.type:
        case "L" | "!" | "O" | "F" | "H" | "R":
            fields = {"kind": Kind.SINGLE, "choices": listed}
        case "Y":
            fields = {"kind": Kind.SINGLE, "choices": yes_no(language)}
        case "G":
            fields = {"kind": Kind.SINGLE, "choices": gender()}
        case "C":
            fields = {"kind": Kind.SINGLE, "choices": yes_uncertain_no()}
        case "E":
            fields = {"kind": Kind.SINGLE, "choices": more_same_less(), "ordered": True}
        case "5" | "A" | "B":
            fields = {"kind": Kind.SCALE, "choices": points(10 if asked.type == "B" else 5), "ordered": True}
        case _:
            fields = _open_fields(asked)
    return fields


def _open_fields(asked: Asked) -> Declared:
    """Numbers, dates, texts, and what is no question. Of short texts the answers themselves tell more."""
    numeric = asked.attributes.get("numbers_only", "0") not in ("", "0", "N")
    match asked.type:
        case "N" | "K" | ":":
            return {"kind": Kind.NUMBER, **_bounds(asked)}
        case "D":
            return {"kind": Kind.DATE}
        case "X":
            return {"kind": Kind.TEXT, "role": Role.DISPLAY, "left_out": True}
        case "I":
            return {"kind": Kind.SINGLE, "role": Role.SYSTEM, "left_out": True}
        case "*":
            return {"note": _("Computed by the survey."), **({"kind": Kind.NUMBER} if numeric else {})}
        case "|":
            return {"kind": Kind.TEXT, "note": _("A list of uploaded files; the files are not part of the export.")}
        case letter if letter in _LONG_TEXTS:
            return {"kind": Kind.TEXT}
        case letter if letter in _SHORT_TEXTS:
            return {"kind": Kind.NUMBER, **_bounds(asked)} if numeric else {}
    return {}


def _bounds(asked: Asked) -> Declared:
    """Lowest and highest number and the unit, where the survey gives plain ones; an expression is passed over."""
    names = ("multiflexible_min", "multiflexible_max") if asked.type == ":" else ("min_num_value_n", "max_num_value_n")
    low, high = (_plain_number(asked.attributes.get(name, "")) for name in names)
    if low is not None and high is not None and low > high:
        low = high = None
    unit = plain(asked.attributes.get("suffix", ""))
    fields = {"low": low, "high": high, "unit": unit if len(unit) <= 12 else ""}
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _plain_number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _beside(head: Question, code: str, name: str, word: str) -> Question:
    """A text beside an answer; `word` is what headings call it in the language of the survey."""
    return replace(head, column=f"{head.column}[{code}]", name=name, text=f"{head.text} [{word}]", kind=Kind.TEXT)


def _comment_on(text: str) -> str:
    return _("Comment on “%(option)s”.") % {"option": text}


def _row(head: Question, column: str, *parts: str) -> Question:
    text = f"{head.text} " + "".join(f"[{part}]" for part in parts)
    return replace(head, column=column, name=", ".join(parts), text=text)


def _label(part: Part) -> str:
    return plain(part.text) or part.code


def _ticks(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """A column per option, "Other", and a comment behind each if the type has them."""
    title = head.text or head.column
    options = [(part.code, _label(part)) for part in asked.axis(0)]
    for code, label in options:
        option = _row(head, f"{head.column}[{code}]", label)
        yield replace(option, kind=Kind.TICK, multi=title, choices=ticked(language))
        if asked.type == "P":
            yield _option_comment(head, code, label, comment_word(language))
    if asked.other:
        yield replace(_beside(head, "other", _("Other"), other_word(language)), multi=title)
        if asked.type == "P":
            comment = _beside(head, "othercomment", _("Other comment"), "Other comment")
            yield replace(comment, note=_comment_on(_("Other")))


def _option_comment(head: Question, code: str, label: str, word: str) -> Question:
    comment = _row(head, f"{head.column}[{code}comment]", label, word)
    name = _("%(option)s: comment") % {"option": label}
    return replace(comment, kind=Kind.TEXT, name=name, note=_comment_on(label))


def _rows(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """A column per row. Rows that share their answers are a battery."""
    fields = _fields(asked, language)
    grid = "" if asked.type in ("K", "Q") else head.text or head.column
    for part in asked.axis(0):
        row = _row(head, f"{head.column}[{part.code}]", _label(part))
        yield replace(row, grid=grid, **fields)


def _cells(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """A column per row and column of an array of numbers, texts or boxes."""
    boxes = asked.type == ":" and asked.attributes.get("multiflexible_checkbox", "0") not in ("", "0", "N")
    for row in asked.axis(0):
        for across in asked.axis(1):
            cell = _row(head, f"{head.column}[{row.code}_{across.code}]", _label(row), _label(across))
            if boxes:
                multi = f"{head.text} [{_label(row)}]"
                yield replace(cell, kind=Kind.TICK, multi=multi, name=_label(across), choices=ticked(language))
            else:
                yield replace(cell, **(_open_fields(asked) if asked.type == ":" else {"kind": Kind.TEXT}))


def _two_scales(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """Two columns per row, one of each scale."""
    for part in asked.axis(0):
        for scale, attribute in enumerate(("dualscale_headerA", "dualscale_headerB")):
            words = _("Scale %(n)s") % {"n": scale + 1}
            header = plain(asked.attributes.get(attribute, "")) or words
            row = _row(head, f"{head.column}[{part.code}][{scale + 1}]", _label(part), f"Scale {scale + 1}")
            choices: tuple[Choice, ...] = choices_of(asked.scale(scale), other=False, language=language)
            name = f"{_label(part)}, {header}"
            yield replace(row, name=name, grid=f"{head.text} [{header}]", kind=Kind.SINGLE, choices=choices)


def _ranks(asked: Asked, head: Question, language: str) -> Iterator[Question]:
    """A column per place; each holds the answer put there."""
    fields = _fields(asked, language)
    most = as_number(asked.attributes.get("max_subquestions", ""))
    places = min(most or len(asked.answers), len(asked.answers))
    for place in range(1, places + 1):
        rank = _row(head, f"{head.column}[{place}]", f"Rank {place}")
        yield replace(rank, name=_("Rank %(n)s") % {"n": place}, grid=head.text or head.column, **fields)
