"""What a person decides in the matching: stored in a worker, told with Undo, then on to the next row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.gui.pages.waves.match_pane import open_earlier
from surveyapp.services.jobs import JobContext
from surveyapp.services.wave_match.decision import Step, confirm_all, decide
from surveyapp.services.wave_match.evidence import How, compare
from surveyapp.services.wave_match.option import Labels
from surveyapp.services.wave_match.row import Key, MatchRow
from surveyapp.services.wave_match.unit import Unit
from surveyapp.services.wave_match.view import State, UnitPair

if TYPE_CHECKING:
    from surveyapp.gui.page import Page
    from surveyapp.gui.pages.waves.matching_tab import MatchingTab
    from surveyapp.services.session import Session


class MatchCommands:
    """`next_key` is the row to go to once the change is read again, None to stay."""

    def __init__(self, tab: MatchingTab, page: Page) -> None:
        self._tab, self._page = tab, page
        self.next_key: Key | None = None

    def decide(self, how: How) -> None:
        """1, 2, 3, N: say what the question is; of a battery all items, or the one under the cursor."""
        tab, row = self._tab, self._tab.row
        if row is None or not row.pairs:
            return
        drawn = tab.draft.drawn(row)
        waits = how is How.OPTIONS_CHANGED and drawn is None and not tab.pane.in_answers and not row.battery
        if waits and open_earlier(tab.pane.open_lines()):
            tab.pane.focus()  # first the lines; 3 again keeps them
            self._page.context.shell.toast(_("Enter says what an answer was before. 3 again keeps it."))
            return
        steps = [_step(pair, how, drawn) for pair in self.scope(row)]
        self._store(lambda session: decide(session, steps, how), row)

    def link(self, earlier: Unit, later: Unit) -> None:
        """L: these two are one question; what the later is to the earlier they say themselves."""
        step = Step(earlier=earlier.id, later=later.id)
        self._store(lambda session: decide(session, [step], compare(session, earlier, later).how), self._tab.row)

    def confirm_all(self) -> None:
        """Shift+A: every proposal is right, with the lines that were drawn."""
        rows = [row for row in self._tab.rows if row.state is State.PROPOSED]
        steps = [(_step(pair, pair.how, self._tab.draft.drawn(row)), pair.how) for row in rows for pair in row.pairs]
        self._store(lambda session: confirm_all(session, steps), *rows)

    def scope(self, row: MatchRow) -> tuple[UnitPair, ...]:
        """What a decision is about: all pairs of a row, or the item of a battery under the cursor."""
        line = self._tab.pane.options.current
        if row.battery and self._tab.pane.in_answers and line is not None:
            return tuple(pair for pair in row.pairs if pair.later.question.title == line.later)[:1]
        return row.pairs

    def _store(self, change: Callable[[Session], Change | None], *rows: MatchRow | None) -> None:
        """Store a decision about these rows in a worker."""
        tab, shell, session = self._tab, self._page.context.shell, self._page.context.session
        if session is None or session.read_only:
            shell.toast(_("This file is open for reading only. Nothing was changed."))
            return
        decided = [row for row in rows if row is not None]
        self.next_key = tab.list.next_waiting(decided[0].key) if len(decided) == 1 else None

        def work(_ctx: JobContext) -> Change | None:
            return change(session)

        def done(made: Change | None) -> None:
            for row in decided:
                tab.draft.forget(row)
            tab.announce(made, _("Nothing was changed."))
            if made is not None:
                tab.list.setFocus()
            elif (key := self.take_next()) is not None:  # nothing will be read again
                tab.go_to(key)

        self._page.run_job(work, done, failed=lambda error: shell.toast(str(error)), store=True)

    def take_next(self) -> Key | None:
        """The row to go to, once."""
        key, self.next_key = self.next_key, None
        return key


def _step(pair: UnitPair, how: How, drawn: Labels | None) -> Step:
    if how is How.NONE:
        return Step(later=pair.later.id)
    labels = pair.labels if drawn is None else drawn
    taken = pair.evidence.options.pairs if pair.evidence.options else ()
    return Step(earlier=pair.earlier.id, later=pair.later.id, labels=None if set(labels) == set(taken) else labels)
