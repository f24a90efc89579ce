"""Conditions of questions. Only the simplest are understood: one question equals one of some answers.

An expression is taken apart by its signs and never evaluated; whatever is not simple is told to people as it stands.
"""

from __future__ import annotations

import re

_LONGEST = 1000
NAME = r"(?P<name>[A-Za-z]\w*?|\d+X\d+X\d+\w*?)(?:\.(?:NAOK|value|code))*(?!\w)"
"""What a question is called in an expression."""
_TERM = re.compile(
    r"""\s*(?P<name>[A-Za-z]\w*|\d+X\d+X\d+\w*)(?:\.(?:NAOK|value|code))*\s*(?:==|\beq\b)\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<number>-?\d+(?:\.\d+)?))\s*""",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:\|\||\bor\b)\s*", re.IGNORECASE)


def is_condition(expression: str) -> bool:
    """Whether it leaves anybody out: empty and 1 do not."""
    return _bare(expression) not in ("", "1")


def equalities(expression: str) -> tuple[str, tuple[str, ...]] | None:
    """("DIST", ("A1", "A2")) for ((DIST.NAOK == "A1" or DIST.NAOK == "A2")); None for any other expression."""
    text = _bare(expression)
    if len(text) > _LONGEST:
        return None
    name, values, depth = "", [], 0  # brackets change nothing in a chain of "or", they only have to match
    while True:
        rest = text.lstrip("( ")
        depth += text[: len(text) - len(rest)].count("(")
        term = _TERM.match(rest)
        if not term or (name and term["name"] != name):
            return None
        name = term["name"]
        values.append(next(value for value in term.group("double", "single", "number") if value is not None))
        text = rest[term.end() :].lstrip(") ")
        depth -= rest[term.end() : len(rest) - len(text)].count(")")
        if depth < 0:
            return None
        if not text:
            return (name, tuple(dict.fromkeys(values))) if not depth else None
        follows = _OR.match(text)
        if not follows:
            return None
        text = text[follows.end() :]


def _bare(expression: str) -> str:
    """Without blanks, braces and brackets around the whole."""
    text = " ".join(expression[: _LONGEST + 1].split()).removeprefix("{").removesuffix("}").strip()
    for _n in range(20):
        if not (text.startswith("(") and text.endswith(")") and _closes_at_end(text)):
            break
        text = text[1:-1].strip()
    return text


def _closes_at_end(text: str) -> bool:
    """Whether the first bracket is closed by the last sign. Brackets in quotes make it undecided, that is no."""
    if re.search(r"""["'][^"']*[()][^"']*["']""", text):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if not depth:
            return place == len(text) - 1
    return False
