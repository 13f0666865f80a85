"""The head of an annex (GB/T 9704-2012, 7.3.7): 附件 in 黑体 on the first line, its title in the middle of the third."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports.letter_head import PITCH
from desktop.reports.page import Pages, Style
from desktop.reports.title_setting import title_lines

_SIZES, _BELOW, _MOST_LINES = (22.0, 18.0, 15.0, 12.0), 6.0, 3
HEAD_HEIGHT = 2 * PITCH + 32 + _BELOW
"""Of an annex whose title is one line."""


def set_annex_head(pages: Pages, label: str, title: Sequence[str]) -> float:
    """Sets it at the top of the page that is open, the title's parts whole where possible; returns the y below.

    A title of many lines is set smaller, because on a landscape page the table would have no room left.
    """
    area = pages.area
    pages.text(area.left, area.top - 20, label, Style(pages.faces.heading, 16, PITCH))
    for size in _SIZES:
        style = Style(pages.faces.title, size, size + 10)
        lines = title_lines(title, style, area.width)
        if len(lines) <= _MOST_LINES:
            break
    y = area.top - 2 * PITCH
    for line in lines:
        pages.centred((area.left + area.right) / 2, y - size - 2, line, style)
        y -= style.pitch
    return y - _BELOW
