"""The sentence that the Changes list has for a change of the codebook: what changed, in which or how many columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from surveyapp.base.i18n import _, ngettext
from surveyapp.base.number import fmt_count
from surveyapp.domain.question import Question


def kind_words(question: Question) -> str:
    """What a kind is called."""
    return {
        "single": _("single choice"),
        "multi": _("multiple choice"),
        "number": _("number"),
        "probability": _("probability"),
        "scale": _("scale"),
        "tick": _("one of several choices"),
        "date": _("date"),
        "text": _("text"),
        "identifier": _("identifier"),
        "empty": _("empty"),
    }[question.kind.value]


def change_label(before: Sequence[Question], after: Sequence[Question]) -> str:
    """What happened to these entries (in the same order), as one sentence without a full stop."""
    return _one(before[0], after[0]) if len(after) == 1 else _many(before, after)


def _one(old: Question, new: Question) -> str:
    name = new.title
    if old.kind is not new.kind:
        return _("“%(question)s” read as %(kind)s") % {"question": name, "kind": kind_words(new)}
    if old.missing_codes != new.missing_codes:
        return _("Missing codes of “%(question)s” changed") % {"question": name}
    if old.section != new.section:
        return _("“%(question)s” moved to section %(section)s") % {"question": name, "section": new.section}
    if [c.label for c in old.choices] != [c.label for c in new.choices]:
        if {text for c in old.choices for text in c.texts} == {text for c in new.choices for text in c.texts}:
            moved = len(old.choices) == len(new.choices)
            words = _("Answers of “%(question)s” put in order") if moved else _("Answers of “%(question)s” regrouped")
            return words % {"question": name}
        return _("Answers of “%(question)s” changed") % {"question": name}
    if old.key != new.key:
        return _("Answer key of “%(question)s” changed") % {"question": name}
    if old.replacements != new.replacements:
        return _("Corrections of “%(question)s” changed") % {"question": name}
    if (old.low, old.high) != (new.low, new.high):
        return _("Bounds of “%(question)s” changed") % {"question": name}
    if old.unit != new.unit:
        return _("Unit of “%(question)s” changed") % {"question": name}
    if old.role is not new.role:
        return _("Role of “%(question)s” changed") % {"question": name}
    if old.shown_if != new.shown_if:
        words = _("“%(question)s” asked only of some") if new.shown_if else _("“%(question)s” asked of everybody")
        return words % {"question": name}
    if old.left_out != new.left_out:
        words = _("“%(question)s” left out") if new.left_out else _("“%(question)s” taken in again")
        return words % {"question": name}
    return _("Codebook of “%(question)s” changed") % {"question": name}


def _many(before: Sequence[Question], after: Sequence[Question]) -> str:
    n = len(after)
    changed = {
        item.name
        for old, new in zip(before, after, strict=True)
        for item in fields(Question)
        if getattr(old, item.name) != getattr(new, item.name)
    }
    first = after[0]
    values = {"n": fmt_count(n), "kind": kind_words(first), "section": first.section}
    if "kind" in changed and not changed & {"multi", "grid"} and len({question.kind for question in after}) == 1:
        return ngettext("%(n)s column read as %(kind)s", "%(n)s columns read as %(kind)s", n) % values
    if changed == {"section"} and len({question.section for question in after}) == 1 and first.section:
        return ngettext(
            "%(n)s column moved to section %(section)s", "%(n)s columns moved to section %(section)s", n
        ) % (values)
    return _words_of(frozenset(changed), first, n) % values


def _words_of(changed: frozenset[str], first: Question, n: int) -> str:
    """Words with %(n)s for changes of the same fields in several columns."""
    if changed & {"multi", "part"}:
        if first.part:
            return ngettext("%(n)s column taken as part of a date", "%(n)s columns taken as one date", n)
        if "part" in changed and not first.multi:
            return ngettext("%(n)s column out of its date", "%(n)s columns taken out of their date", n)
        if first.multi:
            return ngettext("%(n)s column taken as one choice", "%(n)s columns taken as one multiple choice", n)
        return ngettext("%(n)s column out of its choice", "%(n)s columns taken out of their multiple choice", n)
    if "grid" in changed and first.grid:
        return ngettext("%(n)s column put in a battery", "%(n)s columns taken as one battery", n)
    if changed == {"left_out"} and first.left_out:
        return ngettext("%(n)s column left out", "%(n)s columns left out", n)
    if changed == {"left_out"}:
        return ngettext("%(n)s column taken in again", "%(n)s columns taken in again", n)
    if changed == {"sensitive"} and first.sensitive:
        return ngettext("%(n)s column kept out of public files", "%(n)s columns kept out of public files", n)
    if changed <= {"missing_codes", "choices"} and "missing_codes" in changed:
        return ngettext("Missing codes of %(n)s column changed", "Missing codes of %(n)s columns changed", n)
    if changed <= {"role", "pair", "key"}:
        return ngettext("Role of %(n)s column changed", "Role of %(n)s columns changed", n)
    if changed <= {"choices", "ordered", "closed", "fold_labels", "delimiter"}:
        return ngettext("Answers of %(n)s column changed", "Answers of %(n)s columns changed", n)
    if changed <= {"low", "high", "unit", "unit_factor", "percent"}:
        return ngettext("Unit or bounds of %(n)s column changed", "Unit or bounds of %(n)s columns changed", n)
    return ngettext("%(n)s question changed", "%(n)s questions changed", n)
