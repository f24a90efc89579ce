"""Write resources/names/country.txt and language.txt: what countries and languages are called in many languages.

From the Unicode CLDR, as the package Babel carries it; Babel is no dependency of the program, so run it as
`uv run --no-project --with babel python packaging/place_names.py`. city.txt is written by hand.
One thing a line, names separated by tabs: the English name first; behind a lone "|" come its codes, behind a lone "~"
the names of its parts, and those that may mean another thing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

NAMES = Path(__file__).resolve().parents[1] / "resources" / "names"
LANGUAGES = "en de ru fr es it pt nl pl sv da nb fi cs hu ro el tr uk he ja zh"
"""Whose words are listed, beside each language's own word for itself."""

COMMON: dict[str, str] = {
    "AE": "UAE;U.A.E.;Emirates;ОАЭ",
    "BA": "Bosnia;Bosnia-Herzegovina",
    "BY": "Belorussia;Byelorussia;Белоруссия",
    "CD": "Democratic Republic of the Congo;DR Congo;DRC",
    "CG": "Republic of the Congo;Congo-Brazzaville",
    "CI": "Ivory Coast",
    "CN": "PRC;People's Republic of China;Mainland China;КНР",
    "CZ": "Czech Republic;Чешская Республика;Tschechische Republik",
    "DE": "Federal Republic of Germany;BRD;ФРГ",
    "GB": "UK;U.K.;Great Britain;Britain;G.B.;Англия и Уэльс;Соединённое Королевство;Grossbritannien",
    "HK": "Hong Kong;Hong Kong SAR;Гонконг",
    "IE": "Republic of Ireland;Eire",
    "IR": "Islamic Republic of Iran",
    "KP": "DPRK;КНДР",
    "KR": "Republic of Korea;Korea, South;Korea South;S. Korea;Корея Южная",
    "LA": "Lao PDR",
    "MD": "Republic of Moldova;Молдавия",
    "MK": "Macedonia;Republic of Macedonia",
    "MM": "Burma",
    "MO": "Macau;Macao",
    "NL": "The Netherlands;Holland;Голландия",
    "NZ": "Aotearoa;New Zeland",
    "PS": "Palestine",
    "RU": "Russian Federation;РФ;Российская Федерация;Russland;Rossiya",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TR": "Turkey;Türkiye",
    "TW": "Republic of China;ROC;Taiwan, ROC",
    "TZ": "United Republic of Tanzania",
    "US": "USA;U.S.A.;US;U.S.;United States of America;America;The States;Соединённые Штаты Америки;США",
    "VA": "Vatican;Holy See",
    "VN": "Viet Nam",
}
SPOKEN: dict[str, str] = {
    "fa": "Farsi",
    "fil": "Tagalog",
    "he": "Ivrit",
    "no": "Norwegian;Norsk",
    "nb": "Bokmål",
    "es": "Castilian;Castellano",
    "zh": "Mandarin;Mandarin Chinese;Putonghua",
}
PARTS = {
    "GB": "England;Scotland;Wales;Northern Ireland;Англия;Шотландия;Уэльс;Schottland",
    "NL": "North Holland;South Holland",
    "KR": "Korea;Корея",
    "CD": "Congo;Конго;Kongo",
}
"""What is part of a country, or may mean it."""
LEFT_OUT = {"QO", "ZZ", "EU", "EZ", "UN", "XA", "XB"}


def key(text: str) -> str:
    """As importers.alike.key folds a name."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    folded = "".join(c for c in plain if c.isalnum())
    return folded.removeprefix("the") if len(folded) > 5 else folded


def build(kind: str) -> list[str]:
    """The lines of a file. A name that two things share belongs to the one that is called so in English, or to none."""
    from babel import Locale  # type: ignore[import-not-found]
    from babel.core import get_global  # type: ignore[import-not-found]

    locales = [Locale.parse(name) for name in LANGUAGES.split()]
    extra = COMMON if kind == "territories" else SPOKEN
    english = getattr(locales[0], kind)
    codes = [code for code in sorted(english) if _listed(code, kind)]
    names = {
        code: [*(getattr(each, kind).get(code, "") for each in locales), *extra.get(code, "").split(";")]
        for code in codes
    }
    if kind == "languages":
        for code in codes:
            names[code].append(_own_word(code))
    mine = {key(english[code]): code for code in codes}
    mine |= {key(name): code for code in extra if code in names for name in extra[code].split(";")}
    shared = Counter(k for code in codes for k in {key(name) for name in names[code]})
    if kind == "territories":
        shared.update({key(name): 2 for parts in PARTS.values() for name in parts.split(";")})
    aliases = {} if kind == "languages" else _three_letters(get_global("territory_aliases"))
    lines = []
    for code in codes:
        kept: dict[str, str] = {}
        for name in names[code]:
            if key(name) and (shared[key(name)] == 1 or mine.get(key(name)) == code):
                kept.setdefault(key(name), " ".join(name.split()))
        short = [code, *aliases.get(code, ())] if kind == "territories" else [code]
        parts = PARTS.get(code, "") if kind == "territories" else ""
        lines.append("\t".join([*kept.values(), "|", *short, *(["~", *parts.split(";")] if parts else [])]))
    return lines


def _listed(code: str, kind: str) -> bool:
    if kind == "territories":
        return len(code) == 2 and code.isalpha() and code not in LEFT_OUT
    return len(code) == 2 or code in ("ckb", "fil", "haw", "yue")


def _own_word(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).languages.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def _three_letters(aliases: dict[str, list[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for old, new in sorted(aliases.items()):
        if len(old) == 3 and old.isalpha() and len(new) == 1:
            found.setdefault(new[0], []).append(old)
    return found


def main() -> None:
    """Write both files."""
    for kind, name in (("territories", "country"), ("languages", "language")):
        (NAMES / f"{name}.txt").write_text("\n".join(build(kind)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
