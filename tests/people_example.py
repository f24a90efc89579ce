"""Results about the people of an invented prediction log, for tests of figures, tables and reports."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.stats.calibration.group_score import GroupScore
from surveyapp.stats.calibration.interval_forecast import LevelScore
from surveyapp.stats.calibration.leaderboard import Measure, Standing
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    CrowdRow,
    CrowdScore,
    NamedStanding,
    RangesResult,
)
from surveyapp.stats.estimate import Estimate

NOTES = ("All predictions count.", "12 of 14 predictions. Left out: 1 open, 1 void.")


def standing(place: int, name: str, n: int, *, ranked: bool = True) -> NamedStanding:
    """Somebody on rank `place` of `n`."""
    one = Standing(
        person=place,
        n=40,
        n_predictions=40 - place,
        brier=0.1 + 0.01 * place,
        log=0.4,
        peer=10.0 - place,
        rank=place if ranked else None,
        rank_low=max(place - 2, 1) if ranked else None,
        rank_high=min(place + 3, n) if ranked else None,
    )
    return NamedStanding(name=name, me=place == 1, standing=one)


def board(names: Sequence[str] = ("Ada", "Boris", "Cora", "Dov"), *, unranked: int = 1) -> BoardResult:
    """People by rank, the last ones without."""
    n = len(names) - unranked
    lines = tuple(standing(place, name, n, ranked=place <= n) for place, name in enumerate(names, start=1))
    return BoardResult(
        question="People by score",
        sentence=f"{n} of {len(names)} people bear a rank, by 12 scored predictions.",
        measure=Measure.PEER,
        lines=lines,
        n_predictions=12,
        notes=NOTES,
    )


def crowd(words: Sequence[str] = ("It rains", "It snows", "The bus comes"), *, scored: bool = True) -> CrowdResult:
    """What people say of each."""
    rows = tuple(
        CrowdRow(
            number=place + 1,
            words=one,
            n=len(words) - place,
            odds_mean=(place % 11) / 10,
            mean=0.45,
            median=0.5,
            outcome=(True, False, None)[place % 3],
        )
        for place, one in enumerate(words)
    )
    score = CrowdScore(
        n_events=12,
        odds_mean=Estimate(value=0.14, low=0.1, high=0.18),
        mean=Estimate(value=0.15, low=0.11, high=0.19),
        median=Estimate(value=0.15, low=0.11, high=0.19),
        single=Estimate(value=0.2, low=0.16, high=0.24),
        counted=NOTES[1],
    )
    return CrowdResult(
        question="What all say together",
        sentence="Brier score over 12 that came out: 0.14 of the mean of odds, 0.2 of a person at random.",
        rows=rows,
        score=score if scored else None,
        notes=NOTES[:1],
        level=0.95,
    )


def level_score(level: float, n: int, hits: int) -> LevelScore:
    """Ranges of one level."""
    share = hits / n
    return LevelScore(
        level=level,
        n=n,
        hits=hits,
        held=Estimate(value=share, low=max(share - 0.1, 0.0), high=min(share + 0.1, 1.0)),
        n_below=n - hits,
        n_above=0,
        winkler=None,
        width=None,
        reading="fits" if n > 9 else "too few",
    )


def ranges(*, several: bool = True) -> RangesResult:
    """Numbers, and dates apart from them."""
    levels = (level_score(0.5, 20, 11), level_score(0.9, 24, 15))
    parts = (("Numbers, in km", levels), ("Dates, in days", (level_score(0.9, 4, 4),)))
    return RangesResult(
        question="Ranges of numbers and dates",
        sentence="28 forecasts with a range: 24 of numbers, 4 of dates.",
        levels=levels,
        parts=parts if several else (),
        notes=NOTES,
        level=0.95,
    )


def answers(labels: Sequence[str] = ("Yes", "No")) -> AnswersResult:
    """Scores by answer."""
    groups = tuple(
        (
            label,
            GroupScore(
                group=place,
                n_people=12 - place,
                n=120,
                brier=Estimate(value=0.18, low=0.12, high=0.31),
                log=Estimate(value=0.5, low=0.4, high=0.7),
                peer=None,
            ),
        )
        for place, label in enumerate(labels)
    )
    return AnswersResult(
        question="Have you forecast before?",
        sentence="23 of 30 people with a scored forecast were found by Name.",
        groups=groups,
        notes=NOTES,
        level=0.95,
    )
