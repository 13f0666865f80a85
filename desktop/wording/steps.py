"""What slow work is doing, in words for a progress bar."""

from __future__ import annotations

from desktop.domain.progress import Progress

STEP = {
    "reading": "正在读文件",
    "recognising": "正在认任务和单位",
    "unlock": "正在核对口令",
    "pack": "正在做任务包",
    "sign": "正在签名",
    "check": "正在查验",
    "write": "正在写入，先不要拔出",
    "compare": "正在读回来比对",
    "paper_code": "正在逐份比对",
    "done": "好了",
    "render": "正在排版",
    "workbook": "正在做台账",
    "bureau_workbook": "正在做填报表",
    "enrol": "正在办证书",
    "report": "正在填报和签发",
    "backup": "正在备份，先不要拔出",
    "backup_compare": "正在读回来比对",
    "restore": "正在恢复",
}
OTHER = "正在处理"


def spoken(progress: Progress) -> Progress:
    """The same progress, told in words; a step without a word is told as 正在处理."""

    def told(step: str, done: int, total: int) -> None:
        progress(STEP.get(step, OTHER), done, total)

    return told
