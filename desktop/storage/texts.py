"""How domain values lie in text columns: ISO dates, canonical JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, TypeVar

from desktop.domain.codec import canonical_bytes, parse_json

T = TypeVar("T")


def moment_text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def moment_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def json_text(value: Any) -> str:
    """The canonical JSON of a domain value."""
    return canonical_bytes(value).decode("utf-8")


def value_of(cls: type[T], text: str) -> T:
    """The domain value that `json_text` wrote."""
    return parse_json(text.encode("utf-8"), cls)


def plain_of(text: str) -> Any:
    """Plain lists, objects and strings that `json_text` wrote."""
    return json.loads(text)
