"""The column editor: everything one can decide about a column, or about several selected ones at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import DatePart, Kind, Question, Role
from surveyapp.gui.pages.data.column_explain import examples_head
from surveyapp.gui.pages.data.editor.answers import AnswersBlock
from surveyapp.gui.pages.data.editor.bulk import BulkBlock
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import EditorBlock, MenuField, TextField
from surveyapp.gui.pages.data.editor.letter import LettersBlock
from surveyapp.gui.pages.data.editor.missing import MissingBlock
from surveyapp.gui.pages.data.editor.note import NoteField
from surveyapp.gui.pages.data.editor.number import NumberBlock, PairBlock
from surveyapp.gui.pages.data.editor.reading import RangeBlock, ReadInsteadBlock
from surveyapp.gui.pages.data.editor.relation import RelationBlock
from surveyapp.gui.pages.data.editor.tick import TickBlock
from surveyapp.gui.pages.data.words import kind_name, role_name
from surveyapp.gui.soon import soon, soon_if_there
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.gui.widgets.switch import Switch
from surveyapp.services.codebook.column_edit import as_kind, as_role
from surveyapp.services.codebook.column_view import ColumnProfile

T = TypeVar("T")
_CLOSED = (Kind.SINGLE, Kind.SCALE, Kind.MULTI)
_NUMERIC = (Kind.NUMBER, Kind.PROBABILITY)
_TYPED = (*_NUMERIC, Kind.DATE)
_TIDIED = (*_CLOSED, *_TYPED, Kind.TICK)
"""Kinds whose texts can be tidied in Write-ins."""


class ColumnEditor(QWidget):
    """`edited` carries the changed entries as a tuple of Question; `closed` that the person is done; `refused` why a
    change cannot be. `tried` carries entries that are only being typed (None: no longer): the owner may say with
    `show_effect` what they would do.

    After an edit the owner stores it and calls `show_questions` with what came of it; the field that had the focus
    gets it back.
    """

    edited = Signal(object)
    tried = Signal(object)
    refused = Signal(str)
    closed = Signal()
    texts_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("columnEditor")
        self.setAccessibleName(_("Column editor"))
        self.setProperty("paper", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place: dict[int, int] = {}
        self._edit = self._editing(())
        self._replaced: Editing | None = None
        self._effect: Label | None = None
        self._around: Sequence[Question] = ()
        self._profile: ColumnProfile | None = None
        self._sections: Sequence[str] = ()
        self._grids: Sequence[str] = ()
        self._sets: Sequence[str] = ()
        self._read_only = False
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        theme.changed.connect(self._on_theme_changed)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is edited, with the edits so far."""
        return self._edit.questions

    @property
    def _questions(self) -> tuple[Question, ...]:
        return self._edit.questions

    def show_questions(
        self,
        questions: Sequence[Question],
        *,
        profile: ColumnProfile | None = None,
        sections: Sequence[str] = (),
        grids: Sequence[str] = (),
        sets: Sequence[str] = (),
        around: Sequence[Question] = (),
        read_only: bool = False,
    ) -> None:
        """Edit these; nothing is built anew if nothing differs. `around` is the whole codebook."""
        same = tuple(questions) == self._questions and profile == self._profile and self._body is not None
        self._profile, self._around = profile, around
        self._sections, self._grids, self._sets, self._read_only = sections, grids, sets, read_only
        if same:
            return
        # What is still being typed for the columns of before is theirs: it is told when its field goes.
        old, self._edit = self._edit, self._editing(tuple(questions))
        self._build()
        if self._replaced is not None:
            self._replaced.deleteLater()
        self._replaced = old  # a click in the body of before is still told, see gui.soon

    def _on_theme_changed(self) -> None:
        """Fields have their size from the theme."""
        if self._body is not None:
            soon_if_there(self, self._build)

    def _editing(self, questions: tuple[Question, ...]) -> Editing:
        made = Editing(questions, self)
        made.stored.connect(self.edited)
        made.tried.connect(self._on_edit_tried)
        made.refused.connect(self.refused)
        made.place = self._place
        return made

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        self.focus_field("kindField")

    def focus_field(self, name: str) -> None:
        """Put the focus on a field by its object name."""
        # Only in what is shown: the body before it may not be deleted yet.
        field = (self._body or self).findChild(QWidget, name)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_effect(self, words: str) -> None:
        """Say below what is being typed what it would do; "" says nothing."""
        block = self._block_in_use()
        if self._effect is not None:
            self._effect.hide()
            self._effect.deleteLater()
            self._effect = None
        if words and block is not None:
            self._effect = Label(self._theme, words, role="small", ink="accent", wrap=True, parent=block)
            self._effect.setObjectName("effect")
            block.add(self._effect)

    def _block_in_use(self) -> EditorBlock | None:
        """The block that has the focus."""
        widget: QWidget | None = QApplication.focusWidget() or self.window().focusWidget()
        while widget is not None and not isinstance(widget, EditorBlock):
            widget = widget.parentWidget()
        return widget if widget is not None and self.isAncestorOf(widget) else None

    def _on_edit_tried(self, questions: object) -> None:
        if questions is None:
            self.show_effect("")
        self.tried.emit(questions)

    def _build(self) -> None:
        focus = self.window().focusWidget()
        held = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._effect = None
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for block in self._blocks(body):
            block.setEnabled(not self._read_only)
            column.addWidget(block)
        self._body = body
        self._column.insertWidget(0, body)
        if self.isVisible():
            body.show()
        if held:  # focus is never lost
            self.focus_field(held if body.findChild(QWidget, held) is not None else "kindField")

    def _blocks(self, body: QWidget) -> list[QWidget]:
        questions, kinds = self._questions, {question.kind for question in self._questions}
        blocks: list[QWidget] = [self._head(body)]
        if len(questions) > 1:
            blocks.append(BulkBlock(self._theme, questions, self._edit, self._around, body))
        blocks += [self._what(body), self._names(body)]
        if len(questions) == 1:
            blocks += self._own_blocks(questions[0], body)
        if len(kinds) == 1 and kinds <= set(_NUMERIC):
            blocks.append(NumberBlock(self._theme, questions, self._edit, body))
        if kinds <= {Kind.NUMBER, Kind.DATE}:
            blocks.append(RangeBlock(self._theme, questions, self._edit, body))
        blocks.append(MissingBlock(self._theme, questions, self._edit, body))
        if len(questions) == 1 and self._has_letters(questions[0]):
            blocks.append(LettersBlock(self._theme, questions[0], self._edit, body))
        if len(questions) == 1 and questions[0].kind is not Kind.EMPTY:
            blocks.append(ReadInsteadBlock(self._theme, questions[0], self._edit, body))
        blocks += [RelationBlock(self._theme, questions, self._edit, self._around, body), self._rest(body)]
        if self._profile is not None and self._profile.examples:
            blocks.append(self._examples(body, self._profile))
        return blocks

    def _has_letters(self, question: Question) -> bool:
        """Whether anything of the column could be broken, or is repaired already."""
        seen = [text for text, _n in self._profile.examples] if self._profile is not None else []
        return bool(question.letters) or not all(map(str.isascii, [*seen, *(c.label for c in question.choices)]))

    def _own_blocks(self, question: Question, body: QWidget) -> list[QWidget]:
        """Blocks that only one column can have."""
        blocks: list[QWidget] = []
        if question.kind in _CLOSED:
            blocks.append(AnswersBlock(self._theme, question, self._edit, body))
        if question.kind is Kind.TICK:
            blocks.append(TickBlock(self._theme, question, self._edit, body))
        if question.role in (Role.ESTIMATE, Role.CONFIDENCE):
            blocks.append(PairBlock(self._theme, question, self._edit, body))
        return blocks

    def _head(self, body: QWidget) -> QWidget:
        theme = self._theme
        block = EditorBlock(theme, "", first=True, parent=body)
        row = QHBoxLayout()
        if len(self._questions) == 1:
            small = _("Column %(n)s") % {"n": fmt_count(self._questions[0].position + 1)}
            title, text = self._questions[0].title, self._questions[0].wording
        else:
            small, text = _("Together"), _("What you change here holds for all of them.")
            title = _("%(n)s columns") % {"n": fmt_count(len(self._questions))}
        row.addWidget(Label(theme, small, role="small", ink="text-2", parent=block), 1)
        done = Button(theme, _("Done"), kind="quiet", key="Esc", small=True, parent=block)
        done.setObjectName("editorDone")
        done.clicked.connect(lambda: self.closed.emit())
        row.addWidget(done)
        block.column.addLayout(row)
        block.add(Label(theme, title, role="section", wrap=True, parent=block))
        if text != title:
            block.add(Label(theme, text, ink="text-2", wrap=True, parent=block))
        return block

    def _what(self, body: QWidget) -> QWidget:
        block = EditorBlock(self._theme, _("Read as"), parent=body)
        kind = MenuField(
            self._theme,
            [(kind, kind_name(kind)) for kind in Kind],
            self._shared(lambda question: question.kind),
            lambda taken: self._edit(lambda question: as_kind(question, taken)),
            name=_("Read as"),
            mixed=_("Differs"),
            parent=block,
        )
        kind.setObjectName("kindField")
        block.add_line(_("Kind"), kind)
        role = MenuField(
            self._theme,
            [(role, role_name(role)) for role in Role],
            self._shared(lambda question: question.role),
            lambda taken: self._edit(lambda question: as_role(question, taken)),
            name=_("Part to play"),
            mixed=_("Differs"),
            parent=block,
        )
        role.setObjectName("roleField")
        block.add_line(_("Role"), role)
        if len(self._questions) == 1 and self._questions[0].role is Role.ATTENTION:
            expected = self._add_text(block, "expected", _("Right answer"))
            expected.setPlaceholderText(_("several apart by |"))
        if len(self._questions) == 1 and self._questions[0].kind is Kind.MULTI:
            self._add_text(block, "delimiter", _("Ticks parted by"))
        if len(self._questions) == 1 and self._questions[0].kind in _TIDIED:
            words = _("Write-ins and look-alikes…") if self._questions[0].kind not in _TYPED else _("What is not read…")
            texts = Button(self._theme, words, kind="quiet", icon="tag", key="W", small=True, parent=block)
            texts.setObjectName("editorTexts")
            texts.clicked.connect(lambda: self.texts_wanted.emit())
            block.add(texts)
        return block

    def _names(self, body: QWidget) -> QWidget:
        block = EditorBlock(self._theme, _("Place"), parent=body)
        if len(self._questions) == 1:
            self._add_text(block, "name", _("Short name"))
        self._add_text(block, "section", _("Section")).completed_by(self._sections)
        self._add_text(block, "grid", _("Battery")).completed_by(self._grids)
        dated = all(question.part for question in self._questions)
        if dated or all(question.kind is Kind.TICK or question.multi for question in self._questions):
            words = _("Date") if dated else _("Multiple choice")
            self._add_text(block, "multi", words).completed_by(self._sets)
        if dated and len(self._questions) == 1:
            block.add_line(_("Part"), self._part(block))
        return block

    def _part(self, block: EditorBlock) -> MenuField:
        field = MenuField(
            self._theme,
            [(DatePart.YEAR, _("Year")), (DatePart.MONTH, _("Month")), (DatePart.DAY, _("Day"))],
            self._questions[0].part,
            lambda part: self._edit(lambda question: replace(question, part=part)),
            name=_("Part of the date"),
            parent=block,
        )
        field.setObjectName("part")
        return field

    def _add_text(self, block: EditorBlock, attribute: str, label: str) -> TextField:
        shared = self._shared(lambda question: str(getattr(question, attribute)))

        def done(text: str) -> None:
            # With another sign between the ticks the options are learned anew.
            changes = {"delimiter": f"{text} ", "choices": ()} if attribute == "delimiter" else {attribute: text}
            self._edit(lambda question: _with(question, changes))

        field = TextField(self._theme, (shared or "").strip(), done, name=label, parent=block)
        field.setObjectName(attribute)
        field.setPlaceholderText("" if shared is not None else _("Differs"))
        block.add_line(label, field)
        return field

    def _rest(self, body: QWidget) -> QWidget:
        block = EditorBlock(self._theme, _("Use"), parent=body)
        for attribute, words in (
            ("sensitive", _("Keep out of public files")),
            ("left_out", _("Leave out of pages and reports")),
        ):
            switch = Switch(self._theme, words, parent=block)
            switch.setObjectName(attribute)
            switch.setChecked(all(getattr(question, attribute) for question in self._questions))
            switch.toggled.connect(lambda on, name=attribute: self._set_later(name, on))
            block.add(switch)
        if len(self._questions) == 1:
            block.add(NoteField(self._theme, self._questions[0].note, self._set_note, block))
        return block

    def _set_later(self, attribute: str, value: bool) -> None:
        """Not while the switch still handles the key: the edit may replace it."""
        soon(self, lambda: self._edit(lambda question: _with(question, {attribute: value})))

    def _set_note(self, text: str) -> None:
        self._edit(lambda question: replace(question, note=text))

    def _examples(self, body: QWidget, profile: ColumnProfile) -> QWidget:
        block = EditorBlock(self._theme, examples_head(self._questions[0], profile), parent=body)
        for text, count in profile.examples:
            row = QHBoxLayout()
            words = Label(self._theme, " ".join(text.split())[:120], ink="text-2", wrap=True, parent=block)
            row.addWidget(words, 1)
            number = Label(self._theme, fmt_count(count), ink="muted", parent=block)
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            block.column.addLayout(row)
        return block

    def _shared(self, part: Callable[[Question], T]) -> T | None:
        """What all have in common, None if they differ."""
        values = {part(question) for question in self._questions}
        return values.pop() if len(values) == 1 else None


def _with(question: Question, changes: dict[str, Any]) -> Question:
    return replace(question, **changes)
