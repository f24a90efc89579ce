"""The strongest pairs of a screen, and the options of a multiple choice beside another question."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_p, fmt_percent
from surveyapp.figures.caption import caption, n_line
from surveyapp.figures.effect import SYMBOLS, EffectRow, draw_effects, effect_words, interval_words, q_words
from surveyapp.figures.figure import Figure
from surveyapp.figures.measure import clean
from surveyapp.figures.option import FigureOptions
from surveyapp.figures.sketch import Sketch
from surveyapp.stats.association.result import OptionAssociations, OptionRow, ScreenPair, ScreenResult
from surveyapp.stats.estimate import Estimate

_AT_LEAST = 10
"""So many pairs are drawn where fewer stand out, the rest of them hollow."""


def build(result: ScreenResult, *, width: float, options: FigureOptions | None = None) -> Figure:
    """The pairs that stand out, the strongest first; a hollow dot could be chance."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    tested = [pair for pair in result.pairs if pair.p is not None]
    n = min(max(result.n_standing_out, _AT_LEAST), options.most_rows, len(tested))
    rows = [_row(result, pair, faint=number >= result.n_standing_out) for number, pair in enumerate(tested[:n])]
    height = draw_effects(sketch, rows, intervals=options.intervals, counts=options.counts, compact=options.compact)
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=_caption(result, n),
        description=_describe(rows),
        header=(_("Question"), _("goes with"), _("Measure"), _("Effect"), _("Interval"), "n", "q"),
    )


def pair_estimate(pair: ScreenPair) -> Estimate:
    """The effect of a pair with its interval."""
    return Estimate(value=pair.effect, low=pair.low, high=pair.high)


def pair_words(result: ScreenResult, pair: ScreenPair) -> str:
    """A pair as a sentence: "“Age” and “Income”: ρ = 0.24 (0.20–0.28), n 2,088, q < .001." """
    first, second = (clean(result.variables[place].label) for place in (pair.first, pair.second))
    names = {"first": first, "second": second, "n": fmt_count(pair.n)}
    if pair.q is None:
        if pair.n < result.min_n:
            told = ngettext(
                "“%(first)s” and “%(second)s”: not tested, %(n)s person answered both.",
                "“%(first)s” and “%(second)s”: not tested, %(n)s people answered both.",
                pair.n,
            )
            return told % names
        return _("“%(first)s” and “%(second)s”: not tested, one of them is the same for all %(n)s people.") % names
    words = {**names, "effect": effect_words(SYMBOLS[pair.measure], pair_estimate(pair)), "q": q_words(pair.q)}
    return _("“%(first)s” and “%(second)s”: %(effect)s, n %(n)s, %(q)s.") % words


def _row(result: ScreenResult, pair: ScreenPair, *, faint: bool) -> EffectRow:
    first, second = (clean(result.variables[place].label) for place in (pair.first, pair.second))
    value = pair_estimate(pair)
    symbol = SYMBOLS[pair.measure]
    cells = (first, second, symbol, fmt_number(value.value, 2), interval_words(value), fmt_count(pair.n))
    return EffectRow(
        key=f"{pair.first}:{pair.second}",
        label=_label(result, first, second),
        symbol=symbol,
        value=value,
        n=pair.n,
        sentence=pair_words(result, pair),
        cells=(*cells, q_words(pair.q) if pair.q is not None else ""),
        faint=faint,
    )


def _label(result: ScreenResult, first: str, second: str) -> str:
    """Both questions; of the pairs of one question, the other one: the title names it."""
    asked = {clean(title) for title in result.asked}
    if len(asked) == 1 and first != second and asked & {first, second}:
        return second if first in asked else first
    return _("%(first)s and %(second)s") % {"first": first, "second": second}


def _caption(result: ScreenResult, n_shown: int) -> str:
    shown = ""
    if n_shown < result.n_standing_out:
        values = {"n": fmt_count(n_shown), "all": fmt_count(result.n_standing_out)}
        shown = _("The %(n)s strongest of %(all)s that stand out.") % values
    elif n_shown > result.n_standing_out:
        shown = _("Hollow: could be chance.")
    level = _("%(level)s intervals.") % {"level": fmt_percent(result.level)}
    return caption(
        n_line(result.counted), result.sentence, shown, f"{result.method}.", level, weighting=result.weighting
    )


def _describe(rows: list[EffectRow]) -> str:
    n = fmt_count(len(rows))
    first = ngettext(
        "Dots with intervals: %(n)s pair of questions, by the strength of their link.",
        "Dots with intervals: %(n)s pairs of questions, by the strength of their link.",
        len(rows),
    )
    return f"{first % {'n': n}} {_('The strongest: %(pair)s') % {'pair': rows[0].sentence}}" if rows else first


def build_options(result: OptionAssociations, *, width: float, options: FigureOptions | None = None) -> Figure:
    """Each option of a multiple choice; a hollow dot could be chance after Holm's correction."""
    options = options or FigureOptions()
    sketch = Sketch(width)
    shown = result.rows[: options.most_rows]
    rows = [_option_row(result, row, number) for number, row in enumerate(shown)]
    height = draw_effects(sketch, rows, intervals=options.intervals, counts=options.counts, compact=options.compact)
    left = ""
    if len(shown) < len(result.rows):
        values = {"n": fmt_count(len(shown)), "all": fmt_count(len(result.rows))}
        left = _("The %(n)s strongest of %(all)s options.") % values
    level = _("%(level)s intervals.") % {"level": fmt_percent(result.level)}
    note = _("Hollow: could be chance.") if any(row.faint for row in rows) else ""
    return sketch.figure(
        height,
        title=clean(result.question),
        caption=caption(n_line(result.counted), left, f"{result.method}.", level, note, weighting=result.weighting),
        description=_("Dots with intervals: how each option of “%(question)s” goes with the other question. %(most)s")
        % {"question": clean(result.question), "most": result.sentence},
        header=(_("Option"), _("Effect"), _("Interval"), "n", "p"),
    )


def _option_row(result: OptionAssociations, row: OptionRow, number: int) -> EffectRow:
    pair = row.association
    value, p = pair.effect.value, row.p_holm
    label = option_label(result, row)
    words = effect_words(pair.effect.symbol, value)
    said = [words, _("n %(n)s") % {"n": fmt_count(pair.counted.n)}, *([fmt_p(p)] if p is not None else [])]
    return EffectRow(
        key=f"option:{number}",
        label=label,
        symbol=pair.effect.symbol,
        value=value,
        n=pair.counted.n,
        sentence=f"{label}: {', '.join(said)}.",
        cells=(
            label,
            f"{pair.effect.symbol} {fmt_number(value.value, 2)}",
            interval_words(value),
            fmt_count(pair.counted.n),
            fmt_p(p) if p is not None else "",
        ),
        faint=p is None or p >= 1 - result.level,
    )


def option_label(result: OptionAssociations, row: OptionRow) -> str:
    """What tells a row from the others: the sides that differ among them."""
    firsts = {each.first for each in result.rows}
    seconds = {each.second for each in result.rows}
    if len(firsts) > 1 and len(seconds) > 1:
        return _("%(first)s and %(second)s") % {"first": clean(row.first), "second": clean(row.second)}
    return clean(row.first if len(firsts) > 1 else row.second)
