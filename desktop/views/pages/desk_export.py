"""导出通报…: what is printed is asked, then summary and workbook rendered, written, read back; then looked at or found in their folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.bulletin import BULLETIN_HEADINGS, BulletinPart, BulletinSection
from desktop.domain.errors import UserError
from desktop.domain.progress import Progress
from desktop.domain.quarter import Quarter
from desktop.domain.summary import SummaryDocument
from desktop.jobs.runner import Job
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.layout import column
from desktop.views.widgets.notices import Banner, JobBar
from desktop.wording import bulletin as words
from desktop.wording.paper import faces_in_brief, faces_used

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity
    from desktop.services.summarising import SummaryFiles
    from desktop.services.writing import WrittenFile

_STEPS = {
    "score": "评分",
    "render": "排版通报",
    "workbook": "做汇总工作簿",
    "sign": "签名",
    "write": "写入",
    "compare": "读回来核对",
}


@dataclass(frozen=True)
class _Made:
    """A bulletin that is set and perhaps signed; `stale`: edited sections that the data have left behind."""

    document: SummaryDocument
    files: SummaryFiles
    stale: tuple[BulletinSection, ...]


@dataclass(frozen=True)
class _Place:
    """Where the files go: `stem` begins their names."""

    stem: str
    folder: Path
    signed: bool = False

    def pdf(self, document: SummaryDocument) -> Path:
        return self.folder / f"{_pdf_stem(self.stem, document)}{'（已签名）' if self.signed else ''}.pdf"

    @property
    def workbook(self) -> Path:
        return self.folder / f"{self.stem}_汇总.xlsx"


class SummaryExport(QWidget):
    """The export's own line on the page: how far it is, and what came of it. Nothing is shown before it began."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._looked = context, False
        self.bar = JobBar()
        self.bar.setObjectName("export_job")
        self.banner = Banner(context.icons)
        self.banner.setObjectName("export_banner")
        self.banner.hide()
        self.setLayout(column(self.banner, self.bar, gap=8, margins=(12, 8, 12, 8)))
        self.hide()

    def start(self, document: SummaryDocument, stem: str, ended: Callable[[], object]) -> None:
        """Asks what to print and for a folder, and writes `stem`_通报.pdf (_汇总 without a letter) and `stem`_汇总.xlsx."""
        from desktop.services.announcing import keep_choice, last_choice
        from desktop.views.dialogs.bulletin import BulletinDialog

        context, store = self._context, self._context.open_store
        dialog = BulletinDialog(context, document, last_choice(store), self.window())
        choice = dialog.choice if dialog.exec() else None
        dialog.deleteLater()
        folder = context.files.folder("通报放在哪里") if choice is not None else None
        if choice is None or folder is None:
            ended()
            return
        keep_choice(store, choice)

        def made(progress: Progress) -> SummaryDocument:
            from desktop.services.announcing import announced

            return announced(store, document, choice, progress)

        self._make(made, _Place(stem, folder), None, ended)

    def look_for_lost(self) -> None:
        """Words of a 通报 that were in the hand when the program ended are put back, and it says so; once."""
        from desktop.services import rescuing

        context, store = self._context, self._context.store
        if self._looked or store is None:
            return
        self._looked = True
        found = rescuing.rescue_section(store, context.actor, context.now())
        if found is None:
            return
        quarter = Quarter.parse(found.quarter).chinese
        self.banner.clear_actions()
        told = words.rescued(quarter, BULLETIN_HEADINGS[found.name], found.restored, found.words)
        self.banner.say("warn" if found.words else "good", *told)
        self.banner.add_action("知道了", self.hide, "tool", "close_banner")
        self.banner.show()
        self.show()

    def _make(
        self,
        made: Callable[[Progress], SummaryDocument],
        place: _Place,
        identity: SigningIdentity | None,
        ended: Callable[[], object],
    ) -> None:
        """Sets it, and asks before anything is written where something in it wants a look."""
        context, store = self._context, self._context.open_store

        def work(progress: Progress) -> _Made:
            from desktop.services.announcing_text import stale_sections
            from desktop.services.summarising import summary_files

            told = _told(progress)
            assert context.faces is not None
            document = made(told)
            files = summary_files(document, context.faces(), told, identity=identity, at=context.now())
            return _Made(document, files, stale_sections(store, document))

        def done(ready: _Made) -> None:
            # What is signed was looked at when it was written out for the first time.
            if identity is None and (ready.files.places or ready.stale):
                self._ask(ready, place, ended)
            else:
                self._write(ready, place, ended)

        self._watch(context.runner.run(work, done, self._failing(ended), self))

    def _ask(self, ready: _Made, place: _Place, ended: Callable[[], object]) -> None:
        headings = [BULLETIN_HEADINGS[name] for name in ready.stale]
        self.banner.clear_actions()
        self.banner.say("warn", *words.before_writing(ready.files.places, headings))
        self.banner.add_action(
            "照样导出", lambda: self._write(ready, place, ended), "tool", "export_all_the_same"
        )
        self.banner.add_action("不导出", self.hide, "tool", "close_banner")
        self.banner.show()
        ended()

    def _write(self, ready: _Made, place: _Place, ended: Callable[[], object]) -> None:
        context, store = self._context, self._context.open_store
        document, files = ready.document, ready.files

        def work(progress: Progress) -> tuple[WrittenFile, ...]:
            from desktop.services.exporting import export_summary

            _told(progress)("write", 0, 1)
            return export_summary(
                store, document, files, place.pdf(document), place.workbook, context.actor, context.now()
            )

        def done(written: tuple[WrittenFile, ...]) -> None:
            self._say_done(files, written, place.folder)
            if not place.signed and self._may_sign():
                self.banner.add_action(
                    "签名…", lambda: self._sign(document, place, ended), "tool", "sign_summary"
                )
            self.banner.add_action("知道了", self.hide, "tool", "close_banner")
            ended()

        self._watch(context.runner.run(work, done, self._failing(ended), self))

    def _watch(self, job: Job[Any]) -> None:
        self.banner.hide()
        self.show()
        self.bar.watch(job)

    def _failing(self, ended: Callable[[], object]) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.banner.clear_actions()
                show_in_banner(self.banner, error)
            else:
                self.hide()
                self._context.show_error(error)
            ended()

        return failed

    def _may_sign(self) -> bool:
        store = self._context.store
        key = store.keys.get("signer") if store is not None else None
        return key is not None and bool(key.certificate)

    def _sign(self, document: SummaryDocument, place: _Place, ended: Callable[[], object]) -> None:
        """The same summary once more, signed, beside the first."""
        from desktop.views.dialogs.passphrase import unlock_signer

        identity = unlock_signer(
            self._context, self, "给通报签名", "签名的 PDF 另存一份，里面带着同一份数据。"
        )
        if identity is not None:
            self._make(lambda _: document, replace(place, signed=True), identity, ended)

    def _say_done(self, files: SummaryFiles, written: tuple[WrittenFile, ...], folder: Path) -> None:
        names = "、".join(f"“{file.path.name}”" for file in written)
        text = f"{names}在 {folder}。"
        if files.places:
            text += words.printed_lacking(files.places)
        text += faces_in_brief(files.faces)
        signed = f"，{files.signer}签名" if files.signer else ""
        title = f"通报已写好并核对，共{files.pages}页{signed}"
        self.banner.clear_actions()
        self.banner.say("warn" if files.places else "good", title, text)
        self.banner.text.setToolTip(f"字体：{faces_used(files.faces)}")
        self.banner.add_action(
            "看 PDF", lambda: self._look(written[0].path.name, files.pdf), "tool", "look_pdf"
        )
        self.banner.add_action("打开文件夹", lambda: self._context.files.show(folder), "tool", "open_folder")
        self.banner.show()

    def _look(self, name: str, pdf: bytes) -> None:
        from desktop.views.dialogs.paper import show_paper

        show_paper(self._context, name, pdf)


def _told(progress: Progress) -> Progress:
    """Steps in the words of this export."""

    def told(step: str, done: int, total: int) -> None:
        progress(_STEPS.get(step, "排版通报"), done, total)

    return told


def _pdf_stem(stem: str, document: SummaryDocument) -> str:
    """A file without a letter is no 通报."""
    parts = document.bulletin.parts if document.bulletin else ()
    return f"{stem}_{'通报' if BulletinPart.LETTER in parts else '汇总'}"
