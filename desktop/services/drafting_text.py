"""A measure from words that the reader left out: number, title, content and who is responsible."""

from __future__ import annotations

import re

from desktop.domain.matching import match_name
from desktop.domain.plan import Duty, Measure
from desktop.domain.unit import Region
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.responsibility import parse_responsibility
from desktop.services.drafting_structure import headline

_NUMBER = re.compile(r"^\s*(?:[（(]?(\d{1,3})[）)、．]|(\d{1,3})\.(?!\d)|(\d{1,3})(?=[\s\u3000\t]))\s*")
_BRACKET = re.compile(
    r"[（(〔\[【]([^（()）〔〕\[\]【】]*(?:[（(][^（()）]*[）)][^（()）〔〕\[\]【】]*)*)[）)〕\]】]\s*[。；]?\s*$"
)
_DUTY = re.compile(r"牵头|负责|配合|落实|责任|参与")
_LABEL = re.compile(r"^(?:牵头|配合|责任|落实|实施|参与)\S{0,6}[:：]\s*\S")


def measure_in(text: str, region: Region, lexicon: Lexicon) -> Measure:
    """A measure read from some words, without a key and perhaps without a number. No word of the text is lost."""
    lines = [line.strip() for line in text.replace("\u2028", "\n").split("\n") if line.strip()]
    labels = [line for line in lines if _LABEL.match(line)]
    body = "\n".join(line for line in lines if line not in labels)
    number = ""
    if found := _NUMBER.match(body):
        number = next(group for group in found.groups() if group)
        body = body[found.end() :]
    said = "；".join(labels)
    bracket = _BRACKET.search(body)
    if bracket and _DUTY.search(bracket[1]):
        body, said = body[: bracket.start()].rstrip(), "；".join(part for part in (bracket[1], said) if part)
    title, content = _title(body)
    duties = parse_responsibility(said, lexicon).duties if said else ()
    known = tuple(Duty(d.role, d.name, match_name(d.name, region).unit_codes) for d in duties)
    if said and not known:
        content = "\n".join(part for part in (content, said) if part)
    return Measure("", number, 1, "", title, content, known)


def _title(body: str) -> tuple[str, str]:
    """The first sentence or line where it is short and more follows; else its first clause, all of it content."""
    found = re.match(r"^([^。；！？\n\t]{2,40})(?:[。\n\t]\s*)(?=\S)", body)
    if found:
        return found[1].strip(), body[found.end() :].strip()
    return headline(body), body.strip() if len(body.strip()) > len(headline(body)) + 1 else ""
