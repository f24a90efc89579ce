"""A scope in words, and as the options of an analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.analysis import NO_WAVE, AnalysisKind, AnalysisSpec, Base
from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.errors import UserError
from surveyapp.domain.scope import EVERYBODY, CountingRule, Scope
from surveyapp.services.prediction.book import book_of
from surveyapp.services.prediction.selection import LeftOut
from surveyapp.services.session import Session

_TEXTS = frozenset({"rule", "since", "until"})


def log_spec(scope: Scope, *, level: float = 0.95, log_odds: bool = False, over_time: bool = False) -> AnalysisSpec:
    """The calibration of a scope: each of its fields that is not at its default is an option of that name."""
    spec = scope_spec(AnalysisKind.LOG, scope, level=level)
    return spec.with_option("axis", "log_odds" if log_odds else "").with_option("view", "time" if over_time else "")


def scope_spec(kind: AnalysisKind, scope: Scope, *, level: float = 0.95) -> AnalysisSpec:
    """An analysis of the log, of no wave."""
    plain = to_plain(scope)
    options = {
        name: value if name in _TEXTS else json.dumps(value, ensure_ascii=False) for name, value in plain.items()
    }
    return AnalysisSpec(kind=kind, base=Base(wave_id=NO_WAVE, level=level), options=tuple(sorted(options.items())))


def scope_of(spec: AnalysisSpec) -> Scope:
    """The scope in an analysis. Raises UserError, naming the option, where one cannot be read."""
    names, plain = {item.name for item in fields(Scope)}, {}
    for name, text in spec.options:
        if name not in names:
            continue
        try:
            plain[name] = text if name in _TEXTS else json.loads(text)
            from_plain(Scope, {name: plain[name]})
        except (ValueError, RecursionError) as error:
            words = _("“%(value)s” is no %(option)s of a prediction log.") % {"value": text, "option": name}
            raise UserError(words, _("Choose it again on the page Calibration.")) from error
    scope: Scope = from_plain(Scope, plain)
    if not 1 <= scope.n_bins <= 100:
        raise UserError(_("A diagram has 1 to 100 bins."))
    return scope


def whose_words(scope: Scope, me: str = "") -> str:
    """ "My predictions", "Everybody's predictions", "Predictions of Ana and Ben". With a name of "me", also that."""
    if EVERYBODY in scope.people:
        return _("Everybody's predictions")
    names = scope.people or ((me,) if me else ())
    if not names or (not scope.people and me == _("Me")):
        return _("My predictions")
    return _("Predictions of %(names)s") % {"names": _(" and ").join(names)}


def log_title(session: Session, spec: AnalysisSpec) -> str:
    """What an analysis of the log is called in an outline."""
    me = book_of(session).me
    whose = whose_words(scope_of(spec), me.name if me is not None else "")
    if spec.option("view") == "time":
        return _("%(whose)s: over time") % {"whose": whose}
    return _("%(whose)s: calibration") % {"whose": whose}


def rule_words(rule: CountingRule) -> str:
    """Which forecasts count."""
    return {
        CountingRule.LAST: _("Last forecast before the deadline"),
        CountingRule.EVERY: _("Every forecast"),
        CountingRule.TIME_WEIGHTED: _("Every forecast, by how long it held"),
    }[rule]


def time_words(since: date | None, until: date | None) -> str:
    """ "2025-01-01 to 2025-12-31", "All time"."""
    if since is None and until is None:
        return _("All time")
    if until is None:
        return _("Since %(day)s") % {"day": since}
    if since is None:
        return _("Until %(day)s") % {"day": until}
    return _("%(first)s to %(last)s") % {"first": since, "last": until}


def counting_words(scope: Scope, *, two_sided: bool = False) -> str:
    """What is chosen, as sentences for under a figure; `two_sided` where a first option stands for its second, too."""
    parts = [rule_words(scope.rule), *_limits(scope)]
    if scope.fold:
        parts.append(_("forecasts under 50 % turned into forecasts of the opposite"))
    if two_sided:
        parts.append(_("of two sides that exclude each other the one named first"))
    return "; ".join(parts) + "."


def limit_words(scope: Scope) -> str:
    """What of the log is asked: "Tags: rain; known: since 2026-01-01.", "" for all of it."""
    parts = _limits(scope)
    if scope.people and EVERYBODY not in scope.people:
        parts.insert(0, _("of %(names)s") % {"names": ", ".join(scope.people)})
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _limits(scope: Scope) -> list[str]:
    parts = []
    if scope.tags:
        parts.append(_("tags: %(tags)s") % {"tags": ", ".join(scope.tags)})
    if scope.since or scope.until:
        parts.append(_("known: %(time)s") % {"time": time_words(scope.since, scope.until)})
    if scope.early:
        parts.append(_("with those known before their deadline"))
    if not scope.own_resolved:
        parts.append(_("without those they settled themselves"))
    if not scope.influence:
        parts.append(_("without those they can bring about"))
    return parts


def left_out_words(reason: LeftOut, n: int) -> str:
    """ "163 open"."""
    words = {
        LeftOut.OPEN: _("%(n)s open"),
        LeftOut.DUE: _("%(n)s due"),
        LeftOut.OVERDUE: _("%(n)s overdue"),
        LeftOut.EARLY: _("%(n)s before their deadline"),
        LeftOut.AMBIGUOUS: _("%(n)s ambiguous"),
        LeftOut.VOID: _("%(n)s void"),
        LeftOut.SHARE: _("%(n)s settled at a probability"),
        LeftOut.RETRODICTED: _("%(n)s logged after the fact"),
        LeftOut.SEALED: _("%(n)s sealed"),
        LeftOut.OWN_RESOLVED: _("%(n)s self-resolved"),
        LeftOut.INFLUENCE: _("%(n)s one can bring about"),
        LeftOut.WITHDRAWN: _("%(n)s withdrawn"),
        LeftOut.UNEVEN: _("%(n)s whose options do not add up to 100 %%"),
    }
    return words[reason] % {"n": fmt_count(n)}


def left_out_parts(left_out: Mapping[LeftOut, int], n_scored: int, n_predictions: int) -> tuple[tuple[str, int], ...]:
    """Why predictions are in no score, in words, with the count; those outside the period too."""
    parts = [(left_out_words(why, left_out[why]), left_out[why]) for why in LeftOut if left_out.get(why)]
    rest = n_predictions - n_scored - sum(left_out.values())
    if rest > 0:
        parts.append((_("%(n)s of another time") % {"n": fmt_count(rest)}, rest))
    return tuple(parts)


def left_out_sentence(n_scored: int, n_predictions: int, parts: tuple[tuple[str, int], ...]) -> str:
    """ "214 of 412 predictions. Left out: 163 open, 6 due, 17 void."."""
    words = ngettext("%(n)s of %(all)s prediction.", "%(n)s of %(all)s predictions.", n_predictions)
    first = words % {"n": fmt_count(n_scored), "all": fmt_count(n_predictions)}
    if not parts:
        return first
    return f"{first} {_('Left out: %(parts)s.') % {'parts': ', '.join(words for words, _n in parts)}}"
