"""A plan in force and the next version of its document: compared, confirmed, published; refused while in doubt."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain import succession
from desktop.domain.changes import ChangeKind, Match
from desktop.domain.errors import RefusedError
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.unit import Region, Unit, UnitKind
from desktop.services import amending, drafting, drafting_structure, drafting_targets, opening, planning
from desktop.storage import Store
from tests.journeys.amended import first_document, second_document
from tests.journeys.offices import COUNTY, PARK, REGION

K = ChangeKind
SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "plans" / "linhe_prose.txt"
TOWN = Unit("910000", "临河市人民政府", "临河市", UnitKind.CITY)
LINHE = Region("910000", "临河市", (TOWN, Unit("910001", "东山县人民政府", "东山县", UnitKind.COUNTY)))


@pytest.fixture
def plan(city: Store, now: datetime) -> Plan:
    draft_id = planning.keep_draft(city, "", planning.resolve(first_document(), REGION), now)
    return planning.publish(city, draft_id, "test", now)


def compared(city: Store, plan: Plan, document: PlanDraft) -> PlanDraft:
    return amending.compare_with(city, planning.resolve(document, REGION), plan.id)


def match_of(draft: PlanDraft, kind: ChangeKind) -> Match:
    (found,) = [m for m in draft.matches if m.kind is kind]
    return found


def version_of(draft: PlanDraft, plan: Plan) -> Plan:
    """The version that publishing would make as matters stand."""
    return succession.amended(plan, amending.refreshed(draft, plan))


def test_what_was_confirmed_survives_closing_the_program(city: Store, plan: Plan, now: datetime) -> None:
    draft = compared(city, plan, second_document())
    assert (draft.amends, draft.amends_version) == (plan.id, 1) and amending.compared_with(
        city, draft
    ) == plan
    said = amending.confirm(draft, match_of(draft, K.SPLIT))
    draft_id = planning.keep_draft(city, "", said, now)
    again = city.plans.draft(draft_id)
    assert again == said and len(amending.open_matches(again)) == 3
    assert match_of(amending.compare_with(city, again, plan.id), K.SPLIT).confirmed
    assert amending.refreshed(again, plan) == again


def test_another_plan_is_compared_from_the_beginning(city: Store, plan: Plan, now: datetime) -> None:
    other_id = planning.keep_draft(city, "", planning.resolve(second_document(), REGION), now)
    other = planning.publish(city, other_id, "test", now)
    draft = compared(city, plan, second_document())
    said = amending.confirm_all(draft, draft.matches)
    moved = amending.compare_with(city, said, other.id)
    assert {(m.kind, m.confirmed) for m in moved.matches} == {(K.UNCHANGED, False)}
    with pytest.raises(RefusedError, match="plan_missing"):
        amending.compare_with(city, draft, "nowhere")


def test_editing_the_draft_keeps_what_was_confirmed_and_asks_again_where_the_words_moved_apart(
    city: Store, plan: Plan
) -> None:
    draft = compared(city, plan, second_document())
    draft = amending.confirm_all(draft, amending.open_matches(draft))
    reworded = drafting.edit_measure(draft, "m-007", "禁止露天焚烧垃圾", draft.measures[6].content, "", "")
    assert not amending.open_matches(amending.refreshed(reworded, plan))
    other = drafting.edit_measure(draft, "m-005", "别的事情", "全市建立统一的预警发布渠道。", "", "")
    asked = amending.open_matches(amending.refreshed(other, plan))
    assert [m.new for m in asked] == [("m-005",)]
    gone = amending.refreshed(drafting_structure.remove_measure(draft, "m-001"), plan)
    assert [m.old for m in amending.open_matches(gone)] == [("m-002",)]


def test_by_hand_the_officer_puts_together_and_takes_apart(city: Store, plan: Plan) -> None:
    draft = compared(city, plan, second_document())
    apart = amending.part(draft, plan, match_of(draft, K.MERGED))
    by_hand = amending.pair(apart, plan, ["m-005"], ["m-005"])
    assert {(m.kind, m.old) for m in by_hand.matches if m.confirmed} == {
        (K.DROPPED, ("m-004",)),
        (K.REWORDED, ("m-005",)),
    }
    assert version_of(by_hand, plan).measures[4].key == "m-005"


def test_publishing_refuses_what_is_open_and_what_was_overtaken(
    city: Store, plan: Plan, now: datetime
) -> None:
    draft_id = planning.keep_draft(city, "", compared(city, plan, second_document()), now)
    with pytest.raises(RefusedError) as refused:
        amending.publish_amendment(city, draft_id, "test", now)
    assert (refused.value.code, refused.value.facts) == ("amendment_unconfirmed", {"count": 4})
    draft = city.plans.draft(draft_id)
    assert draft is not None
    said = amending.confirm_all(draft, amending.open_matches(draft))
    planning.keep_draft(city, draft_id, said, now)
    assigned = planning.assign(city, plan.id, {"m-007": (COUNTY.code, PARK.code)}, "test", now)
    with pytest.raises(RefusedError) as refused:
        amending.publish_amendment(city, draft_id, "test", now)
    assert (refused.value.code, refused.value.facts) == ("plan_changed_meanwhile", {"version": 2})
    assert city.plans.get(plan.id) == assigned and city.plans.draft(draft_id) == said
    planning.keep_draft(city, draft_id, amending.compare_with(city, said, plan.id), now)
    made = amending.publish_amendment(city, draft_id, "test", now)
    assert made.version == 3 and set(made.measure("m-007").implementers) == {COUNTY.code, PARK.code}
    assert [c.version for c in made.changes] == [2] + [3] * 6
    assert "plan_amended" in {r.action for r in city.audit.records()} and city.audit.verify() is None
    for missing in (draft_id, "nowhere", planning.keep_draft(city, "", first_document(), now)):
        with pytest.raises(RefusedError, match="draft_missing"):
            amending.publish_amendment(city, missing, "test", now)


def test_an_empty_document_takes_no_plan_out_of_force(city: Store, plan: Plan, now: datetime) -> None:
    draft = compared(city, plan, replace(second_document(), measures=(), targets=()))
    draft_id = planning.keep_draft(city, "", amending.confirm_all(draft, draft.matches), now)
    with pytest.raises(RefusedError, match="plan_empty"):
        amending.publish_amendment(city, draft_id, "test", now)


def test_publishing_sees_edits_that_nobody_compared(city: Store, plan: Plan, now: datetime) -> None:
    draft = compared(city, plan, first_document())
    cut = drafting_structure.split_measure(draft, "m-003", 30, "站房用地")
    draft_id = planning.keep_draft(city, "", cut, now)
    with pytest.raises(RefusedError, match="amendment_unconfirmed"):
        amending.publish_amendment(city, draft_id, "test", now)


def test_hand_made_assignments_and_figures_outlive_the_next_document(city: Store, now: datetime) -> None:
    draft = planning.resolve(first_document(), REGION)
    draft = drafting.assign_in_draft(draft, "m-007", (COUNTY.code, PARK.code), REGION)
    draft = drafting_targets.edit_target(draft, replace(draft.targets[1], value=Decimal(80)))
    plan = planning.publish(city, planning.keep_draft(city, "", draft, now), "test", now)
    again = compared(city, plan, second_document())
    assert match_of(again, K.RENUMBERED).old == ("m-002",)
    assert Match(K.UNCHANGED, ("m-007",), ("m-007",), 100) in again.matches
    made = version_of(again, plan)
    assert set(made.measure("m-007").implementers) == {COUNTY.code, PARK.code}
    assert next(t for t in made.targets if t.key == "t-002").value == 80


def test_a_figure_of_no_target_is_refused(city: Store, plan: Plan, now: datetime) -> None:
    with pytest.raises(RefusedError, match="target_missing"):
        amending.set_target_value(city, plan.id, "t-999", Decimal(1), "test", now)
    made = amending.set_target_value(city, plan.id, "t-001", None, "test", now)
    assert made.targets[0].value is None and [c.kind for c in made.changes] == [K.RETARGETED]
    (record,) = [r for r in city.audit.records() if r.action == "target_value_set"]
    assert (record.facts["from"], record.facts["to"]) == ("12", "")


def test_a_document_that_was_read_is_followed_into_its_next_version(tmp_path: Path, now: datetime) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    duties = "（市工业和信息化局、市生态环境局按职责分工负责，各县（区）人民政府组织实施）\n"
    for old, new in (
        ("3．淘汰落后工艺。依法淘汰限制类装备。\n【", "【删"),
        ("2．推进集群整治。", "2．排查产业集群。"),
        ("建立问题清单。2025年底前，", f"建立问题清单。\n3．建设集中喷涂中心。{duties}2025年底前，"),
        ("达到70%以上", "达到75%以上"),
        ("**万千瓦（由市能源局测算后提供）", "50万千瓦"),
        (
            "三、保障措施",
            "7．清理河道垃圾。沿岸每百米设一名保洁员。（市水务局牵头，各县（区）人民政府落实）\n三、保障措施",
        ),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    text = "\n".join(line for line in text.splitlines() if not line.startswith("【删"))
    path = tmp_path / "修订.txt"
    path.write_text(text, encoding="utf-8")
    with closing(opening.create_workspace(tmp_path / "临河", TOWN, LINHE, "test", now)) as city:
        one = planning.resolve(planning.read_document(SAMPLE, [LINHE]), LINHE)
        plan = planning.publish(city, planning.keep_draft(city, "", one, now), "test", now)
        two = amending.compare_with(
            city, planning.resolve(planning.read_document(path, [LINHE]), LINHE), plan.id
        )
        labels = {m.key: plan.label(m) for m in plan.measures}
        kinds = {kind: [m for m in two.matches if m.kind is kind] for kind in K}
        assert [labels[k] for m in kinds[K.SPLIT] for k in m.old] == ["2"]
        assert [labels[k] for m in kinds[K.DROPPED] for k in m.old] == ["3"]
        assert {labels[k] for m in kinds[K.REWORDED] for k in m.old} == {"4", "6"}
        titles = {m.key: m.title for m in two.measures}
        assert [titles[k] for m in kinds[K.NEW] for k in m.new] == ["清理河道垃圾"] and not kinds[K.MERGED]
        made = version_of(two, plan)
        for target in plan.targets:
            kept = next((t for t in made.targets if t.key == target.key), None)
            assert kept is not None and kept.unit == target.unit, target.text
