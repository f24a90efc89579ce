"""How sure one is of each of several options."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_percent
from surveyapp.domain.choice_sum import can_add_up
from surveyapp.gui.capture.tab_order import follow
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.label import ElidedLabel, Label
from surveyapp.services.prediction.odds import read_probability
from surveyapp.services.prediction.words import fine_percent


class OptionEntry(QWidget):
    """One field for each option; of options that exclude each other it says what they add up to. `entered`: Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, after: QWidget) -> None:
        """Tab leads from `after` to the fields."""
        super().__init__(parent)
        self._after = after
        self._theme = theme
        self._fields: list[QLineEdit] = []
        self._exclusive = True
        self.setObjectName("optionEntry")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._box = QWidget(self)
        column.addWidget(self._box)
        self.words = Label(theme, role="small", ink="text-2", wrap=True, parent=self)
        self.words.setObjectName("optionWords")
        column.addWidget(self.words)

    @property
    def shares(self) -> dict[int, float]:
        """The options of which something is believed."""
        read = ((number, read_probability(field.text())) for number, field in enumerate(self._fields))
        return {number: share for number, share in read if share is not None}

    @property
    def trouble(self) -> str:
        """Why it cannot be kept; empty where it can."""
        for field in self._fields:
            if field.text().strip() and read_probability(field.text()) is None:
                return _("“%(text)s” is neither a per cent nor odds.") % {"text": field.text().strip()}
        shares = list(self.shares.values())
        if self._exclusive and not can_add_up(shares, len(self._fields)):
            return _("These options exclude each other, but together they are %(total)s.") % {
                "total": fmt_percent(sum(shares))
            }
        return ""

    def show_options(self, options: Sequence[str], shares: Sequence[float | None], *, exclusive: bool) -> None:
        """Another choice, with what is believed now; fields of options that stay keep what was typed."""
        self._exclusive = exclusive
        old, self._box = self._box, QWidget(self)
        grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.setColumnStretch(0, 1)
        self._fields = []
        for row, option in enumerate(options):
            grid.addWidget(ElidedLabel(self._theme, option, parent=self._box), row, 0)
            field = QLineEdit(self._box)
            field.setObjectName(f"option{row}")
            field.setAccessibleName(_("Credence in %(option)s") % {"option": option})
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(self._theme.px(74))
            share = shares[row] if row < len(shares) else None
            field.setText("" if share is None else fine_percent(share))
            field.textEdited.connect(self._tell)
            field.returnPressed.connect(self.entered)
            grid.addWidget(field, row, 1)
            self._fields.append(field)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(old, self._box)
        old.hide()
        old.deleteLater()
        self._box.show()
        follow(self._after, self._fields)
        self._tell(quiet=True)

    def focus(self) -> None:
        """Begin to type."""
        if self._fields:
            self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._fields[0].selectAll()

    def set_read_only(self, read_only: bool) -> None:
        """Only to look at."""
        for field in self._fields:
            field.setReadOnly(read_only)

    def _tell(self, _text: str = "", *, quiet: bool = False) -> None:
        total, trouble = sum(self.shares.values()), self.trouble
        sum_words = _("Together %(p)s.") % {"p": fmt_percent(total)} if self._exclusive and self.shares else ""
        self.words.setText(trouble or sum_words)
        self.words.set_ink("warn" if trouble else "text-2")
        if not quiet:
            self.changed.emit()
