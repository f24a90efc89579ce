"""The columns of one question together: is it a multiple choice, an array, a list with "Other"?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.column import TextColumn
from surveyapp.importers.cell.wording import clean_all
from surveyapp.importers.form.limesurvey.heading import Heading, Part
from surveyapp.importers.problem.run import index_of

NOT_SHOWN = "{question_not_shown}"
"""How a VV file spells that a question was never shown."""
NOT_APPLICABLE = "N/A"
"""The full answer of a multiple choice never shown, and of a yes/no or gender question without an answer."""
_YES_NO = (
    ("Yes", "No"),
    ("Ja", "Nein"),
    ("Oui", "Non"),
    ("Sí", "No"),
    ("Si", "No"),
    ("Sì", "No"),
    ("Да", "Нет"),
    ("Так", "Ні"),
    ("Tak", "Nie"),
    ("Ja", "Nee"),
    ("Sim", "Não"),
    ("Evet", "Hayır"),
    ("Ano", "Ne"),
)
_GENDER = frozenset({"Male", "Female", "Männlich", "Weiblich", "Masculin", "Féminin", "Мужской", "Женский"})
_STRAY = 0.02
"""A set of ticks in words knows no blanks; so many may still stand there, in rows that slipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A column of a question: its place in the file, its heading and its cells.

    `texts` are the different cells, blanks and what was never shown left out.
    """

    place: int
    heading: Heading
    column: TextColumn
    texts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """How a set of ticks is written: the text of a tick, of none, and whether N/A stands for never shown."""

    yes: str
    no: str
    words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All columns of one question, in the order of the file."""

    stem: str
    members: tuple[Member, ...]

    def of(self, part: Part) -> tuple[Member, ...]:
        """The columns that hold this part of the answer."""
        return tuple(member for member in self.members if member.heading.part is part)

    @property
    def bare(self) -> Member | None:
        """The column that is the question itself, without brackets."""
        return next((one for one in self.of(Part.ANSWER) if not one.heading.subs), None)

    @property
    def rows(self) -> tuple[Member, ...]:
        """The columns of subquestions."""
        return tuple(one for one in self.of(Part.ANSWER) if one.heading.subs)


def group_columns(headings: Sequence[Heading], columns: Sequence[TextColumn]) -> Iterator[Group]:
    """The questions of a table; columns of the system are left out."""
    members: list[Member] = []
    for place, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if heading.system:
            continue
        follows = members and heading.key == members[-1].heading.key and not _starts_anew(heading)
        if members and not follows:
            yield Group(stem=members[0].heading.stem, members=tuple(members))
            members = []
        texts = frozenset(clean_all(column.texts)) - {"", NOT_SHOWN}
        members.append(Member(place=place, heading=heading, column=column, texts=texts))
    if members:
        yield Group(stem=members[0].heading.stem, members=tuple(members))


def _starts_anew(heading: Heading) -> bool:
    return heading.part is Part.ANSWER and not heading.subs


def find_ticks(group: Group, *, letters_seen: bool) -> Ticks | None:
    """How the columns of this question are ticked; None if it is no multiple choice.

    `letters_seen` says that another question of the file has ticks as Y: then 1 and 2 are answers.
    """
    rows = group.rows
    if not rows or group.bare or any(member.heading.scale for member in rows):
        return None
    texts: set[str] = set().union(*(member.texts for member in rows))
    sure = bool(group.of(Part.OTHER)) or any(member.heading.subs for member in group.of(Part.COMMENT))
    if texts <= {"Y", "N"} and (texts or sure):
        return Ticks(yes="Y", no="N", words=False)
    for yes, no in _YES_NO:
        words = {yes, no}
        if texts <= words | {NOT_APPLICABLE} and texts & words and (sure or _hardly_blank(rows)):
            return Ticks(yes=yes, no=no, words=True)
    return _numbered_ticks(rows, texts, sure=sure or (not letters_seen and _blank_together(rows)))


def _numbered_ticks(rows: Sequence[Member], texts: set[str], *, sure: bool) -> Ticks | None:
    """Ticks as 1 and 2 ("Convert Y to 1, N to 2") or 1 and 0, or 1 alone in an array of boxes."""
    for no in ("2", "0"):
        if sure and texts == {"1", no}:
            return Ticks(yes="1", no=no, words=False)
    boxes = len(rows) > 1 and all(len(member.heading.subs) == 2 for member in rows)
    if boxes and texts in ({"1"}, {"0", "1"}):
        return Ticks(yes="1", no="0", words=False)
    return None


def _hardly_blank(rows: Sequence[Member]) -> bool:
    return all(_blanks(member.column).mean() <= _STRAY for member in rows)


def _blank_together(rows: Sequence[Member]) -> bool:
    """Whether who left one of several columns blank left all of them blank."""
    blank = np.array([_blanks(member.column) for member in rows])
    return len(rows) > 1 and bool((blank.all(axis=0) == blank.any(axis=0)).all())


def _blanks(column: TextColumn) -> NDArray[np.bool_]:
    blank = np.array([not text for text in clean_all(column.texts)], dtype=np.bool_)
    found: NDArray[np.bool_] = blank[index_of(column)]
    return found


def fixed_words(member: Member) -> bool:
    """Whether a column holds the fixed words of a yes/no or gender question, where N/A means no answer."""
    texts = member.texts - {NOT_APPLICABLE}
    return NOT_APPLICABLE in member.texts and bool(texts) and any(texts <= set(words) for words in (*_YES_NO, _GENDER))
