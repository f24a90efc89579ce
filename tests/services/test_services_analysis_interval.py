"""Intervals of shares by another method than Wilson's: asked for as an option, told wherever the result stands."""

from __future__ import annotations

import pytest
from services_example import AGE, CAUSES, GENDER, PEOPLE

from surveyapp.domain.analysis import INTERVALS, AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.figures.build import figure_for
from surveyapp.reports.small_cell import without_small
from surveyapp.services.analysis.run import base_of, run_analysis
from surveyapp.services.analysis_text import analysis_as_text, take_text
from surveyapp.services.method_line import method_line
from surveyapp.services.session import Session
from surveyapp.stats.interval import METHODS
from surveyapp.stats.result import FrequencyTable, MultiTable, Result

NAMES = dict(zip(INTERVALS, ("Wilson", "Jeffreys", "Clopper-Pearson", "Agresti-Coull"), strict=True))


def spec_of(title: str, method: str = "") -> AnalysisSpec:
    spec = AnalysisSpec(kind=AnalysisKind.QUESTION, columns=(title,), base=Base(wave_id=1))
    return spec.with_option("interval", method)


def asked(session: Session, title: str, method: str = "") -> Result:
    return run_analysis(session, spec_of(title, method))


@pytest.mark.parametrize("title", [GENDER, CAUSES])
@pytest.mark.parametrize("method", INTERVALS)
def test_the_intervals_are_those_of_the_method_and_its_name_is_told(session: Session, title: str, method: str) -> None:
    plain, found = asked(session, title), asked(session, title, method)
    assert isinstance(found, FrequencyTable | MultiTable) and isinstance(plain, FrequencyTable | MultiTable)
    base = found.counted.base if isinstance(found, MultiTable) else found.counted.n
    for before, row in zip(plain.rows, found.rows, strict=True):
        low, high = METHODS[method](row.count, base, 0.95)
        assert (row.low, row.high) == pytest.approx((float(low), float(high)), abs=1e-12)
        assert (row.label, row.count, row.share) == (before.label, before.count, before.share)
    assert (found.method == plain.method) is (method == "wilson")
    figure = figure_for(found, width=600)
    assert figure is not None and f"intervals: {NAMES[method]}." in figure.caption
    line = method_line(session, base_of(session, Base(wave_id=1)), found)
    assert f": {NAMES[method]}." in line


def test_what_has_no_shares_says_its_own_method(session: Session) -> None:
    assert asked(session, AGE, "jeffreys") == asked(session, AGE)


def test_an_unknown_method_is_a_sentence(session: Session) -> None:
    with pytest.raises(UserError, match="no method for the interval") as raised:
        asked(session, GENDER, "wald")
    assert "clopper-pearson" in raised.value.what_to_do


def test_answers_of_few_people_put_together_keep_the_method(session: Session) -> None:
    found = asked(session, GENDER, "jeffreys")
    assert isinstance(found, FrequencyTable)
    together = without_small(found, below=PEOPLE)
    assert isinstance(together, FrequencyTable)
    low, high = METHODS["jeffreys"](together.rows[-1].count, found.counted.n, 0.95)
    assert (together.rows[-1].low, together.rows[-1].high) == pytest.approx((float(low), float(high)), abs=1e-12)


def test_it_travels_as_text(session: Session) -> None:
    spec = spec_of(GENDER, "agresti-coull")
    assert take_text(session, analysis_as_text(session, spec), wave_id=1).spec == spec
