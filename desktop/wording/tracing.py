"""What the audit trail says of one entry or one report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.identity import read_out
from desktop.wording.errors import day_words
from desktop.wording.terms import PERSON, clock, moment

_ACTION = {
    "entry_saved": "填写",
    "readings_carried": "指标随方案新版转到这一条",
    "comment_made": "审核人提意见",
    "comment_settled": "意见办结",
    "report_begun": "开始填报",
    "revision_begun": "开始重新报送",
    "people_named": "写明填报人、审核人、签发人",
    "workbook_taken_in": "收回部门填好的表",
    "letter_saved": "改报告正文",
    "letter_restored": "报告正文恢复自动起草",
    "letter_numbered": "写发文字号",
    "report_reviewed": "审核通过",
    "report_reopened": "退回填报人",
    "report_co_signed": "填报人、审核人签名",
    "co_signatures_discarded": "填报人、审核人的签名作废",
    "report_signed": "签发",
    "report_signed_for": "经办人代签",
    "report_submitted": "写出报送文件",
    "report_accepted": "市里收下，回执已入账",
    "report_returned": "市里退回",
    "report_withdrawn": "撤回",
    "own_package_recovered": "从当时报送的文件找回",
}
_FACT = {
    **PERSON,
    "number": "发文字号",
    "text": "意见",
    "reason": "原因",
    "signed_on": "在纸质签批单上签字",
    "co_signers": "签发前还要签名",
    "role": "身份",
    "person": "签名证书",
    "fingerprint": "证书指纹",
    "scan_name": "签批单扫描件",
    "scan": "扫描件SHA-256",
    "code": "核对码",
    "folder": "写到",
    "file": "文件",
}


def action(code: str) -> str:
    """What was done; the code itself for one that has no word, so that nothing is hidden."""
    return _ACTION.get(code, code)


def known_actions() -> frozenset[str]:
    return frozenset(_ACTION)


def span(at: datetime, until: datetime) -> str:
    """When: one moment, or from the first to the last on a day: 4月7日 09:06—09:20."""
    if moment(at) == moment(until):
        return moment(at)
    return f"{moment(at)}—{clock(until) if at.date() == until.date() else moment(until)}"


def told(facts: Mapping[str, str]) -> str:
    """The facts of a record that people can read, each on its line, with what it was before where that is known."""
    shown = {**facts, "signed_on": day_words(facts.get("signed_on", ""))}
    for name in ("role", "co_signers"):
        shown[name] = "、".join(PERSON.get(each, each) for each in facts.get(name, "").split(","))
    shown["fingerprint"] = read_out(facts["fingerprint"]) if facts.get("fingerprint") else ""
    lines = (_line(word, shown.get(name, ""), shown.get(f"{name}_from", "")) for name, word in _FACT.items())
    return "\n".join(line for line in lines if line)


def _line(word: str, now: str, before: str) -> str:
    if not now and not before:
        return ""
    return f"{word}：{now or '空着'}" + (f"（原来是{before}）" if before else "")
