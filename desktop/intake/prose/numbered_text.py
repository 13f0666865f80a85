"""Numbered paragraphs as a tree, and which of its nodes are the tasks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import split_title
from desktop.intake.duties.responsibility import first_leads, starts_with_label
from desktop.intake.duties.standing import standing_rule
from desktop.intake.prose.outline import BULLET, Marker, Paragraph, number_value
from desktop.intake.prose.segments import Segment, segments_of
from desktop.intake.stream.plain_text import bracket_spans, without_stop

_TASKS = re.compile(r"任务|措施|举措|行动|重点|保障")
# The chapter that says how the plan is carried out: its tasks are counted apart.
_SAFEGUARD = re.compile(
    r"^(?:主要|切实|进一步)?(?:强化|加强|做好|落实|健全|完善|抓好)?(?:组织|实施|工作|监督|政策)*(?:和|及|与)?"
    r"(?:保障|组织实施|组织领导|工作要求|相关要求|有关要求)(?:措施|机制|体系|工作|实施)?$|保障措施$|组织保障$"
)
_HEADING_LENGTH = 60


@dataclass
class Node:
    """A numbered paragraph with what stands under it."""

    marker: Marker | None
    paragraph: Paragraph | None
    parent: Node | None
    own: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def level(self) -> int:
        return self.marker.level if self.marker else -1

    @property
    def text(self) -> str:
        return self.marker.rest if self.marker else ""

    def path(self) -> list[Node]:
        """From the topmost numbered paragraph down to this one."""
        return [*(self.parent.path() if self.parent and self.parent.marker else []), self]

    def below(self) -> Iterator[Node]:
        """This node and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.below()


def outline_of(paragraphs: Sequence[Paragraph]) -> Node:
    """The numbered paragraphs as a tree; text without a number belongs to the number before it."""
    root = current = Node(None, None, None)
    for paragraph in paragraphs:
        marker = paragraph.marker
        if marker is None or starts_with_label(paragraph.text):
            current.own.append(paragraph)
            continue
        parent = current
        while parent.parent is not None and parent.level >= marker.level:
            parent = parent.parent
        current = Node(marker, paragraph, parent)
        parent.children.append(current)
    return root


def own_segments(node: Node, lexicon: Lexicon) -> list[Segment]:
    found = []
    if node.paragraph is not None:
        found += segments_of(node.paragraph, node.text, lexicon)
    for paragraph in node.own:
        found += segments_of(paragraph, paragraph.text, lexicon)
    return found


def task_nodes(root: Node, lexicon: Lexicon) -> list[Node]:
    """The nodes that are tasks: those that carry responsibilities, and their like beside them."""
    bearing = {id(node) for node in root.below() if any(s.duties for s in own_segments(node, lexicon))}
    direct = _ranks_that_bear(root, bearing)
    chosen: dict[int, Node] = {}
    for node in root.below():
        if id(node) in bearing and node.marker:
            task = _task_of(node, bearing)
            if task.parent is not None and _closes(task, bearing, direct):
                task = task.parent
            chosen[id(task)] = task
    tops = [top for top in root.children if any(id(n) in chosen for n in top.below())]
    if not chosen:
        tops = [top for top in root.children if _TASKS.search(heading_text(top))]
    for top in tops:
        levels = Counter(node.level for node in top.below() if id(node) in chosen)
        level = levels.most_common(1)[0][0] if levels else _usual_level(top)
        for node in top.below():
            if node.level == level and not any(id(n) in chosen for n in (*node.below(), *node.path())):
                chosen[id(node)] = node
    nested = {id(deeper) for node in chosen.values() for deeper in node.below() if deeper is not node}
    return [node for node in root.below() if id(node) in chosen and id(node) not in nested]


def _closes(node: Node, bearing: set[int], direct: set[int]) -> bool:
    """Whether a numbered text closes its heading's list: the last of several, and alone with a responsibility,
    in a plan whose tasks are of the heading's rank."""
    parent = node.parent
    if parent is None or parent.marker is None or parent.level not in direct:
        return False
    items = [child for child in parent.children if child.level == node.level]
    first = items[0].marker
    return (
        len(items) > 1
        and node is items[-1]
        and first is not None
        and number_value(first.number) == 1
        and not any(id(n) in bearing for item in items[:-1] for n in item.below())
    )


def _ranks_that_bear(root: Node, bearing: set[int]) -> set[int]:
    """Ranks of numbers with responsibilities right under them; or, where none has, whose last sub-items all have."""
    parents = [
        n for n in root.below() if n.marker and n.children and any(id(c) in bearing for c in n.children)
    ]
    ranks = {n.level for n in root.below() if n.marker and n.children == [] and id(n) in bearing}
    deepest = max(ranks, default=0)
    alike = [n for n in parents if n.level == deepest - 1]
    # Numbers that begin anew under each heading are lists; those that run on are the tasks themselves.
    anew = sum(1 for n in alike if n.children[0].marker and number_value(n.children[0].marker.number) == 1)
    lists = [n for n in alike if len(n.children) > 1 and not any(id(c) in bearing for c in n.children[:-1])]
    if len(alike) > 1 and len(lists) == len(alike) == anew:
        ranks = (ranks - {deepest}) | {deepest - 1}
    return ranks


def _task_of(node: Node, bearing: set[int]) -> Node:
    """Which number of a path is the task: 1. before （一） before 一、; or bullets that each have their own duties."""
    path = node.path()
    if node.level == BULLET and node.parent and not any(step.level in (2, 3) for step in path):
        alike = [child for child in node.parent.children if child.level == BULLET]
        if sum(1 for child in alike if id(child) in bearing) * 2 >= len(alike):
            return node
    for level in (3, 2, 1):
        found = next((step for step in path if step.level == level), None)
        if found is not None:
            return found
    return path[0]


def _usual_level(top: Node) -> int:
    levels = {node.level for node in top.below()}
    return next((level for level in (3, 2, 1) if level in levels), top.level)


def heading_text(node: Node) -> str:
    """A heading without its stop, and without a rule for all below it that stands behind it in brackets."""
    if len(node.text) > _HEADING_LENGTH:
        return split_title(node.text)[0]
    spans = bracket_spans(node.text)
    if spans and spans[-1][1] >= len(node.text.rstrip("。：: ")):
        start, end = spans[-1]
        if start > 1 and (first_leads(node.text[start:end]) or standing_rule(node.text[start + 1 : end - 1])):
            return without_stop(node.text[:start])
    return without_stop(node.text)


def task_numbers(tasks: Sequence[Node]) -> list[str]:
    """Task numbers as printed; safeguards get 保障-, and numbers that start anew get their section's in front."""
    plain = [node.marker.number if node.marker else "" for node in tasks]
    counted = [at for at, node in enumerate(tasks) if node.level == BULLET]
    for count, at in enumerate(counted, 1):
        plain[at] = str(count)
    safe = [any(_is_safeguard(above) for above in node.path()[:-1]) for node in tasks]
    if all(safe):
        safe = [False] * len(tasks)
    main = {(node.level, no) for node, no, apart in zip(tasks, plain, safe, strict=True) if not apart}
    levels = {level for level, _ in main}
    result = []
    for node, number, apart in zip(tasks, plain, safe, strict=True):
        if apart and (node.level not in levels or (node.level, number) in main or number_value(number) == 1):
            number = f"保障-{number}"
        result.append(number)
    return _told_apart(tasks, result)


def _is_safeguard(node: Node) -> bool:
    top = node.parent is None or node.parent.marker is None
    return top and bool(_SAFEGUARD.search(heading_text(node)))


def _told_apart(tasks: Sequence[Node], numbers: Sequence[str]) -> list[str]:
    """Numbers that begin anew under each heading, with as many headings' numbers in front as tell them apart."""
    result = list(numbers)
    for up in (1, 2):
        starts = Counter(
            (node.level, no)
            for node, no in zip(tasks, result, strict=True)
            if number_value(no.rpartition("-")[2]) == 1
        )
        again = {level for (level, _), count in starts.items() if count > 1}
        for at, node in enumerate(tasks):
            above = [step.marker.number for step in node.path()[:-1] if step.marker]
            if node.level in again and len(above) >= up and not result[at].startswith("保障"):
                result[at] = f"{above[-up]}-{result[at]}"
    return result
