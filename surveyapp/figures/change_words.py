"""Changes between waves in words: numbers with their unit, signed differences, q, what was reworded."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import MINUS, fmt_number, fmt_p, fmt_people, fmt_percent
from surveyapp.domain.question import Kind
from surveyapp.stats.estimate import Estimate
from surveyapp.stats.wave_change.result import Change, WaveChange, WavePoint
from surveyapp.stats.wave_change.spec import Measure, Wording


def on_percent(measure: Measure, kind: Kind) -> bool:
    """Whether a number is one of 0-100 %: shares, and means of probabilities."""
    return measure is Measure.SHARE or kind is Kind.PROBABILITY


def in_percent(value: float, measure: Measure) -> float:
    """A share or a probability as per cent; other numbers as they are."""
    return value * 100 if measure is Measure.SHARE else value


def value_words(value: float, measure: Measure, kind: Kind, *, digits: int = 1) -> str:
    """ "70.8 %", "36.2"; units of other numbers stand in the label."""
    if on_percent(measure, kind):
        return fmt_percent(in_percent(value, measure) / 100, digits)
    return fmt_number(value)


def signed(value: float, measure: Measure, kind: Kind) -> str:
    """ "+9.1", "−2.0": points for shares and probabilities, else the question's unit."""
    number = fmt_number(in_percent(value, measure), 1) if on_percent(measure, kind) else fmt_number(value)
    if not number.strip(f"0.,{MINUS}"):
        return number.removeprefix(MINUS)
    return number if number.startswith(MINUS) else f"+{number}"


def interval_words(value: Estimate, measure: Measure, kind: Kind) -> str:
    """ "+6.4 to +11.8", "" without an interval."""
    if value.low is None or value.high is None:
        return ""
    ends = {"low": signed(value.low, measure, kind), "high": signed(value.high, measure, kind)}
    return _("%(low)s to %(high)s") % ends


def wording_words(wording: Wording) -> str:
    """What a question is to the one before."""
    match wording:
        case Wording.SAME:
            return _("same")
        case Wording.REWORDED:
            return _("reworded")
        case Wording.OPTIONS_CHANGED:
            return _("choices changed")


def p_of(row: WaveChange) -> float:
    """The corrected p where many were compared at once, else the own one."""
    return row.q if row.q is not None else row.change.test.p


def stands_out(row: WaveChange) -> bool:
    """Whether it changed by more than chance, after correction."""
    return p_of(row) <= 1 - row.level


def measure_words(row: WaveChange) -> str:
    """Which number of the question is told: the answers, "mean", "median", with the unit."""
    if row.measure is Measure.SHARE:
        return row.what
    name = _("mean") if row.measure is Measure.MEAN else _("median")
    unit = "" if row.kind is Kind.PROBABILITY else row.unit
    return f"{name}, {unit}" if unit else name


def label_words(row: WaveChange) -> str:
    """ "Gender: Man", "Age: mean, years"; the name of a probability alone, as its mean reads like a share."""
    if row.kind is Kind.PROBABILITY and row.measure is Measure.MEAN:
        return row.title
    return f"{row.title}: {measure_words(row)}"


def sentence_of(row: WaveChange) -> str:
    """The change with both values, their intervals and people, and its corrected p."""
    values = " ".join(_point(point, row) for point in (row.earlier, row.later))
    p = fmt_p(p_of(row)).replace("p", "q", 1) if row.q is not None else fmt_p(row.change.test.p)
    return f"{row.sentence} {values} {p}."


def change_sentence(change: Change, measure: Measure, kind: Kind) -> str:
    """ "+9.1 (+6.4 to +11.8)"."""
    words, ends = signed(change.value.value, measure, kind), interval_words(change.value, measure, kind)
    return f"{words} ({ends})" if ends else words


def _point(point: WavePoint, row: WaveChange) -> str:
    words = {
        "wave": point.wave,
        "value": value_words(point.value.value, row.measure, row.kind),
        "people": fmt_people(point.n),
        "level": fmt_percent(row.level),
    }
    if point.value.low is None or point.value.high is None:
        return _("%(wave)s: %(value)s of %(people)s.") % words
    words |= {
        "low": value_words(point.value.low, row.measure, row.kind),
        "high": value_words(point.value.high, row.measure, row.kind),
    }
    return _("%(wave)s: %(value)s of %(people)s (%(level)s interval %(low)s to %(high)s).") % words
