"""Who stands under a report: preparer, reviewer, issuer, and a telephone number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desktop.domain.report import People
from desktop.domain.signatures import CoSigner
from desktop.services.separating import same_person
from desktop.views.icons import Icons
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label
from desktop.wording.cosigning import WANTED, who_will
from desktop.wording.terms import PERSON

_NEEDED = ("preparer", "reviewer", "issuer")


class PeopleDialog(Dialog):
    """`named` carries the People, before it `separated` whether the unit wants two people, and `coSigning` whether
    preparer and reviewer sign too. `certified` is the person of this computer's certificate, if there is one;
    `co_signers` tells for people who of them could sign.
    """

    named = Signal(object)
    separated = Signal(bool)
    coSigning = Signal(bool)

    def __init__(
        self,
        icons: Icons,
        people: People,
        certified: str,
        answer: str = "送审核",
        parent: QWidget | None = None,
        separate: bool = False,
        co_signing: bool = False,
        co_signers: Callable[[People], tuple[CoSigner, ...]] = lambda people: (),
    ) -> None:
        super().__init__("送审核", "这次报送由谁负责", 460, parent)
        self.setObjectName("people_dialog")
        self._certified, self._co_signers = certified, co_signers
        self._edits: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, (name, word) in enumerate(PERSON.items()):
            issuer = certified if name == "issuer" else ""
            edit = QLineEdit(getattr(people, name) or issuer)
            edit.setObjectName(f"person_{name}")
            edit.setAccessibleName(word)
            edit.setMaxLength(40)
            edit.textChanged.connect(lambda _: self._check())
            caption = label(word, tone="text2")
            caption.setBuddy(edit)
            grid.addWidget(caption, place, 0)
            grid.addWidget(edit, place, 1)
            self._edits[name] = edit
        self.body.addLayout(grid)
        self.body.addWidget(label("印在报告末尾，下个季度自动带出来。", "caption"))
        self.separate = QCheckBox("填报人和审核人必须是两个人（本单位的规定）")
        self.separate.setObjectName("separate_people")
        self.separate.setChecked(separate)
        self.separate.toggled.connect(lambda _: self._check())
        self.body.addWidget(self.separate)
        self._same = label("", "caption", "bad", "same_person")
        self.body.addWidget(self._same)
        self.co_signing = QCheckBox(WANTED)
        self.co_signing.setObjectName("co_signing")
        self.co_signing.setChecked(co_signing)
        self.co_signing.toggled.connect(lambda _: self._check())
        self.body.addWidget(self.co_signing)
        self._who_signs = label("", "caption", name="co_signing_who", wrap=True)
        self.body.addWidget(self._who_signs)
        self._differs = Banner(icons, "warn")
        self._differs.setObjectName("issuer_differs")
        self.body.addWidget(self._differs)
        self.add_button("取消", name="people_cancel", clicked=self.reject)
        self._answer = self.add_button(answer, "primary", "people_done", self._done)
        self._check()
        empty = next((self._edits[n] for n in _NEEDED if not self._edits[n].text().strip()), None)
        (empty or self._answer).setFocus()

    @property
    def people(self) -> People:
        return People(**{name: " ".join(edit.text().split()) for name, edit in self._edits.items()})

    def _check(self) -> None:
        people = self.people
        same = self.separate.isChecked() and same_person(people)
        self._same.setText("填报人和审核人写的是同一个人" if same else "")
        self._same.setVisible(same)
        will = who_will(self._co_signers(people)) if self.co_signing.isChecked() else ""
        self._who_signs.setText(will)
        self._who_signs.setVisible(bool(will))
        self._answer.setEnabled(all(getattr(people, name) for name in _NEEDED) and not same)
        differs = bool(self._certified and people.issuer and people.issuer != self._certified)
        if differs:
            self._differs.say(
                "warn",
                f"这台电脑上的证书是{self._certified}的",
                f"写了{people.issuer}，可以由{people.issuer}在纸质签批单上签字，再由{self._certified}代签；"
                f"也可以由{people.issuer}本人用自己的证书签发。",
            )
        self._differs.setVisible(differs)

    def _done(self) -> None:
        self.separated.emit(self.separate.isChecked())
        self.coSigning.emit(self.co_signing.isChecked())
        self.named.emit(self.people)
        self.accept()
