"""What a codebook from elsewhere would change: a line per column with what differs and how many answers it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Question
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.models.frame_model import Cell, Column
from surveyapp.gui.page import Page
from surveyapp.gui.question_icon import question_icon
from surveyapp.gui.widgets.card import Card
from surveyapp.gui.widgets.find_field import FindField
from surveyapp.gui.widgets.frame_table import FrameTable
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.tool_row import ToolRow
from surveyapp.services.codebook.column_view import kind_label
from surveyapp.services.codebook.question_diff import FieldDiff, differences
from surveyapp.services.codebook.use import CodebookUse, ColumnUse

_FACT = 30
"""Longer differences are told in words, where lines can break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLine:
    """One line: a known column (`use`), a column the codebook does not know, or an entry without a column."""

    state: str
    question: Question
    use: ColumnUse | None = None
    parts: tuple[FieldDiff, ...] = ()


class UseTable(FrameTable):
    """Space leaves the selected columns as they are, or takes them again."""

    left = Signal()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CodebookUseView(QWidget):
    """`left` holds the ids of questions that stay as they are; `changed` tells of it, `explained` is the pane."""

    changed = Signal()
    explained = Signal(object)

    def __init__(self, page: Page, use: CodebookUse, parent: QWidget) -> None:
        super().__init__(parent)
        theme = page.theme
        self.use, self.left = use, set[int]()
        self._lines = _lines(use)
        tabs = [
            ("changed", _("Would change")),
            ("same", _("Same")),
            ("unknown", _("Not known")),
            ("spare", _("No column")),
        ]
        self.tabs = Segmented(theme, tabs, name=_("Which columns"), parent=self)
        for state, _title in tabs:
            self.tabs.set_count(state, fmt_count(sum(line.state == state for line in self._lines)))
        self.tabs.chosen.connect(lambda _tab: self._filter())
        self.finder = FindField(theme, _("Find columns"), parent=self)
        self.finder.setObjectName("findUse")
        self.finder.textChanged.connect(lambda _words: self._filter())
        self.table = UseTable(theme, name=_("Columns and what would change"), two_lines=True, parent=self)
        self.table.setObjectName("useTable")
        self.finder.left_down.connect(lambda: self.table.setFocus())
        self.table.left.connect(self.toggle_left)
        self.table.row_chosen.connect(lambda _row: self.explain())
        self._nothing = Label(theme, "", ink="muted", parent=self)
        self._nothing.setContentsMargins(18, 14, 18, 14)
        self._lay_out(page)
        self.table.set_frame(self._columns(), len(self._lines))
        if not use.changed:
            self.tabs.set_current("same")
        self._filter()

    def _lay_out(self, page: Page) -> None:
        self.finder.setMinimumWidth(page.theme.px(120))
        self.finder.setMaximumWidth(page.theme.px(210))
        card = Card(page.theme, edge_to_edge=True, parent=self)
        card.add(self._nothing)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.setSpacing(10)
        column.addWidget(ToolRow([self.tabs], self.finder, parent=self))
        column.addWidget(card, 1)

    @property
    def n_taken(self) -> int:
        """How many columns would change."""
        return sum(use.before.id not in self.left for use in self.use.changed)

    def toggle_left(self) -> None:
        """Space: leave the selected columns as they are, or take them again."""
        ids = [
            line.use.before.id
            for line in (self._lines[row] for row in self.table.selected_rows())
            if line.use is not None and line.state == "changed"
        ]
        if not ids:
            return
        if self.left.issuperset(ids):
            self.left -= set(ids)
        else:
            self.left |= set(ids)
        self.table.frame.refresh()
        self.changed.emit()
        self.explain()

    def _columns(self) -> list[Column]:
        lines = self._lines
        return [
            Column(
                title=_("Question"), cell=lambda n: _name_cell(lines[n]), keys=_keys(lines), width=230, stretch=True
            ),
            Column(title=_("Read as"), cell=lambda n: _kind_cell(lines[n]), width=150),
            Column(title=_("What would change"), cell=lambda n: self._what_cell(lines[n]), width=260, stretch=True),
            Column(
                title=_("Answers"),
                cell=lambda n: _count_cell(lines[n]),
                keys=np.array([line.use.answers if line.use is not None else 0 for line in lines]),
                align="right",
                width=84,
            ),
        ]

    def _what_cell(self, line: UseLine) -> Cell:
        if line.use is not None and line.use.before.id in self.left:
            return Cell(text=_("Stays as it is"), ink="muted", icon="minus")
        if line.state == "changed":
            words = ", ".join(part.label for part in line.parts)
            first = line.parts[0]
            second = _("%(before)s → %(after)s") % {"before": first.before or "–", "after": first.after or "–"}
            return Cell(text=words, second=" ".join(second.split())[:160], tip=words)
        words = {
            "same": _("Nothing: it says the same"),
            "unknown": _("Stays as it is: the codebook does not know it"),
            "spare": _("Nothing: this wave has no such column"),
        }[line.state]
        return Cell(text=words, ink="muted")

    def _filter(self) -> None:
        words = self.finder.text().casefold().split()
        mask = np.array(
            [
                line.state == self.tabs.current and all(word in _searched(line) for word in words)
                for line in self._lines
            ],
            dtype=np.bool_,
        )
        self.table.frame.show_only(mask)
        self._nothing.setVisible(not mask.any())
        self._nothing.setText(_("No column fits.") if words else _("No column."))
        if mask.any():
            self.table.choose(int(np.flatnonzero(mask)[0]))
        self.explain()

    def explain(self) -> None:
        """Tell the inspector of the line under the cursor."""
        row = self.table.current_row
        shown = row >= 0 and self.table.frame.view_row(row) >= 0
        self.explained.emit(explain_use(self._lines[row], left=self.left) if shown else None)


def _lines(use: CodebookUse) -> list[UseLine]:
    known = [
        UseLine(
            state="changed" if one.changes else "same",
            question=one.before,
            use=one,
            parts=differences(one.before, one.after) if one.changes else (),
        )
        for one in use.known
    ]
    unknown = [UseLine(state="unknown", question=question) for question in use.unknown]
    return [*known, *unknown, *(UseLine(state="spare", question=question) for question in use.spare)]


def _keys(lines: Sequence[UseLine]) -> np.ndarray:
    return np.array([line.question.title.casefold() for line in lines], dtype=object)


def _searched(line: UseLine) -> str:
    question = line.question
    words = [question.column, question.name, question.text, question.section, kind_label(question)]
    return "\n".join([*words, *(part.label for part in line.parts)]).casefold()


def _name_cell(line: UseLine) -> Cell:
    question = line.question
    second = question.wording if question.wording != question.title else question.section
    return Cell(text=question.title, second=" ".join(second.split()), weight=500, tip=question.wording)


def _kind_cell(line: UseLine) -> Cell:
    return Cell(text=kind_label(line.question), icon=question_icon(line.question))


def _count_cell(line: UseLine) -> Cell:
    return Cell(text=fmt_count(line.use.answers)) if line.use is not None and line.use.answers else Cell()


def explain_use(line: UseLine, *, left: set[int]) -> Explanation:
    """What the inspector says about a line: every field as it is and as it would be."""
    told = [(part.label, f"{part.before or '–'} → {part.after or '–'}") for part in line.parts]
    facts = tuple((label, words) for label, words in told if len(words) <= _FACT)
    long = [f"**{label}**: {words}." for label, words in told if len(words) > _FACT]
    stays = line.use is not None and line.use.before.id in left
    words = " ".join([*([_("It stays as it is.")] if stays else []), *long])
    return Explanation(
        kind=_("Column %(n)s") % {"n": fmt_count(line.question.position + 1)},
        title=line.question.title,
        subtitle=line.question.wording if line.question.wording != line.question.title else "",
        value=fmt_count(line.use.answers) if line.use is not None and line.state == "changed" else "",
        of=_("answers would read differently") if line.use is not None and line.state == "changed" else "",
        facts=facts,
        words=words,
        actions=("codebook.leave_column",) if line.state == "changed" else (),
        strip="; ".join(f"{label}: {words}" for label, words in told[:2]) or words or line.question.title,
    )
