"""The columns LimeSurvey adds to the questions, by code and by the heading a person may choose instead."""

from __future__ import annotations

import re

from surveyapp.base.i18n import _
from surveyapp.domain.question import Kind
from surveyapp.importers.cell.wording import clean, fold
from surveyapp.importers.form import tool_column
from surveyapp.importers.table import Declared

_HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("Response ID", "Antwort ID", "ID de la réponse", "ID de respuesta", "ID ответа"),
    "submitdate": ("Date submitted", "Datum Abgeschickt", "Date de soumission", "Fecha de envío", "Дата отправки"),
    "lastpage": ("Last page", "Letzte Seite", "Dernière page", "Última página", "Последняя страница"),
    "startlanguage": (
        "Start language",
        "Start-Sprache",
        "Langue de départ",
        "Lenguaje inicial",
        "Idioma inicial",
        "Начальный язык",
    ),
    "seed": ("Seed", "Zufallsstartwert", "Tête de série", "Semilla"),
    "token": ("Access code", "Token", "Zugangscode", "Zugangsschlüssel", "Code d'accès", "Código de acceso"),
    "startdate": ("Date started", "Datum gestartet", "Date de lancement", "Fecha de inicio", "Дата начала"),
    "datestamp": (
        "Date last action",
        "Datum letzte Aktivität",
        "Date de la dernière action",
        "Fecha de la última acción",
        "Дата последнего действия",
    ),
    "ipaddr": ("IP address", "IP-Adresse", "Adresse IP", "Dirección IP", "IP-адрес"),
    "refurl": ("Referrer URL", "Weiterleitungs-URL", "URL de référence", "URL de referencia"),
}
_BY_TEXT = {fold(text): code for code, texts in _HEADINGS.items() for text in texts}
TELLING = frozenset(_HEADINGS) - {"id", "seed", "token"}
"""Codes that hardly any other tool or questionnaire uses as headings."""

_TIMES = re.compile(r"^(?:group ?time ?\d+|group[ _]time:.*|question[ _]time:.*)$", re.IGNORECASE | re.DOTALL)
_QUESTION_TIME = re.compile(r"^\w+Time$")
NO_DATE = "1980-01-01"
"""What LimeSurvey writes as the day of sending where a survey keeps no dates."""


def system_code(header: str) -> str:
    """ "submitdate" for "submitdate", "Date submitted", "Date_submitted"; "" for a question."""
    text = header.strip()
    return text if text in _HEADINGS else _BY_TEXT.get(fold(text), "")


def time_code(header: str, *, after_times: bool) -> str:
    """ "interviewtime" or "time" for a column of seconds; a question's own time only `after_times` of others."""
    text = header.strip()
    if text == "interviewtime" or fold(text) in ("totaltime", "gesamtzeit"):
        return "interviewtime"
    if _TIMES.match(text) or (after_times and _QUESTION_TIME.match(text)):
        return "time"
    return ""


def declare_system(code: str, header: str, texts: list[str]) -> Declared:
    """What is known of a system column; `texts` are its different cells."""
    text = clean(header)
    match code:
        case "id":
            return tool_column.response_id(text)
        case "submitdate":
            return _submitdate(texts)
        case "startdate" | "datestamp":
            return tool_column.moment(text, sent=False)
        case "interviewtime":
            return tool_column.duration(text)
        case "time":
            return tool_column.system(text, Kind.NUMBER) | {"unit": "s", "low": 0.0, "high": None}
        case "lastpage":
            return tool_column.system(text, Kind.NUMBER) | {"note": _("The last page the person reached.")}
        case "startlanguage":
            return tool_column.system(text, Kind.SINGLE)
        case "token" | "ipaddr":
            return tool_column.private(text)
        case "seed":
            return tool_column.system(text, Kind.IDENTIFIER)
    return tool_column.system(text)


def _submitdate(texts: list[str]) -> Declared:
    """The moment of sending; blank for who never sent. A survey that keeps no dates has one day for all."""
    declared = tool_column.moment(_("Date submitted"), sent=True, zone=_("Blank: not sent to the end."))
    filled = [text for text in texts if text.strip() and not text.startswith("{")]
    if filled and all(text.startswith(NO_DATE) for text in filled):
        declared["note"] = _("The survey kept no dates: 1980-01-01 means sent to the end, blank not sent.")
        declared["left_out"] = True
    return declared
