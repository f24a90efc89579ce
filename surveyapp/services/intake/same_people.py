"""Whether the people of a file are in a wave already, though the columns differ: exported another way, by another tool.

Columns are not matched for it. What tells a response from all others is looked for in both: the second at which it
was sent, its id, a longer text, an address, and where there is none of these, all its answers together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

import numpy as np
from numpy.typing import NDArray

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.domain.wave import Wave
from surveyapp.importers.cell.moment import day_first, read_moment
from surveyapp.importers.cell.pseudonym import normalised
from surveyapp.importers.cell.wording import clean_all
from surveyapp.importers.plan import ImportPlan
from surveyapp.importers.table import Report, no_report
from surveyapp.services.intake.span import Span, span_of_columns
from surveyapp.services.session import Session

_MOST = 0.5
"""So many of the smaller table's people are in the other: fewer may have answered twice, or by chance alike."""
_FEWEST = 3
_LONG_ID, _LONG_TEXT = 8, 20
"""Shorter ids are counted up by every tool from 1, shorter texts are given by several people, and again next year."""
_ANSWERS = 8
"""So many answers at least tell people apart by all of them."""
_PRIME = np.uint64(0x100000001B3)
_ZONES = 1
"""Two tools may write the same moment as two days."""


class Sign(StrEnum):
    """What tells that two responses are one."""

    MOMENT = "moment"
    ID = "id"
    TEXT = "text"
    ADDRESS = "address"
    """An address or token: the same person, though maybe of another year."""
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePeople:
    """`n` of the `total` people of a file are in `wave` already, by `signs`, the commonest first."""

    wave: Wave
    n: int
    total: int
    signs: tuple[Sign, ...]

    @property
    def is_sure(self) -> bool:
        """Whether it is the same responses; by addresses alone it may be the same people in another year."""
        return self.signs != (Sign.ADDRESS,)

    def sentence(self) -> str:
        """ "48 of 60 people are in Census 2026 already, by the time of sending and the texts"."""
        said = ngettext(
            "%(n)s of %(total)s person is in %(wave)s already, by %(signs)s",
            "%(n)s of %(total)s people are in %(wave)s already, by %(signs)s",
            self.total,
        )
        signs = [_words(sign) for sign in self.signs[:2]]
        listed = _("%(one)s and %(other)s") % {"one": signs[0], "other": signs[1]} if len(signs) > 1 else signs[0]
        words = {"n": fmt_count(self.n), "total": fmt_count(self.total), "wave": self.wave.title}
        return said % {**words, "signs": listed}


def find_same_people(session: Session, plan: ImportPlan, *, report: Report = no_report) -> SamePeople | None:
    """The wave that most of these people are in, or that is mostly in the file; None where there is none.

    Nothing is stored. A wave that was answered at another time than the file is not looked into. Raises Cancelled
    from `report`.
    """
    waves = session.waves()
    new = list(zip(plan.mapping.questions, plan.table.columns, strict=True))
    span = _span(new)
    found = []
    for number, wave in enumerate(waves):
        report(number, len(waves))
        days = _span(_columns(session, wave, Sign.MOMENT)).days_to(span)
        if days is not None and days > _ZONES:
            continue
        if (same := _compared(session, wave, new, total=len(plan.table))) is not None:
            found.append(same)
    return max(found, key=lambda same: (same.is_sure, same.n), default=None)


def _words(sign: Sign) -> str:
    return {
        Sign.MOMENT: _("the time of sending"),
        Sign.ID: _("the id of the response"),
        Sign.TEXT: _("the texts"),
        Sign.ADDRESS: _("the address"),
        Sign.ANSWERS: _("all answers together"),
    }[sign]


_Pairs = Sequence[tuple[Question, TextColumn]]


def _compared(session: Session, wave: Wave, new: _Pairs, *, total: int) -> SamePeople | None:
    """By signs, and by all answers only where these do not tell: that takes the whole wave."""
    old = _columns(session, wave, *Sign)
    enough = max(_FEWEST, _MOST * min(wave.n_responses, total))
    by_sign: dict[Sign, set[int]] = {sign: _in_both(old, new, sign) for sign in Sign if sign is not Sign.ANSWERS}
    sure = set().union(*(rows for sign, rows in by_sign.items() if sign is not Sign.ADDRESS))
    if len(sure) < enough:
        rows = _by_answers(_columns(session, wave, None, *Sign), new)
        if len(rows) >= enough:
            by_sign, sure = {Sign.ANSWERS: rows}, rows
    rows = sure if len(sure) >= enough else by_sign.get(Sign.ADDRESS, set())
    if len(rows) < enough:
        return None
    signs = sorted((sign for sign in by_sign if by_sign[sign]), key=lambda sign: -len(by_sign[sign]))
    if rows is not sure:
        signs = [Sign.ADDRESS]
    return SamePeople(wave=wave, n=len(rows), total=total, signs=tuple(signs))


def _columns(session: Session, wave: Wave, *signs: Sign | None) -> _Pairs:
    """The columns of a stored wave that hold one of these signs (None: no sign), as typed."""
    questions = [question for question in session.codebook(wave.id).questions if _sign_of(question) in signs]
    if not questions:
        return []
    coded = session.store.answers.load(wave.id, [question.id for question in questions])
    return [(question, coded[question.id].text_column()) for question in questions]


def _span(pairs: _Pairs) -> Span:
    """When the responses were sent, by every column that tells it to the second, else by the timestamp."""
    columns = [column for question, column in pairs if _sign_of(question) is Sign.MOMENT]
    days = [moment[:10] for column in columns for moment in _to_the_second(clean_all(column.texts)) if moment]
    if days:
        return Span(first=date.fromisoformat(min(days)), last=date.fromisoformat(max(days)))
    return span_of_columns([column for _question, column in pairs], [question for question, _column in pairs])


def _sign_of(question: Question) -> Sign | None:
    """What a column tells people by, if anything."""
    if question.role is Role.TIMESTAMP or question.kind is Kind.DATE:
        return Sign.MOMENT
    if question.role is Role.RESPONSE_ID:
        return Sign.ID
    if question.role is Role.EMAIL or question.kind is Kind.IDENTIFIER:
        return Sign.ADDRESS
    return Sign.TEXT if question.kind is Kind.TEXT and question.role is Role.PLAIN else None


def _in_both(old: _Pairs, new: _Pairs, sign: Sign) -> set[int]:
    """The rows of the new table with a sign that only they have there, and that only one row has in the old."""
    before, now = (_once([pair for pair in pairs if _sign_of(pair[0]) is sign], sign) for pairs in (old, new))
    return {now[text] for text in before.keys() & now.keys()}


def _once(pairs: _Pairs, sign: Sign) -> dict[str, int]:
    """The signs in these columns that one row alone has -> that row."""
    rows: dict[str, int] = {}
    for _question, column in pairs:
        told = _told(clean_all(column.texts), sign)
        for row, number in enumerate(column.index):
            text = told[number]
            if text and rows.setdefault(text, row) != row:
                rows[text] = -1
    return {text: row for text, row in rows.items() if row >= 0}


def _told(texts: Sequence[str], sign: Sign) -> list[str]:
    """What each text tells a person by, "" for nothing."""
    match sign:
        case Sign.MOMENT:
            return _to_the_second(texts)
        case Sign.TEXT:
            return _if(texts, lambda text: len(text) >= _LONG_TEXT)
        case Sign.ID:
            return _if(texts, lambda text: len(text) >= _LONG_ID)
        case _:
            return [normalised(text) if len(text) >= _LONG_ID else "" for text in texts]


def _if(texts: Iterable[str], tells: Callable[[str], bool]) -> list[str]:
    return [text.casefold() if tells(text) else "" for text in texts]


def _to_the_second(texts: Sequence[str]) -> list[str]:
    """ISO 8601 moments; days, and whole hours, are those of many people."""
    first = day_first(texts)
    moments = [read_moment(text, day_first=first) or "" for text in texts]
    return ["" if len(moment) <= len("2026-01-01") or moment.endswith(":00:00") else moment for moment in moments]


def _by_answers(old: _Pairs, new: _Pairs) -> set[int]:
    """The rows of the new table whose texts, as far as both tables have them, are those of one row of the old.

    In their order: a tool may call questions otherwise and add some, but seldom shuffles them.
    """
    before, now = ({text for _q, c in pairs for text in clean_all(c.texts)} for pairs in (old, new))
    shared = sorted((before & now) - {""})
    numbers = np.frombuffer(Random(1).randbytes(8 * len(shared)), dtype=np.uint64)  # the same ones at any time
    known = dict(zip(shared, numbers.tolist(), strict=True))
    rows = [_digests([column for _question, column in pairs], known) for pairs in (old, new)]
    return {rows[1][digest] for digest in rows[0].keys() & rows[1].keys()}


def _digests(columns: Sequence[TextColumn], known: dict[str, int]) -> dict[int, int]:
    """A number that rows of the same known texts in the same order share -> its row, where only one row has it.

    Rows of few such texts are not among them.
    """
    n = len(columns[0]) if columns else 0
    digest, count = np.zeros(n, dtype=np.uint64), np.zeros(n, dtype=np.int32)
    for column in columns:
        cells: NDArray[np.uint64] = np.array([known.get(t, 0) for t in clean_all(column.texts)], dtype=np.uint64)
        if len(cells):
            own = cells[np.asarray(column.index)]
            digest = np.where(own != 0, digest * _PRIME + own, digest)
            count += own != 0
    found, first, times = np.unique(digest, return_index=True, return_counts=True)
    once = (times == 1) & (count[first] >= _ANSWERS)
    return dict(zip(found[once].tolist(), first[once].tolist(), strict=True))
