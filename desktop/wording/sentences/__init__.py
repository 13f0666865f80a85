"""The sentences of error codes, by the part of the program that they speak for.

Each says what happened, then what is safe and what to do. Facts stand in braces.
"""

from __future__ import annotations

from desktop.wording import colleagues, evidence, keeping
from desktop.wording.sentences import packages, plans, reports, signing, workspaces

UNKNOWN = ("这一步没有做成", "已有的内容没有变化。请记下下面的编号，告诉维护人员。")
# What is said where the facts of the full sentence are not known.
WITHOUT_FACTS: dict[str, tuple[str, str]] = {
    "workspace_in_use": (
        "这个工作区正由另一个程序打开着",
        "为免互相覆盖，同一时间只能由一个程序打开。等那边关闭后再打开。{where}",
    ),
    "disk_full": ("空间不够", "没有写完的都撤掉了，原有的内容都在。请腾出空间，或换一个盘。{where}"),
}

SENTENCES: dict[str, tuple[str, str]] = {
    **workspaces.SENTENCES,
    **plans.SENTENCES,
    **reports.SENTENCES,
    **signing.SENTENCES,
    **packages.SENTENCES,
    **colleagues.SENTENCES,
    **evidence.SENTENCES,
    **keeping.SENTENCES,
}
