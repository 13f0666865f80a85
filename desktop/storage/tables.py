"""The tables as the query builder names them; the migrations create them. Nothing here is bound to a database."""

from __future__ import annotations

from typing import Any

from peewee import Table


def _table(name: str, columns: str) -> Any:
    # Columns become attributes when the program runs, which no type checker can see.
    return Table(name, tuple(columns.split()))


WORKSPACE = _table("workspace", "id unit_code unit_name kind superior_code superior_name sample created_at")

SETTING = _table("setting", "key value")
REGION = _table("region", "id code name")
UNIT = _table("unit", "code position name short_name kind aliases contact phone")
TERM = _table("term", "term position unit_codes")

# A head is the same table without its large column.
DRAFT = _table("draft", "id title file_name content updated_at")
DRAFT_HEAD = _table("draft", "id title file_name updated_at")
PLAN = _table("plan", "id version title digest content published_at")
PLAN_HEAD = _table("plan", "id version title digest published_at")
CALENDAR = _table("calendar", "plan_id quarter opens due closes")

REPORT = _table(
    "report",
    "id plan_id plan_version unit_code quarter revision state preparer reviewer issuer phone "
    "created_at reviewed_at signed_at submitted_at decided_at received_at due reason returned digest "
    "code package",
)
REPORT_HEAD = _table("report", "id plan_id plan_version unit_code quarter revision state")
ENTRY = _table("entry", "report_id measure_key status progress problems next_steps explanation updated_at")
ENTRY_HEAD = _table("entry", "report_id measure_key progress")
READING = _table("reading", "report_id measure_key position target_key value note")
ENTRY_EVIDENCE = _table("entry_evidence", "report_id measure_key position digest name size media_type")
DOCUMENT = _table("document", "report_id name digest size")
COMMENT = _table("comment", "id report_id measure_key text author at settled_by settled_at")
LETTER = _table("letter", "report_id number")
LETTER_SECTION = _table("letter_section", "report_id name text drafted updated_at")
BULLETIN_SECTION = _table("bulletin_section", "plan_id quarter name text drafted updated_at")
BULLETIN_FILE = _table(
    "bulletin_file",
    "file digest code plan_id plan_title quarter number letter as_of signer name size exported_at",
)

BUREAU = _table("bureau", "name position contact phone")
DELEGATION = _table("delegation", "plan_id measure_key bureau contact phone")

CITY_READING = _table("city_reading", "plan_id quarter target_key value note updated_at")

INBOX = _table(
    "inbox",
    "digest kind issuer_code issuer_name stream sequence state received_at decided_at note problem "
    "size quarter revision file_name",
)
OUTBOX = _table(
    "outbox",
    "digest kind recipient_code recipient_name stream sequence created_at written_at answered_by "
    "size file_name",
)

KEY = _table("key", "purpose person key_blob certificate fingerprint created_at not_after")
TRUST = _table("trust", "id root chain crls crl_number fingerprint confirmed")
ISSUED = _table(
    "issued", "fingerprint unit_code role person certificate issued_at revoked_at reason revoked_by"
)
ENROLMENT = _table("enrolment", "unit_code role state person fingerprint certificate request changed_at")

AUDIT = _table("audit", "sequence at actor action subject facts rows previous digest")
AUDIT_HEAD = _table("audit_head", "id sequence digest")
