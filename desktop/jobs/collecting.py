"""Python's garbage is collected on the screen's thread alone.

The interpreter collects on whatever thread happens to allocate. Where that is a job's thread, widgets that only a cycle
kept alive are destroyed there, beside the screen's thread, and Qt crashes (measured: within seconds, by a tree view
with a delegate). So automatic collection is off while windows live, and a timer does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

# Long enough to cost nothing when idle, short enough that a busy job's garbage stays small.
_PAUSE_MS = 250


def collect_due() -> int | None:
    """Collect what the interpreter's own thresholds say is due now; the generation collected, or None.

    To be called on the screen's thread.
    """
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return generation
    return None


class ScreenCollector(QObject):
    """From here to `close` nothing is collected but on the thread that made this, while its events run."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_due)
        self._timer.start(_PAUSE_MS)

    def close(self) -> None:
        """Automatic collection as it was before."""
        self._timer.stop()
        if self._was_automatic:
            gc.enable()


def settle() -> None:
    """What lives now will live until the end: later collections pass it over.

    Called once, when the window answers. Some 45,000 objects are there by then; to look at them all takes
    20 to 50 ms, in the middle of somebody's typing.
    """
    gc.freeze()
