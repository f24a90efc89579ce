"""The recipe of a wave: every step between the raw file and the answers, as a page to read, search and hand on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.change import Change
from surveyapp.domain.recipe import RecipePart
from surveyapp.gui.dialogs.undo_dialog import UndoDialog
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.data_tab import DataTab
from surveyapp.gui.pages.data.rebuild_card import RebuildCard
from surveyapp.gui.pages.data.recipe_list import RecipeList
from surveyapp.gui.pages.data.recipe_model import RecipeLine
from surveyapp.gui.pages.data.wave_export import ask_plain
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.tool_row import ToolRow
from surveyapp.services.intake.rebuild import Rebuilt
from surveyapp.services.jobs import JobContext
from surveyapp.services.recipe.build import build_recipe, recipe_markdown

_LONG_HEX = re.compile(r"\b[0-9a-f]{40,}\b")
"""A checksum, which no narrow pane can break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    wave: str
    parts: tuple[RecipePart, ...]
    names: Mapping[tuple[str, int], str]


class RecipeTab(DataTab):
    """`explained` carries what the inspector says about the step under the cursor."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page, parent)
        theme = page.theme
        self._wanted = 0
        self._wave = ""
        self.finder = FindField(theme, _("Find a step"), parent=self)
        self.finder.setObjectName("findStep")
        self.finder.setMinimumWidth(theme.px(120))
        self.finder.setMaximumWidth(theme.px(210))
        self.finder.textChanged.connect(self._search)
        self.finder.left_down.connect(self.focus)
        self._count = Label(theme, role="small", ink="muted", parent=self)
        self.check_button = Button(theme, _("Check"), icon="refresh-cw", key="C", parent=self)
        self.check_button.setObjectName("checkRebuild")
        self.check_button.setToolTip(_("Rebuild the wave from its kept file and this recipe, and compare"))
        self.check_button.clicked.connect(self.check)
        self.copy_button = Button(theme, _("Copy"), icon="copy", parent=self)
        self.copy_button.setObjectName("copyRecipe")
        self.copy_button.clicked.connect(self.copy)
        self.decisions_button = Button(theme, _("Save the decisions"), icon="download", parent=self)
        self.decisions_button.setObjectName("saveDecisions")
        self.decisions_button.clicked.connect(lambda: self._ask_file("decisions"))
        self.result = RebuildCard(theme, self)
        self.result.hide()
        self.list = RecipeList(theme, self)
        self.list.chosen.connect(self._explain)
        self.list.opened.connect(self.column_wanted)
        self.list.undo_wanted.connect(self._undo)
        self.list.copied.connect(self.copy)
        self._nothing = Label(theme, _("No step fits."), ink="muted", parent=self)
        self._nothing.setContentsMargins(18, 14, 18, 14)
        self._nothing.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        tools = [self.check_button, self.copy_button, self.decisions_button, self._count]
        top = ToolRow(tools, self.finder, parent=self)
        card = Card(self._page.theme, edge_to_edge=True, parent=self)
        card.add(self._nothing)
        card.add(self.list, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(10)
        column.addWidget(top)
        column.addWidget(self.result)
        column.addWidget(card, 1)

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("J K", _("next, previous step")),
            ("Enter", _("open the column")),
            ("U", _("undo the step")),
            ("C", _("check")),
            ("/", _("find")),
        ]

    def focus(self) -> None:
        self.list.setFocus()

    def find_here(self) -> None:
        self.finder.setFocus()

    def edit(self) -> None:
        """Enter: the column of the step, in the codebook."""
        self.list.open_current()

    def export(self) -> None:
        """Ctrl+E: the recipe as a file."""
        self._ask_file("recipe")

    def show_subject(self, wave_id: int, _question_ids: frozenset[int] | None = None) -> None:
        """Read the recipe of a wave, or read it again; the check holds no longer."""
        session = self._session
        if wave_id != self._wave_id:
            self.finder.clear()
        self._wave_id = wave_id
        self._wanted += 1
        wanted = self._wanted
        self.result.hide()

        def work(_ctx: JobContext) -> _Recipe:
            questions = session.codebook(wave_id).questions
            names = {(question.column, question.occurrence): question.title for question in questions}
            return _Recipe(wave=session.wave(wave_id).title, parts=build_recipe(session, wave_id), names=names)

        def done(recipe: _Recipe) -> None:
            if wanted == self._wanted:
                self._show(recipe)

        self._page.run_job(work, done, label=_("Writing the recipe"))

    def _show(self, recipe: _Recipe) -> None:
        self._wave = recipe.wave
        row = self.list.currentIndex().row()
        self.list.recipe.show(recipe.parts, recipe.names)
        self._choose(row)
        self._say_count()
        self.set_fact(_("Nothing in it names what a single person answered."))

    def _choose(self, row: int) -> None:
        if self.list.recipe.step(row) is not None:
            self.list.setCurrentIndex(self.list.recipe.index(row))
        else:
            self.list.choose_first()
        self._explain()

    def _search(self, words: str) -> None:
        self.list.recipe.search(words)
        self._choose(-1)
        self._say_count()

    def _say_count(self) -> None:
        n = sum(len(part.steps) for part in self.list.recipe.parts)
        self._nothing.setVisible(not n)
        self._count.setText(ngettext("%(n)s step", "%(n)s steps", n) % {"n": fmt_count(n)})

    def _explain(self) -> None:
        self.explained.emit(explain_step(self.list.current))

    # What one can do with it

    def copy(self) -> None:
        """Ctrl+C: what is shown, as Markdown."""
        parts = self.list.recipe.parts
        n = sum(len(part.steps) for part in parts)
        QGuiApplication.clipboard().setText(recipe_markdown(self._wave, parts))
        words = ngettext("%(n)s step copied as Markdown.", "%(n)s steps copied as Markdown.", n)
        self._page.context.shell.toast(words % {"n": fmt_count(n)})

    def _ask_file(self, what: str) -> None:
        ask_plain(self._page, self._session, self._wave_id, what, ".md" if what == "recipe" else ".json")

    def check(self) -> None:
        """C: make the wave anew from its kept file and this recipe, and compare."""
        session, wave_id = self._session, self._wave_id
        if not self.check_button.isEnabled():
            return
        self.check_button.setEnabled(False)

        def work(ctx: JobContext) -> Rebuilt:
            from surveyapp.services.intake.rebuild import check_rebuild

            return check_rebuild(session, wave_id, report=lambda done, total: ctx.report(done, total))

        def done(rebuilt: Rebuilt) -> None:
            self.check_button.setEnabled(True)
            if wave_id == self._wave_id:
                self.result.show_result(rebuilt)

        def failed(error: object) -> None:
            self.check_button.setEnabled(True)
            self._page.context.shell.toast(str(error))

        self._page.run_job(
            work,
            done,
            failed=failed,
            cancelled=lambda: self.check_button.setEnabled(True),
            label=_("Rebuilding the wave"),
        )

    def undo_step(self) -> None:
        """U: take the decision under the cursor back."""
        line = self.list.current
        if line is not None and line.step is not None and line.step.change:
            self._undo(line.step.change)
        else:
            words = _("This step has no change of its own: Problems, Done has its Undo, or its column in the codebook.")
            self._page.context.shell.toast(words)

    def _undo(self, change_id: int) -> None:
        session = self._session

        def work(_ctx: JobContext) -> tuple[Change, list[Change]]:
            from surveyapp.services.change_log import resting_on

            change = session.store.changes.get(change_id)
            return change, resting_on(session, change)

        def done(found: tuple[Change, list[Change]]) -> None:
            change, later = found
            if not later:
                self._take_back(change_id)
                return
            dialog = UndoDialog(self._page.theme, change, later, self.window())
            dialog.accepted.connect(lambda: self._take_back(change_id))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._page.run_job(work, done)

    def _take_back(self, change_id: int) -> None:
        session = self._session

        def work(_ctx: JobContext) -> list[Change]:
            from surveyapp.services.change_log import undo

            return undo(session, change_id)

        def done(changes: list[Change]) -> None:
            labels = "; ".join(change.label for change in changes)
            self._page.context.shell.toast(_("Taken back: %(labels)s") % {"labels": labels})

        self._page.run_job(work, done, store=True)


def explain_step(line: RecipeLine | None) -> Explanation | None:
    """What the inspector says about a step."""
    if line is None or line.step is None:
        return None
    step = line.step
    actions = (("data.recipe_column",) if line.key is not None else ()) + (("data.recipe_undo",) if step.change else ())
    return Explanation(
        kind=line.part if line.name else _("Step"),
        title=line.name or line.part,
        subtitle=_LONG_HEX.sub(lambda found: f"{found[0][:12]}…", step.sentence),
        value=fmt_count(step.count) if step.count else "",
        of=_("answers or people") if step.count else "",
        words=step.reason,
        actions=actions,
        strip=step.sentence,
    )
