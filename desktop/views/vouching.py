"""Before the first signature after a restore: a person says that nothing is missing, or does not sign yet."""

from __future__ import annotations

from desktop.services import vouching
from desktop.views.context import Context, Question
from desktop.wording import keeping as words


def vouched(context: Context) -> bool:
    """Whether this workspace may sign: asks where it was restored and nobody has said yet that all is here."""
    store = context.store
    waiting = vouching.restored(store) if store is not None else None
    if store is None or waiting is None:
        return True
    title, text = words.vouch_question(waiting.made_at, words.last_sent(waiting.last), context.today())
    if not context.ask(Question(title, text, "都在，可以签发", "先不签", dangerous=True)):
        return False
    vouching.vouch(store, context.actor, context.now())
    return True
