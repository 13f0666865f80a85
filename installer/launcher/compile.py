"""Run by setup with the new version's interpreter: `compileall`, which says what it could not compile and where.

It speaks in the system's code page; a person's name that this lacks is in every path, and must not be what it ends with.
Arguments and exit status are those of `python -m compileall`.
"""

from __future__ import annotations

import compileall
import io
import sys

if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(not compileall.main())
