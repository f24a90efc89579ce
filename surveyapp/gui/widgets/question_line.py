"""What stands in a list of questions, and how it is painted: captions, and lines with icon, title and a mark."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from surveyapp.base.number import fmt_count
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_ring

LINE_ROLE = Qt.ItemDataRole.UserRole
"""Under it a model gives the Line or Caption of a row."""


class Mark(Enum):
    """What stands at the right end of a line."""

    NOTHING = auto()
    DONE = auto()
    """A check."""
    COUNT = auto()
    """How many things wait there: `mark_words` as a number in the accent colour."""
    BADGE = auto()
    """What asks for a look: `mark_words` in a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question, or `n` questions that are handled as one. `key` tells lines apart.

    `second` is a smaller line below the title. A `strong` title stands out wherever the cursor is. `spoken` is what is
    read aloud, `found_by` are the texts that a search looks into.
    """

    key: Hashable
    title: str
    icon: str
    spoken: str
    found_by: tuple[str, ...]
    second: str = ""
    mark: Mark = Mark.NOTHING
    mark_words: str = ""
    strong: bool = False
    tip: str = ""
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines under a caption; `counted` puts beside it how many questions are shown."""

    caption: str
    lines: tuple[Line, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as it is shown; `count` is "" where none stands beside it."""

    words: str
    count: str

    @classmethod
    def of(cls, group: Group, shown: list[Line]) -> Caption:
        """The caption of a group of which these lines are shown."""
        return cls(group.caption, fmt_count(sum(line.n for line in shown)) if group.counted else "")

    @property
    def spoken(self) -> str:
        """Words and count."""
        return f"{self.words} {self.count}".strip()


class QuestionDelegate(QStyledItemDelegate):
    """Paints both. `height` is that of a line with one row of words, in design pixels."""

    def __init__(self, theme: Theme, view: QListView, *, height: int) -> None:
        super().__init__(view)
        self._theme, self._view, self._height = theme, view, height

    def _draw_caption(self, painter: QPainter, box: QRectF, caption: Caption) -> None:
        theme = self._theme
        painter.setFont(theme.font("small", 500))
        painter.setPen(theme.color("text-2"))
        room = box.adjusted(theme.px(8), 0, -theme.px(10 if caption.count else 4), -theme.px(4))
        words = QRectF(room)
        if caption.count:
            words.setRight(room.right() - painter.fontMetrics().horizontalAdvance(caption.count) - theme.px(8))
        _draw_words(painter, words, caption.words, Qt.AlignmentFlag.AlignBottom)
        painter.setPen(theme.color("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, caption.count)

    def _draw_line(self, painter: QPainter, box: QRectF, line: Line, state: QStyle.StateFlag) -> None:
        theme = self._theme
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            draw_box(painter, box, fill=theme.color("selection"), edge=None, radius=theme.px(6))
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, fill=theme.color("sunken"), edge=None, radius=theme.px(6))
        if current and self._view.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(5))
        self._draw_icon(painter, QPointF(box.left() + theme.px(9), box.center().y()), line.icon, current=current)
        room = box.adjusted(theme.px(31), 0, -theme.px(8), 0)
        room.setRight(self._draw_mark(painter, room, line))
        if line.second:
            lower = QRectF(room.left(), box.center().y() - theme.px(1), room.width(), box.height() / 2 - theme.px(2))
            room = QRectF(room.left(), box.top() + theme.px(4), room.width(), box.height() / 2 - theme.px(2))
            painter.setFont(theme.font("micro"))
            painter.setPen(theme.color("text-2" if current else "muted"))
            _draw_words(painter, lower, line.second)
        painter.setFont(theme.font("body", 600 if current else 400))
        painter.setPen(theme.color("text" if current or line.strong else "text-2"))
        _draw_words(painter, room, line.title)

    def _draw_icon(self, painter: QPainter, left: QPointF, name: str, *, current: bool) -> None:
        ratio = painter.device().devicePixelRatioF()
        icon = self._theme.pixmap(name, "accent" if current else "muted", size=15, ratio=ratio)
        painter.drawPixmap(QPointF(left.x(), round(left.y() - self._theme.px(7.5))), icon)

    def _draw_mark(self, painter: QPainter, room: QRectF, line: Line) -> float:
        """Returns where the words must end."""
        theme = self._theme
        match line.mark:
            case Mark.NOTHING:
                return room.right()
            case Mark.DONE:
                check = theme.pixmap("check", "positive", size=14, ratio=painter.device().devicePixelRatioF())
                left = room.right() - theme.px(14)
                painter.drawPixmap(QPointF(left, round(room.center().y() - theme.px(7))), check)
            case Mark.COUNT:
                painter.setFont(theme.font("small", 600))
                painter.setPen(theme.color("accent"))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.mark_words)
                left = room.right() - painter.fontMetrics().horizontalAdvance(line.mark_words)
            case Mark.BADGE:
                left = self._draw_badge(painter, room, line.mark_words)
        return left - theme.px(8)

    def _draw_badge(self, painter: QPainter, room: QRectF, words: str) -> float:
        theme = self._theme
        painter.setFont(theme.font("micro", 500))
        width, height = painter.fontMetrics().horizontalAdvance(words) + theme.px(12), theme.px(19)
        badge = QRectF(room.right() - width, round(room.center().y() - height / 2), width, height)
        draw_box(painter, badge, fill=theme.color("warn-soft"), edge=None, radius=theme.px(4))
        painter.setPen(theme.color("warn"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
        return badge.left()

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = index.data(LINE_ROLE)
        if isinstance(line, Line):
            return QSize(60, self._theme.px(self._height + 14 if line.second else self._height))
        return QSize(60, self._theme.px(22 if index.row() == 0 else 34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line, box = index.data(LINE_ROLE), QRectF(option.rect)
        painter.save()
        if isinstance(line, Caption):
            self._draw_caption(painter, box, line)
        elif isinstance(line, Line):
            self._draw_line(painter, box.adjusted(0, 0.5, 0, -0.5), line, option.state)
        painter.restore()


def _draw_words(
    painter: QPainter, room: QRectF, words: str, up_or_down: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter
) -> None:
    """As much as there is room for."""
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
    painter.drawText(room, up_or_down | Qt.AlignmentFlag.AlignLeft, shown)
