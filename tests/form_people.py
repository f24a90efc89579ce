"""An invented census of the invented community "Riverside": twenty-four people, the same for every form tool.

Every file below tests/fixtures/forms holds them the way one tool exports them; `form_file_<tool>.py` writes them. So
whatever tool the answers came through, they must be read alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "forms"

AGE = "How old are you?"
GENDER = "Which gender do you identify with?"
CAUSES = "Which of these causes have you given money to?"
TRUST = "How much do you trust"
LIFE = "How satisfied are you with your life?"
MEETUP = "Have you been to a Riverside meetup?"
COIN = "What is the probability that a fair coin lands heads? (attention check)"
REMARK = "Anything else?"

GENDERS = ("Female", "Male", "Non-binary")
CAUSE_LABELS = ("Global health, including malaria", "Animals", "Climate, energy, and land")
TRUSTED = ("the press", "science", "neighbours")
TRUST_LABELS = ("Not at all", "A little", "A lot")
OTHER = "Other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One response; "" and () are questions left blank. Write-ins stand apart from the options."""

    number: int
    start: datetime
    seconds: int
    age: str
    gender: str
    gender_other: str
    causes: tuple[str, ...]
    cause_other: str
    trust: tuple[str, str, str]
    life: str
    meetup: str
    coin: str
    remark: str
    email: str

    @property
    def end(self) -> datetime:
        """When the form was sent."""
        return self.start + timedelta(seconds=self.seconds)

    @property
    def token(self) -> str:
        """Thirty-two letters and digits, as tools number responses."""
        return "".join("0123456789abcdefghijklmnopqrstuv"[(self.number * 7 + n * n * 3 + n) % 32] for n in range(32))


_WRITTEN = {9: "Agender", 17: "Questioning, mostly"}
_CAUSES = {5: "Libraries", 14: "The chess club, and its dog"}
_REMARKS = {
    2: "More chairs, please",
    6: 'They said "soon"; it was not.',
    10: "First line\nsecond line",
    15: "Спасибо 🙂",
    20: "=1+1 is no formula here",
}


def _person(n: int) -> Person:
    left = n == 11  # this one gave up after the first question
    ticks = (n * 5 + 3) % 8 if n % 7 else 0
    return Person(
        number=n,
        start=datetime(2026, 11, 3, 9, 5, 7) + timedelta(minutes=47 * n, seconds=13 * n),  # noqa: DTZ001 (local)
        seconds=240 + (n * 37) % 300,
        age=str(19 + (n * 11) % 47),
        gender="" if left or n in _WRITTEN else GENDERS[(n * 5 + n // 4) % 3],
        gender_other=_WRITTEN.get(n, ""),
        causes=() if left else tuple(label for bit, label in enumerate(CAUSE_LABELS) if ticks >> bit & 1),
        cause_other=_CAUSES.get(n, ""),
        trust=("", "", "") if left else tuple(TRUST_LABELS[(n * k + n // 3) % 3] for k in (1, 2, 5)),  # type: ignore[arg-type]
        life="" if left or n == 19 else str(1 + (n * 7 + n // 5) % 10),
        meetup="" if left else ("Yes", "No")[(n + n // 3) % 2],
        coin="" if left else ("40" if n == 8 else "50"),
        remark=_REMARKS.get(n, ""),
        email=f"person{n}@example.org" if n % 3 == 0 else "",
    )


PEOPLE = tuple(map(_person, range(24)))

Row = Sequence[str]


def write_csv(
    path: str, rows: Sequence[Row], *, quote_all: bool = False, line_end: str = "\n", mark: bool = False
) -> None:
    """Comma-separated UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator=line_end)
    writer.writerows(rows)
    (FOLDER / path).write_bytes(text.getvalue().encode("utf-8-sig" if mark else "utf-8"))


def write_tsv(path: str, rows: Sequence[Row], *, encoding: str) -> None:
    """Tab-separated."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    (FOLDER / path).write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: str, rows: Sequence[Sequence[object]], *, sheet: str) -> None:
    """A workbook with one sheet; numbers and moments become cells of their kind."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(FOLDER / path, options) as book:
        book.set_properties({"created": datetime(2026, 11, 4)})  # noqa: DTZ001 (the same bytes every time)
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    page.write_datetime(row, column, cell, moment)
                elif isinstance(cell, int | float):
                    page.write_number(row, column, cell)
                elif cell:
                    page.write_string(row, column, str(cell))


def number(text: str) -> object:
    """The number of a text, for cells of spreadsheets; "" stays."""
    return int(text) if text else ""
