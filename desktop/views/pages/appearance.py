"""显示大小 and 外观: what is chosen is kept, and shows after the next start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from desktop.views.context import Context
from desktop.views.theme import SCALES
from desktop.views.widgets.styling import label

_LOOKS = (("浅色", "light"), ("深色", "dark"), ("跟随系统", "system"))


class Appearance:
    """Two fields, and `said`, which tells that they wait for the next start. `kind`: `tool` in a bar."""

    def __init__(self, context: Context, kind: str = "") -> None:
        self._context, self._kind = context, kind
        settings = context.settings
        # What this start was made with is not what the file says after a choice.
        self._began = settings.look
        self.said = label("", "caption", name="scale_word")
        self.said.hide()
        self.scale = self._field("scale", "显示大小", [(f"{scale:.0%}", scale) for scale in SCALES])
        self.scale.setCurrentIndex(self.scale.findData(settings.scale))
        self.look = self._field("look", "外观", _LOOKS)
        self.look.setCurrentIndex(self.look.findData(settings.look))
        for field in (self.scale, self.look):
            field.currentIndexChanged.connect(self._chosen)

    def _field(self, name: str, spoken: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(spoken)
        if self._kind:
            made.setProperty("kind", self._kind)
        for words, value in choices:
            made.addItem(words, value)
        return made

    def _chosen(self) -> None:
        settings, theme = self._context.settings, self._context.theme
        settings.scale, settings.look = self.scale.currentData(), self.look.currentData()
        changed = settings.scale != theme.scale or settings.look != self._began
        self.said.setText("关掉程序再打开，就按新的样子显示")
        self.said.setVisible(changed)
