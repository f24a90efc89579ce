"""The invented census as LimeSurvey writes its structure: tab-separated text, and XML of two ages."""

from __future__ import annotations

import csv
import io
from xml.sax.saxutils import escape

from limesurvey_survey import GROUPS, QUESTIONS, SID, TITLE

ATTRIBUTES = sorted({name for q in QUESTIONS for name in q.extra})
FIELDS = ("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation")


def structure_text(*, base: str = "en", more: str = "de") -> bytes:
    """The structure as tab-separated text, in two languages."""
    out = io.StringIO(newline="")
    names = [*FIELDS, "mandatory", "other", "default", "same_default", *ATTRIBUTES]
    writer = csv.DictWriter(out, names, delimiter="\t", restval="", lineterminator="\n")
    writer.writeheader()
    for name, value in (("sid", SID), ("language", base), ("additional_languages", more)):
        writer.writerow({"class": "S", "name": name, "text": value})
    for language in (base, more):
        writer.writerow({"class": "SL", "name": "surveyls_title", "text": _in(TITLE, language), "language": language})
    number = 100
    for language in (base, more):
        for place, (group, own) in enumerate(GROUPS):
            writer.writerow(
                {
                    "id": place + 11,
                    "class": "G",
                    "type/scale": place,
                    "name": _in(group, language),
                    "relevance": "1",
                    "language": language,
                }
            )
            for q in own:
                number += 1
                line = {
                    "id": number,
                    "class": "Q",
                    "type/scale": q.type,
                    "name": q.code,
                    "relevance": q.relevance,
                    "text": _in(q.text, language),
                }
                line |= {"language": language, "mandatory": "N", "other": "Y" if q.other else "N"} | (
                    q.extra if language == base else {}
                )
                writer.writerow(line)
                for scale, subs in enumerate((q.subs, q.across)):
                    for code, text in subs:
                        writer.writerow(
                            {
                                "class": "SQ",
                                "type/scale": scale or "",
                                "name": code,
                                "relevance": "1",
                                "text": _in(text, language),
                                "language": language,
                            }
                        )
                for scale, answers in enumerate((q.answers, q.second)):
                    for code, text in answers:
                        writer.writerow(
                            {
                                "class": "A",
                                "type/scale": scale,
                                "name": code,
                                "text": _in(text, language),
                                "language": language,
                            }
                        )
    return out.getvalue().encode("utf-8")


def _in(text: str, language: str) -> str:
    return text if language == "en" else f"{text} ({language})"


def structure_xml(*, split: bool) -> bytes:
    """The structure as .lss: texts beside the rows (`split`, from version 4) or in them (up to 3)."""
    sections: dict[str, list[dict[str, object]]] = {}

    def add(section: str, row: dict[str, object], texts: str, key: str, words: dict[str, str]) -> None:
        if split:
            sections.setdefault(section, []).append(row)
            for language in ("de", "en"):
                sections.setdefault(texts, []).append(
                    {key: row[key], **{name: _in(text, language) for name, text in words.items()}, "language": language}
                )
        else:
            for language in ("de", "en"):
                sections.setdefault(section, []).append(
                    {**row, **{name: _in(text, language) for name, text in words.items()}, "language": language}
                )

    number = 100
    for place, (group, own) in enumerate(GROUPS):
        gid = place + 11
        add(
            "groups",
            {"gid": gid, "sid": SID, "group_order": place, "grelevance": "1"},
            "group_l10ns",
            "gid",
            {"group_name": group},
        )
        for order, q in enumerate(own):
            number += 1
            qid = number
            row: dict[str, object] = {
                "qid": qid,
                "parent_qid": 0,
                "sid": SID,
                "gid": gid,
                "type": q.type,
                "title": q.code,
            }
            row |= {"other": "Y" if q.other else "N", "question_order": order, "scale_id": 0, "relevance": q.relevance}
            add("questions", row, "question_l10ns", "qid", {"question": q.text, "help": ""})
            for scale, subs in enumerate((q.subs, q.across)):
                for place_of, (code, text) in enumerate(subs):
                    number += 1
                    row = {"qid": number, "parent_qid": qid, "sid": SID, "gid": gid, "type": "T", "title": code}
                    row |= {"question_order": place_of, "scale_id": scale, "relevance": "1"}
                    add("subquestions", row, "question_l10ns", "qid", {"question": text})
            for scale, answers in enumerate((q.answers, q.second)):
                for place_of, (code, text) in enumerate(answers):
                    number += 1
                    row = {"aid": number, "qid": qid, "code": code, "sortorder": place_of, "scale_id": scale}
                    add("answers", row, "answer_l10ns", "aid", {"answer": text})
            for name, value in q.extra.items():
                sections.setdefault("question_attributes", []).append({"qid": qid, "attribute": name, "value": value})
    sections["surveys"] = [{"sid": SID, "language": "en", "additional_languages": "de"}]
    sections["surveys_languagesettings"] = [
        {"surveyls_survey_id": SID, "surveyls_language": language, "surveyls_title": _in(TITLE, language)}
        for language in ("de", "en")
    ]
    head = f"<LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>{600 if split else 366}</DBVersion>"
    languages = "<languages>\n  <language>de</language>\n  <language>en</language>\n </languages>"
    body = "\n".join(_section(name, rows) for name, rows in sorted(sections.items()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n {head}\n {languages}\n{body}\n</document>\n'.encode()


def _section(name: str, rows: list[dict[str, object]]) -> str:
    fields = "".join(f"\n   <fieldname>{escape(key)}</fieldname>" for key in rows[0])
    lines = []
    for row in rows:
        cells = "".join(
            f"<{key}/>" if value == "" else f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()
        )
        lines.append(f"\n   <row>{cells}</row>")
    return f" <{name}>\n  <fields>{fields}\n  </fields>\n  <rows>{''.join(lines)}\n  </rows>\n </{name}>"
