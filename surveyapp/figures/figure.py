"""The one description of a picture. The window paints it with QPainter, the report writes it as vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Weight = Literal[400, 500, 600, 700]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A filled and / or stroked rectangle; colours are roles of resources/style/tokens.json."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0
    radius: float = 0.0
    hatch: bool = False
    mark: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight stroke; `dash` lists on and off lengths."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1.0
    dash: tuple[float, ...] = ()
    mark: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A polyline, or with `fill` a polygon."""

    points: tuple[tuple[float, float], ...]
    stroke: str = ""
    width: float = 1.0
    fill: str = ""
    dash: tuple[float, ...] = ()
    closed: bool = False
    mark: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A circle; hollow when `fill` is "surface" and `stroke` is set."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    stroke_width: float = 1.0
    mark: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text; `y` is the baseline; `angle` turns counter-clockwise about (x, y), in degrees."""

    x: float
    y: float
    text: str
    size: float
    fill: str = "text"
    weight: Weight = 400
    italic: bool = False
    anchor: Anchor = "start"
    angle: float = 0.0
    mark: int = -1


Item = Rect | Line | Path | Dot | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something one can point at: hover shows `sentence`, arrow keys walk the marks, screen readers read them.

    `cells` is the row of the "show as table" twin; x, y, width, height bound the sensitive area.
    `key` tells the page what was selected (a choice code, a bin number).
    """

    key: str
    sentence: str
    cells: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of `width` x `height` points. `title` and `caption` are drawn by whoever shows it, not in `items`.

    `description` is two sentences for screen readers and Markdown alt text; `header` names the columns of the marks.
    """

    width: float
    height: float
    title: str
    caption: str
    description: str
    items: tuple[Item, ...]
    marks: tuple[Mark, ...] = ()
    header: tuple[str, ...] = ()
