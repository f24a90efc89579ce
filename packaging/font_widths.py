"""Write resources/fonts/widths.json: the advance widths of the bundled fonts, in thousandths of an em.

Run it after a font file changes: `python packaging/font_widths.py`. A test compares the file with the fonts.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from pathlib import Path

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
FACES = {
    "400": "IBMPlexSans-Regular.ttf",
    "400i": "IBMPlexSans-Italic.ttf",
    "500": "IBMPlexSans-Medium.ttf",
    "600": "IBMPlexSans-SemiBold.ttf",
    "700": "IBMPlexSans-Bold.ttf",
}
# behind the face of the house, in this order; CJK letters are one em wide, which measure.py knows
FALLBACK = ("NotoSans", "NotoSansHebrew", "NotoSansArabic", "NotoSansArmenian", "NotoSansGeorgian", "NotoSansThai")
OTHER_SCRIPTS = ("NotoSansDevanagari", "NotoSansBengali", "NotoSansTamil", "NotoSansSymbols", "NotoSansSymbols2")


def read_widths(path: Path) -> dict[str, int]:
    """Advance width by character, in thousandths of an em."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    widths = TTFontFile(str(path)).charWidths
    return {chr(code): round(width) for code, width in widths.items() if code >= 32 and not _is_private(code)}


def build() -> dict[str, dict[str, str]]:
    """By face: width -> the characters of that width, which is a fifth of the size of one entry per character."""
    faces = {face: read_widths(FONTS / name) for face, name in FACES.items()}
    known = set(faces["400"])
    fallback: dict[str, int] = {}
    for name in FALLBACK + OTHER_SCRIPTS:
        for character, width in read_widths(FONTS / f"{name}-Regular.ttf").items():
            if character not in known and character not in fallback:
                fallback[character] = width
    faces["fallback"] = fallback
    return {face: _by_width(widths) for face, widths in faces.items()}


def _by_width(widths: dict[str, int]) -> dict[str, str]:
    grouped: dict[int, list[str]] = defaultdict(list)
    for character in sorted(widths):
        grouped[widths[character]].append(character)
    return {str(width): "".join(grouped[width]) for width in sorted(grouped)}


def _is_private(code: int) -> bool:
    return unicodedata.category(chr(code)) in {"Co", "Cn", "Cs"}


def main() -> None:
    """Write the file beside the fonts."""
    text = json.dumps(build(), ensure_ascii=True, indent=1)
    (FONTS / "widths.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
