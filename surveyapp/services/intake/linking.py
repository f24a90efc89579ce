"""A wave whose addresses were replaced by keyed hashes keeps none of a later file either."""

from __future__ import annotations

from collections.abc import Collection

from surveyapp.base.i18n import _
from surveyapp.domain.column import TextColumn
from surveyapp.domain.errors import UserError
from surveyapp.domain.mapping import Mapping
from surveyapp.domain.question import Role
from surveyapp.domain.wave import Wave
from surveyapp.importers.cell.wording import clean
from surveyapp.importers.hashing import hashed_table
from surveyapp.importers.problem.address import holds_addresses, is_hashed
from surveyapp.importers.several.stack import StackPlan, renames
from surveyapp.importers.table import TextTable
from surveyapp.services.pseudonym import ensure_key, key_print, wave_print
from surveyapp.services.session import Session


def hashed_alike(
    session: Session,
    wave: Wave,
    mapping: Mapping,
    old: TextTable,
    *,
    new: TextTable,
    columns: StackPlan,
    also: Collection[str] = (),
) -> TextTable:
    """The new table with the columns hashed that are hashed in the wave, and those (by header) that are `also` to be.

    Raises UserError if the key of the wave is not here.
    """
    codes = {code.text for q in mapping.questions if q.column in mapping.hashed for code in q.missing_codes}
    same = {new.columns[own].header for own, there in columns.matched.items() if _is_linked(mapping, old, there)}
    wanted = same.union(also)
    headers = {c.header for c in new.columns if c.header in wanted and not is_hashed(c, codes)}
    if not headers:
        return new
    key = ensure_key(session)
    if wave_print(session, wave.id) not in ("", key_print(key)):
        raise UserError(
            _("%(wave)s was linked with another key than the one that is here. Nothing was changed.")
            % {"wave": wave.title},
            _("Bring the key file of that time, or import this file as a wave of its own."),
        )
    return hashed_table(new, headers, key, codes=codes)


def new_addresses(mapping: Mapping, old: TextTable, new: TextTable, *, columns: StackPlan) -> dict[str, str]:
    """The columns of addresses that a linked wave does not have, or has without an answer; {} for any other wave.

    Own header -> header in the wave. What may be a hashed column in other words is among them. Raises UserError for
    one that shares its header with a column of the wave that holds texts: a header is hashed or is not.
    """
    if not mapping.hashed:
        return {}
    likely = {own for own, there in renames(columns, old.columns, new.columns) if there in mapping.hashed}
    held = {own: there for own, there in columns.matched.items() if _is_answered(old.columns[there])}
    found = {}
    for own, column in enumerate(new.columns):
        there = columns.matched.get(own)
        if own in held or (there is not None and _is_linked(mapping, old, there)):
            continue
        told = bool(new.declared) and new.declared[own].get("role") is Role.EMAIL
        if holds_addresses(column, told=told) or (column.header in likely and not is_hashed(column)):
            found[column.header] = column.header if there is None else old.columns[there].header
    texts = {new.columns[own].header for own, there in held.items() if not _is_linked(mapping, old, there)}
    texts |= {c.header for c in old.columns if _is_answered(c) and c.header not in mapping.hashed}
    for own_header, header in found.items():
        if not texts.isdisjoint((own_header, header)):
            raise UserError(
                _("The file has another column “%(name)s”, with e-mail addresses, and the wave keeps no addresses.")
                % {"name": " ".join(own_header.split())},
                _("Give that column a name of its own in the file, then add it again. Nothing was changed."),
            )
    return found


def told_hashed(header: str) -> str:
    """The sentence about such a column."""
    said = _("“%(column)s” is new; like the addresses of the wave, its texts are replaced by a keyed hash")
    return said % {"column": " ".join(header.split())}


def _is_linked(mapping: Mapping, old: TextTable, there: int) -> bool:
    return old.columns[there].header in mapping.hashed


def _is_answered(column: TextColumn) -> bool:
    return any(map(clean, column.texts))
