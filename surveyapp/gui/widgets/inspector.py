"""The inspector: the explanation of the selected number in four blocks, and its one-line form."""

from __future__ import annotations

import html
import re
import unicodedata

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.figures.figure import Figure
from surveyapp.gui.actions import ActionRegistry, key_text
from surveyapp.gui.explanation import Explanation, ValueBar
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.figure_painter import paint
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.gui.widgets.row_button import RowButton

_PAD = 18
_SAID = 40
"""So many equal letters say that the words begin with the subtitle."""
_STRIP_LINES = 2
_WIDEST_VALUE = 176
"""A fact whose value is wider stands on two lines: the pane has 276 between its margins."""


def rich_words(text: str) -> str:
    """`**bold**` as rich text; everything else is escaped."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b style='font-weight:600'>\1</b>", html.escape(text))


class Bar(QWidget):
    """The bar under the big number: value, interval bracket, comparison mark."""

    def __init__(self, theme: Theme, bar: ValueBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._bar = theme, bar
        self.setAccessibleName(" ".join(filter(None, (bar.start_words, bar.other_words, bar.end_words))))

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(100, self._theme.px(48))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, bar = self._theme, self._bar
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.width() / bar.end if bar.end > 0 else 0.0
        top, height = theme.px(6), theme.px(10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), 3, 3)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(0, top, max(2.0, min(bar.value, bar.end) * scale), height), 3, 3)
        if bar.low is not None and bar.high is not None:
            y = top + height + theme.px(5) + 0.5
            painter.setPen(QPen(theme.color("text"), 1.6))
            left, right = bar.low * scale, min(bar.high, bar.end) * scale
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            for x in (left, right):
                painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        if bar.other is not None:
            x = bar.other * scale
            painter.fillRect(QRectF(x - 1, top - theme.px(6), 2, height + theme.px(12)), theme.color("chart-2"))
        self._draw_words(painter, scale)

    def _draw_words(self, painter: QPainter, scale: float) -> None:
        theme, bar = self._theme, self._bar
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("muted"))
        metrics = painter.fontMetrics()
        line = QRectF(0, self.height() - theme.px(18), self.width(), theme.px(16))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, bar.start_words)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, bar.end_words)
        if bar.other is not None and bar.other_words:
            width = metrics.horizontalAdvance(bar.other_words)
            first = metrics.horizontalAdvance(bar.start_words) + theme.px(8)
            last = self.width() - metrics.horizontalAdvance(bar.end_words) - theme.px(8) - width
            x = max(first, min(last, bar.other * scale - theme.px(6)))
            painter.drawText(QRectF(x, line.y(), width + 2, line.height()), Qt.AlignmentFlag.AlignLeft, bar.other_words)


class Picture(QWidget):
    """A small figure to look at: as wide as there is room, at most as large as it was made."""

    def __init__(self, theme: Theme, figure: Figure, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._figure = theme, figure
        self.setObjectName("inspectorFigure")
        self.setAccessibleName(figure.title)
        self.setAccessibleDescription(figure.description)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _scale(self, width: int) -> float:
        return min(width / self._figure.width, self._theme.text_size / 100)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(round(self._figure.width), round(self._figure.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 20)

    def heightForWidth(self, width: int) -> int:
        return round(self._figure.height * self._scale(width)) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint(QPainter(self), self._figure, self._theme.tokens, self._scale(self.width()))


class Inspector(QScrollArea):
    """Shows an Explanation, or any widget a page puts there instead."""

    def __init__(self, theme: Theme, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._actions = theme, actions
        self.setObjectName("inspector")
        self.setAccessibleName(_("Inspector"))
        self.setProperty("paper", "surface")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._custom: QWidget | None = None
        self.show_explanation(None)

    def show_widget(self, widget: QWidget) -> None:
        """Show a page's own widget; it stays the page's."""
        if self._custom is widget:
            return
        self._release()
        self._custom = widget
        self.setWidget(widget)
        widget.show()

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Show the blocks, or the empty sentence."""
        self._release()
        page = QWidget(self)
        page.setProperty("paper", "surface")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if explanation is None:
            words = Label(self._theme, _("Select a number to see how it was counted."), ink="muted", wrap=True)
            words.setContentsMargins(_PAD, 18, _PAD, 0)
            column.addWidget(words)
        else:
            self._fill(column, explanation)
        column.addStretch(1)
        self._retire(self.takeWidget())
        self.setWidget(page)

    def _release(self) -> None:
        if self._custom is not None:
            widget, self._custom = self._custom, None
            self.takeWidget()
            widget.hide()
            widget.setParent(self)  # without a parent it would be a window of its own and outlive this one

    def _retire(self, old: QWidget | None) -> None:
        """Not deleted at once: what has the focus in it may be losing it to the widget that is explained."""
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()

    def _fill(self, column: QVBoxLayout, explanation: Explanation) -> None:
        theme = self._theme
        head = self._block(column, first=True)
        head.addWidget(Label(theme, explanation.kind, role="small", ink="text-2"))
        head.addSpacing(3)
        title = Label(theme, explanation.title, role="section", wrap=True)
        title.setObjectName("inspectorTitle")
        head.addWidget(title)
        if explanation.subtitle:
            head.addWidget(Label(theme, explanation.subtitle, ink="text-2", wrap=True))
        if explanation.figure is not None:
            self._block(column).addWidget(Picture(self._theme, explanation.figure, self))
        if explanation.value:
            self._fill_value(self._block(column), explanation)
        if explanation.facts:
            block = self._block(column)
            for label, value in explanation.facts:
                block.addLayout(self._fact(label, value))
        if explanation.words or explanation.caution:
            block = self._block(column)
            block.addWidget(Label(theme, _("In words"), role="small", ink="text-2"))
            block.addSpacing(6)
            words = f"<div style='line-height:110%'>{rich_words(explanation.words)}</div>"
            block.addWidget(Label(theme, words, wrap=True, rich=True))
            if explanation.caution:
                block.addSpacing(8)
                block.addWidget(Label(theme, explanation.caution, role="small", ink="muted", wrap=True))
        if explanation.actions:
            block = self._block(column)
            block.addWidget(Label(theme, _("From here"), role="small", ink="text-2"))
            block.addSpacing(4)
            for action_id in explanation.actions:
                block.addWidget(self._action_row(action_id))

    def _block(self, column: QVBoxLayout, *, first: bool = False) -> QVBoxLayout:
        if not first:
            column.addWidget(Rule(tone="grid"))
        block = QVBoxLayout()
        block.setContentsMargins(_PAD, 16, _PAD, 14)
        block.setSpacing(0)
        column.addLayout(block)
        return block

    def _fill_value(self, block: QVBoxLayout, explanation: Explanation) -> None:
        row = QHBoxLayout()
        row.setSpacing(11)
        value = Label(self._theme, explanation.value, role="figure")
        value.setObjectName("inspectorValue")
        row.addWidget(value)
        of = Label(self._theme, explanation.of, ink="text-2", wrap=True)
        of.setContentsMargins(0, 0, 0, 4)
        row.addWidget(of, 1, Qt.AlignmentFlag.AlignBottom)
        block.addLayout(row)
        if explanation.bar is not None:
            block.addWidget(Bar(self._theme, explanation.bar, self))

    def _fact(self, label: str, value: str) -> QBoxLayout:
        """Side by side; a value that is words stands below its label and wraps, so that nothing is cut."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 3)
        if not value:  # names what the facts below it are about
            row.setContentsMargins(0, 8, 0, 3)
            row.addWidget(Label(self._theme, label, weight=600, wrap=True), 1)
            return row
        number = Label(self._theme, value, weight=500)
        if number.fontMetrics().horizontalAdvance(value) > self._theme.px(_WIDEST_VALUE):
            below = QVBoxLayout()
            below.setContentsMargins(0, 2, 0, 3)
            below.setSpacing(1)
            below.addWidget(Label(self._theme, label, ink="muted", wrap=True))
            number.setWordWrap(True)
            below.addWidget(number)
            return below
        row.addWidget(Label(self._theme, label, ink="muted", wrap=True), 1)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(number)
        return row

    def _action_row(self, action_id: str) -> QWidget:
        spec = self._actions.spec(action_id)
        row = RowButton(self._theme, spec.title(), icon=spec.icon, key=key_text(spec.shortcut) or spec.key, parent=self)
        row.setObjectName(f"fromHere.{action_id}")
        row.setEnabled(self._actions.is_enabled(action_id))
        row.clicked.connect(lambda: self._actions.trigger(action_id))
        return row


class ExplanationStrip(QWidget):
    """One line above the foot in narrow windows; `explain_wanted` opens the inspector."""

    explain_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("explanationStrip")
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule(parent=self))
        row = QHBoxLayout()
        row.setContentsMargins(24, 9, 24, 9)
        row.setSpacing(18)
        self._value = Label(theme, role="title", parent=self)
        self._words = Label(theme, wrap=True, rich=True, ink="text-2", parent=self)
        self._words.setMinimumWidth(100)
        button = Button(theme, _("Explain"), key=key_text("Ctrl+I"), small=True, parent=self)
        button.setObjectName("explain")
        button.clicked.connect(self.explain_wanted)
        row.addWidget(self._value)
        row.addWidget(self._words, 1)
        row.addWidget(button)
        column.addLayout(row)
        self.hide()

    def show_explanation(self, explanation: Explanation) -> None:
        """The value, its name, and the first words."""
        self._value.setText(explanation.value)
        self._value.setVisible(bool(explanation.value))
        name = _strip_name(explanation)
        if explanation.strip:
            words = name + explanation.strip
        else:  # "40 %" stands before it: "of 856 people were right"
            words = f"{explanation.of}. {name}{explanation.words}" if explanation.of else name + explanation.words
        self._words.setText(rich_words(words))
        self._words.setMaximumHeight(self._words.fontMetrics().lineSpacing() * _STRIP_LINES)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words.setToolTip(rich_words(words))


def _strip_name(explanation: Explanation) -> str:
    """Title and subtitle in bold; of a short name and the question that begins with it, the question alone."""
    title, subtitle = explanation.title, explanation.subtitle
    if subtitle and (explanation.strip or explanation.words).startswith(subtitle[:_SAID]):  # it follows anyway
        subtitle = ""
    both = subtitle if subtitle.startswith(title) else ", ".join(filter(None, (title, subtitle)))
    return f"**{_apart(both)}{'' if both.endswith(('?', '.', '…')) else '.'}** "


def _apart(name: str) -> str:
    """A name with letters that run from the right, between marks of the window's direction: it would turn round the
    sentence it begins."""
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name):
        return name
    mark = "\u200f" if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft else "\u200e"
    return f"{mark}{name}{mark}"
