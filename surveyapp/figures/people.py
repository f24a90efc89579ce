"""The people of a prediction log: ranks with their ranges, what the crowd says, how ranges hold, scores by answers."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_people, fmt_percent
from surveyapp.figures.axis import ticks
from surveyapp.figures.caption import interval_line, share_words
from surveyapp.figures.dot_row import DotAxis, DotRow, draw_rows
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import Sketch
from surveyapp.stats.calibration.group_score import GroupScore
from surveyapp.stats.calibration.interval_forecast import LevelScore
from surveyapp.stats.calibration.leaderboard import Measure
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    CrowdRow,
    NamedStanding,
    RangesResult,
)
from surveyapp.stats.estimate import Estimate

_MOST_PRINTED = 15
"""So many statements of two lines have room on a page below a heading."""

_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def build_board(result: BoardResult, *, width: float, options: FigureOptions | None = None) -> Figure | None:
    """Each rank with the range in which it lies; None where nobody bears one."""
    options = options or FigureOptions()
    ranked = [line for line in result.lines if line.standing.rank is not None]
    shown = ranked[: options.most_rows]
    if not shown:
        return None
    last = max(line.standing.rank_high or 1 for line in shown)
    steps = [value for value in ticks(1, last, 8, whole=True) if value > 1]
    axis = DotAxis(
        low=1,
        high=max(last, 2),
        ticks=((1.0, fmt_count(1)), *((value, fmt_count(int(value))) for value in steps)),
        name=_("Rank, 1 best"),
    )
    sketch = Sketch(width)
    height = draw_rows(sketch, [_standing(result, line) for line in shown], axis, options)
    parts = [
        _("Bars: where each rank lies in 90 %% of the resamplings.") % {} if options.intervals else "",
        _("Behind them the %(score)s and the number of predictions.") % {"score": measure_words(result.measure)},
        _first_words(len(shown), len(ranked)),
        _unranked_words(len(result.lines) - len(ranked)),
        *result.notes,
    ]
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=" ".join(filter(None, parts)),
        description=_("Dots: the rank of each person by %(score)s, with its range. %(sentence)s")
        % {"score": measure_words(result.measure), "sentence": result.sentence},
        header=(_("Person"), _("Rank"), _("Range"), measure_words(result.measure), _("Predictions")),
    )


def measure_words(measure: Measure) -> str:
    """What people are ranked by, translated."""
    return {Measure.BRIER: _("Brier score"), Measure.LOG: _("log score"), Measure.PEER: _("peer score")}[measure]


def score_words(value: float, measure: Measure) -> str:
    """A score with as many decimals as all of its kind."""
    return fmt_number(value, 1 if measure is Measure.PEER else 3)


def _standing(result: BoardResult, line: NamedStanding) -> DotRow:
    one = line.standing
    rank, low, high = one.rank or 1, one.rank_low or 1, one.rank_high or 1
    value = {Measure.BRIER: one.brier, Measure.LOG: one.log, Measure.PEER: one.peer}[result.measure]
    words = "" if value is None else score_words(value, result.measure)
    said = {
        "name": line.name,
        "rank": fmt_count(rank),
        "low": fmt_count(low),
        "high": fmt_count(high),
        "score": measure_words(result.measure),
        "value": words,
        "n": fmt_count(one.n_predictions),
    }
    sentence = _("%(name)s: rank %(rank)s, in 90 %% of resamplings %(low)s to %(high)s; %(score)s %(value)s, n %(n)s.")
    return DotRow(
        key=f"person:{one.person}",
        label=line.name,
        sentence=sentence % said,
        cells=(line.name, fmt_count(rank), f"{fmt_count(low)}–{fmt_count(high)}", words, fmt_count(one.n_predictions)),
        value=rank,
        low=low,
        high=high,
        words=words,
        n=fmt_count(one.n_predictions),
    )


def build_crowd(result: CrowdResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """The geometric mean of odds as a dot, the mean and the median as small hollow ones."""
    options = options or FigureOptions()
    most = min(options.most_rows, _MOST_PRINTED) if options.compact else options.most_rows
    shown = result.rows[:most]
    axis = _shares()
    sketch = Sketch(width)
    height = draw_rows(sketch, [_crowd(row, number) for number, row in enumerate(shown)], axis, options)
    parts = [
        _("Dot: geometric mean of odds; hollow: mean and median. Behind it how many people forecast it."),
        _first_words(len(shown), len(result.rows)),
        result.score.counted if result.score is not None else "",
        *result.notes,
    ]
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=" ".join(filter(None, parts)),
        description=ngettext(
            "Dot: what all say together of %(n)s prediction. %(sentence)s",
            "Dots: what all say together of %(n)s predictions. %(sentence)s",
            len(shown),
        )
        % {"n": fmt_count(len(shown)), "sentence": result.sentence},
        header=(_("Prediction"), _("Mean of odds"), _("Mean"), _("Median"), _("People"), _("Came out")),
    )


def _crowd(row: CrowdRow, number: int) -> DotRow:
    label = clean(row.words)
    came = {True: _("came true"), False: _("did not come true"), None: ""}[row.outcome]
    words = fmt_percent(row.odds_mean)
    sentence = _("%(prediction)s: %(odds)s (mean %(mean)s, median %(median)s) of %(people)s") % {
        "prediction": label,
        "odds": words,
        "mean": fmt_percent(row.mean),
        "median": fmt_percent(row.median),
        "people": fmt_people(row.n),
    }
    return DotRow(
        key=f"crowd:{number}",
        label=f"{label} ({came})" if came else label,
        sentence=f"{sentence}; {came}." if came else f"{sentence}.",
        cells=(label, words, fmt_percent(row.mean), fmt_percent(row.median), fmt_count(row.n), came),
        value=row.odds_mean,
        others=(row.mean, row.median),
        words=words,
        n=fmt_count(row.n),
        faint=row.n == 1,
    )


def build_ranges(result: RangesResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """How often the ranges of each level held the truth; the dash is how often they should."""
    options = options or FigureOptions()
    parts = result.parts or (("", result.levels),)
    rows = [_level(result, name, one) for name, levels in parts for one in levels]
    sketch = Sketch(width)
    height = draw_rows(sketch, rows, _shares(), options)
    told = [
        _("Dot: the share of ranges that held the truth; dash: their level."),
        result.sentence,
        interval_line(result.level, "wilson") if options.intervals else "",
        _("Hollow: too few ranges to tell.") if any(row.faint for row in rows) else "",
        *result.notes,
    ]
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=" ".join(filter(None, told)),
        description=_("Dots: how often ranges held the truth, by level. %(sentence)s") % {"sentence": result.sentence},
        header=(_("Level"), _("Held"), _("Ranges")),
    )


def _level(result: RangesResult, name: str, one: LevelScore) -> DotRow:
    level = _("%(level)s ranges") % {"level": fmt_percent(one.level)}
    label = f"{name}: {level}" if name else level
    words = {"held": share_words(one.held, level=result.level), "hits": fmt_count(one.hits), "n": fmt_count(one.n)}
    return DotRow(
        key=f"level:{name}:{one.level}",
        label=label,
        sentence=f"{label}: {_('%(hits)s of %(n)s held the truth, %(held)s.') % words}",
        cells=(label, words["held"], words["n"]),
        value=one.held.value,
        low=one.held.low,
        high=one.held.high,
        target=one.level,
        words=fmt_percent(one.held.value),
        n=words["n"],
        faint=one.reading == "too few",
    )


def build_answers(result: AnswersResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """The mean Brier score of the people of each answer."""
    options = options or FigureOptions()
    ends = [end for _label, one in result.groups for end in (one.brier.value, one.brier.high) if end is not None]
    high = max(*ends, 0.25)
    axis = DotAxis(low=0, high=high, ticks=tuple((value, fmt_number(value)) for value in ticks(0, high, 5)))
    sketch = Sketch(width)
    rows = [_group(result, label, one) for label, one in result.groups]
    height = draw_rows(sketch, rows, axis, options)
    told = [
        _("Brier score, 0 best; behind it how many people."),
        result.sentence,
        interval_line(result.level, result.method) if options.intervals else "",
        *result.notes,
    ]
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=" ".join(filter(None, told)),
        description=_("Dots: the mean Brier score by answer, with intervals over people. %(sentence)s")
        % {"sentence": result.sentence},
        header=(_("Answer"), _("Brier score"), _("People"), _("Forecasts")),
    )


def _group(result: AnswersResult, label: str, one: GroupScore) -> DotRow:
    score = _number_words(one.brier, result.level)
    words = {"label": clean(label), "score": score, "people": fmt_people(one.n_people), "n": fmt_count(one.n)}
    said = ngettext(
        "%(label)s: Brier score %(score)s, %(people)s, %(n)s forecast.",
        "%(label)s: Brier score %(score)s, %(people)s, %(n)s forecasts.",
        one.n,
    )
    return DotRow(
        key=f"group:{one.group}",
        label=label,
        sentence=said % words,
        cells=(words["label"], score, fmt_count(one.n_people), words["n"]),
        value=one.brier.value,
        low=one.brier.low,
        high=one.brier.high,
        words=score_words(one.brier.value, Measure.BRIER),
        n=fmt_count(one.n_people),
    )


def _number_words(estimate: Estimate, level: float) -> str:
    if estimate.low is None or estimate.high is None:
        return score_words(estimate.value, Measure.BRIER)
    return _("%(value)s (%(level)s interval %(low)s to %(high)s)") % {
        "value": score_words(estimate.value, Measure.BRIER),
        "level": fmt_percent(level),
        "low": score_words(estimate.low, Measure.BRIER),
        "high": score_words(estimate.high, Measure.BRIER),
    }


def _shares() -> DotAxis:
    return DotAxis(low=0, high=1, ticks=tuple((share, fmt_percent(share)) for share in _QUARTERS))


def _first_words(n: int, total: int) -> str:
    """That not all are drawn, "" where they are."""
    if n >= total:
        return ""
    return _("The first %(n)s of %(total)s.") % {"n": fmt_count(n), "total": fmt_count(total)}


def _unranked_words(n: int) -> str:
    if not n:
        return ""
    words = ngettext("%(n)s person without a rank is not drawn.", "%(n)s people without a rank are not drawn.", n)
    return words % {"n": fmt_count(n)}
