"""Write the SurveyMonkey files: `python tests/form_file_surveymonkey.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from form_people import (
    AGE,
    CAUSE_LABELS,
    CAUSES,
    COIN,
    GENDER,
    GENDERS,
    LIFE,
    MEETUP,
    PEOPLE,
    REMARK,
    TRUST,
    TRUST_LABELS,
    TRUSTED,
    Person,
    write_csv,
    write_xlsx,
)

OPEN = "Open-Ended Response"
SPECIFY = "Other (please specify)"
START = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
)
OLD_START = (
    "RespondentID",
    "CollectorID",
    "StartDate",
    "EndDate",
    "IP Address",
    "Email Address",
    "First Name",
    "LastName",
    "Custom Data",
)
ORDER = "Put these in order"
ORDERED = ("Boats", "Cake", "Chess")

Asked = tuple[str, tuple[str, ...]]


def asked(*, expanded: bool) -> tuple[Asked, ...]:
    """Every question with the second header cells of its columns."""
    return (
        (AGE, (OPEN,)),
        (GENDER, ("Response", SPECIFY)),
        (CAUSES, (*CAUSE_LABELS, SPECIFY) if expanded else ("Response", SPECIFY)),
        (TRUST, TRUSTED),
        (ORDER, ORDERED),
        (LIFE, ("Response",)),
        (MEETUP, ("Response",)),
        (COIN, (OPEN,)),
        (REMARK, (OPEN,)),
    )


def header(start: Sequence[str], questions: Sequence[Asked]) -> list[list[str]]:
    """Row 1 has every question once, row 2 what each column holds."""
    first, second = list(start), [""] * len(start)
    for text, parts in questions:
        first += [text, *[""] * (len(parts) - 1)]
        second += parts
    return [first, second]


def american(moment: datetime) -> str:
    """11/03/2026 09:05:07 AM."""
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def _coded(label: str, labels: Sequence[str], *, numeric: bool) -> str:
    return str(labels.index(label) + 1) if numeric and label in labels else label


def answers(person: Person, *, expanded: bool, numeric: bool) -> list[str]:
    """The questions."""
    causes = [_coded(label, CAUSE_LABELS, numeric=numeric) for label in person.causes]
    if expanded:
        ticks = [
            _coded(label, CAUSE_LABELS, numeric=numeric) if label in person.causes else "" for label in CAUSE_LABELS
        ]
    else:
        ticks = [", ".join(causes)]
    turn = person.number % 3
    order = [""] * 3 if person.number == 11 else [str((n + turn) % 3 + 1) for n in range(3)]
    return [
        person.age,
        _coded(person.gender, GENDERS, numeric=numeric),
        person.gender_other,
        *ticks,
        person.cause_other,
        *(_coded(answer, TRUST_LABELS, numeric=numeric) for answer in person.trust),
        *order,
        person.life,
        _coded(person.meetup, ("Yes", "No"), numeric=numeric),
        person.coin,
        person.remark,
    ]


def start(person: Person) -> list[str]:
    """The fixed columns."""
    identity = [str(11_400_000_000 + 7919 * person.number), "400123456"]
    times = [american(person.start), american(person.end)]
    return [*identity, *times, f"192.0.2.{person.number}", person.email, "", "", ""]


def table(*, expanded: bool = True, numeric: bool = False, names: Sequence[str] = START) -> list[list[str]]:
    """A whole export."""
    rows = [[*start(person), *answers(person, expanded=expanded, numeric=numeric)] for person in PEOPLE]
    return [*header(names, asked(expanded=expanded)), *rows]


def main() -> None:
    """All files."""
    write_csv("surveymonkey/expanded.csv", table(), line_end="\r\n")
    write_csv("surveymonkey/condensed.csv", table(expanded=False), line_end="\r\n")
    write_csv("surveymonkey/numeric.csv", table(numeric=True), line_end="\r\n")
    write_csv("surveymonkey/older.csv", table(names=OLD_START), line_end="\r\n", mark=True)
    cells: list[list[object]] = [list(row) for row in table()]
    for row, person in zip(cells[2:], PEOPLE, strict=True):
        row[2:4] = [person.start, person.end]
        row[0] = int(str(row[0]))
    write_xlsx("surveymonkey/expanded.xlsx", cells, sheet="Sheet")


if __name__ == "__main__":
    main()
