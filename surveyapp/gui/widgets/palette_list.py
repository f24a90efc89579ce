"""The lines of the command palette: a small model and the delegate that paints captions and matches."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.palette_source import PaletteEntry
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box, draw_key_cap

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Caption:
    """The name of a group."""

    text: str


class PaletteModel(QAbstractListModel):
    """Captions, which cannot be chosen, and entries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Caption | PaletteEntry] = []

    def show_entries(self, entries: Sequence[PaletteEntry]) -> None:
        """Replace the lines."""
        self.beginResetModel()
        self._lines = []
        group = None
        for entry in entries:
            if entry.group != group:
                self._lines.append(Caption(entry.group))
                group = entry.group
            self._lines.append(entry)
        self.endResetModel()

    def line(self, row: int) -> Caption | PaletteEntry | None:
        """What stands in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row())
        if isinstance(line, PaletteEntry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if role == ENTRY:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.text if isinstance(line, Caption) else line.title if line is not None else None
        return None


def bold_html(title: str, matched: tuple[int, ...], *, whole: bool = False) -> str:
    """The title with its matched letters bold; `whole` makes all of it bold."""
    if whole:
        return f"<b style='font-weight:600'>{html.escape(title)}</b>"
    wanted, parts, inside = set(matched), [], False
    for position, letter in enumerate(title):
        if (position in wanted) != inside:
            parts.append("</b>" if inside else "<b style='font-weight:600'>")
            inside = not inside
        parts.append(html.escape(letter))
    return "".join(parts) + ("</b>" if inside else "")


class PaletteDelegate(QStyledItemDelegate):
    """Rows 38 high, captions 34; the current row on selection."""

    def __init__(self, theme: Theme, parent: QWidget, *, row_height: int = 38, show_enter: bool = True) -> None:
        super().__init__(parent)
        self._theme, self._row_height, self._show_enter = theme, row_height, show_enter

    def _draw_entry(self, painter: QPainter, box: QRectF, entry: PaletteEntry, *, current: bool) -> None:
        theme = self._theme
        if current:
            draw_box(
                painter, box.adjusted(0, 0.5, 0, -0.5), fill=theme.color("selection"), edge=None, radius=theme.px(6)
            )
        middle, right = box.center().y(), box.right() - theme.px(12)
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        if entry.icon:
            mark = theme.pixmap(entry.icon, "accent" if current else "muted", ratio=ratio)
            painter.drawPixmap(QPointF(box.left() + theme.px(12), round(middle - theme.px(8))), mark)
        key = entry.key or (_("Enter") if current and self._show_enter else "")
        if key:
            right -= draw_key_cap(painter, QPointF(right, middle), theme, key) + theme.px(12)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2" if current else "muted"))
        left = box.left() + theme.px(40)
        detail = QRectF(left, box.top(), right - left, box.height())
        painter.drawText(detail, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.detail)
        if entry.detail:
            right -= painter.fontMetrics().horizontalAdvance(entry.detail) + theme.px(12)
        ink = theme.color("text" if entry.enabled else "muted")
        self._draw_title(painter, QRectF(left, box.top(), right - left, box.height()), entry, ink)

    def _draw_title(self, painter: QPainter, box: QRectF, entry: PaletteEntry, ink: QColor) -> None:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.font("body"))
        document.setHtml(bold_html(entry.title, entry.matched))
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(context.palette)
        palette.setColor(QPalette.ColorRole.Text, ink)
        context.palette = palette
        painter.save()
        painter.setClipRect(box)
        painter.translate(box.left(), box.center().y() - document.size().height() / 2)
        document.documentLayout().draw(painter, context)
        painter.restore()

    # Qt overrides

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        caption = isinstance(index.data(ENTRY), Caption)
        return QSize(100, self._theme.px(32 if caption else self._row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(ENTRY)
        box = QRectF(option.rect)
        painter.save()
        if isinstance(line, Caption):
            painter.setFont(self._theme.font("small", 500))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(box.adjusted(self._theme.px(12), 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, line.text)
        elif isinstance(line, PaletteEntry):
            state: QStyle.StateFlag = option.state
            self._draw_entry(painter, box, line, current=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()
