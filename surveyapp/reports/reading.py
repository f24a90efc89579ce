"""Words for what a result holds as a code."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Missing


def kind_words(kind: Kind) -> str:
    """How the answers of a question are read."""
    words = {
        Kind.SINGLE: _("one choice"),
        Kind.MULTI: _("several choices"),
        Kind.NUMBER: _("number"),
        Kind.PROBABILITY: _("probability"),
        Kind.SCALE: _("scale"),
        Kind.TICK: _("one of several choices"),
        Kind.DATE: _("date"),
        Kind.TEXT: _("text"),
        Kind.IDENTIFIER: _("identifier"),
        Kind.EMPTY: _("empty"),
    }
    return words[kind]


def missing_words(missing: Missing) -> str:
    """Why there is no answer."""
    words = {
        Missing.BLANK: _("blank"),
        Missing.NOT_SHOWN: _("not shown"),
        Missing.REFUSED: _("did not want to say"),
        Missing.UNREADABLE: _("unreadable"),
        Missing.OUT_OF_RANGE: _("out of range"),
    }
    return words[missing]
