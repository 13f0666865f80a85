"""报告: who issues a unit's reports, to whom, which bureau did the work, the red head, and which annexes are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.letter import NAME_LIMIT, LetterSettings
from desktop.services import composing
from desktop.views.context import Context
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.note_edit import NoteEdit
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, rule

_WHEN = "改了就存，从下一次审核通过起照新的印；已经审核通过的不变。"
_NAMES = {
    "issuer": ("发文机关", "印在红头、标题和落款。空着就是本单位。"),
    "addressee": ("主送机关", "空着就是上级单位。"),
    "bureau": ("承办单位", "做这件事的部门，印在报告末尾的版记里。空着就不印。"),
}
_TICKS = {
    "red_head": "印红头（发文机关标志、红色分隔线、印发日期）",
    "table": "工作进展情况表",
    "evidence": "佐证材料清单",
}
_PLAIN = "用印好红头的纸，或者单位不用红头的，不勾；发文字号和签发人照样印。"


class LetterSection(Scroll):
    """What a unit keeps for all its reports."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._settings = LetterSettings()
        self.setObjectName("letter_section")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names = {name: self._name(name) for name in _NAMES}
        self.ticks = {name: self._tick(name) for name in _TICKS}
        inner = QWidget()
        inner.setMaximumWidth(context.theme.px(560))
        parts: list[Any] = [label(_WHEN, "caption", wrap=True), 4]
        for name, (word, note) in _NAMES.items():
            parts += [labelled(word, self.names[name]), label(note, "caption", wrap=True), 4]
        parts += [
            rule(), 4, self.ticks["red_head"], label(_PLAIN, "caption", wrap=True), 4, rule(), 4,
            label("附件印哪些", "label"), self.ticks["table"], self.ticks["evidence"],
            label("正文总是印。数据全部随文件报送，不印的市里也收得到。", "caption", wrap=True),
        ]  # fmt: skip
        inner.setLayout(column(*parts, gap=6))
        body = QWidget()
        body.setProperty("pane", "surface")
        outer = row(inner, None)
        outer.setStretch(0, 100)
        body.setLayout(column(outer, None, gap=0, margins=(24, 20, 24, 16)))
        self.setWidget(body)

    def refresh(self) -> None:
        """Reads the settings anew, and what stands where nothing is set."""
        store = self._context.store
        if store is None or store.workspace.superior is None:
            return
        self._settings = composing.settings_of(store)
        usual = {"issuer": store.workspace.unit.name, "addressee": store.workspace.superior.name}
        for name, edit in self.names.items():
            edit.set_text(getattr(self._settings, name))
            edit.setPlaceholderText(usual.get(name, "例如 县生态环境局"))
        for name, tick in self.ticks.items():
            tick.setChecked(getattr(self._settings, name))

    def leave(self) -> None:
        """Keeps what was typed last."""
        for edit in self.names.values():
            edit.flush()

    def _name(self, name: str) -> NoteEdit:
        edit = NoteEdit(NAME_LIMIT)
        edit.setObjectName(f"letter_{name}")
        edit.edited.connect(lambda text: self._keep(**{name: text}))
        return edit

    def _tick(self, name: str) -> QCheckBox:
        box = QCheckBox(_TICKS[name])
        box.setObjectName(f"letter_{name}")
        box.clicked.connect(lambda on: self._keep(**{name: on}))
        return box

    def _keep(self, **changes: Any) -> None:
        context = self._context
        if context.store is None:
            return
        wanted = replace(self._settings, **changes)
        self._settings = composing.set_settings(context.store, wanted, context.actor, context.now())
        context.note_saved()
