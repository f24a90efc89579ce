"""Answers: the coded columns of a wave, and cells corrected by hand."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

from surveyapp.domain.column import CodedColumn, Entry
from surveyapp.store.record import CellEdit
from surveyapp.store.session import Session


class AnswerRepo:
    """The answers of each wave, exactly as they were stored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self, wave_id: int) -> array[int]:
        """The response ids (row numbers of the spreadsheet), ascending."""
        raise NotImplementedError

    def load(self, wave_id: int, question_ids: Sequence[int] | None = None) -> dict[int, CodedColumn]:
        """Columns by question id (all if None), in order of response_id. Ticked codes come ascending.

        Raises KeyError on a question of another wave.
        """
        raise NotImplementedError

    def edit_cell(
        self, wave_id: int, response_id: int, question_id: int, entry: Entry, *, at: datetime, reason: str = ""
    ) -> CellEdit:
        """Replace one cell and log what it was. Raises KeyError if there is no such cell."""
        raise NotImplementedError

    def edits(self, wave_id: int) -> tuple[CellEdit, ...]:
        """All corrections of a wave, oldest first."""
        raise NotImplementedError
