"""Who forecasts how well, what all say together, other sites' scores, ranges, and scores by answers: of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.errors import UserError
from surveyapp.domain.prediction import PredictionKind
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.subject import question_of_key
from surveyapp.services.prediction.counted import counted_ranges, counted_words
from surveyapp.services.prediction.crowd import CrowdLine, crowd_lines, crowd_score, everybody, odds_note, site_means
from surveyapp.services.prediction.interval_score import IntervalScore, RangePart, interval_score
from surveyapp.services.prediction.joined import MIN_PEOPLE, joined_score
from surveyapp.services.prediction.leaderboard import Board, board, selected
from surveyapp.services.prediction.people_spec import board_choice, people_scope, people_title
from surveyapp.services.prediction.scope_text import limit_words
from surveyapp.services.prediction.sealing import sealed_ids
from surveyapp.stats.calibration.people_result import (
    AnswersResult,
    BoardResult,
    CrowdResult,
    CrowdRow,
    CrowdScore,
    RangesResult,
    SitesResult,
)


def run_leaderboard(asked: Asked) -> BoardResult:
    """Options: the fields of a Scope; `measure` (peer, brier, log), `shared` ("yes"), `min_n`.

    Raises UserError where nobody can be ranked, and for options that cannot be read.
    """
    scope, choice = people_scope(asked.spec), board_choice(asked.spec)
    found = board(asked.session, scope, measure=choice.measure, shared=choice.shared, min_n=choice.min_n)
    if found.reason:
        raise UserError(found.reason, found.rules[-1] if found.left_out else "")
    return BoardResult(
        question=people_title(asked.spec),
        sentence=_ranked_words(found),
        measure=found.measure,
        lines=found.lines,
        n_predictions=found.n_predictions,
        notes=_notes(limit_words(scope), *found.rules),
    )


def _ranked_words(found: Board) -> str:
    words = ngettext(
        "%(ranked)s of %(total)s people bears a rank, by %(n)s scored predictions.",
        "%(ranked)s of %(total)s people bear a rank, by %(n)s scored predictions.",
        found.n_ranked,
    )
    return words % {
        "ranked": fmt_count(found.n_ranked),
        "total": fmt_count(len(found.lines)),
        "n": fmt_count(found.n_predictions),
    }


def run_crowd(asked: Asked) -> CrowdResult:
    """What people say now, or said last before it was known; a sealed statement is not given away.

    A private one stands there by its number alone, unless the option `private` is "yes".
    Raises UserError where nobody forecast anything.
    """
    scope, sealed = people_scope(asked.spec), sealed_ids(asked.session)
    in_words = board_choice(asked.spec).private
    every = crowd_lines(asked.session, scope)
    lines = [one for one in every if one.prediction.id not in sealed]
    lines.sort(key=lambda one: (-one.n, one.prediction.id, one.option or 0))
    if not lines:
        raise UserError(_("There is no forecast with a probability yet."), "")
    found = crowd_score(asked.session, scope, level=asked.level)
    hidden = len({one.prediction.id for one in every if one.prediction.id in sealed})
    n_private = len({one.prediction.id for one in lines if one.prediction.is_private})
    notes = (limit_words(scope), _sealed_words(hidden), "" if in_words else _private_words(n_private))
    result = crowd_result(lines, found, title=people_title(asked.spec), level=asked.level, notes=notes)
    if not in_words:
        shown = zip(result.rows, lines, strict=True)
        rows = tuple(
            replace(row, words=_unsaid(one), hidden=True) if one.prediction.is_private else row for row, one in shown
        )
        result = replace(result, rows=rows)
    return replace(result, n_private=n_private)


def _unsaid(one: CrowdLine) -> str:
    """What stands for a private prediction, or an option of it."""
    if one.option is None:
        return _("Prediction %(n)s, private") % {"n": one.prediction.id}
    return _("Prediction %(n)s, private, option %(option)s") % {"n": one.prediction.id, "option": one.option + 1}


def _private_words(n: int) -> str:
    if not n:
        return ""
    words = ngettext("%(n)s is private and shown by its number.", "%(n)s are private and shown by their numbers.", n)
    return words % {"n": fmt_count(n)}


def _sealed_words(n: int) -> str:
    if not n:
        return ""
    words = ngettext("%(n)s is sealed and not shown.", "%(n)s are sealed and not shown.", n)
    return words % {"n": fmt_count(n)}


def crowd_result(
    lines: Sequence[CrowdLine],
    score: CrowdScore | None,
    *,
    title: str = "",
    level: float = 0.95,
    notes: tuple[str, ...] = (),
) -> CrowdResult:
    """What all say, in the order of the lines, and how good that was."""
    return CrowdResult(
        question=title or _("What all say together"),
        sentence=_crowd_words(score),
        rows=tuple(
            CrowdRow(
                number=one.prediction.id,
                words=one.words,
                n=one.n,
                odds_mean=one.odds_mean,
                mean=one.mean,
                median=one.median,
                outcome=one.outcome,
            )
            for one in lines
        ),
        score=score,
        notes=_notes(*notes, odds_note()),
        level=level,
    )


def _crowd_words(found: CrowdScore | None) -> str:
    """What the scores are, no more: which is better is for the intervals to say."""
    if found is None:
        return _("No two people have forecast a prediction that came out.")
    words = ngettext(
        "Brier score over %(n)s that came out: %(crowd)s of the mean of odds, %(single)s of a person at random.",
        "Brier score over %(n)s that came out: %(crowd)s of the mean of odds, %(single)s of a person at random.",
        found.n_events,
    )
    return words % {
        "n": fmt_count(found.n_events),
        "crowd": fmt_number(found.odds_mean.value),
        "single": fmt_number(found.single.value),
    }


def run_sites(asked: Asked) -> SitesResult:
    """Everybody's means as other sites print them. Raises UserError where nobody has a score."""
    scope = people_scope(asked.spec)
    lines = site_means(asked.session, scope)
    if not lines:
        raise UserError(_("Nobody has a forecast that can be scored yet."), "")
    counted = counted_words(selected(asked.session, everybody(scope)))
    return SitesResult(
        question=people_title(asked.spec), sentence="", lines=tuple(lines), notes=_notes(limit_words(scope), counted)
    )


def run_ranges(asked: Asked) -> RangesResult:
    """How often ranges held the truth, by level. Raises UserError where none has come out."""
    scope = people_scope(asked.spec)
    found = interval_score(asked.session, scope, confidence=asked.level)
    if found.reason:
        raise UserError(found.reason, counted_ranges(found) if found.left_out else "")
    return ranges_result(found, title=people_title(asked.spec), level=asked.level, limits=limit_words(scope))


def ranges_result(found: IntervalScore, *, title: str, level: float, limits: str = "") -> RangesResult:
    """The result of ranges: all together, then dates apart from numbers, and these by their unit."""
    without = ngettext(
        "%(n)s forecast has no two quantiles that are symmetric about the middle.",
        "%(n)s forecasts have no two quantiles that are symmetric about the middle.",
        found.n_without,
    )
    several = len(found.parts) > 1
    return RangesResult(
        question=title if several else f"{title}: {_part_words(found.parts[0])}",
        sentence=_ranges_words(found),
        levels=found.levels,
        parts=tuple((_part_words(part), part.levels) for part in found.parts if part.levels) if several else (),
        notes=_notes(
            limits, without % {"n": fmt_count(found.n_without)} if found.n_without else "", counted_ranges(found)
        ),
        level=level,
    )


def _ranges_words(found: IntervalScore) -> str:
    """ "14 forecasts with a range: 9 of numbers, 5 of dates."."""
    words = ngettext("%(n)s forecast with a range", "%(n)s forecasts with a range", found.n_forecasts)
    parts = [
        (_("%(n)s of numbers"), found.n_numbers),
        (_("%(n)s of dates"), found.n_dates),
    ]
    told = ", ".join(part % {"n": fmt_count(n)} for part, n in parts if n)
    return f"{words % {'n': fmt_count(found.n_forecasts)}}: {told}."


def _part_words(part: RangePart) -> str:
    if part.kind is PredictionKind.DATE:
        return _("Dates, in days")
    return _("Numbers, in %(unit)s") % {"unit": part.unit} if part.unit else _("Numbers without a unit")


def run_answers(asked: Asked) -> AnswersResult:
    """`columns` names the question in which people gave their name, `by` the one that groups them.

    Raises UserError for questions that cannot be joined, and where no answer has enough people.
    """
    spec, scope = asked.spec, people_scope(asked.spec)
    if not spec.columns or not spec.by:
        words = _("Choose the question in which people gave their name or pseudonym, and one to group them by.")
        raise UserError(words, "")
    wave = spec.base.wave_id
    key, group = (question_of_key(asked.session, wave, name).column for name in (spec.columns[0], spec.by[0]))
    found = joined_score(asked.session, scope, wave_id=wave, key=key, by=group, level=asked.level)
    if not found.groups:
        few = _("No answer has %(n)s people with a scored forecast.") % {"n": MIN_PEOPLE}
        raise UserError(found.sentence, few)
    hidden = _("Not shown, with fewer than %(n)s people: %(answers)s.") % {
        "n": MIN_PEOPLE,
        "answers": ", ".join(found.hidden),
    }
    return AnswersResult(
        question=found.question,
        sentence=found.sentence,
        groups=found.groups,
        notes=_notes(limit_words(scope), hidden if found.hidden else "", found.caveat, found.counted),
        level=asked.level,
    )


def _notes(*lines: str) -> tuple[str, ...]:
    return tuple(filter(None, lines))
