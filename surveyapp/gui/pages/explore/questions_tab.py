"""Questions: walk the questions of a wave, each with figure, base and interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisKind, Base, Condition
from surveyapp.domain.errors import UserError
from surveyapp.gui.analysis_place import spec_of
from surveyapp.gui.pages.explore.explain import explain
from surveyapp.gui.pages.explore.explore_tab import ExploreTab
from surveyapp.gui.pages.explore.question_line import listed_icon, section_groups
from surveyapp.gui.pages.explore.questions_body import N_SMALL, QuestionsBody
from surveyapp.gui.pages.explore.result_card import ResultCard, Shown
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.analysis.subject import column_key
from surveyapp.services.base_count import BaseCount
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.domain.analysis import AnalysisSpec
    from surveyapp.gui.pages.explore.page import ExplorePage
    from surveyapp.services.question_list import ListedQuestion, ListedSection
    from surveyapp.services.session import Session

_MENU = ("filter_to", "rows", "pin", "copy", "copy_sentence", "export", "toggle")

Found = list[tuple["ListedQuestion", Shown]]


class QuestionsTab(ExploreTab):
    """The chosen question stays chosen while base, codebook and wave change; so does the selected mark."""

    def __init__(self, page: ExplorePage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self._key = ""
        self._asked = False
        """Whether somebody asked for the question: if it is gone, that is said."""
        self._sections: list[ListedSection] = []
        self._chooser: PickPopup | None = None
        self._counted: BaseCount | None = None
        self._method = ""
        """That of the intervals of shares, as it was in Settings."""
        self._base: Base | None = None
        """That of the results which stand there; `_counted` holds the one in force."""
        self.body = QuestionsBody(page.theme, small_limit=page.context.settings.value.small_cell_limit, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.body)
        self._card: ResultCard = self.body.big
        self.body.list.chosen.connect(self.choose)
        self.body.list.entered.connect(self.body.big.focus_content)
        self.body.chooser_wanted.connect(self._open_chooser)
        self.body.codebook.clicked.connect(lambda: page.context.shell.open_page("data", "codebook"))
        for card in self.body.cards:
            page.results.give_menu(card.view, _MENU)
            card.key_selected.connect(lambda _key, chosen=card: self._set_card(chosen))
            card.key_activated.connect(lambda _key, chosen=card: self._on_key_activated(chosen))
            card.opened.connect(lambda chosen=card: self.choose(chosen.entry.key) if chosen.entry else None)
            card.texts_wanted.connect(self._read_texts)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._method != self._page.context.settings.value.interval:
            self._compute()

    def keys(self) -> list[tuple[str, str]]:
        return [("/", _("find a question")), ("J K", _("next, previous")), ("X", _("cross-tab"))]

    # Results

    def show_subject(self, counted: BaseCount, _question_ids: frozenset[int] | None = None) -> None:
        """Compute the chosen question and those after it for the people of a base."""
        self._counted = counted
        self._compute()

    def _compute(self) -> None:
        session, counted = self._session, self._counted
        if counted is None:
            return
        base, key = counted.base, self._key
        method = self._method = self._page.context.settings.value.interval
        if self.isVisible():
            self.body.fading.start()

        def work(ctx: JobContext) -> tuple[list[ListedSection], Found]:
            from surveyapp.services.question_list import list_questions

            sections = list_questions(session.codebook(base.wave_id))
            return sections, compute(session, base, following(sections, key), ctx, method)

        def done(value: tuple[list[ListedSection], Found]) -> None:
            self.body.fading.stop()
            self._base = base
            self._take(*value)

        self._page.run_latest("questions", work, done, failed=self._on_failed)

    def _take(self, sections: list[ListedSection], found: Found) -> None:
        body = self.body
        if sections != self._sections:
            self._sections = sections
            body.list.set_groups(section_groups(sections), found[0][0].key if found else None)
        self.set_fact(_count_words(sections))
        if not found:
            body.show_results(found, as_table=self._page.as_table)
            self._set_card(body.big)
            return
        self._say_if_gone(found[0][0])
        self._key = found[0][0].key
        other = body.big.entry is None or body.big.entry.key != self._key
        body.list.choose(self._key)
        body.show_results(found, as_table=self._page.as_table)
        if other:
            body.show_card(body.big)
        self._set_card(body.big if self._card.isHidden() else self._card)
        self._page.context.shell.refresh_foot()
        self._page.settle_focus()

    def _say_if_gone(self, first: ListedQuestion) -> None:
        asked, self._asked = self._asked, False
        if asked and not _holds(first, self._key):
            self._page.context.shell.toast(_("The question asked for is not in this wave. The first one is shown."))

    def _on_failed(self, error: UserError) -> None:
        self.body.fading.stop()
        self._page.context.shell.show_error(error)

    def choose(self, key: str) -> None:
        """Make a question the large one."""
        if key and key != self._key:
            self._key = key
            self._set_card(self.body.big)
            self._compute()

    def step(self, by: int) -> None:
        """J and K: the next or previous question."""
        if self.body.has_list:
            self.body.list.step(by)
            return
        entries = [entry for section in self._sections for entry in section.entries]
        at = next((n for n, entry in enumerate(entries) if entry.key == self._key), 0) + by
        if 0 <= at < len(entries):
            self.choose(entries[at].key)

    # Selection

    @property
    def ready(self) -> bool:
        return self._base is not None

    @property
    def has_selection(self) -> bool:
        return bool(self._card.selected_key)

    def chosen(self) -> Chosen | None:
        card, base = self._card, self._base
        if card.entry is None or base is None or card.result is None or isinstance(card.result, UserError):
            return None
        return Chosen(
            spec=spec_by(card.entry, base, self._method),
            title=card.entry.title,
            result=card.result,
            table_text=card.table_text,
            sentence=card.sentence(),
            picture=card.view.to_image,
        )

    def _set_card(self, card: ResultCard) -> None:
        """Look at a card: the inspector explains it, and the actions are about it."""
        self._card.set_current(False)
        self._card = card
        card.set_current(True)
        self._explain()
        self.chosen_changed.emit()

    def _explain(self) -> None:
        card = self._card
        if card.entry is None or card.result is None or isinstance(card.result, UserError):
            self.explained.emit(None)
            return
        here = self._page.spec.id
        actions = (f"{here}.filter_to", f"{here}.rows", f"{here}.pin", f"{here}.copy_sentence", f"{here}.derive")
        limit = self._page.context.settings.value.small_cell_limit
        words = explain(
            card.result, card.entry, card.selected_key, sentence=card.sentence(), actions=actions, small=limit
        )
        self.explained.emit(words)

    @property
    def entry(self) -> ListedQuestion | None:
        """The question one looks at."""
        return self._card.entry

    @property
    def shown_base(self) -> Base | None:
        return self._base

    def find_people(self, then: Callable[[list[Condition]], None]) -> None:
        entry, result, key, base = self._card.entry, self._card.result, self._card.selected_key, self._base
        if entry is None or base is None or not key or result is None or isinstance(result, UserError):
            return
        session = self._session

        def work(_ctx: JobContext) -> list[Condition]:
            from surveyapp.gui.pages.explore.filter_here import conditions_of

            return conditions_of(session, base, entry, result, key)

        self._page.run_job(work, lambda found: self._take_people(found, then))

    def _read_texts(self) -> None:
        if self._base is not None and "go.data" in self._page.context.actions:
            self._page.context.shell.open_page("data", "answers", wave_id=self._base.wave_id)

    def _on_key_activated(self, card: ResultCard) -> None:
        self._set_card(card)
        self.filter_to()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isVisible():
            return
        for card in self.body.cards:
            if card is not self._card and card.isAncestorOf(new):
                self._set_card(card)

    def show_as_table(self, on: bool) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._card.isAncestorOf(focus)
        chosen = self._card
        for card in self.body.cards:
            if not card.isHidden():
                card.set_as_table(on)
        if inside:
            self.body.show_card(chosen)
            chosen.focus_content()  # hiding what had the focus sent it on to other cards

    def _open_chooser(self) -> None:
        """The list of a narrow page: the same questions, found by typing."""
        if self._chooser is None:
            words = _("Find a question")
            self._chooser = PickPopup(self._page.theme, self._entries, placeholder=words, parent=self)
        self._chooser.open_below(self.body.chooser)

    def _entries(self, _query: str) -> Sequence[PaletteEntry]:
        return [
            PaletteEntry(
                group=section.title,
                title=entry.title,
                icon=listed_icon(entry),
                run=lambda key=entry.key: self.choose(key),  # type: ignore[misc]
            )
            for section in self._sections
            for entry in section.entries
        ]

    # Page hooks

    def find_here(self) -> None:
        if self.body.has_list:
            self.body.side.start_finding()
        else:
            self._open_chooser()

    def open_at(self, **arguments: Any) -> None:
        key, spec = arguments.get("question"), spec_of(arguments.get("spec"))
        if spec is not None and spec.kind in (AnalysisKind.QUESTION, AnalysisKind.GRID) and spec.columns:
            key = spec.columns[0]
        if isinstance(key, str) and key:
            self._asked = key != self._key
            self.choose(key)

    def place(self) -> tuple[str, dict[str, Any]]:
        entry = self._card.entry
        return (entry.title, {"question": entry.key}) if entry is not None else ("", {})

    def escape(self) -> None:
        if self._card.selected_key:
            self._card.clear_selection()
            self._set_card(self._card)

    def focus(self) -> None:
        self.body.focus_first()

    def forget(self) -> None:
        self._base, self._counted = None, None


def _count_words(sections: Sequence[ListedSection]) -> str:
    n = sum(len(section.entries) for section in sections)
    questions = ngettext("%(n)s question", "%(n)s questions", n) % {"n": fmt_count(n)}
    words = ngettext("%(questions)s in %(n)s section", "%(questions)s in %(n)s sections", len(sections))
    return words % {"questions": questions, "n": fmt_count(len(sections))}


def _holds(entry: ListedQuestion, key: str) -> bool:
    """Whether the question of that key is this one, or an item of this battery."""
    return key == entry.key or key in map(column_key, entry.questions)


def following(sections: Sequence[ListedSection], key: str) -> list[ListedQuestion]:
    """The question of that key, or the battery that holds it (the first of all, if there is none), and the next ones
    of its section."""
    entries = [entry for section in sections for entry in section.entries]
    at = next((n for n, entry in enumerate(entries) if _holds(entry, key)), 0)
    if not entries:
        return []
    same = [entry for entry in entries[at + 1 :] if entry.section == entries[at].section]
    later = [entry for entry in entries[at + 1 :] if entry.section != entries[at].section]
    return [entries[at], *(same + later)[:N_SMALL]]


def spec_by(entry: ListedQuestion, base: Base, method: str) -> AnalysisSpec:
    """What to ask about a question, with intervals of shares by that method where it has shares of its own."""
    from surveyapp.stats.interval import WILSON
    from surveyapp.stats.question.interval_choice import OF_SHARES

    spec = entry.spec(base)
    other = method != WILSON and spec.kind is AnalysisKind.QUESTION and entry.kind in OF_SHARES and not base.weight
    return spec.with_option("interval", method) if other else spec


def compute(session: Session, base: Base, entries: Sequence[ListedQuestion], ctx: JobContext, method: str) -> Found:
    """The results of some questions, intervals of shares by a method; one that cannot be asked brings its sentence."""
    from surveyapp.services.analysis.run import run_analysis

    found: Found = []
    for entry in entries:
        ctx.check()
        try:
            found.append((entry, run_analysis(session, spec_by(entry, base, method))))
        except UserError as error:
            found.append((entry, error))
    return found
