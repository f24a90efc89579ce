"""A page whose numbers are about a base: one base for all such pages, kept in the workspace, undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people
from surveyapp.domain.errors import UserError
from surveyapp.gui.actions import ActionSpec
from surveyapp.gui.base_reading import Reading, read_current
from surveyapp.gui.base_weights import BaseWeights
from surveyapp.gui.context import AppContext
from surveyapp.gui.first_step import first_step
from surveyapp.gui.page import Page, PageSpec
from surveyapp.gui.widgets.base_bar import BaseBar
from surveyapp.gui.widgets.empty_state import EmptyState
from surveyapp.gui.widgets.message_panel import Choice, MessagePanel
from surveyapp.gui.widgets.toast import announce
from surveyapp.services.jobs import JobContext

if TYPE_CHECKING:
    from surveyapp.domain.analysis import Base, Condition
    from surveyapp.services.base_count import BaseCount
    from surveyapp.services.session import ChangeNotice, Session


class BasePage(Page):
    """Connects the base bar with the workspace. Subclasses fill `show_results` and may use what is here.

    The base is read again when the workspace, the base or a wave changes; a page that is hidden then waits until it
    is shown. `counted` holds the people of the base of now; it is None while there is no census.
    """

    base_tab = ""
    """The only tab whose answers have weights, so that their key is another's elsewhere; "" for the whole page."""

    def __init__(self, context: AppContext, spec: PageSpec) -> None:
        super().__init__(context, spec)
        self.counted: BaseCount | None = None
        self.bar: BaseBar = self.use_base_bar()
        self._stale = True
        self._people: tuple[int, int] | None = None
        self._message: QWidget | None = None
        self._wants_focus = False
        """The page was opened before it had anything to focus."""
        self.bar.wave_chosen.connect(self._on_bar_wave_chosen)
        self.bar.level_chosen.connect(self._on_bar_level_chosen)
        self.bar.filter_wanted.connect(self.open_filter)
        self.bar.filter_removed.connect(self.remove_filter)
        self.bar.filter_opened.connect(self._on_bar_filter_opened)
        self.add_action(
            ActionSpec(
                id=f"{spec.id}.filter",
                title=lambda: _("Add a filter"),
                shortcut="F",
                icon="funnel",
                page=spec.id,
                enabled=lambda: self.counted is not None and not self.off_base_words,
                why_not=lambda: self.off_base_words or _("There is no census yet."),
                foot=lambda: _("filter") if not self.off_base_words else "",
            ),
            self.open_filter,
        )
        self.add_action(
            ActionSpec(
                id=f"{spec.id}.saved_filters",
                title=lambda: _("Save filters, use saved ones"),
                shortcut="Shift+F",
                icon="bookmark",
                page=spec.id,
                enabled=lambda: self.base is not None and not self.off_base_words,
                why_not=lambda: self.off_base_words or _("There is no census yet."),
            ),
            self.open_saved_filters,
        )
        self.weights = BaseWeights(self)
        self.bar.hide()

    # For subclasses

    @property
    def unweighted_words(self) -> str:
        """Why weights change nothing here; "" on pages whose numbers are weighted."""
        return ""

    @property
    def off_base_words(self) -> str:
        """Why neither filters nor weights change anything here; "" where they do."""
        return ""

    def reader(self) -> Callable[[Session, float], Reading]:
        """What a job calls to read the base; it must not look at the page."""
        return read_current

    def base_here(self, _session: Session, base: Base) -> Base:
        """The base of this page made of the one in force; a change of it starts there."""
        return base

    def show_results(self) -> None:
        """The base, its people or the answers changed: compute and show again. `counted` is not None here."""
        raise NotImplementedError

    def empty_content(self) -> QWidget:
        """What teaches while there is no census."""
        title = _("No census yet. Drop a survey export here.")
        return first_step(self, title, _("Its questions then stand here, each with figure, base and interval."))

    def change_base(self, make: Callable[[Session, Base], Base]) -> None:
        """Use another base from now on, made from the one in force; the pages hear of it."""
        session, level, here = self.context.session, self.context.settings.value.level, self.base_here
        if session is None:
            return

        def work(_ctx: JobContext) -> None:
            from surveyapp.services.base_state import current_base, use_base

            base = current_base(session, level=level)
            if base is not None:
                use_base(session, make(session, here(session, base)))

        self.run_job(work, lambda _none: None, store=True)

    def add_filters(self, conditions: Sequence[Condition], *, number: int | None = None) -> None:
        """Add filters, or put them in the place of filter `number`."""

        def make(_session: Session, base: Base) -> Base:
            from surveyapp.services.filter.offer import with_conditions

            return with_conditions(base, conditions, number=number)

        self.change_base(make)

    def remove_filter(self, number: int) -> None:
        """Take a filter away."""

        def make(_session: Session, base: Base) -> Base:
            from surveyapp.services.filter.offer import without

            return without(base, number)

        self.change_base(make)

    def open_filter(self) -> None:
        """F: choose what to filter by."""
        from surveyapp.gui.filter_picker import FilterPicker

        if self.context.session is not None and self.counted is not None and not self.bar.isHidden():
            FilterPicker(self).open_at(self.bar.add_chip)

    def open_saved_filters(self) -> None:
        """Shift+F: filters kept under a name."""
        from surveyapp.gui.saved_filter_card import SavedFilterCard

        if self.base is not None:
            SavedFilterCard(self, self.base).open_below(self.bar.add_chip)

    # Reading the base

    def refresh(self) -> None:
        """Read base and people again, now or when the page is next shown."""
        self._stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._stale = False
        session, level = self.context.session, self.context.settings.value.level
        if session is None:
            self.show_reading(Reading(waves=(), base=None))
            return
        read = self.reader()
        self.run_latest("base", lambda _ctx: read(session, level), self.show_reading)

    def show_reading(self, reading: Reading) -> None:
        self.counted, self.base = reading.counted, reading.base
        self.bar.setHidden(reading.base is None)
        if reading.base is None:
            self._people = None
            self._put_message(self.empty_content())
            self.explain(None)
            return
        self.fill_bar(reading, reading.base)
        if reading.counted is None:
            self._show_fault(reading)
            return
        counted = reading.counted
        self.weights.show(counted, reading.weighting, reading.weight_fault)
        self._announce(counted)
        if counted.n == 0 and counted.steps:
            self._show_nobody(counted)
            return
        if reading.weight_fault is not None and not self.unweighted_words:
            self._put_message(self.weights.message(counted.base.weight, reading.weight_fault))
            self.explain(None)
            return
        self._message = None
        self.show_results()

    def fill_bar(self, reading: Reading, base: Base) -> None:
        """Say in the bar whom the numbers are about."""
        self.bar.set_waves(reading.waves, base.wave_id)
        self.bar.set_level(base.level)
        if reading.counted is None:
            self.bar.set_filters([(words, None) for words in reading.words])
            self.bar.clear_people()
            return
        counted, steps = reading.counted, reading.counted.steps
        self.bar.set_filters([(step.words, step.removed) for step in steps], tips=[step.in_full for step in steps])
        self.bar.set_people(counted.n, counted.total)

    def _announce(self, counted: BaseCount) -> None:
        people = (counted.n, counted.total)
        if self._people is not None and self._people[1] == counted.total and self._people != people:
            words = {"before": fmt_count(self._people[0]), "after": fmt_people(counted.n)}
            announce(self, _("%(before)s to %(after)s") % words)
        self._people = people

    def _show_nobody(self, counted: BaseCount) -> None:
        number = next((n for n in reversed(range(len(counted.steps))) if counted.steps[n].removed), None)
        words = ""
        if number is not None:
            step = counted.steps[number]
            words = ngettext(
                "“%(filter)s” removes the last %(n)s person.", "“%(filter)s” removes the last %(n)s.", step.removed
            ) % {"filter": step.words, "n": fmt_count(step.removed)}
        choice = (_("Remove it"), lambda: self.remove_filter(number if number is not None else 0))
        title = _("Nobody is left after these filters.")
        panel = MessagePanel(self.theme, title, what_to_do=words, choices=[choice], parent=self)
        self._put_message(panel)
        self.explain(None)

    def _show_fault(self, reading: Reading) -> None:
        """A filter that the codebook of now does not know."""
        fault = reading.fault or UserError(_("These filters cannot be counted."))
        base, faulty = reading.base, reading.filter_faults
        choices: list[Choice] = []
        if len(faulty) == 1:
            choices.append((_("Remove this filter"), lambda: self.remove_filter(faulty[0].number)))
        name = next((each.gone for each in faulty if each.gone), "")
        if name and self.context.session is not None and not self.context.session.read_only:
            choices.append((_("Bring “%(name)s” back") % {"name": name}, lambda: self._bring_back(name)))
        if len(faulty) != 1 or (base is not None and len(base.conditions) > 1):
            choices.append((_("Remove all filters"), lambda: self._clear(base) if base is not None else None))
        self._put_message(
            MessagePanel(self.theme, fault.title, what_to_do=fault.what_to_do, choices=choices, parent=self)
        )
        self.explain(None)

    def _bring_back(self, name: str) -> None:
        """Undo the removal of a saved filter."""
        session = self.context.session
        if session is None:
            return

        def work(_ctx: JobContext) -> bool:
            from surveyapp.services.filter.saved_filter import bring_back

            return bring_back(session, name)

        def done(back: bool) -> None:
            if not back:
                self.context.shell.toast(_("Its removal can no longer be undone. Remove the filter instead."))

        self.run_job(work, done, store=True)

    def _clear(self, base: Base) -> None:
        self.change_base(lambda _session, _base: replace(base, conditions=()))

    def _put_message(self, widget: QWidget) -> None:
        self._message = widget
        self.set_content(widget)
        self.set_fact("")  # what it told is of results that are not there
        if self._wants_focus and self.isVisible():
            self.focus_first()

    # Base bar

    def _on_bar_wave_chosen(self, wave_id: int) -> None:
        def make(session: Session, base: Base) -> Base:
            from surveyapp.services.base_state import choose_wave

            return choose_wave(session, base, wave_id)

        self.change_base(make)

    def _on_bar_level_chosen(self, level: float) -> None:
        self.change_base(lambda _session, base: replace(base, level=level))

    def _on_bar_filter_opened(self, number: int) -> None:
        from surveyapp.gui.filter_picker import FilterPicker

        if self.counted is not None and number < len(self.counted.base.conditions):
            FilterPicker(self, number=number).open_at(self.bar.filter_chip(number))

    # Page hooks

    def on_session_opened(self) -> None:
        self._people, self.counted = None, None
        for name in self._turns:
            self._turns[name] += 1  # what still comes is about the other workspace
        self.refresh()

    def on_session_changed(self, notice: ChangeNotice) -> None:
        if notice.touches("base", "wave", "filter", "derived", "weight"):
            self.refresh()

    def on_shown(self) -> None:
        if self._stale:
            self._read()

    def focus_first(self) -> None:
        if isinstance(self._message, MessagePanel):
            self._message.focus_first()
        elif isinstance(self._message, EmptyState) and self._message.button is not None:
            self._message.button.setFocus()
        else:
            self._wants_focus = not self.focus_content()

    def settle_focus(self) -> None:
        """Results stand there now: give them the focus if the page was opened before they did."""
        if self._wants_focus and self.isVisible():
            self._wants_focus = False
            self.focus_content()

    def focus_content(self) -> bool:
        """Put the focus where work begins; False while there are no results to work with."""
        raise NotImplementedError
