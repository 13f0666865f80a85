"""The two kinds of error: what the user can mend, and bugs (every other exception)."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend: a code and the facts that its sentence needs.

    The sentence (what happened, what is safe, what to do) is chosen by the surface that shows it,
    in `desktop.wording`. Facts are short strings or numbers: file names, units, counts.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({listed})"


class RefusedError(UserError):
    """A check refused the work although the input could be read (headless exit status 1)."""


class UnreadableError(UserError):
    """An input that cannot be read, or is not what was asked for (headless exit status 2)."""


class CancelledError(Exception):
    """The user asked a slow job to stop; raised between steps, never inside a transaction."""
