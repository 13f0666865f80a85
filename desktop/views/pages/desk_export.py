"""导出通报…: what is printed is asked, then summary and workbook rendered, written, read back; then looked at or found in their folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.bulletin import BulletinPart
from desktop.domain.errors import UserError
from desktop.domain.progress import Progress
from desktop.domain.report import SummaryDocument
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.layout import column
from desktop.views.widgets.notices import Banner, JobBar
from desktop.wording.paper import faces_used

if TYPE_CHECKING:
    from desktop.exchange.signing import SigningIdentity
    from desktop.services.sending import WrittenFile
    from desktop.services.summarising import SummaryFiles

_STEPS = {
    "score": "评分",
    "render": "排版通报",
    "workbook": "做汇总工作簿",
    "sign": "签名",
    "write": "写入",
    "compare": "读回来核对",
}


@dataclass(frozen=True)
class _Exported:
    document: SummaryDocument
    files: SummaryFiles
    written: tuple[WrittenFile, ...]


class SummaryExport(QWidget):
    """The export's own line on the page: how far it is, and what came of it. Nothing is shown before it began."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
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

        context, store = self._context, self._context.store
        assert store is not None
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

        self._write(made, stem, folder, None, ended)

    def _write(
        self,
        made: Callable[[Progress], SummaryDocument],
        stem: str,
        folder: Path,
        identity: SigningIdentity | None,
        ended: Callable[[], object],
    ) -> None:
        context = self._context

        def work(progress: Progress) -> _Exported:
            from desktop.services.exporting import write_named
            from desktop.services.summarising import summary_files

            def told(step: str, done: int, total: int) -> None:
                progress(_STEPS.get(step, "排版通报"), done, total)

            assert context.faces is not None
            document = made(told)
            files = summary_files(document, context.faces(), told, identity=identity, at=context.now())
            named = {
                folder / f"{_pdf_stem(stem, document)}{'（已签名）' if identity else ''}.pdf": files.pdf,
                folder / f"{stem}_汇总.xlsx": files.workbook,
            }
            told("write", 0, 1)
            return _Exported(document, files, write_named(named))

        def done(exported: _Exported) -> None:
            self._say_done(exported, folder)
            if identity is None and self._may_sign():
                self.banner.add_action(
                    "签名…",
                    lambda: self._sign(exported.document, stem, folder, ended),
                    "tool",
                    "sign_summary",
                )
            self.banner.add_action("知道了", self.hide, "tool", "close_banner")
            ended()

        def failed(error: Exception) -> None:
            if isinstance(error, UserError):
                self.banner.clear_actions()
                show_in_banner(self.banner, error)
            else:
                self.hide()
                context.show_error(error)
            ended()

        self.banner.hide()
        self.show()
        self.bar.watch(context.runner.run(work, done, failed, self))

    def _may_sign(self) -> bool:
        store = self._context.store
        key = store.keys.get("signer") if store is not None else None
        return key is not None and bool(key.certificate)

    def _sign(self, document: SummaryDocument, stem: str, folder: Path, ended: Callable[[], object]) -> None:
        """The same summary once more, signed, beside the first."""
        from desktop.views.dialogs.passphrase import unlock_signer

        identity = unlock_signer(
            self._context, self, "给通报签名", "签名的 PDF 另存一份，里面带着同一份数据。"
        )
        if identity is not None:
            self._write(lambda _: document, stem, folder, identity, ended)

    def _say_done(self, exported: _Exported, folder: Path) -> None:
        names = "、".join(f"“{file.path.name}”" for file in exported.written)
        missing = exported.files.missing
        tone = "warn" if missing else "good"
        text = f"{names}在 {folder}。"
        if missing:
            text += (
                f"这些字没有字形，印出来是空的：{'、'.join(missing)}。请改用常用字，或安装系统字体后再导出。"
            )
        text += f"字体：{faces_used(exported.files.faces)}"
        signed = f"，{exported.files.signer}签名" if exported.files.signer else ""
        title = f"通报已写好并核对，共{exported.files.pages}页{signed}"
        self.banner.clear_actions()
        self.banner.say(tone, title, text)
        self.banner.add_action("看 PDF", lambda: self._look(exported), "tool", "look_pdf")
        self.banner.add_action("打开文件夹", lambda: self._context.files.show(folder), "tool", "open_folder")
        self.banner.show()

    def _look(self, exported: _Exported) -> None:
        from desktop.views.dialogs.paper import show_paper

        show_paper(self._context, exported.written[0].path.name, exported.files.pdf)


def _pdf_stem(stem: str, document: SummaryDocument) -> str:
    """A file without a letter is no 通报."""
    parts = document.bulletin.parts if document.bulletin else ()
    return f"{stem}_{'通报' if BulletinPart.LETTER in parts else '汇总'}"
