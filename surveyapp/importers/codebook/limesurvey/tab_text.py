"""The structure as tab-separated text: a row per setting (S, SL), group, question, subquestion and answer.

Subquestions and answers belong to the question above them. With several languages the whole is repeated in each;
the base language comes first. https://manual.limesurvey.org/Tab_Separated_Value_survey_structure
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, Structure, as_number, broken

COLUMNS = frozenset({"class", "type/scale", "name", "text"})
"""Column titles without which the file is no structure."""
_FIXED = COLUMNS | {"id", "related_id", "relevance", "help", "language", "validation", "mandatory", "other", "default"}


def is_tab_text(head: bytes) -> bool:
    """Whether these bytes begin with the titles of a structure's columns."""
    line = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("ascii", "replace")
    return len(line) < 20_000 and {title.strip(' "\r') for title in line.split("\t")} >= COLUMNS


def read_tab_text(content: bytes) -> Structure:
    """The survey in these bytes. Raises UserError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken() from error
    rows = _rows(text)
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    first = next((row["language"] for row in rows if row["class"] in ("G", "Q")), "")
    language = settings.get("language") or first
    own = [row for row in rows if row["language"] in ("", language)]
    titles = [row["text"] for row in own if row["class"] == "SL" and row["name"] == "surveyls_title"]
    return Structure(title=titles[0] if titles else "", language=language, questions=_questions(own))


def _rows(text: str) -> list[dict[str, str]]:
    """All rows by column title; "language" is always there. An apostrophe against formulas is taken off."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as error:
        raise broken() from error
    titles = [title.strip() for title in lines[0]] if lines else []
    if not set(titles) >= COLUMNS:
        raise broken()
    empty = dict.fromkeys((*titles, "language", "relevance", "other"), "")
    return [
        {**empty, **{title: _unmasked(cell) for title, cell in zip(titles, line, strict=False)}}
        for line in lines[1:]
        if any(line)
    ]


def _unmasked(cell: str) -> str:
    return cell[1:] if cell.startswith("'=") else cell


def _questions(rows: list[dict[str, str]]) -> tuple[Asked, ...]:
    """Questions with what follows them until the next."""
    made: list[Asked] = []
    parts: list[tuple[list[Part], list[Part]]] = []
    group, group_relevance = "", ""
    for row in rows:
        match row["class"].strip():
            case "G":
                group, group_relevance = row["name"], row["relevance"]
            case "Q":
                made.append(_question(row, group, group_relevance))
                parts.append(([], []))
            case ("SQ" | "A") as kind if parts:
                scale = as_number(row["type/scale"])
                part = Part(code=row["name"], text=row["text"], scale=scale, relevance=row["relevance"])
                parts[-1][kind == "A"].append(part)
    return tuple(
        replace(asked, subs=tuple(subs), answers=tuple(answers))
        for asked, (subs, answers) in zip(made, parts, strict=True)
    )


def _question(row: dict[str, str], group: str, group_relevance: str) -> Asked:
    return Asked(
        code=row["name"].strip(),
        type=row["type/scale"].strip(),
        text=row["text"],
        group=group,
        group_relevance=group_relevance,
        relevance=row["relevance"],
        other=row["other"].strip().upper() == "Y",
        attributes={name: value for name, value in row.items() if value and name not in _FIXED},
    )
