"""Slow work off the screen's thread: progress, cancel, results back on the screen's thread.

Two workers: what writes, or takes long, runs one after the other on the first; a short reading that somebody waits for
while typing does not wait behind it, and runs on the second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.domain.errors import CancelledError
from desktop.domain.progress import Progress
from desktop.jobs.collecting import ScreenCollector

T = TypeVar("T")

# More than twenty reports a second are not seen, but keep the screen's thread busy.
_LEAST_PAUSE = 0.05


class Job(QObject, Generic[T]):
    """One piece of work. Signals arrive on the thread that started it."""

    progressed = Signal(str, int, int)
    finished = Signal()
    _told_step = Signal(str, int, int)

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
        self._result: T | None = None
        self._error: Exception | None = None
        self.running = True
        # By way of this thread's queue: who connects right after `run` misses nothing.
        self._told_step.connect(self._report)

    def cancel(self) -> None:
        """Ask the work to stop: its next call of progress raises CancelledError, which `failed` receives."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def run(self) -> None:
        """Called on a worker."""
        try:
            self._told("", 0, 0)
            self._result = self._work(self._told)
        except Exception as error:
            self._error = error

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

    def deliver(self) -> None:
        """Called on the thread that started it, once the work has ended."""
        self.running = False
        result, error = self._result, self._error
        self._result = self._error = None
        try:
            if self._owned and not isValid(self._owner):
                return
            if error is None:
                self._done(cast(T, result))
            else:
                self._failed(error)
        finally:
            self.finished.emit()


class JobRunner(QObject):
    """Runs jobs one after the other on a thread that lives until `close`, and short readings on another beside it.

    What a job holds (pages, by way of its functions) is let go on the screen's thread, never on a worker:
    neither by Python's collector, nor because a worker was the last to know of it.
    """

    busyChanged = Signal(bool)
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._jobs: dict[int, Job] = {}
        self._numbers = count()
        self._ended.connect(self._deliver)
        self._collector = ScreenCollector(self)

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
        return self._begin(self._worker, Job(work, done, failed, owner))

    def read(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        owner: QObject | None = None,
    ) -> Job[T]:
        """As `run`, for a short reading: it waits for other readings only, and may come between any two steps of a job.

        `work` writes nothing, neither into the store nor anywhere else: two threads that write would take turns in
        no order. A transaction of a job is whole to it, for the store is locked while one is open.
        """
        return self._begin(self._reader, Job(work, done, failed, owner))

    def _begin(self, worker: ThreadPoolExecutor, job: Job[T]) -> Job[T]:
        number = next(self._numbers)
        self._jobs[number] = job
        try:
            worker.submit(self._run, number)
        except RuntimeError:
            del self._jobs[number]
            raise
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
        """Ask every job to stop, wait for both threads to end; nothing is delivered afterwards."""
        for job in self._jobs.values():
            job.cancel()
        self._ended.disconnect()
        for worker in (self._worker, self._reader):
            worker.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()
        self._collector.close()

    def _run(self, number: int) -> None:
        """Called on a worker, which knows jobs by number and holds none when it says that one has ended."""
        self._jobs[number].run()
        self._ended.emit(number)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        if number not in self._jobs:
            return
        try:
            self._jobs[number].deliver()
        finally:
            self._jobs.pop(number, None)
            if not self._jobs:
                self.busyChanged.emit(False)
