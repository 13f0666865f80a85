"""Keys of this workspace, what it trusts, and the certificates of the units below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.domain.identity import (
    Enrolment,
    Issued,
    KeyRecord,
    RevocationReason,
    SignRole,
    TrustState,
)
from desktop.storage.database import Database
from desktop.storage.tables import ENROLMENT, ISSUED, KEY, TRUST
from desktop.storage.texts import moment_of, moment_text


class Keys:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, record: KeyRecord) -> None:
        """Keeps a key, in place of the one for the same purpose."""
        row = {
            "purpose": record.purpose,
            "person": record.person,
            "key_blob": record.key_blob,
            "certificate": record.certificate,
            "fingerprint": record.fingerprint,
            "created_at": record.created_at.isoformat(),
            "not_after": moment_text(record.not_after),
        }
        self._database.put(KEY, row, "purpose")

    def get(self, purpose: str) -> KeyRecord | None:
        row = self._database.row(KEY, purpose=purpose)
        if row is None:
            return None
        return KeyRecord(
            row["purpose"],
            row["person"],
            row["key_blob"],
            row["certificate"],
            row["fingerprint"],
            datetime.fromisoformat(row["created_at"]),
            moment_of(row["not_after"]),
        )

    def put_trust(self, trust: TrustState) -> None:
        """Replaces what the workspace trusts."""
        row = {
            "id": 1,
            "root": trust.root,
            "chain": trust.chain,
            "crls": trust.crls,
            "crl_number": trust.crl_number,
            "fingerprint": trust.fingerprint,
            "confirmed": int(trust.confirmed),
        }
        self._database.put(TRUST, row, "id")

    def trust(self) -> TrustState | None:
        row = self._database.row(TRUST)
        if row is None:
            return None
        return TrustState(
            row["root"],
            row["chain"],
            row["crls"],
            row["crl_number"],
            row["fingerprint"],
            bool(row["confirmed"]),
        )

    def put_enrolment(self, enrolment: Enrolment) -> None:
        """Keeps how far a unit is with one role, in place of what was known of it."""
        row = {
            "unit_code": enrolment.unit_code,
            "role": enrolment.role.value,
            "state": enrolment.state,
            "person": enrolment.person,
            "fingerprint": enrolment.fingerprint,
            "certificate": enrolment.certificate,
            "request": enrolment.request,
            "changed_at": moment_text(enrolment.changed_at),
        }
        self._database.put(ENROLMENT, row, "unit_code", "role")

    def enrolment(self, unit_code: str, role: SignRole = SignRole.ISSUER) -> Enrolment | None:
        row = self._database.row(ENROLMENT, unit_code=unit_code, role=role.value)
        return None if row is None else _enrolment(row)

    def enrolments(self) -> tuple[Enrolment, ...]:
        """All enrolments, by unit code, a unit's by role."""
        rows = self._database.rows(ENROLMENT, "unit_code", "role")
        return tuple(_enrolment(row) for row in rows)

    def put_issued(self, issued: Issued) -> None:
        """Keeps a certificate that was issued, and whether it was revoked."""
        row = {
            "fingerprint": issued.fingerprint,
            "unit_code": issued.unit_code,
            "role": issued.role.value,
            "person": issued.person,
            "certificate": issued.certificate,
            "issued_at": issued.issued_at.isoformat(),
            "revoked_at": moment_text(issued.revoked_at),
            "reason": issued.reason.value if issued.reason else "",
            "revoked_by": issued.revoked_by,
        }
        self._database.put(ISSUED, row, "fingerprint")

    def issued(self) -> tuple[Issued, ...]:
        """Every certificate that was issued, the first first."""
        return tuple(_issued(row) for row in self._database.rows(ISSUED, "issued_at", "fingerprint"))

    def issued_as(self, fingerprint: str) -> Issued | None:
        """The certificate with a fingerprint; None where none was issued."""
        row = self._database.row(ISSUED, fingerprint=fingerprint)
        return None if row is None else _issued(row)


def _issued(row: dict[str, Any]) -> Issued:
    return Issued(
        row["fingerprint"],
        row["unit_code"],
        SignRole(row["role"]),
        row["person"],
        row["certificate"],
        datetime.fromisoformat(row["issued_at"]),
        moment_of(row["revoked_at"]),
        RevocationReason(row["reason"]) if row["reason"] else None,
        row["revoked_by"],
    )


def _enrolment(row: dict[str, Any]) -> Enrolment:
    return Enrolment(
        row["unit_code"],
        row["state"],
        row["person"],
        row["fingerprint"],
        row["certificate"],
        row["request"],
        moment_of(row["changed_at"]),
        SignRole(row["role"]),
    )
