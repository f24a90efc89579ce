"""The PDF: same bytes, embedded fonts, letters in order, bookmarks, contents, structure, page breaks."""

from __future__ import annotations

import hashlib
import io
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from reports.report_sample import SCRIPTS, report_input

from surveyapp.figures.figure import Figure, Text
from surveyapp.reports.build import build_document
from surveyapp.reports.document import (
    Cell,
    Content,
    Contents,
    Document,
    Facts,
    FigureBlock,
    Heading,
    PageBreak,
    TableBlock,
    Title,
)
from surveyapp.reports.document import Text as Words
from surveyapp.reports.pdf import PdfInfo, pdf_bytes, write_pdf
from surveyapp.reports.preview import page_count, preview, render_pages
from surveyapp.reports.style import A4, LETTER


@pytest.fixture(scope="module")
def sample() -> tuple[bytes, PdfInfo]:
    """The sample report as PDF."""
    return pdf_bytes(build_document(report_input()))


def reader(data: bytes) -> pypdf.PdfReader:
    """The document as a second program reads it."""
    return pypdf.PdfReader(io.BytesIO(data))


def resolved(item: Any) -> Any:
    """A PDF object without the pointer to it."""
    return item.get_object()


def texts(data: bytes) -> list[str]:
    """The text of every page as pdfium finds it."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def document(*content: Content) -> Document:
    """A document of a few things."""
    return Document(title="T", footer="F", content=content)


def test_the_same_report_gives_the_same_bytes(sample: tuple[bytes, PdfInfo]) -> None:
    assert pdf_bytes(build_document(report_input()))[0] == sample[0]


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_with_other_hashes_gives_the_same_bytes(sample: tuple[bytes, PdfInfo], seed: str) -> None:
    code = (
        "import hashlib; from reports.report_sample import report_input; "
        "from surveyapp.reports.build import build_document; "
        "from surveyapp.reports.pdf import pdf_bytes; "
        "print(hashlib.sha256(pdf_bytes(build_document(report_input()))[0]).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(sample[0]).hexdigest()


def test_reports_written_at_the_same_time_in_a_cold_process_are_alike() -> None:
    code = (
        "import sys; from concurrent.futures import ThreadPoolExecutor; "
        "from reports.report_sample import report_input; "
        "from surveyapp.reports.build import build_document; from surveyapp.reports.pdf import pdf_bytes; "
        "sys.setswitchinterval(1e-5); pool = ThreadPoolExecutor(4); "
        "print(len(set(pool.map(lambda _n: pdf_bytes(build_document(report_input()))[0], range(8)))))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_no_moment_and_no_place_of_this_machine_enters_the_file(sample: tuple[bytes, PdfInfo]) -> None:
    info = reader(sample[0]).metadata
    assert info is not None
    assert info.title == "Results post"
    assert info.author == "Ana, Бора"
    assert str(info.creation_date).startswith("2000-01-01")
    assert str(Path.home()).encode() not in sample[0]


def test_every_font_is_embedded_and_maps_back_to_letters(sample: tuple[bytes, PdfInfo]) -> None:
    fonts = {}
    for page in reader(sample[0]).pages:
        for name, font in resolved(page["/Resources"])["/Font"].items():
            fonts[name] = font.get_object()
    assert len(fonts) >= 6
    for font in fonts.values():
        assert font["/Subtype"] == "/Type0"
        assert "/ToUnicode" in font
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("script", SCRIPTS)
def test_text_of_every_script_can_be_copied_out_in_order(sample: tuple[bytes, PdfInfo], script: str) -> None:
    found = " ".join(" ".join(texts(sample[0])).split())
    assert SCRIPTS[script] in found


def test_outline_and_contents_lead_to_the_pages_of_the_headings(sample: tuple[bytes, PdfInfo]) -> None:
    pdf = reader(sample[0])
    marks: dict[str, int] = {}

    def walk(items: list[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                assert isinstance(item, pypdf.generic.Destination)
                number = pdf.get_destination_page_number(item)
                assert number is not None
                marks[str(item.title)] = number + 1

    walk(list(pdf.outline))
    pages = [" ".join(text.split()) for text in texts(sample[0])]
    assert list(marks)[:3] == ["1. Method and response", "Response over time", "What the numbers mean"]
    for title, page in marks.items():
        assert title in pages[page - 1]
    for title in ("1. Method and response", "2. Politics", "Political identification", "4. Codebook"):
        assert f"{title} {marks[title]}" in pages[0]
    assert len(resolved(pdf.pages[0]["/Annots"])) == sum(title in pages[0] for title in marks)


def test_blocks_are_found_on_their_pages(sample: tuple[bytes, PdfInfo]) -> None:
    _data, info = sample
    ids = [block.id for block in report_input().spec.blocks]
    assert list(info.page_of_block) == ids
    assert list(info.page_of_block.values()) == sorted(info.page_of_block.values())
    assert info.page_of_block["title"] == 1
    assert info.page_of_block["method"] == 2


def test_every_page_has_its_number_and_the_footer_and_is_not_blank(sample: tuple[bytes, PdfInfo]) -> None:
    data, info = sample
    images = render_pages(data, scale=0.5)
    assert page_count(data) == info.pages == len(images)
    for text, image in zip(texts(data), images, strict=True):
        assert "Riverside Census 2026. Base and method are printed under every figure." in text
        assert text.split()[-1] == str(image.page)
        assert len(image.rgba) == image.stride * image.height
        dark = sum(byte < 128 for byte in image.rgba[1::4])
        assert dark > 50


def test_a_figure_has_its_words_and_its_base_line_on_the_same_page(sample: tuple[bytes, PdfInfo]) -> None:
    page = texts(sample[0])[sample[1].page_of_block["politics"] - 1]
    for words in ("Left of social democracy", "33.8", "777", "n = 2,296 of 2,428 people.", "Agreed to be published"):
        assert words in page


def test_the_structure_tells_headings_tables_and_what_figures_show(sample: tuple[bytes, PdfInfo]) -> None:
    pdf = reader(sample[0])
    catalogue = resolved(pdf.trailer["/Root"])
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    roles: dict[str, list[object]] = {}

    def walk(element: Any) -> None:
        roles.setdefault(str(element["/S"]), []).append(element.get("/Alt"))
        for kid in element["/K"]:
            value = kid.get_object()
            if not isinstance(value, int):
                assert value["/P"].get_object() == element
                walk(value)

    walk(catalogue["/StructTreeRoot"]["/K"].get_object())
    assert {"Document", "H1", "H2", "H3", "P", "Figure", "Table", "TR", "TH", "TD"} <= {r.strip("/") for r in roles}
    assert all(isinstance(alt, str) and len(alt) > 20 for alt in roles["/Figure"])
    assert len(roles["/Figure"]) == build_document(report_input()).n_figures


def test_markup_in_answers_is_printed_as_it_was_typed() -> None:
    nasty = "<b>bold</b> & <para> ((unbalanced\\ %s ]] (Tj) ET \u202egnp.exe"
    data, _info = pdf_bytes(document(Title(text=nasty), Heading(level=1, text=nasty), Words(text=nasty)))
    found = " ".join(texts(data)[0].split())
    assert found.count("<b>bold</b> & <para> ((unbalanced\\ %s ]] (Tj) ET gnp.exe") == 3


def test_letters_without_a_glyph_are_reported_with_their_page() -> None:
    _data, info = pdf_bytes(document(Words(text="ok"), PageBreak(), Words(text="well 😂 漢")))
    assert info.missing_letters == (("😂", 2),)
    assert [(item.letters, item.page, item.font) for item in info.borrowed_letters] == [("漢", 2, "DroidSansFallback")]


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    for lines in range(30, 56):
        content: list[Content] = [Words(text="\n".join(["filler"] * lines))]
        content += [Heading(level=1, text="Chapter"), Heading(level=2, text="Part"), Words(text="first\nsecond")]
        pages = texts(pdf_bytes(document(*content))[0])
        assert sum("Chapter" in page and "Part" in page and "second" in page for page in pages) == 1


def test_a_long_table_repeats_its_header_and_keeps_every_row() -> None:
    rows = tuple((Cell(text=f"row {number} end"), Cell(text=str(number))) for number in range(120))
    table = TableBlock(
        title="Long", header=("Answer", "People"), rows=rows, align=("start", "end"), notes=("The base.",)
    )
    data, info = pdf_bytes(document(table))
    pages = texts(data)
    assert info.pages == 4
    assert all("Answer" in page and "People" in page for page in pages)
    assert [sum(f"row {number} end" in page for page in pages) for number in range(120)] == [1] * 120
    assert ["The base." in page for page in pages] == [False, False, False, True]


def test_a_figure_and_its_caption_move_to_the_next_page_together() -> None:
    items = (Text(x=10, y=20, text="inside", size=13),)
    figure = Figure(width=644, height=500, title="", caption="", description="One word.", items=items)
    for lines in (20, 30, 40):
        filler = Words(text="\n".join(["filler"] * lines))
        block = FigureBlock(figure=figure, title="The question", base=("n = 5 of 6 people.",))
        pages = texts(pdf_bytes(document(filler, block))[0])
        page = next(page for page in pages if "The question" in page)
        assert "inside" in page
        assert "n = 5 of 6 people." in page


def test_what_is_higher_than_a_page_is_shrunk_or_goes_on() -> None:
    items = (Text(x=10, y=3900, text="lowest", size=13),)
    figure = Figure(width=644, height=4000, title="", caption="", description="High.", items=items)
    data, info = pdf_bytes(document(FigureBlock(figure=figure, title="High"), Words(text="end " * 4000)))
    assert "lowest" in texts(data)[0]
    assert sum(page.count("end") for page in texts(data)) == 4000
    assert info.pages > 3


def test_a_cell_higher_than_a_page_loses_nothing_and_ends() -> None:
    rows = ((Cell(text="word " * 3000), Cell(text="1")), (Cell(text="b"), Cell(text="2")))
    table = TableBlock(title="", header=("Text", "n"), rows=rows, align=("start", "end"))
    _data, info = pdf_bytes(document(table, Words(text="after")))
    assert info.pages < 10


def test_letter_paper_and_empty_documents() -> None:
    data, info = pdf_bytes(document(Title(text="x"), Contents(), Facts(pairs=())), paper=LETTER)
    assert info.pages == 1
    assert [round(float(x)) for x in reader(data).pages[0].mediabox[2:]] == [612, 792]
    assert pdf_bytes(document())[1].pages == 1
    assert (A4.width, A4.height) == (595.276, 841.89)


def test_headings_may_skip_levels_and_be_empty() -> None:
    data, _info = pdf_bytes(
        document(Heading(level=3, text="deep"), Heading(level=1, text=""), Heading(level=3, text="x"))
    )
    assert len(reader(data).outline) >= 2


def test_preview_shows_only_the_pages_asked_for() -> None:
    images = preview(build_document(report_input()), scale=0.3, pages=[2, 99])
    assert [image.page for image in images] == [2]
    assert (images[0].width, images[0].height) == (179, 253)


def test_write_pdf_puts_the_file_in_place(tmp_path: Path) -> None:
    target = tmp_path / "Results.pdf"
    target.write_bytes(b"older")
    info = write_pdf(build_document(report_input()), target)
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert info.pages == len(pypdf.PdfReader(target).pages)
    assert [path.name for path in tmp_path.iterdir()] == ["Results.pdf"]


_POOLS = (
    "abc def ",
    "\u0600\u0661مرحبا لا",
    "שלום־()[]",
    "漢字、。「",
    "\u200d\u200c\ufe0f\u20e3",
    "😂👍🏽🇩🇪",
    "\x00\x01\x1b\x85\u2028\u2029",
    "\ud800\udfff",
    "क्षिं",
    "ที่",
    "\u202e\u2066\u2069",
    "e\u0301\u0323\u0489",
    "\U0010fffd\ue000\ufffe",
    "=+-@<>&()\\[]{}%",
    "\n\t\r\u00a0\u202f\u00ad",
)


@pytest.mark.parametrize("seed", range(12))
def test_any_letters_anywhere_give_a_document_that_strict_readers_accept(seed: int) -> None:
    chance = random.Random(seed)

    def some() -> str:
        return "".join(chance.choice(chance.choice(_POOLS)) for _letter in range(chance.randrange(80)))

    content: list[Content] = [Title(text=some()), Contents()]
    for _part in range(4):
        width = chance.randrange(1, 9)
        row = tuple(Cell(text=some()) for _cell in range(width))
        header = tuple(some() for _cell in range(width))
        content += [
            Heading(level=chance.randrange(1, 4), text=some()),
            Words(text=some(), role="bullet"),
            Facts(pairs=((some(), some()),)),
            TableBlock(
                title=some(),
                header=header,
                rows=(row, row, row),
                align=tuple("end" for _cell in range(width)),
                notes=(some(),),
            ),
        ]
    whole = Document(title=some(), footer=some(), content=tuple(content), authors=(some(),))
    data, info = pdf_bytes(whole)
    pdf = pypdf.PdfReader(io.BytesIO(data), strict=True)
    assert len(pdf.pages) == info.pages == len(texts(data))
    assert len(pdf.outline) >= 1
