"""One problem in the list: closed one sentence, open with examples and fixes, settled one line with Undo."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.row import row_words as words_of
from surveyapp.domain.wave import Fix, Problem, Severity
from surveyapp.gui.pages.data.example_table import ExampleTable
from surveyapp.gui.pages.data.example_words import (
    diff_captions,
    example_heads,
    is_reworded,
    title_of,
    two_wordings,
)
from surveyapp.gui.pages.data.fix_button import FixButton
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.gui.widgets.text_diff import TextDiff

_ICONS = {
    Severity.DECIDE: ("triangle-alert", "negative"),
    Severity.LOOK: ("circle-alert", "warn"),
    Severity.DONE: ("check", "muted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemItem:
    """A problem and how it stands. `settled` says what was done about it ("" = still open).

    `asked` is a question about the file as a whole, `told` only news without anything to decide. `note` is a sentence
    shown while it is open, and where what was done is `final`: then why there is no way back.
    """

    key: object
    problem: Problem
    settled: str = ""
    asked: bool = False
    told: bool = False
    final: bool = False
    note: str = ""


def fixes_of(problem: Problem) -> tuple[Fix, ...]:
    """What can be done; everything can be left as it is."""
    return problem.fixes or (Fix(action="keep", label=_("Leave as it is")),)


class ProblemRow(QFrame):
    """Emits what the person wants; the list decides which row is current."""

    pressed = Signal()
    fix_chosen = Signal(int)
    undo_wanted = Signal()

    def __init__(self, theme: Theme, item: ProblemItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.item = theme, item
        self.current = False
        self.setObjectName("problemRow")
        self.setAccessibleName(item.problem.title)
        self.setAccessibleDescription(item.settled or item.problem.detail)
        if not item.settled:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 16, 11)
        self._row.setSpacing(10)
        self._icon = QLabel(self)
        self._icon.setContentsMargins(0, 1, 0, 0)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._tint()
        theme.changed.connect(self._tint)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(1)
        self._row.addLayout(self._texts, 1)
        self._open_part: QWidget | None = None
        if item.settled:
            self._fill_settled()
        else:
            self._fill_open()

    def _tint(self) -> None:
        name, role = _icon(self.item)
        self._icon.setPixmap(self._theme.pixmap(name, role, size=15, ratio=self.devicePixelRatioF()))

    def _fill_settled(self) -> None:
        line = QHBoxLayout()
        words = Label(self._theme, self.item.settled, ink="text-2", wrap=True, parent=self)
        line.addWidget(words, 1)
        if self.item.final:
            self._texts.addLayout(line)
            note = Label(self._theme, self.item.note, role="small", ink="muted", wrap=True, parent=self)
            self._texts.addWidget(note)
            return
        undo = Button(self._theme, _("Undo"), kind="quiet", icon="undo-2", small=True, parent=self)
        undo.setAccessibleName(_("Undo: %(label)s") % {"label": self.item.settled})
        undo.setObjectName("undoFix")
        undo.clicked.connect(lambda: self.undo_wanted.emit())
        line.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
        self._texts.addLayout(line)
        lower = max(0, (undo.sizeHint().height() - words.fontMetrics().height()) // 2)
        words.setContentsMargins(0, lower, 0, 0)  # mark and first line stand at the height of the button's word
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._icon.setContentsMargins(0, 1 + lower, 0, 0)

    def _fill_open(self) -> None:
        problem = self.item.problem
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(self._theme, title_of(problem), weight=600, wrap=True, parent=self), 1)
        count = Label(self._theme, count_words(problem), role="small", ink="text-2", parent=self)
        head.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        self._texts.addLayout(head)
        if problem.detail:
            self._texts.addWidget(
                Label(self._theme, problem.detail, role="small", ink="text-2", wrap=True, parent=self)
            )
        if self._always_open:
            self._show_open_part(with_examples=False)

    @property
    def _always_open(self) -> bool:
        return self.item.problem.severity is Severity.DECIDE and not self.item.told

    def set_current(self, current: bool) -> None:
        """Open or close the row."""
        self.current = current
        if not self.item.settled:
            if current:
                self._show_open_part(with_examples=True)
            elif self._always_open:
                self._show_open_part(with_examples=False)
            else:
                self._drop_open_part()
        self.update()

    def focus_fix(self) -> bool:
        """Put the focus on the recommended fix, or on Undo; False if there is neither."""
        # Only the part that is shown: the one before it may not be deleted yet.
        target = (self._open_part or self).findChild(FixButton) or self.findChild(Button)
        if target is not None:
            target.setFocus()
        return target is not None

    def _drop_open_part(self) -> None:
        if self._open_part is not None:
            self._texts.removeWidget(self._open_part)
            self._open_part.hide()
            self._open_part.deleteLater()
            self._open_part = None

    def _show_open_part(self, *, with_examples: bool) -> None:
        self._drop_open_part()
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 7, 0, 1)
        column.setSpacing(8)
        if with_examples:
            self._fill_evidence(part, column)
        if not self.item.told:
            column.addWidget(self._fixes(part, with_examples=with_examples))
        self._open_part = part
        self._texts.addWidget(part)
        if self.isVisible():
            part.show()

    def _fill_evidence(self, part: QWidget, column: QVBoxLayout) -> None:
        theme, problem = self._theme, self.item.problem
        if is_reworded(problem):
            before, after = two_wordings(problem)
            column.addWidget(TextDiff(theme, before, after, captions=diff_captions(problem), parent=part))
        elif problem.examples:
            column.addWidget(ExampleTable(theme, problem.examples, part, heads=example_heads(problem)))
        elif problem.rows:
            column.addWidget(Label(theme, row_words(problem), role="small", ink="text-2", wrap=True, parent=part))
        if self.item.note:
            column.addWidget(Label(theme, self.item.note, role="small", ink="text-2", wrap=True, parent=part))

    def _fixes(self, part: QWidget, *, with_examples: bool) -> QWidget:
        theme, problem = self._theme, self.item.problem
        buttons = QWidget(part)
        flow = FlowLayout(buttons, spacing=6)
        for number, fix in enumerate(fixes_of(problem)):
            primary = with_examples and not number
            button = FixButton(theme, fix.label, number + 1, primary=primary, hint=fix.hint, parent=buttons)
            button.clicked.connect(lambda _checked=False, chosen=number: self.fix_chosen.emit(chosen))
            flow.addWidget(button)
        return buttons

    # Qt overrides

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        if self.current:
            painter.fillRect(self.rect(), theme.color("selection"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.color("grid"))
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()), theme, radius=theme.px(3))


def _icon(item: ProblemItem) -> tuple[str, str]:
    if item.settled:
        return "check", "positive"
    if item.told:
        return "info", "muted"
    return ("circle-help", "accent") if item.asked else _ICONS[item.problem.severity]


def count_words(problem: Problem) -> str:
    """ "153 of 2,276", "288"."""
    if not problem.count:
        return ""
    if problem.out_of:
        return _("%(n)s of %(total)s") % {"n": fmt_count(problem.count), "total": fmt_count(problem.out_of)}
    return fmt_count(problem.count)


def row_words(problem: Problem) -> str:
    """The first row numbers as the spreadsheet shows them."""
    rows = ", ".join(words_of(row) for row in problem.rows[:12])
    more = problem.count - len(problem.rows[:12])
    if more > 0:
        return _("Rows %(rows)s and %(n)s more") % {"rows": rows, "n": fmt_count(more)}
    return ngettext("Row %(rows)s", "Rows %(rows)s", len(problem.rows)) % {"rows": rows}
