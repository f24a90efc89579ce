"""The figure of a result as a file of its own: SVG, PNG or PDF, light on white, with title and base line."""

from __future__ import annotations

from pathlib import Path

from surveyapp.base.i18n import _
from surveyapp.domain.errors import UserError
from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Figure
from surveyapp.figures.option import FigureOptions
from surveyapp.reports.target import write_bytes
from surveyapp.stats.estimate import NotComputed
from surveyapp.stats.result import Result

SUFFIXES = (".svg", ".png", ".pdf")
WIDTH = 720.0


def picture_bytes(figure: Figure, suffix: str) -> bytes:
    """The file's content. Raises UserError for an ending that is no picture."""
    match suffix.lower():
        case ".svg":
            from surveyapp.reports.svg import to_svg

            return to_svg(figure).encode()
        case ".png":
            from surveyapp.reports.png import to_png

            return to_png(figure)
        case ".pdf":
            from surveyapp.reports.drawing import to_pdf

            return to_pdf(figure)
        case _:
            raise UserError(
                _("Pictures are written as .svg, .png or .pdf."), _("Give the file name one of these endings.")
            )


def write_picture(result: Result, path: Path, *, width: float = WIDTH, options: FigureOptions | None = None) -> None:
    """Write the figure of a result. Raises UserError where there is none, or the file cannot be written."""
    figure = figure_for(result, width=width, options=options)
    if figure is None:
        reason = result.reason if isinstance(result, NotComputed) else _("This question is shown as a sentence.")
        raise UserError(_("There is no figure to write."), reason)
    write_bytes(path, picture_bytes(figure, path.suffix))
