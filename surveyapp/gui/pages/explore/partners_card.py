"""What else goes with a question: a card with its strongest partners, filled once the first result stands there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.build import figure_for
from surveyapp.figures.effect import SYMBOLS, extent
from surveyapp.figures.screen import pair_estimate, pair_words
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.pages.correlations.explain import explain_pair
from surveyapp.gui.pages.correlations.pair_spec import OpenedPair
from surveyapp.gui.pages.correlations.screen_job import text_of
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.result_actions import Chosen
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.themed_figure import ThemedFigure
from surveyapp.services.jobs import Job, JobContext
from surveyapp.services.partner import Partner, Partners

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage

_PICTURE = 640.0
_DOTS = 560
"""In a narrower card (design pixels) the dots give way to the words."""

_DOT = ""
"""The head of the column of dots."""

_REST_S = 0.25
"""The screen begins once the first result has stood there for so long: who walks on does not wait for it."""


class _PartnerTable(FrameTable):
    """`entered` tells that the focus came."""

    entered = Signal()

    # Qt overrides

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class PartnersCard(Card):
    """`show_for` asks, `cancel` stops; `explained` carries what the inspector says of the row under the cursor."""

    explained = Signal(object)

    def __init__(self, page: BasePage, parent: QWidget) -> None:
        theme: Theme = page.theme
        super().__init__(theme, _("What else goes with it"), note=" ", edge_to_edge=True, parent=parent)
        self.setObjectName("partnersCard")
        self._page = page
        self._wanted: tuple[Base, tuple[str, ...], tuple[str, ...]] | None = None
        self._keys: tuple[str, ...] = ()
        """The questions that were asked about last."""
        self._shown: Partners | None = None
        self._job: Job[Partners] | None = None
        self.words = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self.words.setObjectName("partnersWords")
        self.words.setContentsMargins(18, 0, 18, 12)
        self.table = _PartnerTable(theme, name=_("What else goes with it"), parent=self)
        self.table.setObjectName("partnersTable")
        self.table.horizontalHeader().hide()
        self._picture = ThemedFigure(theme, self)  # never shown: what is copied and exported as a picture
        self._picture.hide()
        self._narrow = False
        self._late = False
        """It was asked while nobody could see it."""
        self.add(self.words)
        self.add(self.table)
        self.table.row_activated.connect(self._open)
        self.table.row_chosen.connect(lambda _row: self._explain())
        self.table.entered.connect(self._on_table_entered)
        theme.changed.connect(self._fit)
        self.hide()

    # What the tab calls

    def show_for(self, base: Base | None, keys: Sequence[str], title: str, *, without: Sequence[str] = ()) -> None:
        """Fill the card for these questions; with none of them it is hidden. The same is not asked twice."""
        if not keys or base is None:
            self.forget()
            return
        wanted = (base, tuple(keys), tuple(without))
        words = _("What else goes with “%(question)s”") % {"question": title}
        self.title.setText(words)
        self.setAccessibleName(words)
        self.table.setAccessibleName(words)
        self.show()
        if wanted == self._wanted:
            return
        self.cancel()
        if self._keys != wanted[1]:
            self._fill(None)
        self._wanted, self._keys = wanted, wanted[1]
        self.note.setText(_("comparing with every other question"))
        self._compute()

    def cancel(self) -> None:
        """Stop what is computed: something else is asked first."""
        if self._job is not None or self._late:
            self._wanted = None  # what stands there is of before
        self._late = False
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def forget(self) -> None:
        """Nothing is asked any more."""
        self.cancel()
        self._wanted, self._keys = None, ()
        self._fill(None)
        self.hide()

    def enter(self) -> bool:
        """Put the focus on the strongest partner; False where there is none."""
        if not self.table.isVisible():
            return False
        self.table.setFocus()
        return True

    @property
    def in_use(self) -> bool:
        """Whether the cursor is in the list."""
        return self.table.hasFocus() and self.current is not None

    @property
    def current(self) -> Partner | None:
        """The partner under the cursor."""
        found = self._shown.found if self._shown is not None else ()
        row = self.table.current_row
        return found[row] if 0 <= row < len(found) else None

    def chosen(self) -> Chosen | None:
        """The whole list of what goes with the question: what pin, copy and export take here."""
        shown, partner = self._shown, self.current
        if shown is None or shown.result is None:
            return None
        result = shown.result
        return Chosen(
            spec=shown.spec,
            title=result.question,
            result=result,
            sentence=pair_words(result, partner.pair) if partner is not None else result.sentence,
            picture=self._picture.to_image,
            table_text=lambda: text_of(result),
        )

    # Inside

    def _compute(self) -> None:
        session, wanted = self._page.context.session, self._wanted
        if session is None or wanted is None:
            return
        if not self.isVisible():
            self._late = True
            return
        base, keys, without = wanted

        def work(ctx: JobContext) -> Partners:
            from surveyapp.services.partner import partners_of

            ctx.wait(_REST_S)
            return partners_of(session, base, keys, without=without, check=ctx.check)

        def done(found: Partners) -> None:
            if self._wanted == wanted:
                self._job = None
                self._fill(found)

        def failed(error: UserError) -> None:
            if self._wanted == wanted:
                self._job = None
                self._fill(None, words=error.title)

        def cancelled() -> None:
            if self._wanted == wanted:  # by the person, not for something else
                self._job = None
                self._fill(None, words=_("Cancelled: nothing was compared."))

        label = _("Comparing all pairs of questions")
        self._job = self._page.run_job(work, done, failed=failed, cancelled=cancelled, label=label)

    def _fill(self, shown: Partners | None, *, words: str = "") -> None:
        self._shown = shown
        found = shown.found if shown is not None else ()
        result = shown.result if shown is not None else None
        self.note.setText(shown.note if shown is not None else "")
        said = shown.reason if shown is not None else words
        self.words.setText(said)
        self.words.setVisible(bool(said))
        self._picture.set_builder(
            (lambda width: figure_for(result, width=max(width, _PICTURE))) if result is not None else None
        )
        lost = self.table.hasFocus() and not found
        columns = _columns(found, result.level if result is not None else 0.95)
        self.table.set_frame([each for each in columns if each.title != _DOT or not self._narrow], len(found))
        if not self.table.hasFocus():
            self.table.setCurrentIndex(QModelIndex())  # nobody has chosen one
        self.table.setVisible(bool(found))
        self._fit()
        if lost:
            self._page.focus_first()

    def _fit(self) -> None:
        self.table.setFixedHeight(self._theme.px(30) * self.table.frame.rowCount() + 4)

    def _on_table_entered(self) -> None:
        if self.table.current_row < 0:
            self.table.choose(0)
        self._explain()

    def _explain(self) -> None:
        partner, shown = self.current, self._shown
        if partner is None or shown is None or shown.result is None or not self.table.hasFocus():
            return
        here = self._page.spec.id
        actions = (f"{here}.pin", f"{here}.copy_sentence", f"{here}.export")
        opened = OpenedPair(
            first=partner.first,
            second=partner.second,
            titles=partner.titles,
            place=_("Partner %(n)s of %(all)s")
            % {"n": fmt_count(shown.found.index(partner) + 1), "all": fmt_count(shown.result.n_tested)},
        )
        words: Explanation = explain_pair(shown.result, partner.pair, opened, None, actions)
        self.explained.emit(words)

    def _open(self, row: int) -> None:
        """Enter: the two by themselves, computed exactly."""
        shown = self._shown
        if shown is None or not 0 <= row < len(shown.found):
            return
        partner = shown.found[row]
        titles = {"first_title": partner.titles[0], "second_title": partner.titles[1]}
        shell = self._page.context.shell
        shell.open_page("correlations", "screen", first=partner.first, second=partner.second, **titles)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() * 100 // self._theme.text_size < _DOTS
        if narrow != self._narrow:
            self._narrow = narrow
            if self._shown is not None:
                self._fill(self._shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._late:
            self._late = False
            self._compute()


def _columns(found: Sequence[Partner], level: float) -> list[Column]:
    low, high = extent([pair_estimate(one.pair) for one in found])

    def name(row: int) -> Cell:
        partner = found[row]
        return Cell(text=partner.titles[1], icon=question_icon(partner.question), tip=partner.titles[1])

    def dot(row: int) -> Cell:
        pair = found[row].pair

        def place(value: float) -> float:
            return (min(max(value, low), high) - low) / (high - low)

        ends = (pair.low if pair.low is not None else pair.effect, pair.high if pair.high is not None else pair.effect)
        return Cell(interval=(place(ends[0]), place(pair.effect), place(ends[1])), zero=place(0.0))

    def effect(row: int) -> Cell:
        pair = found[row].pair
        return Cell(text=fmt_number(pair.effect, 2), before=SYMBOLS[pair.measure], weight=600)

    def interval(row: int) -> Cell:
        pair = found[row].pair
        if pair.low is None or pair.high is None:
            return Cell(text="–", ink="muted")
        return Cell(text=fmt_interval(pair.low, pair.high, digits=2), ink="text-2")

    def people(row: int) -> Cell:
        return Cell(text=_("n %(n)s") % {"n": fmt_count(found[row].pair.n)}, ink="text-2")

    heads = _("%(level)s interval") % {"level": fmt_percent(level)}
    return [
        Column(title=_("Question"), cell=name, width=110, stretch=True),
        Column(title=_DOT, cell=dot, align="centre", width=150),
        Column(title=_("Effect"), cell=effect, align="right", width=84),
        Column(title=heads, cell=interval, align="right", width=116),
        Column(title="n", cell=people, align="right", width=84),
    ]
