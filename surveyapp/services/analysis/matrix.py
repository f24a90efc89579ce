"""The correlations of chosen questions with each other."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import Codebook, Kind, Question
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.screen import screenable
from surveyapp.stats.association.matrix import correlation_matrix
from surveyapp.stats.association.result import CorrelationMatrix
from surveyapp.stats.result import Result

MOST = 40
"""More numbers than that nobody reads."""

_USUAL = 10


def run_matrix(asked: Asked) -> Result:
    """`columns` are the questions; without them the first ten that are numbers or ordered.

    Options: "measure" is "pearson" for correlations of the numbers themselves (else of ranks), "order" is "asked" for
    the questions as they were named (else those that go together stand together).
    """
    spec = asked.spec
    columns = [asked.question(key) for key in spec.columns]
    questions = columns or usual_questions(asked.session.codebook(asked.wave_id))
    if len(questions) > MOST:
        raise UserError(
            _("A matrix of %(n)s questions cannot be read.") % {"n": fmt_count(len(questions))},
            _("Choose at most %(n)s, or use the screen of all pairs.") % {"n": fmt_count(MOST)},
        )
    found = correlation_matrix(
        [asked.answers(question) for question in questions],
        ranks=spec.option("measure") != "pearson",
        level=asked.level,
        weights=asked.weights,
        check=asked.check,
    )
    if isinstance(found, CorrelationMatrix) and spec.option("order") == "asked":
        return replace(found, order=tuple(range(len(found.labels))))
    return found


def usual_questions(codebook: Codebook) -> list[Question]:
    """What a matrix shows until somebody chooses."""
    return [question for question in codebook.asked if is_ordered(question) and screenable(question)][:_USUAL]


def is_ordered(question: Question) -> bool:
    """Whether a question is a number or ordered, so that it can be correlated. A multiple choice is not: it would be a
    question for each option."""
    kinds = (Kind.NUMBER, Kind.PROBABILITY, Kind.SCALE, Kind.DATE, Kind.TICK)
    return question.kind in kinds or (question.kind is Kind.SINGLE and question.ordered)
