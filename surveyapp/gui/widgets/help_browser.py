"""Markdown in the faces and colours of the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme, TypeRole

_HEADINGS: dict[int, TypeRole] = {1: "title", 2: "section", 3: "card"}
_LINE_PCT = 122.0


class HelpBrowser(QTextBrowser):
    """Shows one Markdown text; follows no link by itself and loads nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setObjectName("helpText")
        self.setAccessibleName(_("Help"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(18)
        theme.changed.connect(self._on_theme_changed)

    def show_text(self, text: str) -> None:
        """Show this from its beginning."""
        self._text = text
        document = self.document()
        document.setDefaultFont(self._theme.font("body"))
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setIndentWidth(self._theme.px(18))
        for block in _blocks(document):
            self._style_block(block)
        for table in _tables(document):
            self._style_table(table)
        document.setDocumentMargin(self._theme.px(18))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def show_section(self, title: str) -> bool:
        """Scroll to the heading of that name; whether there is one."""
        for block in _blocks(self.document()):
            if block.blockFormat().headingLevel() and block.text() == title:
                cursor = QTextCursor(block)
                self.moveCursor(QTextCursor.MoveOperation.End)
                self.setTextCursor(cursor)
                return True
        return False

    def find_next(self, words: str, *, again: bool = False) -> bool:
        """Select the first place with these words, with `again` the next, round the end; whether there is one."""
        cursor = self.textCursor()
        if not again:
            cursor.setPosition(cursor.selectionStart())
        found = self.document().find(words, cursor)
        if found.isNull():
            found = self.document().find(words, 0)
        if found.isNull():
            cursor.clearSelection()
            self.setTextCursor(cursor)
            return False
        self.setTextCursor(found)
        return True

    def _style_block(self, block: QTextBlock) -> None:
        theme = self._theme
        level = block.blockFormat().headingLevel()
        in_table = QTextCursor(block).currentTable() is not None
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_PCT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if level:
            shape.setTopMargin(theme.px(0 if level == 1 else 16))
            shape.setBottomMargin(theme.px(6))
        elif in_table:
            shape.setBottomMargin(0)
            shape.setTopMargin(0)
        else:
            shape.setTopMargin(0)
            shape.setBottomMargin(theme.px(4 if block.textList() is not None else 8))
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(shape)
        for start, length, given in _fragments(block):
            self._style_text(block, start, length, given, level)

    def _style_text(self, block: QTextBlock, start: int, length: int, given: QTextCharFormat, level: int) -> None:
        theme = self._theme
        look = QTextCharFormat(given)
        look.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # what Markdown makes headings larger by
        font = theme.font(_HEADINGS.get(level, "body")) if level else theme.font("body")
        if not level and given.fontWeight() > QFont.Weight.Normal:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(given.fontItalic())
        look.setForeground(QBrush(theme.color("text")))
        if given.fontFixedPitch():
            font.setWeight(QFont.Weight.Medium)
            look.setBackground(QBrush(theme.color("sunken")))
        look.setFont(font)
        look.setFontFixedPitch(False)
        if given.isAnchor():
            look.setForeground(QBrush(theme.color("accent")))
            look.setFontUnderline(True)
        cursor = QTextCursor(block.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(look)

    def _style_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorderCollapse(True)
        shape.setBorder(0)
        shape.setCellPadding(self._theme.px(5))
        shape.setCellSpacing(0)
        shape.setTopMargin(self._theme.px(2))
        shape.setBottomMargin(self._theme.px(10))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(shape)
        line = QBrush(self._theme.color("grid"))
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                look = cell.format().toTableCellFormat()
                look.setBottomBorder(1)
                look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setBottomBorderBrush(line)
                look.setLeftPadding(0 if column == 0 else self._theme.px(10))
                cell.setFormat(look)

    def _on_theme_changed(self) -> None:
        if self._text:
            place = self.verticalScrollBar().value()
            self.show_text(self._text)
            self.verticalScrollBar().setValue(place)

    # Qt overrides

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """(position, length, format), read before anything is changed: a change joins fragments."""
    listed = []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        listed.append((fragment.position(), fragment.length(), fragment.charFormat()))
        place += 1
    return listed


def _tables(document: QTextDocument) -> list[QTextTable]:
    frames = document.rootFrame().childFrames()
    return [frame for frame in frames if isinstance(frame, QTextTable)]
