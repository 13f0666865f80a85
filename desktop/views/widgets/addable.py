"""Whether the units' figures of a target may be added: a tick, the same wherever a target is set."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from desktop.domain.targets import Audience, Target


def addable_tick(target: Target) -> QCheckBox:
    """A tick as the target says; the city's own figures have nothing to be added to."""
    made = QCheckBox("各单位的数可以相加，通报里列合计")
    made.setObjectName("target_addable")
    made.setToolTip("园区在县里的指标，相加会重复，就不要勾。")
    made.setChecked(target.addable)
    made.setHidden(target.audience is Audience.CITY)
    return made
