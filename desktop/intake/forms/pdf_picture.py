"""A page of any PDF as pixels, made by a process of its own: one that hangs or grows is ended, and the program goes on.

PDFium works on one thread only, which is the screen's for what we print ourselves; and what a hostile page takes to
draw, no look beforehand can tell (forms within forms, ten thousand million strokes).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress, silent

SECONDS = 15.0
# Pixels of a page's longer side: enough to read a scanned A4 page at twice its size.
LONGEST = 2400
_MEMORY = 1_500_000_000
_MOST_SCALE = 4.0
_LOCKED, _DAMAGED = 3, 4
_PAUSE = 0.1
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from desktop.intake.forms.pdf_picture import draw; sys.exit(draw(*map(int, sys.argv[2:])))"
)


@dataclass(frozen=True)
class PagePicture:
    """`pixels`: four bytes each (blue, green, red, unused), rows without gaps. `pages`: of the whole document."""

    width: int
    height: int
    pixels: bytes
    pages: int


def page_picture(
    data: bytes, number: int, file: str, progress: Progress = silent, seconds: float = SECONDS
) -> PagePicture:
    """Page `number` (from 0; the last one where there are fewer).

    Raises UnreadableError: `page_locked`, `page_damaged`, `page_too_much` (file).
    """
    command = [interpreter(), "-c", _CHILD, json.dumps(sys.path), str(number), str(LONGEST), str(_MEMORY)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    until = time.monotonic() + seconds
    # By way of a file: what is waited for in pieces cannot be given more than a pipe holds.
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=flags
        ) as child:
            try:
                out = _said(child, file, until, progress)
            except BaseException:
                child.kill()
                raise
    if child.returncode in (_LOCKED, _DAMAGED):
        raise UnreadableError("page_locked" if child.returncode == _LOCKED else "page_damaged", file=file)
    head, _, pixels = out.partition(b"\n")
    if child.returncode or not head:
        raise UnreadableError("page_too_much", file=file)
    width, height, pages = json.loads(head)
    return PagePicture(width, height, pixels, pages)


def interpreter() -> str:
    """What runs Python code here: under Windows the program's own .exe would start the program once more.

    Installed, pythonw.exe lies in the version's folder (the interpreter's prefix) and not beside that .exe.
    """
    places = (Path(sys.prefix), Path(sys.executable).parent)
    found = (place / "pythonw.exe" for place in places)
    return next((str(path) for path in found if path.is_file()), sys.executable)


def _said(child: subprocess.Popen[bytes], file: str, until: float, progress: Progress) -> bytes:
    while True:
        progress(file, 0, 0)
        try:
            return child.communicate(timeout=_PAUSE)[0]
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                raise UnreadableError("page_too_much", file=file) from None


def draw(number: int, longest: int, memory: int) -> int:
    """In the child: a document comes in, a page goes out; returns the exit status."""
    _bound(memory)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        pages = len(document)
        page = document[min(max(number, 0), pages - 1)]
        width, height = page.get_size()
        scale = min(longest / max(width, height, 1), _MOST_SCALE)
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
    except pypdfium2.PdfiumError as error:
        return _LOCKED if "assword" in str(error) else _DAMAGED
    except IndexError:
        return _DAMAGED
    line, stride, pixels = bitmap.width * 4, bitmap.stride, bytes(bitmap.buffer)
    out = sys.stdout.buffer
    out.write(json.dumps([bitmap.width, bitmap.height, pages]).encode() + b"\n")
    for row in range(bitmap.height):
        out.write(pixels[row * stride : row * stride + line])
    out.flush()
    return 0


def _bound(memory: int) -> None:
    """As much memory as a page may take. Windows has no such call; there its time alone bounds it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
