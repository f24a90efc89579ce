"""A figure as SVG: self-contained, light on white, text as text."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from surveyapp.figures.colour import paper_colour
from surveyapp.figures.figure import Dot, Figure, Item, Line, Path, Rect, Text
from surveyapp.figures.frame import framed

_FAMILY = "'IBM Plex Sans', 'Noto Sans', sans-serif"
_HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V5" stroke="{colour}" stroke-width="1"/></pattern>'
)


def to_svg(figure: Figure, *, bare: bool = False) -> str:
    """The figure with title and base line, or `bare` without. What it shows is told in <title> and <desc>."""
    shown = figure if bare else framed(figure)
    width, height = _num(shown.width), _num(shown.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" font-family="{_FAMILY}">',
        f"<title>{_words(shown.title)}</title>",
        f"<desc>{_words(shown.description)}</desc>",
    ]
    if any(isinstance(item, Rect) and item.hatch for item in shown.items):
        lines.append(f"<defs>{_HATCH.format(colour=paper_colour('border-strong'))}</defs>")
    lines.append(f'<rect width="{width}" height="{height}" fill="{paper_colour("surface")}"/>')
    lines += [_element(item) for item in shown.items]
    return "\n".join([*lines, "</svg>", ""])


def _element(item: Item) -> str:
    match item:
        case Text():
            return _text(item)
        case Rect():
            return _rect(item)
        case Line():
            ends = f'x1="{_num(item.x1)}" y1="{_num(item.y1)}" x2="{_num(item.x2)}" y2="{_num(item.y2)}"'
            return f"<line {ends}{_stroke(item.stroke, item.width, item.dash)}/>"
        case Path():
            points = " ".join(f"{_num(x)},{_num(y)}" for x, y in item.points)
            name = "polygon" if item.closed or item.fill else "polyline"
            return f'<{name} points="{points}"{_fill(item.fill)}{_stroke(item.stroke, item.width, item.dash)}/>'
        case Dot():
            circle = f'cx="{_num(item.x)}" cy="{_num(item.y)}" r="{_num(item.radius)}"'
            return f"<circle {circle}{_fill(item.fill)}{_stroke(item.stroke, item.stroke_width)}/>"


def _rect(item: Rect) -> str:
    box = f'x="{_num(item.x)}" y="{_num(item.y)}" width="{_num(item.width)}" height="{_num(item.height)}"'
    if item.radius:
        box += f' rx="{_num(item.radius)}"'
    drawn = f"<rect {box}{_fill(item.fill)}{_stroke(item.stroke, item.stroke_width)}/>"
    return drawn + (f'<rect {box} fill="url(#hatch)"/>' if item.hatch else "")


def _text(item: Text) -> str:
    x, y = _num(item.x), _num(item.y)
    parts = [f'<text x="{x}" y="{y}" font-size="{_num(item.size)}"{_fill(item.fill)}']
    if item.weight != 400:
        parts.append(f' font-weight="{item.weight}"')
    if item.italic:
        parts.append(' font-style="italic"')
    if item.anchor != "start":
        parts.append(f' text-anchor="{item.anchor}"')
    if item.angle:
        parts.append(f' transform="rotate({_num(-item.angle)} {x} {y})"')
    # isolated and from the left, so that "end" stays right in every script
    parts.append(f' unicode-bidi="plaintext" direction="ltr">{_words(item.text)}</text>')
    return "".join(parts)


def _fill(role: str) -> str:
    return f" fill={quoteattr(paper_colour(role))}" if role else ' fill="none"'


def _stroke(role: str, width: float, dash: tuple[float, ...] = ()) -> str:
    if not role or width <= 0:
        return ""
    dashes = f' stroke-dasharray="{" ".join(_num(length) for length in dash)}"' if dash else ""
    return f' stroke="{paper_colour(role)}" stroke-width="{_num(width)}"{dashes}'


def _words(text: str) -> str:
    """Escaped, without what XML 1.0 cannot hold."""
    kept = (c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
    return escape("".join(kept))


def _num(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
