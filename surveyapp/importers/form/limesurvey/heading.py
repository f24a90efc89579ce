"""What a LimeSurvey heading says: question, subquestion, "other", comment, scale, or a column of the system.

Headings come as codes (Q1[SQ001], Q1_SQ001, 642133X12X108SQ001), as texts (Question [Subquestion]), or as both with a
separator between. All columns of one question stand side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.importers.cell.wording import clean, fold
from surveyapp.importers.form.limesurvey.system import TELLING, system_code, time_code


class Style(StrEnum):
    """How the columns of an export are headed."""

    CODE = "code"
    TEXT = "text"
    BOTH = "both"


class Part(StrEnum):
    """Which part of a question's answer a column holds."""

    ANSWER = "answer"
    OTHER = "other"
    COMMENT = "comment"
    FILE_COUNT = "file_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One column's heading taken apart.

    `key` tells questions apart: code, else text. `stem` is the question's text (code if the file has no text), `subs`
    the texts or codes in brackets (row, column), `scale` 1 or 2 in an array of two scales. `system` is set for
    columns of the tool and then tells all.
    """

    key: str
    stem: str
    subs: tuple[str, ...] = ()
    part: Part = Part.ANSWER
    scale: int = 0
    system: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a table is headed, and how sure that is (0..1). `separator` stands between code and text."""

    style: Style
    score: float
    separator: str = ""


_BRACKETED = re.compile(r"^(?P<stem>[A-Za-z]\w*)\[(?P<sub>[^\[\]]+)\](?:\[(?P<scale>[12])\])?$")
_BY_NUMBERS = re.compile(r"^(?P<stem>\d+X\d+X\d+)(?P<sub>\w*)(?:#(?P<scale>[01]))?$")
_PLAIN_CODE = re.compile(r"^[A-Za-z]\w*$")
_PARTICIPANT = re.compile(r"^attribute_\d+$")
"""A column of the list of participants, exported with the answers."""
_USUAL_SUB = re.compile(r"\[(?:_C)?(?:SQ\d+|other|comment|SQ\d+comment|SQ\d+_SQ\d+)\]")
_BOTH = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\[\]]+\]){0,2})(?P<separator>\W{1,5})(?P<text>\S.*)$", re.DOTALL)
_SCALE = re.compile(r"^(?:scale|skala|échelle|escala|шкала|skalo) ([12])$", re.IGNORECASE)
_FILE_COUNT = "filecount - "
OTHER_WORDS = frozenset(
    map(fold, ("Other", "Sonstiges", "Sonstige", "Autre", "Otro", "Otra", "Altro", "Другое", "Outro", "Inne", "Anders"))
)
_COMMENT_WORDS = frozenset(
    map(
        fold,
        ("Comment", "Kommentar", "Commentaire", "Comentario", "Commento", "Комментарий", "Comentário", "Komentarz"),
    )
)
_OTHER_COMMENT_WORDS = frozenset(map(fold, ("Other comment", "Sonstiger Kommentar", "Autre commentaire")))


def find_layout(headers: Sequence[str]) -> Layout | None:
    """How these headings are made; None if LimeSurvey does not make such."""
    telling = [header.strip() for header in headers if system_code(header) in TELLING]
    codes = sum(header in TELLING for header in telling)
    usual = sum(bool(_USUAL_SUB.search(header)) for header in headers)
    if codes >= 2 or (codes and usual):
        return Layout(style=Style.CODE, score=0.95)
    if separator := _find_separator(headers):
        return Layout(style=Style.BOTH, score=0.95, separator=separator)
    known = len(telling) + any(system_code(header) == "id" for header in headers)
    if known >= 2:
        return Layout(style=Style.TEXT, score=0.95 if known > 2 else 0.8)
    if usual >= 2 and all(_PLAIN_CODE.match(header) or _BRACKETED.match(header) for header in headers):
        return Layout(style=Style.CODE, score=0.7)
    return None


def _find_separator(headers: Sequence[str]) -> str:
    """What stands between code and text in "submitdate. Date submitted" and nearly all other headings."""
    matches = [match for header in headers if (match := _BOTH.match(header))]
    telling = [match["separator"] for match in matches if match["code"] in TELLING]
    if not telling:
        return ""
    separator, _times = Counter(telling).most_common(1)[0]
    alike = sum(match["separator"].startswith(separator) for match in matches)
    return separator if alike >= 0.9 * len(headers) else ""


def split_both(headers: Sequence[str], separator: str) -> tuple[list[str], list[str]]:
    """Codes and texts of headings that hold both; a heading without a separator is its own code."""
    codes, texts = [], []
    for header in headers:
        code, _sign, text = header.partition(separator)
        codes.append(code)
        texts.append(text)
    return codes, texts


def code_headings(headers: Sequence[str]) -> list[Heading]:
    """Codes taken apart."""
    brackets = any("[" in header for header in headers)
    places = _system_places(headers)
    made = []
    for place, header in enumerate(headers):
        if place in places:
            made.append(Heading(key="", stem="", system=places[place]))
            continue
        match = _BRACKETED.match(header) or _BY_NUMBERS.match(header)
        if match:
            scale = match["scale"]
            first = 1 if match.re is _BY_NUMBERS else 0
            made.append(_coded(match["stem"], match["sub"], int(scale) + first if scale else 0))
        elif "_" in header and not brackets and not _PARTICIPANT.match(header):
            stem, _sign, sub = header.partition("_")
            made.append(_coded(stem, sub, 0))
        else:
            made.append(Heading(key=header, stem=header))
    return _with_scales(made) if not brackets else made


def _coded(stem: str, sub: str, scale: int) -> Heading:
    sub = sub.replace("_C", "", 1) if sub.startswith("_C") else re.sub(r"_?C(other|comment|filecount)$", r"\1", sub)
    if not sub:
        return Heading(key=stem, stem=stem, scale=scale)
    if sub == "filecount":
        return Heading(key=stem, stem=stem, part=Part.FILE_COUNT)
    if sub == "other":
        return Heading(key=stem, stem=stem, part=Part.OTHER)
    if sub.endswith("comment"):
        option = sub.removesuffix("comment")
        return Heading(key=stem, stem=stem, subs=(option,) if option else (), part=Part.COMMENT)
    return Heading(key=stem, stem=stem, subs=tuple(sub.split("_")), scale=scale)


def bracketed(header: str, heading: Heading) -> str:
    """The code as exports write it by default: Q1[SQ001] for Q1_SQ001, Q1[SQ001][1] for Q1_SQ001_0.

    `heading` is made from codes. Other headers, and codes by numbers, stay.
    """
    if heading.system or not _PLAIN_CODE.match(header):
        return header
    ends = {Part.OTHER: "other", Part.COMMENT: "comment", Part.FILE_COUNT: "filecount", Part.ANSWER: ""}
    sub = "_".join(heading.subs) + ends[heading.part]
    code = f"{heading.key}[{sub}]" if sub else heading.key
    return f"{code}[{heading.scale}]" if heading.scale else code


def _with_scales(headings: list[Heading]) -> list[Heading]:
    """Codes joined by underscores end in 0 and 1 where an array has two scales."""
    ends: dict[str, set[str]] = {}
    for heading in headings:
        if heading.stem and heading.part is Part.ANSWER and heading.subs:
            ends.setdefault(heading.stem, set()).add(heading.subs[-1] if len(heading.subs) == 2 else "")
    made = []
    for heading in headings:
        if heading.part is Part.ANSWER and heading.subs and ends[heading.stem] == {"0", "1"}:
            heading = Heading(key=heading.key, stem=heading.stem, subs=heading.subs[:1], scale=int(heading.subs[1]) + 1)
        made.append(heading)
    return made


def text_headings(headers: Sequence[str]) -> list[Heading]:
    """Texts taken apart."""
    spaced = not any(" " in header for header in headers)
    plain = [header.replace("_", " ") for header in headers] if spaced else list(headers)
    places = _system_places(plain)
    return [
        Heading(key="", stem="", system=places[place]) if place in places else _worded(clean(header))
        for place, header in enumerate(plain)
    ]


def _worded(header: str) -> Heading:
    if header.startswith(_FILE_COUNT):
        stem = header.removeprefix(_FILE_COUNT).removesuffix("..").rstrip()
        return Heading(key=stem, stem=stem, part=Part.FILE_COUNT)
    stem, groups = split_brackets(header)
    return worded_parts(stem, groups)


def worded_parts(stem: str, groups: Sequence[str]) -> Heading:
    """A question's text and the texts beside it as a heading."""
    stem = stem.removesuffix("..").rstrip()
    if not groups:
        return Heading(key=stem, stem=stem)
    subs = tuple(group.rstrip().removesuffix("..").rstrip() for group in groups)
    last = fold(subs[-1])
    if last in OTHER_WORDS and len(subs) == 1:
        return Heading(key=stem, stem=stem, part=Part.OTHER)
    if last in _COMMENT_WORDS or last in _OTHER_COMMENT_WORDS:
        return Heading(key=stem, stem=stem, subs=subs[:-1], part=Part.COMMENT)
    if len(subs) == 2 and (match := _SCALE.match(subs[1])):
        return Heading(key=stem, stem=stem, subs=subs[:1], scale=int(match[1]))
    return Heading(key=stem, stem=stem, subs=subs)


def split_brackets(header: str) -> tuple[str, tuple[str, ...]]:
    """("Market", ("a", "b [c]")) for "Market [a][b [c]]"; brackets inside brackets stay."""
    groups: list[str] = []
    end = len(header)
    while end and header[end - 1] == "]":
        depth = 0
        start = end - 1
        while start >= 0:
            depth += {"]": 1, "[": -1}.get(header[start], 0)
            if not depth:
                break
            start -= 1
        if start < 1 or not header[start + 1 : end - 1].strip():
            break
        groups.insert(0, header[start + 1 : end - 1].strip())
        end = start
    stem = header[:end]
    if groups and not stem.endswith(" "):  # "f[x]" is part of the question itself
        return header, ()
    return stem.rstrip(), tuple(groups)


def _system_places(headers: Sequence[str]) -> dict[int, str]:
    """Where the tool's own columns stand: before the first question, and the times behind the last.

    Words that might head a question, such as "Seed", count only before the first question.
    """
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        code = system_code(header)
        if code and (len(found) == place or code in TELLING):
            found[place] = code
    times: dict[int, str] = {}
    for place, header in enumerate(headers):
        if place not in found and (code := time_code(header, after_times=bool(times))):
            times[place] = code
    return found | times
