"""The sentences of a regression."""

from __future__ import annotations

from collections.abc import Sequence

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number, fmt_p, fmt_people_of, fmt_percent
from surveyapp.stats.estimate import Test
from surveyapp.stats.regression.result import Collinearity, Dropped, Influence, PredictorTest, Quality
from surveyapp.stats.regression.spec import Model

_TANGLED = 5.0
_FEW_PER_COEFFICIENT = 10


def method_words(model: Model, *, weighted: bool) -> str:
    """The name of the method with its standard errors."""
    names = {
        Model.LINEAR: _("Linear regression, HC3 standard errors"),
        Model.LOGIT: _("Logistic regression"),
        Model.ORDINAL: _("Ordinal logistic regression (proportional odds)"),
        Model.POISSON: _("Poisson regression, HC3 standard errors"),
    }
    weighted_names = {
        Model.LINEAR: _("Weighted linear regression, linearised standard errors"),
        Model.LOGIT: _("Weighted logistic regression, linearised standard errors"),
        Model.ORDINAL: _("Weighted ordinal logistic regression (proportional odds), linearised standard errors"),
        Model.POISSON: _("Weighted Poisson regression, linearised standard errors"),
    }
    return (weighted_names if weighted else names)[model]


def missing_words(total: int, n: int, dropped: Sequence[Dropped]) -> str:
    """The rule and what it cost: "Complete cases: 412 of 500 people answered everything; ..." """
    text = _("Complete cases: %(people)s answered every question.") % {"people": fmt_people_of(n, total)}
    if not dropped:
        return text
    each = _("“%(name)s” %(n)s (%(only)s for it alone)")
    listed = ", ".join(
        each % {"name": one.predictor, "n": fmt_count(one.n), "only": fmt_count(one.only)} for one in dropped
    )
    return f"{text} " + _("Left out for want of an answer: %(list)s.") % {"list": listed}


def yes_words(yes: str, title: str) -> str:
    """Which answer the odds of a logit are of; "" for other models."""
    if not yes:
        return ""
    return _("The odds are those of answering “%(yes)s” to “%(outcome)s”.") % {"yes": yes, "outcome": title}


def finding(title: str, tests: Sequence[PredictorTest], quality: Quality, *, level: float) -> str:
    """What stands out after Holm's correction, and how much of the outcome it explains."""
    found = [one for one in tests if one.p_holm <= 1 - level]
    n = len(tests)
    if not found:
        words = ngettext(
            "No evidence that “%(first)s” goes with “%(outcome)s”: what there is could be chance.",
            "No evidence that any of these %(n)s predictors goes with “%(outcome)s”: what there is could be chance.",
            n,
        )
        return words % {"first": tests[0].predictor if tests else "", "n": fmt_count(n), "outcome": title}
    names = ", ".join(f"“{one.predictor}”" for one in found)
    words = ngettext(
        "%(names)s goes with “%(outcome)s”, the other predictors held equal.",
        "%(names)s go with “%(outcome)s”, each with the other predictors held equal.",
        len(found),
    )
    if n == 1:
        words = _("%(names)s goes with “%(outcome)s”.")
    text = words % {"names": names, "outcome": title}
    if quality.r2 is not None:
        explained = _("Together the predictors account for %(share)s of the differences between people.")
        if n == 1:
            explained = _("It accounts for %(share)s of the differences between people.")
        text += " " + explained % {"share": fmt_percent(quality.r2)}
    return text + " " + _("That does not say which is the cause.")


def spread_words(test: Test, *, level: float) -> str:
    """The heteroscedasticity test in words."""
    if test.p <= 1 - level:
        words = _("The errors are not equally large everywhere (Breusch-Pagan, %(p)s); the intervals allow for it.")
    else:
        words = _("No sign that the errors are larger in some places (Breusch-Pagan, %(p)s).")
    return words % {"p": fmt_p(test.p)}


def proportional_words(test: Test | None, n_steps: int, *, level: float) -> str:
    """Whether one odds ratio holds for every step of the outcome."""
    if test is None:
        too_few = _("Whether one odds ratio holds for all steps was not tested: too few people at an end of the scale.")
        return too_few if n_steps > 2 else ""
    if test.p <= 1 - level:
        words = _(
            "The odds ratios differ between the steps of the scale (Brant test, %(p)s); they are averages over it."
        )
    else:
        words = _("No sign that the odds ratios differ between the steps of the scale (Brant test, %(p)s).")
    return words % {"p": fmt_p(test.p)}


def tangled_words(collinearity: Sequence[Collinearity]) -> str:
    """Which predictors can hardly be told apart."""
    tangled = [one.predictor for one in collinearity if one.scaled**2 > _TANGLED]
    if not tangled:
        return (
            _("No predictor is told by the others to a degree that blurs it (all VIF below 5).") if collinearity else ""
        )
    words = ngettext(
        "%(names)s is largely told by the other predictors (VIF above 5): its interval is wide for that.",
        "%(names)s are largely told by the other predictors (VIF above 5): their intervals are wide for that.",
        len(tangled),
    )
    return words % {"names": ", ".join(f"“{name}”" for name in tangled)}


def influence_words(influence: Influence) -> str:
    """Whether a few people decide; how many, never who."""
    if influence.cook_over_1:
        words = ngettext(
            "%(n)s person moves the result noticeably (Cook's distance above 1).",
            "%(n)s people move the result noticeably (Cook's distance above 1).",
            influence.cook_over_1,
        )
        return words % {"n": fmt_count(influence.cook_over_1)}
    words = _("No single person moves the result much (largest Cook's distance %(d)s).")
    return words % {"d": fmt_number(influence.largest_cook)}


def dispersion_words(dispersion: float) -> str:
    """Whether counts vary more than a Poisson would."""
    if dispersion > 1.5:
        words = _("The counts vary %(n)s times as much as a Poisson would; the robust intervals allow for it.")
        return words % {"n": fmt_number(dispersion, 1)}
    return ""


def few_words(n_rarer: int, k: int, yes: str) -> str:
    """A warning for few people of the rarer outcome, by a common rule of thumb (Peduzzi et al. 1996)."""
    if n_rarer >= _FEW_PER_COEFFICIENT * k:
        return ""
    words = ngettext(
        "Only %(n)s person is on the rarer side of “%(yes)s”, for %(k)s coefficients; read this with care.",
        "Only %(n)s people are on the rarer side of “%(yes)s”, for %(k)s coefficients; read this with care.",
        n_rarer,
    )
    return words % {"n": fmt_count(n_rarer), "yes": yes, "k": fmt_count(k)}
