"""The one translation function: every sentence a person reads goes through `_` or `ngettext`.

Catalogues are gettext .mo files in resources/translations/<language>/LC_MESSAGES/surveyapp.mo.
Machine output (--json, exact CSV) is never translated.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
import re
from collections.abc import Mapping

from surveyapp.base.paths import bundled

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FSI, _PDI = "\u2068", "\u2069"
_ISOLATED = re.compile(f"{_FSI}[^{_FSI}{_PDI}]*{_PDI}")
_ISOLATES = {ord(_FSI): None, ord(_PDI): None}

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def install(language: str | None = None) -> None:
    """Use the catalogue of `language` ("ru", "en"), or the system's; unknown languages read English."""
    global _catalogue
    if language is None:
        language = os.environ.get("LANGUAGE") or (locale.getlocale()[0] or "en")
    _catalogue = _gettext.translation("surveyapp", bundled("translations"), languages=[language], fallback=True)


class _Words(str):
    """A sentence with places for names and numbers. A name that is read from the right stands apart in it (Unicode
    Annex 9, FSI and PDI): else a number after the name would be read, and shown, as a part of it."""

    __slots__ = ()

    def __mod__(self, values: object) -> str:
        if isinstance(values, Mapping):
            return str.__mod__(self, {name: _apart(value) for name, value in values.items()})
        return str.__mod__(self, _apart(values))


def isolate(text: str) -> str:
    """A text apart from what stands around it, if it holds letters that are read from the right; else as it is."""
    if text.isascii() or not _RTL.search(text):
        return text
    bare = text
    while (fewer := _ISOLATED.sub("", bare)) != bare:
        bare = fewer
    return f"{_FSI}{text}{_PDI}" if _RTL.search(bare) else text  # a sentence of names that stand apart needs no more


def plain(text: str) -> str:
    """A composed text without the signs of `isolate`: for names that are kept, and names of files."""
    return text.translate(_ISOLATES)


def _apart(value: object) -> object:
    return isolate(value) if isinstance(value, str) else value


def _(message: str) -> str:
    """The message in the person's language; called at the time of use, so a change of language holds."""
    found = _catalogue.gettext(message) if message else ""
    return _Words(found) if "%" in found else found


def ngettext(singular: str, plural: str, count: int) -> str:
    """The right plural form for `count`; the count itself is put in by the caller."""
    return _Words(_catalogue.ngettext(singular, plural, count))
