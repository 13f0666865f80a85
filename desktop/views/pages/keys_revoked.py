"""证书 at the city, below the units: which certificates were revoked, when, why and by whom."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.identity import read_out
from desktop.views.context import Context
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.styling import label
from desktop.wording.revoking import revoked_line, whose
from desktop.wording.terms import SIGN_ROLE


class RevokedList(QWidget):
    """The newest first; hidden while there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys_revoked")
        self._context, self._px = context, context.theme.px
        self._head = SectionHead(context.icons, "注销过的证书")
        self._lines = column(gap=0)
        self.setLayout(column(self._head, self._lines, gap=8))

    def refresh(self) -> None:
        store = self._context.open_store
        clear(self._lines)
        revoked = [(each.revoked_at, each) for each in store.keys.issued() if each.revoked_at is not None]
        region, trust = store.units.region(), store.keys.trust()
        for number, (_, each) in enumerate(sorted(revoked, key=lambda pair: pair[0], reverse=True)):
            unit = region.find(each.unit_code)
            day, why = revoked_line(each)
            name = unit.short_name if unit else each.unit_code
            cells = (
                ElidedLabel(f"{name}　{SIGN_ROLE[each.role]}"),
                label(day, tone="bad"),
                ElidedLabel(each.person),
                ElidedLabel(why, tone="text2"),
            )
            # In the columns of the table above, whose last one is that of its links.
            line = row(*cells, 100 + 12, gap=12, margins=(8, 4, 8, 4))
            for place, share in enumerate((5, 4, 3, 5)):
                line.setStretch(place, share)
                policy = cells[place].sizePolicy()
                policy.setHorizontalPolicy(policy.Policy.Ignored)
                cells[place].setSizePolicy(policy)
                cells[place].setMinimumWidth(self._px(60))
            made = QFrame()
            made.setObjectName(f"revoked_{number}")
            made.setProperty("file", "row")
            made.setAccessibleName(f"{whose(name, each)}，{day}注销，{why}")
            made.setToolTip(f"指纹 {read_out(each.fingerprint)}")
            made.setFixedHeight(self._px(34))
            made.setLayout(line)
            self._lines.addWidget(made)
        self._head.set_caption(f"注销名单第{trust.crl_number}号" if trust else "")
        self.setVisible(bool(revoked))
