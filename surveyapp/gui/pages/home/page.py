"""Home: what needs me now, responses so far, where I left off, and every change with its Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.actions import key_text
from surveyapp.gui.context import AppContext
from surveyapp.gui.first_step import first_step
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.home.calibration_card import CalibrationCard
from surveyapp.gui.pages.home.content import (
    HomeContent,
    date_words,
    load_content,
    weekday_name,
    when_words,
)
from surveyapp.gui.pages.home.need import Need, slow_needs
from surveyapp.gui.pages.home.place import Place, places_to_go_on
from surveyapp.gui.pages.home.rows import CautionCard, ChangeRow, DropCard, NeedRow
from surveyapp.gui.soon import soon_if_there
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.row_button import RowButton
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.domain.change import Change
    from surveyapp.services.session import ChangeNotice, Session
    from surveyapp.stats.calibration.log_result import LogResult
    from surveyapp.stats.result import CalibrationResult

_SIDE = 377
_READING_WIDTH = 1680
_MOST_NEEDS = 5


class HomePage(Page):
    """Refreshes whenever it is shown or the workspace changes."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self._narrow = False
        self._columns: QBoxLayout | None = None
        self._side: QWidget | None = None
        self._slow_needs: list[Need] = []
        self._content_shown: HomeContent | None = None
        open_button = Button(self.theme, _("Open a file"), icon="upload", parent=self)
        open_button.follow(context.actions, "file.open") if "file.open" in context.actions else None
        self.header.set_buttons(open_button)
        self._set_date()
        self._show_empty()

    def _set_date(self, note: str = "") -> None:
        now = self.context.clock()
        day = _("%(weekday)s, %(date)s") % {"weekday": weekday_name(now.weekday()), "date": date_words(now)}
        self.header.set_title(day, note)

    def _show_empty(self) -> None:
        text = _(
            "From any form tool, SPSS, Stata or a spreadsheet; a ZIP too. Reading happens on this computer; the file "
            "is never changed."
        )
        words = _("Drop a survey export here, or write your first prediction.")
        empty = first_step(self, words, text)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._capture(holder))
        column.addWidget(empty, 1)
        self.set_content(holder)
        self.set_fact(_("Nothing leaves this computer."))

    def _refresh(self) -> None:
        session = self.context.session
        if session is None:
            self._set_date()
            self._show_empty()
            return
        today = self.context.clock()

        def work(_ctx: JobContext) -> HomeContent:
            return load_content(session, today=today)

        self.run_job(work, self._on_content, label=_("Reading the workspace"))

    def _on_content(self, content: HomeContent) -> None:
        session = self.context.session
        if session is None or not self.isVisible():
            return
        self._content_shown = content
        self._show_content(session, content)
        # These take longer than Home may: their rows come when they are known.
        self.run_job(lambda _ctx: slow_needs(session), self._on_slow_needs)

    def _on_slow_needs(self, needs: list[Need]) -> None:
        session = self.context.session
        if needs != self._slow_needs and session is not None and self._content_shown is not None and self.isVisible():
            self._slow_needs = needs
            self._show_content(session, self._content_shown)

    def _show_content(self, session: Session, content: HomeContent) -> None:
        self._set_date(content.note)
        if not session.waves() and not content.has_predictions:
            self._show_empty()
            return
        before = self.findChild(QScrollArea)
        place = before.verticalScrollBar().value() if before is not None else 0
        area = self._build(session, content)
        self.set_content(area, padded=False)
        soon_if_there(area, lambda: area.verticalScrollBar().setValue(place))
        self.set_fact(content.last_backup)

    def _build(self, session: Session, content: HomeContent) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget(area)
        inner.setProperty("paper", "bg")
        outer = QHBoxLayout(inner)
        outer.setContentsMargins(24, 4, 24, 16)
        holder = QWidget(inner)
        holder.setMaximumWidth(self.theme.px(_READING_WIDTH))
        outer.addWidget(holder, 1)
        outer.addStretch(0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        main = QVBoxLayout()
        main.setSpacing(14)
        main.addWidget(self._capture(inner))
        if content.caution:
            main.addWidget(self._caution(content.caution))
        shown = [*content.needs, *self._slow_needs][:_MOST_NEEDS]
        needs = [need for need in shown if f"go.{need.page}" in self.context.actions]
        if needs:
            main.addWidget(self._needs(needs))
        if content.timeline is not None or content.timeline_note:
            main.addWidget(self._responses(content))
        places = places_to_go_on(self.context, session, content)
        if places:
            main.addWidget(self._continue(places))
        main.addStretch(1)
        self._side = QWidget(inner)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(14)
        if "go.calibration" in self.context.actions:
            if content.own is not None:
                side.addWidget(self._calibration(content.own, "log"))
            if content.calibration is not None:
                side.addWidget(self._calibration(content.calibration, "census", question=content.calibration_column))
        side.addWidget(self._changes(session, content))
        side.addWidget(DropCard(self.theme, self._side))
        side.addStretch(1)
        self._columns.addLayout(main, 1)
        self._columns.addWidget(self._side)
        area.setWidget(inner)
        self.on_width_changed(self._narrow)
        return area

    def _capture(self, parent: QWidget) -> QWidget:
        """The line that opens the capture panel."""
        card = Card(self.theme, edge_to_edge=True, parent=parent)
        words = _("Predict something: a sentence, how sure, by when")
        row = RowButton(self.theme, words, icon="plus", key=key_text("Ctrl+N"), height=40, parent=card)
        row.setObjectName("homeCapture")
        row.clicked.connect(lambda: self.context.actions.trigger("predict.new"))
        card.body.setContentsMargins(8, 2, 8, 2)
        card.add(row)
        return card

    def _caution(self, text: str) -> QWidget:
        card = CautionCard(self.theme, text, parent=self)
        card.button.follow(self.context.actions, "file.place")
        return card

    def _calibration(self, result: CalibrationResult | LogResult, tab: str, **arguments: str) -> QWidget:
        card = CalibrationCard(self.theme, result, parent=self)
        card.open_wanted.connect(lambda: self.context.shell.open_page("calibration", tab, **arguments))
        return card

    def _needs(self, needs: list[Need]) -> QWidget:
        card = Card(self.theme, _("Needs you"), parent=self)
        card.body.setContentsMargins(1, 0, 1, 2)
        for number, need in enumerate(needs):
            if number:
                card.add_rule()
            row = NeedRow(
                self.theme, icon=need.icon, title=need.title, detail=need.detail, button=need.button, parent=card
            )
            row.button.clicked.connect(
                lambda _checked=False, n=need: self.context.shell.open_page(n.page, n.tab, **n.arguments)
            )
            card.add(row)
        return card

    def _responses(self, content: HomeContent) -> QWidget:
        from surveyapp.figures.build import figure_for
        from surveyapp.gui.widgets.themed_figure import ThemedFigure

        card = Card(self.theme, _("Responses so far"), parent=self)
        if content.timeline is None:
            card.add(Label(self.theme, content.timeline_note, ink="muted", wrap=True, parent=card))
            return card
        timeline = content.timeline
        first = figure_for(timeline, width=720.0)
        if first is None:
            card.add(Label(self.theme, _("Nobody has answered yet."), ink="muted", parent=card))
            return card
        card.note.setText(first.caption)
        view = ThemedFigure(self.theme, card)
        view.setAccessibleName(_("Responses so far"))
        view.set_builder(lambda width: figure_for(timeline, width=width) or first)
        card.add(view)
        return card

    def _continue(self, places: list[Place]) -> QWidget:
        card = Card(self.theme, _("Continue"), parent=self)
        card.body.setContentsMargins(10, 0, 10, 10)
        for place in places:
            row = RowButton(self.theme, place.words, icon=place.icon, detail=place.detail, height=34, parent=card)
            row.setObjectName(f"continue.{place.page}")
            row.clicked.connect(
                lambda _checked=False, p=place: self.context.shell.open_page(p.page, p.tab, **p.arguments)
            )
            card.add(row)
        return card

    def _changes(self, session: Session, content: HomeContent) -> QWidget:
        card = Card(self.theme, _("Changes"), note=_("every one can be undone"), parent=self)
        card.body.setContentsMargins(1, 0, 1, 8)
        if not content.changes:
            empty = Label(self.theme, _("Nothing was changed yet."), ink="muted", parent=card)
            empty.setContentsMargins(17, 0, 17, 8)
            card.add(empty)
        for change in content.changes:
            card.add_rule()
            when = when_words(change.at, self.context.clock())
            detail = ", ".join(part for part in (change.detail, when) if part)
            row = ChangeRow(self.theme, change, detail, can_undo=not session.read_only, parent=card)
            row.button.clicked.connect(lambda _checked=False, chosen=change: self._undo(chosen))
            card.add(row)
        return card

    def _undo(self, change: Change) -> None:
        """Take a change back; if later ones rest on it, they are listed first."""
        session = self.context.session
        if session is None:
            return
        from surveyapp.services.change_log import resting_on

        later = resting_on(session, change)
        if later:
            self._ask_about(change, later)
        else:
            self._undo_now(change)

    def _ask_about(self, change: Change, later: list[Change]) -> None:
        from surveyapp.gui.dialogs.undo_dialog import UndoDialog

        dialog = UndoDialog(self.theme, change, later, self.window())
        dialog.accepted.connect(lambda: self._undo_now(change))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _undo_now(self, change: Change) -> None:
        session = self.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> list[Change]:
            from surveyapp.services.change_log import undo

            return undo(session, change.id)

        self.run_job(work, self._on_undone, store=True)

    def _on_undone(self, changes: list[Change]) -> None:
        labels = "; ".join(change.label for change in changes)
        redo = self.context.actions
        self.context.shell.toast(_("Taken back: %(labels)s") % {"labels": labels}, lambda: redo.trigger("edit.redo"))

    # Hooks

    def on_shown(self) -> None:
        self._refresh()

    def on_session_opened(self) -> None:
        self._slow_needs = []
        if self.isVisible():
            self._refresh()
        else:
            self.set_content(QWidget(self))  # on_shown fills it; until then nothing of the other workspace

    def on_session_changed(self, notice: ChangeNotice) -> None:  # noqa: ARG002 (anything may be on this page)
        if self.isVisible():
            self._refresh()

    def on_width_changed(self, narrow: bool) -> None:
        self._narrow = narrow
        if self._columns is not None and self._side is not None:
            direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._columns.setDirection(direction)
            side = self.theme.px(_SIDE)
            self._side.setMinimumWidth(0 if narrow else side)
            self._side.setMaximumWidth(16777215 if narrow else side)

    def focus_first(self) -> None:
        content = self._content  # not the whole page: what was there before may not be deleted yet
        if content is None:
            return
        empty = content if isinstance(content, EmptyState) else content.findChild(EmptyState)
        target: QWidget | None = empty.button if empty is not None else content.findChild(Button, "needButton")
        target = target or content.findChild(RowButton)
        if target is not None:
            target.setFocus()
