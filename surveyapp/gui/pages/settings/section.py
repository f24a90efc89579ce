"""The sections of Settings that only change settings."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QSpinBox, QWidget

from surveyapp.base.i18n import _
from surveyapp.base.paths import bundled
from surveyapp.domain.analysis import INTERVALS
from surveyapp.figures.caption import method_name
from surveyapp.gui.context import AppContext
from surveyapp.gui.pages.settings.row import SettingRow
from surveyapp.gui.widgets.base_bar import LEVELS, level_words
from surveyapp.gui.widgets.button import Button
from surveyapp.gui.widgets.segmented import Segmented
from surveyapp.gui.widgets.switch import Switch

_TEXT_SIZES = (90, 100, 110, 125, 150, 200)


def appearance_rows(context: AppContext, parent: QWidget) -> list[SettingRow]:
    """Look, text size, row height, motion, keys."""
    theme, settings = context.theme, context.settings
    look = Segmented(
        theme, [("system", _("System")), ("light", _("Light")), ("dark", _("Dark"))], name=_("Look"), parent=parent
    )
    look.set_current(theme.mode)

    def choose_look(mode: str) -> None:
        theme.set_mode("dark" if mode == "dark" else "light" if mode == "light" else "system")
        settings.update(theme=mode)

    look.chosen.connect(choose_look)
    rows = Segmented(theme, [("normal", _("Normal")), ("compact", _("Compact"))], name=_("Row height"), parent=parent)
    rows.set_current(settings.value.row_height)
    rows.chosen.connect(lambda choice: settings.update(row_height=choice))
    motion = Switch(theme, name=_("Reduce motion"), parent=parent)
    motion.setChecked(settings.value.reduce_motion)
    motion.toggled.connect(lambda on: settings.update(reduce_motion=on))
    letters = Switch(theme, name=_("Single-letter keys"), parent=parent)
    letters.setChecked(settings.value.single_letter_keys)

    def choose_letters(on: bool) -> None:
        settings.update(single_letter_keys=on)
        context.actions.set_letters(on)

    letters.toggled.connect(choose_letters)
    return [
        SettingRow(theme, _("Look"), look, note=_("System follows the computer and changes with it."), parent=parent),
        SettingRow(
            theme,
            _("Text size"),
            _text_size(context, parent),
            note=_("Ctrl and plus or minus, anywhere."),
            parent=parent,
        ),
        SettingRow(theme, _("Row height"), rows, note=_("Of tables."), parent=parent),
        SettingRow(theme, _("Reduce motion"), motion, note=_("Nothing fades in."), parent=parent),
        SettingRow(
            theme,
            _("Single-letter keys"),
            letters,
            note=_("P, F, T and others, while a table, list or figure has the focus."),
            parent=parent,
        ),
    ]


def _text_size(context: AppContext, parent: QWidget) -> QWidget:
    theme = context.theme
    sizes = sorted({*_TEXT_SIZES, theme.text_size})
    control = Segmented(theme, [(str(size), f"{size}\u202f%") for size in sizes], name=_("Text size"), parent=parent)
    control.set_current(str(theme.text_size))

    def choose(size: str) -> None:
        theme.set_text_size(int(size))
        context.settings.update(text_size=theme.text_size)

    control.chosen.connect(choose)
    return control


def number_rows(context: AppContext, parent: QWidget) -> list[SettingRow]:
    """Language, and with it the marks of numbers and dates."""
    theme, settings = context.theme, context.settings
    languages = [("", _("As the computer")), ("en", "English")]
    languages += [(code, _own_name(code)) for code in _catalogues() if code != "en"]
    names = dict(languages)
    box = Button(theme, names.get(settings.value.language, languages[0][1]), kind="field", parent=parent)
    box.setObjectName("language")
    box.setAccessibleName(_("Language"))
    menu = QMenu(box)

    def choose(code: str) -> None:
        settings.update(language=code)
        box.setText(names[code])
        box.updateGeometry()

    for code, name in languages:
        menu.addAction(name).triggered.connect(lambda _checked=False, chosen=code: choose(chosen))
    box.clicked.connect(lambda: menu.popup(box.mapToGlobal(QPoint(0, box.height() + 2))))
    note = _("Words, thousands and decimal marks. Holds from the next start.")
    return [SettingRow(theme, _("Language"), box, note=note, parent=parent)]


def statistics_rows(context: AppContext, parent: QWidget) -> list[SettingRow]:
    """What new bases start with."""
    theme, settings = context.theme, context.settings
    level = Segmented(
        theme, [(str(value), level_words(value)) for value in LEVELS], name=_("Interval level"), parent=parent
    )
    if settings.value.level in LEVELS:
        level.set_current(str(settings.value.level))
    level.chosen.connect(lambda choice: settings.update(level=float(choice)))
    methods = Segmented(
        theme,
        [(method, method_name(method)) for method in INTERVALS],
        name=_("Intervals of shares"),
        parent=parent,
    )
    methods.set_current(settings.value.interval)
    methods.chosen.connect(lambda choice: settings.update(interval=choice))
    limit = QSpinBox(parent)
    limit.setObjectName("smallCellLimit")
    limit.setAccessibleName(_("Small cells"))
    limit.lineEdit().setAccessibleName(_("Small cells"))
    limit.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)
    limit.setMinimumWidth(theme.px(96))
    limit.setRange(1, 1000)
    limit.setSuffix(" " + _("people"))
    limit.setValue(settings.value.small_cell_limit)
    limit.valueChanged.connect(lambda value: settings.update(small_cell_limit=value))
    return [
        SettingRow(theme, _("Interval level"), level, note=_("A new workspace starts with it."), parent=parent),
        SettingRow(
            theme,
            _("Intervals of shares"),
            methods,
            note=_("Of one question in Explore, and of what is pinned there; weighted shares have their own."),
            parent=parent,
        ),
        SettingRow(
            theme,
            _("Small cells"),
            limit,
            note=_("Counts below this are shaded and show n instead of an interval."),
            parent=parent,
        ),
    ]


def _catalogues() -> list[str]:
    try:
        folder = bundled("translations")
    except FileNotFoundError:
        return []
    return sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/surveyapp.mo"))


def _own_name(code: str) -> str:
    from PySide6.QtCore import QLocale

    return QLocale(code).nativeLanguageName() or code
