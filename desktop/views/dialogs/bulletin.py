"""导出通报: which parts are printed, what stands in the letter's head, and by which rules units are scored."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.domain.bulletin import ADDRESSEE_LENGTH, NUMBER_LENGTH, BulletinPart
from desktop.domain.scoring import USUAL_SCORING, ScoringRules
from desktop.domain.summary import SummaryDocument
from desktop.services.announcing import Choice
from desktop.views.context import Context
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import NumberEdit, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, label
from desktop.wording import bulletin as words


class BulletinDialog(Dialog):
    """After it was accepted, `choice` is what to print. Nothing is remembered or written by the dialog itself."""

    def __init__(
        self, context: Context, document: SummaryDocument, choice: Choice, parent: QWidget | None = None
    ) -> None:
        super().__init__("导出通报", "通报里印哪些", context.theme.px(560), parent)
        self.setObjectName("bulletin_dialog")
        self._context, self._document = context, document
        self._ticks: dict[BulletinPart, QCheckBox] = {}
        self.body.addLayout(self._parts(document, choice))
        self._letter = self._head_of_letter(document, choice)
        self.body.addWidget(self._letter)
        self._points: dict[str, NumberEdit] = {}
        self._apart = QCheckBox(words.APART)
        self._apart.setObjectName("ranking_apart")
        self._apart.setChecked(choice.apart)
        self._scoring = self._rules(choice.rules)
        self.body.addWidget(self._scoring)
        self._why_not = label("", "caption", "bad", "bulletin_why_not", wrap=True)
        self.body.addWidget(self._why_not)
        self.add_button("取消", name="bulletin_cancel", clicked=self.reject)
        self._yes = self.add_button("选文件夹，导出…", "primary", "bulletin_export", self._done)
        self._check()
        self._ticks[BulletinPart.RANKING].toggled.connect(
            lambda on: self.reveal(self._scoring) if on else None
        )
        self._ticks[BulletinPart.LETTER].setFocus()

    def _parts(self, document: SummaryDocument, choice: Choice) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for place, (part, word) in enumerate(words.PART.items()):
            tick = QCheckBox(word)
            tick.setObjectName(f"part_{part.value}")
            tick.setChecked(part in choice.parts)
            if part is BulletinPart.CITY and not document.city:
                tick.setEnabled(False)
                tick.setToolTip(words.NO_CITY_FIGURES)
            tick.toggled.connect(lambda _: self._check())
            grid.addWidget(tick, place // 2, place % 2)
            self._ticks[part] = tick
        return grid

    def _head_of_letter(self, document: SummaryDocument, choice: Choice) -> QWidget:
        # Only printing knows the usual addressee; what is printed and what is proposed must be the same.
        from desktop.reports.bulletin_text import usual_addressee

        self._text = button(words.text_button(0, 0), "smallOutlined", "bulletin_text", self._edit_text)
        self._tell_text()
        self._number, self._addressee = QLineEdit(choice.number), QLineEdit(choice.addressee)
        self._number.setObjectName("bulletin_number")
        self._number.setMaxLength(NUMBER_LENGTH)
        self._number.setPlaceholderText("不填就不印红头，可以套印")
        self._addressee.setObjectName("bulletin_addressee")
        self._addressee.setMaxLength(ADDRESSEE_LENGTH)
        self._addressee.setPlaceholderText(usual_addressee(document))
        holder = QWidget()
        holder.setLayout(
            column(
                labelled("发文字号（可不填）", self._number),
                labelled("主送机关", self._addressee),
                row(self._text, None),
                gap=12,
            )
        )
        return holder

    def _rules(self, rules: ScoringRules) -> QWidget:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (name, word) in enumerate([*words.WEIGHT.items(), *words.TAKEN.items()]):
            edit = NumberEdit("分", width=self._context.theme.px(88))
            edit.setObjectName(f"points_{name}")
            edit.set_value(getattr(rules, name))
            for told in (edit.edited, edit.unreadable, edit.textEdited):
                told.connect(lambda *_: self._check())
            grid.addWidget(labelled(word, edit), place // 4, place % 4)
            self._points[name] = edit
        usual = button("恢复通常的分值", "smallLink", "points_usual", self._usual)
        about = label(words.ABOUT_RANKING, "caption", wrap=True)
        holder = QWidget()
        holder.setLayout(
            column(label("评分规则", "label"), about, grid, row(self._apart, None, usual), gap=8)
        )
        return holder

    @property
    def choice(self) -> Choice:
        """What is ticked and typed. Raises ValueError on points that no rules can have."""
        points = {name: edit.value for name, edit in self._points.items()}
        if any(value is None for value in points.values()):
            raise ValueError("points missing")
        return Choice(
            tuple(part for part, tick in self._ticks.items() if tick.isChecked()),
            self._number.text().strip(),
            self._addressee.text().strip(),
            ScoringRules(**{name: value or Decimal(0) for name, value in points.items()}),
            self._apart.isChecked(),
        )

    def _ticked(self, part: BulletinPart) -> bool:
        return self._ticks[part].isChecked()

    def _check(self) -> None:
        letter, ranking = self._ticked(BulletinPart.LETTER), self._ticked(BulletinPart.RANKING)
        self._letter.setVisible(letter)
        self._ticks[BulletinPart.REQUESTS].setEnabled(letter)
        self._scoring.setVisible(ranking)
        printed = [
            part
            for part, tick in self._ticks.items()
            if tick.isChecked() and tick.isEnabled() and part is not BulletinPart.REQUESTS
        ]
        wrong = "" if printed else words.NOTHING_CHOSEN
        if not wrong and ranking and not self._points_fit():
            wrong = words.ODD_POINTS
        self._why_not.setText(wrong)
        self._why_not.setVisible(bool(wrong))
        if wrong:
            self.reveal(self._why_not)
        self._yes.setEnabled(not wrong)
        self._text.setEnabled(not wrong and self._context.store is not None)

    def _points_fit(self) -> bool:
        if any(edit.property("tone") == "bad" for edit in self._points.values()):
            return False
        try:
            return self.choice.fits
        except ValueError:
            return False

    def _tell_text(self) -> None:
        """How much of the letter is in somebody's own words. Whether the scores' section still fits, its scores tell."""
        from desktop.services import announcing_text

        store = self._context.store
        if store is not None:
            seen = announcing_text.compose(store, self._document)
            edited, stale = sum(each.edited for each in seen), sum(each.stale for each in seen)
            self._text.setText(words.text_button(edited, stale))

    def _edit_text(self) -> None:
        """The letter as it would be printed by what is chosen now; scores are made for it, which takes a moment."""
        from desktop.services.announcing import announced

        store, document, choice = self._context.open_store, self._document, self.choice
        self._text.setEnabled(False)
        self._text.setText("正在起草…")
        self._context.runner.run(
            lambda _: announced(store, document, choice), self._open_text, self._not_drafted, self
        )

    def _open_text(self, document: SummaryDocument) -> None:
        from desktop.views.dialogs.bulletin_text import BulletinTextDialog

        dialog = BulletinTextDialog(self._context, document, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._text_ended)
        # Not exec: it would hold up the job runner, which is just handing over what was drafted.
        dialog.open()

    def _not_drafted(self, error: Exception) -> None:
        self._text_ended()
        self._context.show_error(error)

    def _text_ended(self, *_: object) -> None:
        self._tell_text()
        self._check()
        self._text.setFocus()

    def _usual(self) -> None:
        for each in fields(USUAL_SCORING):
            self._points[each.name].set_value(getattr(USUAL_SCORING, each.name))
        self._check()

    def _done(self) -> None:
        for edit in self._points.values():
            edit.flush()
        if not self._ticked(BulletinPart.RANKING) and not self._points_fit():
            # Points that nobody sees must not hold up what is printed without them.
            self._usual()
        self._check()
        if self._yes.isEnabled():
            self.accept()
