"""The letter of a 通报 in the city's own words: over the data, with the data's changes told, printed and bound by digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.bulletin import USUAL_PARTS, BulletinPart, BulletinSection
from desktop.domain.codec import canonical_bytes, parse_json, verification_code
from desktop.domain.errors import RefusedError
from desktop.domain.letter import TEXT_LIMIT
from desktop.domain.summary import SummaryDocument
from desktop.reports.fonts import Faces
from desktop.services import announcing_text, exporting
from desktop.services.announcing import Choice, announced
from desktop.services.sectioning import SectionDraft
from desktop.services.summarising import summary_files
from desktop.storage import Store
from tests.conftest import SAMPLE_NOW as NOW
from tests.reports.printed import plain, text_of
from tests.services.test_announcing import THIS, seen

S = BulletinSection
OWN = "各单位报送总体及时。\n（一）报送质量\n个别单位附件不全，要补齐。"
RANKED = Choice((*USUAL_PARTS, BulletinPart.RANKING))


@pytest.fixture
def city(sample_city: Store) -> Iterator[Store]:
    yield sample_city
    for name in S:
        sample_city.bulletins.sections(sample_city.plans.all()[0].id, str(THIS)).remove(name)


def section(store: Store, document: SummaryDocument, name: S = S.REPORTING) -> SectionDraft[S]:
    return next(each for each in announcing_text.compose(store, document) if each.name is name)


def save(store: Store, document: SummaryDocument, text: str, name: S = S.REPORTING) -> SectionDraft[S]:
    return announcing_text.save_section(store, document, name, text, "test", NOW)


def test_what_nobody_edited_is_what_the_data_say(city: Store) -> None:
    made = announced(city, seen(city), Choice())
    assert made.bulletin is not None and made.bulletin.sections is not None
    texts = {each.name: each.text for each in made.bulletin.sections}
    assert texts[S.REPORTING].startswith("本季度应报送单位") and S.RANKING not in texts
    assert all(not each.edited for each in announcing_text.compose(city, made))


def test_words_of_their_own_go_into_the_data_and_onto_paper(
    city: Store, faces: Faces, tmp_path: Path
) -> None:
    document = announced(city, seen(city), Choice())
    assert save(city, document, OWN) == SectionDraft(S.REPORTING, OWN, section(city, document).drafted, True)
    made = announced(city, seen(city), Choice())
    assert made.bulletin is not None and made.bulletin.sections is not None
    assert {each.name: each.text for each in made.bulletin.sections}[S.REPORTING] == OWN
    assert canonical_bytes(made) != canonical_bytes(document), "bound by the digest"
    assert parse_json(canonical_bytes(made), SummaryDocument) == made
    printed = plain(text_of(summary_files(made, faces).pdf, tmp_path))
    assert (
        plain("一、季报报送情况各单位报送总体及时。（一）报送质量个别单位附件不全，要补齐。二、总体进展情况")
        in printed
    )
    assert plain(section(city, document).drafted) not in printed
    assert city.audit.records(limit=1)[0].action == "bulletin_saved"


def test_each_quarter_has_its_own_words(city: Store) -> None:
    save(city, announced(city, seen(city), Choice()), OWN)
    before = announced(city, seen(city, str(THIS.previous)), Choice())
    assert not section(city, before).edited


def test_data_that_changed_since_are_told_until_somebody_looked(city: Store) -> None:
    document = announced(city, seen(city), Choice())
    save(city, document, OWN)
    assert announcing_text.stale_sections(city, document) == ()
    later = replace(document, units=document.units[:-1])
    assert announcing_text.stale_sections(city, later) == (S.REPORTING,)
    held = section(city, later)
    assert held.stale and held.text == OWN and held.drafted != section(city, document).drafted
    again = save(city, later, OWN + "请各单位重视。")
    assert again.stale, "writing on is no looking"
    assert not announcing_text.confirm_section(city, later, S.REPORTING, "test", NOW).stale
    assert announcing_text.stale_sections(city, later) == ()
    back = announcing_text.restore_section(city, later, S.REPORTING, "test", NOW)
    assert not back.edited and back.text == back.drafted
    assert city.bulletins.sections(document.plan.id, document.quarter).all() == {}


def test_a_section_that_was_emptied_is_not_printed_nor_its_heading(
    city: Store, faces: Faces, tmp_path: Path
) -> None:
    document = announced(city, seen(city), Choice())
    for each in announcing_text.compose(city, document):
        save(city, document, "", each.name)
    made = announced(city, seen(city), Choice())
    assert made.bulletin is not None and made.bulletin.sections == ()
    printed = plain(text_of(summary_files(made, faces).pdf, tmp_path))
    assert plain("特此通报。") in printed and plain("一、") not in printed.split("特此通报")[0]


def test_sections_of_parts_that_were_not_chosen_are_neither_offered_nor_printed(city: Store) -> None:
    ranked = announced(city, seen(city), RANKED)
    save(city, ranked, "评分见附件。", S.RANKING)
    assert section(city, ranked, S.RANKING).edited
    without = announced(city, seen(city), Choice((BulletinPart.LETTER,)))
    names = [each.name for each in announcing_text.compose(city, without)]
    assert S.RANKING not in names and S.REQUESTS not in names
    assert without.bulletin is not None and without.bulletin.sections is not None
    assert all(each.name in names for each in without.bulletin.sections)
    with pytest.raises(KeyError):
        save(city, without, "x", S.RANKING)


def test_a_bulletin_without_a_letter_holds_no_words_of_it(city: Store) -> None:
    save(city, announced(city, seen(city), Choice()), OWN)
    made = announced(city, seen(city), Choice((BulletinPart.MATRIX,)))
    assert made.bulletin is not None and made.bulletin.sections is None


def test_a_section_without_end_is_refused(city: Store) -> None:
    document = announced(city, seen(city), Choice())
    with pytest.raises(RefusedError) as refused:
        save(city, document, "长" * (TEXT_LIMIT + 1))
    assert refused.value.code == "letter_too_long"


def test_signs_without_a_face_are_named_by_place(city: Store, faces: Faces) -> None:
    document = announced(city, seen(city), Choice())
    save(city, document, "由\U0002f9f4办牵头。", S.REQUESTS)
    files = summary_files(announced(city, seen(city), Choice()), faces)
    assert [(place.sign, place.field) for place in files.places] == [("\U0002f9f4", "letter")]
    assert files.missing == ("\U0002f9f4",)


def test_what_is_exported_is_kept_by_the_code_on_its_pages(city: Store, faces: Faces, tmp_path: Path) -> None:
    made = announced(city, seen(city), Choice())
    files = summary_files(made, faces)
    written = exporting.export_summary(
        city, made, files, tmp_path / "通报.pdf", tmp_path / "汇总.xlsx", "test", NOW
    )
    assert [each.path.name for each in written] == ["通报.pdf", "汇总.xlsx"]
    kept = city.bulletins.exported()[-1]
    assert (kept.code, kept.quarter, kept.letter) == (
        verification_code(canonical_bytes(made)),
        str(THIS),
        True,
    )
    assert kept.code in text_of(files.pdf, tmp_path)
    assert (kept.exported_at, kept.name, kept.size) == (NOW, "通报.pdf", len(files.pdf))
    assert city.bulletins.file(kept.file) == files.pdf == (tmp_path / "通报.pdf").read_bytes()
