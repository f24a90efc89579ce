"""The part of the editor about one answer: what it is called, what it counts as, which texts mean it too."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Choice, Missing, Question
from surveyapp.gui.pages.data.editor.edit import Editing
from surveyapp.gui.pages.data.editor.form import MenuField, TextField
from surveyapp.gui.pages.data.editor.reading import removable
from surveyapp.gui.pages.data.words import MEANINGS
from surveyapp.gui.soon import soon
from surveyapp.gui.theme import Theme
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.importers.problem.merge import coded, renamed, split_off
from surveyapp.services.answer_grid import missing_words
from surveyapp.services.codebook.column_edit import with_choice

_SHOWN = 4


class ChoicePane(QWidget):
    """Shows one answer of a question; `expanded` lists all texts that mean it."""

    def __init__(
        self, theme: Theme, question: Question, choice: Choice, edit: Editing, *, expanded: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._question, self._choice, self._edit = theme, question, choice, edit
        self.setAccessibleName(choice.label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        name = TextField(theme, choice.label, self._rename, name=_("What the answer is called"), parent=self)
        name.setObjectName("answerLabel")
        self._column.addWidget(name)
        self._column.addWidget(self._meaning())
        self._texts = QWidget(self)
        self._column.addWidget(self._texts)
        self._show_texts(expanded=expanded)
        more = TextField(theme, "", self._add, name=_("Another text that means this answer"), parent=self)
        more.setObjectName("newAlias")
        more.setPlaceholderText(_("another text that means it"))
        more.textChanged.connect(self._preview)
        self._column.addWidget(more)

    def _meaning(self) -> MenuField:
        choice = self._choice
        choices: list[tuple[str, str]] = [("", _("Counts as an answer")), ("other", _("Gathers what was written in"))]
        choices += [
            (missing.value, _("Counts as %(reason)s") % {"reason": missing_words(missing)}) for missing in MEANINGS
        ]
        field = MenuField(
            self._theme,
            choices,
            "other" if choice.other else choice.missing.value if choice.missing else "",
            self._set_meaning,
            name=_("“%(answer)s”") % {"answer": choice.label},
            parent=self,
        )
        field.setObjectName("answerMeaning")
        return field

    def _set_meaning(self, value: str) -> None:
        missing = Missing(value) if value and value != "other" else None
        code = self._choice.code
        self._edit(lambda question: with_choice(question, code, missing=missing, other=value == "other"))

    def _show_texts(self, *, expanded: bool) -> None:
        texts = self._choice.aliases
        column = QVBoxLayout(self._texts)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(1)
        if not texts:
            self._texts.hide()
            return
        words = ngettext("%(n)s text means it too", "%(n)s texts mean it too", len(texts)) % {
            "n": fmt_count(len(texts))
        }
        column.addWidget(Label(self._theme, words, role="small", ink="muted", parent=self._texts))
        shown = texts if expanded else texts[:_SHOWN]
        for text in shown:
            column.addWidget(
                removable(
                    self._theme,
                    " ".join(text.split()),
                    _("Split off: “%(text)s” is an answer of its own") % {"text": text},
                    partial(self._edit, partial(split_off, texts=[text])),
                    self._texts,
                )
            )
        if len(shown) < len(texts):
            all_words = _("Show all %(n)s") % {"n": fmt_count(len(texts))}
            button = Button(self._theme, all_words, kind="quiet", small=True, parent=self._texts)
            button.setObjectName("allAliases")
            button.clicked.connect(self._expand)
            column.addWidget(button)

    def _expand(self) -> None:
        old, self._texts = self._texts, QWidget(self)
        self._column.replaceWidget(old, self._texts)
        old.hide()
        old.deleteLater()
        self._show_texts(expanded=True)
        self._texts.show()

    def _rename(self, label: str) -> None:
        code = self._choice.code
        soon(self, lambda: self._edit(lambda question: renamed(question, code, label)))

    def _add(self, text: str) -> None:
        code = self._choice.code
        if text:
            self._edit(lambda question: coded(question, [text], code))

    def _preview(self, text: str) -> None:
        code = self._choice.code
        self._edit.preview((lambda question: coded(question, [text], code)) if text.strip() else None)
