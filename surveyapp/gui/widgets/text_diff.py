"""Two wordings under each other, the words in which they differ marked: underlined, heavier and on a soft ground."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from surveyapp.base.i18n import _
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import Label

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LONGEST = 2_000
"""Characters compared and shown; a longer wording ends in an ellipsis."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that is alike in both, or differs."""

    text: str
    differs: bool


def diff_words(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs. Case and blanks are no difference; joined, the runs give each text with single blanks."""
    mine, theirs = _short(one), _short(other)
    own, others = list(_TOKEN.finditer(mine)), list(_TOKEN.finditer(theirs))
    keys = [[match.group().casefold() for match in tokens] for tokens in (own, others)]
    blocks = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks()
    alike = {block.a + n for block in blocks for n in range(block.size)}
    alike_there = {block.b + n for block in blocks for n in range(block.size)}
    return _runs(mine, own, alike), _runs(theirs, others, alike_there)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _runs(text: str, tokens: Sequence[re.Match[str]], alike: set[int]) -> tuple[Run, ...]:
    """A blank between two words that differ is marked with them."""
    runs: list[Run] = []
    before = 0
    for number, token in enumerate(tokens):
        differs = number not in alike
        joined = bool(runs) and runs[-1].differs == differs
        blank = text[before : token.start()]
        if joined:
            runs[-1] = Run(runs[-1].text + blank + token.group(), differs)
        elif differs and blank:
            _append(runs, blank)
            runs.append(Run(token.group(), differs))
        else:
            runs.append(Run(blank + token.group(), differs))
        before = token.end()
    if text[before:]:
        _append(runs, text[before:])
    return tuple(runs)


def _append(runs: list[Run], alike: str) -> None:
    if runs and not runs[-1].differs:
        runs[-1] = Run(runs[-1].text + alike, differs=False)
    else:
        runs.append(Run(alike, differs=False))


class TextDiff(QWidget):
    """`captions` stand left of the two texts ("2024", "This file"). A screen reader hears both and what differs."""

    def __init__(
        self,
        theme: Theme,
        one: str,
        other: str,
        *,
        captions: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("textDiff")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._captions = [Label(theme, role="small", ink="muted", parent=self) for _text in (one, other)]
        self._texts = [Label(theme, rich=True, wrap=True, parent=self) for _text in (one, other)]
        for row, (caption, text) in enumerate(zip(self._captions, self._texts, strict=True)):
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
        self.set_texts(one, other, captions=captions)
        theme.changed.connect(self._fill)

    def set_texts(self, one: str, other: str, *, captions: tuple[str, str] = ("", "")) -> None:
        """Show two other texts."""
        self._runs = diff_words(one, other)
        for label, words in zip(self._captions, captions, strict=True):
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(_("“%(one)s” and “%(other)s”") % {"one": one, "other": other})
        differing = [" ".join(run.text for run in runs if run.differs) for runs in self._runs]
        self.setAccessibleDescription(" / ".join(words for words in differing if words) or _("No word differs."))
        self._fill()

    def _fill(self) -> None:
        grounds = ("negative-soft", "positive-soft")
        for label, runs, ground in zip(self._texts, self._runs, grounds, strict=True):
            colour = self._theme.color(ground).name()
            style = f"background-color:{colour}; font-weight:600; text-decoration:underline"
            pieces = [
                f'<span style="{style}">{html.escape(run.text)}</span>' if run.differs else html.escape(run.text)
                for run in runs
            ]
            label.setText("".join(pieces))
