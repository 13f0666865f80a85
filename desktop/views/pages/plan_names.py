"""Which unit is meant by a name that the list does not know: chosen or added on the spot, and remembered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.plan_desk import DraftDesk


def ask_meaning(
    context: Context,
    desk: DraftDesk,
    name: str,
    parent: QWidget,
    chosen: tuple[str, ...] = (),
) -> None:
    """Opens the list of units; what is chosen holds wherever the plan writes so, and in the next plan too."""
    region = desk.region
    assert region is not None
    term = len(chosen) > 1 or any(t.term == name for t in region.terms)
    title = f"“{name}”是哪几家" if term else f"“{name}”是哪一家"
    hint = (
        "名单记在单位库里，这份方案里凡是这样写的地方都按它。"
        if term
        else "选一家，以后再写成这样也认得；选几家，就记作统称。"
    )
    picker = UnitPicker(context, title, region, chosen, hint=hint, wanted=name, parent=parent)
    picker.picked.connect(lambda codes: desk.teach(name, codes))
    picker.open()
