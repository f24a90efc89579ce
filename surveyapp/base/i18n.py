"""The one translation function: every sentence a person reads goes through `_` or `ngettext`.

Catalogues are gettext .mo files in resources/translations/<language>/LC_MESSAGES/surveyapp.mo.
Machine output (--json, exact CSV) is never translated.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os

from surveyapp.base.paths import bundled

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def install(language: str | None = None) -> None:
    """Use the catalogue of `language` ("ru", "en"), or the system's; unknown languages read English."""
    global _catalogue
    if language is None:
        language = os.environ.get("LANGUAGE") or (locale.getlocale()[0] or "en")
    _catalogue = _gettext.translation("surveyapp", bundled("translations"), languages=[language], fallback=True)


def _(message: str) -> str:
    """The message in the person's language; called at the time of use, so a change of language holds."""
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The right plural form for `count`; the count itself is put in by the caller."""
    return _catalogue.ngettext(singular, plural, count)
