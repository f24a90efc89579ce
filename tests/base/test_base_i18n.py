"""Names that are read from the right stand apart in a sentence, so that numbers after them stay where they belong."""

from __future__ import annotations

import pytest

from surveyapp.base.i18n import _, isolate, ngettext, plain

HEBREW, ARABIC = "גיל", "العمر"


@pytest.mark.parametrize("name", [HEBREW, ARABIC, f"{HEBREW} 2026", f"Age {ARABIC}"])
def test_a_name_read_from_the_right_stands_apart(name: str) -> None:
    assert isolate(name) == f"\u2068{name}\u2069"
    told = _("%(name)s: %(n)s people") % {"name": name, "n": "27"}
    assert told == f"\u2068{name}\u2069: 27 people"
    assert plain(told) == f"{name}: 27 people"
    assert ngettext("%(n)s answer to %(name)s", "%(n)s answers to %(name)s", 2) % {"n": 2, "name": name} == (
        f"2 answers to \u2068{name}\u2069"
    )
    assert _("about %s") % name == f"about \u2068{name}\u2069"
    assert _("Found: %(told)s") % {"told": told} == f"Found: {told}"  # a sentence in a sentence


@pytest.mark.parametrize("name", ["Age", "Übermut", "возраст", "年齢", "🙂", "", "50 %", "a%(b)s"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert isolate(name) is name
    assert _("%(name)s: %(n)s") % {"name": name, "n": 5} == f"{name}: 5"


def test_a_sentence_without_places_is_a_plain_text() -> None:
    assert _("Age") == "Age"
    assert _("") == ""
    assert _("%(n)d of %(x).1f") % {"n": 3, "x": 2.25} == "3 of 2.2"
    assert type(_("%(n)s") % {"n": 1}) is str
