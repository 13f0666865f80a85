"""How slow work tells how far it is and learns that the user wants to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called between steps; raises `CancelledError` when the user wants to stop."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def silent(step: str, done: int, total: int) -> None:
    """The progress of work that nobody watches."""
