"""What stands above a chart: the question as asked, and a name where the file has only a code for a header."""

from __future__ import annotations

import pytest

from surveyapp.domain.question import Question


@pytest.mark.parametrize(
    ("column", "name", "text", "wording"),
    [
        ("PCryonics", "P(cryonics)", "PCryonics", "P(cryonics)"),
        ("Age", "Age", "Age", "Age"),
        ("How old are you?", "Age", "How old are you?", "How old are you?"),
        ("Q3", "Trust", "Do you trust people?", "Do you trust people?"),
        ("Q3", "", "Q3", "Q3"),
        ("Q3", "Trust", "", "Trust"),
    ],
)
def test_a_header_that_is_a_code_gives_way_to_the_name(column: str, name: str, text: str, wording: str) -> None:
    assert Question(column=column, name=name, text=text).wording == wording
