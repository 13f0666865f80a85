"""The foot of the filling page: what is left before the report may go on, and the way back over what was changed."""

from __future__ import annotations

from desktop.domain.history import Step
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_quarter import OpenQuarter, first_change
from desktop.views.widgets.styling import mark
from desktop.wording.filling import before_review, stepped


def show_left(frame: FillingFrame, quarter: OpenQuarter) -> None:
    """送审核 or why not yet, and which of the two buttons is the page's primary one. The quarter has been read."""
    seen, editable = quarter.seen, quarter.editable
    assert seen is not None
    unfilled, errors = len(seen.rows) - seen.filled, seen.errors
    why_not = before_review(unfilled, errors, seen.unexplained)
    frame.send.setVisible(editable)
    frame.send.setText(why_not or "送审核…")
    frame.send.setEnabled(editable and not why_not)
    mark(frame.send, kind="secondary" if why_not else "primary")
    frame.next.setVisible(editable and bool(why_not))
    frame.next.setText("下一条未填" if unfilled else "下一处必须改" if errors else "下一处要说明")


def show_ways(frame: FillingFrame, quarter: OpenQuarter) -> None:
    """撤销 and 重做, each with what it would change."""
    history, editable = quarter.history, quarter.editable
    ways = ((frame.undo, history.undoes, "Ctrl+Z"), (frame.redo, history.redoes, "Ctrl+Y"))
    some = editable and any(step is not None for _, step, _ in ways)
    for made, step, keys in ways:
        # Before anything was changed there is room for how saving works instead.
        made.setVisible(some)
        made.setEnabled(step is not None)
        made.setToolTip(f"{made.text()}：{_named(quarter, step)}（{keys}）" if step else keys)
    frame.saving.setVisible(not some)
    frame.saving.setText("边写边存，不用点保存" if editable else "只能看，不能改")


def _named(quarter: OpenQuarter, step: Step) -> str:
    """第6条的“进展情况”, or how many entries a step changed."""
    key, field, _ = first_change(step)
    shown = quarter.row_of(key)
    return stepped(shown.label if shown else "", field, len(step.changes))
