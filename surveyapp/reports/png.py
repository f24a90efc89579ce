"""A figure as a picture of pixels, rendered from its own PDF."""

from __future__ import annotations

import io

from surveyapp.figures.figure import Figure
from surveyapp.reports.drawing import POINTS_PER_UNIT, to_pdf


def to_png(figure: Figure, *, scale: float = 2.0, bare: bool = False) -> bytes:
    """PNG bytes with `scale` pixels per figure unit, light on white; the same figure gives the same bytes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(to_pdf(figure, bare=bare))
    try:
        bitmap = document[0].render(scale=scale / POINTS_PER_UNIT)
        target = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(target, "PNG", optimize=False, compress_level=6)
    finally:
        document.close()
    return target.getvalue()
