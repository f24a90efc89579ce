"""Columns that are the options of one multiple choice, and columns that are the rows of one grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind
from surveyapp.importers.cell.wording import clean, fold, short_name
from surveyapp.importers.form.markup import plain
from surveyapp.importers.table import Declared

MAX_STEPS = 12
"""Rows of a grid share at most so many answers."""
_LONGEST_STEP = 60


def filled(column: TextColumn, aside: Iterable[str] = ()) -> list[str]:
    """The different cells of a column, without blanks and the texts put `aside`."""
    texts = dict.fromkeys(map(clean, column.texts))
    for text in ("", *aside):
        texts.pop(text, None)
    return list(texts)


def same(text: str, label: str) -> bool:
    """Whether a cell names an option, markup and spelling of signs aside."""
    return text == label or fold(plain(text)) == fold(plain(label))


def titled(column: TextColumn, label: str, aside: Iterable[str] = ()) -> bool:
    """Whether every cell is blank or the option's own text."""
    return all(same(text, label) for text in filled(column, aside))


def coded(column: TextColumn, aside: Iterable[str] = ()) -> bool:
    """Whether every cell is blank or one and the same whole number."""
    texts = filled(column, aside)
    return len(texts) <= 1 and all(text.isdecimal() for text in texts)


def tick(multi: str, label: str, column: TextColumn, aside: Iterable[str] = ()) -> Declared:
    """What is known of the column of one option; `aside` are texts that mean "not ticked" or "not answered"."""
    texts = tuple(text for text in dict.fromkeys((label, *filled(column, aside))) if text not in (_("Yes"), ""))
    return {
        "kind": Kind.TICK,
        "multi": multi,
        "name": label,
        "text": with_part(multi, label),
        "grid": "",
        "choices": (
            Choice(code=1, label=_("Yes"), aliases=texts),
            Choice(code=0, label=_("No"), aliases=() if "0" in texts else ("0",)),
        ),
    }


def other_text(multi: str, label: str) -> Declared:
    """What is known of the column that spells out a multiple choice's "Other"."""
    return {"kind": Kind.TEXT, "multi": multi, "name": label, "text": with_part(multi, label), "grid": ""}


def other_of(header: str, question: str, label: str) -> Declared:
    """What is known of the column that spells out the "Other" of the single choice in the column `header`."""
    name = with_part(short_name(question), label)
    return {"kind": Kind.TEXT, "text": with_part(question, label), "name": name, "grid": "", "other_of": header}


def grid_row(grid: str, row: str) -> Declared:
    """What is known of one row of a grid."""
    return {"grid": grid, "name": row, "text": with_part(grid, row)}


def own_title(title: str, taken: set[str]) -> str:
    """The title of a set or grid, with a number behind it if another has it ("Drinks (2)"); it is `taken` from then
    on. Without a title nothing is named."""
    own, n = title, 1
    while own and own in taken:
        n += 1
        own = f"{title} ({n})"
    taken.add(own)
    return own


class Titles:
    """Titles of sets and grids, told apart where two questions are worded alike: columns of one title are one set."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {"multi": set(), "grid": set()}
        self._own: dict[tuple[str, str], str] = {}

    def next_question(self) -> None:
        """What comes now belongs to another question."""
        self._own = {}

    def own(self, field: str, title: str) -> str:
        """The title as this question's `field` ("multi" or "grid")."""
        if (field, title) not in self._own:
            self._own[field, title] = own_title(title, self._taken[field])
        return self._own[field, title]


def keep_apart(declared: Sequence[Declared]) -> tuple[Declared, ...]:
    """What is declared of all columns, with a number behind the names of sets and grids that come again.

    A set's columns are neighbours; a gap, or a part that comes again, begins another (the same question asked twice).
    """
    done = list(declared)
    for field in ("multi", "grid"):
        runs: Counter[str] = Counter()
        before, parts = "", set[object]()
        for place, told in enumerate(done):
            title, part = told.get(field, ""), (told.get("name"), told.get("kind"))
            if title and (title != before or part in parts):
                runs[title] += 1
                parts = set()
            if runs[title] > 1:
                done[place] = {**told, field: f"{title} ({runs[title]})"}
            before = title
            parts.add(part)
    return tuple(done)


def with_part(question: str, part: str) -> str:
    """ "Question [Part]", as all tools' parts read in this app."""
    if not part:
        return question
    return f"{question} [{part}]" if question else part


def share_steps(columns: Sequence[TextColumn], aside: Iterable[str] = ()) -> bool:
    """Whether these columns may be rows of one grid: few short answers, and no row with answers of its own only."""
    rows = [set(filled(column, aside)) for column in columns]
    rows = [row for row in rows if row]
    steps = set().union(*rows)
    if len(rows) < 2 or not steps or len(steps) > MAX_STEPS or max(map(len, steps)) > _LONGEST_STEP:
        return False
    return all(any(row & other for other in rows if other is not row) for row in rows)
