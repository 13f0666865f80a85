"""The step bar of a quarter: 填报, 审核, 签发."""

from __future__ import annotations

from desktop.domain.report import ReportState
from desktop.services.surveying import FillingOverview
from desktop.views.widgets.step_bar import Step, Steps

_DONE = {ReportState.REVIEWED: 2, ReportState.RETURNED: 0, ReportState.WITHDRAWN: 0}


def quarter_steps(seen: FillingOverview, reviewing: bool) -> Steps:
    """Where a revision stands; a whole draft that is looked at by the reviewer stands at 审核."""
    filled = f"{seen.filled}/{len(seen.rows)}"
    state = seen.report.state
    ready = reviewing and seen.filled == len(seen.rows)
    current = int(ready) if state is ReportState.DRAFT else _DONE.get(state, 3)
    return Steps((Step("填报", filled), Step("审核"), Step("签发")), current)
