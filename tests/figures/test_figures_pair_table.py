"""Two closed questions as a table: columns in a narrow pane are headed by whole words, or by words cut short."""

from __future__ import annotations

import pytest

from surveyapp.figures import pair_table
from surveyapp.figures.figure import Text
from surveyapp.figures.sketch import Sketch
from surveyapp.stats.association.result import PairTable

COUNTRY = PairTable(
    rows=("United States", "United Kingdom", "46 rare answers"),
    columns=("English", "German", "37 rare answers"),
    counts=((700, 0, 15), (108, 0, 4), (47, 4, 164)),
)


def drawn(picture: PairTable, width: float) -> list[str]:
    sketch = Sketch(width)
    height, _extra = pair_table.draw(sketch, picture)
    return [
        item.text
        for item in sketch.figure(height, title="", caption="", description="").items
        if isinstance(item, Text)
    ]


def test_labels_of_rows_give_way_to_words_above_columns() -> None:
    texts = drawn(COUNTRY, 280)
    assert {"English", "German"} <= set(texts)
    assert {"United", "Kingdom"} <= set(texts)
    assert {"United States", "United Kingdom"} <= set(drawn(COUNTRY, 640))


@pytest.mark.parametrize("width", [160, 200, 240, 280, 320])
def test_no_word_is_broken(width: float) -> None:
    long = PairTable(rows=("Yes", "No"), columns=("Uncertainly", "Enthusiastically so"), counts=((30, 20), (10, 40)))
    for picture in (COUNTRY, long):
        known = {word for label in picture.columns for word in label.split()}
        above = [text for text in drawn(picture, width) if text[:3] in {word[:3] for word in known}]
        for word in " ".join(above).split():
            assert word in known or word.endswith("…"), (width, above)
