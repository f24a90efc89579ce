"""Predictions: write down and settle. The line on top, what is due, what is open, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.capture.doing import Doer
from surveyapp.gui.capture.line import CaptureLine
from surveyapp.gui.capture.panel import CapturePanel
from surveyapp.gui.context import AppContext
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.pages.predictions.actions import add_actions
from surveyapp.gui.pages.predictions.commands import PredictionCommands
from surveyapp.gui.pages.predictions.empty import first_prediction, none_words
from surveyapp.gui.pages.predictions.entries import ALL, RESOLVED, TO_DO, count_of, entries_of
from surveyapp.gui.pages.predictions.filter_bar import FilterBar
from surveyapp.gui.pages.predictions.hand_out import sheet_button
from surveyapp.gui.pages.predictions.list_view import PredictionList
from surveyapp.gui.pages.predictions.side import PredictionSide
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label
from surveyapp.services.jobs import JobContext
from surveyapp.services.prediction.listing import Listing, Row
from surveyapp.services.prediction.words import decider_words

if TYPE_CHECKING:
    from surveyapp.services.prediction.story import Story
    from surveyapp.services.session import ChangeNotice

IMPORT_PAGE = "import_log"


class PredictionsPage(Page):
    """The chosen prediction stays chosen while the log changes; after it is settled the next one is."""

    first_tab = TO_DO

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.listing: Listing | None = None
        self._chosen = 0
        self._folder = Path.home()
        """Where the last file to import lay."""
        self._going: set[int] = set()
        """What was settled, put off or removed since the list was read."""
        self._waits_for_list = False
        """The page was opened to settle what is due, and the list is not read yet."""
        self._believe: tuple[int, float | None] | None = None  # a forecast to be added, once the prediction is shown
        self._turn = 0
        self._story_turn = 0
        self._panel: CapturePanel | None = None
        doer = Doer(context, self)
        self.commands = PredictionCommands(doer)
        self._doer = doer
        self._build()
        self.side = PredictionSide(context, self)
        self.side.hide()
        self.side.edit_wanted.connect(self.edit)
        self.side.remove_wanted.connect(self.remove)
        self.side.belief.recorded.connect(self._on_recorded)
        self.side.belief.closed.connect(self._leave_side)
        self.inspector_widget = self.side
        self.import_button = Button(self.theme, _("Import"), icon="upload", parent=self)
        self.import_button.setObjectName("importPredictions")
        self.import_button.clicked.connect(self.ask_import)
        self.sheet_button = sheet_button(self)
        self.header.set_buttons(self.sheet_button, self.import_button)
        add_actions(self)
        self.keys = [("↑ ↓", _("move")), ("Y N A V", _("resolve")), (_("Enter"), _("edit"))]

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.line = CaptureLine(self.context, body)
        self.line.saved.connect(self._on_saved)
        self.line.left.connect(self.focus_list)
        self.line.more_wanted.connect(self.open_form)
        column.addWidget(self.line)
        self.filters = FilterBar(self.theme, lambda: self.listing.tags() if self.listing is not None else (), body)
        self.filters.changed.connect(self._list_again)
        self.filters.left.connect(self.focus_list)
        column.addWidget(self.filters)
        self._stack = QStackedWidget(body)
        column.addWidget(self._stack, 1)
        card = self._card = Card(self.theme, edge_to_edge=True, parent=self._stack)
        self.list = PredictionList(self.theme, self.context.clock, card)
        self.list.chosen.connect(self._on_chosen)
        self.list.settled.connect(self._on_settled)
        self.list.later.connect(self._on_later)
        self.list.opened.connect(self.edit)
        self.list.left_up.connect(self.line.focus)
        card.add(self.list, 1)
        self._empty = first_prediction(self.context, self.line, self._stack)
        self._none = Label(self.theme, ink="muted", wrap=True, parent=self._stack)
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        for widget in (card, self._empty, self._none):
            self._stack.addWidget(widget)
        self.set_content(body)

    # What is shown

    @property
    def row(self) -> Row | None:
        """The chosen prediction."""
        return self.list.current

    @property
    def writable(self) -> bool:
        """Whether the log can be changed."""
        return self._doer.can_write

    def refresh(self) -> None:
        """Read the log again, in a worker."""
        session = self.context.session
        self._turn += 1
        turn = self._turn
        self.line.set_read_only(session is not None and session.read_only)
        if session is None:
            self._take(None)
            return

        def work(_ctx: JobContext) -> Listing:
            from surveyapp.services.prediction.listing import listing_of

            return listing_of(session)

        self.run_job(
            work, lambda found: self._take(found) if turn == self._turn else None, label=_("Reading the predictions")
        )

    def _take(self, listing: Listing | None) -> None:
        self.listing = listing
        self._going.clear()
        for tab in (TO_DO, RESOLVED, ALL):
            self.header.set_tab_count(tab, fmt_count(count_of(listing, tab)) if listing is not None else "")
        fact = ""
        if listing is not None and listing.n_by_others:
            words = ngettext(
                "%(n)s resolved this year by someone other than you",
                "%(n)s resolved this year by someone other than you",
                listing.n_by_others,
            )
            fact = words % {"n": fmt_count(listing.n_by_others)}
        self.set_fact(fact)
        self._list_again()
        self.context.shell.refresh_counts()
        if self._waits_for_list and listing is not None:
            self._waits_for_list = False
            if self.isVisible() and not self.line.line and (self.waiting() or self.filters.only):
                self.focus_list()

    def _list_again(self) -> None:
        listing = self.listing
        if listing is None or not listing.rows:
            self.list.show_entries([], keep=0, writable=False)
            self._stack.setCurrentWidget(self._empty)
            return
        if self.filters.tag and self.filters.tag not in listing.tags():
            self.filters.set_tag("")
            return
        entries = entries_of(
            listing, self.tab or TO_DO, tag=self.filters.tag, words=self.filters.words, only=self.filters.only
        )
        self.list.show_entries(entries, keep=self._chosen, writable=self.writable)
        if not entries:
            self._none.setText(none_words(self.tab, filtered=self.filters.active))
        self._stack.setCurrentWidget(self._card if entries else self._none)

    def _on_chosen(self, number: int) -> None:
        self._chosen = number or self._chosen
        session = self.context.session
        self._story_turn += 1
        turn = self._story_turn
        if session is None or not number:
            self.side.show_story(None, writable=False)
            self._explain()
            return

        def work(_ctx: JobContext) -> Story:
            from surveyapp.services.prediction.story import story_of

            return story_of(session, number)

        def done(story: Story) -> None:
            if turn == self._story_turn:
                self.side.show_story(story, writable=self.writable)
                self._explain()
                self._begin_belief(story)

        self.run_job(work, done, failed=lambda _error: None)

    def _begin_belief(self, story: Story) -> None:
        wanted, share = self._believe or (0, None)
        if wanted == story.prediction.id and self.writable:
            self._believe = None
            self.context.shell.show_inspector(True)
            self.side.belief.begin(share)

    def _explain(self) -> None:
        """The one line of a narrow window."""
        row = self.row
        if row is None:
            self.explain(None)
            return
        words, decider = f"{row.belief or _('No credence yet')}.", decider_words(row.prediction)
        if decider:
            words = _("%(belief)s Who decides: %(who)s.") % {"belief": words, "who": decider}
        self.explain(Explanation(kind="", title=row.prediction.statement, strip=words))

    # What is done

    def _on_saved(self, number: int) -> None:
        self._chosen = number  # the list comes with the notice; the focus stays in the line for the next one

    def _on_settled(self, said: Any) -> None:
        row = self.row
        if row is not None:
            self._move_on(row)
            self.commands.settle(row.prediction, said, self._going_back(row))

    def _move_on(self, row: Row) -> None:
        """To the next one, at once: the next key is meant for it, also while this one is being stored."""
        self._going.add(row.prediction.id)
        following = self.list.rows.next_after(row.prediction.id, without=self._going)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not following or not self.list.choose(following):
            self.list.choose_row(-1)
        self._chosen = following

    def _going_back(self, row: Row) -> Callable[[], None]:
        """What follows where it was refused: the prediction is chosen again."""

        def back() -> None:
            self._going.discard(row.prediction.id)
            self._chosen = row.prediction.id
            self.list.choose(row.prediction.id)

        return back

    def _on_later(self, day: Any) -> None:
        row = self.row
        if row is not None:
            self._move_on(row)
            self.commands.put_off(row.prediction, day, self._going_back(row))

    def _on_recorded(self, new: Any) -> None:
        story = self.side.story
        if story is not None:
            self.commands.believe(story.prediction, new)
            self._leave_side()

    def _leave_side(self) -> None:
        """Back to the list; a pane that was opened for this closes again."""
        self.context.shell.show_inspector(False)
        self.focus_list()

    def edit(self) -> None:
        """Enter: the form with the chosen prediction."""
        row = self.row
        if row is not None and self.writable:
            self.panel.open_edit(row.prediction)

    def remove(self) -> None:
        """Del."""
        row = self.row
        if row is not None:
            self._move_on(row)
            self.commands.remove(row.prediction, self._going_back(row))

    def open_form(self) -> None:
        """Shift+Enter in the line: the form with what is typed."""
        self.panel.open_form(self.line.written())

    @property
    def panel(self) -> CapturePanel:
        """The form above the page."""
        if self._panel is None:
            self._panel = CapturePanel(self.context, self.window())
            self._panel.saved.connect(self._on_panel_saved)
        return self._panel

    def _on_panel_saved(self, number: int) -> None:
        self._chosen = number
        self.line.clear()

    def change_credence(self) -> None:
        """E: into the entry of the inspector."""
        if self.row is not None:
            self.context.shell.show_inspector(True)
            self.side.belief.focus()

    def note_other(self) -> None:
        """S: what somebody else believes of it."""
        if self.row is not None:
            self.context.shell.show_inspector(True)
            self.side.belief.focus_other()

    def pick_tag(self) -> None:
        """#: only the predictions with a tag."""
        self.filters.pick_tag(self.line)

    def focus_list(self) -> None:
        """The keys of the page work here; the line if nothing is listed."""
        if self.list.current is None:
            self.line.focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Import

    def ask_import(self) -> None:
        """Choose a file of predictions to look at before anything is stored."""
        name, _kind = QFileDialog.getOpenFileName(self.window(), _("Import predictions"), str(self._folder))
        if name:
            self._folder = Path(name).parent
            self.open_import(Path(name))

    def open_import(self, path: Path) -> None:
        """The preview of a file of predictions: a page of its own."""
        self.context.shell.open_page(IMPORT_PAGE, path=path)

    # Hooks

    def on_shown(self) -> None:
        self.refresh()

    def on_opened(self, **arguments: Any) -> None:
        wanted = arguments.get("prediction")
        if isinstance(wanted, int):
            self._chosen = wanted
            if arguments.get("believe"):
                self._believe = (wanted, arguments.get("share"))
                self.filters.clear()
            self._list_again()
        ids = arguments.get("predictions")
        if isinstance(ids, tuple):
            self.filters.set_tag("", only=frozenset(ids), words=str(arguments.get("words", "")))
        if arguments.get("resolve"):
            self._waits_for_list = True

    def on_session_opened(self) -> None:
        self._chosen = 0
        self.listing = None
        self.filters.clear()
        self.header.set_tab(self.first_tab)
        self.sheet_button.hide()
        self.refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("log"):
            self.refresh()

    def on_tab_changed(self, tab_id: str) -> None:
        self.sheet_button.setVisible(tab_id == RESOLVED)
        self._list_again()

    def find_on_page(self) -> None:
        self.filters.find_words()

    def on_escape(self) -> None:
        if self.filters.active:
            self.filters.clear()
        else:
            self.focus_list()

    def capture_here(self) -> bool:
        self.line.focus()
        return True

    def focus_first(self) -> None:
        """What is due first, or what was asked for; where nothing is, the line."""
        if self.listing is None:
            self._waits_for_list = True
        if self.waiting() or self.filters.only:
            self.focus_list()
        else:
            self.line.focus()

    def place(self) -> tuple[str, dict[str, Any]]:
        return "", {"prediction": self.row.prediction.id} if self.row is not None else {}  # its words stay in the file

    def waiting(self) -> int:
        from surveyapp.services.prediction.listing import Section

        return len(self.listing.of(Section.DUE)) if self.listing is not None else 0
