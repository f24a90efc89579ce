"""Linking by typing: the question of the other wave that one is, or the answers that one was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.pick_popup import PickPopup

if TYPE_CHECKING:
    from surveyapp.gui.pages.waves.option_list import OptionLine
    from surveyapp.services.wave_match.row import MatchRow
    from surveyapp.services.wave_match.unit import Unit
    from surveyapp.services.wave_match.view import WaveMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one can choose from, and the question that stands in the field."""

    words: str
    entries: tuple[PaletteEntry, ...]


def offer_questions(match: WaveMatch, own: Unit, chosen: Callable[[Unit, Unit], object], *, later: bool) -> Offer:
    """The questions of the other wave, those without counterpart first. `later` says that `own` is of the later wave;
    `chosen` is called with the earlier and the later question."""
    there = match.waves[0 if later else 1].name
    free = match.only_earlier if later else match.only_later
    paired = [pair.earlier if later else pair.later for pair in match.pairs]
    groups = (
        (_("Only in %(wave)s") % {"wave": there}, free),
        (_("Matched with another question"), paired),
    )

    def entry(group: str, unit: Unit) -> PaletteEntry:
        both = (unit, own) if later else (own, unit)
        return PaletteEntry(group=group, title=unit.text, icon=question_icon(unit.question), run=lambda: chosen(*both))

    return Offer(
        words=_("Which question of %(wave)s is it?") % {"wave": there},
        entries=tuple(entry(group, unit) for group, units in groups for unit in units if unit.id != own.id),
    )


def offer_answers(
    row: MatchRow, line: OptionLine, names: tuple[str, str], toggled: Callable[[tuple[str, str]], object]
) -> Offer:
    """The answers of the other wave; those that are linked with the line's answer are ticked. `toggled` is called with
    the earlier and the later answer."""
    forth = bool(line.later)
    answer = line.later if forth else line.earlier[0]
    taken = line.earlier if forth else ()
    group = _("Answers of %(wave)s") % {"wave": names[0 if forth else 1]}

    def entry(label: str) -> PaletteEntry:
        pair = (label, answer) if forth else (answer, label)
        return PaletteEntry(group=group, title=label, icon="check" if label in taken else "", run=lambda: toggled(pair))

    words = _("What was “%(answer)s”?") if forth else _("What is “%(answer)s” now?")
    return Offer(
        words=words % {"answer": answer}, entries=tuple(entry(label) for label in row.sides[0 if forth else 1])
    )


class LinkPicker:
    """One popup for all offers of a tab, made when it is first needed."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        self._theme, self._owner = theme, owner
        self._entries: Sequence[PaletteEntry] = ()
        self.popup: PickPopup | None = None

    def prepare(self, offer: Offer) -> PickPopup:
        """The popup with that offer, to be opened where it belongs."""
        self._entries = offer.entries
        if self.popup is None:
            self.popup = PickPopup(
                self._theme, lambda _query: self._entries, placeholder=offer.words, parent=self._owner
            )
        self.popup.field.setPlaceholderText(offer.words)
        self.popup.field.setAccessibleName(offer.words)
        return self.popup
