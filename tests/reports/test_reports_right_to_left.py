"""On paper a number after a name that is read from the right stands to the right of it."""

from __future__ import annotations

import pytest

from surveyapp.base.i18n import _
from surveyapp.figures.measure import text_width
from surveyapp.reports.script import line_pieces, printable

HEBREW, ARABIC = "גיל", "العمر"


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_the_number_comes_after_the_name(name: str) -> None:
    bare, apart = f"{name}: 27 (12) people", _("%(name)s: %(n)s (12) people") % {"name": name, "n": "27"}
    text, replaced = printable(apart)
    assert replaced == ()
    told = "".join(piece.text for piece in line_pieces(text) if not piece.rtl)
    assert told == ": 27 (12) people"
    assert [piece.rtl for piece in line_pieces(text)] == [True, False]
    wrong = [piece.text for piece in line_pieces(printable(bare)[0])]
    assert wrong[-1].strip() != "people"  # what it was like: the line began at the right
    assert text_width(apart, 13) == text_width(bare, 13)
