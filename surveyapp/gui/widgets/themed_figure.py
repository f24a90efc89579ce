"""A figure that follows the theme: its colours and the size of its text."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.figure_view import FigureView


class ThemedFigure(FigureView):
    """Use this in pages instead of FigureView."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme.tokens, parent)
        self._theme = theme
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.set_tokens(self._theme.tokens)
        self.set_text_scale(self._theme.text_size / 100)
