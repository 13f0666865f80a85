"""Reads what the checks find in a quarter's accepted reports, beside whatever job runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import CancelledError
from desktop.jobs.runner import Job
from desktop.services import noticing
from desktop.services.noticing import Noticed
from desktop.storage import Store
from desktop.views.context import Context


class NoticeReader(QObject):
    """`found(Noticed, or None while nothing is known of another quarter)`; each reading takes the place of the one before."""

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = ("", "")
        self._job: Job[Noticed] | None = None

    def read(self, store: Store, plan_id: str, quarter: str) -> None:
        """Reads anew; what is known of the same quarter stays until then."""
        if self._job is not None:
            self._job.cancel()
        if (plan_id, quarter) != self._shown:
            self._shown = (plan_id, quarter)
            self.found.emit(None)
        job = self._context.runner.read(
            lambda progress: noticing.noticed(store, plan_id, quarter, progress),
            lambda noticed: self._done(job, noticed),
            lambda error: self._failed(job, error),
            owner=self,
        )
        self._job = job

    def _done(self, job: Job[Noticed], noticed: Noticed) -> None:
        # What was asked before is no answer any more.
        if job is self._job:
            self._job = None
            self.found.emit(noticed)

    def _failed(self, job: Job[Noticed], error: Exception) -> None:
        if job is self._job:
            self._job = None
        if not isinstance(error, CancelledError):
            self._context.show_error(error)
