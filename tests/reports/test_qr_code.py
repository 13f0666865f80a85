from __future__ import annotations

import segno

from desktop.reports.qr_code import QUIET, squares

DIGEST = "4FA29C7103BE55D0" * 4


def test_squares_are_the_symbol_with_its_quiet_zone() -> None:
    symbol = [list(row) for row in segno.make_qr(DIGEST, error="m").matrix]
    count = len(symbol) + 2 * QUIET
    drawn = [[0] * count for _ in range(count)]
    for x, y, width, height in squares(DIGEST, 10, 20, count):
        assert height == 1
        for column in range(round(x - 10), round(x - 10 + width)):
            drawn[count - 1 - round(y - 20)][column] = 1
    blank = [[0] * count for _ in range(QUIET)]
    side = [0] * QUIET
    assert drawn == blank + [side + row + side for row in symbol] + blank
