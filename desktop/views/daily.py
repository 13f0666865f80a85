"""The day's automatic copy of the database, once the window stands."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.views.context import Context

AFTER_MS = 3000


def keep_daily(context: Context, window: QWidget) -> None:
    """Makes it in a job a moment later, unless the workspace is closed by then."""

    def begin() -> None:
        from desktop.services import safeguarding

        store = context.store
        if store is not None:
            context.runner.run(
                lambda progress: safeguarding.keep_daily(store, context.now()),
                lambda _: None,
                context.show_error,
                window,
            )

    QTimer.singleShot(AFTER_MS, window, begin)
