"""What the inspector says about a row: how the two questions compare, and what one can do."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_percent
from surveyapp.gui.explanation import Explanation
from surveyapp.services.wave_match.evidence import Evidence
from surveyapp.services.wave_match.row import MatchRow
from surveyapp.services.wave_match.view import State
from surveyapp.services.wave_match.words import evidence_sentences, how_words, state_words

_DECISIONS = ("waves.same", "waves.reworded", "waves.options", "waves.differ", "waves.link")


def explain_row(row: MatchRow, names: tuple[str, str]) -> Explanation:
    """The evidence for a pair, or why a question stands alone."""
    if row.alone is not None:
        return _alone(row, names)
    pair = row.pairs[0]
    facts = [
        (_("Proposed as") if row.state is State.PROPOSED else _("Counts as"), how_words(row.how)),
        (_("Wording"), _wording(pair.evidence)),
    ]
    if pair.evidence.options is not None and not row.battery:
        n, total = len(pair.evidence.options.equal), max(len(pair.earlier.options), len(pair.later.options))
        facts.append((_("Equal answers"), _("%(n)s of %(total)s") % {"n": fmt_count(n), "total": fmt_count(total)}))
    if row.battery:
        facts.append((_("Items"), fmt_count(len(row.pairs))))
    facts += [
        (_("Column in %(wave)s") % {"wave": name}, question.column)
        for name, question in zip(names, row.questions, strict=True)
        if question is not None and not row.battery
    ]
    return Explanation(
        kind=_("Question in %(old)s and %(new)s") % {"old": names[0], "new": names[1]},
        title=row.title,
        subtitle=state_words(row),
        facts=tuple(facts),
        words=" ".join(evidence_sentences(pair, names)),
        caution=_caution(row),
        actions=_DECISIONS,
    )


def _wording(evidence: Evidence) -> str:
    if evidence.adopted:
        return _("differs")
    return _("equal") if evidence.wording == 1 else _("%(share)s alike") % {"share": fmt_percent(evidence.wording)}


def _caution(row: MatchRow) -> str:
    if row.state is State.PROPOSED:
        return _("Until someone says so, the two are not compared.")
    if row.state is State.SURE:
        return _("Counted without asking. An answer that few gave and the other wave lacks is taken for chance.")
    return _("Said by a person. 1, 2, 3 and N say otherwise.")


def _alone(row: MatchRow, names: tuple[str, str]) -> Explanation:
    here, there = names if not row.later_alone else (names[1], names[0])
    values = {"here": here, "there": there}
    return Explanation(
        kind=_("Question of %(here)s only") % values,
        title=row.title,
        words=_("No question of %(there)s has a similar wording or the same answers.") % values,
        caution=_("If it was asked in other words, link the two."),
        actions=("waves.link",),
    )
