"""Icons, lamps and marks: the project's SVGs in the theme's colours, sharp at every pixel ratio."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.domain.plan import Severity
from desktop.domain.report import STATUS_WORDS, ProgressStatus
from desktop.views.theme import Theme

# Files are drawn in the light theme's colours; each stands for one token.
_DRAWN = {
    "#1C5BA8": "done",
    "#0F6E4F": "on",
    "#B3380A": "behind",
    "#5E6876": "none",
    "#838C98": "un",
    "#7F5200": "warn",
    "#FBF2DE": "warnBg",
    "#FFFFFF": "onAccent",
    "#fff": "onAccent",
}
_STROKE = "#48515E"

UNFILLED, HALF_FILLED = "unfilled", "half_filled"
_STATUS_LAMPS = {
    ProgressStatus.COMPLETED: ("lamp-done", "done"),
    ProgressStatus.ON_SCHEDULE: ("lamp-on", "on"),
    ProgressStatus.BEHIND: ("lamp-behind", "behind"),
    ProgressStatus.NOT_STARTED: ("lamp-none", "none"),
    ProgressStatus.NOT_APPLICABLE: ("lamp-na", "na"),
}
LAMPS: dict[str, tuple[str, str, str]] = {
    **{status: (*lamp, STATUS_WORDS[status]) for status, lamp in _STATUS_LAMPS.items()},
    UNFILLED: ("lamp-un", "text3", "未填"),
    HALF_FILLED: ("lamp-half", "text3", "未填完"),
}
MARKS = {
    Severity.ERROR: ("mark-must", "behind", "必须改"),
    Severity.WARNING: ("mark-look", "warn", "请核对"),
    Severity.HINT: ("mark-note", "text3", "提醒"),
    "ok": ("mark-ok", "on", "通过"),
}


def lamp_word(state: str) -> str:
    """The Chinese word of a status, of `unfilled` or of `half_filled`."""
    return LAMPS[state][2]


def lamp_token(state: str) -> str:
    """The colour token of a lamp's word."""
    return LAMPS[state][1]


def mark_word(severity: str) -> str:
    return MARKS[severity][2]


class Icons:
    """Pictures of one theme out of one folder; what was drawn once is kept."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.theme = theme
        self.folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, int, str], QIcon] = {}

    def icon(self, name: str, colour: str = "text2", size: int = 16, checked: str = "") -> QIcon:
        """An icon of `size` px at 100 %; `checked` is the colour token of its On state."""
        key = (name, colour, size, checked)
        if key not in self._icons:
            self._icons[key] = self._made_icon(name, colour, size, checked)
        return self._icons[key]

    def lamp(self, state: str) -> QIcon:
        return self.icon(LAMPS[state][0], size=12)

    def mark(self, severity: str, size: int = 14) -> QIcon:
        return self.icon(MARKS[severity][0], size=size)

    def lamp_pixmap(self, state: str, ratio: float = 0.0) -> QPixmap:
        return self.pixmap(LAMPS[state][0], size=12, ratio=ratio)

    def mark_pixmap(self, severity: str, ratio: float = 0.0) -> QPixmap:
        return self.pixmap(MARKS[severity][0], size=14, ratio=ratio)

    def app(self) -> QIcon:
        """The program's own icon; its colours do not follow the theme."""
        icon = QIcon()
        for size in (16, 20, 24, 32, 40, 48, 64, 128, 256):
            icon.addPixmap(self._drawn((self.folder / "app.svg").read_text("utf-8"), size, 1.0))
        return icon

    def pixmap(self, name: str, colour: str = "text2", size: int = 16, ratio: float = 0.0) -> QPixmap:
        """A pixmap of `size` px at 100 %, at pixel ratio `ratio` (0: that of the sharpest screen)."""
        ratio = ratio or max(_ratios())
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(self._coloured(name, colour, size), self.theme.px(size), ratio)
        return self._pixmaps[key]

    def _made_icon(self, name: str, colour: str, size: int, checked: str) -> QIcon:
        icon = QIcon()
        for ratio in _ratios():
            icon.addPixmap(self.pixmap(name, colour, size, ratio), QIcon.Mode.Normal, QIcon.State.Off)
            icon.addPixmap(self.pixmap(name, "text3", size, ratio), QIcon.Mode.Disabled, QIcon.State.Off)
            if checked:
                icon.addPixmap(self.pixmap(name, checked, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        return icon

    def _coloured(self, name: str, colour: str, size: int) -> str:
        if name not in self._sources:
            self._sources[name] = (self.folder / f"{name}.svg").read_text("utf-8")
        source = self._sources[name]
        for drawn, token in _DRAWN.items():
            source = source.replace(f'"{drawn}"', f'"{self.theme.colours[token]}"')
        # Icons are drawn on 20 px; the line stays 1.5 px wide at every size.
        source = source.replace('stroke-width="1.5"', f'stroke-width="{1.5 * 20 / size:.2f}"')
        return source.replace(f'"{_STROKE}"', f'"{self.theme.colours[colour]}"')

    def _drawn(self, source: str, size: int, ratio: float) -> QPixmap:
        side = round(size * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source.encode("utf-8"))).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _ratios() -> tuple[float, ...]:
    return tuple(sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))
