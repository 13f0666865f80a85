"""备份和恢复: what is said before, while and after; what is refused; what a restored unit does next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from desktop.domain.backup import LastSent, Snapshot
from desktop.domain.package import PackageKind
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportState
from desktop.wording.terms import PACKAGE, clock, file_size, full_date, listed, month_day, revision

SENTENCES: dict[str, tuple[str, str]] = {
    "backup_not_ours": (
        "这个文件不是蓝天季报的备份",
        "什么都没有写。备份文件的名称以 .jbk 结尾，里面有“备份”两个字，请另选一个。",
    ),
    "backup_damaged": (
        "这个备份不完整，或被改动过",
        "没有恢复，什么都没有写。可能没有拷完。请从原来的U盘重新复制一份，或用另一天的备份。",
    ),
    "backup_newer": (
        "这个备份是用更新版本的程序做的",
        "没有恢复，什么都没有写。请先把本程序升级到新版本。",
    ),
    "backup_source_unreadable": (
        "工作区里的“{file}”读不出来，备份没有做成",
        "没有留下半个备份，工作区没有变。磁盘可能坏了，请尽快把整个文件夹复制到别的盘。",
    ),
    "backup_exists": (
        "已经有这个文件",
        "没有备份，那个文件没有动。请换一个名称；确实要代替它，加上 --replace。{file}",
    ),
    "backup_too_many_files": ("文件太多，一个备份装不下", "最多{limit}。没有留下半个备份，工作区没有变。"),
    "disk_format_small": (
        "这个盘放不下这么大的一个文件",
        "备份约{size}，这个盘的格式（FAT32）一个文件最多4 GB。没有留下半个备份，请换一个盘，或存到电脑的硬盘上。{folder}",
    ),
    "workspace_not_damaged": ("这个工作区打得开，不用恢复", "没有动它。请直接打开。{folder}"),
    "own_not_ours": (
        "这个文件不是本单位签发的，或被改动过",
        "没有找回，库里没有变化。请用报送时写出的原件。",
    ),
    "restored_unvouched": (
        "这个工作区是从备份恢复的，还没有核对过",
        "没有签名，什么都没有变。它的内容是{day}的，那以后签发过的，编号会重复，市里不收。请先在“收件”里导入那以后报送的季报（.jbx）；确实没有漏的，签发时写明都在（命令行加 --all-here）。",
    ),
    "own_missing": (
        "市里答复过的一次报送，这里没有",
        "没有签名，什么都没有变。{quarter}的回执或退回单到了，它答复的那一次这里找不到，多半是从旧备份恢复过。请先在“收件”里导入那一次的季报（.jbx）；找不到了，请市里“交还原件”。",
    ),
    "handed_altered": (
        "“{file}”的签名对不上了",
        "什么都没有写出。库里的这一份收下以后被改动过，或磁盘坏了；请从备份里找回原来的，再交还。",
    ),
    "own_gap": (
        "要先找回前面的一份",
        "这是第{sequence}号文件，这里只到第{last}号。库里没有变化。请先导入更早的那一份，再导入这一份。",
    ),
    "own_without_plan": (
        "这里没有它用的方案：“{plan}”第{version}版",
        "没有找回，库里没有变化。请先导入那一版的任务包，再导入这一份；任务包找不到了，请市里再给一次。",
    ),
    "own_fork": (
        "这里又签发过另一份，和这个文件冲突",
        "没有找回，库里没有变化。请再从备份恢复一次，恢复后先导入这个文件，不要先签发。",
    ),
}

UNSEEN = (
    "撤回的那一份找不到了吗？",
    "撤回通知到了，它撤的那一份不在这里。还找得到的（U盘上、市里），请先导入那一份。"
    "没有交出去就撤回、电脑又坏了的，找不回来：只记下这一次已经撤回，编号接得上，内容要重新填。",
    "找不到了，记为已撤回",
    "我再找找",
)
HAND_BACK = (
    "对方的电脑坏了、工作区丢了，用这里收到的原件给它找回来。文件和收到时一字不差，签名照样有效；"
    "写完读回核对。对方把它们一起拖到“收件”里就行。"
)
HOLDS = "整个工作区存成一个文件：填报、方案、佐证材料、签发过的文件、收发的文件。"
KEYS = "签名钥匙也在里面，仍由口令锁着，没有口令用不了。备份请像签名U盘一样保管。"
NOT_BOTH = "原来的文件夹如果还能用，不要两个都用：两边各报各的，编号会重复，市里不收。"
TAKE_BACK = (
    "备份以后报送过的，先到“收件”导入那次写到U盘上的季报（.jbx），再接着填报、签发；"
    "收过的任务包、回执也再导入一次。U盘上的也没有了，请市里在“收件”里“交还原件”。"
)
TAKE_BACK_CITY = (
    "备份以后收过的季报和发出的回执这里没有，请各单位把季报再交一次；没有核对清楚以前，先不要下发新版。"
)
OVERDUE = "上个季度已经结束，还没有新的备份文件，该备份一次了。"


def when(at: datetime, today: date) -> str:
    """4月4日 14:32, with its year where that is another."""
    day = month_day(at) if at.year == today.year else full_date(at)
    return f"{day} {clock(at)}"


def vouch_question(made_at: datetime, last: str, today: date) -> tuple[str, str]:
    """Title and text before the first signature after a restore; `last` as `last_sent` says it."""
    return (
        f"{when(made_at, today)}以后签发过的，都找回来了吗？",
        f"这个工作区是从那时的备份恢复的。{last}\n\n"
        "那以后还签发、撤回过的，这里没有：现在签发，编号会和那一份重复，内容不同，市里不收。"
        "请先在“收件”里导入那次写到U盘上的季报（.jbx）；找不到了，请市里“交还原件”。拿不准，打电话问市里收到了第几次。",
    )


def last_sent(found: Iterable[LastSent]) -> str:
    """What a restored workspace knows to have been signed, three at most."""
    lines = [
        f"{Quarter.parse(each.quarter).chinese}第{each.sequence}份（{PACKAGE[each.kind.value]}，{month_day(each.at)}）"
        for each in found
    ]
    if not lines:
        return "这里一份也没有签发过。"
    more = f"等{len(lines)}份" if len(lines) > 3 else ""
    return f"这里签发过的，最后是：{'、'.join(lines[:3])}{more}。"


def exchanged(kinds: Iterable[PackageKind]) -> str:
    """任务包2份、季报3份: what was exchanged with a unit, by kind."""
    numbers = Counter(kinds)
    counted = "、".join(f"{PACKAGE[kind.value]}{count}份" for kind, count in numbers.items())
    return f"{counted}；整个丢了、没有备份时用。证书不在里面，要重新申请。"


def exchanged_folder(unit: str, at: datetime) -> str:
    """The folder that they go into: 柏河县_往来文件_20251129."""
    return f"{unit}_往来文件_{at:%Y%m%d}"


def last_file(at: datetime | None, today: date) -> str:
    return f"上次备份到文件：{when(at, today)}" if at else "还没有备份到文件"


def last_automatic(at: datetime | None, today: date) -> str:
    return f"上次自动备份：{when(at, today)}" if at else "还没有自动备份"


def made(size: int, altered: int, cleared: int = 0) -> str:
    """What is said under 备份好了."""
    said = f"{large(size)}，已读回来逐个比对。请放到这台电脑以外的地方。"
    if altered:
        said += f"其中{altered}个文件在程序之外被改动过，照现在的样子存了。"
    if cleared:
        said += "上次备份中途断掉，留下的半个文件已经删掉。"
    return said


def large(size: int) -> str:
    """A size of files that may be gigabytes."""
    return f"{size / 1_000_000_000:.1f} GB" if size >= 1_000_000_000 else file_size(size)


def plans_line(titles: tuple[str, ...]) -> str:
    return f"{len(titles)}个：{listed(titles, 2)}" if titles else "没有"


def quarters_line(quarters: tuple[str, ...]) -> str:
    if not quarters:
        return "没有"
    first, last = (Quarter.parse(quarter).chinese for quarter in (quarters[0], quarters[-1]))
    return f"{len(quarters)}个：{first}" + (f"到{last}" if len(quarters) > 1 else "")


def submission_line(last: Report | None, unit: str, leads: bool) -> str:
    """The newest that was submitted; at the superior, that came in."""
    if last is None:
        return "还没有"
    at = last.received_at or last.submitted_at
    said = f"{Quarter.parse(last.quarter).chinese}{revision(last.revision)}"
    day = f"，{full_date(at)}" if at else ""
    return f"{unit}{said}{day}" if leads else f"{said}{day}"


def offer(snapshot: Snapshot, today: date) -> str:
    """The words of the button that puts an automatic copy in place."""
    return f"用自动备份恢复（{when(snapshot.at, today)}）…"


def put_back_question(snapshot: Snapshot, today: date) -> str:
    return (
        f"{when(snapshot.at, today)}以后填的、改的、收的没有了；佐证材料和签发过的文件还在。"
        "坏的数据库不删，改个名字留在文件夹里。"
    )


def put_back_told(snapshot: Snapshot, aside: str, leads: bool, today: date) -> str:
    kept = f"坏的数据库留在“{aside}”。" if aside else ""
    return f"内容是{when(snapshot.at, today)}的，那以后填的请再填一次，收过的文件请再导入一次。{kept}\n\n{TAKE_BACK_CITY if leads else TAKE_BACK}"


def restored_told(folder: object, leads: bool, unfinished: tuple[str, ...] = ()) -> str:
    """What is said once the new workspace is open; `unfinished`: folders beside it that an earlier restore left half done."""
    left = (
        f"\n\n旁边的“{'”“'.join(unfinished)}”是以前没恢复完留下的，里面也是单位的数据，用不着就请删掉。"
        if unfinished
        else ""
    )
    return f"新的工作区在“{folder}”。{NOT_BOTH}\n\n{TAKE_BACK_CITY if leads else TAKE_BACK}{left}"


def recovered(report: Report) -> str:
    """What taking back one's own submission did."""
    if report.state is ReportState.WITHDRAWN and not report.digest:
        which = f"{Quarter.parse(report.quarter).chinese}{revision(report.revision)}"
        return f"记下了{which}已经撤回。内容找不回来，要重新填；编号接得上。"
    return f"找回了{Quarter.parse(report.quarter).chinese}{revision(report.revision)}。内容和当时签发的一样，可以接着导入回执。"


def recovered_again(report: Report) -> str:
    return f"{Quarter.parse(report.quarter).chinese}{revision(report.revision)}本来就在，没有变化。"
