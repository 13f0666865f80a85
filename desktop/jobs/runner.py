"""Slow work off the screen's thread: one worker, progress, cancel, results back on the screen's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.domain.errors import CancelledError
from desktop.domain.progress import Progress

T = TypeVar("T")

# More than twenty reports a second are not seen, but keep the screen's thread busy.
_LEAST_PAUSE = 0.05


class Job(QObject, Generic[T]):
    """One piece of work. Signals arrive on the thread that started it."""

    progressed = Signal(str, int, int)
    finished = Signal()
    _told_step = Signal(str, int, int)
    _returned = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject | None,
    ) -> None:
        super().__init__()
        self._work, self._done, self._failed = work, done, failed
        self._owner = owner
        self._owned = owner is not None
        self._stop = threading.Event()
        self._last_step, self._last_told = "", 0.0
        self.running = True
        self._returned.connect(self._deliver)
        # By way of this thread's queue: who connects right after `run` misses nothing.
        self._told_step.connect(self._report)

    def cancel(self) -> None:
        """Ask the work to stop: its next call of progress raises CancelledError, which `failed` receives."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def run(self) -> None:
        """Called on the worker."""
        try:
            self._told("", 0, 0)
            result = self._work(self._told)
        except Exception as error:
            self._returned.emit(None, error)
        else:
            self._returned.emit(result, None)

    def _told(self, step: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise CancelledError
        now = time.monotonic()
        if step and (step != self._last_step or done == total or now - self._last_told >= _LEAST_PAUSE):
            self._last_step, self._last_told = step, now
            self._told_step.emit(step, done, total)

    @Slot(str, int, int)
    def _report(self, step: str, done: int, total: int) -> None:
        self.progressed.emit(step, done, total)

    @Slot(object, object)
    def _deliver(self, result: T, error: Exception | None) -> None:
        self.running = False
        try:
            if self._owned and not isValid(self._owner):
                return
            if error is None:
                self._done(result)
            else:
                self._failed(error)
        finally:
            self.finished.emit()


class JobRunner(QObject):
    """Runs jobs one after the other on a single thread that lives until `close`."""

    busyChanged = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._jobs: list[Job] = []

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject | None = None,
    ) -> Job[T]:
        """Start `work(progress)`; exactly one of `done(result)` and `failed(error)` follows on this thread.

        Where `owner` (a page, a dialog) has been deleted meanwhile, neither is called.
        Raises RuntimeError after `close`.
        """
        job: Job[T] = Job(work, done, failed, owner)
        self._worker.submit(job.run)
        self._jobs.append(job)
        job.finished.connect(lambda: self._forget(job))
        if len(self._jobs) == 1:
            self.busyChanged.emit(True)
        return job

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def wait_idle(self, timeout_ms: int = 30_000) -> bool:
        """Let events run until every job has been delivered; False if that took longer than `timeout_ms`."""
        until = time.monotonic() + timeout_ms / 1000
        # What one job's end begins, or what begins by itself meanwhile, is waited for as well.
        while self._jobs and (left := until - time.monotonic()) > 0:
            loop = QEventLoop()
            self.busyChanged.connect(loop.quit)
            QTimer.singleShot(round(left * 1000), loop, loop.quit)
            loop.exec()
            self.busyChanged.disconnect(loop.quit)
        return not self._jobs

    def close(self) -> None:
        """Ask every job to stop, wait for the thread to end; nothing is delivered afterwards."""
        for job in self._jobs:
            job.cancel()
            job._returned.disconnect()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()

    def _forget(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
            if not self._jobs:
                self.busyChanged.emit(False)
