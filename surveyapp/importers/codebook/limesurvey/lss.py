"""The structure as .lss: LimeSurvey's tables in XML. Up to version 3 texts stand in the rows, one row per language;
from version 4 beside them, in tables named ..._l10ns."""

from __future__ import annotations

from collections import defaultdict

from surveyapp.importers.codebook.limesurvey.structure import Asked, Part, Structure, as_number, broken
from surveyapp.importers.codebook.limesurvey.xml_rows import Rows, read_rows

Row = dict[str, str]


def is_lss(head: bytes) -> bool:
    """Whether these bytes begin like LimeSurvey's XML."""
    return b"<LimeSurveyDocType>" in head[:4000]


def read_lss(content: bytes) -> Structure:
    """The survey in these bytes. Raises UserError."""
    tables = read_rows(content)
    if not tables.get("questions"):
        raise broken()
    language = _base_language(tables)
    settings = _in_language(tables.get("surveys_languagesettings", []), language, "surveyls_language")
    title = settings[0].get("surveyls_title", "") if settings else ""
    return Structure(title=title, language=language, questions=_questions(tables, language))


def _base_language(tables: Rows) -> str:
    surveys = tables.get("surveys", [])
    if surveys and surveys[0].get("language"):
        return surveys[0]["language"]
    rows = tables.get("question_l10ns") or tables["questions"]
    return rows[0].get("language", "")


def _in_language(rows: list[Row], language: str, field: str = "language") -> list[Row]:
    """The rows in that language; all, if none is."""
    own = [row for row in rows if row.get(field, "") in ("", language)]
    return own or rows


class _Texts:
    """Texts by id, wherever the version keeps them."""

    def __init__(self, tables: Rows, table: str, key: str, language: str) -> None:
        rows = _in_language(tables.get(table, []), language)
        self._by_id = {row.get(key, ""): row for row in rows}
        self._key = key

    def of(self, row: Row, field: str) -> str:
        """The text of a row: its own, else the one beside it."""
        return row.get(field) or self._by_id.get(row.get(self._key, ""), {}).get(field, "")


def _questions(tables: Rows, language: str) -> tuple[Asked, ...]:
    groups = {row.get("gid", ""): row for row in _in_language(tables.get("groups", []), language)}
    group_texts = _Texts(tables, "group_l10ns", "gid", language)
    texts = _Texts(tables, "question_l10ns", "qid", language)
    subs, answers = _subquestions(tables, texts, language), _answers(tables, language)
    attributes = _attributes(tables, language)
    rows = [row for row in _in_language(tables["questions"], language) if row.get("parent_qid", "0") in ("", "0")]
    made: list[tuple[tuple[int, int], int, Asked]] = []
    for row in rows:
        group, qid = groups.get(row.get("gid", ""), {}), row.get("qid", "")
        asked = Asked(
            code=row.get("title", "").strip(),
            type=row.get("type", "").strip(),
            text=texts.of(row, "question"),
            group=group_texts.of(group, "group_name"),
            group_relevance=group.get("grelevance", ""),
            relevance=row.get("relevance", ""),
            number=f"{row.get('sid', '')}X{row.get('gid', '')}X{qid}",
            other=row.get("other", "").upper() == "Y",
            attributes=attributes[qid],
            subs=tuple(subs[qid]),
            answers=tuple(answers[qid]),
        )
        order = (as_number(group.get("group_order", "")), as_number(row.get("question_order", "")))
        made.append((order, len(made), asked))
    return tuple(asked for _order, _n, asked in sorted(made, key=lambda item: item[:2]))


def _subquestions(tables: Rows, texts: _Texts, language: str) -> defaultdict[str, list[Part]]:
    made: defaultdict[str, list[Part]] = defaultdict(list)
    rows = _in_language(tables.get("subquestions", []), language)
    for row in sorted(rows, key=lambda row: as_number(row.get("question_order", ""))):
        part = Part(
            code=row.get("title", ""),
            text=texts.of(row, "question"),
            scale=as_number(row.get("scale_id", "")),
            relevance=row.get("relevance", ""),
        )
        made[row.get("parent_qid", "")].append(part)
    return made


def _answers(tables: Rows, language: str) -> defaultdict[str, list[Part]]:
    made: defaultdict[str, list[Part]] = defaultdict(list)
    texts = _Texts(tables, "answer_l10ns", "aid", language)
    rows = _in_language(tables.get("answers", []), language)
    for row in sorted(rows, key=lambda row: as_number(row.get("sortorder", ""))):
        part = Part(code=row.get("code", ""), text=texts.of(row, "answer"), scale=as_number(row.get("scale_id", "")))
        made[row.get("qid", "")].append(part)
    return made


def _attributes(tables: Rows, language: str) -> defaultdict[str, dict[str, str]]:
    made: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in tables.get("question_attributes", []):
        if row.get("value") and row.get("language", "") in ("", language):
            made[row.get("qid", "")][row.get("attribute", "")] = row["value"]
    return made
