"""The stored columns of the wave that is being corrected, with what was found out about them for its marks.

An edit bears on one column; the others are neither read nor searched again.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable

from surveyapp.domain.column import CodedColumn, TextColumn
from surveyapp.importers.mark.memo import Memo
from surveyapp.store import Store


class CodedCache:
    """Holds the columns of one wave, the last that was asked for: 100,000 x 150 take some 100 MB.

    Nothing is kept over a transaction that was taken back: it may have been read inside it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._wave_id = 0
        self._taken_back = 0
        self._clear()

    def _clear(self) -> None:
        self._rows: array[int] | None = None
        self._columns: dict[int, tuple[CodedColumn, TextColumn] | None] = {}
        self.memo = Memo()

    def load(self, wave_id: int) -> tuple[array[int], list[CodedColumn], list[TextColumn]]:
        """The rows of a wave, its columns in the order of the codebook, and the same as texts. Unchanged columns are
        the very same objects as before. Raises KeyError if there is no such wave."""
        with self._lock:
            taken_back = self._store.connections.taken_back
            if wave_id != self._wave_id or taken_back != self._taken_back:
                self._clear()
                self._wave_id, self._taken_back = wave_id, taken_back
            if self._rows is None:
                self._rows = self._store.answers.rows(wave_id)
                self._columns = _with_texts(self._store.answers.load(wave_id))
            elif absent := [key for key, pair in self._columns.items() if pair is None]:
                self._columns |= _with_texts(self._store.answers.load(wave_id, absent))
            pairs = [pair for pair in self._columns.values() if pair is not None]
            return self._rows, [coded for coded, _text in pairs], [text for _coded, text in pairs]

    def forget(self, wave_id: int, question_ids: Iterable[int] | None = None) -> None:
        """Drop the columns of these questions after a change, or all of the wave's."""
        with self._lock:
            if wave_id != self._wave_id:
                return
            if question_ids is None:
                self._clear()
                return
            for question_id in question_ids:
                if question_id in self._columns:
                    self._columns[question_id] = None


def _with_texts(columns: dict[int, CodedColumn]) -> dict[int, tuple[CodedColumn, TextColumn] | None]:
    return {question_id: (column, column.text_column()) for question_id, column in columns.items()}
