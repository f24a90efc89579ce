"""Writes tests/fixtures/forms/limesurvey: one small invented census in every shape LimeSurvey exports it.

Run `python tests/limesurvey_fixture.py` to write the files anew. The shapes follow the writers of LimeSurvey 3 to 6:
headings, answers, system columns, VV, structure as tab-separated text and as XML.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path

from limesurvey_structure_fixture import structure_text, structure_xml
from limesurvey_survey import GERMAN, TIMES, Col, Q, columns, people

FOLDER = Path(__file__).parent / "fixtures" / "forms" / "limesurvey"


def heading(col: Col, style: str) -> str:
    """One heading; `style` is code, em, full, short (15 letters), codetext, underscore, vv or german."""
    if style in ("code", "em"):
        return _code(col, em=style == "em")
    if style == "codetext":
        return f"{_code(col, em=False)}. {heading(col, 'full')}"
    if style == "underscore":
        return heading(col, "full").replace(" ", "_")
    if col.q is None:
        return GERMAN.get(col.code, col.system) if style == "german" else col.system
    short = style == "short"
    text = _short(_flat(col.q.text)) if short else _flat(col.q.text)
    if col.part == "filecount":
        return _short(f"filecount - {text}") if short else f"filecount - {text}"
    parts = [_short(part) if short else part for part in col.subtext.split("][") if part]
    if style == "german":
        parts = ["Sonstiges" if part == "Other" and col.part == "other" else part for part in parts]
    if col.scale:
        parts.append(f"Scale {col.scale}")
    if style == "vv":
        return f"{text} " + "".join(f" - {part}" for part in parts)
    return text + (" " + "".join(f"[{part}]" for part in parts) if parts else "")


def _code(col: Col, *, em: bool) -> str:
    code = col.code
    if col.sub:
        code += f"_{col.sub}" if em else f"[{col.sub}]"
    if col.scale:
        code += f"_{col.scale - 1}" if em else f"[{col.scale}]"
    return code


def _flat(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "").replace("&amp;", "&")


def _short(text: str) -> str:
    return text if len(text) <= 15 else text[:15] + ".. "


WORDS = {
    "Y": {"Y": "Yes", "N": "No"},
    "G": {"M": "Male", "F": "Female"},
    "C": {"Y": "Yes", "N": "No", "U": "Uncertain"},
    "E": {"I": "Increase", "S": "Same", "D": "Decrease"},
}
IN_GERMAN = {"Yes": "Ja", "No": "Nein", "Male": "Männlich", "Female": "Weiblich", "Other": "Sonstiges"}


def answer(col: Col, value: str | None, *, full: bool, one_two: bool = False) -> str:
    """A cell as the writer gives it."""
    q = col.q
    if q is None:
        return value or ""
    text = value
    if q.type in "NK" and value:
        text = value.rstrip("0").rstrip(".")
    if (full and not col.part) or (full and col.part == "rank"):
        text = _full(q, col, text)
    if one_two and q.type in "MPY" and not full:  # texts beside the ticks are converted with them
        text = {"Y": "1", "N": "2", "": "2"}.get(text, text) if text is not None else None
    text = text or ""
    return f"'{text}" if text.startswith("=") else text


def _full(q: Q, col: Col, text: str | None) -> str | None:
    if q.type in "MP":
        return "N/A" if text is None else "Yes" if text == "Y" else "No"
    if q.type in "YG":
        return WORDS[q.type].get(text or "", "N/A")
    if q.type in "CE":
        return WORDS[q.type].get(text or "")
    if q.type == "L" and text == "-oth-":
        return "Other"
    if q.answers:
        return dict(q.second if col.scale == 2 else q.answers).get(text or "")
    return text


def table(style: str, *, full: bool, one_two: bool = False) -> list[list[str]]:
    """Header and rows of one export."""
    cols = columns()
    rows = [
        [answer(col, value, full=full, one_two=one_two) for col, value in zip(cols, row, strict=True)]
        for row in people()
    ]
    return [[heading(col, style) for col in cols], *rows]


def csv_bytes(rows: list[list[str]], separator: str) -> bytes:
    """BOM, every cell quoted, CRLF, a blank line at the end."""
    lines = (separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return ("\ufeff" + "".join(line + "\r\n" for line in lines) + "\r\n").encode("utf-8")


def vv_bytes() -> bytes:
    """Two header rows, tabs, escapes; NULL is spelled out."""
    cols = columns()
    kept = [n for n, col in enumerate(cols) if col.code not in dict(TIMES)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow([heading(cols[n], "vv") for n in kept])
    writer.writerow([_code(cols[n], em=True) for n in kept])
    for row in people():
        writer.writerow([_escaped(cols[n].code, row[n]) for n in kept])
    return out.getvalue().encode("utf-8")


def _escaped(code: str, value: str | None) -> str:
    if value is None or (code == "submitdate" and not value):
        return "{question_not_shown}"
    for sign, name in (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}")):
        value = value.strip().replace(sign, name)
    return "{quote}" + value[1:] if value.startswith('"') else value


def german() -> list[list[str]]:
    """A survey in German: system columns and fixed answers are translated."""
    cols = [col for col in columns() if col.code in {*GERMAN, "CONSENT", "GENDER", "DIST", "GROW"}]
    places = [n for n, col in enumerate(columns()) if col in cols]
    rows = [[answer(columns()[n], row[n], full=True) for n in places] for row in people()]
    rows = [[IN_GERMAN.get(cell, cell) for cell in row] for row in rows]
    return [[heading(col, "german") for col in cols], *rows]


def write_xlsx(path: Path, rows: list[list[str]]) -> None:
    """As the Excel writer does: one sheet, every cell a text."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        path, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime(2026, 11, 21)})  # noqa: DTZ001 (the file must not change by itself)
    sheet = book.add_worksheet("results-survey642133")
    for n, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(n, place, cell)
    book.close()


def write_all(folder: Path) -> None:
    """Every file of responses and structure."""
    shapes = {
        "code_codes.csv": (table("code", full=False), ";"),
        "code_full.csv": (table("code", full=True), ";"),
        "full_full.csv": (table("full", full=True), ","),
        "abbreviated.csv": (table("short", full=True), ","),
        "em_codes.csv": (table("em", full=False), ","),
        "codetext_full.csv": (table("codetext", full=True), ","),
        "underscore_full.csv": (table("underscore", full=True), ";"),
        "one_two.csv": (table("code", full=False, one_two=True), ";"),
        "german_full.csv": (german(), ","),
    }
    for name, (rows, separator) in shapes.items():
        (folder / name).write_bytes(csv_bytes(rows, separator))
    (folder / "vvexport_642133.csv").write_bytes(vv_bytes())
    (folder / "structure.txt").write_bytes(structure_text())
    (folder / "structure.lss").write_bytes(structure_xml(split=True))
    (folder / "structure_old.lss").write_bytes(structure_xml(split=False))
    write_xlsx(folder / "full_full.xlsx", table("full", full=True))


if __name__ == "__main__":
    write_all(FOLDER)
