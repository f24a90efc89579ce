"""Write the Typeform files: `python tests/form_file_typeform.py`."""

from __future__ import annotations

from datetime import datetime, timedelta

from form_people import (
    AGE,
    CAUSE_LABELS,
    COIN,
    GENDER,
    LIFE,
    MEETUP,
    OTHER,
    PEOPLE,
    TRUST,
    TRUSTED,
    Person,
    number,
    write_csv,
    write_xlsx,
)

PLAYED = ("Chess", "Go", "Bridge")
HIDDEN = "source"
QUESTIONS = (
    f"<strong>{AGE}</strong>",
    GENDER,
    OTHER,
    *CAUSE_LABELS,
    OTHER,
    *PLAYED,
    *(f"{TRUST} {row}?" for row in TRUSTED),
    LIFE,
    MEETUP,
    COIN,
    "And *{{field:7d956171-88d8-4613-b8e2-164b6b3929e9}}*, what else&nbsp;do you want?",
    HIDDEN,
)
END = ("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending")
OLD_END = ("Start Date (UTC)", "Submit Date (UTC)", "Network ID")


def iso(moment: datetime) -> str:
    """2026-11-03 08:05:07, in UTC."""
    return f"{moment - timedelta(hours=1):%Y-%m-%d %H:%M:%S}"


def played(person: Person) -> list[str]:
    """A second multiple choice, right behind the first."""
    ticks = (person.number * 3 + 1) % 8 if person.gender else 0
    return [label if ticks >> bit & 1 else "" for bit, label in enumerate(PLAYED)]


def answers(person: Person) -> list[str]:
    """The questions; yes and no are 1 and 0."""
    return [
        person.age,
        person.gender,
        person.gender_other,
        *(label if label in person.causes else "" for label in CAUSE_LABELS),
        person.cause_other,
        *played(person),
        *person.trust,
        person.life,
        {"Yes": "1", "No": "0", "": ""}[person.meetup],
        person.coin,
        person.remark,
        "newsletter" if person.number % 2 else "site",
    ]


def end(person: Person) -> list[str]:
    """What Typeform notes by itself; somebody who left is a partial response without a date of sending."""
    left = person.number == 11
    dates = [iso(person.start), iso(person.end) if left else "", "" if left else iso(person.end)]
    return ["partial" if left else "completed", *dates, person.token[:10], "", "" if left else "Thank you"]


def rows() -> list[list[str]]:
    """A whole export of today."""
    return [["#", *QUESTIONS, *END], *([p.token, *answers(p), *end(p)] for p in PEOPLE)]


def older() -> list[list[str]]:
    """An export of the time before partial responses."""
    body = [[p.token, *answers(p), iso(p.start), iso(p.end), p.token[:10]] for p in PEOPLE if p.number != 11]
    return [["#", *QUESTIONS, *OLD_END], *body]


def main() -> None:
    """All files."""
    write_csv("typeform/responses.csv", rows())
    write_csv("typeform/older.csv", older(), quote_all=True)
    head, *body = rows()
    life = head.index(LIFE)
    cells = [[*row[:life], number(row[life]), number(row[life + 1]), *row[life + 2 :]] for row in body]
    write_xlsx("typeform/responses.xlsx", [head, *cells], sheet="Sheet1")


if __name__ == "__main__":
    main()
