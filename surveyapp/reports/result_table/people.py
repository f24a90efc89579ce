"""People of a prediction log as tables: ranks, the crowd, other sites' scores, ranges, scores by answers."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import EN_DASH, fmt_count, fmt_percent
from surveyapp.reports.table import Column, ColumnKind, Table, Value, ends
from surveyapp.stats.calibration.interval_forecast import LevelScore
from surveyapp.stats.calibration.leaderboard import Standing
from surveyapp.stats.calibration.log_verdict import LogReading
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    CrowdScore,
    RangesResult,
    SitesResult,
)
from surveyapp.stats.estimate import Estimate

SCORE_DIGITS, PEER_DIGITS = 3, 1
"""Decimals of scores of 0 to 1, and of points around 0: all in a column have as many."""


def board_table(result: BoardResult) -> Table:
    """A line per person, by rank; the rules as notes."""
    lines = result.lines
    return Table(
        title=result.question,
        columns=(
            count_column(_("Rank"), [one.standing.rank for one in lines]),
            text_column(_("Range"), [rank_range(one.standing) for one in lines]),
            text_column(_("Person"), [one.name for one in lines]),
            count_column(_("Predictions"), [one.standing.n_predictions for one in lines]),
            number_column(_("Peer"), [one.standing.peer for one in lines], digits=PEER_DIGITS),
            number_column(_("Brier"), [one.standing.brier for one in lines], digits=SCORE_DIGITS),
            number_column(_("Log"), [one.standing.log for one in lines], digits=SCORE_DIGITS),
        ),
        notes=result.notes,
    )


def rank_range(one: Standing) -> str:
    """Where the rank lies in 90 % of the resamplings: "3", "1–5"; "too few" for who has none."""
    if one.rank_low is None or one.rank_high is None:
        return _("too few")
    if one.rank_low == one.rank_high:
        return fmt_count(one.rank_low)
    return f"{fmt_count(one.rank_low)}{EN_DASH}{fmt_count(one.rank_high)}"


def crowd_table(result: CrowdResult) -> Table:
    """A line per prediction, or option of one."""
    outcome = {True: _("yes"), False: _("no"), None: ""}
    rows = result.rows
    return Table(
        title=result.question,
        columns=(
            count_column(_("No."), [row.number for row in rows]),
            text_column(_("Prediction"), [row.words for row in rows]),
            count_column(_("People"), [row.n for row in rows]),
            share_column(_("Mean of odds"), [row.odds_mean for row in rows]),
            share_column(_("Mean"), [row.mean for row in rows]),
            share_column(_("Median"), [row.median for row in rows]),
            text_column(_("Came out"), [outcome[row.outcome] for row in rows]),
        ),
        notes=result.notes,
    )


def crowd_score_table(score: CrowdScore, level: float) -> Table:
    """How good each way to put a crowd together was."""
    rows = crowd_ways(score)
    words = ngettext(
        "Over %(n)s that came out and that two people or more forecast. 0 is best, 1 worst.",
        "Over %(n)s that came out and that two people or more forecast. 0 is best, 1 worst.",
        score.n_events,
    )
    return Table(
        title=_("Crowds"),
        columns=(
            text_column(_("Crowd"), [name for name, _score in rows]),
            *interval_columns(_("Brier"), [found for _name, found in rows], level, digits=SCORE_DIGITS),
        ),
        notes=(words % {"n": fmt_count(score.n_events)}, *([score.counted] if score.counted else [])),
    )


def crowd_ways(score: CrowdScore) -> tuple[tuple[str, Estimate], ...]:
    """The ways to put a crowd together, by name, with their Brier scores."""
    return (
        (_("Geometric mean of odds"), score.odds_mean),
        (_("Mean"), score.mean),
        (_("Median"), score.median),
        (_("A person at random"), score.single),
    )


def sites_table(result: SitesResult) -> Table:
    """Everybody's means as other sites print them."""
    lines = result.lines
    return Table(
        title=result.question,
        columns=(
            text_column(_("Person"), [one.name for one in lines]),
            count_column(_("Forecasts"), [one.n for one in lines]),
            number_column(_("Baseline"), [one.baseline for one in lines], digits=PEER_DIGITS),
            number_column(_("Peer"), [one.peer for one in lines], digits=PEER_DIGITS),
            number_column(_("Baseline, time"), [one.baseline_time for one in lines], digits=PEER_DIGITS),
            number_column(_("Peer, time"), [one.peer_time for one in lines], digits=PEER_DIGITS),
            share_column(_("Coverage"), [one.coverage for one in lines]),
            number_column(_("Brier 0–2"), [one.fatebook for one in lines], digits=SCORE_DIGITS),
            number_column(_("relative"), [one.fatebook_relative for one in lines], digits=SCORE_DIGITS),
            number_column(_("PredictionBook"), [one.predictionbook for one in lines], digits=SCORE_DIGITS),
            number_column(_("its error"), [one.predictionbook_error for one in lines], digits=SCORE_DIGITS),
        ),
        notes=(
            *result.notes,
            _("Baseline and peer: means of Metaculus' spot scores, of the last forecast before the date."),
            over_time_note(),
            _("An option of a choice counts as a yes or no of its own."),
            _("Brier 0–2 and relative: Fatebook's formulas, without its averages over days; lower is better."),
            _("PredictionBook: the mean of every forecast, and 1 / √n, which is no standard error; lower is better."),
        ),
    )


def over_time_note() -> str:
    """What averages over time rest on: what a log does not know is assumed, and said."""
    return _(
        "Time: averaged from the first forecast in the log to the end of the date (without one, to when it was "
        "known), 0 before one's own first forecast and after it was known. Coverage: the share of that time with a "
        "forecast. Metaculus counts from when a question opened, which a log does not tell."
    )


def ranges_table(result: RangesResult) -> Table:
    """A line per level: of dates apart from numbers, and these by their unit, where there are several; then of all."""
    rows = [(name, one) for name, levels in result.parts for one in levels]
    rows += [(_("All together"), one) for one in result.levels]
    held = [one.held for _name, one in rows]
    levels = [one for _name, one in rows]
    of = (text_column(_("Ranges of"), [name for name, _one in rows]),) if result.parts else ()
    return Table(
        title=result.question,
        columns=(
            *of,
            share_column(_("Level"), [one.level for one in levels]),
            count_column(_("Ranges"), [one.n for one in levels]),
            share_column(_("Held"), [one.value for one in held]),
            Column(
                header=_("%(level)s interval") % {"level": fmt_percent(result.level)},
                values=[ends(one) for one in held],
                kind=ColumnKind.SHARE_INTERVAL,
            ),
            count_column(_("Truth below"), [one.n_below for one in levels]),
            count_column(_("Truth above"), [one.n_above for one in levels]),
            number_column(_("Winkler"), [one.winkler.value if one.winkler else None for one in levels]),
            number_column(_("Width"), [one.width for one in levels]),
            text_column(_("Reading"), [level_reading(one) for one in levels]),
        ),
        notes=result.notes,
    )


def answers_table(result: AnswersResult) -> Table:
    """A line per answer that enough people gave."""
    groups = [one for _label, one in result.groups]
    return Table(
        title=result.question,
        columns=(
            text_column(_("Answer"), [label for label, _one in result.groups]),
            count_column(_("People"), [one.n_people for one in groups]),
            count_column(_("Forecasts"), [one.n for one in groups]),
            *interval_columns(_("Brier"), [one.brier for one in groups], result.level, digits=SCORE_DIGITS),
            *interval_columns(_("Log"), [one.log for one in groups], result.level, digits=SCORE_DIGITS),
            *interval_columns(_("Peer"), [one.peer for one in groups], result.level, digits=PEER_DIGITS),
        ),
        notes=(result.sentence, *result.notes),
    )


def answers_calibration_table(result: AnswersResult) -> Table:
    """How sure the people of each answer were and how often right, and what the joint test says."""
    groups = [one for _label, one in result.groups]
    sure = [one.confidence for one in groups]
    return Table(
        title=_("Calibration: %(question)s") % {"question": result.question},
        columns=(
            text_column(_("Answer"), [label for label, _one in result.groups]),
            text_column(_("Reading"), [reading_words(one.reading) for one in groups]),
            count_column(_("Forecasts"), [one.n for one in groups]),
            share_column(_("How sure"), [one.said if one else None for one in sure]),
            share_column(_("Right"), [one.right if one else None for one in sure]),
            *interval_columns(
                _("Overconfidence"), [one.gap if one else None for one in sure], result.level, digits=SCORE_DIGITS
            ),
            *interval_columns(
                _("Slope"), [one.cox.slope if one.cox else None for one in groups], result.level, digits=2
            ),
        ),
        notes=(
            _(
                "How sure and how often right: forecasts under 50 %% turned to the opposite, those of 50 %% left out; "
                "overconfidence is the difference. Slope: 1 is calibrated, below 1 the forecasts are too extreme. The "
                "reading is that of a joint test of slope and bias. Intervals allow for forecasts of one prediction or "
                "by one of many people."
            )
            % {},
        ),
    )


def reading_words(reading: LogReading) -> str:
    """What a calibration comes to, in a word or two."""
    return {
        LogReading.NONE: _("not computed"),
        LogReading.FEW: _("too few to tell"),
        LogReading.FITS: _("fits"),
        LogReading.SOMEWHAT: _("somewhat overconfident"),
        LogReading.STRONGLY: _("strongly overconfident"),
        LogReading.UNDER: _("underconfident"),
        LogReading.HIGH: _("too high"),
        LogReading.LOW: _("too low"),
    }[reading]


def level_reading(one: LevelScore) -> str:
    """What the ranges of a level are, in words."""
    return {
        "fits": _("fits"),
        "too narrow": _("too narrow"),
        "too wide": _("too wide"),
        "too few": _("too few to tell"),
    }[one.reading]


def interval_columns(
    header: str, scores: Sequence[Estimate | None], level: float, *, digits: int | None = None
) -> list[Column]:
    """A column of numbers and one of their intervals."""
    words = _("%(score)s, %(level)s interval") % {"score": header, "level": fmt_percent(level)}
    return [
        number_column(header, [one.value if one else None for one in scores], digits=digits),
        Column(
            header=words,
            values=[ends(one) if one else None for one in scores],
            kind=ColumnKind.NUMBER_INTERVAL,
            digits=digits,
        ),
    ]


def text_column(header: str, values: Sequence[Value]) -> Column:
    """Words."""
    return Column(header=header, values=values)


def count_column(header: str, values: Sequence[Value]) -> Column:
    """Counts, or ranks."""
    return Column(header=header, values=values, kind=ColumnKind.COUNT)


def share_column(header: str, values: Sequence[Value]) -> Column:
    """Shares, 0-1."""
    return Column(header=header, values=values, kind=ColumnKind.SHARE)


def number_column(header: str, values: Sequence[Value], *, digits: int | None = None) -> Column:
    """Numbers, with so many decimals."""
    return Column(header=header, values=values, kind=ColumnKind.NUMBER, digits=digits)
