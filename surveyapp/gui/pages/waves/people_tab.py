"""Same people: who answered both waves, by the keyed hash of an address; or how people can be linked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people, fmt_percent
from surveyapp.domain.errors import UserError
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.gui.pages.waves.waves_tab import Pair, WavesTab
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card, StatCard
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.services.jobs import JobContext
from surveyapp.services.people import Returning, people_in_both

_SHOWN = 12
_WIDEST = 760


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Returning | None
    fault: UserError | None = None


class PeopleTab(WavesTab):
    """One sentence with the number, then what it rests on. Nobody is named anywhere."""

    has_results = False

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.setObjectName("peopleTab")
        self.setAccessibleName(_("Same people"))
        self.set_fact(_("Nobody is named: a hash cannot be turned back into an address."))
        self._turn = 0
        self._body: QWidget | None = None
        self._wants_focus = False
        """It was opened before there was anything to focus."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_subject(self, pair: Pair, _question_ids: frozenset[int] | None = None) -> None:
        """Look for people who answered both waves."""
        session = self._session
        self._turn += 1
        turn = self._turn

        def work(_ctx: JobContext) -> _Answer:
            try:
                return _Answer(people_in_both(session, *pair))
            except UserError as fault:
                return _Answer(None, fault)

        def done(answer: _Answer) -> None:
            if turn == self._turn:
                self._show(answer)

        self._page.run_job(work, done, failed=lambda _error: None, label=_("Looking for the same people"))

    def _show(self, answer: _Answer) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        if answer.found is not None:
            self._body = self._result(answer.found)
            self.explained.emit(_explain(answer.found))
        else:
            self._body = self._unlinked(answer.fault)
            self.explained.emit(None)
        self._column.addWidget(self._body, 1)
        if self.isVisible():
            self._body.show()
            if self._wants_focus:
                self.focus()

    def _unlinked(self, fault: UserError | None) -> QWidget:
        """Linking happens at import and never afterwards: the addresses are not kept."""
        words = _(
            "People are linked when a file is imported: its column of addresses is replaced by a keyed hash, which is "
            "the same for the same address next year. The addresses are not kept, so it cannot be done afterwards. "
            "Import the file of each year again and choose “Replace by a keyed hash”."
        )
        theme, actions = self._page.theme, self._page.context.actions
        button = None
        if "file.open" in actions:
            button = Button(theme, _("Open a file"), kind="primary", icon="upload", parent=self)
            button.follow(actions, "file.open")
        title = fault.title if fault is not None else _("Nobody can be followed from year to year.")
        return EmptyState(theme, title, example=words, button=button, figure=False, parent=self)

    def _result(self, found: Returning) -> QWidget:
        theme = self._page.theme
        body = QScrollArea(self)
        body.setObjectName("returningPeople")
        body.setAccessibleName(verdict_words(found))
        body.setWidgetResizable(True)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(body)
        inner.setProperty("paper", "bg")
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        middle = QWidget(inner)
        middle.setMaximumWidth(theme.px(_WIDEST))
        row.addWidget(middle, 1)
        row.addStretch(0)
        body.setWidget(inner)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card(theme, parent=middle)
        verdict = Label(theme, verdict_words(found), role="verdict", wrap=True, parent=card)
        verdict.setObjectName("returningVerdict")
        card.add(verdict)
        card.body.addSpacing(6)
        by = _("By keyed hash of “%(old)s” in %(first)s and of “%(new)s” in %(second)s.") % {
            "old": found.columns[0].strip(),
            "new": found.columns[1].strip(),
            "first": found.waves[0].name,
            "second": found.waves[1].name,
        }
        card.add(Label(theme, by, ink="text-2", wrap=True, parent=card))
        column.addWidget(card)
        stats = StatCard(theme, middle)
        stats.set_stats(*(_stat(found, side) for side in (0, 1)))
        column.addWidget(stats)
        for side in (0, 1):
            if found.repeated[side]:
                column.addWidget(self._repeated(found, side, middle))
        column.addWidget(self._meaning(middle))
        column.addStretch(1)
        return body

    def _repeated(self, found: Returning, side: int, parent: QWidget) -> QWidget:
        rows, wave = found.repeated[side], found.waves[side]
        n = len(rows)
        title = ngettext(
            "%(n)s row of %(wave)s shares its hash with another", "%(n)s rows of %(wave)s share a hash with another", n
        ) % {"n": fmt_count(n), "wave": wave.name}
        card = Card(self._page.theme, title, parent=parent)
        shown = ", ".join(fmt_count(row) for row in rows[:_SHOWN])
        more = _(" and %(n)s more") % {"n": fmt_count(n - _SHOWN)} if n > _SHOWN else ""
        words = _(
            "Rows %(rows)s%(more)s. One person sent the form twice, or two share an address. They are in no pair: "
            "which row is the person's is not known. Nothing is merged."
        )
        card.add(Label(self._page.theme, words % {"rows": shown, "more": more}, ink="text-2", wrap=True, parent=card))
        return card

    def _meaning(self, parent: QWidget) -> QWidget:
        card = Card(self._page.theme, tone="sunken", parent=parent)
        words = _(
            "People who gave no address, or another one than before, are not found. Those who came back differ from "
            "those who did not: what changed among them need not have changed among all."
        )
        card.add(Label(self._page.theme, words, role="small", ink="text-2", wrap=True, parent=card))
        return card

    def focus(self) -> None:
        self._wants_focus = self._body is None
        button = self._body.findChild(Button) if self._body is not None else None
        if isinstance(button, Button):
            button.setFocus()
        elif self._body is not None:
            self._body.setFocus()


def verdict_words(found: Returning) -> str:
    """ "412 of 2,418 people of 2026 also answered in 2024.\""""
    n, later = len(found.pairs), found.waves[1]
    words = ngettext(
        "%(n)s of %(total)s people of %(new)s also answered in %(old)s.",
        "%(n)s of %(total)s people of %(new)s also answered in %(old)s.",
        n,
    )
    return words % {
        "n": fmt_count(n),
        "total": fmt_count(later.n_responses),
        "new": later.name,
        "old": found.waves[0].name,
    }


def _stat(found: Returning, side: int) -> tuple[str, str, str, str]:
    wave, given = found.waves[side], found.given[side]
    share = fmt_percent(given / wave.n_responses) if wave.n_responses else ""
    return (
        _("Gave an address in %(wave)s") % {"wave": wave.name},
        fmt_count(given),
        share,
        _("of %(people)s") % {"people": fmt_people(wave.n_responses)},
    )


def _explain(found: Returning) -> Explanation:
    n, given = len(found.pairs), found.given[1]
    return Explanation(
        kind=_("Same people"),
        title=_("Answered %(old)s and %(new)s") % {"old": found.waves[0].name, "new": found.waves[1].name},
        value=fmt_count(n),
        of=_("of %(n)s who gave an address in %(new)s") % {"n": fmt_count(given), "new": found.waves[1].name},
        facts=(
            (_("Addresses in %(wave)s") % {"wave": found.waves[0].name}, fmt_count(found.given[0])),
            (_("Addresses in %(wave)s") % {"wave": found.waves[1].name}, fmt_count(given)),
            (_("Rows that share one"), fmt_count(sum(map(len, found.repeated)))),
        ),
        words=_("Two responses are one person's if the keyed hash of their address is the same."),
        caution=_("The key is kept apart from this file. Without it nobody can test an address."),
    )
