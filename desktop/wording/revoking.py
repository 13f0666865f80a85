"""What is said of revoking a certificate: what it means, why, what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.identity import Issued, RevocationReason, read_out
from desktop.wording.terms import SIGN_ROLE, full_date

REASON = {
    RevocationReason.REPLACED: "离任或换人",
    RevocationReason.KEY_LOST: "钥匙丢失或泄露",
    RevocationReason.MISTAKEN: "发错了",
    RevocationReason.OTHER: "其他原因",
}
MEANS = (
    "从现在起，市里不再收这张证书签的文件；以前签好、还没有收下的也不收，因为签名的时间可以倒填。"
    "已经收下的季报仍然有效。"
)
FOR_GOOD = "注销以后不能恢复。这个人还要签的，重新申请证书。"
OFFERED = "新证书已经签发，旧的这一张还有效。人换了、口令泄露了的，把它注销；不注销，两张都能签。"


def whose(unit: str, issued: Issued) -> str:
    """东川县签发人王建军的证书."""
    return f"{unit}{SIGN_ROLE[issued.role]}{issued.person}的证书"


def which(issued: Issued) -> str:
    return f"{full_date(issued.issued_at.astimezone())}发，指纹 {read_out(issued.fingerprint)}"


def undecided(unit: str, count: int) -> tuple[str, str]:
    """Submissions that wait: afterwards they cannot be accepted any more."""
    return (
        f"{unit}还有{count}份季报没有定",
        "用这张证书签的，注销以后就收不了，要请对方换证书重签。要收的，先取消，到“收件”里收下，再来注销。",
    )


def done(unit: str, number: int, told: bool) -> str:
    """What holds from now on, and what is to be done where the unit does not know yet."""
    said = f"注销名单现在是第{number}号，市里从现在起不收它签的文件。"
    if told:
        return said
    return said + f"{unit}的程序还不知道：到“下发”重新生成任务包交给它；下一份回执、退回单也会带到。"


def not_told(number: int, units: Sequence[str]) -> tuple[str, str]:
    """Units whose own program does not know the list."""
    return (
        f"注销名单第{number}号还没有带到{'、'.join(units)}",
        "有证书注销了，那边的程序还不知道，还会用它签名，签了市里不收。重新生成任务包交给它；下一份回执、退回单也会带到。",
    )


def revoked_line(issued: Issued) -> tuple[str, str]:
    """When; and why and by whom."""
    at: datetime | None = issued.revoked_at
    day = full_date(at.astimezone()) if at else ""
    reason = REASON[issued.reason] if issued.reason else ""
    return day, f"{reason}，{issued.revoked_by}办理" if issued.revoked_by else reason
