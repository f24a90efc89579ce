"""One group of texts that look alike: closed one sentence, open its texts, the name to keep and two ways out."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.pages.data.write_in.member_list import MemberList
from surveyapp.gui.pages.data.write_in.words import people_words
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.flow_layout import FlowLayout
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.gui.widgets.paint import draw_ring
from surveyapp.importers.alike.group import Group


class MergeRow(QFrame):
    """Emits what the person wants; the list decides which row is open."""

    pressed = Signal()
    merge_wanted = Signal()
    differ_wanted = Signal()
    name_wanted = Signal()
    left = Signal(int)

    def __init__(self, theme: Theme, group: Group, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.group = theme, group
        self.current = False
        self.members: MemberList | None = None
        self._merge: Button | None = None
        self._open_part: QWidget | None = None
        self.setObjectName("mergeRow")
        self.setAccessibleName(group.label)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 11)
        row.setSpacing(10)
        icon = QLabel(self)
        sure = len(group.sure) == len(group.members)
        name, role = ("check-check", "positive") if sure else ("circle-help", "warn")
        icon.setPixmap(theme.pixmap(name, role, size=15, ratio=self.devicePixelRatioF()))
        icon.setToolTip(_("sure") if sure else _("look at it"))
        icon.setContentsMargins(0, 1, 0, 0)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(1)
        row.addLayout(self._column, 1)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(ElidedLabel(theme, group.label, weight=600, parent=self), 1)
        head.addWidget(Label(theme, people_words(group.count), role="small", ink="text-2", parent=self))
        self._column.addLayout(head)
        others = ", ".join(member.text for member in group.members if member.text != group.label)
        self._others = ElidedLabel(theme, others, role="small", ink="text-2", parent=self)
        self.setAccessibleDescription(others)
        self._column.addWidget(self._others)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_current(self, current: bool) -> None:
        """Open or close the row."""
        self.current = current
        self._others.setVisible(not current)
        if current and self._open_part is None:
            self._open_part = self._make_open()
            self._column.addWidget(self._open_part)
        if self._open_part is not None:
            self._open_part.setVisible(current)
        self.setCursor(Qt.CursorShape.ArrowCursor if current else Qt.CursorShape.PointingHandCursor)
        self.update()

    def _make_open(self) -> QWidget:
        theme = self._theme
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 6, 0, 2)
        column.setSpacing(8)
        desk = QFrame(part)
        desk.setProperty("card", "true")
        inner = QVBoxLayout(desk)
        inner.setContentsMargins(2, 3, 2, 3)
        self.members = MemberList(theme, self.group.members, self.group.label, desk)
        self.members.changed.connect(self._on_members_changed)
        self.members.left.connect(self.left)
        self.members.accepted.connect(self.merge_wanted)
        inner.addWidget(self.members)
        column.addWidget(desk)
        buttons = FlowLayout(spacing=8)
        self._merge = Button(theme, "", kind="primary", key="Enter", small=True, parent=part)
        self._merge.setObjectName("mergeGroup")
        self._merge.clicked.connect(lambda: self.merge_wanted.emit())
        differ = Button(theme, _("They differ"), key="D", small=True, parent=part)
        differ.setObjectName("groupDiffers")
        differ.clicked.connect(lambda: self.differ_wanted.emit())
        name = Button(theme, _("Another name…"), key="R", small=True, parent=part)
        name.setObjectName("groupName")
        name.clicked.connect(lambda: self.name_wanted.emit())
        for button in (self._merge, differ, name):
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._on_members_changed()
        return part

    @property
    def label(self) -> str:
        """The name that would be kept."""
        return self.members.label if self.members is not None else self.group.label

    @property
    def taken(self) -> list[str]:
        """The texts that would become one answer."""
        return self.members.taken if self.members is not None else [member.text for member in self.group.sure]

    @property
    def can_merge(self) -> bool:
        """Whether there are two different texts to make one of."""
        return len({self.label, *self.taken}) > 1

    def focus_members(self) -> None:
        """Put the focus on the texts."""
        if self.members is not None:
            self.members.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_members_changed(self) -> None:
        if self._merge is None:
            return
        words = _("Merge as “%(label)s”") % {"label": self.label[:40]}
        self._merge.setText(words)
        self._merge.setAccessibleName(words)
        self._merge.setEnabled(self.can_merge)
        self._merge.setToolTip("" if self.can_merge else _("Take in at least two texts."))
        self._merge.updateGeometry()

    # Qt overrides

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        box = QRectF(self.rect())
        if self.current:
            painter.fillRect(box, theme.color("selection"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), theme.color("grid"))
        if self.current and self.hasFocus():
            draw_ring(painter, box, theme, radius=theme.px(2))
        super().paintEvent(event)
