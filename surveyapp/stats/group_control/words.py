"""What a comparison with a control group says in a sentence."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.stats.wave_change.result import Adjusted, Change
from surveyapp.stats.wave_change.spec import Measure
from surveyapp.stats.wave_change.words import amount, amounts


def raw_words(name: str, raw: Change, names: tuple[str, str], *, measure: Measure, unit: str, level: float) -> str:
    """ "... is 6.1 points higher among members than among readers (95 % interval 2.0 to 10.2)." """
    words = amounts(raw, measure, unit, level) | {"name": name, "us": names[0], "them": names[1]}
    if raw.test.p > 1 - level:
        said = _(
            "%(name)s: no evidence of a difference between %(us)s and %(them)s; %(signed)s could be chance (%(level)s"
            " interval %(low)s to %(high)s)."
        )
    elif raw.value.value > 0:
        said = _(
            "%(name)s is %(size)s higher among %(us)s than among %(them)s (%(level)s interval %(low)s to %(high)s)."
        )
    else:
        said = _(
            "%(name)s is %(size)s lower among %(us)s than among %(them)s (%(level)s interval %(low)s to %(high)s)."
        )
    return said % words


def adjusted_words(found: Adjusted, names: tuple[str, str], *, measure: Measure, unit: str, level: float) -> str:
    """What is left with the control group composed as the group is."""
    words = amounts(found.change, measure, unit, level) | {
        "us": names[0],
        "them": names[1],
        "by": ", ".join(f"“{title}”" for title in found.by),
        "raw": amount(found.raw, measure, unit, signed=True),
    }
    if found.change.test.p > 1 - level:
        said = _(
            "With %(them)s composed as %(us)s by %(by)s, no evidence of a difference is left: %(signed)s (%(level)s"
            " interval %(low)s to %(high)s); of the same people unadjusted %(raw)s."
        )
    else:
        said = _(
            "With %(them)s composed as %(us)s by %(by)s, the difference is %(signed)s (%(level)s interval %(low)s to"
            " %(high)s); of the same people unadjusted %(raw)s."
        )
    return said % words
