"""证书: whom this workspace trusts, who signs here, and the way there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import Issued, TrustState
from desktop.services import certifying, enrolling
from desktop.views.context import Context
from desktop.views.dialogs.change_passphrase import change_passphrase
from desktop.views.dialogs.revoke import RevokeDialog, told_revoked
from desktop.views.pages.keys_city import RootCard, UnitTable
from desktop.views.pages.keys_cosigners import CoSignerCards
from desktop.views.pages.keys_county import CountyRoad
from desktop.views.pages.keys_form import ROOT_NOT_RECOVERABLE, SignerForm
from desktop.views.pages.keys_revoked import RevokedList
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane

FOUNDING = (
    "市里先建一套自己的证书：一个根证书，各单位都认它；一个签发证书，给各单位的签发人发证书。"
    "建好以后给各单位发邀请，他们打电话来核对指纹，再申请证书。钥匙只在这台电脑上。"
)


class KeysPage(QWidget):
    """The city founds its authority and invites units; a unit walks its three steps."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("keys")
        self._context = context
        self._caption = label("", tone="text2", name="keys_caption")
        self._change = button("改口令…", "tool", "keys_change_passphrase", self._change_passphrase)
        self._banner = Banner(context.icons)
        self._banner.setObjectName("keys_banner")
        self._banner.hide()
        self._open = self._banner.add_action("打开文件夹", self._open_folder, name="keys_open_folder")
        self._folder: Path | None = None
        self._bar = JobBar()
        self._form = SignerForm(
            context,
            "建立本市的证书",
            "authority",
            hint="签发任务包、收下季报的人",
            warning=ROOT_NOT_RECOVERABLE,
        )
        self._form.filled.connect(self._found)
        self._root, self._units = RootCard(context), UnitTable(context, self._bar)
        self._root.exported.connect(
            lambda path: self._say("根证书已写出并核对", f"写成了“{path}”。", path.parent)
        )
        self._units.invited.connect(self._invited)
        self._units.revoking.connect(self._ask_revoking)
        self._revoked = RevokedList(context)
        self._road = CountyRoad(context, self._bar)
        self._road.done.connect(lambda title, text: self._say(title, text, None))
        self._cosigners = CoSignerCards(context, self._bar)
        self._cosigners.done.connect(lambda title, text: self._say(title, text, None))
        self._unit = QWidget()
        self._unit.setLayout(column(self._road, self._cosigners, gap=20))
        self._parts = (self._founding(), self._city(), self._unit)
        self._arrange()

    def _arrange(self) -> None:
        head = row(label("证书", "title"), self._caption, None, self._change, gap=14)
        ground = pane("surface")
        inside = column(head, self._banner, self._bar, *self._parts, None, gap=12, margins=(24, 14, 24, 12))
        ground.setLayout(inside)
        scroll = Scroll()
        scroll.setObjectName("keys_scroll")
        scroll.setWidget(ground)
        self.setLayout(row(scroll))

    def _founding(self) -> QWidget:
        card = pane("card")
        card.setLayout(
            column(
                label("先建立本市的证书", "strong"),
                label(FOUNDING, tone="text2", wrap=True),
                self._form,
                gap=12,
                margins=(20, 16, 20, 16),
            )
        )
        card.setMaximumWidth(self._context.theme.px(640))
        # Beside a stretch: a layout asks for the height at the whole width, and a card is not that wide.
        line = row(card, None, gap=0)
        line.setStretch(0, 1000)
        made = QWidget()
        made.setLayout(column(line, None))
        return made

    def _city(self) -> QWidget:
        made = QWidget()
        made.setLayout(column(self._root, self._units, self._revoked, None, gap=18))
        return made

    def refresh(self) -> None:
        """Reads anew; what is being typed into a form stays."""
        store = self._context.store
        if store is None:
            return
        founded = store.keys.get("root") is not None
        self._change.setVisible(store.keys.get("signer") is not None)
        if not store.workspace.leads:
            self._caption.setText("签发季报要用。三步办好，一次管两年")
            self._road.refresh()
            self._cosigners.refresh()
            self._cosigners.setVisible(enrolling.trust_of(store) is not None)
            self._show(self._unit)
        elif founded:
            self._caption.setText("")
            self._root.refresh()
            self._units.refresh()
            self._revoked.refresh()
            self._show(self._parts[1])
        else:
            self._caption.setText("下发任务、收下季报都要用")
            self._show(self._parts[0])

    def leave(self) -> None:
        """What was done is said once."""
        self._banner.hide()

    def _show(self, shown: QWidget) -> None:
        for part in self._parts:
            part.setVisible(part is shown)

    def _found(self, person: str, passphrase: str) -> None:
        context, store, now = self._context, self._context.open_store, self._context.now()
        self._form.set_busy(True)
        job = context.runner.run(
            lambda progress: certifying.found_authority(
                store, person, passphrase, context.rounds, context.actor, now
            ),
            self._founded,
            self._not_founded,
            owner=self,
        )
        self._form.bar.watch(job)

    def _founded(self, trust: TrustState) -> None:
        self._form.clear()
        self._form.set_busy(False)
        self._say("本市的证书建好了", "下一步：勾选单位，生成邀请。", None)
        self._context.tell_changed()
        self.refresh()
        # The form is gone with its focus: what comes next takes it, not the rail.
        self._units.take_focus()

    def _not_founded(self, error: Exception) -> None:
        if not self._form.refused(error):
            self._context.show_error(error)

    def _invited(self, folder: Path, files: int) -> None:
        self._say(
            f"{files}份邀请已写出并核对",
            f"写进了“{folder}”。交给各单位，他们会打电话来核对上面的指纹。",
            folder,
        )
        self._context.tell_changed()
        self.refresh()

    def _ask_revoking(self, issued: Issued) -> None:
        dialog = RevokeDialog(self._context, issued, parent=self.window())
        dialog.revoked.connect(self._was_revoked)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _was_revoked(self, issued: Issued) -> None:
        self._say(*told_revoked(self._context.open_store, issued), None)
        self._context.tell_changed()
        self.refresh()

    def _change_passphrase(self) -> None:
        if change_passphrase(self._context, self):
            self._say("口令已经换了", "证书没有变。以后签名用新口令。", None)

    def _say(self, title: str, text: str, folder: Path | None) -> None:
        self._folder = folder
        self._open.setVisible(folder is not None)
        self._banner.say("good", title, text)
        self._banner.show()

    def _open_folder(self) -> None:
        if self._folder is not None:
            self._context.files.show(self._folder)
