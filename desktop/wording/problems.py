"""What the plan reader is not sure of, in one question each, with the words on its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.domain.plan import PlanProblem
from desktop.wording.terms import ROLE

LOOK_AGAIN = "再看看"


@dataclass(frozen=True)
class Asked:
    """`title` names the doubt, `text` asks; `take` is the proposal's button, `keep` the link that refuses it.

    An empty `take` means that there is nothing to propose: only the officer knows.
    """

    title: str
    text: str
    take: str
    keep: str

    @property
    def refuses(self) -> bool:
        """Whether the link refuses the proposal; otherwise it only leads to the place in question."""
        return self.keep != LOOK_AGAIN


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


_ASKED: dict[str, tuple[str, str, str, str]] = {
    "joined_names": ("两个单位连在一起", "“{text}”已拆成{names}。", "拆得对", "就是一家"),
    "typo_unit": ("单位名称像是写错了", "“{name}”，应是“{likely}”。", "按“{likely}”", "原样保留"),
    "unknown_unit": ("名单里没有这个单位", "{role}里的“{name}”是哪一家？", "", "先不管"),
    "collective_term": (
        "统称要落到单位",
        "“{name}”是这{count}家：{units}。用在{measures}条里。",
        "就是这{count}家",
        "以后再定",
    ),
    "blank_figure": ("数字空着", "“{indicator}”在方案里没有写数。", "填上", "先空着"),
    "no_implementer": ("没有落实单位", "“{title}”没有写由谁落实。", "", "先不分派"),
    "no_single_lead": ("没有单独的牵头单位", "{names}没有分主次，都作牵头。", "就这样", "再看看"),
    "open_list": ("名单没有写完", "{role}单位后面有“等”，只收了写出来的。", "知道了", "再看看"),
    "copied_units": ("和另一条单位一样", "各单位与第{other}条完全相同，是照抄的吗？", "没有错", "再看看"),
    "duplicate_number": ("编号重复", "第{number}号出现了不止一次。", "知道了", "再看看"),
    "missing_number": ("编号不连续", "少了第{number}号。", "知道了", "再看看"),
    "duplicate_section": ("章节号重复", "“{number}”用了不止一次。", "知道了", "再看看"),
    "content_cut_off": ("内容像是没有写完", "这一条的末尾是“{tail}”。", "就是这样", "再看看"),
    "consultation_draft": (
        "这是征求意见稿",
        "标题里写着“征求意见稿”。下发前请确认已经定稿。",
        "已经定稿",
        "再看看",
    ),
    "looser_than_city": ("县里的目标比全市松", "{scope}是{value}，全市是{city}。", "知道了", "再看看"),
    "typo": ("单位名称像是写错了", "“{name}”，应是“{likely}”。", "按“{likely}”", "原样保留"),
    "text_left_out": (
        "文字没有收进措施",
        "“{text}”{extent}不在任何一条里。",
        "收作一条…",
        "不用收",
    ),
    "no_duties": ("没有认出责任单位", "“{title}”后面没有写由谁负责。", "", "先空着"),
    "no_lead": ("没有牵头单位", "“{title}”没有写由谁牵头。", "", "先空着"),
}
_UNKNOWN = ("这一处要看一下", "{text}", "看过了", "再看看")


def asked(problem: PlanProblem) -> Asked:
    """The question of a problem."""
    facts = _Facts(problem.facts)
    if "role" in facts:
        facts["role"] = ROLE.get(facts["role"], facts["role"])
    many = facts.get("paragraphs", "1") != "1"
    facts["extent"] = f"等{facts['paragraphs']}段" if many else ""
    title, text, take, keep = _ASKED.get(problem.code, _UNKNOWN)
    return Asked(title.format_map(facts), text.format_map(facts), take.format_map(facts), keep)


def known_codes() -> frozenset[str]:
    """Every code that has a question of its own."""
    return frozenset(_ASKED)


def place(problem: PlanProblem) -> str:
    """Where it stands: `第19条之2`; empty for the plan as a whole."""
    if not problem.task_no:
        return ""
    if not problem.task_no.isdigit():
        return problem.task_no
    return f"第{problem.task_no}条" + (f"之{problem.part}" if problem.part > 1 else "")


def message(problem: PlanProblem) -> str:
    """One sentence for lists and the headless face."""
    found = asked(problem)
    where = place(problem)
    return f"{where}：{found.title}。{found.text}" if where else f"{found.title}。{found.text}"
