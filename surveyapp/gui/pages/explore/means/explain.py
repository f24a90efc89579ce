"""What the inspector says of a group of a comparison of means."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_number, fmt_people, fmt_percent
from surveyapp.figures.group_words import is_share, row_sentence, span_words, value_words, whiskers
from surveyapp.gui.explanation import Explanation
from surveyapp.gui.pages.explore.explain import caution, few_words, missing_facts
from surveyapp.stats.group.result import GroupComparison, GroupRow


def explain_group(result: GroupComparison, row: GroupRow, actions: tuple[str, ...]) -> Explanation:
    """One group, or everybody: mean with interval, median, spread, share, the pairs it takes part in."""

    def words(value: float | None) -> str:
        return value_words(result, value) if value is not None else "–"

    facts: list[tuple[str, str]] = []
    level = _("%(level)s interval") % {"level": fmt_percent(result.level)}
    for name, estimate in ((_("Mean"), row.mean), (_("Median"), row.median)):
        if estimate is not None:
            facts.append((name, words(estimate.value)))
            interval = span_words(result, estimate)
            facts += [(level, interval)] if interval else []
    facts.append((_("Standard deviation"), words(row.sd)))
    if row.quantiles is not None:
        facts.append((_("Middle half"), f"{words(row.quantiles[1])} – {words(row.quantiles[3])}"))
    if result.picture == "boxes" and (ends := whiskers(row)) is not None:
        facts.append((_("5 to 95 of 100 people"), f"{words(ends[0])} – {words(ends[1])}"))
    if row.share is not None:
        facts.append((result.share_label, fmt_percent(row.share.value, 1)))
    return Explanation(
        kind=_("Selected group") if row is not result.total else _("Everybody"),
        title=row.label,
        subtitle=result.question,
        value=words(row.mean.value) if row.mean is not None else "–",
        of=fmt_people(row.n),
        facts=(*facts, *missing_facts(result.counted)),
        words=_group_words(result, row),
        caution=" ".join(filter(None, (few_words(row.n), caution()))),
        actions=actions,
        strip=row_sentence(result, row),
    )


def _group_words(result: GroupComparison, row: GroupRow) -> str:
    """Against everybody, and the pairs that differ beyond chance."""
    parts = [row_sentence(result, row)]
    total = result.total.mean
    if row is not result.total and row.mean is not None and total is not None:
        gap = row.mean.value - total.value
        size = _("%(n)s points") % {"n": fmt_number(abs(100 * gap))} if is_share(result) else fmt_number(abs(gap))
        above, below = _("**%(size)s above** the mean of everybody."), _("**%(size)s below** the mean of everybody.")
        parts.append((above if gap >= 0 else below) % {"size": size})
    pairs = result.pairs[0].rows if result.pairs else ()
    others = [
        pair.second if pair.first == row.label else pair.first
        for pair in pairs
        if row.label in (pair.first, pair.second) and pair.p < 1 - result.level
    ]
    if others:
        parts.append(_("Differs beyond chance from: %(groups)s.") % {"groups": ", ".join(others)})
    return " ".join(parts) if row is not result.total else f"{result.sentence} {parts[0]}"
