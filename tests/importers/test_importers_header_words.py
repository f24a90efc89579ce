"""Headers of one word read as several."""

from __future__ import annotations

import pytest

from surveyapp.importers.cell.header_words import readable
from surveyapp.importers.cell.wording import short_name


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("SATscoresoutof1600", "SAT scores out of 1600"),
        ("ACTscoresoutof36", "ACT scores out of 36"),
        ("PManyWorlds", "P(many worlds)"),
        ("PAliens2", "P(aliens 2)"),
        ("PGod", "P(God)"),
        ("PGlobalcatastrophicrisk", "P(global catastrophic risk)"),
        ("TimeinCommunity", "Time in community"),
        ("TimeonLW", "Time on LW"),
        ("NumberofCurrentPartners", "Number of current partners"),
        ("Relationshipstyle", "Relationship style"),
        ("CFARWorkshops", "CFAR workshops"),
        ("IQAge", "IQ age"),
        ("HoursTV", "Hours TV"),
        ("previous_surveys_2", "Previous surveys 2"),
    ],
)
def test_code_like_headers_read_as_words(header: str, words: str) -> None:
    assert readable(header) == words
    assert short_name(header) == words


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Age",
        "Income",
        "MIRICFAR",
        "HPMOR",
        "Instructions",
        "Within",
        "PhD",
        "Q12",
        "How old are you?",
        "Страна",
        "P",
    ],
)
def test_other_headers_stay(header: str) -> None:
    assert readable(header) == header
