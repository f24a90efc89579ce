"""The reliability diagram of a census pair, and its small sister for the Home page."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.figures.caption import caption, interval_line, missing_line, n_line, share_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.plot import Square
from surveyapp.figures.reliability_plot import Diagram, Words, draw, draw_small
from surveyapp.figures.sketch import Sketch
from surveyapp.stats.result import CalibrationResult


def build(result: CalibrationResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Square, both axes 0-100 %: band, diagonal, fitted steps, bins as dots with whiskers and n, credences below."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    bottom = draw(sketch, _diagram(result), options)
    return sketch.figure(
        bottom,
        title=clean(result.question),
        caption=_caption(result, options),
        description=_describe(result),
        header=(
            _("Stated"),
            _("Mean stated"),
            _("Right"),
            _("%(level)s interval") % {"level": fmt_percent(result.level)},
            _("People"),
            _("Reading"),
        ),
    )


def build_small(result: CalibrationResult, *, width: float = 120.0) -> Figure:
    """The same square without words: band, diagonal, dots and whiskers, for a card that says the rest."""
    sketch = Sketch(width)
    draw_small(sketch, Square(4.0, 4.0, width - 8.0), _diagram(result))
    return sketch.figure(
        width, title=clean(result.question), caption=_caption(result, FigureOptions()), description=_describe(result)
    )


def _diagram(result: CalibrationResult) -> Diagram:
    words = Words(
        curve=_("Share right"),
        band=_("Where a calibrated group would land, %(n)s times in 10"),
        band_share=_("Where a calibrated group would land, %(share)s of the time"),
        across=_("How sure they said they were"),
        up=_("How often they were right"),
        upper=_("Right more often than stated"),
        lower=_("Right less often than stated"),
        bin=_("Stated %(bin)s (mean %(mean)s): %(hits)s of %(n)s were right, %(share)s: %(reading)s."),
        nobody=_("%(bin)s: nobody."),
    )
    return Diagram(bins=result.bins, corp=result.corp, credences=result.credences, level=result.level, words=words)


def _caption(result: CalibrationResult, options: FigureOptions) -> str:
    whiskers = interval_line(result.level, "wilson") if options.intervals else ""
    band = _("Band: %(level)s of %(n)s resamplings of a calibrated group.") % {
        "level": fmt_percent(result.corp.band_level),
        "n": fmt_count(result.corp.resamples),
    }
    repaired = ""
    if divided := result.unit_repaired + result.unit_divided:
        words = ngettext(
            "%(n)s estimate was in another unit and divided.",
            "%(n)s estimates were in another unit and divided.",
            divided,
        )
        repaired = words % {"n": fmt_count(divided)}
    return caption(n_line(result.counted), whiskers, band, missing_line(result.counted), repaired)


def _describe(result: CalibrationResult) -> str:
    first = ngettext(
        "Reliability diagram of “%(question)s”: %(n)s person was %(sure)s sure on average and %(right)s were right.",
        "Reliability diagram of “%(question)s”: %(n)s people were %(sure)s sure on average and %(right)s were right.",
        result.counted.n,
    ) % {
        "question": clean(result.question),
        "n": fmt_count(result.counted.n),
        "sure": fmt_percent(result.mean_confidence.value),
        "right": share_words(result.share_right, level=result.level),
    }
    return f"{first} {result.verdict}".strip()
