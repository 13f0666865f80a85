"""怎么算的: the rules of the score, and every deduction of every unit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.domain.scoring import Ranking
from desktop.views.context import Context
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import note
from desktop.views.widgets.styling import label
from desktop.wording.terms import number


class ScoresDialog(Dialog):
    """`names`: the units' short names by code."""

    def __init__(
        self, context: Context, ranking: Ranking, names: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        from desktop.reports.score_text import deduction_words, rules_words

        super().__init__("蓝天季报", "得分是怎么算的", context.theme.px(560), parent)
        self.setObjectName("scores_dialog")
        self.body.addWidget(note(rules_words(ranking.rules), "score_rules_said"))
        self.body.addWidget(label("分值在导出通报时可以改。", "caption"))
        for score in ranking.scores:
            name = label(names[score.unit_code], "strong", wrap=True)
            name.setFixedWidth(context.theme.px(150))
            points = "" if score.points is None else f"{number(score.points)}分　"
            told = label(f"{points}{deduction_words(score)}", tone="text2", wrap=True)
            line = row(name, told, gap=12)
            line.setStretch(1, 1)
            self.body.addLayout(line)
        self.add_button("关闭", "primary", "close_scores", self.accept)
