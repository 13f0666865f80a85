"""Of which plan a file is, told where there are several."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.package import InboxItem
from desktop.storage import Store


def plan_titles(store: Store) -> Mapping[str, str]:
    """The plans' titles by id where there are several, and what belongs to which has to be said."""
    plans = store.plans.all()
    return {ref.id: ref.title for ref in plans} if len(plans) > 1 else {}


def plan_of(item: InboxItem, plans: Mapping[str, str]) -> str:
    """The title of the plan that a file is about; `plans` as `plan_titles` gives them."""
    first, _, last = item.stream.rpartition("/")
    return plans.get(last if first == "plan" else first, "")
