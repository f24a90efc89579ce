"""KoboToolbox and ODK: submissions as CSV or XLSX, with names of the form or labels as headers.

Groups stand before a slash (ODK Central: a hyphen). A select_multiple is one column of names joined by blanks, a column
per option ("news/radio", 1 and 0), or both: then the ticks carry the answers. "n/a" in old exports, blank in new ones,
is a question that was not shown or not answered. Repeats stand in sheets or files of their own and are not read.
https://support.kobotoolbox.org/export_types.html, https://docs.getodk.org/central-submissions/
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.question import Choice, Kind, Missing, MissingCode
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.form import tick_set
from surveyapp.importers.form.form_spec import FormSpec
from surveyapp.importers.form.kobo_column import KOBO_SIGNS, ODK_SIGNS, bare_name, tell_system
from surveyapp.importers.form.markup import plain
from surveyapp.importers.table import Declared, TextTable

NOT_SHOWN = "n/a"
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_TOKEN = re.compile(r"[A-Za-z0-9_][\w.-]*")
_TICKS = frozenset(("1", "0", "true", "false"))
_MOST_OPTIONS = 40


def recognise(table: TextTable) -> float:
    """At least three of Kobo's columns that begin with an underscore, or ODK's date, key and one more."""
    names = {bare_name(column.header) for column in table.columns}
    if len(names & KOBO_SIGNS) >= 3:
        return 0.95
    odk = names & ODK_SIGNS
    return 0.95 if "submissiondate" in odk and odk & {"key", "instanceid"} and len(odk) >= 3 else 0.0


def adapt(table: TextTable) -> TextTable:
    """Roles of the tool's columns, groups as sections, ticks, texts behind "other", questions that were not shown."""
    columns = table.columns
    declared = tell_system(columns)
    asked = [place for place in range(len(columns)) if place not in declared]
    skipped = sum(NOT_SHOWN in columns[place].texts for place in asked) >= 3
    aside = (NOT_SHOWN,) if skipped else ()
    sets = _tick_sets(columns, asked, aside)
    told = _tell_paths(columns, asked)
    taken: set[str] = set()  # groups of a form may each have a question "drinks"
    titles = {prefix: tick_set.own_title(plain(_last(prefix)), taken) for _parent, prefix in sets}
    for (parent, prefix), options in sets.items():
        multi, group = titles[prefix], _tell_path(prefix).get("section", "")
        for place in options:
            told[place] = {"section": group}
            label = plain(columns[place].header[len(prefix) + 1 :])
            told[place] |= tick_set.tick(multi, label, columns[place], (*aside, "0", "FALSE", "False", "false"))
            told[place]["choices"] = _yes_no(columns[place], aside)
        if parent is not None:
            told[parent] |= {
                "kind": Kind.TEXT,
                "left_out": True,
                "note": _("The same answers stand in a column per option."),
            }
    ticked = {place for options in sets.values() for place in options}
    joined = {parent for parent, _prefix in sets}
    for place in asked:
        if place not in ticked and place not in joined:
            told[place] |= _joined(columns[place], aside)
    _tell_others(columns, asked, {parent: titles[prefix] for parent, prefix in sets if parent is not None}, told)
    if skipped:
        code = MissingCode(text=NOT_SHOWN, meaning=Missing.NOT_SHOWN)
        for place in asked:
            if NOT_SHOWN in columns[place].texts:
                told[place]["missing_codes"] = (code,)
    notes = table.notes
    if len(table.sheets) > 1:
        notes = (*notes, _("The other sheets hold what was asked several times of one person; they are not read."))
    everything = tuple(declared.get(place) or told[place] for place in range(len(columns)))
    return replace(table, declared=everything, notes=notes)


def _last(path: str) -> str:
    """The last part of a path of names; a label as it is."""
    parts = path.split("/")
    return parts[-1] if all(_NAME.fullmatch(part) for part in parts) else path


def _tell_paths(columns: Sequence[TextColumn], asked: Sequence[int]) -> dict[int, Declared]:
    """Questions by their names and groups; a hyphen parts them where several share what stands before it (ODK)."""
    headers = {place: clean(columns[place].header) for place in asked}
    before = Counter(header.split("-", 1)[0] for header in headers.values() if "-" in header)
    odk = any(bare_name(column.header) == "submissiondate" for column in columns)
    told: dict[int, Declared] = {}
    for place, header in headers.items():
        hyphened = odk and _NAME.fullmatch(header) and before[header.split("-", 1)[0]] > 1
        told[place] = _tell_path(header.replace("-", "/") if hyphened else header)
    return told


def _tell_path(header: str) -> Declared:
    """The group of a question as its section; the label without markup."""
    parts = clean(header).split("/")
    if len(parts) > 1 and all(_NAME.fullmatch(part) for part in parts):
        return {"text": parts[-1], "section": parts[0].replace("_", " ")}
    text = plain(header)
    return {"text": text} if text else {}


_Sets = dict[tuple[int | None, str], list[int]]


def _tick_sets(columns: Sequence[TextColumn], asked: Sequence[int], aside: tuple[str, ...]) -> _Sets:
    """The columns of options by the position of the column they are joined in (None = there is none) and its header.

    Without that column, columns of one group are options if all of them hold only 1 and 0, at least three do, and they
    are blank for the same people.
    """
    headers = {columns[place].header: place for place in asked}
    found: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for place in asked:
        header = columns[place].header
        if not _is_tick(columns[place], aside):
            continue
        prefixes = [header[:n] for n, sign in enumerate(header) if sign == "/"]
        parent = next((prefix for prefix in reversed(prefixes) if prefix in headers), None)
        if parent is not None:
            found[headers[parent], parent].append(place)
        elif prefixes:
            found[None, prefixes[-1]].append(place)
    whole = Counter(columns[place].header.rpartition("/")[0] for place in asked)
    return {
        (parent, prefix): places
        for (parent, prefix), places in found.items()
        if parent is not None
        or (len(places) >= 3 and whole[prefix] == len(places) and _blank_together(columns, places, aside))
    }


def _is_tick(column: TextColumn, aside: tuple[str, ...]) -> bool:
    return all(text.casefold() in _TICKS for text in tick_set.filled(column, aside))


def _blank_together(columns: Sequence[TextColumn], places: Sequence[int], aside: tuple[str, ...]) -> bool:
    """Whether people answered all of these columns or none: options are ticked on one screen."""
    blank = [[columns[place].texts[number] in ("", *aside) for number in columns[place].index] for place in places]
    return all(own == blank[0] for own in blank) and not all(blank[0])


def _yes_no(column: TextColumn, aside: tuple[str, ...]) -> tuple[Choice, Choice]:
    texts = tick_set.filled(column, aside)
    yes = tuple(text for text in texts if text.casefold() in ("1", "true")) or ("1",)
    no = tuple(text for text in texts if text.casefold() in ("0", "false")) or ("0",)
    return Choice(code=1, label=_("Yes"), aliases=yes), Choice(code=0, label=_("No"), aliases=no)


def _joined(column: TextColumn, aside: tuple[str, ...]) -> Declared:
    """A select_multiple that is only there as names joined by blanks: few different names, none twice in a cell."""
    cells = [cell.split() for cell in tick_set.filled(column, aside)]
    tokens = Counter(token for cell in cells for token in cell)
    several = [cell for cell in cells if len(cell) > 1]
    if len(several) < 2 or not 2 <= len(tokens) <= _MOST_OPTIONS or 2 * len(tokens) > sum(tokens.values()):
        return {}
    if any(len(set(cell)) < len(cell) for cell in cells) or not all(map(_TOKEN.fullmatch, tokens)):
        return {}
    if any(not token.islower() and not token.isdecimal() for token in tokens):
        return {}  # a sentence begins with a capital
    choices = tuple(Choice(code=n, label=token) for n, token in enumerate(tokens, 1))
    return {"kind": Kind.MULTI, "delimiter": " ", "choices": choices}


def _tell_others(
    columns: Sequence[TextColumn], asked: Sequence[int], titles: dict[int, str], told: dict[int, Declared]
) -> None:
    """ "ward_other" spells out the "other" of "ward" (or_other in the form). `titles` are those of the sets, by the
    position of the column they are joined in."""
    headers = {columns[place].header: place for place in asked}
    for place in asked:
        header = columns[place].header
        parent = headers.get(header.removesuffix("_other")) if header.endswith("_other") else None
        if parent is None or "multi" in told[place]:
            continue
        if parent in titles:
            told[place] |= tick_set.other_text(titles[parent], _("Other"))
        elif "other" in {text.casefold() for text in columns[parent].texts}:
            told[place] |= {"kind": Kind.TEXT, "other_of": columns[parent].header}


SPEC = FormSpec(id="kobo", title=lambda: _("KoboToolbox or ODK"), recognise=recognise, adapt=adapt, spells_hidden=True)
"""One tool, as far as files go: ODK's forms and Kobo's are the same XForms."""
