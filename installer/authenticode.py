"""Authenticode signatures of what is shipped, read by osslsigncode, and the rule that stops a build.

A file's digest is compared with the signed one; where the signature's chain ends at a root in roots/, signature, chain
and time stamp are verified as of the stamped time. Revocation lists are not fetched: the build is offline.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from installer.inputs import BuildError
from installer.product import HERE

ENDINGS = (".exe", ".dll", ".pyd")
FOUNDATION = "Python Software Foundation"
MICROSOFT = "Microsoft Corporation"
_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")


@dataclass(frozen=True)
class Signature:
    """`signer`: the organisation. `root`: the pinned root to which everything was verified, empty where none was."""

    signer: str
    subject: str
    issuer: str
    stamped: str
    digest_matches: bool
    root: str


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """All signatures of a PE file, the primary one first; empty for an unsigned file. Raises BuildError."""
    with tempfile.TemporaryDirectory() as folder:
        roots = Path(folder) / "roots.pem"
        roots.write_text(
            "".join(p.read_text("ascii") for p in sorted((HERE / "roots").glob("*.pem"))), "ascii"
        )
        if not _has_signature(path.read_bytes()):
            return ()
        first = _verify(path, roots, None)
        parts = re.split(r"^Signature Index: \d+.*$", first, flags=re.MULTILINE)[1:]
        found = [_signature(part, path, roots) for part in parts]
    if not found:
        raise BuildError(f"osslsigncode says nothing of {path.name} that is understood: {first[-300:]}")
    return tuple(found)


def read_all(paths: Iterable[Path]) -> dict[Path, tuple[Signature, ...]]:
    """The signatures of many files."""
    listed = list(paths)
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(listed, pool.map(read_signatures, listed), strict=True))


def require_unaltered(found: dict[Path, tuple[Signature, ...]]) -> None:
    """Stops the build at a file that was changed after it was signed, whoever signed it. Raises BuildError."""
    for path, signatures in found.items():
        if not all(s.digest_matches for s in signatures):
            raise BuildError(f"{path.name} was changed after it was signed; the build stops")


def facts(signatures: tuple[Signature, ...]) -> dict[str, object]:
    """What the manifest says of a file."""
    if not signatures:
        return {"signer": "unsigned"}
    return {"signer": signatures[0].signer, "signatures": [asdict(s) for s in signatures]}


def require_interpreter(found: dict[str, tuple[Signature, ...]]) -> None:
    """Stops the build unless every file of CPython, by name, is signed as it must be. Raises BuildError.

    The foundation's signature must be verified to a pinned root; of Microsoft's runtime the digest and the name are.
    """
    for name, signatures in sorted(found.items()):
        wanted = MICROSOFT if name in _RUNTIME else FOUNDATION
        right = [s for s in signatures if s.signer == wanted and s.digest_matches]
        if wanted == FOUNDATION:
            right = [s for s in right if s.root]
        if not right:
            said = ", ".join(
                f"{s.signer} (digest {'right' if s.digest_matches else 'WRONG'})" for s in signatures
            )
            raise BuildError(f"{name} is not signed by the {wanted}: {said or 'unsigned'}; the build stops")


def _has_signature(data: bytes) -> bool:
    """Whether the PE header's directory of certificates names any. Raises BuildError for what is no PE file."""
    start = int.from_bytes(data[60:64], "little")
    if data[:2] != b"MZ" or data[start : start + 4] != b"PE\0\0":
        raise BuildError("a file that is named like a program is none")
    wide = data[start + 24 : start + 26] == b"\x0b\x02"
    entry = start + 24 + (112 if wide else 96) + 4 * 8
    return data[entry : entry + 8] != bytes(8)


def _signature(part: str, path: Path, roots: Path) -> Signature:
    digests = re.findall(r"(?:Current|Calculated) message digest\s*: ([0-9A-F]+)", part)
    subject, issuer = _first(r"Subject: (.*)", part), _first(r"Issuer : (.*)", part)
    stamped = _first(r"Timestamp time: (.*)", part)
    at = _time(stamped)
    signature = Signature(
        _part(subject, "O") or _part(subject, "CN"), subject, issuer, at.isoformat() if at else "",
        len(digests) == 2 and digests[0] == digests[1], "",
    )  # fmt: skip
    return _verified(signature, path, roots, at)


def _verified(signature: Signature, path: Path, roots: Path, at: datetime | None) -> Signature:
    """With the root, if all is right as of the stamped time; a file with several signatures has them all verified."""
    said = _verify(path, roots, at) if at else ""
    if not said.rstrip().endswith("Succeeded"):
        return signature
    chain = said.partition("Signing certificate chain verified using")[2]
    tops = [s for s, i in re.findall(r"Subject: (.*)\n\s*Issuer : (.*)", chain) if s.strip() == i.strip()]
    return Signature(**{**asdict(signature), "root": _part(tops[0], "CN") if tops else ""})


def _verify(path: Path, roots: Path, at: datetime | None) -> str:
    command = ["osslsigncode", "verify", "-in", str(path), "-CAfile", str(roots), "-TSA-CAfile", str(roots)]
    command += ["-ignore-cdp", "-ignore-crl"]
    if at:
        command += ["-time", str(int(at.timestamp()))]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode("utf-8", "replace")


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(" ".join(text.split()), "%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


def _part(name: str, key: str) -> str:
    return _first(rf"/{key}=([^/]*)", name)


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].strip() if found else ""
