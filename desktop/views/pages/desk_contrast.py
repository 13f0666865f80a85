"""得分和对比: scores and places, the course of each unit over the quarters, where the work is behind."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from desktop.domain.contrast import Contrast, Course
from desktop.domain.errors import UserError
from desktop.domain.progress import Progress
from desktop.domain.scoring import ScorePart, UnitScore
from desktop.domain.summary import SummaryDocument
from desktop.domain.unit import Unit
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.pages import desk_contrast_words as words
from desktop.views.widgets.heat_view import STEPS, HeatView
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState, JobBar, SectionHead
from desktop.views.widgets.score_list import SHADES, ScoreLine, ScoreList
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.small_multiples import SmallLine, SmallMultiples
from desktop.views.widgets.styling import button, icon_button, label, rule
from desktop.wording.terms import number

_PARTS = {
    ScorePart.TIMELY: "及时",
    ScorePart.TRUTHFUL: "真实",
    ScorePart.COMPLETE: "完整",
    ScorePart.SIGNED: "签章",
}
_WIDTHS, _COMPACT = (452, 830), (316, 510)
PICTURES = "图片 (*.png)"


class ContrastPane(QWidget):
    """Reads in a job when it is shown and the quarter changed; `opened(measure key, unit code)` by a cell of the heat."""

    opened = Signal(str, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("contrast")
        self._context = context
        self._document: SummaryDocument | None = None
        self._units: Mapping[str, Unit] = {}
        self._shown: Contrast | None = None
        self._fresh = False
        self._turn = 0
        theme = context.theme
        self.scores = ScoreList(theme)
        self.scores.setObjectName("score_list")
        self.scores.setAccessibleName("季报质量得分")
        self.courses = SmallMultiples(theme)
        self.courses.setObjectName("courses")
        self.heat = HeatView(theme)
        self.heat.setObjectName("heat")
        self.heat.setAccessibleName("滞后在哪里")
        self.job = JobBar()
        self.job.setObjectName("contrast_job")
        self.banner = Banner(context.icons)
        self.banner.setObjectName("contrast_banner")
        self.banner.hide()
        self._nothing = EmptyState(
            context.icons, "grid", "还没有收下的季报", "收下第一份季报后，这里比得分、走势和滞后。"
        )
        self._parts = self._made_panes()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._parts)
        self._stack.addWidget(self._nothing)
        self.setLayout(column(self.banner, self.job, self._stack, gap=0))
        self.layout().setStretch(2, 1)
        for part in (self.scores.chosen, self.courses.chosen, self.heat.chosen):
            part.connect(self.choose)
        self.heat.opened.connect(self._open)

    # Making

    def _made_panes(self) -> QWidget:
        context = self._context
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("contrast_splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._made_scores())
        self._splitter.addWidget(self._made_right())
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([context.theme.px(width) for width in _WIDTHS])
        context.settings.keep_splitter("contrast", self._splitter)
        return self._splitter

    def _made_scores(self) -> QWidget:
        how = button("怎么算的", "smallLink", "score_rules", self._show_rules)
        head = SectionHead(self._context.icons, "季报质量得分", trailing=how)
        self._scores_said = label("", tone="text2", name="scores_said", wrap=True)
        legend = row(gap=6)
        for shade, word in zip(SHADES, _PARTS.values(), strict=True):
            legend.addWidget(_Swatch(self._context, shade))
            legend.addWidget(label(word, "caption"))
            legend.addSpacing(6)
        legend.addStretch(1)
        legend.addWidget(label("得分　比上季", "caption"))
        top = column(head, self._scores_said, legend, gap=8, margins=(16, 14, 12, 8))
        holder = QWidget()
        holder.setLayout(column(top, rule(), self.scores, gap=0))
        holder.layout().setStretch(2, 1)
        holder.setMinimumWidth(self._context.theme.px(316))
        return holder

    def _made_right(self) -> QWidget:
        icons = self._context.icons
        save = icon_button(icons, "copy", "存成图片…", "tool", "save_picture", self._save_picture)
        self._courses_head = SectionHead(icons, "达到序时进度的比例", trailing=save)
        self._courses_said = label("", tone="text2", name="courses_said", wrap=True)
        self._heat_head = SectionHead(icons, "滞后在哪里", "格里是滞后的条数，双击看那一条")
        self._heat_said = label("", tone="text2", name="heat_said", wrap=True)
        legend = row(gap=6)
        for step, word in zip(STEPS, ("没有", "1条", "2条", "3条以上"), strict=True):
            legend.addWidget(_Swatch(self._context, step))
            legend.addWidget(label(word, "caption"))
            legend.addSpacing(6)
        legend.addWidget(label("斜线是还没报来，空白是没有分派", "caption", wrap=True), 1)
        inside = QWidget()
        inside.setObjectName("contrast_right")
        first = column(
            self._courses_head, self._courses_said, self.courses, None, gap=8, margins=(16, 14, 16, 4)
        )
        second = column(
            self._heat_head, self._heat_said, legend, self.heat, None, gap=8, margins=(16, 14, 16, 16)
        )
        inside.setLayout(column(first, rule(), second, gap=0))
        inside.layout().setStretch(2, 1)
        self._picture = inside
        scroll = Scroll()
        scroll.setWidget(inside)
        return scroll

    # Reading

    def show_quarter(self, document: SummaryDocument, units: Mapping[str, Unit]) -> None:
        """Another quarter, or the same one after something changed; it is read when the pane is looked at."""
        self._document, self._units, self._fresh = document, units, False
        if self.isVisible():
            self._read()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if not self._fresh:
            self._read()

    def _read(self) -> None:
        context, store, document = self._context, self._context.store, self._document
        if store is None or document is None:
            return
        self._fresh = True
        self._turn += 1
        turn = self._turn

        def work(progress: Progress) -> Contrast:
            from desktop.services.contrasting import contrast

            def told(step: str, done: int, total: int) -> None:
                progress("评分" if step == "score" else step, done, total)

            return contrast(store, document, context.now(), told)

        def done(found: Contrast) -> None:
            # What was asked for a quarter that is no longer shown is not shown.
            if turn == self._turn:
                self.banner.hide()
                self._show(found)

        def failed(error: Exception) -> None:
            self._fresh = turn != self._turn
            if isinstance(error, UserError):
                show_in_banner(self.banner, error)
            else:
                context.show_error(error)

        self.job.watch(context.runner.run(work, done, failed, self), "评分")

    def _show(self, found: Contrast) -> None:
        self._shown = found
        names = self._names()
        heard = any(score.points is not None for score in found.ranking.scores)
        self._stack.setCurrentWidget(self._parts if heard else self._nothing)
        self._scores_said.setText(f"{words.scores_said(found.ranking, names)}{words.ABOUT}")
        self.scores.show_lines([self._line(score, found, names) for score in found.ranking.scores])
        self._show_courses(found, names)
        self._heat_said.setText(words.heat_said(found.heat, names))
        self.heat.show_heat(found.heat, [names[code] for code in found.heat.units])

    def _names(self) -> dict[str, str]:
        lines = self._document.units if self._document else ()
        return {line.unit.code: line.short_name for line in lines}

    def _line(self, score: UnitScore, found: Contrast, names: Mapping[str, str]) -> ScoreLine:
        from desktop.reports.score_text import deduction_words

        rules, name = found.ranking.rules, names[score.unit_code]
        weights = [rules.weight(part) for part in ScorePart]
        parts = [Decimal(0) if score.parts is None else score.parts[part] for part in ScorePart]
        moved = words.place_moved(score, found.places)
        if score.points is None:
            told = f"{name}：{deduction_words(score)}"
        else:
            told = f"第{score.rank}名　{name}　{number(score.points)}分，{words.moved_word(moved)}。{deduction_words(score)}"
        return ScoreLine(
            score.unit_code,
            "—" if score.rank is None else str(score.rank),
            name,
            tuple(float(part / rules.full) for part in parts),
            tuple(float(weight / rules.full) for weight in weights),
            "" if score.points is None else number(score.points),
            moved,
            "" if score.points is not None else self._why_none(score.unit_code),
            told,
        )

    def _why_none(self, code: str) -> str:
        from desktop.domain.summary import UnitProgress

        line = next(u for u in self._document.units if u.unit.code == code) if self._document else None
        said = {UnitProgress.WAITING: "等您定，还不排名", UnitProgress.RETURNED: "已退回，还不排名"}
        return said.get(line.state if line else UnitProgress.MISSING, "还没报来，不排名")

    def _show_courses(self, found: Contrast, names: Mapping[str, str]) -> None:
        seen = found.courses
        count = len(seen.quarters)
        self._courses_head.set_caption(f"近{count}个季度，灰线是全市" if count > 1 else "本季度，灰线是全市")
        self._courses_said.setText(words.courses_said(seen, names))
        worst = words.falling(seen)
        lines = [
            SmallLine(course.unit_code, names[course.unit_code], course.values, self._told(course, names))
            for course in seen.units
        ]
        self.courses.show_lines(lines, seen.mean, worst.unit_code if worst else "")

    def _told(self, course: Course, names: Mapping[str, str]) -> str:
        assert self._shown is not None
        quarters = self._shown.courses.quarters
        said = (
            f"{words.quarter_word(quarter)}{'没有' if value is None else f'{number(value)}%'}"
            for quarter, value in zip(quarters, course.values, strict=True)
        )
        return f"{names[course.unit_code]}：{'，'.join(said)}"

    # What the person does

    def choose(self, code: str) -> None:
        """Marks one unit in all pictures."""
        if code:
            self.scores.choose(code)
            self.courses.choose(code)

    def _open(self, at: int, code: str) -> None:
        from desktop.domain.report import ProgressStatus

        assert self._document is not None
        wanted = self.heat.lines.heat.rows[at].keys
        for line in self._document.rows:
            cell = line.cell(code) if line.measure_key in wanted else None
            if cell is not None and cell.entry is not None and cell.entry.status is ProgressStatus.BEHIND:
                self.opened.emit(line.measure_key, code)
                return

    def _show_rules(self) -> None:
        from desktop.views.dialogs.scores import ScoresDialog

        if self._shown is not None:
            dialog = ScoresDialog(self._context, self._shown.ranking, self._names(), self.window())
            dialog.exec()
            dialog.deleteLater()

    def _save_picture(self) -> None:
        document = self._document
        if document is None:
            return
        suggested = f"{document.issuer.name}_{document.quarter}_对比.png"
        path = self._context.files.save_file("图片存在哪里", suggested, (PICTURES,))
        if path is not None:
            self._write_picture(path)

    def _write_picture(self, path: Path) -> None:
        kept = self._picture.grab().save(str(path), "PNG")
        self.banner.clear_actions()
        if kept:
            self.banner.say("good", f"图片存好了：{path.name}", f"在 {path.parent}。")
            self.banner.add_action("打开", lambda: self._context.files.show(path), "tool", "open_picture")
        else:
            self.banner.say(
                "bad", f"图片没有存下：{path.name}", "别的都没有变。请换一个文件夹，或看看磁盘是不是满了。"
            )
        self.banner.add_action("知道了", self.banner.hide, "tool", "close_picture")
        self.banner.show()

    def set_compact(self, compact: bool) -> None:
        """Where room is short the scores take as little as they can, and a caption is left out."""
        if compact:
            self._splitter.setSizes([self._context.theme.px(width) for width in _COMPACT])
        for head in (self._courses_head, self._heat_head):
            head.caption.setVisible(not compact)


class _Swatch(QFrame):
    """A square of a colour for a legend."""

    def __init__(self, context: Context, token: str) -> None:
        super().__init__()
        theme = context.theme
        self.setFixedSize(theme.px(12), theme.px(12))
        self.setStyleSheet(f"background: {theme.colours[token]}; border: 1px solid {theme.colours['line']};")
