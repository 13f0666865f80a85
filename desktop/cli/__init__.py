"""The headless face: JSON on standard output, sentences for people on standard error.

Exit status: 0 done, 1 refused by a check, 2 unreadable or wrong input, 3 cannot be decided, 4 a fault of ours.
"""

from __future__ import annotations

from desktop.cli.command import main
from desktop.cli.planning import plan_json

__all__ = ["main", "plan_json"]
