"""Where the bands of numbers begin: a line for each number, with the bands it makes and how many people they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Base
from surveyapp.domain.errors import UserError
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.popup_card import PopupCard
from surveyapp.services.analysis.band_edge import Bands, read_bands, text_of_edges
from surveyapp.services.cross_choice import Choice
from surveyapp.services.jobs import JobContext
from surveyapp.services.session import Session

if TYPE_CHECKING:
    from surveyapp.gui.base_page import BasePage

_WIDTH = 400
_WAIT_MS = 150

Found = list[Bands | UserError]


class BandCard(PopupCard):
    """`chosen` carries the edges by the keys of the questions, and a sentence; () leaves them to the program. Enter
    uses what is written, Esc leaves everything as it was. It deletes itself when it is hidden."""

    chosen = Signal(dict, str)

    def __init__(self, page: BasePage, base: Base, numbers: Sequence[tuple[Choice, tuple[float, ...]]]) -> None:
        super().__init__("bandCard", _("Where bands begin"), page.window())
        self._page, self._base = page, base
        theme = page.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(Label(theme, _("Where bands begin"), role="card", parent=self))
        self.fields: list[QLineEdit] = []
        self._numbers = [choice for choice, _edges in numbers]
        self._previews: list[Label] = []
        for choice, edges in numbers:
            column.addWidget(Label(theme, choice.title, role="small", ink="text-2", wrap=True, parent=self))
            column.addWidget(self._field(choice, text_of_edges(edges)))
            preview = Label(theme, role="small", ink="muted", wrap=True, parent=self)
            self._previews.append(preview)
            column.addWidget(preview)
            column.addSpacing(4)
        hint = _("Write 20, 30, 40; or every 10; or 5 bands. Empty: four bands of about as many people each.")
        column.addWidget(Label(theme, hint, role="small", ink="muted", wrap=True, parent=self))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.addStretch(1)
        self.use = Button(theme, _("Use these bands"), kind="primary", key=_("Enter"), parent=self)
        self.use.setObjectName("useBands")
        self.use.clicked.connect(self._use)
        row.addWidget(self.use)
        column.addLayout(row)
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._preview)

    def _field(self, choice: Choice, text: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setObjectName(f"bandsOf.{choice.keys[0]}")
        field.setAccessibleName(_("Bands of %(question)s") % {"question": choice.title})
        field.setPlaceholderText("20, 30, 40")
        field.setFont(self._page.theme.font())
        field.textChanged.connect(lambda _text: self._wait.start())
        field.returnPressed.connect(self._use)
        self.fields.append(field)
        return field

    def open_below(self, anchor: QWidget) -> None:
        """Show under `anchor`, within the screen."""
        self.setFixedWidth(self._page.theme.px(_WIDTH))
        self.show_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        self.fields[0].setFocus()
        self.fields[0].selectAll()
        self._preview()

    def _preview(self) -> None:
        self._run(lambda _found: None)

    def _use(self) -> None:
        self._run(self._take)

    def _run(self, then: Callable[[Found], object]) -> None:
        self._wait.stop()
        session, texts = self._page.context.session, [field.text() for field in self.fields]
        if session is None:
            return

        def work(_ctx: JobContext) -> Found:
            return [_read(session, self._base, *line) for line in zip(self._numbers, texts, strict=True)]

        def done(found: Found) -> None:
            if isValid(self) and self.isVisible():
                self._show(found)
                then(found)

        self._page.run_latest("cross.bands", work, done)

    def _show(self, found: Found) -> None:
        for preview, bands in zip(self._previews, found, strict=True):
            wrong = isinstance(bands, UserError)
            preview.set_ink("negative" if wrong else "muted")
            preview.setText(str(bands) if isinstance(bands, UserError) else _told(bands))
        self.adjustSize()

    def _take(self, found: Found) -> None:
        edges: dict[str, tuple[float, ...]] = {}
        words: list[str] = []
        for choice, bands, field in zip(self._numbers, found, self.fields, strict=True):
            if isinstance(bands, UserError):
                field.setFocus()
                field.selectAll()
                return
            edges[choice.keys[0]] = bands.edges
            at = {"question": choice.title, "edges": text_of_edges(bands.edges_used)}
            words.append(_("%(question)s is cut at %(edges)s.") % at)
        self.chosen.emit(edges, " ".join(words))
        self.hide()

    # Qt overrides

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.deleteLater()


def _read(session: Session, base: Base, choice: Choice, text: str) -> Bands | UserError:
    """In a job: what one line makes, or what is wrong with it."""
    try:
        return read_bands(session, base, choice.question, text)
    except UserError as error:
        return error


def _told(bands: Bands) -> str:
    """ "Under 20: 121 · 20–29: 498 · 30 and over: 611 people"."""
    parts = [
        _("%(band)s: %(n)s") % {"band": label, "n": fmt_count(count)}
        for label, count in zip(bands.labels, bands.counts, strict=True)
    ]
    return _("%(bands)s people") % {"bands": " · ".join(parts)}
