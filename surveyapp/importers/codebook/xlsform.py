"""XLSForm (KoboToolbox, ODK, SurveyCTO): the form's definition as a codebook.

Sheets "survey", "choices" and "settings". Conditions are read where they are simple and never run.
https://xlsform.org/en/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Kind, Question, Role
from surveyapp.importers.cell.coded_choice import coded_choices
from surveyapp.importers.cell.wording import clean, short_name
from surveyapp.importers.codebook.codebook_spec import CodebookSpec
from surveyapp.importers.codebook.grid import Grid, read_grids
from surveyapp.importers.codebook.xlsform_rule import read_bounds, read_shown_if
from surveyapp.importers.form import tick_set
from surveyapp.importers.form.markup import plain

Row = dict[str, str]

_BEGIN = re.compile(r"^begin[ _](group|repeat|kobomatrix|score|rating|rank)$")
_END = re.compile(r"^end[ _](group|repeat|kobomatrix|score|rating|rank)$")
_SELECT = re.compile(r"^(select[ _]one|select1|select[ _]multiple|rank)(?:_from_file)?\s+(\S+)(\s+or[ _]other)?$")
_ROW = re.compile(r"^(score|rating|rank)__row$|^(?:score|rating|rank)__level$")
_KINDS = {
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "range": Kind.NUMBER,
    "text": Kind.TEXT,
    "date": Kind.DATE,
    "datetime": Kind.DATE,
    "barcode": Kind.IDENTIFIER,
}
_ASIDE = (
    "note",
    "geopoint",
    "geotrace",
    "geoshape",
    "image",
    "audio",
    "video",
    "file",
    "hidden",
    "xml-external",
    "audit",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """An open group: its label, the list of a matrix inside it, whether it repeats, and its condition."""

    label: str
    grid: bool
    choices: str
    repeats: bool
    relevant: str


def _sheet(grids: Sequence[Grid], name: str) -> list[Row]:
    grid = next((grid for grid in grids if grid.sheet.strip().casefold() == name), None)
    if grid is None:
        return []
    headers = [re.sub(r"\s*::\s*", "::", clean(header)).replace(" ", " ") for header in grid.headers]
    headers = [header if "::" in header else header.casefold().replace(" ", "_") for header in headers]
    return [dict(zip(headers, map(clean, row), strict=True)) for row in grid.rows]


def sniff(name: str, content: bytes) -> float:
    """A workbook with a sheet "survey" that has the columns type and name."""
    if not content.startswith((b"PK", b"\xd0\xcf")):
        return 0.0
    rows = _sheet(read_grids(content, name), "survey")
    return 0.95 if rows and {"type", "name"} <= rows[0].keys() else 0.0


def read(content: bytes, name: str) -> Mapping:
    """The questions of the form by their names, without groups; a select_multiple also by its columns of options."""
    grids = read_grids(content, name)
    survey = _sheet(grids, "survey")
    if not survey or not {"type", "name"} <= survey[0].keys():
        raise UserError(
            _("“%(name)s” is no XLSForm.") % {"name": name}, _("It needs a sheet “survey” with type and name.")
        )
    settings = next(iter(_sheet(grids, "settings")), {})
    reader = _Reader(_sheet(grids, "choices"), settings.get("default_language", ""))
    return Mapping(questions=tuple(reader.questions(survey)), partial=True, survey=settings.get("form_title", ""))


class _Reader:
    """Reads the survey sheet row by row, with the open groups around."""

    def __init__(self, choices: Sequence[Row], language: str) -> None:
        self._language = language
        self._lists: dict[str, dict[str, str]] = {}
        for row in choices:
            answers = self._lists.setdefault(row.get("list_name", "") or row.get("list", ""), {})
            if code := row.get("name", "") or row.get("value", ""):
                answers[code] = self._label(row) or code
        self._groups: list[_Group] = []
        self._asked: dict[str, dict[str, str]] = {}
        self._sets: set[str] = set()

    def _label(self, row: Row) -> str:
        """In the form's own language, else English, else the first; without markup."""
        names = [name for name in row if name == "label" or name.startswith("label::")]
        wanted = (
            f"label::{self._language}",
            "label",
            *(name for name in names if "(en)" in name or "english" in name.lower()),
        )
        found = next((row[name] for name in (*wanted, *names) if row.get(name)), "")
        return plain(found.replace("**", "").replace("__", ""))

    def questions(self, survey: Sequence[Row]) -> list[Question]:
        """All entries in the order of the form."""
        entries: list[Question] = []
        for row in survey:
            kind = row.get("type", "").casefold()
            if _BEGIN.match(kind):
                self._groups.append(self._group(row, kind))
            elif _END.match(kind):
                del self._groups[-1:]
            elif row.get("name") and kind not in ("", *_ASIDE) and not any(group.repeats for group in self._groups):
                entries += self._entries(row, row["type"])
        return entries

    def _group(self, row: Row, kind: str) -> _Group:
        matrix = row.get("kobo--score-choices", "") or row.get("kobo--matrix_list", "")
        return _Group(
            label=self._label(row),
            grid=bool(matrix) or "table-list" in row.get("appearance", "").casefold(),
            choices=matrix,
            repeats="repeat" in kind or "kobomatrix" in kind,
            relevant=row.get("relevant", ""),
        )

    def _entries(self, row: Row, kind: str) -> list[Question]:
        name, label = row["name"], self._label(row)
        told = self._around(label)
        if role := _role(kind):
            return [Question(column=name, text=label, **role)]
        listed, several, other = self._list(kind)
        if listed or _KINDS.get(kind.casefold()) is Kind.NUMBER:
            self._asked[name] = listed
        told |= self._rule(row, told)
        if several:
            return self._several(name, label, told, listed, other=other)
        if listed:
            entry = Question(column=name, kind=Kind.SINGLE, **(told | {"choices": self._choices(listed, other=other)}))
            return [entry, *([_other(name, told, other_of=name)] if other else [])]
        simple = _KINDS.get(kind.casefold())
        whole = kind.casefold() == "integer"
        bounds = read_bounds(row.get("constraint", ""), whole=whole) if simple is Kind.NUMBER else {}
        if row.get("constraint") and simple is Kind.NUMBER and not bounds:
            told = _noted(told, _("Allowed: %(rule)s") % {"rule": row["constraint"]})
        return [Question(column=name, kind=simple or Kind.EMPTY, **(told | bounds))]

    def _around(self, label: str) -> dict[str, Any]:
        """Wording, section and battery."""
        sections = [group.label for group in self._groups if group.label and not group.grid]
        grid = next((group.label for group in reversed(self._groups) if group.grid and group.label), "")
        told = {"text": label, "grid": grid}
        told["name"] = label if grid else short_name(label)
        told["section"] = sections[0] if sections else ""
        return {key: value for key, value in told.items() if value}

    def _list(self, kind: str) -> tuple[dict[str, str], bool, bool]:
        """The choices of a question, whether several may be ticked, and whether "other" may be written."""
        if match := _SELECT.match(clean(kind)):
            listed = self._lists.get(match[2], {})
            return listed, "multiple" in match[1], bool(match[3])
        if _ROW.match(kind):
            return (
                self._lists.get(next((group.choices for group in reversed(self._groups) if group.choices), ""), {}),
                False,
                False,
            )
        if kind.casefold() == "acknowledge":
            return {"OK": _("Yes")}, False, False
        return {}, False, False

    def _choices(self, listed: dict[str, str], *, other: bool) -> tuple[Any, ...]:
        answers = {**listed, **({"other": _("Other")} if other and "other" not in listed else {})}
        return tuple(
            replace(choice, other=True) if other and "other" in choice.texts else choice
            for choice in coded_choices(answers)
        )

    def _rule(self, row: Row, told: dict[str, Any]) -> dict[str, Any]:
        """The condition of the question and of the groups around it: one simple rule, or all of them as a note."""
        rules = [rule for rule in (*(group.relevant for group in self._groups), row.get("relevant", "")) if rule]
        if not rules:
            return {}
        shown_if = read_shown_if(rules[0], self._asked) if len(rules) == 1 else None
        if shown_if is not None:
            return {"shown_if": shown_if}
        return _noted(told, _("Asked if: %(rule)s") % {"rule": "; ".join(rules)})

    def _several(
        self, name: str, label: str, told: dict[str, Any], listed: dict[str, str], *, other: bool
    ) -> list[Question]:
        """The column of names joined by blanks, and a column per option; a file has one of them or both."""
        multi = tick_set.own_title(label or name, self._sets)
        whole = Question(
            column=name, kind=Kind.MULTI, delimiter=" ", **(told | {"choices": self._choices(listed, other=False)})
        )
        common = {key: value for key, value in told.items() if key not in ("text", "name", "grid")}
        ticks = [
            Question(
                column=f"{name}/{code}",
                kind=Kind.TICK,
                multi=multi,
                name=shown,
                text=tick_set.with_part(multi, shown),
                choices=coded_choices({"1": _("Yes"), "0": _("No")}),
                **common,
            )
            for code, shown in listed.items()
        ]
        return [whole, *ticks, *([_other(name, common | {"text": label}, multi=multi)] if other else [])]


def _role(kind: str) -> dict[str, Any]:
    """Questions that the device answers."""
    match kind.casefold():
        case "start" | "end" | "today":
            return {"kind": Kind.DATE, "role": Role.SYSTEM}
        case "deviceid" | "phonenumber" | "username" | "email" | "subscriberid" | "simserial":
            return {"kind": Kind.IDENTIFIER, "role": Role.SYSTEM, "sensitive": True, "left_out": True}
        case "calculate":
            return {"kind": Kind.EMPTY, "note": _("Calculated by the form.")}
    return {}


def _other(name: str, told: dict[str, Any], **own: str) -> Question:
    """The text behind "other"."""
    fields = {key: value for key, value in told.items() if key in ("section", "grid")}
    label = _("Other")
    return Question(
        column=f"{name}_other",
        kind=Kind.TEXT,
        name=label,
        text=tick_set.with_part(told.get("text", name), label),
        **(fields | own),
    )


def _noted(told: dict[str, Any], sentence: str) -> dict[str, Any]:
    return told | {"note": " ".join(filter(None, (told.get("note", ""), sentence)))}


SPEC = CodebookSpec(
    id="xlsform",
    title=lambda: _("XLSForm (KoboToolbox, ODK)"),
    suffixes=(".xlsx", ".xls"),
    sniff=sniff,
    read=read,
)
