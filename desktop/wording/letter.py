"""What the program says about the text of a report: who wrote a section, what has changed since, what must not stand in it."""

from __future__ import annotations

from collections.abc import Sequence

NUMBER_WORD = "发文字号"
NUMBER_HINT = "例如 柏政报〔2025〕12号。空着：红头报告留出位置手写，不带红头的不印。"


def standing(edited: bool, stale: bool, text: str) -> str:
    """A word for the list."""
    if stale:
        return "已改，数据有变化"
    if edited:
        return "已改" if text.strip() else "已改，不印"
    return "自动起草" if text.strip() else "空，不印"


def explained(
    edited: bool, stale: bool, text: str, suggestions: bool = False, until: str = "审核通过"
) -> str:
    """Beneath a section's heading: where its words come from and what happens next; they follow the data `until`."""
    if stale:
        return "这一节改过；之后数据有变化，下面是照现在的数据起草的。"
    if edited and not text.strip():
        return "这一节删空了，不印，标题也不印。"
    if edited:
        return "这一节改过，不再跟着数据变。"
    if text.strip():
        return f"照数据自动起草，数据变了跟着变，到{until}为止。改了就以改的为准。"
    if suggestions:
        return "这一节不自动起草。写了才印；报告里不能夹带请示事项。"
    return "照现在的数据没有要写的，这一节不印。写了就印。"


def asking(words: Sequence[str]) -> tuple[str, str]:
    """Title and text where a section asks for something."""
    named = "、".join(f"“{word}”" for word in words[:4])
    return f"像是在请示：{named}", "报告不得夹带请示事项。要请示的，另行行文；不是请示的，可以不改。"


def button(stale: int) -> str:
    """The way to the text, with how many sections want a look."""
    return f"正文（{stale}节待核对）…" if stale else "正文…"
