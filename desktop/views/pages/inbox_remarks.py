"""要留意的: what the checks find in a submission, and whether what was returned before has been changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.plan import Severity
from desktop.services.answering import Remarks
from desktop.views.icons import MARKS, Icons
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.styling import button, label, picture
from desktop.wording.findings import title, why
from desktop.wording.terms import spoken

MOST = 6


class RemarkList(QWidget):
    """Each remark with its measure, which can be clicked to name it in the return."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.any = False
        self._lines = column(gap=8)
        self.setLayout(column(label("要留意的", "strong"), self._lines, gap=8))
        self.setObjectName("inbox_remarks")

    def show_remarks(self, remarks: Remarks, mention: Callable[[str], object]) -> None:
        """Show the remarks; `mention(measure key)` when one is to be named in the return."""
        clear(self._lines)
        if remarks.untouched:
            self._say(
                "mark-look", f"上次退回的还有{len(remarks.untouched)}条没改", _numbers(remarks.untouched)
            )
        if remarks.mended:
            self._say("mark-ok", f"上次退回的改了{len(remarks.mended)}条", _numbers(remarks.mended))
        order = list(Severity)
        worst_first = sorted(remarks.findings, key=lambda each: order.index(each[1].severity))
        for line, finding in worst_first[:MOST]:
            sign = MARKS[finding.severity][0]
            self._say(
                sign,
                title(finding),
                why(finding, line.entry.explanation),
                spoken(line.label),
                line.measure_key,
                mention,
            )
        rest = len(remarks.findings) - MOST
        if rest > 0:
            self._lines.addWidget(label(f"还有{rest}处，在“看全部”里。", "caption"))
        self.any = bool(remarks.findings or remarks.mended or remarks.untouched)

    def _say(
        self,
        sign: str,
        text: str,
        caption: str,
        link: str = "",
        key: str = "",
        mention: Callable[[str], object] | None = None,
    ) -> None:
        mark = picture(self._icons, sign, size=14)
        # The mark stands at the middle of the first line.
        mark.setFixedHeight(self._icons.theme.px(20))
        words = column(label(text, wrap=True), label(caption, "caption", wrap=True), gap=0)
        if link and mention is not None:
            words.addLayout(row(button(link, "smallLink", f"remark_{key}", lambda: mention(key)), None))
        line = row(mark, words, gap=8)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self._lines.addLayout(line)


def _numbers(labels: tuple[str, ...]) -> str:
    return "、".join(spoken(each) for each in labels)
