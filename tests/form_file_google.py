"""Write the Google Forms files: `python tests/form_file_google.py`."""

from __future__ import annotations

from datetime import datetime

from form_people import (
    AGE,
    CAUSES,
    COIN,
    GENDER,
    LIFE,
    MEETUP,
    PEOPLE,
    REMARK,
    TRUST,
    TRUSTED,
    Person,
    number,
    write_csv,
    write_xlsx,
)

TIMES = "When do you come?"
TIME_ROWS = ("Weekdays", "Weekends")
TIME_TICKS = ("Morning", "Afternoon, before five", "Evening")

HEADER = (
    "Timestamp",
    AGE,
    GENDER,
    CAUSES,
    *(f"{TRUST} [{row}]" for row in TRUSTED),
    *(f"{TIMES} [{row}]" for row in TIME_ROWS),
    LIFE,
    MEETUP,
    COIN,
    REMARK,
)


def iso(moment: datetime) -> str:
    """As a Sheet set to ISO dates shows it."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def american(moment: datetime) -> str:
    """As a Sheet of the United States shows it: 11/3/2026 9:05:07."""
    return f"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment:%M:%S}"


def forms_page(moment: datetime) -> str:
    """As the download of the Forms page writes it: 2026/11/03 9:05:07 AM GMT+1."""
    return f"{moment:%Y/%m/%d} {(moment.hour - 1) % 12 + 1}:{moment:%M:%S %p} GMT+1"


def times(person: Person, row: int, joint: str) -> str:
    """The ticks of one row of the grid of checkboxes."""
    ticks = (person.number * 3 + row * 5) % 8 if person.gender else 0
    return joint.join(label for bit, label in enumerate(TIME_TICKS) if ticks >> bit & 1)


def answers(person: Person, joint: str) -> tuple[str, ...]:
    """Everything behind the first column."""
    return (
        person.age,
        person.gender or person.gender_other,
        joint.join((*person.causes, *filter(None, (person.cause_other,)))),
        *person.trust,
        *(times(person, row, joint) for row in range(len(TIME_ROWS))),
        person.life,
        person.meetup,
        person.coin,
        person.remark,
    )


def quiz_row(person: Person) -> tuple[str, ...]:
    """A quiz of one question, with its points and what the author said about the answer."""
    points = "1.00 / 1" if person.coin == "50" else "0.00 / 1"
    return (
        forms_page(person.end),
        person.email or f"person{person.number}@example.org",
        f"{points[:4]} / 1",
        person.coin,
        points,
        "Heads or tails" if person.coin == "40" else "",
        person.age,
        "-- / 0",
        "",
    )


def edited_row(person: Person) -> tuple[str, ...]:
    """The question about life was deleted after the tenth person and asked again under its old title."""
    early = person.number < 10
    return (
        american(person.end),
        person.email,
        person.age,
        person.life if early else "",
        person.meetup,
        "",
        "" if early else person.life,
    )


def main() -> None:
    """All files."""
    write_csv("google/sheets_iso.csv", [HEADER, *((iso(p.end), *answers(p, ", ")) for p in PEOPLE)], line_end="\r\n")
    write_csv(
        "google/sheets_us.csv", [HEADER, *((american(p.end), *answers(p, ", ")) for p in PEOPLE)], line_end="\r\n"
    )
    write_csv(
        "google/forms_page.csv", [HEADER, *((forms_page(p.end), *answers(p, ";")) for p in PEOPLE)], quote_all=True
    )
    rows: list[tuple[object, ...]] = [HEADER]
    for p in PEOPLE:
        age, *rest = answers(p, ", ")
        life = HEADER.index(LIFE) - 2
        cells: list[object] = [p.end, number(age), *rest[:life], number(rest[life]), *rest[life + 1 :]]
        cells[HEADER.index(COIN)] = number(p.coin)
        rows.append(tuple(cells))
    write_xlsx("google/form_responses.xlsx", rows, sheet="Form Responses 1")
    quiz = ("Timestamp", "Username", "Total score", COIN, f"{COIN} [Score]", f"{COIN} [Feedback]")
    write_csv(
        "google/quiz.csv", [(*quiz, AGE, f"{AGE} [Score]", f"{AGE} [Feedback]"), *map(quiz_row, PEOPLE)], quote_all=True
    )
    edited = ("Timestamp", "Email Address", AGE, LIFE, MEETUP, "Which bench is best?", LIFE)
    write_csv("google/edited.csv", [edited, *map(edited_row, PEOPLE)], line_end="\r\n")


if __name__ == "__main__":
    main()
