"""The form of a derived question: how it is made, of what, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.gui.pages.derived.band_part import BandPart
from surveyapp.gui.pages.derived.condition_part import ConditionPart
from surveyapp.gui.pages.derived.group_part import GroupPart
from surveyapp.gui.pages.derived.item_part import ItemPart
from surveyapp.gui.pages.derived.number_part import NumberPart
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.pick_popup import PickPopup
from surveyapp.services.derived.offer import fits, proposed_name
from surveyapp.services.derived.text import kind_words

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage

_PARTS: dict[DerivedKind, type[FormPart]] = {
    DerivedKind.GROUPED: GroupPart,
    DerivedKind.BANDED: BandPart,
    DerivedKind.SCORE: ItemPart,
    DerivedKind.INDEX: ItemPart,
    DerivedKind.DIFFERENCE: NumberPart,
    DerivedKind.ANY_OF: ConditionPart,
    DerivedKind.LOG: NumberPart,
    DerivedKind.STANDARDISED: NumberPart,
}


class RecipeForm(Card):
    """`changed` is sent when a person changed something; `recipe` is then what the fields say. `other_wanted` asks for
    another derived question by its name, where there is no room for the list ("" for a new one)."""

    changed = Signal()
    other_wanted = Signal(object)

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page.theme, _("How it is made"), parent=parent)
        self._page = page
        self._recipe = Derived(name="", kind=DerivedKind.BANDED)
        self.setObjectName("recipeForm")
        self.body.setSpacing(6)
        theme = page.theme
        self.chooser = Button(theme, _("Other derived questions"), kind="field", parent=self)
        self.chooser.setObjectName("derivedChooser")
        self.chooser.clicked.connect(self.open_others)
        self.chooser.hide()
        self.add(self.chooser)
        self._others: Sequence[str] = ()
        self.kind = Button(theme, kind="field", parent=self)
        self.kind.setObjectName("derivedKind")
        self.kind.clicked.connect(self.open_kinds)
        self.add(self.kind)
        self.body.addSpacing(6)
        self._place = QVBoxLayout()
        self._parts: dict[type[FormPart], FormPart] = {}
        self.body.addLayout(self._place)
        self.body.addSpacing(6)
        self.add(Label(theme, _("Name"), role="small", ink="text-2", parent=self))
        self.name = self._line("derivedName", _("Name"))
        self.add(self.name)
        self.add(Label(theme, _("Note"), role="small", ink="text-2", parent=self))
        self.note_line = self._line("derivedNote", _("Note"))
        self.add(self.note_line)
        self.body.addStretch(1)
        self.popup: PickPopup | None = None

    def _line(self, object_name: str, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(object_name)
        line.setFont(self._page.theme.font())
        line.setAccessibleName(name)
        line.textEdited.connect(lambda _text: self._on_changed())
        return line

    @property
    def part(self) -> FormPart:
        """The fields of the kind in front."""
        wanted = _PARTS[self._recipe.kind]
        if wanted not in self._parts:
            part = self._parts[wanted] = wanted(self._page, self)
            part.changed.connect(self._on_changed)
            self._place.addWidget(part)
        return self._parts[wanted]

    @property
    def recipe(self) -> Derived:
        """What the fields say; without a name typed, under a proposed one."""
        return self._recipe

    @property
    def named(self) -> bool:
        """Whether a person typed the name."""
        return bool(self.name.text().strip())

    def show_recipe(self, recipe: Derived, *, named: bool) -> None:
        """Show a recipe, without a signal; `named` says that its name is more than a proposal."""
        self._recipe = recipe
        self.name.setText(recipe.name if named else "")
        self.note_line.setText(recipe.note)
        self._show_kind()

    def _show_kind(self) -> None:
        words = kind_words(self._recipe.kind)
        self.kind.setText(words)
        self.kind.setAccessibleName(_("How it is made: %(kind)s") % {"kind": words})
        self.kind.updateGeometry()
        part = self.part
        for other in self._parts.values():
            other.setVisible(other is part)
        part.show_recipe(self._recipe)
        self._propose_name()

    def set_others(self, names: Sequence[str]) -> None:
        """The derived questions there are."""
        self._others = names

    def open_others(self) -> None:
        """The list, where there is no room for it."""
        group = _("Derived")
        entries = [
            PaletteEntry(
                group=group,
                title=name or _("New question"),
                icon="sigma" if name else "plus",
                run=lambda chosen=name: self.other_wanted.emit(chosen),  # type: ignore[misc]
            )
            for name in (*self._others, "")
        ]
        words = _("Find a derived question")
        self.popup = PickPopup(self._page.theme, lambda _query: entries, placeholder=words, parent=self.window())
        self.popup.open_below(self.chooser)

    def open_kinds(self) -> None:
        """Choose how the question is made."""
        self.popup = PickPopup(
            self._page.theme, lambda _query: self._kinds(), placeholder=_("How is it made?"), parent=self.window()
        )
        self.popup.open_below(self.kind)

    def _kinds(self) -> list[PaletteEntry]:
        return [
            PaletteEntry(
                group=_("How it is made"),
                title=kind_words(kind),
                icon="sigma",
                run=lambda chosen=kind: self.set_kind(chosen),  # type: ignore[misc]
            )
            for kind in DerivedKind
        ]

    def set_kind(self, kind: DerivedKind) -> None:
        """Make it in another way, of the same questions where they fit."""
        codebook = self._page.codebook
        found = [(key, codebook.find(key)) for key in self._recipe.columns]
        kept = tuple(key for key, question in found if question is not None and fits(question, kind))
        limit = {DerivedKind.SCORE: None, DerivedKind.INDEX: None, DerivedKind.DIFFERENCE: 2}.get(kind, 1)
        turned = tuple(key for key in self._recipe.reversed_columns if key in kept)
        self._recipe = replace(self._recipe, kind=kind, columns=kept[:limit], reversed_columns=turned)
        self._show_kind()
        self._on_changed()
        self.part.focus_first()

    def _on_changed(self) -> None:
        typed = self.name.text().strip()
        self._recipe = replace(
            Derived(name=typed, kind=self._recipe.kind), **self.part.fields(), note=self.note_line.text().strip()
        )
        self._propose_name()
        if not typed:
            self._recipe = replace(self._recipe, name=self.name.placeholderText())
        self.changed.emit()

    def _propose_name(self) -> None:
        self.name.setPlaceholderText(proposed_name(self._page.codebook, replace(self._recipe, name="")))

    def focus_first(self) -> None:
        """The first field that wants something."""
        self.part.focus_first()
