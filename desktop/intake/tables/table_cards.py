"""Tables that hold one task each, a label beside its text in every row (任务名称 | …), as rows under a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.intake.stream.blocks import Row
from desktop.intake.tables.table_header import DUTIES, Column, column_of

_TEXTS = (Column.TITLE, Column.CONTENT, Column.GOAL)
_FEWEST = 3


def cards_as_rows(tables: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The tables with cards put into one table of the same labels; a label that a card lacks is an empty cell."""
    found: list[list[Row]] = []
    labels: tuple[str, ...] = ()
    for rows in tables:
        cards = _cards(rows)
        if not cards:
            found.append(list(rows))
            labels = ()
            continue
        for row, card in cards:
            if not labels or not set(card) <= set(labels):
                labels = tuple(card)
                found.append([replace(row, cells=labels)])
            found[-1].append(replace(row, cells=tuple(card.get(label, "") for label in labels)))
    return found


def _cards(rows: Sequence[Row]) -> list[tuple[Row, dict[str, str]]]:
    """The tasks that a table states label by label, each with its last row; none where it is another table."""
    cards: list[tuple[Row, dict[str, str]]] = []
    for row in rows:
        pairs = _pairs(row)
        if pairs is None:
            return []
        for label, text in pairs:
            if not cards or label in cards[-1][1]:
                cards.append((replace(row, begins=row.block), {}))
            cards[-1][1][label] = text
        if cards:
            first, card = cards[-1]
            cards[-1] = (replace(row, above=frozenset(), left=frozenset(), begins=first.begins), card)
    kinds = [{column_of(label) for label in card} for _, card in cards]
    whole = all(
        len(card) >= _FEWEST and kind.intersection(DUTIES) and kind.intersection(_TEXTS)
        for (_, card), kind in zip(cards, kinds, strict=True)
    )
    return cards if whole else []


def _pairs(row: Row) -> list[tuple[str, str]] | None:
    """A row's labels with their texts; None where a text stands where a label should. A caption has no pairs."""
    cells = [cell.strip() for at, cell in enumerate(row.cells) if at not in row.left]
    if len(cells) < 2 or (len({cell for cell in cells if cell}) < 2 and len(cells) > 2):
        return []
    if len(cells) % 2:
        return None
    pairs = [(cells[at].replace("\n", ""), cells[at + 1]) for at in range(0, len(cells), 2)]
    if any(column_of(label) is None for label, _ in pairs) or any(
        column_of(text) in DUTIES for _, text in pairs
    ):
        return None
    return pairs
