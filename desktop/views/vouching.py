"""Before the first signature after a restore: a person says that nothing is missing, or does not sign yet."""

from __future__ import annotations

from desktop.domain.errors import RefusedError
from desktop.domain.report import Report
from desktop.services import vouching
from desktop.services.signing import submission_stream
from desktop.views.context import Context, Question
from desktop.wording import keeping as words


def vouched(context: Context, report: Report) -> bool:
    """Whether this workspace may sign for a report's quarter: says what is known to be missing, and asks where it was
    restored and nobody has said yet that all is here.
    """
    store = context.store
    try:
        if store is not None:
            vouching.refuse_missing(store, submission_stream(report.plan_id, report.quarter))
    except RefusedError as error:
        context.show_error(error)
        return False
    waiting = vouching.restored(store) if store is not None else None
    if store is None or waiting is None:
        return True
    title, text = words.vouch_question(waiting.made_at, words.last_sent(waiting.last), context.today())
    if not context.ask(Question(title, text, "都在，可以签发", "先不签", dangerous=True)):
        return False
    vouching.vouch(store, context.actor, context.now())
    return True
