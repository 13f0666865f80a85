"""Which report a page of the chosen quarter shows, or why there is none."""

from __future__ import annotations

from desktop.domain.errors import RefusedError
from desktop.services import filling, surveying
from desktop.services.surveying import FillingOverview
from desktop.views.context import Context
from desktop.views.widgets.notices import EmptyState


def open_report(context: Context, empty: EmptyState) -> FillingOverview | None:
    """The newest revision of the chosen quarter with its rows, begun if need be; None after `empty` has said why there is none."""
    store = context.store
    if store is None or not context.plan_id:
        empty.say("还没有任务", "在“收件”里导入市里发来的任务包（.jbx）。", "去收件")
        return None
    if context.quarter is None:
        empty.say("市里还没有开放季度", "开放以后，会随任务包发来。", "去收件")
        return None
    try:
        report = filling.begin(store, context.plan_id, str(context.quarter), context.actor, context.now())
    except RefusedError as error:
        name = context.quarter.chinese
        if error.code == "quarter_closed":
            text = "这个季度本单位没有填过。要补报，请打电话请市里延长锁定日期，再导入新的任务包。"
            empty.say(f"{name}已锁定", text, "去收件")
        elif error.code == "quarter_not_open":
            text = "市里开放以后，会随任务包发来。也可以在上面换一个季度。"
            empty.say(f"{name}还没有开放填报", text, "去收件")
        else:
            raise
        return None
    seen = surveying.overview(store, report)
    if not seen.rows:
        empty.say("这个方案没有给本单位的任务", "如果不对，请打电话问市里。")
        return None
    return seen
