"""Codes told in words, where an export has both: the question's text, and each subquestion's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form.limesurvey.heading import Heading, Part, split_brackets

_DASH = " - "


def in_words(headings: Sequence[Heading], texts: Sequence[str]) -> list[Heading]:
    """Headings made from codes, with the words of the `texts` beside them; a code without words stays one."""
    return [_in_words(heading, text) for heading, text in zip(headings, texts, strict=True)]


def _in_words(heading: Heading, text: str) -> Heading:
    if heading.system or not clean(text):
        return heading
    extra = heading.part in (Part.OTHER, Part.COMMENT) or heading.scale > 0
    if heading.part is Part.FILE_COUNT:
        return replace(heading, stem=clean(text).removeprefix("filecount - "))
    if not heading.subs and not extra:
        return replace(heading, stem=clean(text))
    stem, parts = _parts(text, len(heading.subs) + extra)
    if len(parts) < len(heading.subs):
        return replace(heading, stem=stem)
    return replace(heading, stem=stem, subs=parts[: len(heading.subs)])


def _parts(text: str, count: int) -> tuple[str, tuple[str, ...]]:
    """("What do you grow?", ("Tomatoes",)) for "What do you grow? [Tomatoes]" and "What do you grow?  - Tomatoes"."""
    stem, double, rest = text.partition(" " + _DASH)  # the tool ends a question's text with a space
    if double:
        return clean(stem), tuple(map(clean, rest.split(_DASH, count - 1)))
    stem, parts = split_brackets(clean(text))
    if not parts:
        stem, *parted = text.rsplit(_DASH, count)
        parts = tuple(map(clean, parted))
    return clean(stem), parts
