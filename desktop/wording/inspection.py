"""The checks of a file that came in, each a sentence with its fact under it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from desktop.domain.changes import ChangeKind
from desktop.domain.errors import RefusedError
from desktop.domain.identity import read_out
from desktop.domain.package import Fact
from desktop.wording.amending import counted
from desktop.wording.approving import signed_on_paper
from desktop.wording.errors import sentence
from desktop.wording.terms import SIGN_ROLE, file_size, full_date, moment, revision

SUBJECT = {
    "signature": "签名",
    "certificate": "证书",
    "recipient": "收件",
    "order": "顺序",
    "plan": "方案",
    "version": "方案",
    "paper": "PDF",
    "files": "文件",
    "approval": "代签",
    "withdrawal": "撤回",
    "signed_preparer": "填报",
    "signed_reviewer": "审核",
    "signed_issuer": "签发",
}
VERDICT = {
    "ready": "这一份可以收下",
    "repeated": "这一份已经收过，内容相同",
    "waiting": "要等前一份",
    "refused": "这一份不能收",
}


WITHDRAWN = {
    "open": "对方撤回了{nth}，它还没有定，不再收下",
    "unseen": "对方撤回了{nth}，它没有交到这里",
    "accepted": "撤回通知来之前，{nth}已经收下；收下的仍然有效",
    "returned": "撤回通知来之前，{nth}已经退回；退回的仍然有效",
}


def told(fact: Fact) -> tuple[str, str]:
    """A check's sentence and, under it, the fact; a failed one says what is safe and what to do."""
    facts = dict(fact.facts or {})
    if fact.ok is False:
        said = sentence(RefusedError(fact.problem, **facts))
        return said.title, said.text
    return _GOOD[fact.subject](facts, fact.ok)


def _signature(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    when = moment(datetime.fromisoformat(f["time"])) if f.get("time") else ""
    shown = f"；指纹 {read_out(f['fingerprint'])}" if f.get("fingerprint") else ""
    return f"{f['person']}签名，签名之后没人动过", f"{f['unit']}，{when}{shown}"


def _certificate(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    if f.get("compare") == "request":
        return "申请里的钥匙还没有证书", "打电话核对指纹，一致才签发"
    if f.get("compare") == "root":
        return "根证书还没有核对过", "打电话和市里核对指纹，一致才导入"
    until = f"有效到{full_date(date.fromisoformat(f['until']))}；" if f.get("until") else ""
    if ok is None:
        return "证书是本市发的，还没有注销名单可查", until.rstrip("；")
    return f"证书是本市发的，{'收到时' if f.get('then') else ''}没有注销", f"{until}注销名单第{f['crl']}号"


def _recipient(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    return "是发给本单位的", f"{f['issuer']} 发给 {f['recipient']}"


def _order(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    if f.get("contested"):
        return (
            f"第{f['sequence']}份又来过一份内容不同的",
            f"那一份没有收。先打电话向{f['issuer']}核实，以哪一份为准，再定",
        )
    last = f"上次是第{f['last']}份" if f["last"] != "0" else "之前没有收过"
    return f"接得上：这是第{f['sequence']}份，{last}", "没有漏收，也没有重复"


def _plan(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    newest = f.get("newest") or f["version"]
    now = f"（现在是第{newest}版，按填报时的版本核对）" if newest != f["version"] else ""
    return "用的是这里下发的方案", f"{f['plan']}，第{f['version']}版{now}"


def _version(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    if f["held"] == "0":
        return f"方案第{f['version']}版，本单位{f['own']}条", f["plan"]
    kinds = [kind for kind in ChangeKind for _ in range(int(f.get(kind.value, "0")))]
    told = f"{counted(kinds)}。填过的内容都会留着" if kinds else "本单位的任务没有变化"
    return f"方案从第{f['held']}版更新到第{f['version']}版，本单位{f['own']}条", told


def _paper(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    return f"PDF 和数据一致，{f['rows']}条逐条比过", f"核对码 {f['code']}，和纸上印的相同"


def _approval(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    on_paper = signed_on_paper(f["named"], f["person"], date.fromisoformat(f["day"]))
    return f"{on_paper}，附扫描件 {file_size(int(f['size']))}", f"{f['scan']}，和 PDF 签名里写的是同一份"


def _signed(word: str) -> Callable[[dict[str, str], bool | None], tuple[str, str]]:
    def said(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
        when = f"{moment(datetime.fromisoformat(f['time']).astimezone())}签名；" if f["time"] else ""
        until = f"证书有效到{full_date(date.fromisoformat(f['until']))}；" if f["until"] else ""
        who = f"{word}{f['person']}" if f["person"] == f["named"] else f"{f['person']}代{word}{f['named']}"
        return f"PDF 上{who}签了名", f"{when}{until}指纹 {read_out(f['fingerprint'])}"

    return said


def _files(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    return f"{f['files']}个文件都在，没有损坏", f"共 {file_size(int(f['size']))}，佐证材料{f['evidence']}份"


def _withdrawal(f: dict[str, str], ok: bool | None) -> tuple[str, str]:
    return WITHDRAWN[f["outcome"]].format(nth=revision(int(f["revision"]))), f"原因：{f['reason']}"


_GOOD = {
    "signature": _signature,
    "certificate": _certificate,
    "recipient": _recipient,
    "order": _order,
    "plan": _plan,
    "version": _version,
    "paper": _paper,
    "files": _files,
    "approval": _approval,
    "withdrawal": _withdrawal,
    **{f"signed_{role.value}": _signed(word) for role, word in SIGN_ROLE.items()},
}
