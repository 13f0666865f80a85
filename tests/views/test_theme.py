"""Tokens, the style sheet made from them, and the icons in a theme's colours."""

from __future__ import annotations

import json
import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.domain.plan import Severity
from desktop.domain.report import ProgressStatus
from desktop.views.icons import LAMPS, MARKS, Icons, lamp_word
from desktop.views.theme import LOOKS, SCALES, THEMES, Theme, load_theme, qss, theme_for
from tests.views.conftest import RESOURCES


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.x contrast ratio."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_themes_have_the_same_tokens() -> None:
    tokens = json.loads((RESOURCES / "style" / "tokens.json").read_text("utf-8"))
    assert set(tokens["light"]) == set(tokens["dark"])


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read_on_every_ground(name: str) -> None:
    theme = load_theme(RESOURCES / "style", name)
    for ground in ("surface", "surface2", "bg", "accentBg", "sel"):
        for word in ("text", "text2", "text3", "accent", "done", "on", "behind", "warn"):
            assert contrast(theme.colour(word), theme.colour(ground)) >= 4.5, (word, ground)
    for ground in ("accent", "accentHover", "accentPress"):
        assert contrast(theme.colour("onAccent"), theme.colour(ground)) >= 4.5
    assert contrast(theme.colour("field"), theme.colour("surface")) >= 3


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", SCALES)
def test_style_sheet_is_filled_at_every_scale(name: str, scale: float) -> None:
    sheet = qss(load_theme(RESOURCES / "style", name, scale))
    body = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert not re.search(r"@[A-Za-z]", body)
    assert not re.search(r"\ddp\b", body)
    for picture in re.findall(r'url\("([^"]+)"\)', body):
        assert RESOURCES.joinpath("style", picture.rsplit("/", 1)[1]).is_file(), picture


def test_unknown_token_is_refused(theme: Theme, tmp_path) -> None:
    (tmp_path / "lantian.qss").write_text("QLabel { color: @nosuch; }", "utf-8")
    with pytest.raises(KeyError):
        qss(Theme("light", theme.colours, theme.sizes, theme.spaces, tmp_path))


def test_style_sheet_is_understood(theme_app: QApplication, no_qt_warnings: None) -> None:
    theme_app.setStyleSheet(qss(load_theme(RESOURCES / "style", "dark")))
    theme_app.setStyleSheet(qss(load_theme(RESOURCES / "style")))


def test_a_chinese_face_is_there(theme_app: QApplication) -> None:
    assert {"Noto Sans SC", "Microsoft YaHei UI"} & set(QFontDatabase.families())


def test_scale_multiplies_type_and_spaces() -> None:
    theme = load_theme(RESOURCES / "style", scale=1.5)
    assert theme.font("body").pixelSize() == 21
    assert theme.px(32) == 48


def test_every_status_and_severity_has_its_own_shape(icons: Icons) -> None:
    assert set(ProgressStatus) <= set(LAMPS)
    assert set(Severity) <= set(MARKS)
    pictures = [icons.lamp_pixmap(state).toImage() for state in LAMPS]
    pictures += [icons.mark_pixmap(severity).toImage() for severity in MARKS]
    assert all(pictures.index(picture) == number for number, picture in enumerate(pictures))
    assert len({lamp_word(state) for state in LAMPS}) == len(LAMPS)


def test_icon_takes_the_colour_of_its_token(icons: Icons, theme: Theme) -> None:
    image = icons.pixmap("check", "behind", 20, 2.0).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {theme.colour("behind").name()}


def test_pixmaps_are_sharp_at_the_ratio_asked_for(icons: Icons) -> None:
    pixmap = icons.pixmap("search", size=16, ratio=1.5)
    assert (pixmap.width(), pixmap.deviceIndependentSize().width()) == (24, 16)
    assert icons.pixmap("search", size=16, ratio=1.5) is pixmap
    assert not icons.app().pixmap(32, 32).isNull()


def test_a_look_is_a_theme_or_the_systems() -> None:
    looks = {(look, dark): theme_for(look, dark) for look in LOOKS for dark in (False, True)}
    assert [theme for (look, _), theme in looks.items() if look != "system"] == ["light"] * 2 + ["dark"] * 2
    assert (looks["system", False], looks["system", True]) == ("light", "dark")
