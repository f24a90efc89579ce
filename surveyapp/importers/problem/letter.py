"""Letters broken before the file was written: text of one encoding read in another, told by what mends most cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.wave import Example, Fix, Problem, Severity
from surveyapp.importers.cell.round_trip import trip_words
from surveyapp.importers.cell.wording import CYRILLIC, LETTER_REPAIRS, REPAIRS, repair_text
from surveyapp.importers.file.encoding import plausibility
from surveyapp.importers.problem.letter_column import column_only, column_repairs
from surveyapp.importers.problem.run import counts_of
from surveyapp.importers.problem.view import SHOWN_EXAMPLES, View

_PLAUSIBLE = 0.95
"""Texts above need no repair: finding that out once is much cheaper than trying every repair."""
_LETTER_CELLS = 3
_LETTER_SHARE = 0.8
"""A repair that turns letters into letters must mend so many different cells, and this share of those with odd ones."""
_TRIED = 400
"""So many different cells decide which repairs fit."""
_LOOKED_AT = 2_000
"""Letters of a cell that tell how it is to be repaired."""
_HEADER = -1


@dataclass(frozen=True, slots=True)
class _Cell:
    """A different text with odd letters: its column (and occurrence count), or a header (`count` _HEADER)."""

    place: int
    text: str
    count: int


def broken_letters(view: View) -> list[Problem]:
    """The repairs that fit the cells and headers of the whole file, all in one proposal; each cell takes the first that
    helps it, and a text that is well as it is takes none. Columns that were broken alone are proposed one by one."""
    odd = _odd_cells(view)
    texts: dict[int, list[str]] = {}
    for cell in odd:
        if cell.count != _HEADER:
            texts.setdefault(cell.place, []).append(cell.text)
    repairs = column_repairs(texts)
    alone = column_only(texts, repairs)
    found = [_of_column(view, place, alone[place], [one for one in odd if one.place == place]) for place in alone]
    if view.mapping.repair_encoding:
        return found
    whole = _of_file(
        view, [cell for cell in odd if cell.place not in alone], set(repairs.values()) - set(alone.values())
    )
    return [*([whole] if whole else []), *found]


def _of_file(view: View, odd: Sequence[_Cell], also: Iterable[str]) -> Problem | None:
    by_place: dict[int, list[str]] = {}
    for cell in odd:
        by_place.setdefault(cell.place if cell.count != _HEADER else _HEADER, []).append(cell.text)
    repair = best_repairs(by_place.values(), also)
    broken = [cell for cell in odd if repair_text(cell.text, repair) != cell.text] if repair else []
    cells = [cell for cell in broken if cell.count != _HEADER]
    headers = [cell for cell in broken if cell.count == _HEADER]
    if not broken:
        return None
    count = sum(cell.count for cell in cells)
    title = ngettext("%(n)s cell has broken letters", "%(n)s cells have broken letters", count) % {
        "n": fmt_count(count)
    }
    if not cells:
        title = ngettext("%(n)s header has broken letters", "%(n)s headers have broken letters", len(headers))
        title %= {"n": fmt_count(len(headers))}
    detail = _("They were read in a wrong encoding before this file was made, and can be repaired.")
    if cells and headers:
        words = ngettext("%(n)s header too.", "%(n)s headers too.", len(headers)) % {"n": fmt_count(len(headers))}
        detail = f"{detail} {words}"
    examples = [_example(view, cell, repair) for cell in [*cells[:SHOWN_EXAMPLES], *headers][:SHOWN_EXAMPLES]]
    return Problem(
        kind="mojibake",
        severity=Severity.LOOK,
        title=title,
        detail=detail,
        count=count or len(headers),
        out_of=sum(max(0, cell.count) for cell in odd),
        rows=tuple(sorted({example.row for example in examples})),
        examples=tuple(examples),
        fixes=(
            Fix(action="repair_text", label=_("Repair"), value=repair),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=tuple(sorted({cell.place for cell in broken})),
    )


def _of_column(view: View, place: int, repair: str, odd: Sequence[_Cell]) -> Problem:
    """One column that was broken while others were not."""
    cells = [cell for cell in odd if cell.count != _HEADER and repair_text(cell.text, repair) != cell.text]
    count = sum(cell.count for cell in cells)
    title = ngettext(
        "%(n)s cell of “%(name)s” has broken letters", "%(n)s cells of “%(name)s” have broken letters", count
    )
    question = view.questions[place]
    name = repair_text(question.title, repair)
    detail = _("%(trips)s. The repair is made in this column alone, because it does not fit the others.")
    examples = tuple(_example(view, cell, repair) for cell in cells[:SHOWN_EXAMPLES])
    return Problem(
        kind="mojibake",
        severity=Severity.LOOK,
        title=title % {"n": fmt_count(count), "name": name},
        detail=detail % {"trips": trip_words(repair)},
        column=question.column,
        occurrence=question.occurrence,
        count=count,
        out_of=view.samples[place].answered,
        rows=tuple(sorted({example.row for example in examples})),
        examples=examples,
        fixes=(
            Fix(action="letters", label=_("Repair"), value=repair),
            Fix(action="keep", label=_("Keep as typed")),
        ),
        columns=(place,),
    )


def _odd_cells(view: View) -> list[_Cell]:
    """Different texts with letters beyond ASCII, those that are certainly well aside."""
    repair = view.mapping.repair_encoding
    found = []
    for place, column in enumerate(view.table.columns):
        if not column.header.isascii():
            found.append(_Cell(place, column.header, _HEADER))
        if all(map(str.isascii, column.texts)):
            continue
        if view.questions[place].letters:  # decided
            continue
        pairs = zip(column.texts, counts_of(column).tolist(), strict=True)
        odd = [_Cell(place, text, count) for text, count in pairs if count and not text.isascii()]
        found += [cell for cell in odd if repair_text(cell.text, repair) == cell.text] if repair else odd
    return found


def best_repairs(columns: Iterable[Sequence[str]], also: Iterable[str] = ()) -> str:
    """The wrong round trips to be undone in the texts of these columns, the most successful first, separated by spaces;
    "" for none. Those in `also` turn letters into letters and are known to fit.

    Success is how much more plausible the texts become, all together. What turns letters into letters is taken only
    where most of the odd texts of a column speak for it; of all columns, if both letters are Cyrillic: capitals are
    plausible there ("НЕТ"), and would be damaged elsewhere.
    """
    groups = [list(dict.fromkeys(map(_beginning, list(dict.fromkeys(texts))[:_TRIED]))) for texts in columns]
    different = list(dict.fromkeys(text for texts in groups for text in texts))
    left = [text for text in different if plausibility(text) < _PLAUSIBLE][: 4 * _TRIED]
    known = set(also)
    letters = [name for name in LETTER_REPAIRS if name in known or _speaks_for(left, groups, different, name)]
    chosen: list[str] = []
    while left:
        gains = {name: _gain(left, name) for name in (*REPAIRS, *letters)}
        best = max(gains, key=lambda name: gains[name])
        if gains[best] <= 0:
            break
        chosen.append(best)
        left = [text for text in left if repair_text(text, best) == text]
    return " ".join(chosen)


def _beginning(text: str) -> str:
    """What is tried of a text; a long one ends before it would be cut within a letter of several bytes."""
    if len(text) <= _LOOKED_AT:
        return text
    cut = text[:_LOOKED_AT]
    return cut[: cut.rfind(" ") + 1] or cut


def _speaks_for(odd: Sequence[str], groups: Sequence[Sequence[str]], different: Sequence[str], name: str) -> bool:
    mended = {text for text in odd if repair_text(text, name) != text}
    if len(mended) < _LETTER_CELLS:
        return False
    looked = [different] if set(name.split(">")) <= CYRILLIC else groups
    shares = [(len(mended.intersection(texts)), len(texts)) for texts in looked]
    return any(n >= _LETTER_CELLS and n >= _LETTER_SHARE * total for n, total in shares)


def _gain(odd: Sequence[str], name: str) -> float:
    mended = [(text, after) for text in odd if (after := repair_text(text, name)) != text]
    gain = sum((1.0 if after.isascii() else plausibility(after)) - plausibility(text) for text, after in mended)
    return gain + 0.1 * len(mended)  # what mends more, if two mend as well


def _example(view: View, cell: _Cell, repair: str) -> Example:
    after = repair_text(cell.text, repair)
    if cell.count == _HEADER:
        return Example(row=int(view.table.rows[0]) - 1 if len(view.table) else 1, before=cell.text, after=after)
    responses = view.places(cell.place, cell.text.__eq__)
    row = view.table.rows[int(responses[0])] if len(responses) else 0
    return Example(row=row, before=cell.text, after=after)
