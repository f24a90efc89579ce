"""The blocks of a report, or of the shelf, as a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import AnalysisKind, Block, BlockKind, ReportSpec, ShowAs
from surveyapp.services.report.edit import depth_of

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
BLOCKS = "application/x-surveyapp-blocks"
PINS = "application/x-surveyapp-pins"

_ICONS = {
    BlockKind.TITLE: "heading",
    BlockKind.METHOD: "heading",
    BlockKind.HEADING: "heading",
    BlockKind.APPENDIX: "heading",
    BlockKind.TEXT: "text-align-start",
}
_ANALYSIS_ICONS = {
    AnalysisKind.QUESTION: "chart-column",
    AnalysisKind.GRID: "sliders-horizontal",
    AnalysisKind.CALIBRATION: "target",
    AnalysisKind.LOG: "target",
    AnalysisKind.LEADERBOARD: "users",
    AnalysisKind.CROWD: "users",
    AnalysisKind.SITES: "users",
    AnalysisKind.RANGES: "target",
    AnalysisKind.ANSWERS: "users",
    AnalysisKind.TIMELINE: "clock",
    AnalysisKind.CROSS: "table-2",
    AnalysisKind.GROUPS: "chart-scatter",
    AnalysisKind.PAIR: "chart-scatter",
    AnalysisKind.SCREEN: "chart-scatter",
    AnalysisKind.MATRIX: "table-2",
    AnalysisKind.REGRESSION: "chart-scatter",
    AnalysisKind.RELIABILITY: "sliders-horizontal",
    AnalysisKind.DROP_OFF: "arrow-down",
    AnalysisKind.CHANGE: "git-compare-arrows",
    AnalysisKind.CONTROL: "users",
}


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line: the block, how far it is indented, its page (0: not known yet), and its badge."""

    block: Block
    depth: int
    page: int = 0
    changed: bool = False
    problem: bool = False

    @property
    def words(self) -> str:
        """What the line says."""
        return self.block.title or first_line(self.block.text) or kind_words(self.block)

    @property
    def icon(self) -> str:
        """The picture of the kind of block."""
        return block_icon(self.block)


def first_line(text: str) -> str:
    """The beginning of a text that has no title."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def block_icon(block: Block) -> str:
    """The name of the icon of a block."""
    if block.spec is None:
        return _ICONS.get(block.kind, "text-align-start")
    return "table-2" if block.show is ShowAs.TABLE else _ANALYSIS_ICONS[block.spec.kind]


def kind_words(block: Block) -> str:
    """What a block is: "Figure", "Heading"."""
    if block.spec is not None:
        return _("Table") if block.show is ShowAs.TABLE else _("Figure")
    return {
        BlockKind.TITLE: _("Title page"),
        BlockKind.METHOD: _("Method"),
        BlockKind.HEADING: _("Heading"),
        BlockKind.TEXT: _("Text"),
        BlockKind.APPENDIX: _("Appendix"),
    }.get(block.kind, _("Block"))


class OutlineModel(QAbstractListModel):
    """Rows from a report; pages and badges come later, from the preview. Rows are dragged by the ids of blocks."""

    renamed = Signal(str, str)

    def __init__(self, parent: QObject, *, mime: str = BLOCKS) -> None:
        super().__init__(parent)
        self._mime = mime
        self._rows: list[OutlineRow] = []
        self._pages: Mapping[str, int] = {}
        self._changed: Collection[str] = ()
        self._problems: Collection[str] = ()

    def show_report(self, spec: ReportSpec | None) -> None:
        """Replace the rows; those whose block only changed its settings stay where they are."""
        blocks = spec.blocks if spec is not None else ()
        rows = [self._row(block, depth_of(spec, n) if spec is not None else 0) for n, block in enumerate(blocks)]
        self._replace(rows)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Rows without a report: the shelf."""
        self._replace([self._row(block, 0) for block in blocks])

    def show_facts(self, pages: Mapping[str, int], changed: Collection[str], problems: Collection[str]) -> None:
        """Page numbers and badges from a finished preview."""
        self._pages, self._changed, self._problems = pages, changed, problems
        self._rows = [self._row(row.block, row.depth) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, number: int) -> OutlineRow | None:
        """What stands in a line."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def position(self, block_id: str) -> int:
        """The line of a block, -1 if it has none."""
        return next((n for n, row in enumerate(self._rows) if row.block.id == block_id), -1)

    def _row(self, block: Block, depth: int) -> OutlineRow:
        page = self._pages.get(block.id, 0)
        return OutlineRow(block, depth, page, block.id in self._changed, block.id in self._problems)

    def _replace(self, rows: list[OutlineRow]) -> None:
        same = [row.block.id for row in rows] == [row.block.id for row in self._rows]
        if same:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flag = Qt.ItemFlag
        can = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        return can | flag.ItemIsEditable if self._mime == BLOCKS else can

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.EditRole:
            return row.block.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [kind_words(row.block), row.words]
            if row.page:
                parts.append(_("page %(n)s") % {"n": fmt_count(row.page)})
            parts += [_("changed")] if row.changed else []
            parts += [_("cannot be computed")] if row.problem else []
            return ", ".join(parts)
        return row.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole or str(value).strip() == row.block.title:
            return False
        self.renamed.emit(row.block.id, str(value).strip())
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [BLOCKS, PINS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        ids = [row.block.id for index in indexes if (row := self.row(index.row())) is not None]
        data = QMimeData()
        data.setData(self._mime, " ".join(ids).encode())
        return data
