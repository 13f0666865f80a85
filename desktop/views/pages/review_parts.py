"""Parts of the review page: what is compared with what, the counts of findings, the preview of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.missing_signs import MissingSign
from desktop.domain.paper_faces import FaceUse
from desktop.domain.plan import Severity
from desktop.domain.progress import Progress
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportState
from desktop.jobs.runner import Job
from desktop.services import composing, evidencing, exporting, reviewing, surveying
from desktop.services.cosigning import PARTLY_SIGNED
from desktop.services.reviewing import FieldChange
from desktop.services.surveying import FillingOverview
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.icons import MARKS
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.pdf_view import PdfBar, PdfView
from desktop.views.widgets.styling import button, footer_bar, label, mark
from desktop.wording import paper
from desktop.wording.evidence import weight
from desktop.wording.terms import file_size, month_day, revision

_UNSIGNED = (ReportState.DRAFT, ReportState.REVIEWED)


@dataclass(frozen=True)
class Comparison:
    """What a revision is compared with; `name` is empty where there is nothing to compare it with."""

    name: str = ""
    caption: str = ""
    changes: tuple[FieldChange, ...] = ()
    revised: bool = True

    @property
    def title(self) -> str:
        if not self.name:
            return "逐条看"
        if not self.changes:
            return f"和{self.name}完全相同"
        return f"和{self.name}比，{self.count}"

    @property
    def count(self) -> str:
        """改了6处 of a revision; of another quarter nothing was changed, it differs."""
        return f"改了{len(self.changes)}处" if self.revised else f"有{len(self.changes)}处不同"


def comparison(store: Store, report: Report) -> Comparison:
    """Against the revision before; for a first one against last quarter; else against nothing."""
    before = surveying.revision_before(store, report)
    if before is not None:
        name = revision(before.revision)
        returned = before.state is ReportState.RETURNED and before.decided_at is not None
        caption = f"{name}{month_day(before.decided_at)}退回" if returned and before.decided_at else ""
        if before.state is ReportState.WITHDRAWN:
            caption = f"{name}已撤回"
        return Comparison(name, caption, reviewing.changes(store, report))
    last = surveying.previous_report(store, report)
    if last is None:
        return Comparison()
    changes = reviewing.changes_since_last_quarter(store, report)
    return Comparison(Quarter.parse(last.quarter).chinese, "", changes, revised=False)


class ChecksBar(QFrame):
    """检查结果: how many must be mended, should be looked at, are told. `wanted` for 逐条看."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        bar = footer_bar(icons, "checks_bar")
        self._marks = {severity: label() for severity in Severity}
        self._counts = {severity: label("", name=f"count_{severity.value}") for severity in Severity}
        parts: list[QWidget | int] = []
        for severity in Severity:
            parts += [self._marks[severity], self._counts[severity], 4]
        self.link = button("逐条看", "smallLink", "look_at_findings", self.wanted.emit)
        self._head = label("检查结果", "strong")
        self.weight = ElidedLabel("", "caption", whole=True)
        self.weight.setObjectName("package_weight")
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = row(self._head, 4, *parts, self.weight, self.link, gap=6, margins=(14, 8, 14, 8))
        layout.setStretch(layout.indexOf(self.weight), 1)
        bar.setLayout(layout)
        self.setLayout(row(bar))
        self._icons = icons

    def set_compact(self, compact: bool) -> None:
        """The counts say enough where room is short."""
        self._head.setHidden(compact)

    def show_counts(self, seen: FillingOverview) -> None:
        found = [f for r in seen.rows for f in r.open_findings]
        for severity in Severity:
            count = sum(f.severity is severity for f in found)
            word = MARKS[severity][2]
            self._counts[severity].setText(f"{word} {count}")
            good = severity is Severity.ERROR and not count and seen.filled == len(seen.rows)
            self._marks[severity].setPixmap(self._icons.mark_pixmap("ok" if good else severity))
            # What there is none of calls for nobody's eye.
            self._marks[severity].setVisible(good or count > 0)
            mark(self._counts[severity], tone="text" if count else "text2")
        self.link.setVisible(bool(found))
        load = evidencing.load_of(r.entry for r in seen.rows)
        self.weight.setText(f"报送文件约{file_size(load.size)}")
        self.weight.setToolTip(weight(0, 0, load.size, evidencing.PACKAGE_LIMIT, load.near))
        mark(self.weight, tone="warn" if load.near else "")


class Preview(QWidget):
    """The pages as they will be signed, or the very file that was; made by a job, one at a time."""

    def __init__(self, context: Context, footer: QFrame) -> None:
        super().__init__()
        self._context = context
        self._shown: object = None
        self._job: Job[_Made] | None = None
        self.view = PdfView(context.icons)
        self.view.setObjectName("preview")
        self.bar = PdfBar(context.icons, self.view, "签发件预览")
        self.progress = JobBar()
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName("preview_trouble")
        self.trouble.hide()
        self.faces = ElidedLabel("", "caption")
        self.faces.setObjectName("preview_faces")
        self.faces.setContentsMargins(12, 4, 12, 4)
        self.faces.hide()
        self.setLayout(column(self.bar, self.faces, self.progress, self.trouble, self.view, footer, gap=0))
        self.layout().setStretch(4, 1)
        self.setMinimumWidth(context.theme.px(420))

    def put_over_footer(self, strip: QWidget) -> None:
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, strip)

    def show_report(self, report: Report, seen: FillingOverview, signed: object = None) -> None:
        """Render unless exactly this is shown; a preview that is being made for something older is dropped."""
        assert self._context.store is not None
        written = composing.written(self._context.store, report.id)
        state = (report, seen.rows, self._context.today(), written, signed)
        if state == self._shown:
            return
        self._shown = state
        if self._job is not None:
            self._job.cancel()
        self.trouble.hide()
        self.faces.hide()
        work = _work(self._context, report)
        self._job = self._context.runner.run(
            work,
            lambda made: self._made(state, made),
            lambda error: self._failed(state, error),
            owner=self,
        )
        self.progress.watch(self._job)

    def _made(self, state: object, made: _Made) -> None:
        if state != self._shown:
            return
        self._job = None
        page = self.view.page
        self.view.show_pdf(made.pdf)
        self.view.go_to(min(page, self.view.pages))
        draft = isinstance(state, tuple) and state[0].state is ReportState.DRAFT
        self.bar.caption.setText("照现在填的排版" if draft else "签发的就是这一份")
        said = paper.faces_lacking(made.faces)
        self.faces.setText(said)
        self.faces.setVisible(bool(said))
        if made.places:
            self.trouble.say("warn", paper.lacking(made.places), paper.lacking_all(made.places))
            self.trouble.setToolTip("")
            self.trouble.show()

    def _failed(self, state: object, error: Exception) -> None:
        if state != self._shown or isinstance(error, CancelledError):
            return
        self._job, self._shown = None, None
        if isinstance(error, UserError):
            show_in_banner(self.trouble, error)
        else:
            self._context.show_error(error)


@dataclass(frozen=True)
class _Made:
    """Pages to look at, where signs stand that cannot be printed, and the faces as far as they are known."""

    pdf: bytes
    places: tuple[MissingSign, ...] = ()
    faces: tuple[FaceUse, ...] = ()


def _work(context: Context, report: Report) -> Callable[[Progress], _Made]:
    store, faces, now = context.store, context.faces, context.now()
    assert store is not None and faces is not None

    def work(progress: Progress) -> _Made:
        progress("正在排版", 0, 1)
        if report.state not in _UNSIGNED:
            signed = store.reports.document(report.id, "report.pdf")
            if signed is not None:
                return _Made(signed, faces=exporting.kept_faces(store, report.id))
        partly = store.reports.document(report.id, PARTLY_SIGNED) if report.digest else None
        if partly is not None:
            return _Made(partly, faces=exporting.kept_faces(store, report.id))
        rendered = reviewing.preview(store, report, faces(), now)
        progress("正在排版", 1, 1)
        return _Made(rendered.pdf, rendered.places, rendered.faces)

    return work
