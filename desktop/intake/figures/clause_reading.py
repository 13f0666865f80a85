"""One clause as it is read for targets, and what is found in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.targets import Comparator
from desktop.intake.figures.clauses import Clause
from desktop.intake.figures.figures import Figure, comparator_of
from desktop.intake.figures.indicators import Subject, subject_of


@dataclass(frozen=True)
class Found:
    """A target before it has a key."""

    subject: Subject
    figure: Figure
    comparator: Comparator
    deadline: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a clause is read with: its text with names blanked out, the target before, the region.

    `beside`: the target before stands in the clause just before this one.
    """

    clause: Clause
    text: str
    last: Found | None
    beside: bool
    places: Collection[str]
    city: str
    sentence: tuple[Found, ...] = ()

    def alike(self, figure: Figure) -> Found | None:
        """The latest target of the sentence with the figure's unit, or else the one just before."""
        same = [found for found in self.sentence if found.figure.unit == figure.unit]
        return same[-1] if same else self.last

    def subject(self, lead: str) -> Subject:
        return subject_of(lead, self.clause, self.places, self.city)

    def found(self, subject: Subject, figure: Figure, deadline: str = "") -> Found:
        when = deadline or self.clause.deadline
        return Found(subject, figure, comparator_of(figure), when, self.clause.shown)
