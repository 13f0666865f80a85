"""审核签发: what changed, what the checks say, the very file that is signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import ReportState
from desktop.services import closing, commenting
from desktop.services.surveying import FillingOverview
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.history import show_history
from desktop.views.pages.filling_opening import open_report
from desktop.views.pages.quarter_steps import quarter_steps
from desktop.views.pages.review_acts import ReviewActs
from desktop.views.pages.review_changes import ChangesView
from desktop.views.pages.review_letter import LetterActs
from desktop.views.pages.review_parts import ChecksBar, Comparison, Preview, comparison
from desktop.views.pages.review_signing import SigningActs
from desktop.views.pages.review_wants import WantsList
from desktop.views.widgets.chip import Chip, ChipRow
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import button, footer_bar, icon_button, label, page_bar
from desktop.wording.approving import issuer_line
from desktop.wording.filling import before_passing
from desktop.wording.reviewing import before_settled
from desktop.wording.terms import SIGN_ROLE, STATE, full_date, revision

_WIDE, _NARROW = (486, 804), (400, 616)


@dataclass(frozen=True)
class _Primary:
    """The page's one action as the state has it; without `act` it says why there is none."""

    text: str
    act: Callable[[], object] | None = None


class ReviewPage(QWidget):
    """Shows the newest revision of the chosen quarter, from the draft that is filled to what was reported."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._narrow, self._compact = context, False, False
        self._seen: FillingOverview | None = None
        self._compared = Comparison()
        self._comments: commenting.Comments = {}
        self._locked: QuarterCalendar | None = None
        self._primary = _Primary("")
        self.acts = ReviewActs(context, self)
        self.changes = ChangesView(context)
        self.checks, self.wants = ChecksBar(context), WantsList(context)
        self.preview = Preview(context, self._footer(context))
        self.signing = SigningActs(context, self.preview)
        self.preview.put_over_footer(self.signing.strip)
        self._foot.insertWidget(3, self.signing)
        self.letter = LetterActs(context, self)
        self.preview.bar.add_act(self.letter.open)
        self.letter.changed.connect(self.refresh)
        self.acts.changed.connect(self.refresh)
        for before, after in pairwise((self.edit_names, self.signing.scan, self.signing.sheet, self.primary)):
            self.setTabOrder(before, after)
        self.empty = EmptyState(context.icons, "review", "", clicked=lambda: context.navigate("inbox"))
        left = QWidget()
        left.setLayout(column(self._head(context), self.changes, self.wants, self.checks, gap=0))
        left.layout().setStretch(1, 1)
        left.setMinimumWidth(context.theme.px(340))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.preview)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([context.theme.px(width) for width in _WIDE])
        context.settings.keep_splitter("review", self._splitter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self.empty)
        self.setLayout(row(self._stack))
        self.changes.wanted.connect(lambda key: context.navigate("filling", key))
        self.changes.remarked.connect(self.acts.ask_comment)
        self.changes.settled.connect(self.acts.settle)
        self.changes.historyWanted.connect(self._show_history)
        self.checks.wanted.connect(self._look_at_findings)
        self.signing.signed.connect(self._signed)
        self.wants.wanted.connect(lambda finding: context.navigate("filling", finding))
        self.chips.changed.connect(lambda _: self._show_changes())
        # What changes the text comes before what leafs through it.
        self.setTabOrder(self.changes, self.letter.open)

    def _head(self, context: Context) -> QFrame:
        self.title = label("", "strong", name="review_title")
        self.caption = ElidedLabel("", "caption", whole=True)
        self.chips = ChipRow(context.icons)
        self.chips.add("changed", "只看改动")
        self.chips.add("every", "全部")
        self.trail = icon_button(context.icons, "log", "整份报送的记录（Ctrl+H）", "icon", "report_history")
        self.trail.clicked.connect(lambda: self._show_history(""))
        QShortcut(QKeySequence("Ctrl+H"), self).activated.connect(self.trail.click)
        bar = page_bar(context.icons, "review_head")
        layout = row(self.title, self.caption, self.chips, self.trail, margins=(14, 8, 14, 8))
        layout.setStretch(1, 1)
        layout.setAlignment(self.chips, Qt.AlignmentFlag.AlignVCenter)
        bar.setLayout(layout)
        return bar

    def _footer(self, context: Context) -> QFrame:
        self.back = icon_button(
            context.icons, "back", "退回填报人…", name="give_back", clicked=self.acts.give_back
        )
        self.names = ElidedLabel("", "label", whole=True)
        self.names.setObjectName("people")
        self.names.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.edit_names = button("改…", "smallLink", "edit_people", self.acts.ask_names)
        self.edit_names.setAccessibleName("改填报人、审核人、签发人")
        self.primary = button("", "primary", "review_primary", self._act)
        # It passes the review and opens the dialog of signing; signing itself is Enter after the pass phrase.
        self.primary.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press)
        bar = footer_bar(context.icons, "review_footer")
        self._foot = row(self.back, self.names, self.edit_names, self.primary, gap=10, margins=(12, 5, 12, 5))
        self._foot.setStretch(1, 1)
        bar.setLayout(self._foot)
        return bar

    @property
    def _store(self) -> Store:
        return self._context.open_store

    @property
    def _shown(self) -> FillingOverview:
        return self.acts.shown

    def refresh(self) -> None:
        """Read anew; the preview is made again only where the report is another."""
        self._seen = opened = open_report(self._context, self.empty)
        self.acts.show_report(opened)
        if opened is None:
            self._stack.setCurrentWidget(self.empty)
            self._context.set_steps(None)
            return
        report = opened.report
        self._compared = comparison(self._store, report)
        self._comments = commenting.comments(self._store, report)
        self._locked = closing.closed(self._store, report, self._context.today())
        self._stack.setCurrentWidget(self._splitter)
        self._show_changes()
        self.checks.show_counts(opened)
        self.wants.show_rows(opened.rows)
        self.signing.show_report(report, report.state is ReportState.REVIEWED)
        self.preview.show_report(report, opened, self.signing.co_signed)
        self._show_footer()
        self._context.set_steps(quarter_steps(opened, reviewing=True))

    def set_narrow(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._splitter.setSizes([self._context.theme.px(width) for width in (_NARROW if narrow else _WIDE)])

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the names in the footer are behind one word."""
        self._compact = compact
        self.edit_names.setText("署名…" if compact else "改…")
        self.preview.bar.title.setText("预览" if compact else "签发件预览")
        self.checks.set_compact(compact)
        # The title needs the room; Ctrl+H and the record of an entry lead there too.
        self.trail.setVisible(not compact)
        if self._seen is not None:
            self._show_footer()

    def leave(self) -> None:
        self._context.set_steps(None)

    def _show_changes(self) -> None:
        if self._seen is None:
            return
        compared, rows = self._compared, self._seen.rows
        self.title.setText(compared.title)
        self.caption.setText(compared.caption)
        self.caption.setVisible(bool(compared.caption))
        self.chips.setVisible(bool(compared.name))
        self.chips.set_count("every", len(rows))
        chips = self.chips.findChildren(Chip)
        self.chips.setFixedWidth(sum(chip.sizeHint().width() for chip in chips) + 6 * (len(chips) - 1))
        if compared.name and self.chips.key == "changed":
            self.changes.show_changes(
                compared.changes, (f"和{compared.name}完全相同", f"可以看全部{len(rows)}条。")
            )
        else:
            self.changes.show_all(rows)
        draft = self._shown.report.state is ReportState.DRAFT
        self.changes.show_comments(self._comments, draft and self._locked is None)

    def _show_footer(self) -> None:
        report = self._shown.report
        people, draft = report.people, report.state is ReportState.DRAFT
        # What is given back after the closing day could be changed by nobody.
        self.back.setVisible(draft or (report.state is ReportState.REVIEWED and self._locked is None))
        left = self._unsettled() if draft else 0
        self.back.setText((f"退给填报人（{left}条意见）" if left else "回去填报") if draft else "退回填报人…")
        self.letter.show_report(report, draft and self._locked is None, self._compact)
        issuer = issuer_line(people.issuer, self.signing.approval)
        named = [("填报人", people.preparer), ("审核人", people.reviewer), ("签发人", issuer)]
        names = "　".join(f"{who}：{name}" for who, name in named if name)
        self.names.setText("" if self._compact else names)
        self.edit_names.setToolTip(names)
        self.edit_names.setVisible(draft and self._locked is None and any(name for _, name in named))
        self._primary = self._primary_of()
        self.primary.setText(self._primary.text)
        self.primary.setVisible(bool(self._primary.text))
        self.primary.setEnabled(self._primary.act is not None)
        self.primary.setAccessibleName(self._primary.text)

    def _primary_of(self) -> _Primary:
        report, navigate = self._shown.report, self._context.navigate
        match report.state:
            case ReportState.DRAFT:
                return self._primary_of_draft()
            case ReportState.REVIEWED:
                if self.signing.waiting is not None:
                    return _Primary(f"{SIGN_ROLE[self.signing.waiting]}签名…", self.signing.co_sign)
                return _Primary("签发…", self._sign)
            case ReportState.SIGNED | ReportState.SUBMITTED:
                return _Primary("去导出", lambda: navigate("export"))
            case ReportState.RETURNED | ReportState.WITHDRAWN:
                return _Primary(f"去填报，开始{revision(report.revision + 1)}", lambda: navigate("filling"))
        return _Primary(STATE[report.state])

    def _primary_of_draft(self) -> _Primary:
        seen, people = self._shown, self._shown.report.people
        if self._locked is not None:
            return _Primary(f"{full_date(self._locked.closes)}已锁定，只能看")
        nameless = not all(name.strip() for name in (people.preparer, people.reviewer, people.issuer))
        unfilled = len(seen.rows) - seen.filled
        if not unfilled and not seen.errors and not seen.unexplained and nameless:
            return _Primary("写上填报人、审核人、签发人…", self.acts.ask_names)
        why_not = before_passing(unfilled, seen.errors, seen.unexplained, nameless)
        why_not = why_not or before_settled(self._unsettled())
        return _Primary(why_not) if why_not else _Primary("审核通过，去签发", self.acts.pass_review)

    def _unsettled(self) -> int:
        return sum(count for _, count in commenting.unsettled(self._shown.rows, self._comments))

    def _press(self) -> None:
        """Ctrl+Enter: only where the button is there to be seen."""
        if self.primary.isVisible():
            self.primary.click()

    def _act(self) -> None:
        if self._primary.act is not None:
            self._primary.act()

    def _show_history(self, key: str) -> None:
        """改动记录 of an entry; without a key that of the report."""
        if self._seen is not None:
            row = next((r for r in self._seen.rows if r.measure.key == key), None)
            show_history(self._context, self._seen.report, row, self.window())

    def _sign(self) -> None:
        compared, count = self._compared, len(self._shown.rows)
        summary = f"{count}条" + (f"，和{compared.name}比{compared.count}" if compared.name else "")
        self.signing.sign(summary)

    def _signed(self) -> None:
        self.refresh()
        self._context.tell_changed()

    def _look_at_findings(self) -> None:
        """逐条看: to what hinders the review first, else to the first finding; at its field."""
        found = [f for r in self._shown.rows for f in r.open_findings]
        first = next((f for f in found if f.hinders), found[0] if found else None)
        if first is not None:
            self._context.navigate("filling", first)
