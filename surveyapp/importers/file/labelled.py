"""What SPSS and Stata files say of their variables, as fields of Question (TextTable.declared)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.wording import clean, words

MOST_LEVELS = 11
"""A scale whose steps are only partly labelled has at most this many (0 to 10)."""
_NOT_SHOWN = re.compile(
    r"\bn/?a\b|not? applicable|inapplicable|\bnot (?:asked|shown|reached)|skip|filter|routed|\binap\b"
)
_REFUSED = re.compile(r"refus|declin|prefer(?:red|s)? not|rather not|no comment|not? (?:wish|want) to|withheld")
_TICKED = frozenset(
    ("1", "y", "yes", "x", "true", "checked", "selected", "quoted", "mentioned", "ja", "oui", "sí", "да")
)


def declare(
    variables: Sequence[dict[str, Any]], sets: Sequence[dict[str, Any]], texts: Sequence[Sequence[str]]
) -> tuple[dict[str, Any], ...]:
    """One dict per variable. `texts` are the different cells of each, `variables` and `sets` the child's message."""
    member = {name: one for one in sets for name in one["variables"]}
    return tuple(
        _declared(variable, member.get(variable["name"]), own) for variable, own in zip(variables, texts, strict=True)
    )


def meaning_of(label: str) -> Missing:
    """Why there is no answer, by the words of a missing code's label: refused, not shown, else blank."""
    plain = label.casefold()
    if _REFUSED.search(plain):
        return Missing.REFUSED
    return Missing.NOT_SHOWN if _NOT_SHOWN.search(plain) else Missing.BLANK


def _declared(variable: dict[str, Any], group: dict[str, Any] | None, texts: Sequence[str]) -> dict[str, Any]:
    labels = {text: clean(label) for text, label in variable["labels"]}
    missing = variable["missing"]
    found: dict[str, Any] = {"text": clean(variable["label"])} if clean(variable["label"]) else {}
    found |= _missing_codes(missing, labels)
    answers = {text: label for text, label in labels.items() if text not in missing and text and label}
    if group is not None and group["dichotomy"]:
        return found | _tick(variable, group, answers, [text for text in texts if text and text not in missing])
    if group is not None:
        found["note"] = _joined(
            found.get("note", ""), _("Part of the multiple choice “%(name)s”.") % {"name": group["label"]}
        )
    if variable["moment"] == "date":
        return found | {"kind": Kind.DATE}
    if answers:
        found |= _closed(variable, answers, [text for text in texts if text and text not in missing])
    elif variable["measure"] == "scale" and _is_plain_number(variable):
        found["kind"] = Kind.NUMBER
    if variable["measure"] == "ordinal":
        found["ordered"] = True
    return found


def _missing_codes(missing: Sequence[str], labels: dict[str, str]) -> dict[str, Any]:
    if not missing:
        return {}
    codes = tuple(MissingCode(text=text, meaning=meaning_of(labels.get(text, ""))) for text in missing)
    told = [f"{text} = {labels[text]}" for text in missing if labels.get(text)]
    return {"missing_codes": codes} | (
        {"note": _("No answer: %(codes)s.") % {"codes": "; ".join(told)}} if told else {}
    )


def _joined(*notes: str) -> str:
    return " ".join(note for note in notes if note)


def _is_plain_number(variable: dict[str, Any]) -> bool:
    """A scale by the file's word; the guess knows identifiers and probabilities better."""
    said = f"{words(variable['name'])} {words(variable['label'])}"
    special = (lexicon.IDENTIFIER, lexicon.PROBABILITY)
    return not variable["moment"] and not any(
        pattern.search(part) for pattern in special for part in (said, words(variable["name"]))
    )


def _closed(variable: dict[str, Any], answers: dict[str, str], texts: Sequence[str]) -> dict[str, Any]:
    """Choices where every answer has a label; a scale or a number where only some have."""
    whole = {text: _whole(text) for text in (*answers, *texts)}
    unlabelled = [text for text in texts if text not in answers]
    if not unlabelled:
        return {"kind": Kind.SINGLE, "choices": _choices(answers, whole)}
    numbers = [number for number in whole.values() if number is not None]
    if len(numbers) == len(whole) and max(numbers) - min(numbers) < MOST_LEVELS:
        steps = {str(n): answers.get(str(n), str(n)) for n in range(min(numbers), max(numbers) + 1)}
        return {"kind": Kind.SCALE, "choices": _choices(steps, {text: int(text) for text in steps})}
    if variable["string"] or any(_number(text) is None for text in unlabelled):
        return {"kind": Kind.SINGLE, "choices": _choices(answers, whole)}
    told = "; ".join(f"{text} = {label}" for text, label in answers.items())
    return {"kind": Kind.NUMBER, "note": _("Labelled numbers: %(codes)s.") % {"codes": told}}


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _choices(answers: dict[str, str], whole: dict[str, int | None]) -> tuple[Choice, ...]:
    """The labels as choices, the stored text as alias. A label that is shared, or reads like the code of another
    choice, gets its code in front: cells hold codes, and "1" must never be read as the label of 5."""
    labels = list(answers.values())
    numeric = all(whole[text] is not None for text in answers)
    clash = any(label in answers and label != text for text, label in answers.items())
    choices = []
    for n, (text, label) in enumerate(answers.items(), 1):
        code = whole[text] if numeric else None
        shown = f"{text} = {label}" if clash or labels.count(label) > 1 else label
        aliases = () if shown == text else (text,)
        choices.append(Choice(code=n if code is None else code, label=shown, aliases=aliases))
    return tuple(choices)


def _tick(
    variable: dict[str, Any], group: dict[str, Any], answers: dict[str, str], texts: Sequence[str]
) -> dict[str, Any]:
    """One column of a multiple response set: the counted value is the tick, every other answer is none."""
    known = dict.fromkeys((*answers, *texts))
    ticked = [text for text in known if text == group["counted"]]
    if variable["string"]:  # the file keeps a number as the counted value, whatever was counted
        ticked = [text for text in known if text.casefold() in _TICKED] or list(known)
    empty = [text for text in known if text not in ticked]
    yes = next((answers[text] for text in ticked if text in answers), "") or _("Yes")
    no = next((answers[text] for text in empty if text in answers), "") or _("No")
    if yes == no or yes in known or no in known:
        yes, no = _("Yes"), _("No")
    option = clean(variable["label"]) or variable["name"]
    return {
        "kind": Kind.TICK,
        "text": f"{clean(group['label'])} [{option}]",
        "multi": clean(group["label"]),
        "name": option,
        "choices": (
            Choice(code=1, label=yes, aliases=tuple(ticked)),
            Choice(code=0, label=no, aliases=tuple(empty)),
        ),
    }
