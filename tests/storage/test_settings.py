from __future__ import annotations

import pytest

from desktop.storage import Store


@pytest.mark.parametrize("value", [None, True, 3, "字😀", [1, [2]], {"a": {"b": None}}])
def test_a_setting_comes_back(store: Store, value: object) -> None:
    store.settings.put("key", "before")
    store.settings.put("key", value)
    assert store.settings.get("key", "default") == value


def test_an_unknown_setting_has_its_default(store: Store) -> None:
    assert store.settings.get("key") is None
    assert store.settings.get("key", 7) == 7


def test_what_json_cannot_say_is_refused(store: Store) -> None:
    with pytest.raises(ValueError):
        store.settings.put("key", float("nan"))
    with pytest.raises(TypeError):
        store.settings.put("key", {1, 2})
