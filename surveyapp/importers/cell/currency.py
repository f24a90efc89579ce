"""Currencies as people write them: signs, ISO codes, words, and the adjectives that tell whose dollars they are."""

from __future__ import annotations

_CODES = """
    USD EUR GBP CAD AUD CHF NZD SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH KZT BYN JPY CNY KRW INR IDR THB VND MYR
    SGD HKD TWD PHP PKR BDT ILS TRY SAR AED EGP ZAR NGN KES BRL MXN ARS CLP COP
"""
ISO = frozenset(_CODES.split())

DOLLAR, CROWN, YEN, POUND, FRANC = "$", "kr", "¥", "pound", "fr"
"""Words and signs that several currencies share."""

_FAMILIES = {
    DOLLAR: frozenset(["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"]),
    CROWN: frozenset(["SEK", "NOK", "DKK", "ISK", "CZK"]),
    YEN: frozenset(["JPY", "CNY"]),
    POUND: frozenset(["GBP", "EGP"]),
    FRANC: frozenset(["CHF"]),
}
_USUAL = {DOLLAR: "USD", POUND: "GBP", FRANC: "CHF"}

WORDS: dict[str, str] = {
    **{code.lower(): code for code in ISO if code != "TRY"},
    "$": DOLLAR, "us$": "USD", "usd$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD",
    "s$": "SGD", "hk$": "HKD", "r$": "BRL", "$us": "USD", "$aud": "AUD", "$cad": "CAD", "$usd": "USD", "$nz": "NZD",
    "£": "GBP", "€": "EUR", "¥": YEN, "₽": "RUB", "₴": "UAH", "₹": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY",
    "zł": "PLN", "zl": "PLN", "zloty": "PLN", "złoty": "PLN", "złotych": "PLN", "kč": "CZK",
    "dollar": DOLLAR, "dollars": DOLLAR, "bucks": DOLLAR, "buck": DOLLAR, "доллар": DOLLAR, "долларов": DOLLAR,
    "доллара": DOLLAR, "долл": DOLLAR, "баксов": DOLLAR,
    "euro": "EUR", "euros": "EUR", "евро": "EUR",
    "pound": POUND, "pounds": POUND, "quid": "GBP", "sterling": "GBP",
    "franc": FRANC, "francs": FRANC, "franken": FRANC, "sfr": "CHF", "fr": FRANC, "sf": "CHF",
    "kr": CROWN, "krona": CROWN, "kronor": CROWN, "krone": CROWN, "kroner": CROWN, "crowns": CROWN,
    "yen": "JPY", "yuan": "CNY", "rmb": "CNY", "rupee": "INR", "rupees": "INR", "rs": "INR", "inr": "INR",
    "ruble": "RUB", "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "руб": "RUB", "рубль": "RUB",
    "рубля": "RUB", "рублей": "RUB", "р": "RUB", "гривен": "UAH", "грн": "UAH", "тенге": "KZT",
    "shekel": "ILS", "shekels": "ILS", "nis": "ILS", "reais": "BRL", "rand": "ZAR", "pesos": "$",
}  # fmt: skip
"""What a token (lower case, without a full stop) means; a token of a family leaves open which of its members."""

WHOSE: dict[str, str] = {
    "us": "USD", "usa": "USD", "u.s": "USD", "american": "USD", "canadian": "CAD", "canada": "CAD",
    "australian": "AUD", "aussie": "AUD", "australia": "AUD", "norwegian": "NOK", "norway": "NOK",
    "swedish": "SEK", "sweden": "SEK", "danish": "DKK", "denmark": "DKK", "swiss": "CHF", "british": "GBP",
    "uk": "GBP", "singapore": "SGD", "icelandic": "ISK", "czech": "CZK", "russian": "RUB", "indian": "INR",
}  # fmt: skip
"""Adjectives and countries beside a currency."""


def one_currency(found: set[str]) -> str | None:
    """The currency that these tokens name together ("$" and "CAD": CAD); "" for none, None if they contradict."""
    if not found:
        return ""
    codes = {code for code in found if code not in _FAMILIES}
    families = [code for code in found if code in _FAMILIES]
    if len(codes) > 1 or len(families) > 1:
        return None
    if not codes:
        return families[0]
    (code,) = codes
    return code if all(code in _FAMILIES[family] for family in families) else None


def same_currency(typed: str, own: str) -> bool:
    """Whether the currency of a cell is that of the column, or may be."""
    return typed == own or own in _FAMILIES.get(typed, ()) or typed in _FAMILIES.get(own, ())


def named_currency(typed: str) -> str:
    """The code to name a currency by: a bare dollar beside another currency is one of the United States."""
    return _USUAL.get(typed, typed)
