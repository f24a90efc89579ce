"""What a change says in a sentence, without claiming more than its interval."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_percent
from surveyapp.stats.wave_change.result import Adjusted, Change, Returning
from surveyapp.stats.wave_change.spec import Measure, Wording


def subject(title: str, what: str, measure: Measure) -> str:
    """What the number is: "“Politics”: Left", "the mean of “Age”"."""
    match measure:
        case Measure.SHARE:
            return _("“%(name)s”: %(what)s") % {"name": title, "what": what}
        case Measure.MEAN:
            return _("The mean of “%(name)s”") % {"name": title}
        case Measure.MEDIAN:
            return _("The median of “%(name)s”") % {"name": title}


def change_words(
    name: str, change: Change, waves: tuple[str, str], *, measure: Measure, unit: str, level: float, p: float
) -> str:
    """ "... rose by 6.1 points from 2024 to 2026 (95 % interval 2.0 to 10.2)." """
    words = amounts(change, measure, unit, level) | {"name": name, "first": waves[0], "second": waves[1]}
    if p > 1 - level:
        said = _(
            "%(name)s: no evidence of a change from %(first)s to %(second)s; %(signed)s could be chance (%(level)s"
            " interval %(low)s to %(high)s)."
        )
    elif change.value.value > 0:
        said = _("%(name)s rose by %(size)s from %(first)s to %(second)s (%(level)s interval %(low)s to %(high)s).")
    else:
        said = _("%(name)s fell by %(size)s from %(first)s to %(second)s (%(level)s interval %(low)s to %(high)s).")
    return said % words


def returning_words(found: Returning, *, measure: Measure, unit: str, level: float) -> str:
    """The same of the people who answered twice."""
    words = amounts(found.change, measure, unit, level) | {"n": fmt_count(found.n)}
    if found.change.test.p > 1 - level:
        said = ngettext(
            "%(n)s person answered both times; no evidence that they changed: %(signed)s could be chance (%(level)s"
            " interval %(low)s to %(high)s).",
            "%(n)s people answered both times; no evidence that they changed: %(signed)s could be chance (%(level)s"
            " interval %(low)s to %(high)s).",
            found.n,
        )
    elif found.change.value.value > 0:
        said = _("The %(n)s people who answered both times rose by %(size)s (%(level)s interval %(low)s to %(high)s).")
    else:
        said = _("The %(n)s people who answered both times fell by %(size)s (%(level)s interval %(low)s to %(high)s).")
    return said % words


def adjusted_words(found: Adjusted, waves: tuple[str, str], *, measure: Measure, unit: str, level: float) -> str:
    """What is left after the composition is held."""
    words = amounts(found.change, measure, unit, level) | {
        "first": waves[0],
        "second": waves[1],
        "by": ", ".join(f"“{title}”" for title in found.by),
        "raw": amount(found.raw, measure, unit, signed=True),
    }
    if found.change.test.p > 1 - level:
        said = _(
            "With the people of %(second)s composed as those of %(first)s by %(by)s, no evidence of a change is left:"
            " %(signed)s (%(level)s interval %(low)s to %(high)s); of the same people unadjusted %(raw)s."
        )
    else:
        said = _(
            "With the people of %(second)s composed as those of %(first)s by %(by)s, the change is %(signed)s"
            " (%(level)s interval %(low)s to %(high)s); of the same people unadjusted %(raw)s."
        )
    return said % words


def wording_words(wording: Wording) -> tuple[str, ...]:
    """A warning where the question was not the same."""
    match wording:
        case Wording.SAME:
            return ()
        case Wording.REWORDED:
            return (_("The wording changed between the waves; the change may be in the question."),)
        case Wording.OPTIONS_CHANGED:
            return (_("The answers on offer changed between the waves; the change may be in the question."),)


def who_words() -> str:
    """What no interval covers."""
    return _("Different people answered each time: a change may be one of who answered.")


def linked_words(n: int) -> str:
    """Independence is assumed although some answered twice."""
    words = ngettext(
        "%(n)s person answered both times; the interval of the whole takes all people as different ones.",
        "%(n)s people answered both times; the interval of the whole takes all people as different ones.",
        n,
    )
    return words % {"n": fmt_count(n)}


def screen_words(n_changed: int, n_compared: int, n_refused: int) -> str:
    """How many of how many changed."""
    words = ngettext(
        "%(changed)s of %(n)s question changed by more than chance (Benjamini-Hochberg).",
        "%(changed)s of %(n)s questions changed by more than chance (Benjamini-Hochberg).",
        n_compared,
    )
    text = words % {"changed": fmt_count(n_changed), "n": fmt_count(n_compared)}
    if n_refused:
        more = ngettext("%(n)s could not be compared.", "%(n)s could not be compared.", n_refused)
        text += " " + more % {"n": fmt_count(n_refused)}
    return text


def amounts(change: Change, measure: Measure, unit: str, level: float) -> dict[str, str]:
    """The words of a difference: its size, signed, the ends of its interval, the level."""
    value = change.value
    low = value.value if value.low is None else value.low
    high = value.value if value.high is None else value.high
    return {
        "size": amount(abs(value.value), measure, unit),
        "signed": amount(value.value, measure, unit, signed=True),
        "low": _bare(low, measure),
        "high": _bare(high, measure),
        "level": fmt_percent(level),
    }


def amount(value: float, measure: Measure, unit: str, *, signed: bool = False) -> str:
    """A difference with its unit."""
    number = _bare(value, measure)
    if signed and value > 0:
        number = f"+{number}"
    if measure is Measure.SHARE:
        return ngettext("%(n)s point", "%(n)s points", 1 if number.lstrip("+") == "1.0" else 2) % {"n": number}
    return f"{number} {unit}".strip()


def _bare(value: float, measure: Measure) -> str:
    return fmt_number(value * 100, 1) if measure is Measure.SHARE else fmt_number(value)
