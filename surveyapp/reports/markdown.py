"""The Markdown writer: text to paste into a post, figures as files in a folder beside it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count
from surveyapp.reports.document import (
    Cell,
    Content,
    Document,
    Facts,
    FigureBlock,
    Heading,
    TableBlock,
    Text,
    Title,
)
from surveyapp.reports.small_cell import MARK_BELOW
from surveyapp.reports.target import explained, write_bytes

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$&])")
_LINE_START = re.compile(r"^(\s*\d*)([-+=.)])(?=\s|$)", re.MULTILINE)
_PNG_SCALE = 2.0


def write_markdown(document: Document, path: Path) -> int:
    """Write `path` (Results.md) and beside it the folder "Results figures" with every figure as SVG and PNG.

    The folder is made whole before it takes the place of an older one. Returns how many figures were written.
    UserError where something cannot be written.
    """
    folder = path.with_name(f"{path.stem} figures")
    figures = [item for item in document.content if isinstance(item, FigureBlock)]
    if figures:
        try:
            _write_figures(figures, folder)
        except OSError as error:
            raise explained(error, folder) from error
    write_bytes(path, markdown_text(document, folder=folder.name).encode("utf-8", "replace"))
    return len(figures)


def _write_figures(figures: list[FigureBlock], folder: Path) -> None:
    from surveyapp.reports.png import to_png
    from surveyapp.reports.svg import to_svg

    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name[:40]}.") as work:
        new = Path(work) / "new"
        new.mkdir()
        for number, item in enumerate(figures, 1):
            (new / f"{_name(number)}.svg").write_text(to_svg(item.figure), encoding="utf-8", newline="\n")
            (new / f"{_name(number)}.png").write_bytes(to_png(item.figure, scale=_PNG_SCALE))
        _swap(new, folder, Path(work) / "old")


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Only our own files go: whatever else a person keeps in the folder stays."""
    if not folder.is_dir():
        new.replace(folder)
        return
    old.mkdir()
    for path in sorted(folder.iterdir()):
        if re.fullmatch(r"figure-\d{2,}\.(svg|png)", path.name):
            shutil.move(path, old / path.name)
    for path in sorted(new.iterdir()):
        path.replace(folder / path.name)


def _name(number: int) -> str:
    return f"figure-{number:02d}"


def markdown_text(document: Document, *, folder: str = "figures") -> str:
    """The document as Markdown (CommonMark with tables); figures are linked as PNG in `folder`."""
    parts: list[str] = []
    figures = 0
    for item in document.content:
        if isinstance(item, FigureBlock):
            figures += 1
        parts += _parts(item, f"{folder}/{_name(figures)}.png")
    text = "\n\n".join(part for part in parts if part)
    # bullets of one list stand close together
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", text) + "\n"


def _parts(item: Content, source: str) -> Iterable[str]:
    if isinstance(item, Title):
        return [f"# {_line(item.text)}"]
    if isinstance(item, Heading):
        return [f"{'#' * (item.level + 1)} {_line(item.text)}"]
    if isinstance(item, Text):
        return [_text(item)]
    if isinstance(item, Facts):
        return ["\n".join(f"- {_line(label)}: {_line(value)}" for label, value in item.pairs)]
    if isinstance(item, FigureBlock):
        return _figure(item, source)
    return _table(item) if isinstance(item, TableBlock) else []


def _text(item: Text) -> str:
    text = escape(item.text)
    if item.role == "bullet":
        return f"- {text}".replace("\n", "\n  ")
    # a backslash at the end of a line keeps the line end
    text = text.replace("\n", "\\\n")
    if item.role == "verdict":
        return f"**{text.strip()}**"
    return f"*{text.strip()}*" if item.role in ("note", "warning") and "\n" not in text else text


def _figure(item: FigureBlock, source: str) -> list[str]:
    title = [f"**{_line(item.title)}**"] if item.title else []
    return [*title, f"![{_line(item.figure.description)}]({quote(source)})", *_notes(item.base)]


def _table(item: TableBlock) -> list[str]:
    title = [f"**{_line(item.title)}**"] if item.title else []
    rule = ["---:" if align == "end" else "---" for align in item.align]
    lines = [_row([_line(text) for text in item.header]), _row(rule)]
    lines += [_row([_cell(cell) for cell in row]) for row in item.rows]
    few = [_("† Fewer than %(n)s people.") % {"n": fmt_count(MARK_BELOW)}] if item.has_few else []
    return [*title, "\n".join(lines), *_notes((*few, *item.notes))]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    text = _line("; ".join(cell.text.split("\n")))
    marked = f"{text} †" if cell.hatch else text  # a hatch cannot be pasted
    return f"**{text}**" if cell.strong and text else marked


def _notes(lines: tuple[str, ...]) -> list[str]:
    return [f"*{_line(line)}*" for line in lines if line.strip()]


def _line(text: str) -> str:
    """Text inside a line of ours, where no list or rule can begin."""
    return " ".join(_SPECIAL.sub(r"\\\1", text).split("\n"))


def escape(text: str) -> str:
    """Text as text: nothing a person wrote becomes a heading, a link or a tag."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text)) if text else ""
