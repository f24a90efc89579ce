"""The questions of two waves: what waits for a person first, then what counts, then what one wave alone has."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.gui.question_icon import BATTERY_ICON, question_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.gui.widgets.question_list import QuestionList
from surveyapp.services.wave_match.evidence import How
from surveyapp.services.wave_match.row import Key, MatchRow
from surveyapp.services.wave_match.view import State
from surveyapp.services.wave_match.words import how_words, state_words

_MOST_ANSWERS = 40
"""A search looks into no more of them: a question of cities has thousands."""


class MatchList(QuestionList):
    """Always shows a row, if it has one: where a search or a change hides the cursor's row, the first.

    `chosen` is sent for a search as well.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, name=_("Questions of both waves"), height=30, parent=parent)
        self.setObjectName("matchList")
        self._rows: dict[Hashable, MatchRow] = {}

    @property
    def current(self) -> MatchRow | None:
        """The row under the cursor."""
        return self._rows.get(self.key)

    def set_rows(self, rows: Sequence[MatchRow], names: tuple[str, str], key: Key | None) -> None:
        """Show these with the cursor on `key`, else on the first; no signal. `names` are those of the waves."""
        self._rows = {row.key: row for row in rows}
        groups: dict[str, list[Line]] = {}
        for row in rows:
            groups.setdefault(_caption(row, names), []).append(_line(row))
        self.set_groups([Group(caption=words, lines=tuple(some), counted=True) for words, some in groups.items()], key)

    def set_query(self, query: str) -> None:
        super().set_query(query)
        self.chosen.emit(self.key)

    def next_waiting(self, key: Key) -> Key | None:
        """The row to go to once `key` is decided: the next that waits, else the last before it; None if none does."""
        waiting = [row.key for row in self._shown() if row.state is State.PROPOSED or row.key == key]
        if key not in waiting:
            return None
        place = waiting.index(key)
        return next(iter([*waiting[place + 1 :], *reversed(waiting[:place])]), None)

    def _shown(self) -> list[MatchRow]:
        return [self._rows[line.key] for line in self.lines]

    def _show(self, key: Hashable | None) -> None:
        super()._show(key)
        if self.key is None and self.lines:
            self.choose(self.lines[0].key)
            self.scrollToTop()


def second_line(row: MatchRow) -> str:
    """What the question was called before, where that differs, or how many items a battery has."""
    if row.battery:
        return _("%(n)s items") % {"n": fmt_count(len(row.pairs))}
    earlier, later = row.questions
    if earlier is None or later is None or earlier.title == later.title:
        return ""
    return _("was: %(title)s") % {"title": earlier.title}


def _caption(row: MatchRow, names: tuple[str, str]) -> str:
    if row.state is not None:
        return {
            State.PROPOSED: _("To confirm"),
            State.CONFIRMED: _("Confirmed"),
            State.SURE: _("The same by text and answers"),
        }[row.state]
    return _("Only in %(wave)s") % {"wave": names[1 if row.later_alone else 0]}


def _line(row: MatchRow) -> Line:
    questions = [question for question in reversed(row.questions) if question is not None]
    second, (mark, mark_words) = second_line(row), _mark(row)
    said = [row.title, state_words(row), how_words(row.how) if row.pairs else "", second]
    names = [text for one in questions for text in (one.title, one.column)]
    return Line(
        key=row.key,
        title=row.title,
        icon=BATTERY_ICON if row.battery else question_icon(questions[0]),
        spoken=", ".join(part for part in said if part),
        tip="\n".join(dict.fromkeys(text for text in reversed(row.texts) if text)),
        found_by=(*row.texts, *names, *row.sides[1][:_MOST_ANSWERS]),
        second=second,
        mark=mark,
        mark_words=mark_words,
        strong=row.state is State.PROPOSED,
        n=max(1, len(row.pairs)),
    )


def _mark(row: MatchRow) -> tuple[Mark, str]:
    """A badge of what changed, or a check."""
    if row.state is None:
        return Mark.NOTHING, ""
    if row.how is How.SAME and row.state is not State.PROPOSED:
        return Mark.DONE, ""
    return Mark.BADGE, how_words(row.how)
