"""Two closed questions: what share of each row gave each answer, as a table with a bar in every cell."""

from __future__ import annotations

from surveyapp.base.i18n import _
from surveyapp.base.number import fmt_count, fmt_people_of, fmt_percent
from surveyapp.figures.measure import clean, elide, text_width, wrap
from surveyapp.figures.sketch import BODY, SMALL, Sketch
from surveyapp.stats.association.result import PairTable

_PITCH, _LINE, _GAP = 28.0, 15.0, 12.0
_NARROWEST, _WIDEST = 44.0, 130.0
_FEW = 10


def draw(sketch: Sketch, picture: PairTable) -> tuple[float, str]:
    """The height, and what the base line has to add. Columns that find no room are left to the table."""
    width = sketch.width
    n_width = max(text_width(fmt_count(sum(row)), SMALL) for row in picture.counts) + 8
    labels = _labels(picture, width, n_width)
    left = max(text_width(line, SMALL) for lines in labels for line in lines) + _GAP
    room = width - left - n_width
    kept = _kept(picture, max(int(room // _NARROWEST), 1))
    wide = min(room / len(kept), _WIDEST)
    heads = [_head(picture.columns[column], wide - 8) for column in kept]
    head = max(len(lines) for lines in heads) * _LINE + 6
    for place, lines in enumerate(heads):
        for number, line in enumerate(lines):
            y = 12 + (number + max(len(each) for each in heads) - len(lines)) * _LINE
            sketch.text((left + place * wide + 4, y), line, fill="text-2")
    sketch.text((width, head - 9), "n", fill="text-2", anchor="end")
    top = head
    for row, lines in enumerate(labels):
        height = max(_PITCH, len(lines) * _LINE + 7)
        _draw_row(sketch, picture, row, kept, lines=lines, box=(left, top, wide, height))
        top += height
    sketch.line((0, top + 0.5), (width, top + 0.5), stroke="grid")
    extra = _("Share of each row.")
    if len(kept) < len(picture.columns):
        values = {"n": fmt_count(len(kept)), "all": fmt_count(len(picture.columns))}
        extra += " " + _("The %(n)s most given of %(all)s answers; the table has all.") % values
    return top + 4, extra


def _labels(picture: PairTable, width: float, n_width: float) -> list[tuple[str, ...]]:
    """The labels of the rows in a third of the width, or less where the columns need it for their longest words."""
    wanted = sum(min(_longest(clean(column)) + 9, _WIDEST) for column in picture.columns)
    widest = width * 0.34
    words = [_longest(clean(label)) for label in picture.rows]
    least = min(max(words), widest)
    narrow = min(max(width - n_width - _GAP - wanted, least), widest)
    return [wrap(clean(label), narrow, SMALL, lines=2) for label in picture.rows]


def _head(label: str, width: float) -> tuple[str, ...]:
    """The words above a column, three lines at most; a word that is too long is cut short and not broken."""
    words = [elide(word, width, SMALL) for word in clean(label).split(" ")]
    return wrap(" ".join(words), width, SMALL, lines=3)


def _longest(label: str) -> float:
    return max(text_width(word, SMALL) for word in label.split(" "))


def _kept(picture: PairTable, most: int) -> list[int]:
    """The columns with most people, in their order."""
    totals = [sum(row[column] for row in picture.counts) for column in range(len(picture.columns))]
    largest = sorted(range(len(totals)), key=lambda column: -totals[column])[:most]
    return sorted(largest)


def _draw_row(
    sketch: Sketch,
    picture: PairTable,
    row: int,
    kept: list[int],
    *,
    lines: tuple[str, ...],
    box: tuple[float, float, float, float],
) -> None:
    left, top, wide, height = box
    middle = round(top + height / 2)
    sketch.line((0, top + 0.5), (sketch.width, top + 0.5), stroke="grid")
    for number, line in enumerate(lines):
        sketch.text((0, middle + 4.5 + (number - (len(lines) - 1) / 2) * _LINE), line)
    counts = picture.counts[row]
    total = sum(counts)
    for place, column in enumerate(kept):
        x, count = left + place * wide, counts[column]
        share = count / total if total else 0.0
        words = {
            "row": clean(picture.rows[row]),
            "column": clean(picture.columns[column]),
            "share": fmt_percent(share, 1),
            "count": fmt_count(count),
            "people": fmt_people_of(count, total),
        }
        sentence = _("%(row)s: %(share)s answered “%(column)s”, %(people)s.") % words
        mark = sketch.mark(
            f"{row}:{column}",
            sentence,
            cells=(words["row"], words["column"], words["share"], words["count"]),
            box=(x, top, wide, height),
        )
        sketch.rect((x + 2, top + 4, (wide - 6) * share, height - 8), "accent-soft", radius=2, mark=mark)
        few = 0 < count < _FEW
        sketch.text(
            (x + 6, middle + 4.5),
            fmt_percent(share),
            size=SMALL if few else BODY,
            fill="muted" if few else "text",
            italic=few,
            mark=mark,
        )
    sketch.text((sketch.width, middle + 4.5), fmt_count(total), fill="muted", anchor="end")
