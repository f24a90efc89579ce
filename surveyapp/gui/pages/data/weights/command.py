"""What a person does with weights: margins added and joined, schemes saved, renamed, used and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question
from surveyapp.domain.weight import Margin, MarginQuestion, WeightKind
from surveyapp.gui.dialogs.name_dialog import NameDialog
from surveyapp.gui.page import Page
from surveyapp.gui.pages.data.weights.margin_dialog import MarginDialog
from surveyapp.gui.pages.data.weights.work import NEW, Work
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.saved_name import with_ending
from surveyapp.gui.widgets.menu import passing_menu
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.gui.widgets.plain_text import in_menu
from surveyapp.importers.margin import read_margins, write_margins
from surveyapp.reports.sections.weight import weights_sentence
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session
from surveyapp.services.weight_draft import (
    Draft,
    DraftMargin,
    count_margin,
    draft_margin,
    empty_margin,
    fill_rest,
    margin_of,
)
from surveyapp.services.weighting import remove_scheme, rename_scheme, save_scheme

if TYPE_CHECKING:
    from surveyapp.gui.pages.data.weights.tab import WeightsTab


class WeightCommands(QObject):
    """They act on the scheme on the desk of the tab."""

    def __init__(self, tab: WeightsTab, page: Page) -> None:
        super().__init__(tab)
        self._tab, self._page = tab, page
        self._popup: PickPopup | None = None
        self._entries: list[PaletteEntry] = []

    @property
    def _session(self) -> Session:
        session = self._page.context.session
        assert session is not None  # the tab is not shown without one
        return session

    def _say(self, error: UserError) -> None:
        self._page.context.shell.toast(str(error))

    # Margins

    def _pick(self, questions: Sequence[Question], words: str, run: Callable[[Question], object], at: QWidget) -> None:
        self._entries = [
            PaletteEntry(
                group=_("Questions"), title=question.title, icon=question_icon(question), run=partial(run, question)
            )
            for question in questions
        ]
        if self._popup is None:
            self._popup = PickPopup(self._page.theme, lambda _query: self._entries, placeholder=words, parent=self._tab)
        self._popup.field.setPlaceholderText(words)
        self._popup.field.setAccessibleName(words)
        self._popup.open_below(at)

    def add_margin(self) -> None:
        """A: a question whose shares are known."""
        tab = self._tab
        if tab.work is None:
            self.start()
        if tab.work is None or tab.work.draft.kind is WeightKind.COLUMN:
            return
        taken = {margin.questions for margin in tab.work.draft.margins}
        fitting = [question for question in tab.questions if (asked_of(question),) not in taken]
        self._pick(fitting, _("Add a margin: find a question"), lambda q: self._count((asked_of(q),)), tab.pane.add)

    def join_margin(self, number: int) -> None:
        """X: make a margin of the cells of two questions."""
        tab = self._tab
        if tab.work is None or not 0 <= number < len(tab.work.draft.margins):
            return
        margin = tab.work.draft.margins[number]
        fitting = [question for question in tab.questions if asked_of(question) not in margin.questions]
        at = tab.pane.cards[number].join
        words = _("Together with: find a question")
        self._pick(fitting, words, lambda q: self._count((*margin.questions, asked_of(q)), number), at)

    def _count(self, asked: tuple[MarginQuestion, ...], number: int | None = None) -> None:
        """Count the cells of a new margin, then put it on the desk: last, or in the place of margin `number`."""
        session, tab, work = self._session, self._tab, self._tab.work

        def count(_ctx: JobContext) -> DraftMargin:
            return empty_margin(count_margin(session, tab.base, asked))

        def done(margin: DraftMargin) -> None:
            if work is None or work is not tab.work:
                return
            place = number if number is not None else len(work.draft.margins)
            before = work.draft
            draft = before.replaced(place, margin) if number is not None else before.with_margins([margin])
            tab.put(draft)
            tab.pane.focus_card(place, typing=True)

        self._tab.run(count, done, failed=self._say)

    def remove_margin(self, number: int) -> None:
        """Take a margin out of the draft."""
        work = self._tab.work
        if work is not None and 0 <= number < len(work.draft.margins):
            margins = work.draft.margins
            self._tab.put(replace(work.draft, margins=(*margins[:number], *margins[number + 1 :])))

    def fill_rest(self, number: int) -> None:
        """R: take what is missing from the data."""
        work = self._tab.work
        counted = work.preview.counted if work is not None and work.preview is not None else ()
        found = counted[number] if 0 <= number < len(counted) else None
        if work is None or found is None:
            return
        try:
            filled = fill_rest(work.draft.margins[number], found)
        except UserError as error:
            self._tab.pane.cards[number].show_fault(str(error))
            return
        self._tab.put(work.draft.replaced(number, filled))

    def choose_column(self) -> None:
        """The column of weights, found by typing."""
        tab = self._tab

        def take(question: Question) -> None:
            if tab.work is not None:
                tab.put(replace(tab.work.draft, column=question.column, occurrence=question.occurrence))

        self._pick(tab.numbers, _("Find a number"), take, tab.pane.column)

    def open_text(self) -> MarginDialog | None:
        """M: the margins as text, to be changed, pasted or opened from a file."""
        tab = self._tab
        if tab.work is None:
            self.start()
        work = tab.work
        if work is None or work.draft.kind is WeightKind.COLUMN:
            return None
        codebook = self._session.codebook(tab.wave_id)
        text = write_margins([margin_of(margin) for margin in work.draft.margins], codebook)
        dialog = MarginDialog(self._page.theme, text, codebook, self._page.window())
        dialog.accepted.connect(lambda: self._take_margins(dialog.margins, replacing=True))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def take_text(self, text: str) -> None:
        """Margins that were pasted: each takes the place of the one of its question, or comes to them."""
        try:
            margins = read_margins(text, self._session.codebook(self._tab.wave_id))
        except UserError as error:
            self._say(error)
            return
        self._take_margins(margins, replacing=False)

    def _take_margins(self, margins: Sequence[Margin], *, replacing: bool) -> None:
        session, tab, work = self._session, self._tab, self._tab.work

        def read(_ctx: JobContext) -> list[DraftMargin]:
            return [draft_margin(session, tab.base, margin) for margin in margins]

        def done(found: list[DraftMargin]) -> None:
            if work is not None and work is tab.work:
                start = replace(work.draft, margins=()) if replacing else work.draft
                tab.put(start.with_margins(found))
                tab.focus()

        self._tab.run(read, done, failed=self._say)

    # Schemes

    def start(self) -> None:
        """N: new weights."""
        self._tab.works.setdefault(NEW, Work(draft=Draft()))
        self._tab.open_work(NEW)
        self._tab.focus()

    def duplicate(self) -> None:
        """D: the same margins under another name."""
        tab = self._tab
        if tab.work is None or tab.key == NEW:
            return
        draft = tab.work.draft
        work = tab.works.setdefault(NEW, Work(draft=Draft()))
        work.put(draft)
        tab.open_work(NEW)
        tab.focus()

    def save(self) -> None:
        """S: keep the scheme; a new one is asked for its name."""
        tab, work = self._tab, self._tab.work
        if work is None:
            return
        if work.preview is not None and work.preview.made is None:
            self._page.context.shell.toast(_("Nothing is saved yet: the weights cannot be made as they stand."))
        elif tab.key != NEW:
            self._store(tab.key or "")
        else:
            self._ask(_("Name of the weights"), self._proposed(work), _("Save"), self._store)

    def _proposed(self, work: Work) -> str:
        counted = work.preview.counted if work.preview is not None else ()
        titles = [one.name for one in counted if one is not None] or [work.draft.column]
        return _(" and ").join(titles)[:60]

    def _ask(self, title: str, name: str, verb: str, go: Callable[[str], object]) -> NameDialog:
        dialog = NameDialog(self._page.theme, title, name, self._page.window(), verb=verb)
        dialog.accepted.connect(lambda: go(dialog.name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _store(self, name: str) -> None:
        session, tab, work, key = self._session, self._tab, self._tab.work, self._tab.key
        if work is None or key is None:
            return
        base, draft = tab.base, work.draft

        def keep(_ctx: JobContext) -> None:
            if key == NEW:
                _refuse_taken(session, name)
            save_scheme(session, base, draft.scheme(name.strip()), replacing=key or None)

        def done(_none: None) -> None:
            held = tab.works.pop(key, work)
            if held.draft == draft:
                held = Work(draft=draft, saved=draft, preview=work.preview)
            held.saved = draft  # what was typed while it was being saved stays
            tab.works[name.strip()] = held
            if tab.key == key:
                tab.key = name.strip()
            tab.show_subject(tab.wave_id)
            self._tell(_("Weights “%(name)s” saved") % {"name": name.strip()})

        self._tab.run(keep, done, failed=self._say, store=True)

    def rename(self) -> None:
        """F2 in the menu: another name, which whatever uses the weights follows."""
        session, tab, key = self._session, self._tab, self._tab.key
        if not key:
            return

        def go(name: str) -> None:
            def work(_ctx: JobContext) -> None:
                rename_scheme(session, key, name)

            def done(_none: None) -> None:
                held = tab.works.pop(key, None)
                if held is not None:
                    tab.works[name] = held
                tab.key = name
                tab.show_subject(tab.wave_id)
                self._tell(_("Weights “%(old)s” renamed “%(new)s”") % {"old": key, "new": name})

            self._tab.run(work, done, failed=self._say, store=True)

        self._ask(_("Name of the weights"), key, _("Rename"), go)

    def remove(self) -> None:
        """Remove the scheme; undo brings it back."""
        session, tab, key = self._session, self._tab, self._tab.key
        if key is None:
            return
        if key == NEW:
            held = tab.works.pop(NEW)

            def back() -> None:
                tab.works[NEW] = held
                tab.open_work(NEW)

            tab.show_subject(tab.wave_id)
            self._page.context.shell.toast(_("New weights discarded"), back)
            return

        def work(_ctx: JobContext) -> None:
            remove_scheme(session, key)

        def done(_none: None) -> None:
            tab.works.pop(key, None)
            tab.show_subject(tab.wave_id)
            self._tell(_("Weights “%(name)s” removed") % {"name": key})

        self._tab.run(work, done, failed=self._say, store=True)

    def use(self) -> None:
        """U: weight the base by this scheme, on all pages."""
        session, tab, key = self._session, self._tab, self._tab.key
        if not key:
            return
        wave_id = tab.wave_id

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.base_state import choose_wave, current_base, use_base

            base = current_base(session)
            if base is not None:
                here = base if base.wave_id == wave_id else choose_wave(session, base, wave_id)
                use_base(session, replace(here, weight=key))

        self._tab.run(
            work, lambda _none: self._tell(_("Weighted by “%(name)s”") % {"name": key}), failed=self._say, store=True
        )

    def copy(self) -> None:
        """The line for a methods section."""
        work = self._tab.work
        made = work.preview.made if work is not None and work.preview is not None else None
        if made is not None:
            QGuiApplication.clipboard().setText(weights_sentence(replace(made, name=self._tab.key or _("weights"))))
            self._page.context.shell.toast(_("Copied as a sentence."))

    def export(self) -> None:
        """Ctrl+E: the margins as a file that can be opened again."""
        work, session = self._tab.work, self._session
        if work is None or not work.draft.margins:
            self._page.context.shell.toast(_("There are no margins to export."))
            return
        proposed = str(session.path.parent / f"{self._tab.key or _('weights')}.csv")
        chosen, _kind = QFileDialog.getSaveFileName(self._page, _("Export the margins"), proposed, "*.csv")
        if chosen:
            self.write(with_ending(Path(chosen), ".csv"))

    def write(self, path: Path) -> None:
        """Write the margins of the draft."""
        work, codebook = self._tab.work, self._session.codebook(self._tab.wave_id)
        if work is None:
            return
        text = write_margins([margin_of(margin) for margin in work.draft.margins], codebook)

        def write(_ctx: JobContext) -> None:
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                raise UserError(_("The file could not be written."), _("Choose another place.")) from error

        words = _("%(name)s written.") % {"name": path.name}
        self._tab.run(write, lambda _none: self._page.context.shell.toast(words), failed=self._say)

    def open_menu(self) -> None:
        """What else can be done with the scheme."""
        menu = passing_menu(self._tab, "weightsMenu")
        if self._tab.list_hidden:
            for line in self._tab.list.lines:
                chosen = menu.addAction(in_menu(line.title))
                chosen.setCheckable(True)
                chosen.setChecked(line.key == self._tab.key)
                chosen.triggered.connect(lambda _checked=False, key=str(line.key): self._tab.open_work(key))
            menu.addAction(self._page.context.actions.action("weights.new"))
            menu.addSeparator()
        for name in ("use", "copy", "export", "duplicate", "rename", "remove"):
            menu.addAction(self._page.context.actions.action(f"weights.{name}"))
        button = self._tab.pane.more
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _tell(self, words: str) -> None:
        actions = self._page.context.actions
        self._page.context.shell.toast(words, lambda: actions.trigger("edit.undo"))


def asked_of(question: Question) -> MarginQuestion:
    """A question as a margin names it."""
    return MarginQuestion(column=question.column, occurrence=question.occurrence)


def _refuse_taken(session: Session, name: str) -> None:
    """A new scheme takes no other's place."""
    from surveyapp.services.weighting import SCHEMES

    found = SCHEMES.find(session, name)
    if found is not None:
        raise UserError(_("%(name)s is taken.") % {"name": found.name}, _("Choose another name."))
