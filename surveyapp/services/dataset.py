"""The answers of the open waves as arrays, kept in memory: everything that is shown is computed from these."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import DERIVED, TOOL_ROLES, WHOLE, Codebook, Kind, Missing, Question, Role
from surveyapp.services.answer_array import answers_of
from surveyapp.services.coded_cache import CodedCache
from surveyapp.services.date_set import answers_of_date
from surveyapp.services.tick_set import answers_of_set
from surveyapp.stats.answers import MISSING_CODES, Answers
from surveyapp.store import Store

# Columns the form fills in by itself say nothing about how far a person got.
_NOT_ASKED = TOOL_ROLES | {Role.CONSENT}
_UNTOUCHED = (MISSING_CODES[Missing.BLANK], MISSING_CODES[Missing.NOT_SHOWN])


class Dataset:
    """Answers by wave and question, loaded from the store on first use and forgotten when they change.

    Safe to call from several threads; a column is built once. Nothing is kept over a transaction that was taken back:
    it may have been read inside it. `derive` gives the answers to a derived question of a wave by its name.
    """

    def __init__(self, store: Store, *, derive: Callable[[int, str], Answers]) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._codebooks: dict[int, Codebook] = {}
        self._answers: dict[int, dict[int, Answers]] = {}
        self._sets: dict[int, dict[str, Answers]] = {}
        self._rows: dict[int, NDArray[np.int64]] = {}
        self._last_answered: dict[int, NDArray[np.int32]] = {}
        self._versions: dict[int, int] = {}
        self._taken_back = store.connections.taken_back
        self._derive = derive
        self._derived: dict[int, dict[str, Answers]] = {}
        self._definitions = 0
        self.coded = CodedCache(store)
        """The columns as they are stored, for the marks."""

    def codebook(self, wave_id: int) -> Codebook:
        """The codebook of a wave."""
        with self._current:
            if wave_id not in self._codebooks:
                self._codebooks[wave_id] = self._store.codebook.get(wave_id)
            return self._codebooks[wave_id]

    def rows(self, wave_id: int) -> NDArray[np.int64]:
        """Shape (n,): the response ids (spreadsheet row numbers), ascending."""
        with self._current:
            if wave_id not in self._rows:
                self._rows[wave_id] = np.asarray(self._store.answers.rows(wave_id), dtype=np.int64)
            return self._rows[wave_id]

    def answers(self, wave_id: int, question: Question) -> Answers:
        """The answers to one question, in the order of `rows`; also to a choice or a date over several columns, and to
        a derived question."""
        if question.occurrence == DERIVED:
            return self._derived_answers(wave_id, question.column)
        if question.occurrence == WHOLE:
            return self._set_answers(wave_id, question.multi)
        return self.load(wave_id, [question])[0]

    def _set_answers(self, wave_id: int, multi: str) -> Answers:
        with self._current:
            known = self._sets.setdefault(wave_id, {})
            if multi not in known:
                columns = self.load(wave_id, self.codebook(wave_id).of_multi(multi))
                is_date = any(answers.question.part for answers in columns)
                known[multi] = answers_of_date(columns) if is_date else answers_of_set(columns)
            return known[multi]

    def _derived_answers(self, wave_id: int, name: str) -> Answers:
        with self._current:
            known = self._derived.setdefault(wave_id, {})
            if name not in known:
                known[name] = self._derive(wave_id, name)
            return known[name]

    def forget_derived(self) -> None:
        """Drop the answers to derived questions: a recipe or a filter has changed."""
        with self._lock:
            self._definitions += 1
            self._derived.clear()

    def load(self, wave_id: int, questions: Sequence[Question]) -> list[Answers]:
        """The answers to several questions at once, which costs one read of the file."""
        with self._current:
            known = self._answers.setdefault(wave_id, {})
            absent = [question.id for question in questions if question.id not in known]
            if absent:
                for column in self._store.answers.load_values(wave_id, absent):
                    known[column.question.id] = answers_of(column)
            return [known[question.id] for question in questions]

    def load_all(self, wave_id: int) -> list[Answers]:
        """The answers to every question of the codebook, left-out ones too."""
        return self.load(wave_id, self.codebook(wave_id).questions)

    def seen(self, wave_id: int, question: Question) -> NDArray[np.bool_]:
        """Shape (n,): who saw a question, as far as the form tells: whoever typed something there or later."""
        with self._current:
            if wave_id not in self._last_answered:
                self._last_answered[wave_id] = _last_answered(self.load_all(wave_id))
            reached: NDArray[np.bool_] = self._last_answered[wave_id] >= question.position
            return reached

    def version(self, wave_id: int) -> int:
        """Grows with every change of the wave in this session, of recipes and filters, and with every one taken back:
        the key of cached results."""
        return self._versions.get(wave_id, 0) + self._definitions + self._store.connections.taken_back

    @property
    def _current(self) -> threading.RLock:
        """Held while the caches are used, which are empty if a transaction was taken back since."""
        taken_back = self._store.connections.taken_back
        if taken_back != self._taken_back:
            with self._lock:
                self._taken_back = taken_back
                caches = (self._codebooks, self._answers, self._sets, self._rows, self._last_answered, self._derived)
                for cache in caches:
                    cache.clear()
        return self._lock

    def forget(self, wave_id: int, question_ids: Iterable[int] | None = None) -> None:
        """Drop what is cached of a wave, or only of some of its questions, after a change."""
        question_ids = None if question_ids is None else list(question_ids)
        self.coded.forget(wave_id, question_ids)
        with self._lock:
            self._versions[wave_id] = self._versions.get(wave_id, 0) + 1
            self._codebooks.pop(wave_id, None)
            self._last_answered.pop(wave_id, None)
            self._sets.pop(wave_id, None)
            self._derived.pop(wave_id, None)
            if question_ids is None:
                self._answers.pop(wave_id, None)
                self._rows.pop(wave_id, None)
                return
            for question_id in question_ids:
                self._answers.get(wave_id, {}).pop(question_id, None)


def _last_answered(columns: Sequence[Answers]) -> NDArray[np.int32]:
    """Shape (n,): the position of the last question each person answered, -1 for none."""
    last = np.full(len(columns[0]) if columns else 0, -1, dtype=np.int32)
    for answers in columns:
        if answers.question.role not in _NOT_ASKED and answers.question.kind is not Kind.EMPTY:
            typed = ~np.isin(answers.missing, _UNTOUCHED)  # also what could not be read was typed there
            last[typed] = answers.question.position  # columns come in the order of the form
    return last
