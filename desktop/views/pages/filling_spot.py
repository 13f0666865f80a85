"""Going to a spot of the quarter that is shown: the entry, and the field that has the words."""

from __future__ import annotations

from desktop.services.surveying import FillingOverview
from desktop.views.pages.filling_editor import EntryEditor
from desktop.views.pages.filling_list_rows import DROPPED
from desktop.views.spot import Spot


def row_for(seen: FillingOverview, key: str) -> str:
    """The key under which the page shows an entry: its own, that of the measure it became, or the list's last group."""
    if any(row.measure.key == key for row in seen.rows):
        return key
    if any(one.entry.measure_key == key for one in seen.dropped):
        return f"{DROPPED}{key}"
    became = (
        row.measure.key
        for row in seen.rows
        for former in row.former
        if former.entry.measure_key == key and not former.quarter
    )
    return next(became, key)


def show_spot(editor: EntryEditor, spot: Spot) -> None:
    """Put the focus on the field of the entry that is shown, with the cursor behind the words."""
    if editor.key == spot.measure_key and spot.field:
        editor.focus_field(spot.field)
        editor.put_cursor(spot.field, spot.at)
