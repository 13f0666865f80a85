"""佐证材料: what is said when a file is taken, weighed, shown or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from desktop.domain.quarter import Quarter
from desktop.domain.report import Evidence
from desktop.wording.terms import file_size, revision, spoken

SENTENCES: dict[str, tuple[str, str]] = {
    "evidence_altered": (
        "工作区里存着的佐证材料“{file}”读不出来，或在程序之外被改动过",
        "已停止使用它，填报的文字没有变。请从备份恢复，或删去这一份，重新添加。",
    ),
    "evidence_missing": ("找不到文件“{file}”", "已填的内容都在。请检查文件是不是被移走了。"),
    "evidence_too_large": (
        "“{file}”有{size}，超过了{limit}",
        "没有添加，其他内容都在。请压缩图片，或拆成几个文件。",
    ),
    "evidence_form": (
        "“{file}”这种文件不能作佐证材料",
        "没有添加。可以用 PDF、OFD、图片、Word、WPS、Excel 和 zip。",
    ),
    "evidence_folder": (
        "“{file}”是文件夹",
        "没有添加，其他内容都在。请打开它，选里面的文件；文件多的话，先压缩成 zip。",
    ),
    "evidence_shortcut": (
        "“{file}”是快捷方式，里面没有文件内容",
        "没有添加，其他内容都在。请找到它指向的文件，把那个文件放进来。",
    ),
    "evidence_phone_photo": (
        "“{file}”是手机或网页用的图片格式，市里的电脑可能打不开",
        "没有添加，其他内容都在。请先把它另存为 JPG，再放进来。",
    ),
    "evidence_no_ending": (
        "“{file}”没有后缀，看不出是什么文件",
        "没有添加，其他内容都在。请用原来的程序打开，另存为 PDF 或别的常用格式。",
    ),
    "evidence_empty": (
        "“{file}”是空的，一个字节都没有",
        "没有添加，其他内容都在。请检查文件是不是没有存好，或没有拷完。",
    ),
    "evidence_no_room": (
        "再放进“{file}”，报送文件就超过{limit}了",
        "没有添加，其他内容都在。现在约{size}，最大的是{largest}。请压缩图片，或换成小一点的文件。",
    ),
    "archive_damaged": (
        "压缩包“{file}”里的清单读不出来",
        "文件本身没有动过。可以用电脑上的程序打开看看；打不开的话，请重新压缩一份。",
    ),
    "text_unreadable": (
        "“{file}”里的内容不是能认出的文字",
        "文件本身没有动过。可以用电脑上的程序打开看看。",
    ),
    "picture_damaged": (
        "图片“{file}”显示不出来",
        "文件本身没有动过。可以用电脑上的程序打开看看；打不开的话，请重新拍一张或另存一份。",
    ),
    "picture_too_much": (
        "图片“{file}”太大，这里不显示",
        "文件本身没有动过，也可以照常报送。要看内容，请用电脑上的程序打开。",
    ),
    "page_damaged": (
        "PDF“{file}”显示不出来",
        "文件本身没有动过。可以用电脑上的程序打开看看；打不开的话，请重新生成一份。",
    ),
    "page_locked": (
        "PDF“{file}”要密码才能打开",
        "文件本身没有动过。市里没有密码也看不了，请换一份不带密码的。",
    ),
    "page_too_much": (
        "PDF“{file}”的这一页太复杂，这里不显示",
        "文件本身没有动过，也可以照常报送。要看内容，请用电脑上的程序打开。",
    ),
    "report_overweight": (
        "报送文件约{size}，超过了{limit}",
        "没有签发，内容都在。最大的是{largest}。请退回填报，压缩图片，或换成小一点的文件。",
    ),
    "evidence_too_many": (
        "佐证材料已经有{count}份，“{file}”放不下了",
        "没有添加，其他内容都在。请把几份合并，或压缩成一个 zip。",
    ),
    "evidence_unreadable": (
        "文件“{file}”读不出来",
        "没有添加，已填的内容都在。请检查文件能不能打开。{reason}",
    ),
}

NO_PROGRAM = (
    "这台电脑上没有能打开它的程序",
    "文件没有动过。可以先“另存为…”，拷到装有 WPS 或其他程序的电脑上看。",
)
_TOLD = 4


class Used(Protocol):
    """Where a file is used, as `services.previewing.Use` says it."""

    @property
    def unit(self) -> str: ...
    @property
    def quarter(self) -> str: ...
    @property
    def revision(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def name(self) -> str: ...


def caption(file: Evidence, encoding: str = "", cut: bool = False) -> str:
    """Size, and for a text its encoding: 86 kB　编码 GB18030　只显示开头一部分"""
    parts = [file_size(file.size), f"编码 {encoding}" if encoding else "", "只显示开头一部分" if cut else ""]
    return "　".join(part for part in parts if part)


def used_in(uses: Sequence[Used], name: str) -> str:
    """The newest report that names a file, with its entries; how many others do: 用在东川县2025年第一季度 第3条、第5条"""
    if not uses:
        return "还没有存到条目里"
    first = uses[0]
    own = [
        use
        for use in uses
        if (use.unit, use.quarter, use.revision) == (first.unit, first.quarter, first.revision)
    ]
    entries = list(dict.fromkeys(spoken(use.label) if use.label else "方案里不再有的一条" for use in own))
    more = f"等{len(entries)}条" if len(entries) > _TOLD else ""
    nth = f"（{revision(first.revision)}）" if first.revision > 1 else ""
    said = f"用在{first.unit}{Quarter.parse(first.quarter).chinese}{nth} {'、'.join(entries[:_TOLD])}{more}"
    others = len({(use.unit, use.quarter, use.revision) for use in uses}) - 1
    said += f"；另有{others}次报送也用了它" if others else ""
    names = list(dict.fromkeys(use.name for use in own if use.name != name))
    return said + (f"；也叫“{names[0][:60]}”" if names else "")


def not_shown(file: Evidence, used: str) -> str:
    """A file of a form that is not shown here."""
    return f"{file_size(file.size)}，{used}。\n这种文件在这里看不了内容，打开的是一份副本，改了也不影响报送。"


def programs(names: Sequence[str]) -> tuple[str, str]:
    listed = "、".join(f"“{name.rsplit('/', 1)[-1]}”" for name in names[:3])
    return (
        f"压缩包里有程序：{listed}" + (f"等{len(names)}个" if len(names) > 3 else ""),
        "本程序不会打开它们。不清楚来历的，请不要解压运行，先问清楚是谁放的。",
    )


def archive_count(count: int, listed: int, size: int) -> str:
    """共12项，解开后约34.5 MB；only the first are listed where there are very many."""
    only = f"，只列出前{listed}项" if listed < count else ""
    return f"共{count}项，解开后约{file_size(size)}{only}"


def weight(files: int, size: int, whole: int, limit: int, near: bool) -> str:
    """Under the evidence zone: this entry's files, and what the whole package will weigh."""
    own = f"这一条{files}份，{file_size(size)}；" if files else ""
    room = (
        f"，快到上限{file_size(limit, 0)}了，再放之前先压缩图片" if near else f"（最多{file_size(limit, 0)}）"
    )
    return f"{own}整个报送文件约{file_size(whole)}{room}"


def same_file(name: str, labels: Sequence[str], old_name: str) -> str:
    """The same content was there already: in other entries, or in this one under another name."""
    if old_name:
        return f"“{name}”和这一条的“{old_name}”是同一个文件，只存一份，名称用“{name}”。"
    said = "、".join(spoken(label) for label in labels[:_TOLD])
    return f"“{name}”和{said}用的是同一个文件，只存一份。"


def already(name: str) -> str:
    """The same content under the same name in the same entry."""
    return f"“{name}”这一条已经有了，只存一份。"


def not_taken(told: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Title and text for several files that were not taken, each with its own reason."""
    listed = [f"{title}。{text}" for title, text in told]
    more = f"\n另外还有{len(listed) - _TOLD}个。" if len(listed) > _TOLD else ""
    return f"有{len(listed)}个文件没有放进来", "\n".join(listed[:_TOLD]) + more


def stopped(done: int, total: int) -> str:
    return f"停下来了。{total}个文件里放好了{done}个，其余的没有动。"
