"""A plan in prose: numbered tasks whose paragraphs end in who is responsible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import Part, headline, split_title
from desktop.intake.duties.responsibility import Responsibility, parse_responsibility, standing_names
from desktop.intake.duties.standing import standing_rule
from desktop.intake.prose.numbered_text import (
    Node,
    heading_text,
    outline_of,
    own_segments,
    task_nodes,
    task_numbers,
)
from desktop.intake.prose.outline import Paragraph
from desktop.intake.prose.segments import Segment, without_closing


def read_prose(paragraphs: Sequence[Paragraph], lexicon: Lexicon, first: bool) -> list[Part]:
    """The measures of a plan in prose, in order; nothing where no numbered text is a task."""
    told = [p for p in without_closing(paragraphs, lexicon) if not _is_rule(p)]
    root = outline_of(told)
    tasks = task_nodes(root, lexicon)
    numbers = task_numbers(tasks)
    parts: list[Part] = []
    for node, number in zip(tasks, numbers, strict=True):
        parts += _parts(node, number, lexicon, first)
    return parts


def _is_rule(paragraph: Paragraph) -> bool:
    """Whether a paragraph is nothing but a rule stated once (以下均需…落实，不再列出), which is nobody's own duty."""
    rule = standing_rule(paragraph.text) if paragraph.marker is None else None
    return rule is not None and not re.sub(r"[\W_]|^注|^说明", "", rule.rest)


def _parts(node: Node, number: str, lexicon: Lexicon, first: bool) -> list[Part]:
    """A task's measures: its text cut at each responsibility, paragraphs that share one put together."""
    parents = node.path()[:-1]
    section = heading_text(parents[-1]) if parents else ""
    title, segments = _titled(node, lexicon)
    groups = _grouped(segments)
    parts = []
    for group in groups:
        duties = "；".join(segment.duties for segment in group if segment.duties)
        read = parse_responsibility(duties, lexicon, first) if duties else Responsibility()
        content = "\n".join(segment.text for segment in group if segment.text)
        span = (min(s.first for s in group), max(s.last for s in group))
        if group is groups[0] and node.paragraph is not None:
            # A title that stands alone in its paragraph is the first part's.
            span = (min(span[0], node.paragraph.first), span[1])
        parts.append(Part(number, section, title, content, read, read.deadline, source=span))
    return [_with_text(part) for part in parts]


def _with_text(part: Part) -> Part:
    content = part.content or part.title
    return replace(part, content=content, title=part.title or headline(content))


def _titled(node: Node, lexicon: Lexicon) -> tuple[str, list[Segment]]:
    """The task's title, and all its segments without it."""
    own = own_segments(node, lexicon)
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
    segments = own_segments(node, lexicon)
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
