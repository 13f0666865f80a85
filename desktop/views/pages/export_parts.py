"""What the export page shows of the three files, of the writing, and beside it what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.views.context import Context
from desktop.views.icons import Icons
from desktop.views.widgets.file_drop import FileRow
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Ring, SectionHead, note
from desktop.views.widgets.styling import label, mark, pane, picture, rule

STAGES = ("写入", "存到盘上", "读回比对", "完成")
NOT_WRITTEN, WAITING, SAME = ("", "text3"), ("等待", "text3"), ("一致", "good")


@dataclass(frozen=True)
class FileLine:
    """One of the files of a report: name, what it is for, size in bytes."""

    name: str
    caption: str
    size: int


class FileTable(QWidget):
    """Step 2: the files that are written, each with its size and whether it was read back."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.head = SectionHead(icons, "写入的文件", number=2)
        self._rows: list[FileRow] = []
        self._holder = column(gap=0)
        self.setLayout(column(self.head, 0, self._heads(), self._holder, gap=4))

    def _heads(self) -> QWidget:
        made = pane("surface2")
        compared = label("读回比对", "label")
        compared.setFixedWidth(self._icons.theme.px(96))
        made.setLayout(
            row(label("文件", "label"), None, label("大小", "label"), 16, compared, margins=(8, 5, 0, 5))
        )
        return made

    def set_files(self, files: Sequence[FileLine]) -> None:
        clear(self._holder)
        self._rows = []
        for number, line in enumerate(files):
            made = FileRow(self._icons, line.name, line.caption, line.size)
            made.setObjectName(f"export_file_{number}")
            self._rows.append(made)
            self._holder.addWidget(made)

    def say(self, words: Sequence[tuple[str, str]]) -> None:
        """The state of each file: word and tone."""
        for made, (word, tone) in zip(self._rows, words, strict=False):
            made.set_state(word, tone)

    def say_all(self, word: tuple[str, str]) -> None:
        self.say([word] * len(self._rows))


class _Line(QWidget):
    """The stroke between two stages."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme, self.done = icons.theme, False
        self.setFixedSize(icons.theme.px(40), icons.theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("on" if self.done else "line2"), 2))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)


class StageStrip(QWidget):
    """Step 3: 写入 — 存到盘上 — 读回比对 — 完成."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead(icons, "写入并核对", number=3)
        self.note = label("", "caption", name="export_stage_note")
        card = pane("quietCard", "export_stages")
        parts: list[QWidget] = []
        self._words: list[tuple[QLabel, QLabel]] = []
        self._lines: list[_Line] = []
        for number, text in enumerate(STAGES):
            if number:
                self._lines.append(_Line(icons))
                parts.append(self._lines[-1])
            tick, word = picture(icons, "check", "on", 14), label(text, tone="text3")
            self._words.append((tick, word))
            parts += [tick, word]
        card.setLayout(row(*parts, None, self.note, gap=8, margins=(14, 9, 14, 9)))
        self.setLayout(column(self.head, card, gap=8))
        self.show_stage(-1)

    def show_stage(self, stage: int, words: str = "") -> None:
        """Stages before `stage` are done, it is under way; -1: nothing yet, 4: all done."""
        for number, (tick, word) in enumerate(self._words):
            tick.setVisible(number < stage)
            tone = "good" if number < stage else "accent" if number == stage else "text3"
            mark(word, role="strong" if number == stage else "body", tone=tone)
        for number, line in enumerate(self._lines):
            line.done = number < stage
            line.update()
        self.note.setText(words)
        self.setAccessibleName("，".join(STAGES[:stage]) or "还没有写入")


@dataclass(frozen=True)
class Aside:
    """What the pane at the right tells: who receives, which time, who signed, the code, how it stands."""

    superior: str
    contact: str
    facts: tuple[tuple[str, str], ...]


class AsidePane(QWidget):
    """接下来 and 这次报送."""

    WIDTH = 324

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._next, self._facts = column(gap=12), column(gap=6)
        inside = column(
            label("接下来", "strong"),
            self._next,
            4,
            rule(),
            4,
            label("这次报送", "strong"),
            self._facts,
            8,
            note("电脑里还留着同样的一份，收到回执前一直保留。U盘丢了，可以再写一次，内容完全相同。"),
            None,
            gap=8,
            margins=(20, 16, 20, 16),
        )
        ground = pane("surface2", "export_aside")
        ground.setLayout(inside)
        self.setLayout(row(ground, gap=0))

    def tell(self, aside: Aside) -> None:
        """Show what follows the writing, and the facts of this submission."""
        clear(self._next)
        clear(self._facts)
        steps = (
            (f"把写出的文件送到{aside.superior}", aside.contact),
            ("等市里的回执", "回执文件放进U盘带回来，在“收件”里导入"),
            ("看到“市里已收下”，这一季就办完了", "如果退回，会写明是哪一条、什么原因"),
        )
        for number, (title, caption) in enumerate(steps, 1):
            self._next.addLayout(self._step(number, title, caption))
        for name, value in aside.facts:
            words = label(value, name=f"export_fact_{name}", wrap=True)
            key = label(name, tone="text2")
            key.setFixedWidth(self._context.theme.px(64))
            line = row(key, words)
            line.setAlignment(key, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self._facts.addLayout(line)

    def _step(self, number: int, title: str, caption: str) -> QHBoxLayout:
        ring = Ring(self._context.icons, number)
        words = column(label(title, wrap=True), gap=0)
        if caption:
            words.addWidget(label(caption, "caption", wrap=True))
        line = row(ring, words, gap=10)
        line.setAlignment(ring, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        return line
