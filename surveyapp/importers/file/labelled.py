"""What SPSS and Stata files say of their variables, as fields of Question (TextTable.declared)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from surveyapp.base.i18n import _
from surveyapp.domain.question import Choice, Kind, MissingCode
from surveyapp.importers.cell import lexicon
from surveyapp.importers.cell.coded_choice import coded_choices, meaning_of, whole
from surveyapp.importers.cell.wording import clean, words
from surveyapp.importers.form.tick_set import own_title

MOST_LEVELS = 11
"""A scale whose steps are only partly labelled has at most this many (0 to 10)."""
_TICKED = frozenset(
    ("1", "y", "yes", "x", "true", "checked", "selected", "quoted", "mentioned", "ja", "oui", "sí", "да")
)


def declare(
    variables: Sequence[dict[str, Any]], sets: Sequence[dict[str, Any]], texts: Sequence[Sequence[str]]
) -> tuple[dict[str, Any], ...]:
    """One dict per variable. `texts` are the different cells of each, `variables` and `sets` the child's message."""
    taken: set[str] = set()
    sets = [{**one, "label": own_title(clean(one["label"]), taken)} for one in sets]
    member = {name: one for one in sets for name in one["variables"]}
    return tuple(
        _declared(variable, member.get(variable["name"]), own) for variable, own in zip(variables, texts, strict=True)
    )


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
    known = {text: whole(text) for text in (*answers, *texts)}
    unlabelled = [text for text in texts if text not in answers]
    if not unlabelled:
        return {"kind": Kind.SINGLE, "choices": coded_choices(answers)}
    numbers = [number for number in known.values() if number is not None]
    if len(numbers) == len(known) and max(numbers) - min(numbers) < MOST_LEVELS:
        steps = {str(n): answers.get(str(n), str(n)) for n in range(min(numbers), max(numbers) + 1)}
        return {"kind": Kind.SCALE, "choices": coded_choices(steps)}
    if variable["string"] or any(_number(text) is None for text in unlabelled):
        return {"kind": Kind.SINGLE, "choices": coded_choices(answers)}
    told = "; ".join(f"{text} = {label}" for text, label in answers.items())
    return {"kind": Kind.NUMBER, "note": _("Labelled numbers: %(codes)s.") % {"codes": told}}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _own_part(label: str, title: str) -> str:
    """The label of an option without the question before it: "Games" of "What do you like?: Games"."""
    rest = label[len(title) :] if label.startswith(title) else ""
    return rest.strip(" :-–[]") if rest[:1] in tuple(" :[-–") and rest.strip(" :-–[]") else label


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
    option = _own_part(clean(variable["label"]), group["label"]) or variable["name"]
    return {
        "kind": Kind.TICK,
        "text": f"{group['label']} [{option}]",
        "multi": group["label"],
        "name": option,
        "choices": (
            Choice(code=1, label=yes, aliases=tuple(ticked)),
            Choice(code=0, label=no, aliases=tuple(empty)),
        ),
    }
