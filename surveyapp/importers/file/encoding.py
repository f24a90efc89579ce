"""Which encoding a file's bytes are in, by evidence.

UTF-8 and UTF-16 betray themselves. Among the one-byte encodings each character beyond ASCII is judged by its
company: "ы" between Cyrillic letters is likely, "ˆ" inside a word is not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.importers.refusal import holds_nul
from surveyapp.importers.table import EncodingCandidate, EncodingChoice

SAMPLE_BYTES = 200_000
DECODED_AT_ONCE = 8_000_000
CLEAR_LEAD = 0.1
"""By how much (per odd character) the best reading must beat the next different one."""

ONE_BYTE = ("cp1252", "cp1251", "koi8_r", "mac_roman", "cp1250", "cp1253", "cp866", "mac_cyrillic")
_TITLES = {
    "utf_8": "UTF-8",
    "utf_8_sig": "UTF-8",
    "utf_16_le": "UTF-16",
    "utf_16_be": "UTF-16",
    "cp1252": "Western (Windows-1252)",
    "latin_1": "Western (ISO 8859-1)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8_r": "Cyrillic (KOI8-R)",
    "mac_roman": "Western (Mac Roman)",
    "cp1250": "Central European (Windows-1250)",
    "cp1253": "Greek (Windows-1253)",
    "cp866": "Cyrillic (DOS 866)",
    "mac_cyrillic": "Cyrillic (Mac)",
}
_CYRILLIC_CREDIT = {
    **dict.fromkeys("оеаинтсрвлк", 1.1),
    **dict.fromkeys("мдпуяыьгзбчйі", 0.8),
    **dict.fromkeys("хжшюцщэфъёїє", 0.4),
}
"""By how common a letter is in Russian."""
_RARE_GREEK = frozenset("γδχθφβζξψ")
_COMMON_LATIN = frozenset("éèêëàâäáãåæçíïîìñóôöòõøúûüùýßœÉÈÀÁÂÄÅÆÇÍÑÓÖØÚÜŒ")
_OTHER_LATIN = frozenset("ąćęłńśźżčďěňřšťůžăâîșțőűđĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰĐ")
_MARKS = frozenset("“”‘’–—…€£°•«»„™®©§¿¡№±½\u00a0")


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to decode a file: the codec, how many bytes of mark to skip, and whether bad bytes are replaced."""

    encoding: str
    skip: int = 0
    replace: bool = False

    @property
    def title(self) -> str:
        """The encoding as people call it."""
        return encoding_title(self.encoding)

    @property
    def errors(self) -> str:
        """The codec's error mode."""
        return "replace" if self.replace else "strict"


def encoding_title(encoding: str) -> str:
    """ "Cyrillic (Windows-1251)" for cp1251; unknown codecs by their own name."""
    return _TITLES.get(encoding.lower().replace("-", "_"), encoding)


def find_decoding(content: bytes, *, encoding: str | None = None) -> Decoding:
    """How to read these bytes. Raises EncodingChoice if they allow several readings, UserError for a codec that
    does not fit."""
    if encoding is not None:
        return _given(content, encoding)
    for mark, name in (
        (codecs.BOM_UTF8, "utf_8"),
        (codecs.BOM_UTF16_LE, "utf_16_le"),
        (codecs.BOM_UTF16_BE, "utf_16_be"),
    ):
        if content.startswith(mark):
            return Decoding(name, len(mark), replace=not _decodes(content[len(mark) :], name))
    if wide := _utf16_without_mark(content):
        return Decoding(wide, replace=not _decodes(content, wide))
    if _decodes(content, "utf_8"):
        return Decoding("utf_8")
    if _nearly_utf8(content):
        return Decoding("utf_8", replace=True)
    if b"\0" in content:  # no text in any of the encodings that could be asked about
        raise holds_nul()
    return _by_evidence(content)


def _given(content: bytes, encoding: str) -> Decoding:
    try:
        name = codecs.lookup(encoding).name.replace("-", "_")
    except LookupError as error:
        raise UserError(
            _("There is no encoding called “%(name)s”.") % {"name": encoding}, _("Choose one from the list.")
        ) from error
    if name == "utf_16":
        name = "utf_16_be" if content.startswith(codecs.BOM_UTF16_BE) else "utf_16_le"
    name = {"utf_8_sig": "utf_8"}.get(name, name)
    marks = {"utf_8": codecs.BOM_UTF8, "utf_16_le": codecs.BOM_UTF16_LE, "utf_16_be": codecs.BOM_UTF16_BE}
    mark = marks.get(name, b"")
    skip = len(mark) if mark and content.startswith(mark) else 0
    try:
        content[skip:].decode(name)
    except (UnicodeError, LookupError, AssertionError) as error:
        raise UserError(
            _("The file is not in the encoding %(name)s.") % {"name": encoding_title(name)},
            _("Choose another encoding, or let the app find it."),
        ) from error
    return Decoding(name, skip)


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), DECODED_AT_ONCE):  # other threads must not wait for the whole file
            decoder.decode(content[start : start + DECODED_AT_ONCE])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(content: bytes) -> str:
    """UTF-16 text in a mostly Western file has zeros in every other byte; commas, line ends and digits suffice."""
    sample = content[:SAMPLE_BYTES]
    if len(sample) < 4:
        return ""
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if max(zeros_odd, zeros_even) < 3:
        return ""
    if zeros_odd > 0.1 * half and zeros_even < 0.1 * zeros_odd:
        return "utf_16_le"
    if zeros_even > 0.1 * half and zeros_odd < 0.1 * zeros_even:
        return "utf_16_be"
    return ""


def _nearly_utf8(content: bytes) -> bool:
    """Whether a few broken bytes stand in a file that is otherwise UTF-8."""
    good = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", content))
    bad = content.decode("utf-8", "replace").count("\ufffd")
    return good >= 3 and good >= 10 * bad


def _by_evidence(content: bytes) -> Decoding:
    lines = [line for line in content[:SAMPLE_BYTES].splitlines() if not line.isascii()]
    if not lines:  # beyond the sample
        lines = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(lines[:400])
    readings: list[tuple[float, str, str]] = []
    for order, name in enumerate(ONE_BYTE):
        try:
            text = sample.decode(name)
            content.decode(name)
        except UnicodeDecodeError:
            continue
        readings.append((plausibility(text) - 0.01 * order, name, text))
    readings.sort(key=lambda reading: -reading[0])
    if not readings:
        return Decoding("latin_1")
    best = readings[0]
    rivals = [r for r in readings[1:] if r[2] != best[2]]
    lead = CLEAR_LEAD + 2.0 / max(4, sum(not char.isascii() for char in best[2]))  # few letters prove little
    if best[0] > 0 and (not rivals or best[0] - rivals[0][0] >= lead):
        return Decoding(best[1])
    raise _ask([best, *rivals])


def _ask(readings: list[tuple[float, str, str]]) -> EncodingChoice:
    different: dict[str, str] = {}
    for _score, name, text in readings:
        different.setdefault(text, name)
    candidates = tuple(
        EncodingCandidate(encoding=name, title=encoding_title(name), sample=tuple(_odd_snippets(text)))
        for text, name in list(different.items())[:3]
    )
    return EncodingChoice(
        _("The letters of this file can be read in several ways."), _("Pick the reading that looks right."), candidates
    )


def _odd_snippets(text: str) -> list[str]:
    """Up to five short pieces around characters beyond ASCII."""
    found = re.findall(r"[^\n]{0,25}[^\x00-\x7f][^\n]{0,25}", text)
    return [piece.strip() for piece in found[:5]]


def plausibility(text: str) -> float:
    """The mean credit of the characters beyond ASCII, about 1 for right and below 0 for wrong readings."""
    total = count = 0.0
    padded = f" {text} "
    for match in re.finditer(r"[^\x00-\x7f]", padded):
        total += _credit(padded[match.start() - 1], match.group(), padded[match.start() + 1])
        count += 1
    return total / count if count else 0.0


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"


@lru_cache(maxsize=50_000)
def _credit(before: str, char: str, after: str) -> float:
    if "\u0080" <= char <= "\u009f" or char == "\ufffd":
        return -2.0
    if char in "£€" and (after.isdigit() or before.isdigit()):
        return 1.0
    if char in "¡¿«„“‘" and not before.isalpha() and not before.isdigit():  # where they belong
        return 1.0
    if char in _MARKS:
        inside = before.isalpha() and after.isalpha()
        if char in "”»…" and after.isalpha() and not before.isalpha():  # closes what was never opened
            return -0.5
        return -0.8 if inside and char not in "’–—\u00a0" else 0.4
    if _is_cyrillic(char):
        if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
            return -1.5
        if char.isupper() and before.islower():
            return -1.0
        alone = not before.isalpha() and not after.isalpha()
        starts = char.isupper() and not before.isalpha() and after.islower() and _is_cyrillic(after)
        plain = 1.0 if starts else 0.5 if char.isupper() else -0.3
        return _CYRILLIC_CREDIT.get(char, plain) - (0.6 if alone else 0.0)
    if "\u0370" <= char <= "\u03ff":
        if char.isupper() and before.islower():
            return -1.0
        if char == "ς" and after.isalpha():  # the final s
            return -1.0
        company = "\u0370" <= before <= "\u03ff" or "\u0370" <= after <= "\u03ff"
        return (0.5 if char in _RARE_GREEK else 1.0) if company else -0.5
    if char.isalpha():
        if char.isupper() and before.islower():
            return -1.0
        if char.islower() and after.isupper():  # "NOèL", "ëLE"
            return -0.5
        if char.isupper() and before.isupper() and after.islower():  # "NÈmo"
            return 0.3
        if char.isupper() and not before.isalpha() and not after.islower():  # "Ç Continuez", "ÁGracias"
            return 0.0 if char not in "ÀÉ" else 0.5
        if not before.isalpha() and not after.isalpha() and char not in "àèéíóúôáøåö":  # no word of one letter
            return -0.5
        crowded = not before.isascii() or not after.isascii()
        base = 1.0 if char in _COMMON_LATIN else 0.7 if char in _OTHER_LATIN else -0.3
        return base - (0.8 if crowded else 0.0)
    return -1.0 if before.isalpha() or after.isalpha() else -0.5
