"""`ASiCManifest001.xml`: which bytes a package's signature covers (ETSI EN 319 162-1, annex A.4).

The reader knows the one form that we write; anything else is no manifest of ours.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping

from desktop.exchange.container import HEADER_NAME, SIGNATURE_NAME

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference URI="{SIGNATURE_NAME}" MimeType="application/pkcs7-signature"/>\n'
)
_OBJECT = (
    '<asic:DataObjectReference URI="{name}"{root}>'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    "<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
)
_FOOT = "</asic:ASiCManifest>\n"
_ROOTFILE = ' Rootfile="true"'
_REFERENCE = re.compile(
    re.escape(_OBJECT)
    .replace(r"\{name\}", "([ -~]+?)")
    .replace(r"\{root\}", f"(?:{_ROOTFILE})?")
    .replace(r"\{digest\}", "([A-Za-z0-9+/]{43}=)")
)


def write_manifest(files: Mapping[str, bytes]) -> bytes:
    """The manifest over all files that stand in `data/`."""
    return _written({name: hashlib.sha256(content).digest() for name, content in files.items()})


def read_manifest(manifest: bytes) -> dict[str, bytes]:
    """Names with their SHA-256. Raises ValueError unless the bytes are as `write_manifest` writes them."""
    text = manifest.decode("ascii")
    try:
        digests = {m[1]: base64.b64decode(m[2], validate=True) for m in _REFERENCE.finditer(text)}
    except binascii.Error:
        raise ValueError("a digest is none") from None
    if _written(digests) != manifest:
        raise ValueError("not a manifest of ours")
    return digests


def _written(digests: Mapping[str, bytes]) -> bytes:
    lines = [
        _OBJECT.format(
            name=name,
            root=_ROOTFILE if name == HEADER_NAME else "",
            digest=base64.b64encode(digests[name]).decode("ascii"),
        )
        for name in sorted(digests)
    ]
    return (_HEAD + "".join(lines) + _FOOT).encode("ascii")
