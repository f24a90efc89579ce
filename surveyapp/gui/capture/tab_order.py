"""The order of Tab of fields that are made anew."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(before: QWidget, fields: Iterable[QWidget]) -> None:
    """Tab goes from the last part of `before` to the fields, one after the other; made late, they would come last."""
    parts = [one for one in before.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for first, second in pairwise((parts[-1] if parts else before, *fields)):
        QWidget.setTabOrder(first, second)
