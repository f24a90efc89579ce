"""How many answers the codebook's own rule for larger numbers divided (Question.unit_factor), for what they rest on.

The arrays that statistics are made of hold the divided numbers, so this looks at the cells as they were typed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveyapp.domain.question import Question
from surveyapp.importers.cell.reading import read_texts
from surveyapp.services.session import Session


def count_divided(session: Session, wave_id: int, question: Question, *, mask: NDArray[np.bool_]) -> int:
    """How many people of `mask` (shape (n,), in the order of the wave) gave a number that was divided and counts."""
    if not question.unit_factor or question.high is None:
        return 0
    column = session.store.answers.load(wave_id, [question.id])[question.id]
    raws = [entry.raw for entry in column.entries]
    repair = session.store.waves.repair_encoding(wave_id)
    typed = read_texts(replace(question, unit_factor=0.0, high=None), raws, repair=repair).entries
    divided = [
        entry.missing is None and isinstance(own.value, (int, float)) and own.value > question.high
        for entry, own in zip(column.entries, typed, strict=True)
    ]
    if not any(divided):
        return 0
    return int(np.array(divided, dtype=np.bool_)[np.asarray(column.index, dtype=np.int64)[mask]].sum())
