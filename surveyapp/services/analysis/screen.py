"""Everything with everything: all pairs of a wave's questions, computed once and listed as a person wants them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import comb

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count, fmt_number
from surveyapp.domain.analysis import AnalysisSpec
from surveyapp.domain.errors import UserError
from surveyapp.domain.question import DERIVED, TOOL_ROLES, Kind, Question, Role
from surveyapp.domain.wave import Severity
from surveyapp.services.analysis.asked import Asked
from surveyapp.services.analysis.subject import column_key, key_of
from surveyapp.services.hidden_pair import hidden_pairs
from surveyapp.services.session import Session
from surveyapp.stats.association.result import ScreenPair, ScreenResult, ScreenVariable
from surveyapp.stats.association.screen import screen
from surveyapp.stats.result import Result
from surveyapp.store import ProblemStatus

SHOW = "show"
BETWEEN = "|"
"""What stands between several keys in an option."""

NOT_ASKED = TOOL_ROLES | {Role.CONSENT, Role.ATTENTION}
"""What nobody was asked for, or what checks attention or consent."""

_NAMED = 5


def run_screen(asked: Asked) -> Result:
    """All pairs; with `columns`, those of these questions, q still correcting for all pairs.

    Options: "q" is the limit below which a pair stands out (0.05), "effect" the least size of effect that does (0),
    "min_n" how many people a pair needs to be tested (30); with "hidden" at "show" the pairs that were hidden by hand
    are listed too; "include" names sensitive questions (keys, "|" between) that take part. Other sensitive questions,
    identifiers, texts and what the form filled in are left out and named, and so are the pairs of a derived question
    with what it is made of. All pairs are computed once for each base, `min_n` and `include`.
    """
    from surveyapp.services.analysis.run import run_analysis  # which knows this runner

    spec = asked.spec
    limits = _share(spec, "q", 0.05), _share(spec, "effect", 0.0)
    whole = AnalysisSpec(kind=spec.kind, base=spec.base).with_option("hidden", SHOW)
    whole = whole.with_option("min_n", spec.option("min_n")).with_option("include", spec.option("include"))
    if spec == whole:
        return _compute(asked)
    found = run_analysis(asked.session, whole, check=asked.check)
    if not isinstance(found, ScreenResult):
        return found
    asked.check()
    keys = [variable_key(variable) for variable in found.variables]
    columns = [column_key(asked.question(key)) for key in spec.columns]
    if columns:
        found = _of_questions(found, [asked.question(key) for key in spec.columns])
    if spec.option("hidden") != SHOW:
        found = _without(found, keys, hidden_pairs(asked.session))
    return _limited(found, *limits)


def screenable(question: Question) -> bool:
    """Whether a screen may look at a question: asked of people, and not sensitive."""
    return not question.sensitive and question.role not in NOT_ASKED and question.kind is not Kind.EMPTY


def keys_text(keys: Sequence[str]) -> str:
    """Keys of questions as an option."""
    return BETWEEN.join(keys)


def _takes_part(question: Question, included: str) -> bool:
    """Whether it may, or would but for being sensitive and is named (a name may hold the sign between names)."""
    named = f"{BETWEEN}{column_key(question)}{BETWEEN}" in f"{BETWEEN}{included}{BETWEEN}"
    return screenable(replace(question, sensitive=False) if named else question)


def variable_key(variable: ScreenVariable) -> str:
    """How a pair that is hidden names one of its two: the question's key, "=3" behind it for an option."""
    key = key_of(variable.column, variable.occurrence)
    return key if variable.option is None else f"{key}={variable.option}"


def _compute(asked: Asked) -> Result:
    questions = asked.session.codebook(asked.wave_id).asked
    included = asked.spec.option("include")
    used = [question for question in questions if _takes_part(question, included)]
    asked.session.dataset.load(asked.wave_id, [question for question in used if question.occurrence >= 0])
    items = []
    for question in used:
        asked.check()
        items.append(asked.compared(question))
    found = screen(
        items,
        level=asked.level,
        min_n=_people(asked.spec),
        weights=asked.weights,
        made=_made_of_each_other(asked, used),
        check=asked.check,
    )
    if not isinstance(found, ScreenResult):
        return found
    notes = _left_out_notes([question for question in questions if not _takes_part(question, included)])
    waiting = _undecided_notes(n_undecided(asked.session, asked.wave_id))
    return replace(found, notes=(*found.notes, *waiting, *notes), n_corrected=found.n_tested)


def _made_of_each_other(asked: Asked, used: Sequence[Question]) -> list[tuple[int, int]]:
    """The places of two questions that go together by construction: one is made of the other, or both of the same."""
    from surveyapp.services.derived.question import roots_of  # which knows the runners

    roots = [roots_of(asked.session, asked.wave_id, question) for question in used]
    derived = [place for place, question in enumerate(used) if question.occurrence == DERIVED]
    return [
        (place, other)
        for place in derived
        for other in range(len(used))
        if other != place and roots[place] & roots[other]
    ]


def _of_questions(found: ScreenResult, questions: Sequence[Question]) -> ScreenResult:
    """Only the pairs of these questions, which come first in them. Raises UserError for one that is left out."""
    wanted: set[int] = set()
    for question in questions:
        own = (question.column, question.occurrence)
        places = {n for n, v in enumerate(found.variables) if (v.column, v.occurrence) == own}
        if not places:
            raise UserError(
                _("“%(question)s” takes no part in the screen.") % {"question": question.title},
                _("Sensitive questions, texts and identifiers are left out. Open it with another question as a pair."),
            )
        wanted |= places
    pairs = tuple(
        pair if pair.first in wanted else replace(pair, first=pair.second, second=pair.first)
        for pair in found.pairs
        if pair.first in wanted or pair.second in wanted
    )
    n_tested = sum(pair.p is not None for pair in pairs)
    n_few = sum(pair.p is None and pair.n < found.min_n for pair in pairs)
    titles = tuple(question.title for question in questions)
    return replace(
        found,
        question=_("%(questions)s with everything") % {"questions": ", ".join(f"“{title}”" for title in titles)},
        pairs=pairs,
        n_tested=n_tested,
        n_few=n_few,
        n_constant=len(pairs) - n_tested - n_few,
        n_made=_n_pairs_of(found.variables, wanted) - len(pairs),
        asked=titles,
    )


def _n_pairs_of(variables: Sequence[ScreenVariable], wanted: set[int]) -> int:
    """How many pairs variables have with all others, options of one multiple choice aside."""
    options = Counter((variables[n].column, variables[n].occurrence) for n in wanted)
    own = sum(comb(k, 2) for k in options.values())
    return len(wanted) * (len(variables) - len(wanted)) + comb(len(wanted), 2) - own


def _without(found: ScreenResult, keys: Sequence[str], hidden: frozenset[frozenset[str]]) -> ScreenResult:
    if not hidden:
        return found
    kept = tuple(pair for pair in found.pairs if frozenset((keys[pair.first], keys[pair.second])) not in hidden)
    return replace(found, pairs=kept, n_hidden=len(found.pairs) - len(kept))


def _limited(found: ScreenResult, q_limit: float, min_effect: float) -> ScreenResult:
    """What stands out by these limits comes first; the order by strength stays."""

    def stands_out(pair: ScreenPair) -> bool:
        return pair.q is not None and pair.q < q_limit and abs(pair.effect) >= min_effect

    out = [pair for pair in found.pairs if stands_out(pair)]
    out.sort(key=lambda pair: -abs(pair.effect))
    rest = [pair for pair in found.pairs if not stands_out(pair)]
    rest.sort(key=lambda pair: (pair.p is None, -abs(pair.effect)))
    changed = replace(
        found,
        pairs=(*out, *rest),
        q_limit=q_limit,
        min_effect=min_effect,
        n_standing_out=len(out),
        n_chance=q_limit * len(out),
    )
    return replace(changed, sentence=screen_sentence(changed))


def screen_sentence(found: ScreenResult) -> str:
    """ "212 of 4,371 pairs stand out. At this setting about 11 of them are expected to be chance." """
    return " ".join(part for part in (headline(found), caveat(found)) if part)


def headline(found: ScreenResult) -> str:
    """How many stand out, of how many."""
    if not found.n_tested:
        return _("No pair has enough people to be tested.")
    values = {"k": fmt_count(found.n_standing_out), "n": fmt_count(found.n_tested), "about": ", ".join(found.asked)}
    if found.asked:
        if not found.n_standing_out:
            return _("None of %(n)s pairs with “%(about)s” stands out.") % values
        text = ngettext(
            "%(k)s of %(n)s pairs with “%(about)s” stands out.",
            "%(k)s of %(n)s pairs with “%(about)s” stand out.",
            found.n_standing_out,
        )
        return text % values
    if not found.n_standing_out:
        return _("None of %(n)s pairs stands out: no evidence that any two go together.") % values
    text = ngettext("%(k)s of %(n)s pairs stands out.", "%(k)s of %(n)s pairs stand out.", found.n_standing_out)
    return text % values


def caveat(found: ScreenResult) -> str:
    """What to expect of chance, what q corrects for, and what was not tested or is not listed."""
    parts = []
    if found.asked:
        parts.append(_("q corrects for all %(n)s pairs of the screen.") % {"n": fmt_count(found.n_corrected)})
    elif found.n_chance >= 1:
        n = fmt_number(found.n_chance, 0)
        text = ngettext(
            "At this setting about %(n)s of them is expected to be chance.",
            "At this setting about %(n)s of them are expected to be chance.",
            round(found.n_chance),
        )
        parts.append(text % {"n": n})
    elif found.n_standing_out:
        parts.append(_("At this setting less than one of them is expected to be chance."))
    if found.n_few:
        few = ngettext(
            "%(n)s pair had too few people and was not tested.",
            "%(n)s pairs had too few people and were not tested.",
            found.n_few,
        )
        parts.append(few % {"n": fmt_count(found.n_few)})
    if found.n_made:
        words = ngettext(
            "%(n)s pair with a question made of the other, or of the same one, is left out.",
            "%(n)s pairs with a question made of the other, or of the same one, are left out.",
            found.n_made,
        )
        parts.append(words % {"n": fmt_count(found.n_made)})
    if found.n_hidden:
        words = ngettext("%(n)s pair was hidden by hand.", "%(n)s pairs were hidden by hand.", found.n_hidden)
        parts.append(words % {"n": fmt_count(found.n_hidden)})
    return " ".join(parts)


def n_undecided(session: Session, wave_id: int) -> int:
    """How many problems of a wave wait for a decision that changes answers."""
    stored = session.store.problems.list(wave_id)
    return sum(one.status is ProblemStatus.OPEN and one.problem.severity is Severity.DECIDE for one in stored)


def _undecided_notes(n: int) -> tuple[str, ...]:
    if not n:
        return ()
    text = ngettext(
        "%(n)s problem in Data waits for a decision: until then its cells count as they were typed, also those that"
        " stand for a blank.",
        "%(n)s problems in Data wait for a decision: until then their cells count as they were typed, also those that"
        " stand for a blank.",
        n,
    )
    return (text % {"n": fmt_count(n)},)


def _left_out_notes(questions: Sequence[Question]) -> tuple[str, ...]:
    sensitive = [question.title for question in questions if question.sensitive]
    others = [q.title for q in questions if not q.sensitive and q.kind is not Kind.EMPTY]
    notes = []
    if sensitive:
        text = ngettext(
            "%(n)s sensitive question is left out: %(names)s.",
            "%(n)s sensitive questions are left out: %(names)s.",
            len(sensitive),
        )
        notes.append(text % {"n": fmt_count(len(sensitive)), "names": _names(sensitive)})
    if others:
        text = ngettext(
            "%(n)s column that nobody was asked for, or that checks attention or consent, is left out: %(names)s.",
            "%(n)s columns that nobody was asked for, or that check attention or consent, are left out: %(names)s.",
            len(others),
        )
        notes.append(text % {"n": fmt_count(len(others)), "names": _names(others)})
    return tuple(notes)


def _names(titles: Sequence[str]) -> str:
    return ", ".join(titles[:_NAMED]) + (_(" and others") if len(titles) > _NAMED else "")


def _share(spec: AnalysisSpec, name: str, default: float) -> float:
    try:
        value = float(spec.option(name, str(default)))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UserError(_("The %(name)s of a screen lies between 0 and 1.") % {"name": name})
    return value


def _people(spec: AnalysisSpec) -> int:
    text = spec.option("min_n", "30")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UserError(_("The smallest number of people is a whole number."))
    return int(text)
