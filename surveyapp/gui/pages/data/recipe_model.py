"""The recipe as lines of a list: titles and the steps below them, narrowed by what is searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from surveyapp.base.number import fmt_count
from surveyapp.domain.recipe import RecipePart, RecipeStep

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeLine:
    """A title (`step` None), or a step of the part of that title. `name` is what the step calls its column."""

    part: str
    step: RecipeStep | None = None
    name: str = ""

    @property
    def words(self) -> str:
        """All of it as one text."""
        if self.step is None:
            return self.part
        count = fmt_count(self.step.count) if self.step.count else ""
        return " ".join(filter(None, (self.step.sentence, self.step.reason, count)))


class RecipeModel(QAbstractListModel):
    """Read-only. `parts` are those shown: steps that hold all searched words, or whole parts by their title."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: Sequence[RecipePart] = ()
        self._names: Mapping[tuple[str, int], str] = {}
        self._query = ""
        self.parts: list[RecipePart] = []
        self.lines: list[RecipeLine] = []

    def show(self, parts: Sequence[RecipePart], names: Mapping[tuple[str, int], str]) -> None:
        """Show these parts; `names` are the titles of columns by header and occurrence."""
        self._all, self._names = parts, names
        self._fill()

    def search(self, query: str) -> None:
        """Show only what fits."""
        self._query = query
        self._fill()

    def step(self, row: int) -> RecipeStep | None:
        """The step in a row, None for a title or no row."""
        return self.lines[row].step if 0 <= row < len(self.lines) else None

    def _fill(self) -> None:
        wanted = self._query.casefold().split()
        self.beginResetModel()
        self.parts, self.lines = [], []
        for part in self._all:
            steps = tuple(step for step in part.steps if self._fits(part, step, wanted))
            if steps:
                self.parts.append(replace(part, steps=steps))
                self.lines.append(RecipeLine(part=part.title))
                self.lines += [
                    RecipeLine(part=part.title, step=step, name=self._names.get((step.column, step.occurrence), ""))
                    for step in steps
                ]
        self.endResetModel()

    def _fits(self, part: RecipePart, step: RecipeStep, wanted: Sequence[str]) -> bool:
        text = " ".join((part.title, step.sentence, step.reason, step.column)).casefold()
        return all(word in text for word in wanted)

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].step is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.words
        return None
