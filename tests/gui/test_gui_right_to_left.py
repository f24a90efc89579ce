"""In the window a number after a name that is read from the right stands to the right of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from surveyapp.base.i18n import _


@pytest.mark.parametrize("name", ["גיל", "العمر"])
def test_the_number_comes_after_the_name(qapp: QApplication, name: str) -> None:
    text = _("%(name)s: %(n)s people") % {"name": name, "n": "27"}
    layout = QTextLayout(text, qapp.font())
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()

    def x(part: str) -> float:
        found = line.cursorToX(text.index(part))
        assert isinstance(found, tuple)
        return float(found[0])

    assert x(name[-1]) < x("27") < x("people")
