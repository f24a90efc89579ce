"""Codebooks: what the columns of a wave mean."""

from __future__ import annotations

from surveyapp.domain.column import CodedColumn
from surveyapp.domain.question import Codebook, Question
from surveyapp.store.session import Session


class CodebookRepo:
    """The questions of each wave and their choices."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, wave_id: int) -> Codebook:
        """All questions of a wave, by position."""
        raise NotImplementedError

    def get_question(self, question_id: int) -> Question:
        """One question. Raises KeyError if there is none."""
        raise NotImplementedError

    def wave_of(self, question_id: int) -> int:
        """The wave a question belongs to. Raises KeyError if there is none."""
        raise NotImplementedError

    def update_question(self, question: Question) -> None:
        """Change what does not touch the answers: names, texts, order of choices, grid, key, note ...

        Raises ValueError if header, kind, or the codes or missing marks of choices differ: replace_question does that.
        """
        raise NotImplementedError

    def replace_question(self, wave_id: int, column: CodedColumn) -> None:
        """Store a question coded anew, `column.question.id` being its id; entries in order of response_id."""
        raise NotImplementedError
