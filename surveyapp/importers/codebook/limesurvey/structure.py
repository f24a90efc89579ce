"""A survey's structure as either file tells it, before it becomes a codebook."""

from __future__ import annotations

from dataclasses import dataclass, field

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError

MAX_BYTES = 20_000_000
"""The structure of a survey of a thousand questions in ten languages has about 5 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A subquestion or an answer: its code, its text, and the axis or scale (0 or 1) it belongs to."""

    code: str
    text: str
    scale: int = 0
    relevance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question. `type` is LimeSurvey's letter; `number` ("642133X11X104") names it in old expressions."""

    code: str
    type: str
    text: str
    group: str = ""
    group_relevance: str = ""
    relevance: str = ""
    number: str = ""
    other: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    subs: tuple[Part, ...] = ()
    answers: tuple[Part, ...] = ()

    def axis(self, scale: int) -> tuple[Part, ...]:
        """The subquestions of one axis: rows 0, columns 1."""
        return tuple(part for part in self.subs if part.scale == scale)

    def scale(self, scale: int) -> tuple[Part, ...]:
        """The answers of one scale."""
        return tuple(part for part in self.answers if part.scale == scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """All questions in the order of the survey, in its base language."""

    title: str
    language: str
    questions: tuple[Asked, ...]


def broken(details: str = "") -> UserError:
    """The refusal for a file that starts like a structure and does not go on like one."""
    return UserError(
        _("This LimeSurvey structure file cannot be read."),
        _("Export it again: Display/Export, Survey structure (.lss) or Tab-separated values (.txt)."),
        details,
    )


def ensure_size(content: bytes) -> None:
    """Raises UserError above MAX_BYTES."""
    if len(content) > MAX_BYTES:
        raise UserError(
            _("This structure file is larger than %(most)s MB.") % {"most": MAX_BYTES // 1_000_000},
            _("Export the structure alone, without responses and without pictures in the texts."),
        )


def as_number(text: str) -> int:
    """A whole number from a cell; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
