"""Write the Qualtrics files: `python tests/form_file_qualtrics.py`."""

from __future__ import annotations

import json
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
    OTHER,
    PEOPLE,
    REMARK,
    TRUST,
    TRUST_LABELS,
    TRUSTED,
    Person,
    write_csv,
    write_tsv,
    write_xlsx,
)

STATUS = {3: ("Survey Preview", "1"), 12: ("Spam", "8"), 21: ("Imported", "4")}
SYSTEM = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
)
ZONED = ("startDate", "endDate", "recordedDate")
BOLD = f"<strong>{AGE}</strong>&nbsp;<br>In years"
CLICKS = ("First Click", "Last Click", "Page Submit", "Click Count")

Field = tuple[str, str, str]


def questions(*, split: bool) -> tuple[Field, ...]:
    """Name, text and ImportId of every question column."""
    ticks: tuple[Field, ...] = (("Q3", f"{CAUSES} - Selected Choice", "QID3"),)
    if split:
        ticks = tuple(
            (f"Q3_{n}", f"{CAUSES} - Selected Choice - {label}", f"QID3_{n}")
            for n, label in enumerate((*CAUSE_LABELS, OTHER), 1)
        )
    return (
        *(("Q0_" + click, f"Timing - {click}", f"QID10_{click.upper().replace(' ', '_')}") for click in CLICKS),
        ("Q1", BOLD, "QID1_TEXT"),
        ("Q2", f"{GENDER} - Selected Choice", "QID2"),
        ("Q2_4_TEXT", f"{GENDER} - {OTHER} - Text", "QID2_4_TEXT"),
        *ticks,
        ("Q3_4_TEXT", f"{CAUSES} - {OTHER} - Text", "QID3_4_TEXT"),
        ("Q3_DO", f"{CAUSES} - Display Order", "QID3_DO"),
        *((f"Q4_{n}", f"{TRUST} - {row}", f"QID4_{n}") for n, row in enumerate(TRUSTED, 1)),
        ("Q5_1", f"{LIFE} - from 1 to 10", "QID5_1"),
        ("Q6", MEETUP, "QID6"),
        ("Q7", COIN, "QID7_TEXT"),
        ("Q8", REMARK, "QID8_TEXT"),
    )


def header(fields: Sequence[Field]) -> list[list[str]]:
    """The three header rows."""
    ids = [
        {"ImportId": own, "timeZone": "Europe/Warsaw"} if own in ZONED else {"ImportId": own} for *_rest, own in fields
    ]
    return [
        [name for name, _text, _id in fields],
        [text for _name, text, _id in fields],
        [json.dumps(one, separators=(",", ":")) for one in ids],
    ]


def iso(moment: datetime) -> str:
    """2026-11-03 09:05:07."""
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def system(person: Person, *, numeric: bool) -> list[str]:
    """What Qualtrics notes by itself."""
    word, code = STATUS.get(person.number, ("IP Address", "0"))
    finished = person.number != 11
    preview = word == "Survey Preview"
    return [
        iso(person.start),
        iso(person.end),
        code if numeric else word,
        f"192.0.2.{person.number}",
        "100" if finished else "20",
        str(person.seconds),
        ("1" if finished else "0") if numeric else str(finished),
        iso(person.end),
        f"R_{person.token[:15]}",
        "",
        "",
        person.email,
        "",
        f"52.{person.number:04d}",
        f"21.{person.number:04d}",
        "preview" if preview else "anonymous",
        "EN",
    ]


def _coded(label: str, labels: Sequence[str], *, numeric: bool) -> str:
    return str(labels.index(label) + 1) if numeric and label in labels else label


def ticks(person: Person, *, numeric: bool, split: bool) -> list[str]:
    """The ticks, a column each or all in one cell."""
    chosen = [*person.causes, *([OTHER] if person.cause_other else [])]
    labels = (*CAUSE_LABELS, OTHER)
    if split:
        return [("1" if numeric else label) if label in chosen else "" for label in labels]
    return [",".join(_coded(label, labels, numeric=numeric) for label in chosen)]


def answers(person: Person, *, numeric: bool, split: bool, seen: bool) -> list[str]:
    """The questions; with `seen`, -99 where somebody saw a question and did not answer."""
    gender = _coded(OTHER if person.gender_other else person.gender, (*GENDERS, OTHER), numeric=numeric)
    cells = [
        *(f"{person.seconds / 7 * share:.3f}" for share in (0.1, 0.7, 1)),
        "3",
        person.age,
        gender,
        person.gender_other,
        *ticks(person, numeric=numeric, split=split),
        person.cause_other,
        "1|3|2|4",
        *(_coded(answer, TRUST_LABELS, numeric=numeric) for answer in person.trust),
        person.life,
        _coded(person.meetup, ("Yes", "No"), numeric=numeric),
        person.coin,
        person.remark,
    ]
    if person.number == 11:  # left after the first question; nothing else was ever shown
        return [*cells[:5], *("" for _cell in cells[5:])]
    if not seen:
        return cells
    tick_places = range(7, 11) if split else range(0)
    text_places = (6, 11 if split else 8)
    none = not (person.causes or person.cause_other)
    return [
        "-99" if not cell and n not in text_places and (n not in tick_places or none) else cell
        for n, cell in enumerate(cells)
    ]


def table(*, numeric: bool = False, split: bool = True, seen: bool = False) -> list[list[str]]:
    """A whole export with three header rows."""
    rows = [
        [*system(person, numeric=numeric), *answers(person, numeric=numeric, split=split, seen=seen)]
        for person in PEOPLE
    ]
    return [*header((*SYSTEM, *questions(split=split))), *rows]


LEGACY = (
    ("V1", "ResponseID"),
    ("V2", "ResponseSet"),
    ("V3", "Name"),
    ("V4", "ExternalDataReference"),
    ("V5", "EmailAddress"),
    ("V6", "IPAddress"),
    ("V7", "Status"),
    ("V8", "StartDate"),
    ("V9", "EndDate"),
    ("V10", "Finished"),
)
PLACE = ("LocationLatitude", "LocationLongitude", "LocationAccuracy")


def legacy() -> list[list[str]]:
    """The older export: two header rows, V1 to V10, options behind a hyphen, a comma at the end of every row."""
    fields = [(name, text.replace(" - Selected Choice - ", "-")) for name, text, _id in questions(split=True)[4:]]
    fields = [(name, text.replace(" - Selected Choice", "").replace(" - ", "-")) for name, text in fields]
    fields = [field for field in fields if not field[0].endswith("_DO")]
    rows = [[*(name for name, _text in (*LEGACY, *fields)), *PLACE, ""]]
    rows.append([*(text for _name, text in (*LEGACY, *fields)), *PLACE, ""])
    for person in PEOPLE:
        _word, code = STATUS.get(person.number, ("", "0"))
        start = [f"R_{person.token[:15]}", "Default Response Set", "Anonymous", "", person.email]
        start += [f"192.0.2.{person.number}", code, iso(person.start), iso(person.end), str(int(person.number != 11))]
        cells = answers(person, numeric=True, split=True, seen=False)[4:]
        del cells[8]  # the order of display
        rows.append([*start, *cells, f"52.{person.number:04d}", f"21.{person.number:04d}", "-1", ""])
    return rows


def main() -> None:
    """All files."""
    write_csv("qualtrics/text.csv", table(), mark=True)
    write_csv("qualtrics/numeric.csv", table(numeric=True), mark=True)
    write_csv("qualtrics/joined.csv", table(split=False), mark=True)
    write_csv("qualtrics/seen.csv", table(numeric=True, seen=True), mark=True)
    write_tsv("qualtrics/text.tsv", table(), encoding="utf-16")
    names, texts, _ids, *rows = table()
    write_xlsx("qualtrics/text.xlsx", [names, texts, *rows], sheet="Sheet0")
    write_csv("qualtrics/legacy.csv", legacy())


if __name__ == "__main__":
    main()
