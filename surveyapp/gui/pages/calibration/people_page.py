"""People and crowd: who forecasts how well, what all say together, ranges, and census answers. Below Calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.calibration.people_body import PeopleBody
from surveyapp.gui.pages.calibration.people_explain import explain_person
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.saved_analysis_card import add_saved_analyses
from surveyapp.gui.sheet_export import ask_for_sheets
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.prediction.people_view import PeopleAsk, PeopleKind, PeopleView, ask_of_spec, people_view
from surveyapp.services.saved_analysis import spec_as_text
from surveyapp.stats.calibration.leaderboard import Measure
from surveyapp.stats.calibration.people_result import BoardResult, NamedStanding

if TYPE_CHECKING:
    from surveyapp.domain.analysis import AnalysisSpec
    from surveyapp.domain.scope import Scope
    from surveyapp.services.session import ChangeNotice


class PeoplePage(Page):
    """What is asked stays while the log changes; every view is a table with its rules below."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.ask = PeopleAsk()
        self.found: PeopleView | None = None
        self.drawn = False
        self._wants_focus = False
        self._popup: PickPopup | None = None
        self.header.set_breadcrumb([(_("Calibration"), self.leave), (spec.title(), None)])
        self._add_actions()
        self.results = ResultActions(self, self.chosen)
        add_saved_analyses(self, self.chosen, self.header)
        self.body = PeopleBody(self.theme, self)
        self.body.kind_chosen.connect(lambda kind: self.choose(kind=PeopleKind(kind)))
        self.body.measure_chosen.connect(lambda measure: self.choose(measure=Measure(measure)))
        self.body.shared_toggled.connect(lambda: self.choose(shared=not self.ask.shared))
        self.body.private_toggled.connect(self.toggle_private)
        self.body.tag_wanted.connect(self.pick_tag)
        self.body.person_wanted.connect(self.pick_person)
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
        add(
            "private",
            _("Private predictions in words, or by number"),
            "",
            self.toggle_private,
            enabled=lambda: self.ask.kind is PeopleKind.CROWD,
            why_not=lambda: _("Only for the crowd."),
        )
        add(
            "sheet",
            _("A page for each person, as PDF"),
            "",
            lambda: ask_for_sheets(self, self._scope()),
            enabled=lambda: self.found is not None and self.found.result is not None,
            why_not=lambda: _("Nothing is scored yet."),
        )
        add("chart", _("Table or chart"), "T", self.toggle_chart, foot=lambda: _("table or chart"))
        add("tag", _("Only predictions with a tag"), "#", self.pick_tag, foot=lambda: _("tag"))
        add(
            "compare",
            _("Compare with this person"),
            "C",
            self.compare,
            foot=lambda: _("compare") if on_board() else "",
            **only,
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

    def toggle_private(self) -> None:
        """Show the words of private predictions, here and in what is pinned and exported, or their numbers."""
        self.choose(private=not self.ask.private)

    def refresh(self) -> None:
        """Compute what is asked, in a worker."""
        session, ask = self.context.session, self.ask
        if session is None:
            self._take(PeopleView(ask=ask, reason=_("No workspace is open.")))
            return
        self.run_latest("people", lambda _ctx: people_view(session, ask), self._take, label=_("Scoring"))

    def _take(self, found: PeopleView) -> None:
        self.found = found
        self.header.set_title(self.spec.title(), found.sentence)
        focus = self.window().focusWidget()
        held = focus is not None and self.body.isAncestorOf(focus)
        self.body.show_view(found, drawn=self.drawn)
        if held and focus is not None and not focus.isVisible():
            self._wants_focus = True  # focus is never lost
        self._explain()
        self.results.refresh()
        self.context.actions.changed.emit()
        self.context.shell.refresh_foot()
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.focus_first()

    def _explain(self) -> None:
        line, result = self._line(), self.found.result if self.found is not None else None
        if line is None or not isinstance(result, BoardResult):
            self.explain(None)
            return
        self.explain(explain_person(result, line, min_n=self.ask.min_n))

    def _line(self) -> NamedStanding | None:
        """The person under the cursor, in table or chart."""
        result = self.found.result if self.found is not None else None
        if not isinstance(result, BoardResult):
            return None
        if self.drawn:
            key = self.body.view.selected_key()
            return next((one for one in result.lines if key == f"person:{one.standing.person}"), None)
        return result.lines[self.body.row] if 0 <= self.body.row < len(result.lines) else None

    def chosen(self) -> Chosen | None:
        """The result that is pinned, copied and exported."""
        found = self.found
        if found is None or found.spec is None or found.result is None:
            return None
        return Chosen(
            spec=found.spec,
            title=found.title,
            result=found.result,
            table_text=lambda: "\n\n".join(text.as_text() for text in found.texts),
            sentence=self.body.view.sentence() if self.drawn else "",
            picture=self.body.view.to_image,
        )

    def _scope(self) -> Scope:
        return replace(self.ask.scope, tags=(self.ask.tag,)) if self.ask.tag else self.ask.scope

    def toggle_chart(self) -> None:
        """T: table or chart."""
        self.drawn = not self.drawn
        if self.found is not None:
            self.body.show_view(self.found, drawn=self.drawn)
            self.body.focus_first()
            self._explain()

    # What one does with it

    def pick_tag(self) -> None:
        """#: only predictions with a tag."""
        tags = self.found.tags if self.found is not None else ()
        every = [("", _("All tags"))] if self.ask.tag else []
        self._pick([*every, *((tag, f"#{tag}") for tag in tags)], _("A tag"), "tag")

    def pick_person(self) -> None:
        """Choose whose ranges are shown."""
        found = self.found
        every = [("", _("Everybody"))] if self.ask.who else []
        names = found.people if found is not None else ()
        me = found.me if found is not None else ""
        self._pick([*every, *((name, _("Me") if name == me else name) for name in names)], _("A person"), "who")

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
        line, result = self._line(), self.found.result if self.found is not None else None
        if line is None or not isinstance(result, BoardResult):
            return
        first = self.found.me if self.found is not None else ""
        if not first or first == line.name:
            first = next((one.name for one in result.lines if one.name != line.name), "")
        if first:
            self.context.shell.open_page("compare", first=first, second=line.name)

    def leave(self) -> None:
        """Back to Calibration."""
        self.context.shell.open_page("calibration")

    # Hooks

    def on_shown(self) -> None:
        self._wants_focus = True
        self.refresh()

    def on_opened(self, **arguments: Any) -> None:
        kind, spec = arguments.get("kind"), spec_of(arguments.get("spec"))
        if isinstance(kind, str) and kind in tuple(PeopleKind):
            self.choose(kind=PeopleKind(kind))
        elif spec is not None:
            self._open_spec(spec, arguments.get("wave"))

    def _open_spec(self, spec: AnalysisSpec, wave: object) -> None:
        """Take an analysis up again as it was asked; of `wave`, where it is about one."""
        try:
            asked = ask_of_spec(spec)
        except UserError as error:
            self.context.shell.show_error(error)
            return
        if asked is not None:
            self.ask = replace(asked, wave_id=wave if isinstance(wave, int) else 0)
            self.refresh()

    def place(self) -> tuple[str, dict[str, Any]]:
        found = self.found
        if found is None or found.spec is None:
            return "", {}
        return found.title, {"spec": spec_as_text(found.spec), "wave": found.spec.base.wave_id}

    def on_session_opened(self) -> None:
        self.ask, self.found, self.drawn = PeopleAsk(), None, False
        if self.isVisible():
            self.refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if self.isVisible() and notice.touches("log", "wave", "derived"):
            self.refresh()

    def on_escape(self) -> None:
        self.leave()

    def focus_first(self) -> None:
        self.body.focus_first()
