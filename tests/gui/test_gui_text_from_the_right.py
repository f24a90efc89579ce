"""Texts that are read from the right keep their question mark on the left, wherever a table or row draws them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from surveyapp.base.i18n import isolate
from surveyapp.gui.models.frame_model import Cell
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets import label
from surveyapp.gui.widgets.cell_delegate import CellDelegate

ASKED = "מה גילך?"
"""How old are you?"""


def drawn(delegate: CellDelegate, cell: Cell) -> QImage:
    image = QImage(300, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    box = QRectF(0, 0, 300, 40)
    delegate._draw_texts(painter, box, box, cell, align="left", selected=False)
    painter.end()
    return image


@pytest.mark.parametrize("field", ["text", "second"])
def test_a_cell(qtbot: QtBot, theme: Theme, field: str) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    delegate = CellDelegate(theme, view)
    own, apart, other = (Cell(**{field: text}) for text in (ASKED, isolate(ASKED), f"\u200e{ASKED}"))  # type: ignore[arg-type]
    assert drawn(delegate, own) == drawn(delegate, apart)
    assert drawn(delegate, own) != drawn(delegate, Cell())
    assert drawn(delegate, other) != drawn(delegate, own)  # the mark on the right, as among Latin letters


def test_a_line(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(400, 80)
    host.show()
    images = []
    for text in (ASKED, isolate(ASKED)):
        line = label.ElidedLabel(theme, text, parent=host)
        line.setFixedSize(300, 30)
        line.show()
        images.append(line.grab().toImage())
        line.hide()
    assert images[0] == images[1]
