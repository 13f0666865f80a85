"""方案: a document goes in, is checked beside its source, and becomes the plan in force."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.plan import Plan, PlanDraft
from desktop.jobs.runner import Job
from desktop.views.context import Context, Question
from desktop.views.errors import show_in_banner
from desktop.views.files import PLANS
from desktop.views.pages.plan_changes import ChangesReview
from desktop.views.pages.plan_published import PublishedPlan
from desktop.views.pages.plan_review import DraftReview
from desktop.views.widgets.file_drop import DropZone
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.step_bar import Step, Steps
from desktop.views.widgets.styling import button, label, pane, picture
from desktop.wording.steps import spoken

STEPS = (Step("选文件"), Step("核对"), Step("分派"), Step("下发"))
AMENDING_STEPS = (*STEPS[:2], Step("比对"), *STEPS[2:])


class PlanDrop(QWidget):
    """Where the document goes in. `chosen(path)`; `left` when there is a plan to go back to."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons, px = context.icons, context.theme.px
        self._files = context.files
        self._title = label("", "title", name="empty_title")
        self._text = label("", tone="text2", name="empty_text", wrap=True)
        self.zone = DropZone(icons, "把方案文件拖到这里", "docx、xlsx、pdf（有文字的）、txt，或", icon="doc")
        self.zone.setObjectName("plan_drop")
        self.zone.layout().setContentsMargins(px(20), px(20), px(20), px(20))
        self.zone.link.setObjectName("choose_plan")
        self.zone.filesDropped.connect(lambda paths: self.chosen.emit(paths[0]))
        self.zone.chooseRequested.connect(self._choose)
        self.bar = JobBar(stop="取消")
        self.banner = Banner(icons, "bad")
        self.banner.setObjectName("plan_banner")
        self.banner.hide()
        secret = label("不得处理涉密信息，涉密的方案不要放进来。", "caption", "warn", "no_secrets")
        self._back = button("不导入了", "link", "import_back", self.left.emit)
        shield = row(picture(icons, "shield", "warn", 14), secret, None, self._back, gap=6)
        box = pane()
        box.setFixedWidth(px(560))
        parts = (self._title, self._text, 4, self.zone, self.bar, self.banner, shield)
        box.setLayout(column(*parts, gap=10))
        holder = row(None, box, None)
        self.setLayout(column(None, holder, None, None, gap=0))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "surface")

    def say(self, replacing: bool, amends: str = "") -> None:
        """`replacing`: there is a plan already, and the way back to it; `amends`: the title of the plan to amend."""
        self._back.setVisible(replacing)
        if amends:
            self._title.setText("导入新版本")
            self._text.setText(
                f"选“{amends}”修订以后的文件。先核对，再和现在的逐条比对；定好了才发布，填过的季报跟着自己的那一条走。"
            )
            return
        self._title.setText("导入新方案" if replacing else "还没有方案")
        self._text.setText(
            "先读出来给您核对，核对完才导入。现在的方案不受影响。"
            if replacing
            else "行动方案或责任分工清单都行。先读出来给您核对，核对完才导入。"
        )

    def watch(self, job: Job[PlanDraft], name: str) -> None:
        """The document of this name is being read."""
        self.banner.hide()
        self.zone.setEnabled(False)
        self.bar.watch(job, f"正在打开“{name}”")

    def ended(self) -> None:
        """It is read, or nobody waits for it any more."""
        self.bar.leave()
        self.zone.setEnabled(True)

    def _choose(self) -> None:
        paths = self._files.open_files("选择方案文件", (PLANS,), many=False)
        if paths:
            self.chosen.emit(paths[0])


class PlanPage(QWidget):
    """Shows the draft if there is one, else the plan in force, else where a document goes in."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._choosing, self._amends, self._comparing = False, "", False
        self._job: Job[PlanDraft] | None = None
        self.setObjectName("plan")
        self.drop = PlanDrop(context)
        self.review = DraftReview(context)
        self.changes = ChangesReview(context)
        self.published = PublishedPlan(context)
        self._stack = QStackedWidget()
        for part in (self.drop, self.review, self.changes, self.published):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack, gap=0))
        self.drop.chosen.connect(self.read)
        self.drop.bar.stopped.connect(self._give_up)
        self.drop.left.connect(lambda: self._choose(False))
        self.review.otherFileAsked.connect(self._drop_draft)
        self.review.published.connect(self._published)
        self.review.compareAsked.connect(lambda: self._compare(True))
        self.changes.backAsked.connect(lambda: self._compare(False))
        self.changes.published.connect(self._published)
        self.published.importAsked.connect(lambda: self._choose(True))
        self.published.amendAsked.connect(lambda: self._choose(True, context.plan_id))
        self.published.planChosen.connect(self._show_plan)

    def refresh(self) -> None:
        store, context = self._context.open_store, self._context
        drafts = store.plans.drafts()
        draft = store.plans.draft(drafts[0].id) if drafts else None
        if draft is not None and draft.amends and self._comparing:
            self.changes.load(drafts[0].id, draft, store.units.region())
            self._turn(self.changes, 2, AMENDING_STEPS)
        elif draft is not None:
            self.review.load(drafts[0].id, draft, store.units.region())
            self._turn(self.review, 1, AMENDING_STEPS if draft.amends else STEPS)
        elif context.plan_id and not self._choosing:
            plans = tuple((ref.id, ref.title) for ref in store.plans.all())
            self.published.show_plan(store.plans.get(context.plan_id), store.units.region(), plans)
            self._turn(self.published, 2)
        else:
            amended = store.plans.get(self._amends).title if self._amends else ""
            self.drop.say(bool(context.plan_id), amended)
            self._turn(self.drop, 0, AMENDING_STEPS if self._amends else STEPS)

    def open_target(self, target: object) -> None:
        """A measure's key shows that measure; a path is read."""
        if isinstance(target, Path):
            self.read(target)
        elif isinstance(target, str):
            if self._stack.currentWidget() is self.review:
                self.review.desk.select(target)
            elif self._stack.currentWidget() is self.changes:
                self.changes.select(target)
            elif self._stack.currentWidget() is self.published:
                self.published.select(target)

    def set_narrow(self, narrow: bool) -> None:
        self.review.set_narrow(narrow)
        self.changes.set_narrow(narrow)

    def set_compact(self, compact: bool) -> None:
        self.review.set_compact(compact)
        self.changes.set_compact(compact)

    def leave(self) -> None:
        self._context.set_steps(None)

    def read(self, path: Path) -> None:
        """Reads a document in the background; what is read is kept as a draft at once."""
        from desktop.services import amending, planning

        store = self._context.open_store
        if self._job is not None:
            return
        region, amends = store.units.region(), self._amends

        def work(progress: object) -> PlanDraft:
            draft = planning.resolve(planning.read_document(path, (region,), spoken(progress)), region)
            return amending.compare_with(store, draft, amends) if amends else draft

        # What comes of a job that was given up in the meantime is let go.
        job = self._context.runner.run(
            work,
            lambda draft: self._read(draft) if self._job is job else None,
            lambda error: self._not_read(error) if self._job is job else None,
            owner=self,
        )
        self._job = job
        self.drop.watch(job, path.name)

    def _give_up(self) -> None:
        """At once, even where the reader is in the middle of a long step: it stops by itself after that."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self.drop.ended()
            self.drop.banner.say("info", "已取消，什么都没有写", "可以再选一次这个文件，或换一个。")
            self.drop.banner.show()

    def _read(self, draft: PlanDraft) -> None:
        from desktop.services import planning

        self._end()
        store = self._context.open_store
        try:
            planning.keep_draft(store, "", draft, self._context.now())
        except UserError as error:
            show_in_banner(self.drop.banner, error)
            return
        self._choosing = self._comparing = False
        self._context.note_saved()
        self.refresh()
        self.review.measures.list.setFocus()

    def _not_read(self, error: Exception) -> None:
        self._end()
        if isinstance(error, UserError):
            show_in_banner(self.drop.banner, error)
        elif not isinstance(error, CancelledError):
            self._context.show_error(error)

    def _end(self) -> None:
        self._job = None
        self.drop.ended()

    def _drop_draft(self) -> None:
        from desktop.services import planning

        store = self._context.open_store
        asked = Question(
            "换一个文件？",
            "这份核对到一半的内容会放弃。已经导入的方案不受影响。",
            "放弃这份，换文件",
            dangerous=True,
        )
        if not self._context.ask(asked):
            return
        try:
            planning.drop_draft(store, self.review.desk.draft_id)
        except UserError as error:
            self._context.show_error(error)
            return
        amends = self.review.desk.draft.amends
        self.review.desk.forget()
        self._choose(True, amends)

    def _published(self, plan: Plan) -> None:
        context = self._context
        self._choosing, self._amends, self._comparing = False, "", False
        context.choose_plan(plan.id)
        context.tell_changed()
        context.navigate("assign")

    def _show_plan(self, plan_id: str) -> None:
        self._context.choose_plan(plan_id)
        self.refresh()

    def _compare(self, comparing: bool) -> None:
        """On to what differs from the version in force, or back to the checking."""
        self._comparing = comparing
        self.refresh()
        if comparing:
            self.changes.take_focus()
        else:
            self.review.measures.list.setFocus()

    def _choose(self, choosing: bool, amends: str = "") -> None:
        self._choosing, self._amends = choosing, amends
        self.drop.banner.hide()
        self.refresh()

    def _turn(self, part: QWidget, step: int, steps: tuple[Step, ...] = STEPS) -> None:
        self._stack.setCurrentWidget(part)
        self._context.set_steps(Steps(steps, step))
