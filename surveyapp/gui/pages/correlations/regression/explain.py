"""What the inspector says about a regression and each of its rows; what its checks say in sentences."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_bare_p, fmt_count, fmt_interval, fmt_number, fmt_percent
from surveyapp.figures.forest import effect_words, sentence_of, shown, step_words
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.correlations.explain import caution
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.regression.result import Coefficient, MarginalEffect, Regression
from surveyapp.stats.regression.spec import Model

Facts = tuple[tuple[str, str], ...]


def explain_row(result: Regression, row: Coefficient, actions: tuple[str, ...]) -> Explanation:
    """One coefficient: its size, what it rests on, its predictor as a whole, and what it comes to in shares."""
    return Explanation(
        kind=_("Selected coefficient"),
        title=row.predictor,
        subtitle=step_words(row),
        value=fmt_number(shown(row).value),
        of=effect_words(result.model).lower(),
        facts=(*_row_facts(result, row), *_marginal_facts(result, row)),
        words=sentence_of(result, row),
        caution=f"{_reading(result)} {caution()}",
        actions=actions,
    )


def explain_model(result: Regression | NotComputed, actions: tuple[str, ...]) -> Explanation:
    """The model as a whole: who is in it, how well it fits, how it was made."""
    if isinstance(result, NotComputed):
        return Explanation(kind=_("Regression"), title=result.question, words=result.reason)
    facts = [
        (_("Answered everything"), _("%(n)s of %(total)s") % _counts(result)),
        (_("All predictors together"), _p(result.overall.p)),
    ]
    return Explanation(
        kind=_("Regression"),
        title=result.question,
        facts=(*facts, *quality_facts(result)),
        words=result.sentence,
        caution=" ".join((f"{result.method}.", result.missing_rule, *result.notes)),
        actions=actions,
    )


def quality_facts(result: Regression) -> Facts:
    """How well the model fits, as far as it has such numbers."""
    quality = result.quality
    named = (
        (_("R²"), quality.r2),
        (_("R², adjusted"), quality.r2_adjusted),
        (_("McFadden’s R²"), quality.mcfadden),
        (_("AIC"), quality.aic),
        (_("Spread of the errors (sd)"), quality.residual_sd),
        (_("Dispersion"), quality.dispersion),
    )
    return tuple((words, fmt_number(value)) for words, value in named if value is not None)


def diagnostic_lines(result: Regression) -> tuple[str, ...]:
    """All that the checks say, one thing a line: each predictor as a whole, then fit, then what may be wrong."""
    tests = [
        _("%(predictor)s as a whole: %(p)s, after Holm over the predictors %(holm)s.")
        % {"predictor": one.predictor, "p": _p(one.test.p), "holm": _p(one.p_holm)}
        for one in result.tests
    ]
    fit = ", ".join(f"{words} {value}" for words, value in quality_facts(result))
    blurred = [
        _("%(predictor)s: VIF %(vif)s.") % {"predictor": one.predictor, "vif": fmt_number(one.scaled**2)}
        for one in result.diagnostics.collinearity
        if one.scaled**2 > 2
    ]
    lines = (*tests, _("Fit: %(numbers)s.") % {"numbers": fit} if fit else "", *result.diagnostics.sentences, *blurred)
    return tuple(line for line in lines if line)


def _row_facts(result: Regression, row: Coefficient) -> Facts:
    value = shown(row)
    facts = [(_("People"), fmt_count(row.n))]
    if value.low is not None and value.high is not None:
        label = _("%(level)s interval") % {"level": fmt_percent(result.level)}
        facts.append((label, fmt_interval(value.low, value.high)))
    facts.append((_("Test of this row"), _p(row.p)))
    whole = next((one for one in result.tests if one.place == row.place), None)
    if whole is not None:
        facts.append((_("Predictor as a whole (Holm)"), _p(whole.p_holm)))
    if row.standardised is not None:
        facts.append((_("Per standard deviation"), fmt_number(row.standardised.value)))
    return tuple(facts)


def _marginal_facts(result: Regression, row: Coefficient) -> Facts:
    same = [one for one in result.marginal if (one.place, one.label) == (row.place, row.label)]
    return tuple((_marginal_name(result, one), _marginal_value(result, one)) for one in same)


def _marginal_name(result: Regression, one: MarginalEffect) -> str:
    name = one.outcome or result.yes
    return _("Change of “%(answer)s”") % {"answer": name} if name else _("Change of the count")


def _marginal_value(result: Regression, one: MarginalEffect) -> str:
    if result.model is Model.POISSON:
        return fmt_number(one.value.value)
    return _("%(n)s points") % {"n": fmt_number(one.value.value * 100, 1)}


def _reading(result: Regression) -> str:
    match result.model:
        case Model.LINEAR:
            return _("How much the outcome differs by one step, the other predictors held equal.")
        case Model.POISSON:
            return _("How many times as large the count is by one step, the other predictors held equal.")
        case _:
            return _("Odds are not shares: the marginal effects say what it comes to in percentage points.")


def _counts(result: Regression) -> dict[str, str]:
    return {"n": fmt_count(result.counted.n), "total": fmt_count(result.counted.total)}


def _p(p: float) -> str:
    bare = fmt_bare_p(p)
    return f"p {bare}" if bare[:1] in "<>" else f"p = {bare}"
