"""Noticing: what the checks find in a quarter's accepted reports, for all units at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.checks import Finding
from desktop.domain.codec import parse_json
from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report, ReportDocument, ReportRow, ReportState
from desktop.services.answering import findings_of
from desktop.storage import Store


@dataclass(frozen=True)
class Noticed:
    """`findings` by (measure key, unit code), worst first, also those that the unit explained; `unread`: the codes of
    units whose kept report cannot be read, so that nothing is known of it.
    """

    findings: Mapping[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def open_at(self, measure_key: str, unit_code: str) -> tuple[Finding, ...]:
        """What the unit did not explain in one entry, hints as well: a signed report has no errors left, and what is
        thin (no figure, few words, unchanged since last quarter) is a hint by the usual rules.
        """
        found = self.findings.get((measure_key, unit_code), ())
        return tuple(finding for finding in found if not finding.explained)


def noticed(store: Store, plan_id: str, quarter: str, progress: Progress = silent) -> Noticed:
    """The findings in each unit's newest accepted report, by the same rules and figures as 收件 shows them.

    Like the matrix it leaves out what waits for a decision or was returned. It reads only; for 30 units it is work for
    the job runner.
    """
    reports = store.reports.find(plan_id=plan_id, quarter=quarter)
    newest = {report.unit_code: report for report in reports if report.state is ReportState.ACCEPTED}
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    unread = []
    for number, (code, report) in enumerate(newest.items()):
        progress("checking", number, len(newest))
        own = found_in(store, report)
        if own is None:
            unread.append(code)
        for row, finding in own or ():
            place = (row.measure_key, code)
            found[place] = (*found.get(place, ()), finding)
    return Noticed(found, tuple(unread))


def found_in(store: Store, report: Report) -> tuple[tuple[ReportRow, Finding], ...] | None:
    """The findings in one report that was decided on, whatever its state; None where what was kept cannot be read."""
    try:
        data = store.reports.document(report.id, "report.json")
        return findings_of(store, parse_json(data or b"", ReportDocument))
    except (UnreadableError, ValueError):
        return None
