"""What changed between two texts, in runs that a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
# A figure or a Latin word changes as a whole: 75% became 74%, not 7(5→4)%.
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, went, or came."""

    kind: Kind
    text: str


def diff_runs(before: str, after: str) -> tuple[Run, ...]:
    """Runs whose `same` and `gone` give `before`, whose `same` and `new` give `after`.

    Equal stretches of fewer than two characters between changes count as changed; texts with little
    in common are shown as one going and one coming.
    """
    old, changed = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, changed, autojunk=False)
    if matcher.ratio() < 0.35:
        return _pair(before, after)
    runs: list[Run] = []
    gone = new = ""
    for tag, i, j, k, m in matcher.get_opcodes():
        stretch = "".join(old[i:j])
        if tag == "equal" and (len(stretch) >= 2 or not (gone or new) or j == len(old)):
            runs += _pair(gone, new)
            gone = new = ""
            runs.append(Run("same", stretch))
        else:
            gone, new = gone + stretch, new + "".join(changed[k:m])
    return tuple(runs) + _pair(gone, new)


def _pair(gone: str, new: str) -> tuple[Run, ...]:
    return tuple(run for run in (Run("gone", gone), Run("new", new)) if run.text)
