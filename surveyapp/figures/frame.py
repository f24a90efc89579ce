"""A figure that stands alone: its title above, its base line below, for pictures that leave the program."""

from __future__ import annotations

from dataclasses import replace

from surveyapp.figures.figure import Dot, Figure, Item, Line, Mark, Path, Rect, Text
from surveyapp.figures.measure import wrap

_PADDING = 18.0
_TITLE, _CAPTION = 14, 11


def framed(figure: Figure) -> Figure:
    """The same figure with title and caption drawn and white space around; the marks move along."""
    room = figure.width
    titles = wrap(figure.title, room, _TITLE, weight=600) if figure.title else ()
    captions = wrap(figure.caption, room, _CAPTION) if figure.caption else ()
    top = _PADDING + len(titles) * 19 + (9 if titles else 0)
    items: list[Item] = [
        Text(x=_PADDING, y=_PADDING + 13 + number * 19, text=line, size=_TITLE, weight=600)
        for number, line in enumerate(titles)
        if line
    ]
    items += [moved(item, _PADDING, top) for item in figure.items]
    below = top + figure.height + (20 if captions else 0)
    items += [
        Text(x=_PADDING, y=below + number * 15, text=line, size=_CAPTION, fill="muted")
        for number, line in enumerate(captions)
        if line
    ]
    height = below + max(len(captions) - 1, 0) * 15 + _PADDING
    marks = tuple(_moved_mark(mark, _PADDING, top) for mark in figure.marks)
    return replace(figure, width=room + 2 * _PADDING, height=height, items=tuple(items), marks=marks)


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item elsewhere."""
    match item:
        case Line():
            return replace(item, x1=item.x1 + dx, y1=item.y1 + dy, x2=item.x2 + dx, y2=item.y2 + dy)
        case Path():
            return replace(item, points=tuple((x + dx, y + dy) for x, y in item.points))
        case Rect() | Dot() | Text():
            return replace(item, x=item.x + dx, y=item.y + dy)


def _moved_mark(mark: Mark, dx: float, dy: float) -> Mark:
    return replace(mark, x=mark.x + dx, y=mark.y + dy)
