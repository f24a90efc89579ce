"""What came of rebuilding a wave: identical, or where it differs."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.pages.home.rows import ThemedIcon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.label import Label
from surveyapp.services.intake.rebuild import Rebuilt

_SHOWN = 6


class RebuildCard(Card):
    """One sentence, and a line for each difference."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.setObjectName("rebuildCard")
        self._inner: QWidget | None = None

    def show_result(self, rebuilt: Rebuilt) -> None:
        """Show what was found, in place of what was shown."""
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        theme = self._theme
        inner = QWidget(self)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        icon, ink = ("check", "positive") if rebuilt.identical else ("triangle-alert", "negative")
        row.addWidget(ThemedIcon(theme, icon, role=ink, parent=inner))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(theme, f"{rebuilt.sentence()}.", weight=600, wrap=True, parent=inner))
        for difference in rebuilt.differences[:_SHOWN]:
            texts.addWidget(Label(theme, difference.sentence(), ink="text-2", wrap=True, parent=inner))
        more = len(rebuilt.differences) - _SHOWN
        if more > 0:
            words = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": fmt_count(more)}
            texts.addWidget(Label(theme, words, ink="muted", parent=inner))
        row.addLayout(texts, 1)
        close = Button(theme, kind="quiet", icon="x", name=_("Close"), small=True, parent=inner)
        close.setObjectName("closeRebuild")
        close.clicked.connect(self.hide)
        row.addWidget(close)
        self._inner = inner
        self.add(inner)
        self.setAccessibleDescription(rebuilt.sentence())
        self.show()
