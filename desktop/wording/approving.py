"""经办人代签: what is said of who signed on paper and who signs here for them."""

from __future__ import annotations

from datetime import date

from desktop.domain.approval import Approval
from desktop.wording.terms import file_size, month_day

SCAN_WANTED = "还差签批单的扫描件。谁在纸上签字、谁代签、哪一天，都照实记录；扫描件随季报报给市里。"


def signed_on_paper(issuer: str, signer: str, day: date) -> str:
    """Who signed where, on which day, and who signed for them."""
    return f"签发人{issuer}在纸质签批单上签字（{month_day(day)}），由{signer}代签"


def offered(issuer: str) -> str:
    """What the person who signs for the issuer ticks."""
    return f"{issuer}已在纸质签批单上签字，由我代签"


def to_be_recorded(approval: Approval) -> str:
    """What will be written down, before it is."""
    on_paper = signed_on_paper(approval.issuer, approval.signer, approval.signed_on)
    scan = approval.scan
    return (
        f"照实记录：{on_paper}，附扫描件“{scan.name}”（{file_size(scan.size)}）。"
        "这句话印在季报 PDF 的签名处，扫描件随季报报给市里。"
    )


def issuer_line(issuer: str, approval: Approval | None) -> str:
    """The issuer as pages name them: with who signed for them, where somebody did."""
    return issuer if approval is None else f"{issuer}（{approval.signer}代签）"


def full_line(approval: Approval) -> str:
    """The issuer with the whole of it: 王建军（4月8日在纸质签批单上签字，李敏代签）."""
    return f"{approval.issuer}（{month_day(approval.signed_on)}在纸质签批单上签字，{approval.signer}代签）"
