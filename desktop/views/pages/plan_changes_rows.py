"""The matches of a comparison as the list shows them: old number and title, what became of it, how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.amending import is_open
from desktop.domain.changes import ChangeKind, Match
from desktop.domain.plan import Measure, Plan, PlanDraft
from desktop.domain.succession import amended
from desktop.domain.targets import Target
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.wording.amending import KIND, MUCH_ALIKE, likeness_word, moved, numbers

OPEN = "open"


@dataclass(frozen=True)
class Side:
    """A measure of one version with its number and its targets, under the key that its match names it by."""

    key: str
    label: str
    measure: Measure
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Change:
    """A match with what stands on its two sides; `kind` as publishing would tell it, with figures and assignments settled."""

    match: Match
    kind: ChangeKind
    old: tuple[Side, ...]
    new: tuple[Side, ...]

    @property
    def key(self) -> str:
        return f"{'+'.join(self.match.old)}>{'+'.join(self.match.new)}"

    @property
    def open(self) -> bool:
        """Whether the officer has still to say that it is so."""
        return is_open(self.match)

    @property
    def old_labels(self) -> tuple[str, ...]:
        return tuple(side.label for side in self.old)

    @property
    def new_labels(self) -> tuple[str, ...]:
        return tuple(side.label for side in self.new)


def changes_of(plan: Plan, draft: PlanDraft) -> tuple[Change, ...]:
    """What publishing a draft would change in the version that it is compared with: by kind, then as the documents stand."""
    made = amended(plan, draft)
    old = {m.key: Side(m.key, plan.label(m), m, plan.targets_of(m)) for m in plan.measures}
    new = {
        read.key: Side(read.key, made.label(m), m, made.targets_of(m))
        for read, m in zip(draft.measures, made.measures, strict=True)
    }
    told = {change.old: change.kind for change in made.changes if change.version == made.version}
    found = []
    for match in draft.matches:
        kind = match.kind
        if len(match.old) == len(match.new) == 1:
            kind = told.get(match.old, ChangeKind.UNCHANGED)
        found.append(
            Change(match, kind, tuple(old[key] for key in match.old), tuple(new[key] for key in match.new))
        )
    order = list(KIND)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def rows(changes: Sequence[Change], chip: str, words: Sequence[str]) -> list[Row]:
    """The lines that a chip and a search leave, under a head for each kind."""
    found: list[Row] = []
    for kind, word in KIND.items():
        members = [c for c in changes if c.kind is kind and fits(c, chip) and _says(c, words)]
        if members:
            found.append(GroupHead(f"{word}　{len(members)}条"))
        found += [_row(change) for change in members]
    return found


def fits(change: Change, chip: str) -> bool:
    """Whether a chip lets it through: all, open, or the name of a kind."""
    return chip == "all" or (chip == OPEN and change.open) or chip == change.kind.value


def counts(changes: Sequence[Change]) -> Mapping[str, int]:
    """How many each chip has."""
    chips = ("all", OPEN, *(kind.value for kind in KIND))
    return {chip: sum(fits(change, chip) for change in changes) for chip in chips}


def much_alike(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Open ones of which most words are the same: these can be confirmed together."""
    return tuple(c for c in changes if c.open and c.match.likeness >= MUCH_ALIKE)


def _says(change: Change, words: Sequence[str]) -> bool:
    text = " ".join(f"{s.label} {s.measure.title} {s.measure.content}" for s in (*change.old, *change.new))
    return all(word in text for word in words)


def _row(change: Change) -> ListRow:
    word, tone = (
        ("等您定", "accent") if change.open else ("已定", "good") if change.match.confirmed else ("", "")
    )
    both = bool(change.old and change.new) and change.kind is not ChangeKind.UNCHANGED
    shown = change.old or change.new
    title = _titles(shown)
    return ListRow(
        change.key,
        title,
        number=_number(change.old_labels or change.new_labels),
        strong=change.open,
        caption=_caption(change),
        right_top=likeness_word(change.match.likeness) if both else "",
        right_bottom=word,
        right_tone=tone or "text3",
        tooltip=f"{moved(change.kind, change.old_labels, change.new_labels)}　{title}",
    )


def _number(labels: Sequence[str]) -> str:
    joined = "、".join(labels)
    return joined if len(labels) == 1 or len(joined) <= 5 else f"{labels[0]}…"


def _titles(sides: Sequence[Side]) -> str:
    return "、".join(dict.fromkeys(side.measure.title for side in sides))


def _caption(change: Change) -> str:
    titles = _titles(change.new)
    match change.kind:
        case ChangeKind.DROPPED:
            return "新版本里没有了"
        case ChangeKind.NEW:
            return "原来没有"
        case ChangeKind.SPLIT:
            return f"拆成{numbers(change.new_labels)}"
        case ChangeKind.MERGED:
            return f"{numbers(change.old_labels)}并成{numbers(change.new_labels)}　{titles}"
        case ChangeKind.UNCHANGED:
            return "和原来一样"
    same = titles == change.old[0].measure.title
    return f"现在是{numbers(change.new_labels)}" + ("" if same else f"　{titles}")
