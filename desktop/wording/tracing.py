"""What the audit trail says of one entry or one report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

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
    "report_reviewed": "审核通过",
    "report_reopened": "退回填报人",
    "report_signed": "签发",
    "report_submitted": "写出报送文件",
    "report_accepted": "市里收下，回执已入账",
    "report_returned": "市里退回",
    "report_withdrawn": "撤回",
}
_FACT = {
    **PERSON,
    "text": "意见",
    "reason": "原因",
    "code": "校验码",
    "person": "签发证书",
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
    return "\n".join(
        _line(name, facts) for name in _FACT if name in facts and (facts[name] or _before(name, facts))
    )


def _line(name: str, facts: Mapping[str, str]) -> str:
    before = _before(name, facts)
    return f"{_FACT[name]}：{facts[name] or '空着'}" + (f"（原来是{before}）" if before else "")


def _before(name: str, facts: Mapping[str, str]) -> str:
    return facts.get(f"{name}_from", "")
