"""首次启动: what is chosen becomes a workspace; what is refused says so and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.unit import UnitKind
from desktop.services import certifying, opening
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.drives import Drive
from desktop.views.pages.start import StartPage
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import CITY, COUNTY, OFFICE, REGION, open_offices


class Opened:
    """Keeps the stores that the page opened."""

    def __init__(self) -> None:
        self.stores: list[Store] = []

    def __call__(self, store: Store) -> None:
        self.stores.append(store)

    @property
    def store(self) -> Store:
        (store,) = self.stores
        return store


@pytest.fixture
def opened() -> Iterator[Opened]:
    made = Opened()
    yield made
    for store in made.stores:
        store.close()


@pytest.fixture
def build(qtbot: QtBot, context: Context, opened: Opened) -> Callable[..., StartPage]:
    def built(drives: tuple[Drive, ...] = ()) -> StartPage:
        page = StartPage(context, opened, lambda: drives)
        qtbot.addWidget(page)
        page.resize(1366, 696)
        page.show()
        return page

    return built


def part(page: QWidget, name: str, kind: type = QWidget) -> QWidget:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def text(page: QWidget, name: str) -> str:
    label = part(page, name, QLabel)
    assert isinstance(label, QLabel)
    return label.text()


def write(page: QWidget, name: str, words: str) -> None:
    field = part(page, name)
    if isinstance(field, QComboBox):
        field.setEditText(words)
    else:
        assert isinstance(field, QLineEdit)
        field.setText(words)


def press(page: QWidget, name: str) -> None:
    made = part(page, name, QAbstractButton)
    assert isinstance(made, QAbstractButton) and made.isEnabled(), name
    made.click()


def test_a_listed_county_becomes_a_workspace(
    build: Callable[..., StartPage], opened: Opened, tmp_path: Path
) -> None:
    page = build()
    assert not part(page, "create").isEnabled() and text(page, "next_step") == "先选单位"
    write(page, "unit", "盐池县人民政府")
    assert part(page, "folder", QLineEdit).text().endswith(str(Path("蓝天季报") / "盐池县"))
    write(page, "folder", str(tmp_path / "盐池县"))
    press(page, "create")
    workspace = opened.store.workspace
    assert (workspace.unit.name, workspace.kind) == ("盐池县人民政府", UnitKind.COUNTY)
    assert workspace.superior is not None and workspace.superior.name == "吴忠市人民政府"
    assert opened.store.folder == tmp_path / "盐池县"


def test_a_city_from_nothing(build: Callable[..., StartPage], opened: Opened, tmp_path: Path) -> None:
    page = build()
    press(page, "kind_city")
    assert not part(page, "package_zone").isVisible()
    write(page, "unit", "云溪市")
    write(page, "folder", str(tmp_path / "市"))
    press(page, "create")
    assert opened.store.workspace.leads and opened.store.workspace.unit.name == "云溪市人民政府"


def test_a_park_on_no_list_is_asked_for_its_city(
    build: Callable[..., StartPage], opened: Opened, tmp_path: Path
) -> None:
    page = build()
    press(page, "kind_park")
    write(page, "unit", "南坪工业园区")
    assert part(page, "reports_to").isVisible() and text(page, "next_step") == "先写明归哪个市"
    write(page, "reports_to", "石嘴山市")
    assert text(page, "unit_word") == "名单里没有，按新单位建：南坪工业园区管理委员会"
    write(page, "folder", str(tmp_path / "园区"))
    press(page, "create")
    region = opened.store.units.region()
    assert region.name == "石嘴山市"
    assert opened.store.workspace.superior == region.city.ref
    assert region.find(opened.store.workspace.unit.code) is not None


def test_the_sample_region_is_not_offered(build: Callable[..., StartPage]) -> None:
    page = build()
    units = part(page, "unit", QComboBox)
    assert isinstance(units, QComboBox)
    listed = [units.itemText(i) for i in range(units.count())]
    assert "盐池县人民政府" in listed and "柏河县人民政府" not in listed
    heads = [
        i for i in range(units.count()) if units.model().flags(units.model().index(i, 0)) == Qt.ItemFlag(0)
    ]
    assert {listed[i] for i in heads} == {"吴忠市　5家", "石嘴山市　3家"}


def test_what_the_folder_is_like_is_said_while_typing(
    build: Callable[..., StartPage], tmp_path: Path
) -> None:
    stick = Drive(tmp_path / "stick", "报送U盘", "vfat", 10**9, True)
    stick.root.mkdir()
    page = build((stick,))
    write(page, "unit", "盐池县")
    write(page, "folder", str(tmp_path / "新的"))
    assert text(page, "folder_word").startswith("可用 ") and part(page, "create").isEnabled()
    write(page, "folder", str(stick.root / "季报"))
    assert "这是U盘" in text(page, "folder_word") and part(page, "create").isEnabled()
    write(page, "folder", str(tmp_path))
    assert "不是空的" in text(page, "folder_word") and not part(page, "create").isEnabled()
    assert text(page, "next_step") == "先选一个能用的文件夹"
    write(page, "folder", str(tmp_path / "/".join(["很深的文件夹"] * 600)))
    assert "路径太长" in text(page, "folder_word") and not part(page, "create").isEnabled()


def test_a_folder_of_ones_own_stays_when_the_unit_changes(
    build: Callable[..., StartPage], context: Context, tmp_path: Path
) -> None:
    page = build()
    context.files.chosen = tmp_path / "我的"  # type: ignore[attr-defined]
    press(page, "choose_folder")
    write(page, "unit", "同心县")
    assert part(page, "folder", QLineEdit).text() == str(tmp_path / "我的")


def test_an_invitation_fills_in_the_unit_and_waits_in_the_inbox(
    build: Callable[..., StartPage], context: Context, opened: Opened, tmp_path: Path
) -> None:
    now = datetime.now().astimezone().replace(microsecond=0)
    context.clock = lambda: now
    offices = open_offices(tmp_path / "offices", now)
    invitation = certifying.invite(offices.city, COUNTY.code, offices.identity, "test", now)
    path = offices.to_county(invitation.digest)
    page = build()
    press(page, "kind_park")
    context.files.files = (path,)  # type: ignore[attr-defined]
    press(page, "choose_file")
    assert context.runner.wait_idle()
    assert part(page, "unit", QComboBox).currentText() == COUNTY.name
    assert page.form.kind is UnitKind.COUNTY
    assert f"云河市发给{COUNTY.name}的邀请" in text(page, "package_word")
    assert "收件" in text(page, "next_step")
    write(page, "folder", str(tmp_path / "东川县"))
    press(page, "create")
    store = opened.store
    assert store.workspace.superior == CITY.ref
    assert [item.file_name for item in store.packages.inbox()] == [path.name]
    offices.city.close()
    offices.county.close()


def test_a_file_that_is_none_of_ours_is_refused_in_the_banner(
    build: Callable[..., StartPage], context: Context, tmp_path: Path
) -> None:
    (tmp_path / "坏.jbx").write_bytes(b"no package")
    page = build()
    page.form.take_package(tmp_path / "坏.jbx")
    assert context.runner.wait_idle()
    assert part(page, "start_banner").isVisible() and text(page, "banner_title")
    assert part(page, "package_zone").isVisible()


def test_recent_workspaces_open_with_a_click_and_missing_ones_say_so(
    build: Callable[..., StartPage], context: Context, opened: Opened, tmp_path: Path
) -> None:
    opening.create_workspace(tmp_path / "县", COUNTY, REGION, "test", context.now()).close()
    context.settings.remember_workspace(tmp_path / "没了", "北塬工业园区", date(2025, 2, 14))
    context.settings.remember_workspace(tmp_path / "县", COUNTY.name, date(2025, 3, 31))
    page = build()
    assert part(page, "recent_0", QAbstractButton).text() == COUNTY.name
    assert "U盘没插" in part(page, "recent_1").accessibleName()
    press(page, "recent_1")
    assert text(page, "banner_title") == "这里没有工作区" and not opened.stores
    press(page, "forget_recent")
    assert context.settings.recent == (tmp_path / "县",)
    press(page, "recent_0")
    assert opened.store.workspace.unit == COUNTY.ref


def test_the_sample_is_made_once_and_opened(
    build: Callable[..., StartPage], context: Context, opened: Opened, qtbot: QtBot
) -> None:
    now = datetime.now().astimezone().replace(microsecond=0)
    context.rounds, context.clock = TEST_ROUNDS, lambda: now
    page = build()
    assert not part(page, "sample_anew").isVisible()
    assert opening.SAMPLE_PASSPHRASE in text(page, "sample_passphrase")
    press(page, "sample_county")
    assert not part(page, "sample_city").isEnabled()
    assert context.runner.wait_idle(120_000)
    assert opened.store.workspace.sample and opened.store.workspace.reports
    assert part(page, "sample_anew").isVisible()
    press(page, "sample_city")
    assert not context.runner.busy, "the sample is there already"
    assert opened.stores[1].workspace.leads


def test_classified_matter_is_warned_of_and_the_size_is_kept(
    build: Callable[..., StartPage], context: Context
) -> None:
    page = build()
    assert "不得处理涉密信息" in text(page, "no_secrets")
    scale = part(page, "scale", QComboBox)
    assert isinstance(scale, QComboBox)
    scale.setCurrentIndex(2)
    assert context.settings.scale == 1.3
    assert "再打开" in text(page, "scale_word")


def test_a_department_that_implements_something_gets_a_workspace_too(
    build: Callable[..., StartPage], opened: Opened, tmp_path: Path, now: datetime, context: Context
) -> None:
    offices = open_offices(tmp_path / "单位", now)
    invitation = certifying.invite(offices.city, OFFICE.code, offices.identity, "test", now)
    path = offices.to_county(invitation.digest)
    offices.city.close()
    offices.county.close()
    page = build()
    page.form.take_package(path)
    assert context.runner.wait_idle()
    QApplication.processEvents()
    assert part(page, "kind_department").isChecked()
    write(page, "folder", str(tmp_path / "生态环境局"))
    press(page, "create")
    workspace = opened.store.workspace
    assert (workspace.unit, workspace.kind, workspace.reports) == (OFFICE.ref, UnitKind.DEPARTMENT, True)


def test_the_units_field_tells_what_it_wants_in_a_colour_that_can_be_read(
    build: Callable[..., StartPage],
) -> None:
    page = build()
    field = part(page, "unit", QComboBox).lineEdit()
    assert field.palette().placeholderText().color() == page._context.theme.colour("text3")


def test_where_room_is_short_the_hint_gives_way_and_what_matters_stays(
    build: Callable[..., StartPage], qtbot: QtBot
) -> None:
    page = build()
    assert part(page, "unit_word", QLabel).isVisible()
    page.resize(911, 464)
    qtbot.waitUntil(lambda: part(page, "unit_word", QLabel).isHidden())
    part(page, "unit", QComboBox).setEditText("一个新的县")
    assert part(page, "unit_word", QLabel).isVisible() and "哪个市" in part(page, "unit_word", QLabel).text()


def test_the_look_is_kept_and_waits_for_the_next_start(
    build: Callable[..., StartPage], context: Context
) -> None:
    page = build()
    look, said = part(page, "look", QComboBox), part(page, "scale_word", QLabel)
    assert look.currentText() == "浅色" and said.isHidden()
    for words, kept in (("深色", "dark"), ("跟随系统", "system")):
        look.setCurrentIndex(look.findText(words))
        assert context.settings.look == kept and "再打开" in said.text() and said.isVisible()
    look.setCurrentIndex(0)
    assert context.settings.look == "light" and said.isHidden()
