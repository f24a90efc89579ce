"""The calibration of a prediction log: the reliability diagram, or the score over time."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_people, fmt_percent
from surveyapp.figures import score_course
from surveyapp.figures.caption import interval_line
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.plot import Square
from surveyapp.figures.reliability_plot import Diagram, Words, draw, draw_small
from surveyapp.figures.sketch import Sketch
from surveyapp.stats.calibration.log_result import LogResult


def build(result: LogResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Over time where that is asked for and there is a course; else the diagram with its band, bins and counts."""
    if result.over_time and result.course is not None:
        return score_course.build(result, result.course, width=width, base=base_line(result))
    options = options or FigureOptions()
    sketch = Sketch(width)
    bottom = draw(sketch, _diagram(result), options)
    return sketch.figure(
        bottom,
        title=clean(result.question),
        caption=_caption(result, options),
        description=_describe(result),
        header=(
            _("Said"),
            _("Mean said"),
            _("Happened"),
            _("%(level)s interval") % {"level": fmt_percent(result.level)},
            _("Forecasts"),
            _("Reading"),
        ),
    )


def build_small(result: LogResult, *, width: float = 120.0) -> Figure:
    """The diagram without words, for a card that says the rest."""
    sketch = Sketch(width)
    low = 0.5 if result.calibration.folded else 0.0
    draw_small(sketch, Square(4.0, 4.0, width - 8.0, low=low), _diagram(result))
    return sketch.figure(
        width, title=clean(result.question), caption=_caption(result, FigureOptions()), description=_describe(result)
    )


def _diagram(result: LogResult) -> Diagram:
    calibration = result.calibration
    return Diagram(
        bins=calibration.bins,
        corp=calibration.corp,
        credences=calibration.credences,
        level=result.level,
        words=_words(result),
        low=0.5 if calibration.folded else 0.0,
        log_odds=result.log_odds,
    )


def _words(result: LogResult) -> Words:
    own, many = result.own, result.calibration.n_people > 1
    group = _("Where a calibrated group would land, %(n)s times in 10")
    person = _("Where a calibrated person would land, %(n)s times in 10")
    group_share = _("Where a calibrated group would land, %(share)s of the time")
    person_share = _("Where a calibrated person would land, %(share)s of the time")
    return Words(
        curve=_("Your curve") if own else _("Share that happened"),
        band=group if many else person,
        band_share=group_share if many else person_share,
        across=_("What you said (credence)") if own else _("What was said (credence)"),
        up=_("How often it happened"),
        upper=_("Happened more often than you said") if own else _("Happened more often than was said"),
        lower=_("Happened less often than you said") if own else _("Happened less often than was said"),
        bin=_("Said %(bin)s (mean %(mean)s): %(hits)s of %(n)s happened, %(share)s: %(reading)s."),
        nobody=_("%(bin)s: no forecast."),
    )


def forecasts_words(result: LogResult) -> str:
    """ "400 forecasts of 214 predictions by 3 people"."""
    found = result.calibration
    forecasts = ngettext("%(n)s forecast", "%(n)s forecasts", found.n) % {"n": fmt_count(found.n)}
    tasks = ngettext("%(n)s prediction", "%(n)s predictions", found.n_predictions) % {
        "n": fmt_count(found.n_predictions)
    }
    words = _("%(forecasts)s of %(predictions)s") % {"forecasts": forecasts, "predictions": tasks}
    if found.n_people < 2:
        return words
    people = fmt_people(found.n_people)
    return _("%(words)s by %(people)s") % {"words": words, "people": people}


def base_line(result: LogResult) -> str:
    """How many forecasts, which count, what was left out, who settled them, what is sealed."""
    return " ".join(filter(None, (f"{forecasts_words(result)}.", result.counting, counts_line(result))))


def counts_line(result: LogResult) -> str:
    """What was left out, who settled them, what is sealed: beside every score; "" where there is nothing to tell."""
    parts = []
    if result.left_out:
        left = ", ".join(words for words, _n in result.left_out)
        n = result.n_predictions
        words = ngettext("Left out of %(n)s prediction: %(left)s.", "Left out of %(n)s predictions: %(left)s.", n)
        parts.append(words % {"n": fmt_count(n), "left": left})
    return " ".join([*parts, *trust_lines(result)])


def trust_lines(result: LogResult) -> tuple[str, ...]:
    """How many were settled by who forecast them, and how many are sealed and not opened or taken back; ()
    for none."""
    lines = []
    if n := result.n_own_resolved:
        words = ngettext(
            "%(n)s of them was settled by who forecast it.", "%(n)s of them were settled by who forecast them.", n
        )
        lines.append(words % {"n": fmt_count(n)})
    if n := result.n_sealed:
        lines.append(ngettext("%(n)s sealed and unopened.", "%(n)s sealed and unopened.", n) % {"n": fmt_count(n)})
    if n := result.n_seals_taken_back:
        words = ngettext("%(n)s seal was taken back.", "%(n)s seals were taken back.", n)
        lines.append(words % {"n": fmt_count(n)})
    return tuple(lines)


def _caption(result: LogResult, options: FigureOptions) -> str:
    whiskers = interval_line(result.level, "wilson") if options.intervals else ""
    band = _("Band: %(level)s of %(n)s resamplings of a calibrated forecaster.") % {
        "level": fmt_percent(result.calibration.corp.band_level),
        "n": fmt_count(result.calibration.corp.resamples),
    }
    fold = _("Folded: a forecast of 30 % stands as one of 70 % of the opposite.") if result.calibration.folded else ""
    axis = _("Both axes in log-odds.") if result.log_odds else ""
    return f"{base_line(result)} {' '.join(line for line in (whiskers, band, fold, axis) if line)}"


def _describe(result: LogResult) -> str:
    first = _("Reliability diagram of “%(title)s”: %(forecasts)s, %(share)s of them happened.") % {
        "title": clean(result.question),
        "forecasts": forecasts_words(result),
        "share": fmt_percent(result.calibration.base_rate),
    }
    return f"{first} {result.calibration.verdict}".strip()
