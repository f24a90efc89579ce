"""How the blocks of the column editor change what is edited, and show what a change would do before it is stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Question

EntryChange = Callable[[Question], Question]

_WAIT_MS = 180


class Editing(QObject):
    """Called with a change of an entry it stores it; `preview` asks what it would do, a little later.

    `stored` and `tried` carry the entries with the change (`tried` None: nothing is tried any more), `refused` the
    sentence of a change that cannot be.
    """

    stored = Signal(object)
    tried = Signal(object)
    refused = Signal(str)

    def __init__(self, questions: tuple[Question, ...], parent: QObject) -> None:
        super().__init__(parent)
        self.questions = questions
        self.place: dict[int, int] = {}
        """Which answer of a question (by id) the cursor was on, for a block that is built anew."""
        self._trial: EntryChange | None = None
        self._wait = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._try)

    def __call__(self, change: EntryChange) -> None:
        """Store the change, if it changes anything."""
        after = self._after(change)
        self.preview(None)
        if after is not None and after != self.questions:
            self.questions = after
            self.stored.emit(after)

    def preview(self, change: EntryChange | None) -> None:
        """Ask what the change would do; None takes the question back."""
        self._trial = change
        if change is None:
            self._wait.stop()
            self.tried.emit(None)
        else:
            self._wait.start()

    def _try(self) -> None:
        if self._trial is None:
            return
        try:
            after = tuple(self._trial(question) for question in self.questions)
        except UserError:  # half typed
            after = self.questions
        self.tried.emit(after if after != self.questions else None)

    def _after(self, change: EntryChange) -> tuple[Question, ...] | None:
        try:
            return tuple(change(question) for question in self.questions)
        except UserError as error:
            self.refused.emit(str(error))
            return None
