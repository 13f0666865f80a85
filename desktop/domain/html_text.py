"""The text of a piece of HTML from the clipboard: for programs that put nothing plainer there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
    ]
)
_UNSHOWN = frozenset(["head", "style", "script", "title", "template", "xml"])
# Tags that have no end: what stands behind them is not inside them.
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LIMIT = 2_000_000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile("<!--|<!|<[?]")
# A picture within the text; what is longer than any tag of words is none of ours.
_LONG_TAG = re.compile("<[a-zA-Z][^<>]{2000,}>")
_NO_TAG = re.compile("<(?![^<>]{1,2000}>)")
_NO_SIGN = re.compile("&#[xX]?[0-9a-fA-F]{8,};?")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)(?:<!--\s*EndFragment\s*-->|\Z)", re.S | re.I)


def text_of(html: str) -> str:
    """What a browser would show of it: a line a paragraph, a tab between cells, list lines with their mark.

    Takes the first two million signs of what is longer; never raises.
    """
    fragment = _FRAGMENT.search(html[: _LIMIT * 2])
    reader = _Reader()
    reader.feed(_plain(fragment[1] if fragment else html)[:_LIMIT])
    reader.close()
    lines = (line.strip(" ") for line in "".join(reader.said).split("\n"))
    return re.sub("\n{2,}", "\n", "\n".join(lines)).strip("\n")


def _plain(html: str) -> str:
    """Without comments, declarations, tags that do not end and numbers of signs that there are none of: on some of them
    Python's parser gives up, over many of them it takes minutes."""
    kept, at = [], 0
    while (start := _DECLARATION.search(html, at)) is not None:
        kept.append(html[at : start.start()])
        mark = "-->" if start[0] == "<!--" else ">"
        end = html.find(mark, start.end())
        if end < 0:
            # As in a browser: it never ended, and nothing behind it is shown.
            at = len(html)
            break
        at = end + len(mark)
    told = _NO_SIGN.sub("", _LONG_TAG.sub("", "".join((*kept, html[at:]))))
    return _NO_TAG.sub("&lt;", told)


class _Reader(HTMLParser):
    """Collects the text; `said` holds it in pieces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden: list[str] = []
        self._lists: list[int | None] = []
        self._marks: list[bool] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSHOWN:
            self._hidden.append(tag)
        elif tag == "tr":
            self._line()
            self._cells = 0
        elif tag in ("td", "th"):
            self._cell()
        elif tag == "li":
            self._line()
            self._say(self._list_mark())
        elif tag in _BLOCKS and not self._inside_cell_start():
            self._line()
        if tag in ("ol", "ul"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "span":
            style = next((value or "" for name, value in attrs if name == "style"), "")
            self._marks.append("mso-list:ignore" in style.replace(" ", "").lower())

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in ("ol", "ul"):
            if self._lists:
                self._lists.pop()
            self._line()
        elif tag == "span":
            # Behind Word's own mark of a list's line stand blanks in place of a tab.
            if self._marks and self._marks.pop():
                self._say("\t")
        elif tag in ("tr", "li", "table") or (tag in _BLOCKS and tag not in _VOID):
            self._line()

    def handle_data(self, data: str) -> None:
        words = _BLANKS.sub(" ", data)
        if words == " " and not self._on_a_line():
            return
        self._say(words)

    def _say(self, text: str) -> None:
        if text and not self._hidden:
            self.said.append(text)

    def _line(self) -> None:
        self._say("\n")

    def _cell(self) -> None:
        """A tab behind the cell before, whose last paragraph ended a line."""
        while self._cells and self.said and not self.said[-1].strip(" \n"):
            self.said.pop()
        if self._cells:
            self._say("\t")
        self._cells += 1

    def _list_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1]}. "

    def _on_a_line(self) -> bool:
        return bool(self.said) and not self.said[-1].endswith("\n")

    def _inside_cell_start(self) -> bool:
        """Right behind a tab: a paragraph that opens a cell begins no line."""
        return bool(self.said) and self.said[-1] == "\t"
