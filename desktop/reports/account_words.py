"""Words of an account: names, counts, lists, the gist of a long text, where the annexes are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.letter import asking_words
from desktop.domain.plan import GOALS
from desktop.domain.report import STATUS_WORDS, ProgressStatus, ReportRow

NOT_FILLED = "未填报"
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Annexes:
    """The annexes in their order, as (kind, name): `table`, `evidence`."""

    listed: tuple[tuple[str, str], ...] = ()

    def place(self, kind: str) -> str:
        """How the account names an annex: 附件, or 附件2 where there are several; empty where it is not there."""
        kinds = [each for each, _ in self.listed]
        if kind not in kinds:
            return ""
        return "附件" if len(kinds) == 1 else f"附件{kinds.index(kind) + 1}"


def quoted(title: str) -> str:
    """A plan's title in 书名号, which it may bring itself."""
    return title if title.startswith("《") else f"《{title}》"


def own_name(unit: str) -> str:
    """How a unit speaks of itself: 我县, 我区, 我市, else 我单位."""
    found = re.search(r"([县区市])(?:人民)?政府$", unit)
    return f"我{found[1]}" if found else "我单位"


def named(row: ReportRow) -> str:
    """A measure by its title and its number in the plan."""
    return row.title if row.measure_key == GOALS else f"{row.title}（序号{row.label}）"


def counted(rows: Sequence[ReportRow]) -> list[tuple[str, int]]:
    """How many rows stand at each status, by its word; statuses that none has are left out."""
    counts = Counter(row.entry.status for row in rows)
    found = [(word, counts[ProgressStatus(status)]) for status, word in STATUS_WORDS.items()]
    return [(word, number) for word, number in [*found, (NOT_FILLED, counts[None])] if number]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Each name once, 等N项 behind the first ones where there are more."""
    once = list(dict.fromkeys(names))
    return "、".join(once[:most]) + (f"等{len(once)}项" if len(once) > most else "")


def enumerated(items: Sequence[str]) -> list[str]:
    """一是…, 二是…: a paragraph for each; a single one goes without."""
    if len(items) < 2:
        return list(items)
    return [f"{_numeral(number)}是{item}" for number, item in enumerate(items, 1)]


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def gist(text: str, most: int = 120, attached: bool = True) -> str:
    """Whole sentences from the beginning, about `most` characters, always closed; says when there is more.

    Sentences that ask for something are left out: a 报告 carries no requests.
    """
    parts = filter(None, (part.strip() for part in text.split("\n")))
    joined = "".join(part if part[-1] in "。！？；" else part + "；" for part in parts)
    plain = "".join(
        sentence for sentence in re.findall(r"[^。！？；]*[。！？；]+", joined) if not asking_words(sentence)
    ).rstrip("；，、 ")
    if not plain:
        return ""
    plain = plain if plain[-1] in "。！？" else plain + "。"
    if len(plain) <= most:
        return plain
    cut = max(plain.rfind(mark, 0, most) for mark in "。！？；")
    if cut < most // 3:
        cut = max(cut, *(plain.rfind(mark, 0, most) for mark in "，、"))
    kept = plain[: cut + 1] if cut >= most // 3 else plain[:most]
    more = "（全文见附件）" if attached else "（有删节）"
    return f"{kept.rstrip('，、；。 ')}{more}。"
