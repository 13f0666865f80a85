"""What all payloads share: named files that must be exactly those expected, JSON in its one canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.errors import UnreadableError
from desktop.exchange.authority_lists import load_certificates, load_crls

T = TypeVar("T")


def wrong(detail: str) -> UnreadableError:
    """The one error of a payload; `detail` names the file and the place, for the log and the curious."""
    return UnreadableError("package_content_wrong", detail=detail)


def need_files(files: Mapping[str, bytes], names: Iterable[str]) -> None:
    """Raises UnreadableError(`package_content_wrong`, detail) unless these files are there and no others."""
    expected = set(names)
    for name in sorted(expected ^ files.keys()):
        raise wrong(f"{name}: {'missing' if name in expected else 'unexpected'}")


def read_json(files: Mapping[str, bytes], name: str, cls: type[T]) -> T:
    """One JSON file as a value. Raises UnreadableError(`package_content_wrong`, detail)."""
    try:
        value = parse_json(files[name], cls)
    except ValueError as error:
        raise wrong(f"{name}: {error}") from None
    if canonical_bytes(value) != files[name]:
        raise wrong(f"{name}: not canonical")
    return value


def read_pem(files: Mapping[str, bytes], name: str) -> bytes:
    """A file of certificates as PEM, nothing between them. Raises UnreadableError(`package_content_wrong`, detail)."""
    try:
        found = load_certificates(files[name])
    except UnreadableError:
        raise wrong(f"{name}: no certificate") from None
    return _exactly(files, name, b"".join(c.public_bytes(Encoding.PEM) for c in found))


def read_crls(files: Mapping[str, bytes], name: str) -> bytes:
    """A file of lists of revoked certificates, or empty. Raises UnreadableError(`package_content_wrong`, detail)."""
    try:
        found = load_crls(files[name])
    except UnreadableError:
        raise wrong(f"{name}: no list of revoked certificates") from None
    return _exactly(files, name, b"".join(c.public_bytes(Encoding.PEM) for c in found))


def _exactly(files: Mapping[str, bytes], name: str, rewritten: bytes) -> bytes:
    """PEM may hold any text around its blocks; ours does not."""
    if files[name] != rewritten:
        raise wrong(f"{name}: not as it was written")
    return rewritten
