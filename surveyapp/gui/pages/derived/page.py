"""Derived questions: a sub-page of Explore. The list, the form, and what the question would give, while one types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, Codebook
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import PageSpec
from surveyapp.gui.pages.derived.view import DerivedView
from surveyapp.gui.widgets.button import Button
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.derived.offer import first_kind, lacking
from surveyapp.services.derived.view import DerivedEntry, Preview
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import ChangeNotice

_PREVIEW_AFTER_MS = 120
_NEW = Derived(name="", kind=DerivedKind.BANDED)


class DerivedPage(BasePage):
    """What is changed and not saved stays with its question while the program runs, and the list says so."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.codebook = Codebook()
        self._entries: list[DerivedEntry] = []
        self._drafts: dict[str, tuple[Derived, bool]] = {}
        """What was changed and not saved, by the name under which it is kept ("" for the new one), and whether a
        person named it."""
        self._key = ""
        self._wanted = ""
        self._view: DerivedView | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER_MS)
        self._timer.timeout.connect(self._preview)
        self.theme.changed.connect(self._on_theme_changed)
        self.header.set_breadcrumb([(_("Explore"), self.leave), (_("Derived questions"), None)])
        self.header.set_title(_("Derived questions"))
        self._add_actions()
        remove = Button(self.theme, _("Remove"), kind="quiet", icon="trash-2", parent=self)
        remove.follow(context.actions, "derived.remove")
        show = Button(self.theme, _("Show in Explore"), icon="chart-column", parent=self)
        show.follow(context.actions, "derived.explore")
        self.save_button = Button(self.theme, _("Save"), kind="primary", parent=self)
        self.save_button.follow(context.actions, "derived.save")
        self.save_button.set_key("Ctrl ↵")
        self.header.set_buttons(remove, show, self.save_button)

    def _add_actions(self) -> None:
        def add(name: str, title: str, icon: str, handler: Any, **more: Any) -> None:
            spec = ActionSpec(id=f"derived.{name}", title=lambda: title, icon=icon, page=self.spec.id, **more)
            self.add_action(spec, handler)

        add(
            "save",
            _("Save the derived question"),
            "check",
            self.save,
            shortcut="Ctrl+Return",
            enabled=lambda: self.changed and not self.lacking,
            why_not=lambda: self.lacking or _("Nothing was changed."),
        )
        add(
            "new",
            _("New derived question"),
            "plus",
            self.start_new,
            shortcut="N",
            enabled=lambda: self._view is not None,
            foot=lambda: _("new"),
        )
        add(
            "remove",
            _("Remove the derived question"),
            "trash-2",
            self.remove,
            enabled=lambda: self.saved is not None or self.changed,
            why_not=lambda: _("It is not saved yet."),
        )
        add(
            "explore",
            _("Show the derived question in Explore"),
            "chart-column",
            self.show_in_explore,
            enabled=lambda: self.saved is not None,
            why_not=lambda: _("Save it first."),
        )

    # What is shown

    @property
    def saved(self) -> Derived | None:
        """The question in front as it is kept; None for a new one."""
        return next((entry.recipe for entry in self._entries if entry.recipe.name == self._key), None)

    @property
    def recipe(self) -> Derived:
        """The question in front as the form says."""
        return self._view.form.recipe if self._view is not None else _NEW

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self._key in self._drafts

    @property
    def lacking(self) -> str:
        """Why the question in front cannot be computed yet, "" where it can."""
        fault = self._view.form.part.fault() if self._view is not None else None
        return str(fault) if fault is not None else lacking(self.recipe)

    def show_results(self) -> None:
        session, base = self.context.session, self.base
        if session is None or base is None:
            return
        wave_id = base.wave_id

        def work(_ctx: JobContext) -> tuple[Codebook, list[DerivedEntry]]:
            from surveyapp.services.derived.view import list_derived

            return session.codebook(wave_id), list_derived(session, wave_id)

        self.run_latest("derived.list", work, self._show)

    def _show(self, found: tuple[Codebook, list[DerivedEntry]]) -> None:
        self.codebook, self._entries = found
        first = self._view is None
        if self._view is None:
            self._view = DerivedView(self)
            self._view.chosen.connect(self._choose)
            self._view.list.entered.connect(self._view.form.focus_first)
            self._view.remove_wanted.connect(self.remove)
            self._view.form.changed.connect(self._on_form_changed)
        if self._content is not self._view:
            self.set_content(self._view)
        names = [entry.recipe.name for entry in self._entries]
        self._keep_orphan(names)
        if first and not self._key and not self._wanted and names and "" not in self._drafts:
            self._key = names[0]
        if self._wanted:
            self._open_wanted()
        self._show_chosen()
        self.settle_focus()

    def _keep_orphan(self, names: list[str]) -> None:
        """What was typed into a question that was renamed or removed elsewhere (an undo) becomes a new one."""
        gone = [key for key in self._drafts if key and key not in names]
        gone.sort(key=lambda key: key == self._key)  # of several, that in front
        for key in gone:
            draft = self._drafts.pop(key)
            if "" not in self._drafts or key == self._key:
                self._drafts[""] = draft
        if self._key and self._key not in names:
            self._key = ""

    def _show_chosen(self) -> None:
        """The list, and the question in front in the form."""
        view = self._view
        if view is None:
            return
        view.show_list(self._entries, frozenset(self._drafts), self._key)
        recipe, named = self._drafts.get(self._key, (self.saved or _NEW, self.saved is not None))
        view.form.show_recipe(recipe, named=named)
        n = len(self._entries)
        words = ngettext("%(n)s derived question", "%(n)s derived questions", n) % {"n": fmt_count(n)}
        self.set_fact(_("%(questions)s, kept as recipes") % {"questions": words})
        self.context.actions.changed.emit()
        self._preview()

    def _on_theme_changed(self) -> None:
        if self._view is not None:
            self._view.form.part.resize_fields()

    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._show_chosen()

    def _on_form_changed(self) -> None:
        view = self._view
        if view is None:
            return
        recipe, saved = view.form.recipe, self.saved
        if recipe == saved or (saved is None and not recipe.columns and not recipe.conditions):
            self._drafts.pop(self._key, None)
        else:
            self._drafts[self._key] = (recipe, view.form.named)
        view.show_list(self._entries, frozenset(self._drafts), self._key)
        self.context.actions.changed.emit()
        self._timer.start()

    def _preview(self) -> None:
        """What the recipe gives for the people of the base, beside the form."""
        self._timer.stop()
        session, base, view = self.context.session, self.base, self._view
        if session is None or base is None or view is None:
            return
        recipe = view.form.recipe
        if (fault := view.form.part.fault()) is not None:
            view.show_preview(fault)
            return
        if lacks := lacking(recipe):
            view.show_nothing(lacks)
            return

        def work(_ctx: JobContext) -> Preview | UserError:
            from surveyapp.services.derived.view import preview

            try:
                return preview(session, base, recipe)
            except UserError as error:
                return error

        self.run_latest("derived.preview", work, view.show_preview)

    # What a person does

    def start_new(self) -> None:
        """N: a question that is not there yet."""
        self._choose("")
        if self._view is not None:
            self._view.form.kind.setFocus()

    def save(self) -> None:
        """Ctrl+Enter: keep what the form says."""
        session, base, recipe, old = self.context.session, self.base, self.recipe, self._key
        if session is None or base is None or not self.changed or self.lacking:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.derived.question import save_derived

            save_derived(session, base.wave_id, recipe, replacing=old or None)

        def done(_none: None) -> None:
            draft = self._drafts.pop(old, None)
            if draft is not None and draft[0] != recipe:  # typed on while it was being saved
                self._drafts[recipe.name] = draft
            if self._key == old:
                self._key = recipe.name
            self._tell(_("Derived question “%(name)s” saved") % {"name": recipe.name})
            self.show_results()

        self.run_job(work, done, store=True, label=_("Saving"))

    def remove(self) -> None:
        """Remove the question in front, or forget what was not saved of a new one."""
        session, saved = self.context.session, self.saved
        if session is None:
            return
        if saved is None:
            self._drafts.pop("", None)
            self._show_chosen()
            return
        name = saved.name

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.derived.question import remove_derived

            remove_derived(session, name)

        def done(_none: None) -> None:
            self._tell(_("Derived question “%(name)s” removed") % {"name": name})

        names = [entry.recipe.name for entry in self._entries]
        at = names.index(name)
        self._drafts.pop(name, None)
        self._key = next((other for other in (*names[at + 1 :], *reversed(names[:at]))), "")
        self.run_job(work, done, store=True)

    def _tell(self, words: str) -> None:
        actions = self.context.actions
        self.context.shell.toast(words, lambda: actions.trigger("edit.undo"))

    def show_in_explore(self) -> None:
        """The question in front as Explore shows it."""
        saved = self.saved
        if saved is not None:
            question = self.codebook.at(saved.name, DERIVED)
            if question is not None:
                self.context.shell.open_page("explore", "questions", question=column_key(question))
            else:
                self.context.shell.toast(_("This wave has not got what it is made of."))

    def leave(self) -> None:
        """Esc: back to Explore; what is not saved stays."""
        self.context.shell.open_page("explore")

    # Page hooks

    def on_opened(self, **arguments: Any) -> None:
        """`question`: one to be changed or made something of; `items`, `reversed` and `name`: a score to be made."""
        wanted, items = arguments.get("question"), arguments.get("items")
        self._wanted = wanted if isinstance(wanted, str) else ""
        if isinstance(items, (list, tuple)):
            self._draft_score(tuple(map(str, items)), arguments)
        if self._view is not None and (self._wanted or items):
            self._open_wanted()
            self._show_chosen()
            self.focus_first()

    def _draft_score(self, items: tuple[str, ...], arguments: dict[str, Any]) -> None:
        turned = tuple(key for key in items if key in tuple(arguments.get("reversed", ())))
        name = str(arguments.get("name", ""))
        score = Derived(name=name, kind=DerivedKind.SCORE, columns=items, reversed_columns=turned)
        self._key, self._wanted = "", ""
        self._drafts[""] = (score, bool(name))

    def _open_wanted(self) -> None:
        """A derived question to be changed, or another one to be made something of."""
        if not self._wanted:
            return
        question, self._wanted = self.codebook.find(self._wanted), ""
        if question is None:
            return
        self._key = question.column if question.occurrence == DERIVED else ""
        if question.occurrence != DERIVED:
            kind = first_kind(question)
            columns = (column_key(question),) if kind is not DerivedKind.ANY_OF else ()
            self._drafts[""] = (Derived(name="", kind=kind, columns=columns), False)

    def on_session_opened(self) -> None:
        self._drafts, self._key, self._entries = {}, "", []
        super().on_session_opened()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        super().on_session_changed(notice)

    def on_width_changed(self, narrow: bool) -> None:  # noqa: ARG002 (the view asks for its own width)
        if self._view is not None:
            self._view.updateGeometry()

    def find_on_page(self) -> None:
        if self._view is not None:
            self._view.list.setFocus()

    def on_escape(self) -> None:
        self.leave()

    def drop_content(self, old: QWidget) -> None:
        if old is not self._view:
            super().drop_content(old)

    def focus_content(self) -> bool:
        if self._view is None or self._content is not self._view:
            return False
        self._view.form.focus_first()
        return True
