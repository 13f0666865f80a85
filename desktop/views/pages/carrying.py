"""Writing packages of the outbox to a folder that the person chooses: the same from every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.views.context import Context
from desktop.views.widgets.notices import JobBar

Written = Callable[[Path, int], object]


def carry_out(
    context: Context, owner: QObject, bar: JobBar, digests: Iterable[str], title: str, written: Written
) -> bool:
    """Asks where to, writes and reads back; `written(folder, number of files)` follows. False if nothing was chosen."""
    folder = context.files.folder(title)
    if folder is None:
        return False
    carry_to(context, owner, bar, digests, folder, written)
    return True


def carry_to(
    context: Context, owner: QObject, bar: JobBar, digests: Iterable[str], folder: Path, written: Written
) -> None:
    """Writes and reads back; `written(folder, number of files)` follows."""
    from desktop.services import sending

    store, wanted, now = context.open_store, tuple(digests), context.now()
    bar.watch(
        context.runner.run(
            lambda progress: sending.carry_out(store, wanted, folder, context.actor, now, progress),
            lambda files: written(folder, len(files)),
            context.show_error,
            owner=owner,
        )
    )
