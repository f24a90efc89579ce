"""Looks: tokens, contrast, type, icons, live switch."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from surveyapp.base.paths import bundled
from surveyapp.gui.theme import FAMILY, Mode, Theme
from surveyapp.gui.widgets.segmented import Segment, Segmented

TOKENS: dict[str, dict[str, str]] = json.loads((bundled("style") / "tokens.json").read_text(encoding="utf-8"))

TEXT_PAIRS = [
    ("text", "bg"), ("text", "surface"), ("text", "sidebar"), ("text", "selection"),
    ("text-2", "bg"), ("text-2", "surface"), ("text-2", "selection"),
    ("muted", "bg"), ("muted", "surface"), ("muted", "sidebar"), ("muted", "sunken"),
    ("accent", "surface"), ("accent", "accent-soft"), ("accent", "selection"),
    ("on-accent", "accent"), ("on-accent", "accent-hover"),
    ("positive", "surface"), ("positive", "positive-soft"), ("negative", "surface"), ("negative", "negative-soft"),
    ("negative", "selection"), ("warn", "surface"), ("warn", "warn-soft"), ("warn", "selection"),
]  # fmt: skip
EDGE_PAIRS = [
    ("border-strong", "surface"), ("border-strong", "sunken"), ("focus", "surface"), ("focus", "sidebar"),
    ("focus", "selection"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS + EDGE_PAIRS)
def test_contrast(look: str, ink: str, ground: str) -> None:
    wanted = 3.0 if (ink, ground) in EDGE_PAIRS else 4.5
    assert contrast(TOKENS[look][ink], TOKENS[look][ground]) >= wanted


def test_both_looks_have_the_same_roles() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


def test_switching_changes_palette_sheet_and_tokens(qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.dark
    assert theme.tokens["bg"] == TOKENS["dark"]["bg"]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(TOKENS["dark"]["bg"])
    assert qapp.styleSheet() != sheet
    assert "@" not in qapp.styleSheet()
    assert "~" not in qapp.styleSheet()


def test_a_look_that_is_there_already_is_not_put_on_again(qtbot: QtBot, theme: Theme) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")
        theme.set_text_size(100)
    with qtbot.waitSignal(theme.changed):
        theme.set_text_size(150)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_chosen_segment_stands_out(qtbot: QtBot, theme: Theme, mode: Mode) -> None:
    theme.set_mode(mode)
    track = Segmented(theme, [("a", "All"), ("b", "Open")], name="Which")
    qtbot.addWidget(track)
    track.show()
    qtbot.waitExposed(track)
    image = track.grab().toImage()
    chosen, other = track.findChildren(Segment)
    inks = {
        segment: {
            image.pixelColor(x, segment.y() + segment.height() // 2).name() for x in range(segment.x(), segment.x() + 4)
        }
        for segment in (chosen, other)
    }
    strong = theme.tokens["border-strong"].lower()
    assert strong in inks[chosen]
    assert strong not in inks[other]
    before = [segment.sizeHint() for segment in (chosen, other)]
    track.set_current("b")
    assert [segment.sizeHint() for segment in (chosen, other)] == before


def test_text_size_is_kept_within_bounds(theme: Theme) -> None:
    usual = theme.points("body")
    theme.set_text_size(300)
    assert theme.text_size == 200
    assert theme.points("body") == pytest.approx(2 * usual)
    assert theme.px(30) == 60
    theme.set_text_size(10)
    assert theme.text_size == 90


def test_the_bundled_face_is_used(theme: Theme) -> None:
    assert QFontInfo(theme.font("body")).family() == FAMILY
    assert QFontInfo(theme.font("title")).weight() >= 600


def test_icons_are_tinted_and_sharp(theme: Theme) -> None:
    image = theme.pixmap("house", "accent", ratio=2.0).toImage()
    assert (image.width(), image.height()) == (32, 32)
    inks = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {TOKENS["light"]["accent"].lower()}
    theme.set_mode("dark")
    assert theme.pixmap("house", "accent", ratio=2.0).toImage() != image


def test_every_icon_can_be_drawn(theme: Theme) -> None:
    for path in bundled("icons").glob("*.svg"):
        image = theme.pixmap(path.stem).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), path.stem


class Styled(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.n_styled = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.n_styled += event.type() == QEvent.Type.StyleChange


def test_a_switch_costs_a_deep_widget_no_more_than_a_flat_one(qtbot: QtBot, theme: Theme) -> None:
    """Qt gives a widget another sheet once for each of its parents: 1.7 s with every page open."""
    chain = [Styled()]
    for _depth in range(12):
        chain.append(Styled(chain[-1]))
    qtbot.addWidget(chain[0])
    chain[0].show()
    before = [one.n_styled for one in chain]
    theme.set_mode("dark")
    told = [one.n_styled - n for one, n in zip(chain, before, strict=True)]
    assert 1 <= told[0] == told[-1] <= 4
