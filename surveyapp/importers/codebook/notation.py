"""How the fields of a codebook entry stand in one cell of a table, so that people can edit them in a spreadsheet.

Lists hold an item a line: "1 = Agree | A1" is a choice and another text that means it, "-9 = refused" a missing code.
Behind a backslash stand signs that would mean something (\\| \\= \\[ \\\\), line ends in lists (\\n), spaces at an end
and signs nobody sees (\\u00a0). What is written is read back exactly; sloppy spaces in what people typed do not
matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

EMPTY = "\\e"
"""A text without letters, where a blank cell or nothing behind a sign would mean that there is no text."""

_SIGNS = "=+\\-@＝＋－＠"
_GUARD = re.compile(rf"(?:^|(?<=[;\t\r\n]))\u00a0(?=[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff\x00-\x1f\"']*[{_SIGNS}])")
"""The no-break space that reports.guard puts before what a spreadsheet would take for a formula."""
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|.)", re.DOTALL)
_TOKENS = re.compile(r"(?:[^\\|]|\\.)+|\||\\$", re.DOTALL)
_ASSIGNED = re.compile(r"^((?:[^\\=]|\\.)*)=(.*)$", re.DOTALL)


def without_guard(cell: str) -> str:
    """A cell as it was before it was guarded against formulas."""
    return _GUARD.sub("", cell)


def write_text(text: str) -> str:
    """A text in a cell of its own; line ends and all signs inside stay as they are."""
    return _visible(text.replace("\\", "\\\\"), keep="\n")


def write_piece(text: str) -> str:
    """A text beside others in one cell."""
    if not text:
        return EMPTY
    plain = re.sub(r"([\\|=\[])", r"\\\1", text).replace("\n", "\\n")
    return _visible(plain, keep="")


def _visible(text: str, *, keep: str) -> str:
    """With unseen signs, and any space at an end, as \\u and four digits."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return "".join(
        sign
        if (start <= n < end or not sign.isspace()) and (sign in keep or sign == " " or (sign.isprintable()))
        else _numbered(sign)
        for n, sign in enumerate(text)
    )


def _numbered(sign: str) -> str:
    """A sign as one or two \\u."""
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))


def read_text(cell: str) -> str:
    """The inverse of both."""
    plain = _ESCAPE.sub(_unescaped, cell.strip())
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1]
    if len(sign) == 5:
        return chr(int(sign[1:], 16))
    return {"n": "\n", "e": ""}.get(sign, sign if sign in "\\|=[" else match[0])


def join(pieces: Sequence[str]) -> str:
    """Texts beside each other, between bars."""
    return " | ".join(map(write_piece, pieces))


def split(cell: str) -> tuple[str, ...]:
    """The texts between bars; none in a blank cell."""
    if not cell.strip():
        return ()
    pieces = [""]
    for token in _TOKENS.findall(cell):
        if token == "|":
            pieces.append("")
        else:
            pieces[-1] += token
    return tuple(map(read_text, pieces))


def assigned(line: str) -> tuple[str, str]:
    """Both sides of the first sign of equality that is meant as one, not yet read. Raises ValueError without one."""
    match = _ASSIGNED.match(line)
    if match is None:
        raise ValueError(line)
    return match[1], match[2]


def has_sign(line: str) -> bool:
    """Whether the line has such a sign."""
    return _ASSIGNED.match(line) is not None


def marked(line: str) -> tuple[str, tuple[str, ...]]:
    """What stands before words in brackets at the end, and these words."""
    text = line.rstrip()
    before, sign, inside = text[:-1].rpartition("[")  # a pattern would try every space of a long cell
    if not text.endswith("]") or not sign or before.endswith("\\") or "]" in inside or "\\" in inside:
        return line, ()
    return before.rstrip(), tuple(word.strip().lower() for word in inside.split(",") if word.strip())


def lines(cell: str) -> list[str]:
    """The items of a list, blank lines left out."""
    return [line for line in cell.split("\n") if line.strip()]
