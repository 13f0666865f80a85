"""Comparing a fingerprint by telephone: a unit's request at the city, the city's invitation at the unit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.views.context import Context
from desktop.views.widgets.fingerprint import FingerprintView
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import note
from desktop.views.widgets.styling import button, label, pane, rule


class ComparePane(QWidget):
    """The primary action works only after the tick; `compared` carries the fingerprint that was shown."""

    compared = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digest = ""
        self._title = label("", "strong", name="compare_title", wrap=True)
        self._who = label("", tone="text2", name="compare_who", wrap=True)
        self.fingerprint = FingerprintView(context.icons, "compare_fingerprint")
        self._how = label("", tone="text2", name="compare_how", wrap=True)
        self.tick = QCheckBox()
        self.tick.setObjectName("compare_tick")
        self._warning = note("有一个字不同，就不要继续：文件可能被换过。请让对方重新发一份。")
        self.primary = button("", "primary", "compare_done", self._done, "Ctrl+Enter")
        policy = self.primary.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.primary.setSizePolicy(policy)
        self._hint = label("先打勾", "caption")
        self.tick.toggled.connect(self._ticked)
        ground, foot = pane("surface2"), pane("surface2")
        ground.setLayout(
            column(
                *(self._title, self._who, 4, self.fingerprint, 4, self._how, self.tick, self._warning, None),
                gap=10,
                margins=(16, 12, 16, 12),
            )
        )
        foot.setLayout(column(self.primary, row(None, self._hint, None), gap=6, margins=(16, 12, 16, 12)))
        self.setLayout(column(ground, rule(), foot, gap=0))
        self.layout().setStretch(0, 1)

    def ask(self, title: str, who: str, fingerprint: str, how: str, tick: str, action: str) -> None:
        """What is compared with whom, what is ticked, and what the primary action does."""
        self._digest = fingerprint
        self._title.setText(title)
        self._who.setText(who)
        self.fingerprint.show_digest(fingerprint)
        self._how.setText(how)
        self.tick.setText(tick)
        self.tick.setChecked(False)
        self.primary.setText(action)
        self.primary.setAccessibleName(action)
        self._ticked(False)

    def _ticked(self, ticked: bool) -> None:
        self.primary.setEnabled(ticked)
        self._hint.setText("" if ticked else "打了勾，才能继续")

    def _done(self) -> None:
        if self.tick.isChecked():
            self.compared.emit(self._digest)
