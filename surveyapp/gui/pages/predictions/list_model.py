"""The rows of the list: captions and predictions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from surveyapp.base.i18n import _
from surveyapp.gui.widgets.plain_text import in_tip
from surveyapp.services.prediction.listing import Row

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A caption over rows: "Due", and muted beside it "6"."""

    title: str
    note: str


Entry = Heading | Row


class PredictionModel(QAbstractListModel):
    """Made anew whenever the log changes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()
        self._rows: dict[int, int] = {}

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.entries = entries
        self._rows = {one.prediction.id: row for row, one in enumerate(entries) if isinstance(one, Row)}
        self.endResetModel()

    def row_of(self, prediction_id: int) -> int:
        """Where a prediction stands, -1 if nowhere."""
        return self._rows.get(prediction_id, -1)

    def at(self, row: int) -> Row | None:
        """The prediction of a row, None for a caption."""
        found = self.entries[row] if 0 <= row < len(self.entries) else None
        return found if isinstance(found, Row) else None

    def next_after(self, prediction_id: int, *, without: Collection[int]) -> int:
        """The id of the prediction below, of the one above for the last, 0 for the only one; none of `without`."""
        ids = list(self._rows)
        place = ids.index(prediction_id) if prediction_id in self._rows else 0
        wanted = [one for one in (*ids[place + 1 :], *ids[:place][::-1]) if one not in without]
        return wanted[0] if wanted else 0

    # Qt overrides

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(one, Heading):
                return f"{one.title} {one.note}"
            marks = [words for _icon, words in marks_of(one)]
            return ", ".join(part for part in (one.prediction.statement, one.belief, one.outcome, *marks) if part)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(one, Row):
            return in_tip("\n".join([one.prediction.statement, *(words for _icon, words in marks_of(one))]))
        return None


def marks_of(one: Row) -> list[tuple[str, str]]:
    """What stands behind a statement as small pictures: (icon, words)."""
    marks = [("lock", _("Sealed"))] if one.sealed else []
    return [*marks, ("history", _("Your forecast came after the fact: in no score"))] if one.late else marks
