"""The rows of Home: what needs a person, what was changed, where one left off."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.change import Change
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.paint import draw_box


class ThemedIcon(QLabel):
    """An icon that follows the theme."""

    def __init__(self, theme: Theme, name: str, *, role: str = "muted", size: int = 16, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name, self._role, self._size = theme, name, role, size
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        ratio = self.devicePixelRatioF()
        self.setPixmap(self._theme.pixmap(self._name, self._role, size=self._size, ratio=ratio))


class NeedRow(QWidget):
    """Icon, title, one line about it, and one button."""

    def __init__(self, theme: Theme, *, icon: str, title: str, detail: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("needRow")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 11, 18, 11)
        row.setSpacing(13)
        row.addWidget(ThemedIcon(theme, icon, role="accent", parent=self))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(ElidedLabel(theme, title, weight=600, parent=self))
        texts.addWidget(ElidedLabel(theme, detail, role="small", ink="muted", parent=self))
        row.addLayout(texts, 1)
        self.button = Button(theme, button, small=True, name=f"{button}: {title}", parent=self)
        self.button.setObjectName("needButton")
        row.addWidget(self.button)


class ChangeRow(QWidget):
    """One change as a sentence, its detail, and Undo."""

    def __init__(self, theme: Theme, change: Change, detail: str, *, can_undo: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("changeRow")
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 6, 10, 6)
        row.setSpacing(6)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(theme, change.label, wrap=True, parent=self))
        texts.addWidget(Label(theme, detail, role="micro", ink="muted", wrap=True, parent=self))
        row.addLayout(texts, 1)
        self.button = Button(theme, _("Undo"), kind="quiet", icon="undo-2", small=True, parent=self)
        self.button.setAccessibleName(_("Undo: %(label)s") % {"label": change.label})
        self.button.setObjectName("undoChange")
        self.button.setEnabled(can_undo)
        row.addWidget(self.button)


class CautionCard(Card):
    """A sentence about where the file lies, and the way to its folder."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.setProperty("badge", "warn")
        self.setProperty("card", "bare")
        self.setObjectName("cautionCard")
        row = QHBoxLayout()
        row.setSpacing(13)
        row.addWidget(ThemedIcon(theme, "triangle-alert", role="warn", parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Label(theme, text, wrap=True, parent=self), 1)
        self.button = Button(theme, _("Show the folder"), small=True, parent=self)
        row.addWidget(self.button)
        self.body.addLayout(row)


class DropCard(Card):
    """Says that a file can be dropped anywhere."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.setProperty("card", "bare")
        self.setObjectName("dropCard")
        row = QHBoxLayout()
        row.setSpacing(15)
        row.addWidget(ThemedIcon(theme, "file-down", size=22, parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(theme, _("Drop a file anywhere in this window"), weight=600, parent=self))
        kinds = _("Google Forms and other CSV exports, Excel, OpenDocument; a prediction log; or a workspace")
        texts.addWidget(Label(theme, kinds, role="small", ink="muted", wrap=True, parent=self))
        row.addLayout(texts, 1)
        self.body.addLayout(row)

    # Qt overrides

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        edge = theme.color("border-strong")
        draw_box(QPainter(self), QRectF(self.rect()), fill=None, edge=edge, radius=theme.px(8), dashed=True)
