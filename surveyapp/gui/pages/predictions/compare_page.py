"""Compare two: two people or two hypotheses side by side. A sub-page of Predictions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from surveyapp.base.i18n import _
from surveyapp.domain.comparison import Comparison, Observation
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.predictions.compare_table import explain_line
from surveyapp.gui.pages.predictions.compare_view import CompareView
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.saved_name import with_ending
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.prediction.comparing import Compared
    from surveyapp.services.session import ChangeNotice, Session

_NEW = Comparison(name="", first="", second="")
_MOST_PEOPLE = 2000


class ComparePage(Page):
    """What is compared stays while the log changes. Comparisons of hypotheses are kept with every change of them."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.view: CompareView | None = None
        self.comparison: Comparison | None = None
        self._people: list[str] = []
        self._kept: list[Comparison] = []
        self._turn = 0
        self._wants_focus = False
        self._popup: PickPopup | None = None
        self.header.set_breadcrumb([(_("Predictions"), self.leave), (_("Compare two"), None)])
        self._add_actions()
        self._kept_button = Button(self.theme, _("Kept"), kind="field", parent=self)
        self._kept_button.setObjectName("keptComparisons")
        self._kept_button.clicked.connect(self.pick_kept)
        new = Button(self.theme, _("Two hypotheses"), icon="plus", parent=self)
        new.follow(context.actions, "compare.new")
        export = Button(self.theme, _("Export"), parent=self)
        export.follow(context.actions, "compare.export")
        self.header.set_buttons(self._kept_button, new, export)
        self._show_nothing()

    def _add_actions(self) -> None:
        def add(name: str, title: str, shortcut: str, handler: Callable[[], object], **more: Any) -> None:
            spec = ActionSpec(id=f"compare.{name}", title=lambda: title, shortcut=shortcut, page=self.spec.id, **more)
            self.add_action(spec, handler)

        def chosen() -> bool:
            return self.view is not None and self.view.line is not None

        def there() -> bool:
            return self.view is not None and self.view.found is not None and bool(self.view.found.lines)

        nothing = {"why_not": lambda: _("There is no observation yet.")}
        add("first", _("It would move the first side"), "1", lambda: self.toggle(first=True), enabled=chosen, **nothing)
        add(
            "second",
            _("It would move the second side"),
            "2",
            lambda: self.toggle(second=True),
            enabled=chosen,
            **nothing,
        )
        add("both", _("It would move both"), "B", lambda: self.toggle(True, True), enabled=chosen, **nothing)
        add("new", _("Compare two hypotheses"), "N", self.start_new, foot=lambda: _("two hypotheses"))
        add("people", _("Compare two people"), "C", self.start_people, foot=lambda: _("two people"))
        add("copy", _("Copy the comparison as text"), "Ctrl+Shift+C", self.copy, enabled=there, **nothing)
        add("export", _("Export the comparison"), "Ctrl+E", self.export, enabled=there, **nothing)
        add(
            "remove",
            _("Remove the kept comparison"),
            "",
            self.remove,
            enabled=lambda: any(self._is_kept(one) for one in self._kept),
            why_not=lambda: _("It is not kept."),
        )

    def _is_kept(self, one: Comparison) -> bool:
        return self.comparison is not None and one.name == self.comparison.name

    # What is shown

    def refresh(self) -> None:
        """Read people and comparisons, and compare again, in a worker."""
        session, wanted = self.context.session, self.comparison
        self._turn += 1
        turn = self._turn
        if session is None:
            self._show_nothing()
            return

        def done(found: tuple[list[str], list[Comparison], Compared | None]) -> None:
            if turn == self._turn:
                self._people, self._kept = found[0], found[1]
                self._show(found[2])

        self.run_job(lambda _ctx: _read(session, wanted), done, failed=self._on_failed, label=_("Comparing"))

    def _on_failed(self, error: UserError) -> None:
        self.comparison = None
        self.context.shell.show_error(error)

    def _show(self, found: Compared | None) -> None:
        self._kept_button.setVisible(bool(self._kept))
        if found is None:
            self._show_nothing()
            return
        self.comparison = found.comparison
        if self.view is None:
            self.view = CompareView(self, lambda: self._people, self)
            self.view.sides_changed.connect(self._on_sides_changed)
            self.view.written.connect(self._on_written)
            self.view.removed.connect(self._on_removed)
            self.view.row_chosen.connect(self._explain)
            self.view.show_compared(found)
            self.set_content(self.view, padded=False)
        else:
            self.view.show_compared(found)
        self.keys = [("1 2", _("would move"))]
        if not found.comparison.people:
            self.keys += [("Enter", _("change")), ("Del", _("remove"))]
        self.header.set_title(found.comparison.name or _("Two hypotheses"))
        self.set_fact(_("Distance: the difference of log odds. 0 and 100 %% count as 0.1 and 99.9 %%.") % {})
        self._explain()
        self.context.actions.changed.emit()
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.focus_first()

    def _explain(self) -> None:
        line = self.view.line if self.view is not None else None
        found = self.view.found if self.view is not None else None
        self.explain(explain_line(found, line) if found is not None and line is not None else None)
        self.context.actions.changed.emit()

    def _show_nothing(self) -> None:
        self.view = None
        self.comparison = None
        self._kept_button.setVisible(bool(self._kept))
        self.header.set_title(_("Compare two"))
        words = _("What does each expect of the same observations? Where they differ is the test.")
        people = Button(self.theme, _("Two people of the log"), kind="primary", parent=self)
        people.follow(self.context.actions, "compare.people")
        new = Button(self.theme, _("Two hypotheses"), parent=self)
        new.follow(self.context.actions, "compare.new")
        title = _("Two people or two hypotheses, side by side.")
        self.set_content(EmptyState(self.theme, title, example=words, button=people, second=new, parent=self))
        self.explain(None)
        self.set_fact("")
        self.context.actions.changed.emit()

    # What is done

    def start_new(self) -> None:
        """N: two hypotheses with observations typed in; the first ones make the workspace they are kept in."""
        if self.context.session is None:
            if self.context.make_workspace is not None:
                self.context.make_workspace(lambda: self.context.actions.trigger("compare.new"))
            return
        self.comparison = _NEW
        self._wants_focus = True
        self.refresh()
        if self.view is not None:
            self.view.clear_entry()

    def start_people(self) -> None:
        """C: two people of the log: me and the next, until others are chosen."""
        if len(self._people) < 2:
            words = _("Two people must have made forecasts. Import a log, or add somebody's forecast.")
            self.context.shell.toast(words)
            return
        self._wants_focus = True
        self._compare_people(self._people[0], self._people[1])

    def _compare_people(self, first: str, second: str) -> None:
        self.comparison = Comparison(name="", first=first, second=second, people=True)
        self.refresh()

    def pick_kept(self) -> None:
        """Choose a comparison that is kept."""
        if self._popup is None:
            self._popup = PickPopup(self.theme, self._entries, placeholder=_("A comparison"), parent=self)
        self._popup.open_below(self._kept_button)

    def _entries(self, _query: str) -> list[PaletteEntry]:
        return [
            PaletteEntry(group="", title=one.name, run=lambda one=one: self._open(one))  # type: ignore[misc]
            for one in self._kept
        ]

    def _open(self, one: Comparison) -> None:
        self.comparison = one
        self._wants_focus = True
        self.refresh()

    def toggle(self, first: bool = False, second: bool = False) -> None:
        """1 and 2: seeing it would move that side, or would not after all."""
        line, one = self.view.line if self.view is not None else None, self.comparison
        if line is None or one is None:
            return
        seen = line.observation
        both = first and second and not (seen.moves_first and seen.moves_second)
        changed = replace(
            seen,
            moves_first=both or (seen.moves_first != first),
            moves_second=both or (seen.moves_second != second),
        )

        def change(session: Session) -> Comparison:
            from surveyapp.services.prediction.comparing import mark

            return mark(session, one, changed)

        self._change(change)

    def _on_sides_changed(self, first: str, second: str) -> None:
        one = self.comparison
        if one is None:
            return
        if one.people:
            self._compare_people(first, second)
            return
        self._keep(replace(one, first=first, second=second))

    def _on_written(self, seen: Observation, before: str) -> None:
        one = self.comparison
        if one is None or one.people:
            return
        kept = list(one.observations)
        place = next((n for n, known in enumerate(kept) if known.text == (before or seen.text)), -1)
        if place < 0:
            kept.append(seen)
        else:
            kept[place] = replace(kept[place], text=seen.text, first=seen.first, second=seen.second)
        if self._keep(replace(one, observations=tuple(kept))) and self.view is not None:
            self.view.clear_entry()

    def _on_removed(self, seen: Observation) -> None:
        one = self.comparison
        if one is not None and not one.people:
            self._keep(replace(one, observations=tuple(known for known in one.observations if known != seen)))

    def _keep(self, changed: Comparison) -> bool:
        """Keep hypotheses as they are now; before both have a name they only stand here."""
        before = self.comparison
        self.comparison = changed
        if not (changed.first and changed.second):
            self.refresh()
            return True

        def change(session: Session) -> Comparison:
            from surveyapp.services.prediction.comparing import keep

            return keep(session, changed, before=before)

        self._change(change)
        return True

    def _change(self, change: Callable[[Session], Comparison]) -> None:
        session = self.context.session
        if session is None:
            return

        def done(one: Comparison) -> None:
            self.comparison = one
            self.refresh()
            actions = self.context.actions
            words = _("Comparison “%(name)s” saved") % {"name": one.name}
            self.context.shell.toast(words, lambda: actions.trigger("edit.undo"))

        self.run_job(lambda _ctx: change(session), done, label=_("Keeping the comparison"), store=True)

    def remove(self) -> None:
        """Remove what is kept; undo brings it back."""
        session, one = self.context.session, self.comparison
        if session is None or one is None:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.prediction.comparing import remove_comparison

            remove_comparison(session, one.name)

        def done(_none: None) -> None:
            self.comparison = None
            self.refresh()
            words = _("Comparison “%(name)s” removed") % {"name": one.name}
            self.context.shell.toast(words, lambda: self.context.actions.trigger("edit.undo"))

        self.run_job(work, done, label=_("Removing the comparison"), store=True)

    def text(self) -> str:
        """The comparison as it is handed on."""
        from surveyapp.services.prediction.comparing import as_text

        return as_text(self.view.found) if self.view is not None and self.view.found is not None else ""

    def copy(self) -> None:
        """The comparison as text, to the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
        self.context.shell.toast(_("The comparison was copied as text."))

    def export(self) -> None:
        """Ctrl+E: as a text file."""
        proposed = f"{self.comparison.name if self.comparison is not None else ''}.md"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export the comparison"), proposed, "*.md *.txt")
        if name:
            self.write(with_ending(Path(name), ".md", ".txt"))

    def write(self, path: Path) -> None:
        """Write the text to a file."""
        text = self.text()

        def work(_ctx: JobContext) -> None:
            from surveyapp.reports.target import write_bytes

            write_bytes(path, text.encode("utf-8"))

        words = _("Written: %(name)s") % {"name": path.name}
        self.run_job(work, lambda _none: self.context.shell.toast(words), label=_("Writing the comparison"))

    def leave(self) -> None:
        """Back to the predictions."""
        self.context.shell.open_page("predictions")

    # Hooks

    def on_shown(self) -> None:
        self._wants_focus = True
        self.refresh()

    def on_opened(self, **arguments: Any) -> None:
        first, second, name = (arguments.get(key) for key in ("first", "second", "name"))
        if isinstance(first, str) and isinstance(second, str):
            self.comparison = Comparison(name="", first=first, second=second, people=True)
            self.refresh()
        elif isinstance(name, str):
            self.comparison = Comparison(name=name, first="", second="")
            self.refresh()

    def on_session_opened(self) -> None:
        self._people, self._kept = [], []
        self._show_nothing()
        if self.isVisible():
            self.refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("log", "comparison") and self.isVisible():
            self.refresh()

    def on_escape(self) -> None:
        self.leave()

    def focus_first(self) -> None:
        if self.view is not None:
            self.view.focus_first()
        else:
            super().focus_first()


def _read(session: Session, wanted: Comparison | None) -> tuple[list[str], list[Comparison], Compared | None]:
    from surveyapp.services.prediction.book import book_of
    from surveyapp.services.prediction.comparing import COMPARISONS, compare, of_people

    people = sorted(book_of(session).forecasters.values(), key=lambda one: (not one.me, one.name.casefold()))
    kept = COMPARISONS.all(session)
    names = [one.name for one in people[:_MOST_PEOPLE]]
    if wanted is None:
        return names, kept, None
    if wanted.people:
        known = {one.name for one in people}
        there = wanted.first in known and wanted.second in known
        return names, kept, compare(session, of_people(session, wanted.first, wanted.second)) if there else None
    if wanted.name:
        found = next((one for one in kept if one.name == wanted.name), None)
        return names, kept, compare(session, found) if found is not None else None
    return names, kept, compare(session, wanted)
