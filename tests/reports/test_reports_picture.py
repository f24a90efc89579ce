"""Figures that leave the program: PDF, PNG, SVG; the same figure gives the same bytes."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import figure_examples as example
import pytest

from surveyapp.figures.build import figure_for
from surveyapp.figures.figure import Figure, Rect, Text
from surveyapp.figures.frame import framed
from surveyapp.reports.drawing import to_pdf
from surveyapp.reports.png import to_png
from surveyapp.reports.svg import to_svg
from surveyapp.stats.result import Result

SVG = "{http://www.w3.org/2000/svg}"


def figure_of(result: Result) -> Figure:
    figure = figure_for(result, width=480)
    assert figure is not None
    return figure


def plain(**more: object) -> Figure:
    items = more.pop("items", ())
    assert isinstance(items, tuple)
    return Figure(width=100, height=50, title="T", caption="", description="One. Two.", items=items)


@pytest.mark.parametrize("make", [example.politics, example.views, example.age, example.europe, example.responses])
def test_the_same_figure_gives_the_same_bytes(make: object) -> None:
    assert callable(make)
    assert to_pdf(figure_of(make())) == to_pdf(figure_of(make()))
    assert to_png(figure_of(make())) == to_png(figure_of(make()))
    assert to_svg(figure_of(make())) == to_svg(figure_of(make()))


def test_the_picture_has_two_pixels_per_unit_and_carries_its_base_line() -> None:
    from PIL import Image

    figure = figure_of(example.age())
    whole = framed(figure)
    with Image.open(io.BytesIO(to_png(figure))) as picture:
        assert picture.format == "PNG"
        assert abs(picture.width - whole.width * 2) <= 1
        assert abs(picture.height - whole.height * 2) <= 1
        assert picture.getpixel((1, 1)) == (255, 255, 255)
    with Image.open(io.BytesIO(to_png(figure, scale=1, bare=True))) as picture:
        assert abs(picture.width - 480) <= 1


def test_colours_and_places_come_out_as_described() -> None:
    from PIL import Image

    figure = plain(items=(Rect(x=10, y=10, width=20, height=20, fill="accent"),))
    with Image.open(io.BytesIO(to_png(figure, scale=1, bare=True))) as picture:
        assert picture.getpixel((20, 20)) == (0x0F, 0x66, 0x74)
        assert picture.getpixel((5, 20)) == (255, 255, 255)
        assert picture.getpixel((20, 35)) == (255, 255, 255)


def test_the_pdf_can_be_searched() -> None:
    from pypdf import PdfReader

    page = PdfReader(io.BytesIO(to_pdf(figure_of(example.politics())))).pages[0]
    text = page.extract_text()
    assert "Social democratic" in text
    assert "With which of these do you most identify?" in text
    assert "n = 2,286 of 2,418 people." in text


def test_the_svg_holds_all_text_and_says_what_it_shows() -> None:
    figure = figure_of(example.awkward([example.LONG, example.HEBREW, "a < b & c > d", '"quoted"', "nul\x00"]))
    root = ElementTree.fromstring(to_svg(figure))
    texts = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    assert texts == [item.text for item in framed(figure).items if isinstance(item, Text)]
    assert "a < b & c > d" in texts
    assert root.findtext(f"{SVG}desc") == figure.description
    assert root.get("role") == "img"


def test_the_svg_needs_nothing_from_elsewhere() -> None:
    text = to_svg(figure_of(example.europe()))
    assert "href" not in text
    assert text.count("http") == 1  # the name space


def test_hatched_cells_are_hatched() -> None:
    svg = to_svg(plain(items=(Rect(x=0, y=0, width=9, height=9, fill="sunken", hatch=True),)))
    assert svg.count("url(#hatch)") == 1
    assert 'id="hatch"' in svg
    assert "hatch" not in to_svg(plain())


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    svg = to_svg(plain(items=(Text(x=5, y=20, text="a\x01b\ufffec\ud800d\U0001f642", size=12),)), bare=True)
    root = ElementTree.fromstring(svg.encode("utf-8"))
    assert [element.text for element in root.iter(f"{SVG}text")] == ["abcd\U0001f642"]
