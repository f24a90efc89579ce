"""What stands beside every score: how many predictions are in it, and why others are not.

One line in words; the counts themselves are those of a selection.
"""

from __future__ import annotations

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.services.prediction.interval_score import IntervalScore
from surveyapp.services.prediction.scope_text import left_out_parts, left_out_sentence
from surveyapp.services.prediction.sealing import taken_back_words
from surveyapp.services.prediction.selection import Selection


def counted_words(found: Selection) -> str:
    """One line, translated, for the scores of a selection."""
    n_scored = len(np.unique(found.prediction))
    told = [_counts(found, n_scored)]
    if bool((found.option >= 0).any()):
        told.append(
            _("Each option of a choice is a forecast of its own; of two that exclude each other the first is one.")
            if found.two_sided
            else _("Each option of a choice is a forecast of its own.")
        )
    return " ".join(told)


def counted_ranges(found: IntervalScore) -> str:
    """One line, translated, for the ranges of numbers and dates."""
    return _counts(found, found.n_scored)


def _counts(found: Selection | IntervalScore, n_scored: int) -> str:
    """How many are in it, why others are not, who settled them, what is sealed."""
    told = [
        left_out_sentence(n_scored, found.n_predictions, left_out_parts(found.left_out, n_scored, found.n_predictions))
    ]
    if found.n_own_resolved:
        words = ngettext(
            "%(n)s was settled by somebody who forecast it.",
            "%(n)s were settled by somebody who forecast them.",
            found.n_own_resolved,
        )
        told.append(words % {"n": fmt_count(found.n_own_resolved)})
    if found.n_sealed:
        words = ngettext("%(n)s is sealed and not opened.", "%(n)s are sealed and not opened.", found.n_sealed)
        told.append(words % {"n": fmt_count(found.n_sealed)})
    if found.n_seals_taken_back:
        told.append(taken_back_words(found.n_seals_taken_back))
    return " ".join(told)
