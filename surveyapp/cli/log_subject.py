"""What is asked of the prediction log, for `analyse`, `export` and `saved`: --log, --leaderboard, --crowd ..."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.analysis import OF_NO_WAVE, AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import Scope
from surveyapp.services.prediction.people_spec import PRIVATE, board_choice
from surveyapp.services.prediction.scope_text import scope_of
from surveyapp.services.saved_analysis import ANALYSES
from surveyapp.services.session import Session

_LISTS = ("people", "tags")
_OWN = {
    AnalysisKind.LOG: ("axis", "view"),
    AnalysisKind.LEADERBOARD: ("measure", "shared", "min_n"),
    AnalysisKind.CROWD: (PRIVATE,),
}


def add_log_subject(add_argument: Callable[..., Any]) -> None:
    """One flag for each analysis of the log; what of it is asked stands in --option."""
    words = {
        AnalysisKind.LOG: _("calibration of the prediction log; --option tags=rain, people=Ana|Ben, rule=every ..."),
        AnalysisKind.LEADERBOARD: _(
            "people of the prediction log by score; --option measure=brier, shared=yes, min_n=5"
        ),
        AnalysisKind.CROWD: _(
            "what all people of the prediction log say together; --option private=yes: private ones in words"
        ),
        AnalysisKind.SITES: _("scores of the prediction log as other sites print them"),
        AnalysisKind.RANGES: _("how well ranges of numbers and dates in the prediction log hold"),
    }
    for kind, text in words.items():
        add_argument(f"--{kind.value}", action="store_true", help=text)


def is_of_no_wave(session: Session, args: argparse.Namespace) -> bool:
    """Whether what is asked is about the prediction log alone; in a workspace without a census, also everything."""
    plain = vars(args)
    if _asked_kind(args) is not None:
        return True
    if plain.get("saved"):
        return ANALYSES.get(session, args.saved).spec.kind in OF_NO_WAVE
    return not session.waves() and args.wave is None and bool(plain.get("all") or plain.get("tables"))


def log_subject(base: Base, args: argparse.Namespace) -> AnalysisSpec | None:
    """The analysis of the log that was asked for, None if none was. Raises UserError for options it does not have."""
    kind = _asked_kind(args)
    if kind is None:
        return None
    spec = AnalysisSpec(kind=kind, base=base)
    known = (*(item.name for item in fields(Scope)), *_OWN.get(kind, ()))
    for text in args.option:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or name not in known:
            raise UserError(
                _("The prediction log has no option %(text)s.") % {"text": text},
                _("There are: %(names)s. Write them as measure=brier.") % {"names": ", ".join(known)},
            )
        spec = spec.with_option(name, _listed(value) if name in _LISTS else value)
    scope_of(spec)
    if kind is AnalysisKind.LEADERBOARD:
        board_choice(spec)
    return spec


def in_wave(spec: AnalysisSpec, wave_id: int) -> AnalysisSpec:
    """The same of a wave, but for what is about none."""
    return spec if spec.kind in OF_NO_WAVE else replace(spec, base=replace(spec.base, wave_id=wave_id))


def _asked_kind(args: argparse.Namespace) -> AnalysisKind | None:
    return next((kind for kind in sorted(OF_NO_WAVE) if vars(args).get(kind.value)), None)


def _listed(value: str) -> str:
    """ "Ana|Ben" as a list; one that is written as a list already stays."""
    return value if value.startswith("[") else json.dumps(value.split("|"), ensure_ascii=False)
