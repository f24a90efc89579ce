"""What kinds, roles and reasons are called in menus."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind, Missing, Role
from surveyapp.domain.wave import Problem
from surveyapp.services.codebook.column_edit import Zero

MEANINGS = (Missing.BLANK, Missing.NOT_SHOWN, Missing.REFUSED, Missing.UNREADABLE)
"""What a text that stands for no answer can mean; out of range is only found by bounds."""


def kind_name(kind: Kind) -> str:
    """A kind as menus call it."""
    return {
        Kind.SINGLE: _("One choice"),
        Kind.MULTI: _("Several choices"),
        Kind.NUMBER: _("Number"),
        Kind.PROBABILITY: _("Probability"),
        Kind.SCALE: _("Scale"),
        Kind.TICK: _("Ticked or not"),
        Kind.DATE: _("Date"),
        Kind.TEXT: _("Text"),
        Kind.IDENTIFIER: _("Identifier"),
        Kind.EMPTY: _("Empty"),
    }[kind]


def role_name(role: Role) -> str:
    """A role as menus call it."""
    return {
        Role.PLAIN: _("Question"),
        Role.TIMESTAMP: _("Time of the answer"),
        Role.CONSENT: _("Consent"),
        Role.ATTENTION: _("Attention check"),
        Role.ESTIMATE: _("Estimate of a pair"),
        Role.CONFIDENCE: _("Confidence of a pair"),
        Role.RESPONSE_ID: _("Number of the response"),
        Role.STATUS: _("Status of the response"),
        Role.DURATION: _("Time taken"),
        Role.EMAIL: _("E-mail address"),
        Role.DISPLAY: _("Text shown by the form"),
        Role.SYSTEM: _("Filled in by the form"),
    }[role]


def zero_name(zero: Zero) -> str:
    """What 0 stands for, as the editor calls it."""
    return {
        Zero.ANSWER: _("An answer"),
        Zero.BLANK: _("Blank"),
        Zero.AMONG_ZEROS: _("Blank among zeros"),
    }[zero]


def import_note(problem: Problem) -> str:
    """Where else a problem of the preview can be worked on, once the file is stored."""
    if problem.kind in ("lookalike", "rare_answers"):
        return _("One by one, they are merged in Data, Write-ins, after the import.")
    return ""
