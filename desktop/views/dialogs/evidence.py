"""佐证材料 looked at: one file after another, shown here where that is possible, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.progress import Progress
from desktop.domain.report import Evidence
from desktop.jobs.runner import Job
from desktop.services import evidencing, previewing
from desktop.services.previewing import Form, Shelf, Shown, Use
from desktop.views.context import Context
from desktop.views.dialogs.evidence_parts import EvidenceBar, EvidenceStage
from desktop.views.errors import sentence_of, show_in_banner
from desktop.views.files import EVERYTHING
from desktop.views.pictures import Page, page_image, picture_page
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import button, footer_bar
from desktop.wording import evidence as words


@dataclass(frozen=True)
class Opened:
    """A file as it was read: what can be shown of it, its first page where it has pages, where it is used."""

    shown: Shown
    page: Page | None
    uses: tuple[Use, ...]


class EvidenceDialog(QDialog):
    """Shows the files of an entry. Esc closes; Alt+← and Alt+→ go from file to file, PgUp and PgDn from page to page."""

    def __init__(
        self, context: Context, files: Sequence[Evidence], digest: str, shelf: Shelf, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._context, self._shelf = context, shelf
        # Names out of a package are whatever its maker wrote.
        self._files = tuple(replace(e, name=evidencing.told_name(e.name)) for e in files)
        self._at = next((n for n, e in enumerate(self._files) if e.digest == digest), 0)
        self._opened: Opened | None = None
        self._job: Job | None = None
        self.setObjectName("evidence_dialog")
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.bar = EvidenceBar(context.icons)
        self.stage = EvidenceStage(context.icons, self.open_outside)
        self.trouble = Banner(context.icons)
        self.trouble.setObjectName("evidence_banner")
        self.trouble.hide()
        self._working = JobBar()
        self._used = ElidedLabel("", "caption")
        self._used.setObjectName("evidence_used")
        self._arrange()
        self._listen()
        self.open_file(self._at)

    def _arrange(self) -> None:
        keep = button("另存为…", "tool", "evidence_keep", self.keep)
        outside = button("用电脑上的程序打开", "tool", "evidence_outside", self.open_outside)
        close = button("关闭", "tool", "evidence_close", self.accept)
        foot = footer_bar(self._context.icons)
        buttons = row(self._used, keep, outside, close, margins=(12, 8, 12, 8))
        buttons.setStretch(0, 1)
        foot.setLayout(buttons)
        said = column(self.trouble, self._working, gap=0)
        self.setLayout(column(self.bar, said, self.stage, foot, gap=0))
        self.layout().setStretch(2, 1)
        px, above = self._context.theme.px, self.parentWidget()
        room = above.window().size() if above is not None else self.screen().availableSize()
        self.resize(min(px(900), room.width() - 24), min(px(640), room.height() - 24))

    def _listen(self) -> None:
        view = self.stage.picture
        self.bar.fileWanted.connect(lambda step: self.open_file(self._at + step))
        self.bar.pageWanted.connect(self._turn)
        self.bar.zoomWanted.connect(lambda step: view.zoom_by(step) if step else view.fit())
        view.zoomChanged.connect(self.bar.show_zoom)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda step=step: self.open_file(self._at + step)
            )
        for keys, step in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(keys), self.stage.picture).activated.connect(
                lambda step=step: self._turn(step)
            )
        self.finished.connect(self._stop)

    @property
    def file(self) -> Evidence:
        return self._files[self._at]

    def open_file(self, at: int) -> None:
        """Read a file and show it; beyond the first and the last nothing happens."""
        if not 0 <= at < len(self._files):
            return
        self._at, self._opened = at, None
        file, shelf = self.file, self._shelf
        self.trouble.hide()
        self.setWindowTitle(file.name)
        self.bar.show_file(file, at, len(self._files))
        self.stage.clear()
        self._used.setText("")

        def work(progress: Progress) -> Opened:
            progress(file.name, 0, 0)
            shown = previewing.show(file, shelf.read(file))
            page, shown = _first_page(file, shown, progress)
            return Opened(shown, page, shelf.uses(file.digest))

        self._run(work, self._show)

    def _show(self, opened: Opened) -> None:
        self._opened = opened
        used = words.used_in(opened.uses, self.file.name)
        self._used.setText(used)
        self._used.setToolTip(used)
        self.bar.show_caption(words.caption(self.file, opened.shown.encoding, opened.shown.cut))
        if opened.page is not None:
            self._show_page(opened.page)
        else:
            self.stage.show_file(self.file, opened.shown, used)

    def _show_page(self, page: Page) -> None:
        self.stage.show_page(page.image, self.file.name, page.size.isEmpty())
        self.bar.show_page(page.number, page.pages)
        self.bar.show_zoom(self.stage.picture.zoom_word)

    def _turn(self, step: int) -> None:
        """Another page of the file that is shown."""
        opened = self._opened
        if opened is None or opened.page is None:
            return
        number, file = self.bar.page + step, self.file
        if 0 <= number < opened.page.pages:
            self._run(lambda progress: _page(file, opened.shown, number, progress), self._show_page)

    def _run(self, work: object, done: object) -> None:
        """One job at a time: what is asked for now takes the place of what is still being read."""
        self._stop()
        asked = self._at

        def told(result: object) -> None:
            if asked == self._at:
                done(result)

        def failed(error: Exception) -> None:
            if asked == self._at:
                self._failed(error)

        self._job = self._context.runner.run(work, told, failed, owner=self)
        self._working.watch(self._job, "正在打开")

    def _stop(self) -> None:
        if self._job is not None and self._job.running:
            self._working.leave()
            self._job.cancel()
        self._job = None

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            said = sentence_of(error)
            # What could not be read here, is not handed to another program either.
            self.stage.say(self.file, said.title, said.text, outside=self._opened is not None)
        elif not isinstance(error, CancelledError):
            self._context.show_error(error)

    def open_outside(self) -> None:
        """A copy in the system's own program, so that the kept file cannot be changed by accident."""
        folder = self._context.paths.user / "opened"
        try:
            copy = evidencing.copy_of(self._shelf.read(self.file), self.file, folder)
        except UserError as error:
            show_in_banner(self.trouble, error)
            return
        if not self._context.files.show(copy):
            self.trouble.say("warn", *words.NO_PROGRAM)
            self.trouble.show()

    def keep(self) -> None:
        """A copy under its own name, where the person wants it."""
        from desktop.services.exporting import write_named

        path = self._context.files.save_file("另存佐证材料", self.file.name, (EVERYTHING,))
        if path is None:
            return
        try:
            (written,) = write_named({path: self._shelf.read(self.file)})
        except UserError as error:
            show_in_banner(self.trouble, error)
            return
        self.trouble.say("good", f"已另存为“{written.path.name}”", str(written.path.parent))
        self.trouble.show()


def _first_page(file: Evidence, shown: Shown, progress: Progress) -> tuple[Page | None, Shown]:
    """The first page of what has pages; where it cannot be drawn, why."""
    if shown.form not in (Form.PICTURE, Form.PDF):
        return None, shown
    try:
        return _page(file, shown, 0, progress), shown
    except UserError as error:
        return None, Shown(Form.OTHER, shown.data, trouble=error)


def _page(file: Evidence, shown: Shown, number: int, progress: Progress) -> Page:
    if shown.form is Form.PDF:
        return page_image(previewing.pdf_page(file, shown.data, number, progress), number)
    return picture_page(shown.data, number, file.name)


def show_evidence(
    context: Context, files: Sequence[Evidence], digest: str, asker: QWidget, shelf: Shelf | None = None
) -> None:
    """Opens the dialog on one of these files, which lie in the workspace unless another `shelf` holds them."""
    if shelf is None:
        if context.store is None:
            return
        shelf = previewing.kept_here(context.store)
    if not any(e.digest == digest for e in files):
        return
    dialog = EvidenceDialog(context, files, digest, shelf, asker.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
