"""What the page of 县内分工 shows, read together: whose each measure is, how far each bureau is, what is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.delegation import Bureau, Delegation, DelegationProposal
from desktop.services import delegating
from desktop.services.delegating import BureauProgress
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.storage import Store
from desktop.views.pages.delegating_bureaus import ALL, NONE, bureau_of
from desktop.views.pages.delegating_measures import fits


@dataclass(frozen=True)
class Seen:
    """A report's measures with their bureaus; `given` and `proposals` by measure, `bureaus` by name."""

    overview: FillingOverview
    progress: tuple[BureauProgress, ...]
    given: Mapping[str, Delegation]
    bureaus: Mapping[str, Bureau]
    proposals: Mapping[str, DelegationProposal]

    def progress_of(self, name: str) -> BureauProgress | None:
        """How far a bureau is; None for one that there is not."""
        return next((p for p in self.progress if p.bureau and p.bureau.name == name), None)

    def of(self, key: str, words: Sequence[str]) -> tuple[FillingRow, ...]:
        """The measures of a row of the bureaus' list that have all the words."""
        given = {k: d.bureau for k, d in self.given.items()}
        wanted = {ALL: None, NONE: ""}.get(key, bureau_of(key))
        return tuple(
            r
            for r in self.overview.rows
            if (wanted is None or given.get(r.measure.key, "") == wanted)
            and fits(r, given.get(r.measure.key, ""), words)
        )

    def offered(self, rows: Iterable[FillingRow]) -> list[DelegationProposal]:
        """The proposals for these measures."""
        return [self.proposals[r.measure.key] for r in rows if r.measure.key in self.proposals]


def read(store: Store, overview: FillingOverview) -> Seen:
    """What there is to show of a report."""
    plan_id = overview.report.plan_id
    return Seen(
        overview,
        delegating.by_bureau(store, overview),
        delegating.delegations(store, plan_id),
        {bureau.name: bureau for bureau in delegating.bureaus(store)},
        {one.measure_key: one for one in delegating.proposals(store, plan_id)},
    )
