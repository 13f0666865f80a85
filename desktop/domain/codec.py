"""Domain values to JSON and back, and the canonical bytes that digests are taken over.

Canonical JSON follows the idea of RFC 8785 (sorted keys, no white space, UTF-8) within a smaller
profile: objects, arrays, strings, integers, booleans and null. Decimals and dates travel as strings,
so that no floating-point number is ever written.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

SPARE: Mapping[str, bool] = types.MappingProxyType({"spare": True})
"""Metadata of a field that is written only when it says something: it came later, and older digests must stay."""


def encode(value: Any) -> Any:
    """A domain value as plain JSON material. Raises TypeError on a type that has no place there."""
    if value is None or (isinstance(value, bool | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: encode(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if not (f.metadata.get("spare") and getattr(value, f.name) == f.default)
        }
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [encode(item) for item in value]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def decode(cls: type[T], data: Any, where: str = "$") -> T:
    """Plain JSON material as a value of `cls`; strict.

    Raises ValueError, naming the place, on a missing or unknown field or a value of another type:
    what comes from outside is hostile until it fits.
    """
    return typing.cast(T, _decode(cls, data, where))


def _decode(kind: Any, data: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        options = typing.get_args(kind)
        if data is None and type(None) in options:
            return None
        return _decode(next(o for o in options if o is not type(None)), data, where)
    if origin is tuple:
        return tuple(
            _decode(typing.get_args(kind)[0], item, f"{where}[{i}]")
            for i, item in enumerate(_need(list, data, where))
        )
    if origin is not None and issubclass(origin, Mapping):
        value_kind = typing.get_args(kind)[1]
        return {k: _decode(value_kind, v, f"{where}.{k}") for k, v in _need(dict, data, where).items()}
    if dataclasses.is_dataclass(kind):
        return _decode_fields(typing.cast(type, kind), _need(dict, data, where), where)
    if kind is Decimal:
        return _decimal(_need(str, data, where), where)
    if kind in (date, datetime):
        return _parsed(kind.fromisoformat, _need(str, data, where), where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _parsed(kind, data, where)
    if hasattr(kind, "parse") and isinstance(data, str):
        return _parsed(kind.parse, data, where)
    return _need(kind, data, where)


def _decode_fields(cls: type, data: dict[str, Any], where: str) -> Any:
    hints = _hints(cls)
    unknown = data.keys() - hints.keys()
    if unknown:
        raise ValueError(f"{where}: unknown field {min(unknown)!r}")
    given = {name: _decode(hints[name], item, f"{where}.{name}") for name, item in data.items()}
    try:
        return cls(**given)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from None


@lru_cache(maxsize=128)
def _hints(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}


def _need(kind: type, data: Any, where: str) -> Any:
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"{where}: {kind.__name__} expected, {type(data).__name__} found")
    if isinstance(data, str) and any("\ud800" <= sign <= "\udfff" for sign in data):
        # JSON can write half a character; neither UTF-8 nor the database can.
        raise ValueError(f"{where}: half a character")
    return data


def _parsed(parse: Any, data: Any, where: str) -> Any:
    try:
        return parse(data)
    except (ValueError, TypeError):
        raise ValueError(f"{where}: {data!r} does not fit") from None


def _decimal(text: str, where: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{where}: {text!r} is no number") from None
    if not value.is_finite() or len(text) > 40:
        raise ValueError(f"{where}: {text!r} is no number to report")
    return value


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON of a domain value, UTF-8."""
    return json.dumps(encode(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8"
    )


def parse_json(data: bytes, cls: type[T]) -> T:
    """Bytes from outside as a value of `cls`; ValueError when they are not exactly that."""
    try:
        plain = json.loads(
            data.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    return decode(cls, plain)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number to report")


def digest_of(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def verification_code(data: bytes) -> str:
    """核对码: the first 80 bits of SHA-256 as 16 base32 characters in groups of four (RFC 4648 alphabet)."""
    text = base64.b32encode(hashlib.sha256(data).digest()[:10]).decode("ascii")
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))
