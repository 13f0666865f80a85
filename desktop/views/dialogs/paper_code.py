"""核对纸上的码: typed or scanned from a print; whose submission it is, how that one stands, or that none here has it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.bulletin import ExportedBulletin
from desktop.domain.errors import CancelledError, UserError
from desktop.domain.paper_code import PaperBulletin, PaperCopy, Recognised
from desktop.jobs.runner import Job
from desktop.services import recognising
from desktop.views.context import Context
from desktop.views.errors import sentence_of
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import button, label, pane
from desktop.wording import paper_code as words
from desktop.wording.steps import spoken

CAPTION = "核对纸上的码"
# Room for a digest out of a QR code, with whatever a scanner puts around it.
_LONGEST = 200


def open_paper_code(context: Context, window: QWidget) -> PaperCodeDialog:
    """Opens the dialog over a window; it deletes itself when it is closed."""
    dialog = PaperCodeDialog(context, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


class PaperCodeDialog(Dialog):
    """Enter checks, and the field stays ready for the next code; Esc closes. Nothing is written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(CAPTION, CAPTION, 560, parent)
        self.setObjectName("paper_code_dialog")
        self._context = context
        self._job: Job[Recognised] | None = None
        self.body.addWidget(
            label(
                "每页页脚印着核对码。照着写，大小写、空格和横线都不要紧；扫最后一页的二维码也行。",
                tone="text2",
                wrap=True,
            )
        )
        self.edit = QLineEdit()
        self.edit.setObjectName("paper_code")
        self.edit.setAccessibleName("核对码")
        self.edit.setPlaceholderText("四个字一组，共四组")
        self.edit.setMaxLength(_LONGEST)
        self.edit.setClearButtonEnabled(True)
        self.body.addWidget(labelled("核对码", self.edit))
        self.mended = label("", "caption", name="paper_code_mended", wrap=True)
        self.mended.hide()
        self.body.addWidget(self.mended)
        self.told = Banner(context.icons)
        self.told.setObjectName("paper_code_told")
        self.told.hide()
        self.body.addWidget(self.told)
        self._copies: QVBoxLayout = column(gap=12)
        self.body.addLayout(self._copies)
        self.progress = JobBar()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.add_button("关闭", name="paper_code_close", clicked=self.reject)
        self._go = self.add_button("核对", "primary", "paper_code_go", self.check)
        self.edit.textChanged.connect(self._typing)
        self._typing()
        self.edit.setFocus()

    def _typing(self) -> None:
        """What was told belongs to what was typed before."""
        self.told.hide()
        self.mended.hide()
        clear(self._copies)
        self._ready()

    def _ready(self) -> None:
        self._go.setEnabled(bool(self.edit.text().strip()) and self._job is None)

    def check(self) -> None:
        """Compares what is typed; one comparison at a time."""
        store, typed = self._context.store, self.edit.text()
        if store is None or self._job is not None:
            return
        self._typing()
        # Waiting packages are opened for it, and they may be large.
        self._job = self._context.runner.run(
            lambda progress: recognising.recognise(store, typed, spoken(progress)),
            self._show,
            self._failed,
            owner=self,
        )
        self.progress.watch(self._job, "正在核对")
        self._ready()

    def _show(self, found: Recognised) -> None:
        self._ended()
        said = words.mended(found.typed)
        self.mended.setText(said)
        self.mended.setVisible(bool(said))
        if not found.known:
            self.told.say("warn", *words.nothing(found))
            self.told.show()
        for copy in found.copies:
            self._copies.addWidget(self._card(copy))
        for bulletin in found.bulletins:
            self._copies.addWidget(self._bulletin_card(bulletin))

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UserError) and not isinstance(error, CancelledError):
            said = sentence_of(error)
            self.told.say("bad", said.title, said.text)
            self.told.show()
        elif not isinstance(error, CancelledError):
            self._context.show_error(error)

    def _ended(self) -> None:
        self._job = None
        self._ready()
        self.edit.selectAll()
        self.edit.setFocus()

    def _card(self, copy: PaperCopy) -> QFrame:
        """One submission: whose, which quarter, which time; what that means, and what is known of it."""
        tones = {words.STATE_LINE: words.tone(copy)}
        return self._said(words.headline(copy), words.advice(copy), words.lines(copy), tones)

    def _bulletin_card(self, bulletin: PaperBulletin) -> QFrame:
        """A bulletin of our own: when it was exported, and the way to the very file."""
        head, advice = words.headline(bulletin), words.bulletin_advice(bulletin)
        card = self._said(head, advice, words.bulletin_lines(bulletin), {})
        look = button("打开原件", "smallOutlined", "paper_code_look", lambda: self._look(bulletin.files[-1]))
        card.layout().addLayout(row(look, None))
        return card

    def _look(self, file: ExportedBulletin) -> None:
        """The bytes that were exported; nothing is made again."""
        from desktop.views.dialogs.paper import show_paper

        store = self._context.open_store
        try:
            show_paper(self._context, file.name, store.bulletins.file(file.file, file.name), self)
        except UserError as error:
            self._context.show_error(error)

    def _said(
        self, headline: str, advice: str, lines: tuple[tuple[str, str], ...], tones: dict[str, str]
    ) -> QFrame:
        card = pane("surface2", "paper_code_copy")
        head = label(headline, "strong", name="paper_code_head", wrap=True)
        told = label(advice, name="paper_code_advice", wrap=True)
        inside = column(head, told, gap=8, margins=(16, 12, 16, 12))
        for name, value in lines:
            tone = tones.get(name, "")
            said = label(value, tone=tone, name=f"paper_code_{name}", wrap=True)
            key = label(name, tone="text2")
            key.setFixedWidth(self._context.theme.px(64))
            line = row(key, said)
            line.setAlignment(key, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            inside.addLayout(line)
        card.setLayout(inside)
        return card

    def reject(self) -> None:
        """Closes; a comparison that still runs is stopped."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
