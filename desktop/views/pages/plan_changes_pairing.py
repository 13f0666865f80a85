"""Which measures of the other version can be put to a change by hand, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.views.dialogs.counterpart import Candidate
from desktop.views.pages.plan_changes_rows import Change, Side
from desktop.wording.amending import numbers

Keys = tuple[str, ...]


def counterparts(changes: Sequence[Change], change: Change) -> tuple[str, list[Candidate]]:
    """The question about a change of one measure, and the measures of the other version in the order of their numbers."""
    others = [other for other in changes if other is not change]
    if change.old:
        title = f"原{numbers(change.old_labels)}是新版本的哪一条"
        found = [_candidate(s, c.old_labels, "原", "并成这一条") for c in others for s in c.new]
    else:
        title = f"新的{numbers(change.new_labels)}是原来的哪一条"
        found = [_candidate(s, c.new_labels, "新的", "都出自这一条") for c in others for s in c.old]
    return title, sorted(found, key=_number)


def pairing(changes: Sequence[Change], change: Change, key: str, together: bool) -> tuple[Keys, Keys]:
    """Old and new keys of what was chosen; `together` with what the chosen measure stands for now."""
    if change.match.old:
        held = next((c.match.old for c in changes if key in c.match.new), ()) if together else ()
        return tuple(dict.fromkeys((*held, *change.match.old))), (key,)
    held = next((c.match.new for c in changes if key in c.match.old), ()) if together else ()
    return (key,), tuple(dict.fromkeys((*held, *change.match.new)))


def _candidate(side: Side, beyond: Keys, whose: str, how: str) -> Candidate:
    """A measure of the other version; `beyond` are the numbers that it stands for now."""
    if not beyond:
        return Candidate(side.key, side.label, side.measure.title)
    held = f"{whose}{numbers(beyond)}"
    return Candidate(side.key, side.label, side.measure.title, f"现在对应{held}", f"和{held}一起，{how}")


def _number(candidate: Candidate) -> list[int]:
    """What has no number stands last, as it came."""
    return [int(part) if part.isdecimal() else 9999 for part in candidate.label.split("-")]
