"""Which forecasts are scored, as chips: rule, people, tags, time, bins, fold, what counts; and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.chip import Chip
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.prediction.scope_choice import ScopeChoices
from surveyapp.services.prediction.scope_text import rule_words, time_words, whose_words

_BINS = ((20, 5), (10, 10), (5, 20))
"""How many bins, and how many per cent each is wide."""

_LONG = 28


class LogScopeBar(QWidget):
    """`changed` carries the scope that was chosen."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._scope, self._choices = theme, Scope(), ScopeChoices()
        self.popup: PickPopup | None = None
        self.setObjectName("logScopeBar")
        self.setAccessibleName(_("Which forecasts are scored"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QWidget(self)
        self._flow = FlowLayout(row)
        column.addWidget(row)
        self.rule = self._menu_chip("ruleChip", self._rules, kind_active=True)
        self.people = self._pick_chip("peopleChip", self._open_people)
        self.tags = self._pick_chip("tagsChip", self._open_tags)
        self.time = self._menu_chip("timeChip", self._times)
        self.bins = self._menu_chip("binsChip", self._bin_choices)
        self.fold = self._menu_chip("foldChip", self._folds)
        self.counted = self._menu_chip("countedChip", self._counts)
        self.left_out = Label(theme, role="small", ink="muted", rich=True, parent=row)
        self.left_out.setObjectName("leftOut")
        self._flow.addWidget(self.left_out)
        self.hide()

    def show_scope(self, scope: Scope, choices: ScopeChoices, left_out: str) -> None:
        """Say what is chosen, hidden before; `left_out` is the sentence of what is scored and what is not."""
        self._scope, self._choices = scope, choices
        self._name(self.rule, rule_words(scope.rule))
        self._name(self.people, _("Me") if not scope.people else whose_words(scope))
        self._name(self.tags, ", ".join(scope.tags) or _("All tags"))
        self._name(self.time, time_words(scope.since, scope.until))
        width = next((width for n, width in _BINS if n == scope.n_bins), 100 // scope.n_bins)
        self._name(self.bins, _("Bins of %(n)s") % {"n": fmt_count(width)})
        self._name(self.fold, _("Folded at 50 %") if scope.fold else _("Not folded at 50 %"))
        self._name(self.counted, _counted_words(scope))
        self.people.setVisible(len(choices.people) > 1 or bool(scope.people))
        self.tags.setVisible(bool(choices.tags or scope.tags))
        first, space, rest = left_out.partition(" ")
        self.left_out.setText(f"<b>{first}</b>{space}{rest}")
        self.left_out.setAccessibleName(left_out)
        self.left_out.setToolTip(left_out)
        self.show()
        self.updateGeometry()

    def _name(self, chip: Chip, words: str) -> None:
        chip.setText(words if len(words) <= _LONG + 6 else f"{words[:_LONG]}…")
        chip.tip = words
        chip.setAccessibleName(words)
        chip.updateGeometry()
        chip.update()

    # Chips

    def _menu_chip(self, name: str, fill: Callable[[QMenu], None], *, kind_active: bool = False) -> Chip:
        chip = Chip(self._theme, "", kind="active" if kind_active else "menu", opens=True, parent=self)
        chip.setObjectName(name)
        menu = QMenu(chip)
        menu.setObjectName(f"{name}Menu")
        chip.setMenu(menu)

        def refill() -> None:
            menu.clear()
            fill(menu)

        menu.aboutToShow.connect(refill)
        self._flow.addWidget(chip)
        return chip

    def _pick_chip(self, name: str, open_popup: Callable[[], None]) -> Chip:
        chip = Chip(self._theme, "", kind="menu", parent=self)
        chip.setObjectName(name)
        chip.clicked.connect(open_popup)
        self._flow.addWidget(chip)
        return chip

    def _offer(self, menu: QMenu, words: str, scope: Scope) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(scope == self._scope)
        action.triggered.connect(lambda: self._choose(scope))

    def _choose(self, scope: Scope) -> None:
        if scope != self._scope:
            self.changed.emit(scope)

    def _rules(self, menu: QMenu) -> None:
        for rule in CountingRule:
            self._offer(menu, rule_words(rule), replace(self._scope, rule=rule))

    def _times(self, menu: QMenu) -> None:
        scope, today = self._scope, self._choices.today
        self._offer(menu, _("All time"), replace(scope, since=None, until=None))
        if today is not None:
            for days, words in ((365, _("Last 12 months")), (91, _("Last 3 months"))):
                self._offer(menu, words, replace(scope, since=today - timedelta(days=days), until=None))
        menu.addSeparator()
        for year in self._choices.years:
            self._offer(menu, str(year), replace(scope, since=date(year, 1, 1), until=date(year, 12, 31)))

    def _bin_choices(self, menu: QMenu) -> None:
        for n_bins, width in _BINS:
            words = _("Bins of %(n)s per cent") % {"n": fmt_count(width)}
            self._offer(menu, words, replace(self._scope, n_bins=n_bins))

    def _folds(self, menu: QMenu) -> None:
        self._offer(menu, _("Not folded at 50 %"), replace(self._scope, fold=False))
        self._offer(menu, _("Folded: 30 % stands as 70 % of the opposite"), replace(self._scope, fold=True))

    def _counts(self, menu: QMenu) -> None:
        scope = self._scope
        for words, chosen, other in (
            (
                _("Those settled by who forecast them"),
                scope.own_resolved,
                replace(scope, own_resolved=not scope.own_resolved),
            ),
            (_("Those one can bring about"), scope.influence, replace(scope, influence=not scope.influence)),
            (_("Those known before their deadline"), scope.early, replace(scope, early=not scope.early)),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(chosen)
            action.triggered.connect(lambda _checked=False, wanted=other: self._choose(wanted))

    # Popovers

    def _open_people(self) -> None:
        scope = self._scope

        def find(_query: str) -> Sequence[PaletteEntry]:
            names = [
                PaletteEntry(
                    group=_("People"),
                    title=name,
                    detail=fmt_count(n),
                    icon="check" if (name,) == scope.people else "",
                    run=partial(self._choose, replace(scope, people=(name,))),
                )
                for name, n in self._choices.people
            ]
            me = PaletteEntry(group="", title=_("Me"), run=lambda: self._choose(replace(scope, people=())))
            everybody = PaletteEntry(
                group="", title=_("Everybody"), run=lambda: self._choose(replace(scope, people=(EVERYBODY,)))
            )
            return [me, everybody, *names]

        self._open_popup(find, _("Whose forecasts?"), self.people)

    def _open_tags(self) -> None:
        scope = self._scope

        def toggled(tag: str) -> Scope:
            kept = tuple(one for one in scope.tags if one != tag)
            return replace(scope, tags=kept if tag in scope.tags else (*scope.tags, tag))

        def find(_query: str) -> Sequence[PaletteEntry]:
            tags = [
                PaletteEntry(
                    group=_("Tags"),
                    title=tag,
                    icon="check" if tag in scope.tags else "",
                    run=partial(self._choose, toggled(tag)),
                )
                for tag in self._choices.tags
            ]
            every = PaletteEntry(group="", title=_("All tags"), run=lambda: self._choose(replace(scope, tags=())))
            return [every, *tags]

        self._open_popup(find, _("Which tags?"), self.tags)

    def _open_popup(self, find: Callable[[str], Sequence[PaletteEntry]], words: str, chip: Chip) -> None:
        self.popup = PickPopup(self._theme, find, placeholder=words, parent=self.window())
        self.popup.open_below(chip)


def _counted_words(scope: Scope) -> str:
    """What is counted beside the usual."""
    parts = []
    if not scope.own_resolved:
        parts.append(_("no self-resolved"))
    if not scope.influence:
        parts.append(_("none one can bring about"))
    if scope.early:
        parts.append(_("early ones too"))
    return ", ".join(parts) or _("All that are resolved")
