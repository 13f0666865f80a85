"""A plan in prose: numbered tasks whose paragraphs end in who is responsible."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop.intake.lexicon import Lexicon
from desktop.intake.outline import Marker, Paragraph, number_value
from desktop.intake.plain_text import CLOSING, OPENING, bracket_spans, without_stop
from desktop.intake.reading import Part, headline, split_title
from desktop.intake.responsibility import (
    Responsibility,
    is_responsibility,
    parse_responsibility,
    standing_names,
    starts_with_label,
)

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


@dataclass(frozen=True)
class Segment:
    """A stretch of text and the responsibility that closes it, if any."""

    text: str
    duties: str
    first: int
    last: int


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


# What closes a document after its last task: when it takes effect, who explains it, who gets it.
_CLOSING_WORDS = re.compile(
    r"^(?:附\s*[件表]|抄送|主送|联系人|联系电话|附注|注[:：]|此件|（此件|\(此件)"
    r"|^(?:本|此)(?:方案|措施|办法|计划|意见|细则|实施方案|行动方案|行动计划|实施意见|若干措施|清单|规划)(?:自|从|由|有效期|所称|印发|未尽)"
    r"|自(?:印发|发布|公布)之日起(?:施行|实施|执行)|印发$|^[〇零一二三四五六七八九十\d]{4}年[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+日$"
)


def without_closing(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Paragraph]:
    """A document's paragraphs without what closes it, which stands below the last responsibility."""
    last = max(
        (at for at, p in enumerate(paragraphs) if any(s.duties for s in segments_of(p, p.text, lexicon))),
        default=len(paragraphs),
    )
    for at in range(last + 1, len(paragraphs)):
        if _CLOSING_WORDS.search(paragraphs[at].text):
            return list(paragraphs[:at])
    return list(paragraphs)


def read_prose(paragraphs: Sequence[Paragraph], lexicon: Lexicon, first: bool) -> list[Part]:
    """The measures of a plan in prose, in order; nothing where no numbered text is a task."""
    root = outline_of(without_closing(paragraphs, lexicon))
    tasks = _task_nodes(root, lexicon)
    numbers = _numbers(tasks)
    parts: list[Part] = []
    for node, number in zip(tasks, numbers, strict=True):
        parts += _parts(node, number, lexicon, first)
    return parts


def segments_of(paragraph: Paragraph, text: str, lexicon: Lexicon) -> list[Segment]:
    """A paragraph cut after each responsibility in it."""
    if starts_with_label(text) and is_responsibility(text, lexicon):
        return [Segment("", text, paragraph.first, paragraph.last)]
    found: list[Segment] = []
    at = 0
    for start, end, inner in _responsibility_spans(text, lexicon):
        body = text[at:start].strip()
        if text[end : end + 1] == "。" and re.search(r"[^。！？；：”]$", body):
            # （…负责）。 The stop is the sentence's own.
            body += "。"
        found.append(Segment(body, inner, paragraph.first, paragraph.last))
        at = end
        while at < len(text) and text[at] in f"。；; {CLOSING}":
            at += 1
    rest = text[at:].strip()
    if rest:
        body, duties = _trailing_label(rest, lexicon)
        found.append(Segment(body, duties, paragraph.first, paragraph.last))
    return found


def _responsibility_spans(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Brackets that say who is responsible: (start, end, inside). A bracket that never closes runs to the end."""
    spans = bracket_spans(text)
    found = []
    for start, end in spans:
        closing = end >= len(text.rstrip("。；; ")) or text[end : end + 1] in "\n"
        inner = text[start + 1 : end - 1]
        after_stop = start == 0 or text[:start].rstrip()[-1:] in "。！；;”\n"
        plain = closing and (after_stop or lexicon.is_known(re.split("[、，,]", inner)[0]))
        if is_responsibility(inner, lexicon, bare_list=plain) and (
            closing or after_stop or text[end : end + 1] in "。；;"
        ):
            found.append((start, end, inner))
    if found and found[-1][1] >= len(text.rstrip("。；; ")):
        return found
    covered = {at for start, end in spans for at in range(start, end)}
    floor = found[-1][1] if found else 0
    for at in range(floor, len(text)):
        if text[at] in OPENING and at not in covered and is_responsibility(text[at + 1 :], lexicon, False):
            return [*found, (at, len(text), text[at + 1 :])]
    bare = text.rstrip("。；; ")
    if bare and bare[-1] in CLOSING and len(bare) - 1 not in covered:
        start = max(bare.rfind(sign, floor) for sign in "。！；") + 1
        if start and is_responsibility(bare[start:-1], lexicon, False):
            return [*found, (start, len(text), bare[start:-1])]
    return found


def _trailing_label(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Text and the responsibility that follows it without brackets: a label, or a last sentence of duties only."""
    label = re.search(
        r"(?<=[。；！\s])(?:(?:总?牵头|主办|主责|责任|配合|落实|实施)(?:责任)?(?:单位|部门|主体)|完成时限)[:：][^。]*。?$",
        text,
    )
    if label and is_responsibility(label.group(), lexicon):
        return text[: label.start()].strip(), label.group()
    head, stop, last = text.rstrip("。 ").rpartition("。")
    if stop and re.search(r"牵头", last) and "，" in last and is_responsibility(last, lexicon, False):
        whole = parse_responsibility(last, lexicon)
        if all(len(duty.name) <= 20 for duty in whole.duties) and re.search(
            r"(?:配合|落实|负责|牵头|实施)$", last
        ):
            return f"{head}。", last
    return text, ""


def _own_segments(node: Node, lexicon: Lexicon) -> list[Segment]:
    found = []
    if node.paragraph is not None:
        found += segments_of(node.paragraph, node.text, lexicon)
    for paragraph in node.own:
        found += segments_of(paragraph, paragraph.text, lexicon)
    return found


def _task_nodes(root: Node, lexicon: Lexicon) -> list[Node]:
    """The nodes that are tasks: those that carry responsibilities, and their like beside them."""
    bearing = {id(node) for node in root.below() if any(s.duties for s in _own_segments(node, lexicon))}
    chosen: dict[int, Node] = {}
    for node in root.below():
        if id(node) in bearing and node.marker:
            task = _task_of(node)
            chosen[id(task)] = task
    tops = [top for top in root.children if any(id(n) in chosen for n in top.below())]
    if not chosen:
        tops = [top for top in root.children if _TASKS.search(_heading_text(top))]
    for top in tops:
        levels = Counter(node.level for node in top.below() if id(node) in chosen)
        level = levels.most_common(1)[0][0] if levels else _usual_level(top)
        for node in top.below():
            if node.level == level and not any(id(n) in chosen for n in (*node.below(), *node.path())):
                chosen[id(node)] = node
    nested = {id(deeper) for node in chosen.values() for deeper in node.below() if deeper is not node}
    return [node for node in root.below() if id(node) in chosen and id(node) not in nested]


def _task_of(node: Node) -> Node:
    """Which number of a path is the task: 1. before （一） before 一、."""
    path = node.path()
    for level in (3, 2, 1):
        found = next((step for step in path if step.level == level), None)
        if found is not None:
            return found
    return path[0]


def _usual_level(top: Node) -> int:
    levels = {node.level for node in top.below()}
    return next((level for level in (3, 2, 1) if level in levels), top.level)


def _heading_text(node: Node) -> str:
    return without_stop(node.text) if len(node.text) <= _HEADING_LENGTH else split_title(node.text)[0]


def _numbers(tasks: Sequence[Node]) -> list[str]:
    """Task numbers as printed; safeguards get 保障-, and numbers that start anew get their section's in front."""
    plain = [node.marker.number if node.marker else "" for node in tasks]
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
    return top and bool(_SAFEGUARD.search(_heading_text(node)))


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


def _parts(node: Node, number: str, lexicon: Lexicon, first: bool) -> list[Part]:
    """A task's measures: its text cut at each responsibility, paragraphs that share one put together."""
    parents = node.path()[:-1]
    section = _heading_text(parents[-1]) if parents else ""
    title, segments = _titled(node, lexicon)
    groups = _grouped(segments)
    parts = []
    for group in groups:
        duties = "；".join(segment.duties for segment in group if segment.duties)
        read = parse_responsibility(duties, lexicon, first) if duties else Responsibility()
        content = "\n".join(segment.text for segment in group if segment.text)
        span = (min(s.first for s in group), max(s.last for s in group))
        parts.append(Part(number, section, title, content, read, read.deadline, source=span))
    return [_with_text(part) for part in parts]


def _with_text(part: Part) -> Part:
    content = part.content or part.title
    return replace(part, content=content, title=part.title or headline(content))


def _titled(node: Node, lexicon: Lexicon) -> tuple[str, list[Segment]]:
    """The task's title, and all its segments without it."""
    own = _own_segments(node, lexicon)
    deeper = [s for child in node.children for n in child.below() for s in _marked_segments(n, lexicon)]
    if not own:
        return "", deeper
    title, rest = split_title(own[0].text)
    first = own[0]
    if not rest and not title:
        return "", own + deeper
    if not rest and (len(own) == 1 and not deeper):
        return title, own
    start = [Segment(rest, first.duties, first.first, first.last)] if rest or first.duties else []
    return title, start + own[1:] + deeper


def _marked_segments(node: Node, lexicon: Lexicon) -> list[Segment]:
    """A sub-item's segments with its mark kept in front of its text."""
    segments = _own_segments(node, lexicon)
    if segments and segments[0].text and node.paragraph is not None:
        mark = node.paragraph.text[: node.paragraph.text.find(node.text)] if node.text else ""
        head = segments[0]
        segments[0] = Segment(mark + head.text, head.duties, head.first, head.last)
    return segments


def _grouped(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that make one measure: texts up to a responsibility, and what of it stands in further lines."""
    groups: list[list[Segment]] = []
    closed = True
    for segment in segments:
        waiting = bool(groups) and not any(s.text for s in groups[-1])
        if not groups or (segment.text and closed and not waiting):
            groups.append([segment])
        else:
            groups[-1].append(segment)
        closed = bool(segment.duties)
    return groups


def standing_rules(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[tuple[int, tuple[str, ...]]]:
    """Where the plan says once who implements all that follows: block index and names."""
    found = []
    for paragraph in paragraphs:
        names = standing_names(paragraph.text, lexicon)
        if names:
            found.append((paragraph.first, names))
    return found
