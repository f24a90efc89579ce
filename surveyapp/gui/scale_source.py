"""Scales and control groups for the command palette: "alpha politics", "scale trust, hope", "control income by sex"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.gui.context import AppContext
from surveyapp.gui.fuzzy import match
from surveyapp.gui.palette_source import PaletteEntry

if TYPE_CHECKING:
    from surveyapp.domain.question import Codebook
    from surveyapp.services.cross_choice import Choice
    from surveyapp.services.question_list import ListedSection

_MOST, _MOST_OF_A_SIDE = 8, 4


def scale_entries(
    context: AppContext, codebook: Codebook, sections: Sequence[ListedSection], query: str
) -> list[PaletteEntry]:
    """Batteries, or the questions named with commas, as scales; all batteries where none is named."""
    rest = _after(query, ("scale", "alpha", "omega", "reliability", _("scale"), _("alpha"), _("reliability")))
    if rest is None:
        return []
    from surveyapp.services.analysis.matrix import is_ordered
    from surveyapp.services.analysis.reliability import item_sets
    from surveyapp.services.cross_choice import choices

    names = [name.strip() for name in rest.split(",") if name.strip()]
    fitting = [(one, found[0]) for one in item_sets(codebook) if (found := match(rest, one.name)) is not None]
    entries = [_scale(context, one.name, one.keys, score) for one, score in fitting[:_MOST]]
    if len(names) > 1:
        ordered = [one for one in choices(sections, rows=False) if len(one.keys) == 1 and is_ordered(one.question)]
        best = [_fitting(name, ordered)[:1] for name in names]
        if all(best):
            items = list(dict.fromkeys(found[0][0] for found in best))
            title = ", ".join(item.title for item in items)
            entries.append(_scale(context, title, tuple(item.keys[0] for item in items), 1.0))
    entries.append(
        PaletteEntry(
            group=_("Scales"),
            title=_("Choose the items of a scale"),
            icon="chart-scatter",
            run=partial(context.shell.open_page, "correlations", "scales", choose="items"),
            score=0.1,
        )
    )
    return entries


def control_entries(context: AppContext, sections: Sequence[ListedSection], query: str) -> list[PaletteEntry]:
    """An outcome, and who is told apart by what; with neither, the tab asks."""
    rest = _after(query, ("control group", "control", _("control group"), _("control")))
    if rest is None:
        return []
    from surveyapp.services.control_choice import outcome_choices, telling_choices

    outcome, _found, group = rest.partition(_(" by ")) if _(" by ") in rest else rest.partition(" by ")
    if not outcome.strip():
        opened = partial(context.shell.open_page, "explore", "control", choose="outcome")
        return [_control(_("Compare one group with another"), opened, 1.0)]
    entries = []
    for left, score in _fitting(outcome, outcome_choices(sections))[:_MOST_OF_A_SIDE]:
        if not group.strip():
            opened = partial(context.shell.open_page, "explore", "control", outcome=left.keys[0])
            entries.append(_control(_("%(outcome)s: control group") % {"outcome": left.title}, opened, score))
        for right, more in _fitting(group, telling_choices(sections))[:_MOST_OF_A_SIDE] if group.strip() else ():
            if right.keys != left.keys:
                keys = {"outcome": left.keys[0], "group": right.keys[0]}
                opened = partial(context.shell.open_page, "explore", "control", **keys)
                words = _("%(outcome)s: control group by %(group)s")
                values = {"outcome": left.title, "group": right.title}
                entries.append(_control(words % values, opened, score + more))
    return entries[:_MOST]


def _after(query: str, verbs: Sequence[str]) -> str | None:
    """What follows the verb a query begins with, None if it begins with none; the longest verb counts."""
    text = " ".join(query.split()).casefold()
    for verb in sorted({verb.casefold() for verb in verbs}, key=len, reverse=True):
        if text == verb or text.startswith(f"{verb} "):
            return text[len(verb) :].strip()
    return None


def _fitting(query: str, found: Sequence[Choice]) -> list[tuple[Choice, float]]:
    ranked = [(choice, fit[0]) for choice in found if (fit := match(query, choice.title)) is not None]
    return sorted(ranked, key=lambda item: -item[1])


def _scale(context: AppContext, name: str, keys: tuple[str, ...], score: float) -> PaletteEntry:
    return PaletteEntry(
        group=_("Scales"),
        title=_("Alpha of %(name)s") % {"name": name},
        icon="chart-scatter",
        detail=ngettext("%(n)s item", "%(n)s items", len(keys)) % {"n": fmt_count(len(keys))},
        run=partial(context.shell.open_page, "correlations", "scales", items=keys),
        score=max(score, 1.0),
    )


def _control(title: str, opened: partial[None], score: float) -> PaletteEntry:
    return PaletteEntry(group=_("Control groups"), title=title, icon="chart-column", run=opened, score=max(score, 1.0))
