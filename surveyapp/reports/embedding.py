"""A face written into a PDF: only the glyphs used, their widths, and the text each of them stands for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from surveyapp.reports.face import Face

if TYPE_CHECKING:
    from surveyapp.reports.font import FontState

_PER_BLOCK = 100  # entries of one bfchar block, the format's own limit
_SYMBOLIC = 4

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def embed(face: Face, state: FontState, doc: Any) -> None:
    """Add the objects of a composite font to a reportlab document under the name the pages use."""
    from reportlab.pdfbase import pdfdoc

    data, places = _subset(face, [gid for gid, _text in state.numbers])
    name = _prefix(state) + face.name
    cid_to_gid = b"".join(places.get(gid, 0).to_bytes(2, "big") for gid, _text in state.numbers)
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": doc.Reference(_descriptor(face, name, data, doc), f"descriptor:{name}"),
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([round(width) for width in state.widths])]),
            "CIDToGIDMap": doc.Reference(_stream(cid_to_gid), f"cids:{name}"),
        }
    )
    font = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(name),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"descendant:{name}")]),
            "ToUnicode": doc.Reference(_stream(_to_unicode(state).encode("ascii")), f"unicode:{name}"),
        }
    )
    doc.idToObject["BasicFonts"].dict[state.internal_name] = doc.Reference(font, f"font:{name}")


def _subset(face: Face, gids: list[int]) -> tuple[bytes, dict[int, int]]:
    """The font file with those glyphs alone, and where each of them went."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(gids)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    plan = uharfbuzz.SubsetPlan(face.hb_font.face, wanted)
    places = {int(old): int(new) for old, new in dict(plan.old_to_new_glyph_mapping).items()}
    return bytes(plan.execute().blob.data), places


def _prefix(state: FontState) -> str:
    """Six letters that differ between subsets, from their content: the same text gives the same bytes."""
    digest = hashlib.sha256(repr(sorted(state.numbers)).encode("utf-8")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6]) + "+"


def _descriptor(face: Face, name: str, data: bytes, doc: Any) -> Any:
    from reportlab.pdfbase import pdfdoc

    extents = face.hb_font.get_font_extents("ltr")
    ascent, descent = round(extents.ascender * face.unit), round(extents.descender * face.unit)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": pdfdoc.PDFName(name),
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-500, descent, 2000, ascent]),
            "ItalicAngle": -12 if "Italic" in name else 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 700,
            "StemV": 140 if "Bold" in name else 80,
            "FontFile2": doc.Reference(_file_stream(data), f"file:{name}"),
        }
    )


def _file_stream(data: bytes) -> Any:
    stream = _stream(data)
    stream.dictionary["Length1"] = len(data)
    return stream


def _stream(data: bytes) -> Any:
    from reportlab.pdfbase import pdfdoc

    stream = pdfdoc.PDFStream()
    stream.content = data
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _to_unicode(state: FontState) -> str:
    entries = [
        f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for (_gid, text), number in state.numbers.items()
        if text
    ]
    blocks = [entries[start : start + _PER_BLOCK] for start in range(0, len(entries), _PER_BLOCK)]
    return _TO_UNICODE.format(
        blocks="\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    )
