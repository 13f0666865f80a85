"""Writing the signed report's files to a stick or a folder: begun, followed, stopped, read back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.report import Report
from desktop.jobs.runner import Job
from desktop.services import sending, writing
from desktop.services.writing import WrittenFile
from desktop.views.context import Context
from desktop.views.pages.export_frame import ExportFrame
from desktop.views.pages.export_parts import SAME, WAITING

_STOPPING = "停止后，盘上不会留下半个文件"


class Writing(QObject):
    """`done(Report, written files)` once all were read back; `failed(error)`, also when the person stopped it."""

    done = Signal(object, object)
    failed = Signal(object)

    def __init__(self, context: Context, frame: ExportFrame) -> None:
        super().__init__(frame)
        self._context, self._frame = context, frame
        self._names: tuple[str, ...] = ()
        self._job: Job[tuple[Report, tuple[WrittenFile, ...]]] | None = None
        frame.stop.clicked.connect(self.cancel)

    @property
    def running(self) -> bool:
        return self._job is not None

    def begin(self, report_id: str, root: Path, folders: tuple[str, ...], names: tuple[str, ...]) -> None:
        """Writes a signed report into `root`, under folders that are made; `names`: its files, in their order."""
        store, context, now = self._context.open_store, self._context, self._context.now()
        self._names = names
        self._show()

        def work(progress: object) -> tuple[Report, tuple[WrittenFile, ...]]:
            place = writing.made_folder(root, *folders)
            return sending.submit(store, report_id, place, context.actor, now, progress)

        self._job = context.runner.run(work, self._done, self._failed, owner=self)
        self._job.progressed.connect(self._progressed)

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show(self) -> None:
        frame = self._frame
        frame.back.hide()
        frame.target.set_locked(True)
        frame.banner.setToolTip("")
        frame.show_actions(frame.stop)
        self._say("正在准备文件。")
        frame.banner.bar.set_share(0, 1)
        frame.banner.bar.show()
        frame.table.say_all(WAITING)
        frame.stages.show_stage(0, _STOPPING)

    def _say(self, text: str) -> None:
        self._frame.banner.say("info", "正在写入，先不要拔出", text)

    def _progressed(self, step: str, done: int, total: int) -> None:
        frame, half = self._frame, max(total // 2, 1)
        frame.banner.bar.set_share(done, total)
        if step == "write":
            self._say(f"正在写“{self._names[done % half]}”。")
            frame.stages.show_stage(0, _STOPPING)
        elif step == "compare":
            self._say(f"正在读回“{self._names[done % half]}”，逐个比对。")
            frame.stages.show_stage(2, _STOPPING)
            frame.table.say([SAME if number < done - half else WAITING for number in range(half)])

    def _done(self, made: tuple[Report, tuple[WrittenFile, ...]]) -> None:
        self._end()
        self.done.emit(*made)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        self._frame.banner.bar.hide()
