"""Where a block's numbers come from, and whether they show few people."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import Block
from surveyapp.gui.analysis_place import place_of
from surveyapp.gui.pages.home.rows import ThemedIcon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label, Rule
from surveyapp.services.report.preview import BlockFacts

_PAD = 18
_NAMED = 3


def page_of(block: Block) -> str:
    """The id of the page that shows the block's source."""
    place = place_of(block.spec) if block.spec is not None else None
    return place.page if place is not None else "explore"


def _page_title(page_id: str) -> str:
    return {
        "calibration": _("Calibration"),
        "people": _("People and crowd"),
        "correlations": _("Correlations"),
        "waves": _("Waves"),
    }.get(page_id, _("Explore"))


class SourcePanel(QWidget):
    """Page, base, n, when it was pinned, up to date or not; and the way there."""

    open_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sourcePanel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule(parent=self))
        body = QVBoxLayout()
        body.setContentsMargins(_PAD, 14, _PAD, 14)
        body.setSpacing(4)
        outer.addLayout(body)
        body.addWidget(Label(theme, _("Comes from"), role="small", ink="text-2", parent=self))
        self._where = Label(theme, wrap=True, parent=self)
        self._base = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        self._state = Label(theme, role="small", ink="muted", wrap=True, parent=self)
        for label in (self._where, self._base, self._state):
            body.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        self._open = Button(theme, _("Open in Explore"), key=_("Enter"), parent=self)
        self._open.setObjectName("openSource")
        self._open.clicked.connect(self.open_wanted)
        self._remove = Button(theme, _("Remove"), icon="trash-2", parent=self)
        self._remove.setObjectName("removeLost")
        self._remove.clicked.connect(self.remove_wanted)
        row.addWidget(self._open)
        row.addWidget(self._remove)
        row.addStretch(1)
        body.addLayout(row)

    def show_source(self, block: Block, facts: BlockFacts | None, *, where: str, when: str) -> None:
        """`facts` is None while the preview has not come to this block."""
        page = _page_title(page_of(block))
        self._where.setText(_("%(page)s, %(what)s") % {"page": page, "what": where} if where else page)
        self._open.setText(_("Open in %(page)s") % {"page": page})
        self._open.setAccessibleName(self._open.text())
        self._open.updateGeometry()
        lost = facts is not None and bool(facts.problem) and not facts.base
        self._open.setVisible(not lost)
        self._remove.setVisible(lost)
        self._base.setVisible(facts is not None and bool(facts.base))
        self._base.setText(facts.base if facts is not None else "")
        self._state.setText(self._state_words(facts, when))
        self._state.set_ink("negative" if lost else "warn" if facts is not None and facts.changed else "muted")
        self._state.setVisible(bool(self._state.text()))

    def _state_words(self, facts: BlockFacts | None, when: str) -> str:
        if facts is None:
            return _("Pinned %(when)s.") % {"when": when} if when else ""
        if facts.problem and not facts.base:
            return _("Cannot be computed any more: %(reason)s") % {"reason": facts.problem}
        if facts.problem:
            return facts.problem
        if facts.changed:
            words = _("Pinned %(when)s; the numbers changed since. The report prints the present ones.")
            return words % {"when": when} if when else _("The numbers changed since it was pinned.")
        return _("Pinned %(when)s, up to date.") % {"when": when} if when else _("Up to date.")


class SmallCellPanel(QWidget):
    """Counts of fewer than five people: hide or keep. `decided` carries "hide" or "keep"."""

    decided = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("smallCellPanel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule(parent=self))
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 14, _PAD, 14)
        row.setSpacing(9)
        self._icon = ThemedIcon(theme, "circle-alert", role="warn", size=15, parent=self)
        icon = QVBoxLayout()
        icon.addWidget(self._icon)
        icon.addStretch(1)
        row.addLayout(icon)
        column = QVBoxLayout()
        column.setSpacing(8)
        self._words = Label(theme, role="small", ink="text-2", wrap=True, parent=self)
        column.addWidget(self._words)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        self._hide = Button(theme, _("Hide it"), small=True, parent=self)
        self._hide.setObjectName("hideSmall")
        self._hide.clicked.connect(lambda: self.decided.emit("hide"))
        self._keep = Button(theme, _("Keep"), kind="quiet", small=True, parent=self)
        self._keep.setObjectName("keepSmall")
        self._keep.clicked.connect(lambda: self.decided.emit("keep"))
        buttons.addWidget(self._hide)
        buttons.addWidget(self._keep)
        buttons.addStretch(1)
        column.addLayout(buttons)
        row.addLayout(column, 1)
        outer.addLayout(row)

    def show_cells(self, block: Block, facts: BlockFacts | None) -> None:
        """The question, or what was decided; nothing where no cell is small."""
        cells = facts.small if facts is not None else ()
        self.setVisible(bool(cells))
        if not cells:
            return
        names = ", ".join(
            _("%(cell)s (%(n)s)") % {"cell": cell.label, "n": fmt_count(cell.count)} for cell in cells[:_NAMED]
        )
        if len(cells) > _NAMED:
            names += ", …"
        n = len(cells)
        first = ngettext(
            "%(n)s cell here shows fewer than 5 people: %(names)s.",
            "%(n)s cells here show fewer than 5 people: %(names)s.",
            n,
        )
        state = {
            "hide": _("Hidden when printed."),
            "keep": _("Printed, because you said so."),
        }.get(block.small_cells, "")
        self._words.setText(f"{first % {'n': fmt_count(n), 'names': names}} {state}".strip())
        self._hide.setText(ngettext("Hide it", "Hide them", n))
        self._hide.setAccessibleName(self._hide.text())
        self._hide.updateGeometry()
        self._hide.setVisible(block.small_cells != "hide")
        self._keep.setVisible(block.small_cells != "keep")
        self._keep.setText(_("Show again") if block.small_cells == "hide" else _("Keep"))
        self._keep.setAccessibleName(self._keep.text())
        self._keep.updateGeometry()
