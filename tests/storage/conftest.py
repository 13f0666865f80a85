"""A county's and a city's workspace in temporary folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.storage import Store

from .samples import CITY_WORKSPACE, COUNTY_WORKSPACE, NOW, REGION


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "甲县 工作区", COUNTY_WORKSPACE, REGION, "张某", NOW)
    yield made
    made.close()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "某市", CITY_WORKSPACE, REGION, "李某", NOW)
    yield made
    made.close()


@pytest.fixture
def again(store: Store) -> Iterator[Callable[[], Store]]:
    """A function that closes the store and opens what is on the disk."""
    opened: list[Store] = []

    def reopen() -> Store:
        (opened[-1] if opened else store).close()
        opened.append(Store.open(store.folder, "张某", NOW))
        return opened[-1]

    yield reopen
    for each in opened:
        each.close()
