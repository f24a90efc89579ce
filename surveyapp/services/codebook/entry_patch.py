"""What a decision changed in an entry of the codebook, as data, so that it can be taken off a later state of it."""

from __future__ import annotations

from typing import Any

from surveyapp.domain.codec import from_plain, to_plain
from surveyapp.domain.question import Question

Patch = dict[str, dict[str, Any]]
"""By field: "before" and "after" (left out where the field had its default), or of a list what came "in" and what went
"out", that with its place."""

_PLACE = ("id", "position", "column", "occurrence")
"""Which column it is, which no decision changes."""


def patch_between(before: Question, after: Question) -> Patch:
    """The fields that differ."""
    old, new = to_plain(before), to_plain(after)
    names = [name for name in {**old, **new} if name not in _PLACE and old.get(name) != new.get(name)]
    return {name: _difference(old, new, name) for name in names}


def taken_off(now: Question, patch: Patch) -> Question | None:
    """The entry as it would be without that change; None if what it changed is another by now."""
    plain = to_plain(now)
    for name, change in patch.items():
        if "in" in change:
            items = _list_without(list(plain.get(name) or ()), change)
            if items is None:
                return None
            plain[name] = items
        elif plain.get(name) != change.get("after"):
            return None
        elif "before" in change:
            plain[name] = change["before"]
        else:
            plain.pop(name, None)
    return from_plain(Question, plain)


def _difference(old: dict[str, Any], new: dict[str, Any], name: str) -> dict[str, Any]:
    lists = [plain.get(name, []) for plain in (old, new)]
    if all(isinstance(one, list) for one in lists):
        came = [item for item in lists[1] if item not in lists[0]]
        went = [[place, item] for place, item in enumerate(lists[0]) if item not in lists[1]]
        if came or went:  # else only the order differs
            return {"in": came, "out": went}
    return {
        **({"before": old[name]} if name in old else {}),
        **({"after": new[name]} if name in new else {}),
    }


def _list_without(items: list[Any], change: dict[str, Any]) -> list[Any] | None:
    for item in change["in"]:
        if item not in items:
            return None
        items.remove(item)
    for place, item in change["out"]:
        if item not in items:
            items.insert(min(place, len(items)), item)
    return items
