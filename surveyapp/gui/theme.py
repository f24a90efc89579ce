"""Colours, type and icons of the window, from resources/style/tokens.json."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal, cast

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from surveyapp.base.paths import bundled

Mode = Literal["system", "light", "dark"]
TypeRole = Literal["micro", "small", "body", "card", "section", "verdict", "title", "figure"]

FAMILY = "IBM Plex Sans"
BASE_PX = 13.0
RATIOS: dict[str, float] = {
    "micro": 0.85,
    "small": 0.92,
    "body": 1.0,
    "card": 1.08,
    "section": 1.23,
    "verdict": 1.38,
    "title": 1.62,
    "figure": 2.3,
}
_SPACING_PX = {"title": -0.2, "figure": -0.5}
_WEIGHTS = {"card": 600, "section": 600, "verdict": 600, "title": 600, "figure": 600}
_SIZES = range(90, 201, 10)


def _load_fonts() -> list[str]:
    """Register every bundled font; returns the families that stand in for letters Plex lacks."""
    families: list[str] = []
    for file in sorted(bundled("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        for family in QFontDatabase.applicationFontFamilies(number):
            if family not in families:
                families.append(family)
    return families


class Theme(QObject):
    """What every widget asks for its looks. `changed` fires after the palette and the style sheet are in place."""

    changed = Signal()

    def __init__(self, app: QApplication, *, mode: Mode = "system", text_size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._text_size = text_size
        self._applying = False
        self._reduced = False
        self._compact = False
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._look: tuple[Mapping[str, str], float] | None = None
        self._fallback = [name for name in _load_fonts() if name != FAMILY]
        text = (bundled("style") / "tokens.json").read_text(encoding="utf-8")
        self._sets = cast("dict[str, dict[str, str]]", json.loads(text))
        self._qss = (bundled("style") / "app.qss").read_text(encoding="utf-8")
        self._tokens: dict[str, str] = dict(self._sets["light"])
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    @property
    def tokens(self) -> Mapping[str, str]:
        """Colour by role, as #RRGGBB, of the look now shown."""
        return self._tokens

    @property
    def dark(self) -> bool:
        """Whether the dark set is shown."""
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def mode(self) -> Mode:
        """The setting: follow the system, or a pinned look."""
        return self._mode

    @property
    def text_size(self) -> int:
        """The text-size setting in percent, 90 to 200."""
        return self._text_size

    def set_mode(self, mode: Mode) -> None:
        """Follow the system or pin a look."""
        self._mode = mode
        hints = QGuiApplication.styleHints()
        self._applying = True
        if mode == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
        self._applying = False
        self._apply()

    def set_text_size(self, percent: int) -> None:
        """Text and controls at `percent` of their size, kept within 90 to 200."""
        self._text_size = max(_SIZES.start, min(_SIZES[-1], percent))
        self._apply()

    @property
    def motion_ms(self) -> int:
        """How long a popup fades in; 0 with reduced motion."""
        return 0 if self._reduced else 120

    @property
    def compact(self) -> bool:
        """Whether table rows are lower."""
        return self._compact

    def set_comfort(self, *, reduced_motion: bool, compact: bool) -> None:
        """The two settings that change no colour and no text."""
        self._reduced = reduced_motion
        if compact != self._compact:
            self._compact = compact
            self.changed.emit()

    def px(self, length: float) -> int:
        """A design length in logical pixels at the text size of now."""
        return round(length * self._text_size / 100)

    def color(self, role: str) -> QColor:
        """The colour of a role; KeyError for an unknown one."""
        return QColor(self._tokens[role])

    def font(self, role: TypeRole = "body", weight: int = 0) -> QFont:
        """The face of a type role; `weight` 400 to 700 overrides the role's own."""
        font = QFont([FAMILY, *self._fallback])
        font.setPointSizeF(self.points(role))
        font.setWeight(QFont.Weight(weight or _WEIGHTS.get(role, 400)))
        if role in _SPACING_PX:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _SPACING_PX[role])
        return font

    def points(self, role: TypeRole) -> float:
        """The size of a type role in points of the system's resolution."""
        screen = QGuiApplication.primaryScreen()
        dpi = screen.logicalDotsPerInch() if screen else 96.0
        return BASE_PX * RATIOS[role] * 72.0 / dpi * self._text_size / 100

    def pixmap(self, name: str, role: str = "muted", *, size: int = 16, ratio: float = 1.0) -> QPixmap:
        """The icon `name` in the colour of `role`, `size` design pixels wide, sharp at the device pixel `ratio`."""
        key = (name, role, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, role, self.px(size), ratio)
        return self._pixmaps[key]

    def icon(self, name: str, role: str = "muted", size: int = 16) -> QIcon:
        """The same as a QIcon with versions for plain and dense screens."""
        icon = QIcon()
        for ratio in (1.0, 2.0, 3.0):
            icon.addPixmap(self.pixmap(name, role, size=size, ratio=ratio), QIcon.Mode.Normal)
            icon.addPixmap(self.pixmap(name, "border-strong", size=size, ratio=ratio), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, role: str, pixels: int, ratio: float) -> QPixmap:
        text = (bundled("icons") / f"{name}.svg").read_text(encoding="utf-8")
        renderer = QSvgRenderer(text.replace("currentColor", self._tokens[role]).encode())
        pixmap = QPixmap(QSize(round(pixels * ratio), round(pixels * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _on_scheme_changed(self) -> None:
        if self._mode == "system" and not self._applying:
            self._apply()

    def _apply(self) -> None:
        self._tokens = dict(self._sets["dark" if self.dark else "light"])
        if _wants_contrast():
            self._raise_contrast()
        look = (self._tokens, self.points("body"))
        if look == self._look:
            return  # each widget would be measured and painted again for nothing
        self._look = look
        self._pixmaps.clear()
        # Qt polishes a widget once if it gets its first sheet, but once for each of its parents if it gets another.
        self._app.setStyleSheet("")
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _raise_contrast(self) -> None:
        self._tokens["border"] = self._tokens["border-strong"]
        self._tokens["muted"] = self._tokens["text-2"]
        for name in [name for name in self._tokens if name.endswith("-soft")]:
            self._tokens[name] = self._tokens["surface"]

    def _style_sheet(self) -> str:
        text = re.sub(r"@([a-z][a-z0-9-]*)", lambda found: self._tokens[found.group(1)], self._qss)
        text = text.replace("$icons", bundled("icons").as_posix())
        return re.sub(r"~(\d+)", lambda found: f"{self.px(int(found.group(1)))}px", text)

    def _palette(self) -> QPalette:
        palette = QPalette()
        role = QPalette.ColorRole
        pairs = {
            role.Window: "bg",
            role.Base: "surface",
            role.AlternateBase: "sunken",
            role.WindowText: "text",
            role.Text: "text",
            role.ButtonText: "text",
            role.HighlightedText: "text",
            role.PlaceholderText: "muted",
            role.Button: "surface",
            role.Highlight: "selection",
            role.Link: "accent",
            role.Accent: "accent",
            role.Mid: "border",
            role.Midlight: "grid",
            role.Light: "surface",
            role.Dark: "border-strong",
            role.Shadow: "border-strong",
            role.ToolTipBase: "text",
            role.ToolTipText: "bg",
            role.BrightText: "negative",
        }
        for target, name in pairs.items():
            palette.setColor(target, self.color(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("muted"))
        return palette


def _wants_contrast() -> bool:
    """Whether the system asks for high contrast; Qt reports it since 6.10."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:
        return False
    preference = getattr(accessibility(), "contrastPreference", None)
    return preference is not None and getattr(preference(), "name", "") == "HighContrast"
