"""What findings say: filled with their facts, without a brace left, and what would settle them."""

from __future__ import annotations

import re

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.rules import SWITCHES
from desktop.wording import findings

FACTS = {
    "indicator": "拆除小锅炉", "now": "7台", "before": "9台", "due": "8台", "quarter": "2024Q4", "factor": "100",
    "others": "4、9-2、保障-一", "length": "3", "least": "5",
}  # fmt: skip


def said(code: str) -> tuple[str, str]:
    finding = Finding(code, Severity.WARNING, "m", "progress", facts=FACTS)
    return findings.title(finding), findings.advice(finding)


def test_every_finding_is_filled_and_says_what_would_settle_it() -> None:
    for code in findings.known_codes():
        title, advice = said(code)
        assert title and advice.endswith("。"), code
        assert not re.search(r"[{}]|2024Q4", title + advice), code


def test_quarters_and_numbers_are_said_as_people_say_them() -> None:
    assert "2024年第四季度是9台" in said("hundredfold")[1]
    assert said("same_as_other")[0] == "进展情况与第4条、第9-2条、保障-一写法相同"


def test_every_rule_has_words_and_every_severity_too() -> None:
    assert tuple(findings.RULES) and set(findings.RULES) == set(SWITCHES)
    assert set(findings.SEVERITY) == {None, *Severity}
