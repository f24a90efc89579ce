"""Explore, Questions: walk the questions of a wave, each with figure, base and interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base, Condition
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.base_page import BasePage
from surveyapp.gui.context import AppContext
from surveyapp.gui.page import PageSpec
from surveyapp.gui.pages.explore.body import N_SMALL, ExploreBody
from surveyapp.gui.pages.explore.explain import explain
from surveyapp.gui.pages.explore.question_line import listed_icon, section_groups
from surveyapp.gui.pages.explore.result_card import ResultCard, Shown
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.result_actions import Chosen, ResultActions
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.services.question_list import ListedQuestion, ListedSection
    from surveyapp.services.session import Session

_DIM_AFTER_MS = 120
_MENU = ("filter_to", "pin", "copy", "copy_sentence", "export", "toggle")

Found = list[tuple["ListedQuestion", Shown]]


class ExplorePage(BasePage):
    """The chosen question stays chosen while base, codebook and wave change; so does the selected mark."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        state = context.settings.value.page_state.get(spec.id, {})
        self._as_table = bool(state.get("as_table", False))
        self._key = ""
        self._sections: list[ListedSection] = []
        self.body: ExploreBody | None = None
        self._card: ResultCard | None = None
        self._base: Base | None = None
        self._dim = QTimer(self, singleShot=True, interval=_DIM_AFTER_MS)
        self._dim.timeout.connect(lambda: self.body.set_dimmed(True) if self.body is not None else None)
        self._add_actions()
        self.results = ResultActions(self, self._chosen)
        self.results.refresh()
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _add_actions(self) -> None:
        here = self.spec.id
        ready = lambda: self.body is not None  # noqa: E731
        self.keys = []
        specs = [
            ActionSpec(
                id=f"{here}.find",
                title=lambda: _("Find a question"),
                icon="search",
                page=here,
                enabled=ready,
                in_palette=True,
                key="/",
            ),
            ActionSpec(
                id=f"{here}.next",
                title=lambda: _("Next question"),
                shortcut="J",
                icon="arrow-down",
                page=here,
                enabled=ready,
            ),
            ActionSpec(
                id=f"{here}.previous",
                title=lambda: _("Previous question"),
                shortcut="K",
                icon="arrow-up",
                page=here,
                enabled=ready,
            ),
            ActionSpec(
                id=f"{here}.toggle",
                title=lambda: _("Show table") if not self._as_table else _("Show chart"),
                shortcut="T",
                icon="table",
                page=here,
                enabled=ready,
                foot=lambda: _("table or chart"),
            ),
            ActionSpec(
                id=f"{here}.filter_to",
                title=lambda: _("Filter to these people"),
                icon="funnel",
                page=here,
                enabled=lambda: self._card is not None and bool(self._card.selected_key),
                why_not=lambda: _("Select a bar or a cell first."),
                key=_("Enter"),
            ),
        ]
        handlers = (self.find_on_page, lambda: self._step(1), lambda: self._step(-1), self._toggle, self.filter_to)
        for action, handler in zip(specs, handlers, strict=True):
            self.add_action(action, handler)

    # Results

    def show_results(self) -> None:
        session, counted = self.context.session, self.counted
        if session is None or counted is None:
            return
        base = counted.base
        body = self._ensure_body()
        if self.isVisible():
            self._dim.start()
        key = self._key

        def work(ctx: JobContext) -> tuple[list[ListedSection], Found]:
            from surveyapp.services.question_list import list_questions

            sections = list_questions(session.codebook(base.wave_id))
            return sections, compute(session, base, following(sections, key), ctx)

        def done(value: tuple[list[ListedSection], Found]) -> None:
            self._dim.stop()
            body.set_dimmed(False)
            self._base = base
            self._take(*value)

        self.run_latest("results", work, done, failed=self._on_failed)

    def _take(self, sections: list[ListedSection], found: Found) -> None:
        body = self.body
        if body is None:
            return
        if sections != self._sections:
            self._sections = sections
            body.list.set_groups(section_groups(sections), found[0][0].key if found else None)
        n = sum(len(section.entries) for section in sections)
        questions = ngettext("%(n)s question", "%(n)s questions", n) % {"n": fmt_count(n)}
        words = ngettext("%(questions)s in %(n)s section", "%(questions)s in %(n)s sections", len(sections))
        self.set_fact(words % {"questions": questions, "n": fmt_count(len(sections))})
        if not found:
            self.explain(None)
            return
        self._key = found[0][0].key
        other = body.big.entry is None or body.big.entry.key != self._key
        body.list.choose(self._key)
        body.show_results(found, as_table=self._as_table)
        if other:
            body.show_card(body.big)
        if self._card is None or self._card.isHidden():
            self._set_card(body.big)
        self.context.shell.refresh_foot()
        self._explain()
        self.results.refresh()
        self.settle_focus()

    def _on_failed(self, error: UserError) -> None:
        self._dim.stop()
        self.context.shell.show_error(error)

    def _ensure_body(self) -> ExploreBody:
        if self.body is not None and self._content is self.body:
            return self.body
        limit = self.context.settings.value.small_cell_limit
        body = ExploreBody(self.theme, small_limit=limit, parent=self)
        body.list.chosen.connect(self._on_list_chosen)
        body.list.entered.connect(body.big.focus_content)
        body.chooser_wanted.connect(self._open_chooser)
        for card in body.cards:
            self.results.give_menu(card.view, _MENU)
            card.key_selected.connect(lambda _key, chosen=card: self._on_key_selected(chosen))
            card.key_activated.connect(lambda _key, chosen=card: self._on_key_activated(chosen))
            card.opened.connect(lambda chosen=card: self.choose(chosen.entry.key) if chosen.entry else None)
            card.texts_wanted.connect(lambda chosen=card: self._read_texts(chosen))
        self._sections, self._card, self.body = [], None, body
        self.keys = [("/", _("find a question")), ("J K", _("next, previous"))]
        self.set_content(body)
        return body

    def choose(self, key: str) -> None:
        """Make a question the large one."""
        if key and key != self._key:
            self._key = key
            if self.body is not None:
                self._set_card(self.body.big)
            self.show_results()

    def _put_message(self, widget: QWidget) -> None:
        self.body, self._card, self.keys = None, None, []
        super()._put_message(widget)
        self.results.refresh()
        self.context.shell.refresh_foot()

    # Selection

    def _chosen(self) -> Chosen | None:
        card, base = self._card, self._base
        if card is None or card.entry is None or base is None or card.result is None:
            return None
        if isinstance(card.result, UserError):
            return None
        return Chosen(
            spec=card.entry.spec(base),
            title=card.entry.title,
            result=card.result,
            table_text=card.table_text(),
            sentence=card.sentence(),
            picture=card.view.to_image,
        )

    def _set_card(self, card: ResultCard) -> None:
        if self._card is not None:
            self._card.set_current(False)
        self._card = card
        card.set_current(True)

    def _explain(self) -> None:
        card = self._card
        if card is None or card.entry is None or card.result is None or isinstance(card.result, UserError):
            self.explain(None)
            return
        here = self.spec.id
        actions = (f"{here}.filter_to", f"{here}.pin", f"{here}.copy_sentence")
        limit = self.context.settings.value.small_cell_limit
        key, sentence = card.selected_key, card.sentence()
        self.explain(explain(card.result, card.entry, key, sentence=sentence, actions=actions, small=limit))

    def filter_to(self) -> None:
        """Enter on a mark: only the people behind it."""
        card, base, session = self._card, self._base, self.context.session
        if card is None or card.entry is None or base is None or session is None or not card.selected_key:
            return
        entry, result, key = card.entry, card.result, card.selected_key
        if result is None or isinstance(result, UserError):
            return

        def work(_ctx: JobContext) -> list[Condition]:
            from surveyapp.gui.pages.explore.filter_here import conditions_of

            return conditions_of(session, base, entry, result, key)

        self.run_job(work, self._on_conditions)

    def _on_conditions(self, conditions: list[Condition]) -> None:
        if conditions:
            self.add_filters(conditions)
        else:
            self.context.shell.toast(_("This is no group of people one can filter to."))

    def _read_texts(self, card: ResultCard) -> None:
        if card.entry is not None and self._base is not None and "go.data" in self.context.actions:
            self.context.shell.open_page("data", "answers", wave_id=self._base.wave_id)

    # Handlers

    def _on_list_chosen(self, key: str) -> None:
        self.choose(key)

    def _on_key_selected(self, card: ResultCard) -> None:
        self._set_card(card)
        self._explain()
        self.results.refresh()

    def _on_key_activated(self, card: ResultCard) -> None:
        self._set_card(card)
        self.filter_to()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.body is None or new is None or not self.isVisible():
            return
        for card in self.body.cards:
            if card is not self._card and card.isAncestorOf(new):
                self._set_card(card)
                self._explain()
                self.results.refresh()

    def _step(self, by: int) -> None:
        if self.body is None:
            return
        entries = [entry for section in self._sections for entry in section.entries]
        if self.body.has_list:
            self.body.list.step(by)
            return
        at = next((n for n, entry in enumerate(entries) if entry.key == self._key), 0) + by
        if 0 <= at < len(entries):
            self.choose(entries[at].key)

    def _toggle(self) -> None:
        self._as_table = not self._as_table
        states = dict(self.context.settings.value.page_state)
        states[self.spec.id] = {**states.get(self.spec.id, {}), "as_table": self._as_table}
        self.context.settings.update(page_state=states)
        if self.body is None:
            return
        focus = QApplication.focusWidget()
        chosen = self._card
        inside = chosen is not None and focus is not None and chosen.isAncestorOf(focus)
        for card in self.body.cards:
            if not card.isHidden():
                card.set_as_table(self._as_table)
        if inside and chosen is not None:
            self.body.show_card(chosen)
            chosen.focus_content()  # hiding what had the focus sent it on to other cards

    def _open_chooser(self) -> None:
        """The list of a narrow page: the same questions, found by typing."""
        if self.body is None:
            return

        def find(_query: str) -> Sequence[PaletteEntry]:
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

        popup = PickPopup(self.theme, find, placeholder=_("Find a question"), parent=self.window())
        popup.open_below(self.body.chooser)

    # Page hooks

    def on_session_opened(self) -> None:
        self._base = None
        self.results.refresh()
        super().on_session_opened()

    def find_on_page(self) -> None:
        if self.body is None:
            return
        if self.body.has_list:
            self.body.finder.setFocus()
            self.body.finder.selectAll()
        else:
            self._open_chooser()

    def on_opened(self, **arguments: Any) -> None:
        key = arguments.get("question")
        if isinstance(key, str):
            self.choose(key)

    def place(self) -> tuple[str, dict[str, Any]]:
        entry = self._card.entry if self._card is not None else None
        return (entry.title, {"question": entry.key}) if entry is not None else ("", {})

    def on_escape(self) -> None:
        if self._card is not None and self._card.selected_key:
            self._card.clear_selection()
            self._explain()
            self.results.refresh()

    def focus_content(self) -> bool:
        if self.body is None or self._base is None:
            return False
        self.body.focus_first()
        return True


def following(sections: Sequence[ListedSection], key: str) -> list[ListedQuestion]:
    """The question of that key (the first one, if there is none) and the next ones of its section."""
    entries = [entry for section in sections for entry in section.entries]
    at = next((n for n, entry in enumerate(entries) if entry.key == key), 0)
    if not entries:
        return []
    same = [entry for entry in entries[at + 1 :] if entry.section == entries[at].section]
    later = [entry for entry in entries[at + 1 :] if entry.section != entries[at].section]
    return [entries[at], *(same + later)[:N_SMALL]]


def compute(session: Session, base: Base, entries: Sequence[ListedQuestion], ctx: JobContext) -> Found:
    """The results of some questions; a question that cannot be asked brings its sentence instead."""
    from surveyapp.services.analysis import run_analysis

    found: Found = []
    for entry in entries:
        ctx.check()
        try:
            found.append((entry, run_analysis(session, entry.spec(base))))
        except UserError as error:
            found.append((entry, error))
    return found
