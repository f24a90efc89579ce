"""One gentle advice below a field of the form, with a button that takes the repair."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from surveyapp.base.i18n import _
from surveyapp.domain.prediction import Prediction
from surveyapp.gui.context import AppContext
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.label import Label
from surveyapp.services.jobs import JobContext
from surveyapp.services.prediction.check.finding import Finding, RuleId

_WAIT_MS = 250
ALARMING = (RuleId.PAST, RuleId.CLASH, RuleId.CERTAIN)
"""What is told in the colour of things to look at."""


def advice_words(finding: Finding) -> str:
    """What may go wrong and what helps; of what yields no prediction the question that turns it into one."""
    return finding.question or f"{finding.message} {finding.repair}".strip()


def deed_words(finding: Finding) -> str:
    """What a button beside the advice does, "" for nothing: take the repair, or go to the prediction that says it."""
    if finding.fix is not None:
        return finding.fix.label
    return _("Add a forecast to it") if finding.other is not None else ""


def add_to(context: AppContext, prediction_id: int, share: float | None) -> None:
    """Go to a prediction that is there, with a belief that is to be added to it."""
    context.shell.open_page("predictions", "todo", prediction=prediction_id, believe=True, share=share)


def look_at(
    context: AppContext,
    owner: QObject,
    draft: Prediction,
    share: float | None,
    done: Callable[[Finding | None], None],
) -> None:
    """Look in a worker for what spoils a draft most; the open predictions of the workspace count as known.

    Of a new one that is there already nothing else is said: all other advice would be in vain.
    """
    session, now = context.session, context.clock()

    def work(_ctx: JobContext) -> Finding | None:
        from surveyapp.services.prediction.book import book_of
        from surveyapp.services.prediction.check.checker import check

        book = book_of(session) if session is not None else None
        others = [one for one in book.predictions.values() if book.is_open(one.id)] if book is not None else []
        found = check(draft, others=others, probability=share, now=now)
        twice = (one for one in found if one.other is not None and not draft.id)
        return next(twice, None) or next((one for one in found if one.other is None), None)

    context.jobs.start(work, done=done, owner=owner)


class AdviceRow(QWidget):
    """`look` again after a change; `fixed` carries the Fix that is taken, `other_wanted` the id of a prediction that
    says the same."""

    fixed = Signal(object)
    other_wanted = Signal(int)

    def __init__(
        self, context: AppContext, draft: Callable[[], tuple[Prediction, float | None]], parent: QWidget
    ) -> None:
        """`draft` gives the prediction as it is written now, and the belief in it."""
        super().__init__(parent)
        self._context, self._draft = context, draft
        self._finding: Finding | None = None
        self._turn = 0
        self.setObjectName("formAdvice")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.words = Label(context.theme, role="small", ink="text-2", wrap=True, parent=self)
        row.addWidget(self.words, 1)
        self.button = Button(context.theme, kind="quiet", small=True, parent=self)
        self.button.setObjectName("formFix")
        self.button.clicked.connect(self.take)
        row.addWidget(self.button)
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._check)
        self.hide()

    def look(self) -> None:
        """Something was typed: look again when it rests."""
        self._wait.start()

    def stop(self) -> None:
        """The form is closed."""
        self._turn += 1
        self._wait.stop()
        self._show(None)

    def take(self) -> None:
        """Take the repair, or go to the prediction that says the same."""
        found = self._finding
        if found is not None and found.fix is not None:
            self.fixed.emit(found.fix)
        elif found is not None and found.other is not None:
            self.other_wanted.emit(found.other)

    def _check(self) -> None:
        self._turn += 1
        turn = self._turn
        draft, share = self._draft()

        def done(finding: Finding | None) -> None:
            if turn == self._turn:
                self._show(finding)

        look_at(self._context, self, draft, share, done)

    def _show(self, finding: Finding | None) -> None:
        self._finding = finding
        self.setVisible(finding is not None)
        if finding is None:
            return
        self.words.setText(advice_words(finding))
        self.words.set_ink("warn" if finding.rule in ALARMING else "text-2")
        words = deed_words(finding)
        self.button.setVisible(bool(words))
        if words:
            self.button.setText(words)
            self.button.setAccessibleName(words)
            self.button.updateGeometry()
