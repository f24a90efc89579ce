"""People and crowd: who forecasts how well, what all say together, ranges, and census answers. Below Calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.calibration.people_body import PeopleBody
from surveyapp.gui.pages.calibration.people_explain import explain_person
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext
from surveyapp.services.prediction.people_view import PeopleAsk, PeopleKind, PeopleView, people_view
from surveyapp.stats.calibration.leaderboard import Measure

if TYPE_CHECKING:
    from surveyapp.services.session import ChangeNotice


class PeoplePage(Page):
    """What is asked stays while the log changes; every view is a table with its rules below."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.ask = PeopleAsk()
        self.found: PeopleView | None = None
        self._turn = 0
        self._wants_focus = False
        self._popup: PickPopup | None = None
        self.header.set_breadcrumb([(_("Calibration"), self.leave), (spec.title(), None)])
        self._add_actions()
        export = Button(self.theme, _("Export"), parent=self)
        export.follow(context.actions, "people.export")
        self.header.set_buttons(export)
        self.body = PeopleBody(self.theme, self)
        self.body.kind_chosen.connect(lambda kind: self.choose(kind=PeopleKind(kind)))
        self.body.measure_chosen.connect(lambda measure: self.choose(measure=Measure(measure)))
        self.body.shared_toggled.connect(lambda: self.choose(shared=not self.ask.shared))
        self.body.tag_wanted.connect(self.pick_tag)
        self.body.question_wanted.connect(self.pick_question)
        self.body.row_chosen.connect(self._explain)
        self.body.row_activated.connect(self.compare)
        self.set_content(self.body, padded=False)

    def _add_actions(self) -> None:
        def add(name: str, title: str, shortcut: str, handler: Callable[[], object], **more: Any) -> None:
            spec = ActionSpec(id=f"people.{name}", title=lambda: title, shortcut=shortcut, page=self.spec.id, **more)
            self.add_action(spec, handler)

        def on_board() -> bool:
            return self.ask.kind is PeopleKind.BOARD

        only = {"enabled": on_board, "why_not": lambda: _("Only for the table of people.")}
        add(
            "measure",
            _("Rank by the next score"),
            "M",
            self.next_measure,
            foot=lambda: _("score") if on_board() else "",
            **only,
        )
        add(
            "shared",
            _("Only predictions that everybody forecast, or all"),
            "S",
            lambda: self.choose(shared=not self.ask.shared),
            foot=lambda: _("shared only") if on_board() else "",
            **only,
        )
        add("tag", _("Only predictions with a tag"), "#", self.pick_tag, foot=lambda: _("tag"))
        add(
            "compare",
            _("Compare with this person"),
            "C",
            self.compare,
            foot=lambda: _("compare") if on_board() else "",
            **only,
        )
        add(
            "export",
            _("Export the table"),
            "Ctrl+E",
            self.export,
            enabled=lambda: self.found is not None and bool(self.found.tables),
            why_not=lambda: _("There is no table yet."),
        )

    # What is shown

    def choose(self, **changes: Any) -> None:
        """Ask something else."""
        self.ask = replace(self.ask, **changes)
        self.refresh()

    def next_measure(self) -> None:
        """M: peer, Brier, log."""
        measures = [Measure.PEER, Measure.BRIER, Measure.LOG]
        self.choose(measure=measures[(measures.index(self.ask.measure) + 1) % len(measures)])

    def refresh(self) -> None:
        """Compute what is asked, in a worker."""
        session, ask = self.context.session, self.ask
        self._turn += 1
        turn = self._turn
        if session is None:
            self._take(PeopleView(ask=ask, tables=(), reason=_("No workspace is open.")))
            return

        def done(found: PeopleView) -> None:
            if turn == self._turn:
                self._take(found)

        def failed(error: UserError) -> None:
            if turn == self._turn:
                known = (
                    replace(self.found, tables=(), texts=(), board=None)
                    if self.found
                    else PeopleView(ask=ask, tables=())
                )
                self._take(replace(known, ask=ask, reason=str(error)))

        self.run_job(lambda _ctx: people_view(session, ask), done, failed=failed, label=_("Scoring"))

    def _take(self, found: PeopleView) -> None:
        self.found = found
        self.header.set_title(self.spec.title(), found.sentence)
        self.body.show_view(found)
        self._explain()
        self.context.actions.changed.emit()
        self.context.shell.refresh_foot()
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.focus_first()

    def _explain(self) -> None:
        board, row = (self.found.board if self.found is not None else None), self.body.row
        inside = board is not None and 0 <= row < len(board.lines)
        self.explain(explain_person(board, board.lines[row]) if board is not None and inside else None)

    # What one does with it

    def pick_tag(self) -> None:
        """#: only predictions with a tag."""
        tags = self.found.tags if self.found is not None else ()
        every = [("", _("All tags"))] if self.ask.tag else []
        self._pick([*every, *((tag, f"#{tag}") for tag in tags)], _("A tag"), "tag")

    def pick_question(self, field: str) -> None:
        """Choose the question with the names ("key") or that of the groups ("by")."""
        found = self.found
        names = () if found is None else (found.keys if field == "key" else found.groups)
        self._pick([(name, name) for name in names], _("A question"), field)

    def _pick(self, choices: Sequence[tuple[str, str]], words: str, field: str) -> None:
        entries = [
            PaletteEntry(group="", title=title, run=lambda value=value: self.choose(**{field: value}))  # type: ignore[misc]
            for value, title in choices
        ]
        if self._popup is not None:
            self._popup.deleteLater()
        self._popup = PickPopup(self.theme, lambda _query: entries, placeholder=words, parent=self)
        self._popup.open_below(self.body.anchor(field))

    def compare(self) -> None:
        """Enter: what this person and I expect of the same predictions."""
        board, row = (self.found.board if self.found is not None else None), self.body.row
        if board is None or not 0 <= row < len(board.lines):
            return
        other = board.lines[row].name
        first = self.found.me if self.found is not None else ""
        if not first or first == other:
            first = next((line.name for line in board.lines if line.name != other), "")
        if first:
            self.context.shell.open_page("compare", first=first, second=other)

    def export(self) -> None:
        """Ctrl+E: the table as a file."""
        kinds = {_("Table for spreadsheets (*.xlsx)"): ".xlsx", _("Table as text (*.csv)"): ".csv"}
        name, kind = QFileDialog.getSaveFileName(self, _("Export"), f"{self.ask.kind.value}.xlsx", ";;".join(kinds))
        if name:
            path = Path(name)
            self.write(path if path.suffix.lower() in kinds.values() else path.with_name(path.name + kinds[kind]))

    def write(self, path: Path) -> None:
        """Write the tables shown: a sheet each, or the first as CSV."""
        tables = self.found.tables if self.found is not None else ()

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.prediction.people_export import export_people

            export_people(tables, path)

        words = _("Written: %(name)s") % {"name": path.name}
        self.run_job(work, lambda _none: self.context.shell.toast(words), label=_("Writing the table"))

    def leave(self) -> None:
        """Back to Calibration."""
        self.context.shell.open_page("calibration")

    # Hooks

    def on_shown(self) -> None:
        self._wants_focus = True
        self.refresh()

    def on_opened(self, **arguments: Any) -> None:
        kind = arguments.get("kind")
        if isinstance(kind, str) and kind in tuple(PeopleKind):
            self.choose(kind=PeopleKind(kind))

    def on_session_opened(self) -> None:
        self.ask, self.found = PeopleAsk(), None
        if self.isVisible():
            self.refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if self.isVisible() and notice.touches("log", "wave", "derived"):
            self.refresh()

    def on_escape(self) -> None:
        self.leave()

    def focus_first(self) -> None:
        self.body.focus_first()
