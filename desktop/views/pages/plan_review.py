"""Checking a draft: source, result and questions side by side, and the import."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSplitter, QWidget

from desktop.domain.plan import PlanDraft
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_measures import MeasuresPane
from desktop.views.pages.plan_problems import ProblemsPane
from desktop.views.pages.plan_scrolling import ScrollTie
from desktop.views.pages.plan_source_pane import SourcePane
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import button, footer_bar, icon_button, label


class DraftReview(QWidget):
    """`otherFileAsked` for another document, `published` when the plan is in force, `compareAsked` before an amendment is."""

    otherFileAsked = Signal()
    compareAsked = Signal()
    published = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._narrow = context, False
        self._known_anchors: tuple[object, list[tuple[float, float]]] = (None, [])
        self.desk = DraftDesk(context, self)
        self.acts = MeasureActs(context, self.desk, self)
        self.source = SourcePane(context, self.desk, self.acts)
        self.measures = MeasuresPane(context, self.desk, self.acts)
        self.problems = ProblemsPane(context, self.desk, self.acts)
        self._tie = ScrollTie(self.source.text, self.measures.list, self._anchors)
        self._city = Banner(context.icons, "warn")
        self._city.setObjectName("other_city")
        self._city.hide()
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        for pane, least in ((self.source, 240), (self.measures, 380), (self.problems, 250)):
            pane.setMinimumWidth(context.theme.px(least))
            self._panes.addWidget(pane)
        for at, stretch in enumerate((3, 5, 2)):
            self._panes.setStretchFactor(at, stretch)
        px = context.theme.px
        self._panes.setSizes([px(398), px(563), px(329)])
        context.settings.keep_splitter("plan", self._panes)
        self._drawer = Drawer(self, self.source, px(420), lambda source: self._panes.insertWidget(0, source))
        self.measures.source_button.clicked.connect(self._drawer.toggle)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._drawer.toggle)
        self.setLayout(column(self._city, self._panes, self._foot(), gap=0))
        self.layout().setStretch(1, 1)
        # Ctrl+Z within a text field is the field's own.
        for keys, told in (
            ("Ctrl+Z", self.desk.undo),
            ("Ctrl+Y", self.desk.redo),
            ("Ctrl+Shift+Z", self.desk.redo),
            ("F8", lambda: self.problems.step(1)),
            ("Shift+F8", lambda: self.problems.step(-1)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(told)
        self.desk.changed.connect(self._refresh)
        self.desk.shown.connect(self._show_block)

    def _show_block(self, index: int) -> None:
        """A place of the document that was asked for; where the document is folded it opens."""
        if self._drawer.folded:
            self._drawer.open()
            self.source.show_block(index)

    def _anchors(self) -> list[tuple[float, float]]:
        """The heads of measures in the document and in the list; worked out anew when either was laid out anew."""
        text, found = self.source.text, self.measures.list
        state = (id(self.desk.draft), self.desk.key, text.document().size().toTuple(), found.extent)
        if self._known_anchors[0] != state:
            pairs = []
            for measure in self.desk.draft.measures:
                here = text.place_of(measure.source[0], measure.source[0]) if measure.source else None
                there = found.place_of(measure.key)
                if here is not None and there is not None:
                    pairs.append((here[0], float(there[0])))
            self._known_anchors = (state, pairs)
        return self._known_anchors[1]

    def _foot(self) -> QWidget:
        other = icon_button(
            self._context.icons, "back", "换一个文件", name="other_file", clicked=self.otherFileAsked.emit
        )
        self._later = label("没定的可以以后再定，下发前会再提醒", "caption", name="later_note")
        self._publish = button("", "primary", "publish", self._ask_title, "Ctrl+Enter")
        foot = footer_bar(self._context.icons)
        foot.setFixedHeight(self._context.theme.space("footer"))
        foot.setLayout(
            row(
                *(
                    other,
                    4,
                    label("现在只是预览，还什么都没写入下发的方案", "caption", name="preview_note"),
                    None,
                ),
                *(self._later, self._publish),
                margins=(14, 0, 14, 0),
            )
        )
        return foot

    def load(self, draft_id: str, draft: PlanDraft, region: Region) -> None:
        """Take up a draft that is kept in the workspace."""
        self.desk.load(draft_id, draft, region)
        strange = bool(draft.city) and draft.city != region.name
        if strange:
            self._city.say(
                "warn",
                f"这份方案像是{draft.city}的，本工作区是{region.name}的",
                "单位名称会有很多对不上。选错了文件，请点“换一个文件”。",
            )
        self._city.setVisible(strange)

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._later.setVisible(not narrow and bool(self.desk.open_problems))

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the document folds; 看原文 and Ctrl+L open it over the measures."""
        self._drawer.set_folded(compact)
        self.measures.source_button.setVisible(compact)
        self.measures.set_compact(compact)
        px = self._context.theme.px
        self._panes.setSizes([px(525), px(310)] if compact else [px(398), px(563), px(329)])

    def _refresh(self) -> None:
        count = len(self.desk.draft.measures)
        self._publish.setText(f"{count}条，去比对" if self.desk.draft.amends else f"导入{count}条措施")
        self._publish.setEnabled(bool(self.desk.draft.measures))
        self._later.setVisible(not self._narrow and bool(self.desk.open_problems))

    def _ask_title(self) -> None:
        if self.desk.draft.amends:
            self.compareAsked.emit()
            return
        dialog = PublishDialog(self.desk, self)
        dialog.confirmed.connect(self._go)
        dialog.open()

    def _go(self, title: str) -> None:
        from desktop.services import planning

        store, context = self._context.open_store, self._context
        if title != self.desk.draft.title and not self.desk.edit(lambda draft: replace(draft, title=title)):
            return
        try:
            plan = planning.publish(store, self.desk.draft_id, context.actor, context.now())
        except Exception as error:
            context.show_error(error)
            return
        self.desk.forget()
        self.published.emit(plan)


class PublishDialog(Dialog):
    """Asks once for the plan's title. `confirmed(title)`."""

    confirmed = Signal(str)

    def __init__(self, desk: DraftDesk, parent: QWidget | None = None) -> None:
        draft = desk.draft
        super().__init__("导入方案", f"导入{len(draft.measures)}条措施", 560, parent)
        self.setObjectName("publish_dialog")
        self._title = QLineEdit(draft.title)
        self._title.setObjectName("plan_title")
        self._title.setCursorPosition(0)
        self.body.addWidget(labelled("方案名称（印在季报和通报上）", self._title))
        self.body.addWidget(label(_what_follows(desk), tone="text2", name="publish_text", wrap=True))
        self.add_button("再核对一下", "secondary", "publish_cancel", self.reject)
        self._yes = self.add_button("导入，成为第1版", "primary", "publish_confirm", self._confirm)
        self._title.textChanged.connect(lambda text: self._yes.setEnabled(bool(text.strip())))
        self._yes.setEnabled(bool(draft.title.strip()))

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit(self._title.text().strip())


def _what_follows(desk: DraftDesk) -> str:
    open_ones = len(desk.asked)
    nobody = sum(1 for m in desk.draft.measures if not m.implementers)
    blank = sum(1 for t in desk.draft.targets if t.value is None)
    parts = []
    if open_ones:
        parts.append(f"还有{open_ones}处没有看，按现在的样子导入。")
    if nobody:
        parts.append(f"{nobody}条还没有落实单位，下一步分派。")
    if blank:
        parts.append(f"{blank}个指标的数字空着。")
    parts.append("导入后先分派任务，下发前各单位看不到。")
    return "".join(parts)
