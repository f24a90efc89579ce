"""The recipe as lines of a list: titles and the steps below them, narrowed by what is searched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from surveyapp.base.number import fmt_count
from surveyapp.domain.recipe import RecipePart, RecipeStep

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole


_QUOTED = re.compile("“([^”]+)”")

Key = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The name of a column within a sentence: where it starts and ends, and the column's header and occurrence."""

    start: int
    end: int
    name: str
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeLine:
    """A title (`step` None), or a step of the part of that title with the columns that its sentence names."""

    part: str
    step: RecipeStep | None = None
    links: tuple[Link, ...] = ()

    @property
    def key(self) -> Key | None:
        """The column that is meant, or the first that is named."""
        if self.step is not None and self.step.column:
            return self.step.column, self.step.occurrence
        return self.links[0].key if self.links else None

    @property
    def name(self) -> str:
        """What the one column that is meant is called, "" for none or several."""
        return next((link.name for link in self.links if self.step and self.step.column and link.key == self.key), "")

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
        self._keys: dict[str, Key] = {}
        self._query = ""
        self.parts: list[RecipePart] = []
        self.lines: list[RecipeLine] = []

    def show(self, parts: Sequence[RecipePart], names: Mapping[Key, str]) -> None:
        """Show these parts; `names` are the titles of columns by header and occurrence."""
        counts = Counter(names.values())
        self._all = parts
        self._keys = {name: key for key, name in names.items() if counts[name] == 1}
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
                self.lines += [RecipeLine(part=part.title, step=step, links=self._links(step)) for step in steps]
        self.endResetModel()

    def _links(self, step: RecipeStep) -> tuple[Link, ...]:
        return tuple(
            Link(start=found.start(1), end=found.end(1), name=found[1], key=self._keys[found[1]])
            for found in _QUOTED.finditer(step.sentence)
            if found[1] in self._keys
        )

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
