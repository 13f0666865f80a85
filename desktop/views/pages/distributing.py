"""下发: a quarter's dates, who gets a task package, and writing them all in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.assignment import unassigned
from desktop.domain.errors import UserError
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.progress import Progress
from desktop.services import revoking
from desktop.views.context import Context
from desktop.views.dialogs.passphrase import PassphraseDialog
from desktop.views.errors import show_in_banner
from desktop.views.pages.distributing_quarters import QuarterSection
from desktop.views.pages.distributing_table import RecipientTable
from desktop.views.pages.outbox_list import OutboxList, say_written
from desktop.views.pages.plan import STEPS
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState, JobBar, SectionHead
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.step_bar import Steps
from desktop.views.widgets.styling import button, footer_bar, label, pane, rule
from desktop.wording import revoking as words
from desktop.wording.steps import spoken

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity
    from desktop.storage import Store

CARRIED = (
    PackageKind.PLAN,
    PackageKind.INVITATION,
    PackageKind.CERTIFICATE,
    PackageKind.RECEIPT,
    PackageKind.RETURN,
)


@dataclass(frozen=True)
class Distributed:
    """What came of distributing: the packages, and why they could not be written where they could not."""

    items: tuple[OutboxItem, ...]
    files: int
    error: Exception | None = None


def distribute_and_write(
    store: Store, plan_id: str, codes: tuple[str, ...], identity: SigningIdentity, folder: Path, context: Context,
    progress: Progress,
) -> Distributed:  # fmt: skip
    """Makes the packages and writes them; made packages stay in the outbox when writing is refused."""
    from desktop.services import sending

    now = context.now()
    items = sending.distribute(store, plan_id, codes, identity, context.actor, now, progress)
    try:
        files = sending.carry_out(store, [i.digest for i in items], folder, context.actor, now, progress)
    except Exception as error:
        return Distributed(items, 0, error)
    return Distributed(items, len(files))


class DistributingPage(QWidget):
    """Quarter and outbox at the left, the units in the middle, one button at the foot."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._busy = False
        self._plan_id = ""
        self.setObjectName("distributing")
        self._empty = EmptyState(
            context.icons, "doc", "还没有方案", "先导入行动方案，分派好任务，再下发。", "去导入方案",
            lambda: context.navigate("plan"),
        )  # fmt: skip
        self.quarters = QuarterSection(context)
        self.quarters.opened.connect(context.tell_changed)
        self.table = RecipientTable(context)
        self.table.recipients.ticked.connect(self._say)
        self.outbox = OutboxList(context, CARRIED)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body())
        self.setLayout(column(self._stack, gap=0))

    def _body(self) -> QWidget:
        context, px = self._context, self._context.theme.px
        icons = context.icons
        holder = pane("surface2")
        holder.setLayout(column(self.quarters, rule(), self.outbox, gap=16, margins=(16, 16, 16, 16)))
        holder.layout().setStretch(2, 1)
        left = Scroll()
        left.setWidget(holder)
        left.setFixedWidth(px(340))
        self._left = left
        self.keys_banner = Banner(icons, "warn")
        self.keys_banner.setObjectName("keys_banner")
        self.keys_banner.say(
            "warn", "还没有签名用的证书", "任务包要由本市的签发人签名。先办好证书，这里选好的都还在。"
        )
        self.keys_banner.add_action("去办证书", lambda: context.navigate("keys"), "outlined", "go_keys")
        self.gaps = Banner(icons, "warn")
        self.gaps.setObjectName("gaps_banner")
        self.gaps.add_action("去分派", lambda: context.navigate("assign"), "tool", "go_assign")
        self.lists_banner = Banner(icons, "warn")
        self.lists_banner.setObjectName("lists_banner")
        self.lists_banner.add_action("只选这几家", self._tick_untold, "tool", "tick_untold")
        self.result = Banner(icons, "good")
        self.result.setObjectName("result_banner")
        self.result.hide()
        self._tick = button("", "smallLink", "tick_all", self._turn_all)
        self._late = button("只选要发的", "smallLink", "tick_late", self._tick_late)
        tools = QWidget()
        tools.setLayout(row(self._late, self._tick, gap=8))
        self._units = SectionHead(icons, "选单位", number=2, trailing=tools)
        self.bar = JobBar()
        middle = pane()
        parts = (
            self.result,
            self.keys_banner,
            self.lists_banner,
            self.gaps,
            self._units,
            self.table,
            self.bar,
        )
        middle.setLayout(column(*parts, gap=12, margins=(16, 16, 16, 12)))
        middle.layout().setStretch(5, 1)
        body = row(left, rule(vertical=True), middle, gap=0)
        body.setStretch(2, 1)
        made = QWidget()
        made.setLayout(column(body, self._foot(), gap=0))
        made.layout().setStretch(0, 1)
        return made

    def _foot(self) -> QWidget:
        self._why = label("", "caption", name="distribute_note")
        self._go = button("", "primary", "distribute", self._ask_folder)
        foot = footer_bar(self._context.icons)
        foot.setFixedHeight(self._context.theme.space("footer"))
        foot.setLayout(row(self._why, None, self._go, gap=12, margins=(16, 0, 14, 0)))
        return foot

    def refresh(self) -> None:
        from desktop.services import enrolling, sending

        store, context = self._context.open_store, self._context
        context.set_steps(Steps(STEPS, 3) if context.plan_id else None)
        if not context.plan_id:
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        plan = store.plans.get(context.plan_id)
        self._calendars = store.plans.calendars(plan.id)
        self._person = enrolling.signing_state(store).person
        self._ready = enrolling.signing_state(store).state == "ready"
        self.quarters.show_quarters(self._calendars)
        self.outbox.refresh()
        rows = sending.recipient_states(store, plan.id)
        if plan.id != self._plan_id:
            # Who was left out of one plan's packages is not left out of another's.
            self._plan_id = plan.id
            self.table.recipients.unwanted.clear()
        if rows != self.table.recipients.rows:
            self.table.recipients.show(rows)
        self.keys_banner.setVisible(not self._ready)
        lacking = len(unassigned(plan))
        blank = sum(1 for target in plan.targets if target.value is None)
        self._say_gaps(lacking, blank)
        self._say_untold()
        self._version = plan.version
        self._say()

    def set_narrow(self, narrow: bool) -> None:
        self._left.setFixedWidth(self._context.theme.px(280 if narrow else 340))
        self.table.set_narrow(narrow)

    def set_compact(self, compact: bool) -> None:
        self.table.set_compact(compact)

    def leave(self) -> None:
        self.result.hide()
        self._context.set_steps(None)

    def _say_gaps(self, lacking: int, blank: int) -> None:
        parts = [f"{lacking}条措施还没有落实单位"] if lacking else []
        parts += [f"{blank}个指标的数字空着"] if blank else []
        self.gaps.setVisible(bool(parts))
        self.gaps.say("warn", "，".join(parts), "现在也可以下发；以后补上，就是新的一版，再发一次。")
        action = self.gaps.findChild(QWidget, "go_assign")
        if action is not None:
            action.setVisible(bool(lacking))

    def _say_untold(self) -> None:
        """A unit whose certificate was revoked has to hear of it; the others hear with whatever comes next."""
        store = self._context.open_store
        trust, untold = store.keys.trust(), revoking.not_told(store)
        self._untold = {unit.code for unit in untold}
        self.lists_banner.setVisible(bool(untold))
        if trust is not None and untold:
            names = [unit.short_name for unit in untold]
            self.lists_banner.say("warn", *words.not_told(trust.crl_number, names))

    def _tick_untold(self) -> None:
        self.table.recipients.choose(self._untold)

    def _say(self) -> None:
        model = self.table.recipients
        count, everyone = len(model.chosen), len(model.rows)
        late = [r for r in model.rows if not r.current]
        self._units.set_caption(
            f"{everyone}家有任务，选了{count}家" + (f"，{len(late)}家要发" if late else "")
        )
        self._tick.setText("全不选" if count == everyone else "全选")
        self._tick.setVisible(bool(everyone))
        self._late.setVisible(0 < len(late) < everyone)
        why = ""
        if not self._ready:
            why = "办好证书后才能生成"
        elif not self._calendars:
            why = "开放一个季度后才能生成"
        elif not count:
            why = "选好单位后才能生成"
        self._why.setText(why or f"方案第{self._version}版，每家一个文件，由{self._person}签名")
        self._go.setText(f"生成{count}个任务包并写到…")
        self._go.setAccessibleName(self._go.text())
        self._go.setEnabled(not why and not self._busy)

    def _turn_all(self) -> None:
        model = self.table.recipients
        every = {r.unit.code for r in model.rows}
        model.choose(set() if len(model.chosen) == len(every) else every)

    def _tick_late(self) -> None:
        model = self.table.recipients
        model.choose({r.unit.code for r in model.rows if not r.current})

    # Making and writing

    def _ask_folder(self) -> None:
        codes = self.table.recipients.chosen
        folder = self._context.files.folder("把任务包写到哪个文件夹或U盘")
        if folder is None or not codes:
            return
        self.sign_and_write(codes, folder)

    def sign_and_write(self, codes: tuple[str, ...], folder: Path) -> None:
        """Ask for the pass phrase, then make and write the packages of these units."""
        from desktop.services import enrolling

        store = self._context.open_store
        dialog = PassphraseDialog(
            self._context,
            f"生成{len(codes)}个任务包",
            f"由{self._person}签名，写到“{folder}”。写完会读回来逐个比对。",
            "签名并写入",
            lambda passphrase: enrolling.signer(store, passphrase),
            self,
        )
        dialog.accepted.connect(lambda: self._make(codes, folder, dialog.made))
        dialog.open()

    def _make(self, codes: tuple[str, ...], folder: Path, identity: SigningIdentity) -> None:
        store, context = self._context.open_store, self._context
        plan_id = context.plan_id
        self._busy = True
        self.result.hide()
        self._say()
        job = context.runner.run(
            lambda progress: distribute_and_write(
                store, plan_id, codes, identity, folder, context, spoken(progress)
            ),
            lambda made: self._made(made, folder),
            self._failed,
            owner=self,
        )
        self.bar.watch(job)

    def _made(self, made: Distributed, folder: Path) -> None:
        self._busy = False
        if made.error is None:
            say_written(self.result, self._context, folder, made.files)
        elif isinstance(made.error, UserError):
            self.result.clear_actions()
            show_in_banner(self.result, made.error)
            words = f"{self.result.text.text()} {len(made.items)}个任务包已经做好，在左边“发件箱”里，可以换个地方再写。"
            self.result.say("bad", self.result.title.text(), words)
        else:
            self._context.show_error(made.error)
        self._context.tell_changed()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._say()
        if isinstance(error, UserError):
            self.result.clear_actions()
            show_in_banner(self.result, error)
        else:
            self._context.show_error(error)
