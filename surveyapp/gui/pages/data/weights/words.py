"""What the list and the inspector say of weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_number, fmt_people, fmt_percent
from surveyapp.domain.weight import TargetUnit
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.data.weights.target_table import TargetTable
from surveyapp.gui.pages.data.weights.work import NEW, Work
from surveyapp.gui.widgets.question_line import Group, Line, Mark
from surveyapp.reports.sections.weight import weights_sentence
from surveyapp.services.weighting import ListedScheme
from surveyapp.stats.weight.result import WeightingResult

_ACTIONS = ("weights.use", "weights.copy", "weights.export")


def scheme_groups(listed: Sequence[ListedScheme], works: Mapping[str, Work]) -> tuple[Group, ...]:
    """Saved schemes, and the one that is new."""
    lines = [_line(one, works.get(one.scheme.name)) for one in listed]
    if NEW in works:
        lines.append(
            Line(
                key=NEW,
                title=_("New weights"),
                icon="sliders-horizontal",
                spoken=_("New weights, not saved"),
                found_by=(_("New weights"),),
                second=_("not saved"),
            )
        )
    return (Group(caption=_("Weights"), lines=tuple(lines)),)


def _line(one: ListedScheme, work: Work | None) -> Line:
    name, changed = one.scheme.name, work is not None and work.changed
    if one.made is not None:
        second = _("effective n %(k)s of %(n)s") % {
            "k": fmt_count(round(one.made.weighting.n_effective)),
            "n": fmt_count(one.made.n),
        }
    else:
        second = _("not in this wave")
    why = one.fault.title if one.fault is not None else ""
    return Line(
        key=name,
        title=name,
        icon="sliders-horizontal",
        spoken=", ".join(filter(None, (name, second, _("changed, not saved") if changed else "", why))),
        found_by=(name,),
        second=_("changed, not saved") if changed else second,
        mark=Mark.NOTHING if one.made is not None else Mark.BADGE,
        mark_words="" if one.made is not None else "×",
        tip=why or name,
    )


def explain_scheme(name: str, made: WeightingResult | None) -> Explanation:
    """The scheme as a whole, with a line for a methods section."""
    title = name or _("New weights")
    if made is None:
        words = _("Give each margin its targets. What they make is shown as soon as none is missing.")
        return Explanation(kind=_("Weights"), title=title, words=words, strip=words)
    return Explanation(
        kind=_("Weights"),
        title=title,
        value=fmt_count(round(made.weighting.n_effective)),
        of=_("effective n of %(people)s") % {"people": fmt_people(made.n)},
        facts=(
            (_("Method"), made.method),
            (_("Design effect"), fmt_number(made.weighting.design_effect, 2)),
            (_("Smallest, largest"), f"{fmt_number(made.smallest, 2)}, {fmt_number(made.largest, 2)}"),
            (_("Without a weight"), fmt_count(made.n_without)),
            (_("Rounds"), fmt_count(made.rounds)),
        ),
        words=made.sentence,
        caution=_("Weights correct what they know of. They do not make volunteers a random sample."),
        actions=_ACTIONS if name else ("weights.copy",),
        strip=weights_sentence(made),
    )


def explain_cell(table: TargetTable, row: int) -> Explanation | None:
    """A cell of a margin: what it was, should be and is."""
    cell, margin = table.cell_of(row), table.margin
    if cell is None or margin is None:
        return None
    answers, target = cell
    move = table.move_of(row)
    facts = []
    if move is not None:
        facts = [
            (_("People"), fmt_count(move.n)),
            (_("Before"), fmt_percent(move.before, 1)),
            (_("After"), fmt_percent(move.after, 1)),
        ]
        if move.before:
            facts.append((_("Weight on average"), fmt_number(move.after / move.before, 2)))
    value = ""
    if target is not None:
        value = fmt_percent(target, 1) if margin.unit is TargetUnit.SHARE else fmt_number(target)
    words = ""
    if move is not None and move.before:
        factor = move.after / move.before
        more = _("Too few of them answered: each counts as %(n)s people on average.")
        less = _("Too many of them answered: each counts as %(n)s of a person on average.")
        even = _("About as many answered as there should be.")
        words = (more if factor > 1.005 else less if factor < 0.995 else even) % {"n": fmt_number(factor, 2)}
    return Explanation(
        kind=_("Selected answer"),
        title=", ".join(answers),
        subtitle=table.accessibleName(),
        value=value,
        of=_("target") if value else _("no target yet"),
        facts=tuple(facts),
        words=words,
        actions=("weights.fill", "weights.text"),
    )
