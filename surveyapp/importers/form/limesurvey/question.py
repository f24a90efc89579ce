"""What an export of LimeSurvey tells of the columns of each question, as fields of Question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode, Replacement, Role
from surveyapp.importers.cell.wording import clean, clean_all, fold, short_name
from surveyapp.importers.form.limesurvey.choice import known_choices, natural
from surveyapp.importers.form.limesurvey.group import (
    NOT_APPLICABLE,
    NOT_SHOWN,
    Group,
    Member,
    Ticks,
    find_ticks,
    fixed_words,
)
from surveyapp.importers.form.limesurvey.heading import OTHER_WORDS, Part
from surveyapp.importers.form.tick_set import Titles, share_steps, with_part
from surveyapp.importers.problem.run import counts_of, index_of
from surveyapp.importers.table import Declared

OTHER_CODE = "-oth-"
"""The code of a list's "Other"."""
MAX_MASKED = 500
_DECIMAL = re.compile(r"^-?\d*\.\d{10}$")
_FILES = re.compile(r'^\[\s*\{.*"(?:filename|name)"', re.DOTALL)


def declare_questions(groups: Sequence[Group], *, spelled: bool) -> dict[int, Declared]:
    """What is known of each question's column, by place. `spelled`: what was never shown is spelled out (VV)."""
    letters = [ticks for group in groups if (ticks := find_ticks(group, letters_seen=True)) and ticks.yes == "Y"]
    told: dict[int, Declared] = {}
    titles = Titles()
    for group in groups:
        ticks = find_ticks(group, letters_seen=bool(letters))
        titles.next_question()
        fields = _ticked(group, ticks, spelled=spelled) if ticks else _asked(group)
        told |= {place: _titled(own, titles) for place, own in fields.items()}
        for member in group.members:
            own = told[member.place]
            own.setdefault("text", group.stem)
            if not member.heading.subs and member.heading.part is Part.ANSWER:
                own["name"] = short_name(group.stem)
            add_missing(member.column, own)
            _unmask(member, own)
    return told


def _titled(told: Declared, titles: Titles) -> Declared:
    return told | {field: titles.own(field, told[field]) for field in ("multi", "grid") if told.get(field)}


def _ticked(group: Group, ticks: Ticks, *, spelled: bool) -> dict[int, Declared]:
    """A multiple choice: ticks, the text of "Other", comments.

    Where what was never shown is `spelled` out, a blank is an option that was shown and not ticked.
    """
    blanks: Declared = {"replacements": (Replacement(text="", becomes=ticks.no),)} if spelled else {}
    told = _beside(group, ticked=True)
    if ticks.yes == "1":  # the blanks of the texts beside were converted like ticks
        blank = MissingCode(text=ticks.no, meaning=Missing.BLANK)
        told = {place: own | {"missing_codes": (blank,)} for place, own in told.items()}
    for member in group.rows:
        label = ", ".join(member.heading.subs)
        told[member.place] = {
            "kind": Kind.TICK,
            "multi": group.stem,
            "name": label,
            "text": with_part(group.stem, label),
            "grid": "",
            "choices": _tick_choices(ticks),
            "ordered": False,
            "missing_codes": (_not_applicable(Missing.NOT_SHOWN),) if ticks.words else (),
            **blanks,
        }
    return told


def _tick_choices(ticks: Ticks) -> tuple[Choice, ...]:
    if ticks.words:
        return Choice(code=1, label=ticks.yes), Choice(code=0, label=ticks.no)
    return (
        Choice(code=1, label=_("Yes"), aliases=(ticks.yes,)),
        Choice(code=0, label=_("No"), aliases=(ticks.no,)),
    )


def _beside(group: Group, *, ticked: bool) -> dict[int, Declared]:
    """The texts beside the answers: "Other", comments, the number of files."""
    told: dict[int, Declared] = {}
    for member in group.of(Part.OTHER):
        own: Declared = {"kind": Kind.TEXT, "name": _("Other"), "text": with_part(group.stem, _("Other")), "grid": ""}
        if ticked:
            own["multi"] = group.stem
        elif group.bare:
            own["other_of"] = group.bare.column.header
        told[member.place] = own
    for member in group.of(Part.COMMENT):
        told[member.place] = _comment(group.stem, ", ".join(member.heading.subs))
    for member in group.of(Part.FILE_COUNT):
        text = f"filecount - {group.stem}"
        told[member.place] = {
            "kind": Kind.NUMBER,
            "name": _("Number of files"),
            "text": text,
            "grid": "",
            "low": 0.0,
            "high": None,
        }
    return told


def _comment(stem: str, option: str) -> Declared:
    note = _("Comment on “%(option)s”.") % {"option": option or stem}
    name = _("%(option)s: comment") % {"option": option} if option else _("Comment")
    text = with_part(stem, f"{option}][{_('Comment')}" if option else _("Comment"))
    return {"kind": Kind.TEXT, "name": name, "text": text, "grid": "", "note": note}


def _asked(group: Group) -> dict[int, Declared]:
    """A question of any other type."""
    told = _beside(group, ticked=False)
    if group.bare:
        told[group.bare.place] = _single(group, group.bare)
    for scale in sorted({member.heading.scale for member in group.rows}):
        told |= _rows(group, scale)
    for member in (*group.rows, *([group.bare] if group.bare else [])):
        if member.texts and all(_DECIMAL.match(text) for text in member.texts):
            told[member.place] |= {"kind": Kind.NUMBER}
    return told


def _rows(group: Group, scale: int) -> dict[int, Declared]:
    """The rows of an array, or those of one of its two scales; a battery if they share their answers."""
    rows = [member for member in group.rows if member.heading.scale == scale]
    words = _("Scale %(n)s") % {"n": scale}
    shared = share_steps([member.column for member in rows], (NOT_SHOWN,))
    stem = with_part(group.stem, words) if scale else group.stem
    steps = known_choices(set().union(*(member.texts for member in rows)), battery=True) if shared else {}
    told: dict[int, Declared] = {}
    for member in rows:
        subs = member.heading.subs
        told[member.place] = {
            "name": ", ".join((*subs, words) if scale else subs),
            "text": with_part(group.stem, "][".join((*subs, words) if scale else subs)),
            "grid": stem if shared else "",
            **steps,
        }
    return told


def _single(group: Group, bare: Member) -> Declared:
    """The column of a question that has but one answer."""
    texts = bare.texts
    if texts == {clean(group.stem)}:
        return {"kind": Kind.TEXT, "role": Role.DISPLAY, "left_out": True}
    if texts and all(_FILES.match(text) for text in texts):
        return {"kind": Kind.TEXT, "note": _("A list of uploaded files; the files are not part of the export.")}
    if not group.of(Part.OTHER) and (known := known_choices(texts, battery=False)):
        return known
    if fixed_words(bare):
        return {"missing_codes": (_not_applicable(Missing.BLANK),)}
    if others := group.of(Part.OTHER):
        return _with_other(bare, others[0])
    return {"kind": Kind.SINGLE} if group.of(Part.COMMENT) else {}


def _with_other(bare: Member, other: Member) -> Declared:
    """A list whose "Other" is spelled out beside it: that choice is marked as the one that gathers write-ins."""
    label = OTHER_CODE if OTHER_CODE in bare.texts else _chosen_with(bare, other)
    if not label or fold(label) == fold("Other"):
        return {"kind": Kind.SINGLE}
    counts = Counter(dict(zip(clean_all(bare.column.texts), counts_of(bare.column).tolist(), strict=True)))
    if label == OTHER_CODE:
        last = Choice(code=0, label=_("Other"), other=True, aliases=(OTHER_CODE,))
        labels = sorted(bare.texts - {OTHER_CODE}, key=natural)
    else:
        last = Choice(code=0, label=label, other=True)
        labels = sorted(bare.texts - {label}, key=lambda text: (-counts[text], text))
    choices = [Choice(code=n, label=text) for n, text in enumerate(labels, 1)]
    choices.append(Choice(code=len(labels) + 1, label=last.label, other=True, aliases=last.aliases))
    return {"kind": Kind.SINGLE, "choices": tuple(choices), "ordered": False}


def _chosen_with(bare: Member, other: Member) -> str:
    """The one answer that all who spelled out "Other" have given, if it is called so in some language."""
    spelled = np.array([text in other.texts for text in clean_all(other.column.texts)], dtype=np.bool_)
    numbers = np.unique(index_of(bare.column)[spelled[index_of(other.column)]])
    chosen = {clean(bare.column.texts[number]) for number in numbers}
    return next((text for text in chosen if len(chosen) == 1 and fold(text) in OTHER_WORDS), "")


def _not_applicable(meaning: Missing) -> MissingCode:
    return MissingCode(text=NOT_APPLICABLE, meaning=meaning)


def add_missing(column: TextColumn, own: Declared) -> None:
    """With the VV file's word for what was never shown."""
    if any(NOT_SHOWN in text for text in column.texts):
        code = MissingCode(text=NOT_SHOWN, meaning=Missing.NOT_SHOWN)
        own["missing_codes"] = (*own.get("missing_codes", ()), code)


def _unmask(member: Member, own: Declared) -> None:
    """Cells that start with an equals sign carry an apostrophe against formulas, which nobody typed."""
    masked = sorted(text for text in member.texts if text.startswith("'="))
    if masked:
        own["replacements"] = tuple(Replacement(text=text, becomes=text[1:]) for text in masked[:MAX_MASKED])
