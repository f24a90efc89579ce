"""The summary of a number question."""

from __future__ import annotations

from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.count import count_people, nobody, reasons
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.histogram import histogram_of
from surveyapp.stats.moment import (
    count_outliers,
    five_quantiles,
    mean_estimate,
    median_estimate,
    sample_of,
    suggests_log,
    trimmed_mean,
)
from surveyapp.stats.result import NumericSummary


def numeric_summary(answers: Answers, level: float = 0.95) -> NumericSummary | NotComputed:
    """Location, spread and histogram of everyone who gave a number; see NumericSummary for the measures.

    Nothing is left out as an outlier. Raises ValueError unless the question is a number.
    """
    if answers.question.kind is not Kind.NUMBER:
        raise ValueError(f"no numeric summary of a {answers.question.kind} question")
    why = reasons(answers)
    counted = count_people(why)
    if nothing := nobody(answers, counted):
        return nothing
    sample = sample_of(answers.values[why == 0])
    mean, sd = mean_estimate(sample, level)
    return NumericSummary(
        question=answers.question.wording,
        kind=Kind.NUMBER,
        counted=counted,
        unit=answers.question.unit,
        mean=mean,
        sd=sd,
        median=median_estimate(sample, level),
        minimum=float(sample.values[0]),
        maximum=float(sample.values[-1]),
        quantiles=five_quantiles(sample),
        trimmed=trimmed_mean(sample),
        n_outliers=count_outliers(sample),
        histogram=histogram_of(sample),
        log_suggested=suggests_log(sample),
        level=level,
    )
