"""Bands of a number: the question and the edges as one types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.derived import Derived, DerivedKind
from surveyapp.domain.errors import UserError
from surveyapp.gui.pages.derived.part import FormPart
from surveyapp.gui.pages.derived.well import QuestionWell
from surveyapp.gui.widgets.button import Button
from surveyapp.services.derived.text import edges_as_text, edges_of_text
from surveyapp.services.jobs import JobContext
from surveyapp.stats.derive.derive import band_labels

if TYPE_CHECKING:
    from surveyapp.gui.pages.derived.page import DerivedPage


class BandPart(FormPart):
    """A question that comes in without edges gets proposed ones; they can be typed over."""

    def __init__(self, page: DerivedPage, parent: QWidget) -> None:
        super().__init__(page, parent)
        self.caption(_("Number"))
        self.well = QuestionWell(page, DerivedKind.BANDED, name=_("Number"), parent=self)
        self.well.chosen.connect(self._on_well_chosen)
        self._column.addWidget(self.well)
        self.caption(_("A band begins at each of"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.edges = QLineEdit(self)
        self.edges.setObjectName("bandEdges")
        self.edges.setFont(self._theme.font())
        self.edges.setPlaceholderText("18, 25, 35")
        self.edges.setAccessibleName(_("Where bands begin"))
        self.edges.textEdited.connect(self._on_edges_edited)
        row.addWidget(self.edges, 1)
        self.propose = Button(self._theme, _("Propose"), small=True, parent=self)
        self.propose.setObjectName("proposeEdges")
        self.propose.clicked.connect(self._propose)
        row.addWidget(self.propose)
        self._column.addLayout(row)
        self.hint = self.caption("", hint=True)
        self._key = ""

    def show_recipe(self, recipe: Derived) -> None:
        self._recipe = recipe
        self._key = recipe.columns[0] if recipe.columns else ""
        self.well.show_question(self._key, DerivedKind.BANDED)
        if self._edges() != recipe.edges:
            self.edges.setText(edges_as_text(recipe.edges))
        self._show_hint()
        if self._key and not self.edges.text().strip():
            self._propose()

    def fields(self) -> dict[str, Any]:
        return {"columns": (self._key,) if self._key else (), "edges": self._edges()}

    def fault(self) -> UserError | None:
        if not self.edges.text().strip():
            return None
        try:
            edges_of_text(self.edges.text())
        except UserError as error:
            return error
        return None

    def focus_first(self) -> None:
        (self.edges if self._key else self.well).setFocus()

    def _edges(self) -> tuple[float, ...]:
        try:
            return edges_of_text(self.edges.text())
        except UserError:
            return ()

    def _show_hint(self) -> None:
        """The bands, or why these are no edges."""
        edges = self._edges()
        bands = " · ".join(band_labels(edges)) if edges else _("Numbers, the smaller first, apart by commas.")
        fault = self.fault()
        self.hint.setText(bands if fault is None else str(fault))

    def _on_edges_edited(self) -> None:
        self._show_hint()
        self.changed.emit()

    def _on_well_chosen(self, key: str) -> None:
        self._key = key
        self.well.show_question(key, DerivedKind.BANDED)
        self.changed.emit()
        if not self._edges():
            self._propose()
        self.edges.setFocus()

    def _propose(self) -> None:
        """Edges that leave about as many people in each band."""
        session, base, question = self._page.context.session, self._page.base, self.question(self._key)
        if session is None or base is None or question is None:
            return
        key = self._key

        def work(_ctx: JobContext) -> tuple[float, ...]:
            from surveyapp.services.derived.offer import proposed_edges

            return proposed_edges(session, base, question)

        def done(edges: tuple[float, ...]) -> None:
            if key == self._key and edges:
                self.edges.setText(edges_as_text(edges))
                self.edges.selectAll()
                self._on_edges_edited()

        self._page.run_latest("derived.edges", work, done, failed=lambda _error: None)
