"""A multiple choice beside another question: each option is a question of its own, ticked or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Kind
from surveyapp.stats.answers import Answers
from surveyapp.stats.association.formula import holm
from surveyapp.stats.association.pair import associate, joint_reasons
from surveyapp.stats.association.result import Association, OptionAssociations, OptionRow
from surveyapp.stats.association.variable import option_codes, option_of
from surveyapp.stats.count import count_people
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.weight.design import Weights

_MOST_ROWS = 400


def associate_options(
    first: Answers, second: Answers, *, level: float = 0.95, weights: Weights | None = None
) -> OptionAssociations | NotComputed:
    """Every option of a multiple choice beside the other question (or each of its options), p after Holm over all.

    One of the two must be a multiple choice. Options that cannot be measured are counted in `n_skipped`.
    """
    if Kind.MULTI not in (first.question.kind, second.question.kind):
        raise ValueError("one side must be a multiple choice")
    title = _("%(first)s and %(second)s") % {"first": first.question.title, "second": second.question.title}
    counted = count_people(joint_reasons(first, second, weights))
    lefts, rights = _parts(first), _parts(second)
    if not lefts or not rights or len(lefts) * len(rights) > _MOST_ROWS:
        reason = _("Not computed: the question has no options.") if not (lefts and rights) else _too_many(lefts, rights)
        return NotComputed(question=title, kind=Kind.MULTI, counted=counted, reason=reason)
    found = [
        (left_name, right_name, associate(left, right, level=level, weights=weights))
        for left_name, left in lefts
        for right_name, right in rights
    ]
    done = [(left, right, pair) for left, right, pair in found if isinstance(pair, Association)]
    if not done:
        refused = next(pair for _left, _right, pair in found if isinstance(pair, NotComputed))
        return NotComputed(question=title, kind=Kind.MULTI, counted=counted, reason=refused.reason)
    rows = _rows(done)
    return OptionAssociations(
        question=title,
        counted=counted,
        level=level,
        method=_("%(measure)s of each option; p after Holm") % {"measure": rows[0].association.method},
        rows=rows,
        n_skipped=len(found) - len(done),
        notes=_notes(len(found) - len(done)),
        sentence=_sentence(rows, level),
        weighting=rows[0].association.weighting,
    )


def _parts(answers: Answers) -> list[tuple[str, Answers]]:
    if answers.question.kind is not Kind.MULTI:
        return [(answers.question.title, answers)]
    labels = {choice.code: choice.label for choice in answers.question.choices}
    return [(labels[code], option_of(answers, code)) for code in option_codes(answers.question)]


def _rows(done: Sequence[tuple[str, str, Association]]) -> tuple[OptionRow, ...]:
    p = [pair.test.p for _left, _right, pair in done if pair.test is not None]
    adjusted = iter(holm(np.array(p)).tolist() if p else [])
    rows = [
        OptionRow(
            first=left,
            second=right,
            association=pair,
            p_holm=next(adjusted) if pair.test is not None else None,
        )
        for left, right, pair in done
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row.association.effect.value.value)))


def _sentence(rows: Sequence[OptionRow], level: float) -> str:
    out = [row for row in rows if row.p_holm is not None and row.p_holm < 1 - level]
    if not out:
        return _(
            "No evidence that any option goes with the other question, after Holm's correction for %(n)s tests."
        ) % {"n": fmt_count(len(rows))}
    text = ngettext(
        "%(k)s of %(n)s stands out after Holm's correction. %(strongest)s",
        "%(k)s of %(n)s stand out after Holm's correction. %(strongest)s",
        len(out),
    )
    return text % {"k": fmt_count(len(out)), "n": fmt_count(len(rows)), "strongest": out[0].association.sentence}


def _notes(n_skipped: int) -> tuple[str, ...]:
    notes = [_("Each option is compared on its own: who ticked it with who saw the question and did not.")]
    if n_skipped:
        text = ngettext(
            "%(n)s option cannot be compared: too few people ticked it or did not.",
            "%(n)s options cannot be compared: too few people ticked them or did not.",
            n_skipped,
        )
        notes.append(text % {"n": fmt_count(n_skipped)})
    return tuple(notes)


def _too_many(lefts: Sequence[object], rights: Sequence[object]) -> str:
    text = _("Not computed: %(n)s pairs of options are too many to read. Use the screen of all pairs.")
    return text % {"n": fmt_count(len(lefts) * len(rights))}
