"""The base line of every figure, in words: n, base, interval, what is missing, how it is weighted."""

from __future__ import annotations

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_people_of, fmt_percent
from surveyapp.domain.question import Missing
from surveyapp.stats.estimate import Counted, Estimate, Weighting

_NAMES = {
    "wilson": "Wilson",
    "jeffreys": "Jeffreys",
    "clopper-pearson": "Clopper-Pearson",
    "agresti-coull": "Agresti-Coull",
}


def n_line(counted: Counted) -> str:
    """ "n = 2,286 of 2,418 people." """
    return _("n = %(people)s.") % {"people": fmt_people_of(counted.n, counted.base)}


def missing_line(counted: Counted) -> str:
    """ "23 blank, 4 out of range.", or nothing where nobody is missing."""
    words = {
        Missing.BLANK: _("%(n)s blank"),
        Missing.NOT_SHOWN: _("%(n)s not shown"),
        Missing.REFUSED: _("%(n)s did not want to say"),
        Missing.UNREADABLE: _("%(n)s unreadable"),
        Missing.OUT_OF_RANGE: _("%(n)s out of range"),
    }
    parts = [words[kind] % {"n": fmt_count(counted.missing[kind])} for kind in words if counted.missing.get(kind)]
    return ", ".join(parts) + "." if parts else ""


def method_name(method: str) -> str:
    """A method as it is printed: what is called after somebody has a capital."""
    return " ".join(_NAMES.get(word, word) for word in method.split(" "))


def as_sentence(words: str) -> str:
    """With a full stop, and with a capital unless it begins with a symbol ("p", "t", "η²", "χ²")."""
    first = words.split(" ", 1)[0]
    begun = words[:1].upper() + words[1:] if len(first) > 1 and first.isalpha() else words
    return begun if begun.endswith((".", ":", "…", "?", "!")) else f"{begun}."


def interval_line(level: float, method: str) -> str:
    """ "95 % intervals: Wilson." Also true of the table beside a figure, which has no whiskers."""
    values = {"level": fmt_percent(level), "method": method_name(method)}
    return _("%(level)s intervals: %(method)s.") % values


def caption(*sentences: str, weighting: Weighting | None = None) -> str:
    """The sentences that are not empty, and how the numbers are weighted."""
    return " ".join(sentence for sentence in (*sentences, weighting_line(weighting)) if sentence)


def weighting_line(weighting: Weighting | None) -> str:
    """ "Weighted by Age and gender: effective n 1,840, design effect 1.3.", or that nothing is weighted."""
    if weighting is None:
        return _("Unweighted.")
    values = {
        "name": weighting.name,
        "n": fmt_count(round(weighting.n_effective)),
        "effect": fmt_number(weighting.design_effect, 2),
    }
    words = _("Weighted by %(name)s: effective n %(n)s, design effect %(effect)s.") % values
    without = weighting.n_without
    if not without:
        return words
    left = ngettext(
        "%(n)s person without a weight is left out.", "%(n)s people without a weight are left out.", without
    )
    return f"{words} {left % {'n': fmt_count(without)}}"


def share_words(estimate: Estimate, *, level: float, digits: int = 0) -> str:
    """ "34 % (95 % interval 32–36)"; without an interval only the share."""
    share = fmt_percent(estimate.value, digits)
    if estimate.low is None or estimate.high is None:
        return share
    values = {"share": share, "level": fmt_percent(level), "interval": bare_interval(estimate, digits=digits)}
    return _("%(share)s (%(level)s interval %(interval)s)") % values


def bare_interval(estimate: Estimate, *, digits: int = 0) -> str:
    """ "32–36": the unit stands in the header or beside the value; "" without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    ends = [fmt_percent(end, digits).rstrip("%\u202f") for end in (estimate.low, estimate.high)]
    return "–".join(ends)
