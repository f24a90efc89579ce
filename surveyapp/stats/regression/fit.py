"""The one entry to regressions: questions in, a printable model out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.stats.check import Check, go_on
from surveyapp.stats.count import count_people, nobody, not_computed
from surveyapp.stats.estimate import Counted, NotComputed
from surveyapp.stats.regression.brant import brant_test
from surveyapp.stats.regression.design import Design
from surveyapp.stats.regression.diagnostic import breusch_pagan, collinearity_of, influence_of
from surveyapp.stats.regression.glm import NotSettledError, fit_glm
from surveyapp.stats.regression.linear import Fit, hc3
from surveyapp.stats.regression.marginal import Slopes, average_effects
from surveyapp.stats.regression.ordinal import fit_ordinal
from surveyapp.stats.regression.outcome import RefusalError, natural_model
from surveyapp.stats.regression.prepare import Prepared, prepare, read, require_rest
from surveyapp.stats.regression.result import Diagnostics, Quality, Regression
from surveyapp.stats.regression.separation import looks_separated, separating_places
from surveyapp.stats.regression.spec import Model, Outcome, Predictor
from surveyapp.stats.regression.table import (
    Inference,
    coefficients_of,
    marginal_rows,
    predictor_tests,
    wald,
)
from surveyapp.stats.regression.words import (
    dispersion_words,
    few_words,
    finding,
    influence_words,
    method_words,
    missing_words,
    proportional_words,
    spread_words,
    tangled_words,
    yes_words,
)
from surveyapp.stats.weight.design import Weights, covariance
from surveyapp.stats.weight.kish import weighting_of
from surveyapp.stats.weight.telling import telling


def regression(
    outcome: Outcome,
    predictors: Sequence[Predictor],
    *,
    model: Model | None = None,
    level: float = 0.95,
    weights: Weights | None = None,
    check: Check = go_on,
) -> Regression | NotComputed:
    """The outcome by all predictors at once. Without `model`, the one that fits the kind of the outcome.

    Unweighted: linear (t) and Poisson (z) with HC3, as R sandwich::vcovHC; logit and ordinal with the errors of the
    model (z), as R glm and MASS::polr. Weighted: all with linearised errors and t of n - parameters, as survey::svyglm
    and svyolr, which hold n / (n - 1); HC3 has no such factor. Weights that are all equal are no weights. `check` is
    called between the parts of the work and may raise to stop it.
    Raises ValueError if the questions differ in length.
    """
    answers = outcome.answers
    if any(len(one.answers) != len(answers) for one in predictors):
        raise ValueError("a regression is about the same people")
    model = model or natural_model(outcome)
    weights = telling(weights)
    try:
        known = read(outcome, predictors, model)
    except RefusalError as refusal:
        return not_computed(answers, count_people(answers.missing), str(refusal))
    counted = count_people(known.why)
    try:
        if not counted.total and (nothing := nobody(answers, counted)):
            return nothing
        check()
        prepared = prepare(known, predictors, model, weights)
        check()
        return _computed(answers.question.title, counted, prepared, model, level, weights, check)
    except RefusalError as refusal:
        return not_computed(answers, counted, str(refusal))


def _computed(
    title: str,
    counted: Counted,
    prepared: Prepared,
    model: Model,
    level: float,
    weights: Weights | None,
    check: Check,
) -> Regression:
    """The model of what was read. Raises RefusalError where it has no answer."""
    with np.errstate(all="ignore"):
        fit = _fitted(prepared, model, title, check)
        check()
        inference = _inference(fit, prepared, model, weights, level)
        rows, others = coefficients_of(fit, prepared, inference, model)
        tests = predictor_tests(fit, prepared, inference)
        quality = _quality(fit, prepared, model)
        check()
        first = len(fit.beta) - len(rows)
        effects = _effects(fit, prepared, inference, model, check) if model is not Model.LINEAR else ()
        check()
        return Regression(
            question=_("What goes with %(question)s") % {"question": title},
            model=model,
            counted=counted,
            n_used=len(prepared.y),
            yes=prepared.yes,
            coefficients=rows,
            thresholds=others,
            marginal=marginal_rows(effects, prepared, inference, model),
            tests=tests,
            overall=wald(fit, inference, list(range(first, len(fit.beta))), len(prepared.y)),
            quality=quality,
            diagnostics=_diagnostics(fit, prepared, model, weights, level),
            not_estimated=prepared.design.not_estimated,
            dropped=prepared.dropped,
            missing_rule=missing_words(counted.total, counted.n, prepared.dropped),
            level=level,
            method=method_words(model, weighted=weights is not None),
            notes=(*filter(None, [yes_words(prepared.yes, title)]), *prepared.notes),
            sentence=finding(title, tests, quality, level=level),
            weighting=weighting_of(weights.take(prepared.design.rows)) if weights is not None else None,
        )


def _effects(fit: Fit, prepared: Prepared, inference: Inference, model: Model, check: Check) -> tuple[Slopes, ...]:
    """The average marginal effects, with a check before each outcome."""
    found: list[Slopes] = []
    for one in average_effects(fit, prepared.design.columns, inference.covariance, model, prepared.w):
        found.append(one)
        check()
    return tuple(found)


def _fitted(prepared: Prepared, model: Model, title: str, check: Check) -> Fit:
    """The fit. Raises RefusalError where it has no finite or no uncertain answer."""
    scaled, y, w = prepared.scaled, prepared.y, prepared.w
    if prepared.linear is not None:
        require_rest(prepared.linear, title)
        return prepared.linear
    fitted: Fit | None
    try:
        if model is Model.ORDINAL:
            fitted = fit_ordinal(scaled, y, len(prepared.steps), w, check=check)
        else:
            fitted = fit_glm(scaled, y, model, w, check=check)
    except NotSettledError:
        fitted = None
    if fitted is None or looks_separated(fitted):
        places = [column.place for column in prepared.design.columns]
        found = separating_places(scaled.z, y, model, places)
        if found:
            raise RefusalError(_separated(prepared.design, found, title))
    if fitted is None:
        raise RefusalError(_("Not computed: the fit did not settle on numbers."))
    return fitted


def _separated(design: Design, found: Sequence[int], title: str) -> str:
    listed = ", ".join(f"“{design.titles[place]}”" for place in found)
    words = ngettext(
        "Not computed: %(names)s tells the answers to “%(outcome)s” apart without a miss (separation), so no ratio is"
        " finite. Leave it out or group its answers.",
        "Not computed: %(names)s tell the answers to “%(outcome)s” apart without a miss (separation), so no ratio is"
        " finite. Leave one out or group its answers.",
        len(found),
    )
    return words % {"names": listed, "outcome": title}


def _inference(fit: Fit, prepared: Prepared, model: Model, weights: Weights | None, level: float) -> Inference:
    n, q = len(prepared.y), len(fit.beta)
    if weights is not None:
        influence = np.zeros((len(prepared.design.rows), q))
        influence[prepared.design.rows] = fit.influence
        return Inference(covariance=covariance(influence, weights), df=n - q, level=level)
    robust = model in (Model.LINEAR, Model.POISSON)
    df = n - q if model is Model.LINEAR else None
    return Inference(covariance=hc3(fit) if robust else fit.classical, df=df, level=level)


def _quality(fit: Fit, prepared: Prepared, model: Model) -> Quality:
    n, q = len(prepared.y), len(fit.beta)
    plain = prepared.w is None
    likelihood = fit.log_likelihood if plain else None
    aic = -2 * fit.log_likelihood + 2 * q if plain else None
    if model is Model.LINEAR:
        r2 = 1 - fit.residual_sum / fit.total_sum
        sd = math.sqrt(fit.residual_sum / (n - q))
        return Quality(
            r2=r2,
            r2_adjusted=1 - (1 - r2) * (n - 1) / (n - q),
            log_likelihood=likelihood,
            aic=aic,
            residual_sd=float(np.ldexp(sd, fit.exponents[0])),
        )
    return Quality(
        mcfadden=1 - fit.log_likelihood / fit.null_likelihood if fit.null_likelihood else None,
        log_likelihood=likelihood,
        aic=aic,
        dispersion=fit.dispersion if model is Model.POISSON else None,
    )


def _diagnostics(fit: Fit, prepared: Prepared, model: Model, weights: Weights | None, level: float) -> Diagnostics:
    design = prepared.design
    collinearity = collinearity_of(fit.scaled.z[:, 1:], design.columns, design.titles)
    sentences = [tangled_words(collinearity)]
    influence, spread, proportional = None, None, None
    if model is Model.ORDINAL:
        own = weights.take(design.rows) if weights is not None else None
        proportional = brant_test(prepared.scaled, prepared.y, prepared.w, own)
        sentences.append(proportional_words(proportional, len(prepared.steps), level=level))
    else:
        influence = influence_of(fit)
        sentences.append(influence_words(influence))
    if model is Model.LINEAR and prepared.w is None:
        spread = breusch_pagan(fit)
        sentences.append(spread_words(spread, level=level) if spread else "")
    if model is Model.POISSON and fit.dispersion is not None:
        sentences.append(dispersion_words(fit.dispersion))
    if model is Model.LOGIT:
        yes = int(np.count_nonzero(prepared.y))
        sentences.append(few_words(min(yes, len(prepared.y) - yes), len(design.columns), prepared.yes))
    return Diagnostics(
        collinearity=collinearity,
        influence=influence,
        heteroscedasticity=spread,
        sentences=tuple(sentence for sentence in sentences if sentence),
        proportional=proportional,
    )
