"""What a person looks for in texts: words as they were typed, with width and case made even."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST, MOST = 100, 8
"""Signs and words that are looked for at once; what was typed beyond them is left out."""

Span = tuple[int, int]


def _even_signs() -> dict[int, int]:
    """Each sign that is written otherwise → the one it is made even to; always one sign for one."""
    found = {ord("\u3000"): ord(" "), ord("²"): ord("2"), ord("³"): ord("3"), ord("µ"): ord("μ")}
    for code in range(ord("A"), 0x530):
        low = chr(code).lower()
        if len(low) == 1 and ord(low) != code:
            found[code] = ord(low)
    for code in range(ord("!"), ord("~") + 1):
        found[code + 0xFEE0] = found.get(code, code)
    return found


_EVEN = _even_signs()


def _forms() -> dict[str, str]:
    """An even sign → every sign that is made even to it."""
    found: dict[str, str] = {}
    for code, even in _EVEN.items():
        found[chr(even)] = found.get(chr(even), chr(even)) + chr(code)
    return found


_FORMS = _forms()


@dataclass(frozen=True)
class Needle:
    """One word in even signs. `pattern`: None where it is written in one way only, and so found fastest as it is.

    `forms`: for each sign that is written in several ways, all of them.
    """

    word: str
    pattern: re.Pattern[str] | None = field(default=None, compare=False)
    forms: tuple[str, ...] = field(default=(), compare=False)

    def within(self, text: str) -> bool:
        """Whether the word stands in a text, in whatever width and case."""
        if self.pattern is None:
            return self.word in text
        # Looking for single signs is ten times as fast as the pattern, and rules out most texts.
        for forms in self.forms:
            for sign in forms:
                if sign in text:
                    break
            else:
                return False
        return self.pattern.search(text) is not None

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where the word stands, as (start, end), from left to right."""
        pattern = self.pattern or re.compile(re.escape(self.word))
        return tuple(found.span() for found in pattern.finditer(text))


def needle(word: str) -> Needle:
    """A word that is looked for; every sign of it counts as it is, none stands for others."""
    even = word.translate(_EVEN)
    if not any(sign in _FORMS for sign in even):
        return Needle(even)
    signs = (f"[{re.escape(_FORMS[s])}]" if s in _FORMS else re.escape(s) for s in even)
    forms = tuple(dict.fromkeys(_FORMS[sign] for sign in even if sign in _FORMS))
    return Needle(even, re.compile("".join(signs)), forms)


def needles(typed: str) -> tuple[Needle, ...]:
    """The words that were typed, apart by white space of any width, each once; those of one way of writing first."""
    # A lone half of a sign, as a broken clipboard gives it, stands in no text.
    plain = typed[:LONGEST].encode("utf-8", "ignore").decode("utf-8")
    words = list(dict.fromkeys(plain.translate(_EVEN).split()))[:MOST]
    return tuple(sorted(map(needle, words), key=lambda each: each.pattern is not None))


def joined_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, with those that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def excerpt(
    text: str, spans: tuple[Span, ...], before: int = 12, room: int = 90
) -> tuple[str, tuple[Span, ...]]:
    """At most `room` signs on one line around the first span, `before` of them in front of it, with the spans in it."""
    first = spans[0][0] if spans else 0
    start = 0 if first <= before + 2 else first - before
    head, tail = "…" if start else "", "…" if start + room < len(text) else ""
    # One blank for each break: the places of what was found stay true.
    cut = "".join(" " if sign.isspace() else sign for sign in text[start : start + room])
    moved = tuple(
        (max(s - start, 0) + len(head), min(e - start, len(cut)) + len(head))
        for s, e in spans
        if s - start < len(cut) and e > start
    )
    return head + cut + tail, moved
