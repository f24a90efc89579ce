"""People of the log under other names."""

from __future__ import annotations

import pytest

from surveyapp.domain.errors import UserError
from surveyapp.services.change_log import undo
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.people import person_named, rename_person
from surveyapp.services.session import Session


def names(session: Session) -> list[str]:
    return [one.name for one in book_of(session).forecasters.values()]


def test_big_and_small_letters_make_no_other_person(empty: Session) -> None:
    ada = person_named(empty, "Ada")
    assert person_named(empty, " ada ") == ada
    empty.store.predictions.add_forecasters(["ADA"])  # as a file has it that tells them apart
    empty.notify("log:people")
    assert person_named(empty, "ADA").id != ada.id and person_named(empty, "Ada") == ada
    assert person_named(empty, "aDa").name == "aDa", "neither of the two is meant for sure"


def test_a_name_goes_to_one_person_and_comes_back(empty: Session) -> None:
    ada = person_named(empty, " Ada ")
    person_named(empty, "Bob")
    with pytest.raises(UserError, match="Somebody else is called Bob"):
        rename_person(empty, ada, "Bob")
    rename_person(empty, ada, "Ada L.")
    assert names(empty) == ["Ada L.", "Bob"]
    undo(empty)
    assert names(empty) == ["Ada", "Bob"]


def test_a_name_that_was_given_away_since_is_not_taken_back(empty: Session) -> None:
    rename_person(empty, person_named(empty, "Ada"), "Ada L.")
    person_named(empty, "Ada")  # as a file does that comes after
    with pytest.raises(UserError, match="Somebody else is called Ada"):
        undo(empty)
    assert names(empty) == ["Ada L.", "Ada"]
