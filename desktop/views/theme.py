"""Colours, type and sizes as one frozen value, and the style sheet that is made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

FAMILIES = ("Microsoft YaHei UI", "Noto Sans SC")
THEMES = ("light", "dark")
# What may be asked for: one of the themes, or what Windows is set to.
LOOKS = (*THEMES, "system")
SCALES = (1.0, 1.15, 1.3, 1.5)
# Between Noto's 500 and YaHei's 700: each face answers with the strong weight that it really has.
STRONG = QFont.Weight.DemiBold

_TOKEN = re.compile(r"@([A-Za-z][A-Za-z0-9]*)")
_LENGTH = re.compile(r"\b(\d+)dp\b")


@dataclass(frozen=True)
class Theme:
    """`colours` by token, `sizes` of type and `spaces` in px at 100 %, `scale` is 显示大小."""

    name: str
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    spaces: Mapping[str, int]
    folder: Path
    scale: float = 1.0
    # Lists ask for both at every row that they paint.
    _made: dict[str, QColor] = field(default_factory=dict, compare=False, repr=False)
    _fonts: dict[tuple[str, bool], QFont] = field(default_factory=dict, compare=False, repr=False)

    def colour(self, token: str) -> QColor:
        """Raises KeyError for a token that tokens.json does not have."""
        made = self._made.get(token)
        if made is None:
            made = self._made[token] = QColor(self.colours[token])
        return made

    def px(self, length: float) -> int:
        """A length of the design in device-independent pixels at this scale."""
        return round(length * self.scale)

    def space(self, name: str) -> int:
        return self.px(self.spaces[name])

    def font(self, role: str = "body", strong: bool = False) -> QFont:
        """The face at `title`, `body` or `caption` size."""
        key = (role, strong)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(list(FAMILIES))
            font.setPixelSize(self.px(self.sizes[role]))
            font.setWeight(STRONG if strong else QFont.Weight.Normal)
            self._fonts[key] = font
        # A copy shares its data until somebody changes it.
        return QFont(self._fonts[key])


def theme_for(look: str, dark_system: bool) -> str:
    """The theme that a look means on a system that is set to dark or is not."""
    return look if look in THEMES else THEMES[dark_system]


def load_theme(style_folder: Path, name: str = "light", scale: float = 1.0) -> Theme:
    """The theme `name` of `style_folder`/tokens.json."""
    tokens = json.loads((style_folder / "tokens.json").read_text("utf-8"))
    return Theme(name, tokens[name], tokens["type"], tokens["space"], style_folder, scale)


def qss(theme: Theme) -> str:
    """The style sheet: `@token` becomes a colour or a name, `32dp` a length at the theme's scale."""
    template = (theme.folder / "lantian.qss").read_text("utf-8")
    words = dict(theme.colours) | {
        "theme": theme.name,
        "style": theme.folder.as_posix(),
        "strong": str(STRONG.value),
        **{f"{role}Size": f"{theme.px(size)}px" for role, size in theme.sizes.items()},
    }
    filled = _TOKEN.sub(lambda found: words[found[1]], template)
    return _LENGTH.sub(lambda found: f"{theme.px(int(found[1]))}px", filled)


def apply(app: QApplication, theme: Theme, fonts_folder: Path) -> None:
    """Dress the application: fonts, Fusion without animations, palette, style sheet."""
    register_fonts(fonts_folder)
    app.setStyle(QStyleFactory.create("Fusion"))
    for effect in (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_AnimateTooltip,
        Qt.UIEffect.UI_FadeTooltip,
        Qt.UIEffect.UI_AnimateToolBox,
    ):
        app.setEffectEnabled(effect, False)
    # The title bar and the system's own dialogs are the system's to draw.
    scheme = Qt.ColorScheme.Dark if theme.name == "dark" else Qt.ColorScheme.Light
    app.styleHints().setColorScheme(scheme)
    app.setFont(theme.font())
    app.setPalette(palette(theme))
    app.setStyleSheet(qss(theme))


def register_fonts(fonts_folder: Path) -> None:
    """Make the shipped sans face known, unless the system has the face that comes before it."""
    if FAMILIES[0] in QFontDatabase.families() or FAMILIES[1] in QFontDatabase.families():
        return
    for path in sorted(fonts_folder.glob("NotoSansSC-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def palette(theme: Theme) -> QPalette:
    """What the style sheet does not reach: item views, dialogs of Qt, disabled text."""
    roles = {
        QPalette.ColorRole.Window: "surface",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface2",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "text3",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "onAccent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Mid: "line2",
        QPalette.ColorRole.Dark: "field",
        QPalette.ColorRole.Shadow: "text3",
    }
    made = QPalette()
    for role, token in roles.items():
        made.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text3"))
    return made
