"""F1: what the page that is shown is for, how it is used, and its keys."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop.views.context import Context
from desktop.views.theme import Theme
from desktop.views.widgets.dialog import Dialog

_DOT = "· "
_WIDTH = 620


class HelpDialog(Dialog):
    """Shows one text of `resources/help`; Esc closes, the arrows and PgUp, PgDn scroll."""

    def __init__(self, context: Context, text: str, parent: QWidget | None) -> None:
        title, _, body = text.partition("\n")
        super().__init__("帮助", title.removeprefix("# ").strip(), _WIDTH, parent)
        self.setObjectName("help_dialog")
        self.words = QTextBrowser()
        self.words.setObjectName("help_text")
        self.words.setAccessibleName(f"{title.removeprefix('# ').strip()}的帮助")
        self.words.setOpenLinks(False)
        self.words.setHtml(page(body, context.theme))
        # There is nothing else in the dialog that a ring could tell it from.
        self.words.setStyleSheet("border: none; padding: 0;")
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Short help is a short dialog.
        self.words.document().setTextWidth(_WIDTH - 64)
        needed = int(self.words.document().size().height()) + context.theme.px(8)
        self.give_room(self.words, min(needed, context.theme.px(440)), context.theme.px(200))
        self.body.addWidget(self.words)
        self.add_button("关闭", "primary", "help_close", self.accept)
        self.words.setFocus()


def show_help(context: Context, place: str, parent: QWidget) -> None:
    """The help of a place; nothing where it has none."""
    path = help_file(context.paths.help, place)
    if path.is_file():
        dialog = HelpDialog(context, path.read_text(encoding="utf-8"), parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def help_file(folder: Path, place: str) -> Path:
    return folder / f"{place}.md"


def page(text: str, theme: Theme) -> str:
    """A text of headings (`## `), items (`- `) and paragraphs as HTML in the program's own sizes.

    An item `键：作用` of the last section stands in two columns.
    """
    made: list[str] = []
    keys = False
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        if line.startswith("## "):
            keys = line == "## 键盘"
            made.append(_block("strong", escape(line[3:]), 12, 4, theme))
        elif line.startswith("- "):
            made.append(_item(line[2:], keys, theme))
        else:
            made.append(_block("text2", escape(line), 0, 4, theme))
    return "".join(made)


def _block(kind: str, words: str, above: int, below: int, theme: Theme) -> str:
    colour = theme.colours["text" if kind == "strong" else kind]
    weight = "font-weight:600;" if kind == "strong" else ""
    size, px = theme.px(theme.sizes["body"]), theme.px
    margins = f"margin-top:{px(above)}px;margin-bottom:{px(below)}px"
    return f'<p style="font-size:{size}px;color:{colour};{weight}{margins}">{words}</p>'


def _item(words: str, keys: bool, theme: Theme) -> str:
    parts = [part.split("：", 1) for part in words.split("；")] if keys else []
    if parts and all(len(part) == 2 for part in parts):
        colour = theme.colours["accent"]
        said = "　".join(f'<b style="color:{colour}">{escape(key)}</b> {escape(does)}' for key, does in parts)
    else:
        said = escape(words)
    size, colour, px = theme.px(theme.sizes["body"]), theme.colours["text"], theme.px
    # What goes on in the next line stands under the words, not under the dot.
    inset = QFontMetrics(theme.font()).horizontalAdvance(_DOT)
    return f'<p style="font-size:{size}px;color:{colour};margin:{px(2)}px 0 {px(4)}px {inset}px;text-indent:-{inset}px">{_DOT}{said}</p>'
