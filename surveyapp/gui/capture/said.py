"""What was understood of a line, as small chips to read."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.paint import draw_box
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.prediction.capture import Captured
from surveyapp.services.prediction.odds import odds_text
from surveyapp.services.prediction.words import day_of, fine_percent, full_day, range_words


def said_parts(captured: Captured, now: datetime) -> list[tuple[str, str]]:
    """(words, icon) of each chip."""
    found: list[tuple[str, str]] = []
    draft = captured.prediction(now)
    if captured.options:
        pairs = zip(captured.options, captured.probabilities, strict=True)
        found.append((", ".join(f"{name} {fine_percent(share)}" for name, share in pairs), "list-checks"))
    elif captured.quantiles:
        found.append((range_words(draft, captured.quantiles), "arrow-left-right"))
    elif captured.probability is not None:
        values = {"p": fine_percent(captured.probability), "odds": odds_text(captured.probability)}
        found.append((_("%(p)s = %(odds)s") % values, ""))
    if captured.due is not None:
        words = full_day(day_of(captured.due, now))
        if isinstance(captured.due, datetime):
            words = f"{words}, {captured.due.astimezone(now.tzinfo):%H:%M}"
        found.append((words, "calendar"))
    if captured.decider:
        mine = captured.decider == _("me")
        decides = _("I decide") if mine else _("%(who)s decides") % {"who": captured.decider}
        found.append((decides, "users"))
    if captured.condition:
        found.append((_("Only if %(words)s") % {"words": captured.condition}, "funnel"))
    return found


class Said(QWidget):
    """An icon and words in a hairline; nothing to press."""

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._text, self._icon = theme, text, icon
        self.setObjectName("said")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    # Qt overrides

    def sizeHint(self) -> QSize:
        theme, metrics = self._theme, QFontMetrics(self._theme.font("small"))
        icon = theme.px(20) if self._icon else 0
        return QSize(
            min(metrics.horizontalAdvance(self._text), theme.px(280)) + theme.px(24) + icon,
            max(theme.px(26), metrics.height() + theme.px(6)),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        draw_box(painter, rect, fill=None, edge=theme.color("border"), radius=rect.height() / 2 - 0.5)
        left = float(theme.px(12))
        if self._icon:
            mark = theme.pixmap(self._icon, "text-2", size=14, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, round(rect.height() / 2 - theme.px(7))), mark)
            left += theme.px(20)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text-2"))
        room = rect.width() - left - theme.px(10)
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, round(room))
        self.setToolTip(in_tip(self._text) if words != self._text else "")
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, room, rect.height()), flags, words)
