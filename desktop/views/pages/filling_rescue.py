"""What was being typed and could not be saved: put back after an end without closing, handed back after the closing day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.domain.letter import SECTION_WORDS, SectionName
from desktop.domain.quarter import Quarter
from desktop.services import rescuing, surveying
from desktop.services.rescuing import Rescued
from desktop.views.context import Context
from desktop.views.pages.filling_quarter import OpenQuarter
from desktop.views.widgets.notices import Banner
from desktop.wording.filling import rescued, too_late
from desktop.wording.letter import NUMBER_WORD


class Rescue:
    """Says in one banner which words were put back, or where they can be copied from."""

    def __init__(self, context: Context, banner: Banner) -> None:
        self._context, self._banner, self._looked = context, banner, False
        banner.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words = ""
        self._copy = banner.add_action("复制", self._take_along, "smallLink", "rescued_copy")
        banner.add_action("知道了", banner.hide, "smallLink", "rescued_seen")

    def look(self) -> Rescued | None:
        """Where the person was when the program ended; the banner says so. None after an ordinary end.

        Looks once in a page's life: a second page of the same workspace has nothing to find.
        """
        context, store = self._context, self._context.store
        if self._looked or store is None:
            return None
        self._looked = True
        found = rescuing.rescue(store, context.actor, context.now())
        if found is None:
            return None
        quarter = Quarter.parse(found.report.quarter)
        context.choose_plan(found.report.plan_id, quarter)
        rows = surveying.overview(store, found.report).rows
        label = next((r.label for r in rows if r.measure.key == found.measure_key), "")
        section = _section(found) if found.field == rescuing.LETTER else ""
        said = rescued(found.saved_at, found.restored, found.words, label, found.unreadable, section)
        self._say(found.words, *said)
        return found

    def hand_back(self, quarter: OpenQuarter) -> bool:
        """Words that came after the quarter was locked are shown to be copied, and the page goes on.

        False, and nothing is touched, where the quarter may still be written.
        """
        if quarter.editable:
            return False
        label = quarter.row.label if quarter.row else ""
        words = quarter.let_go()
        if words:
            self._say(words, *too_late(words, label))
        return True

    def _say(self, words: str, title: str, text: str) -> None:
        """`words`: what could not be put where it belongs."""
        self._words = words
        self._copy.setVisible(bool(words))
        self._banner.say("warn" if words else "good", title, text)
        self._banner.show()

    def _take_along(self) -> None:
        QGuiApplication.clipboard().setText(self._words)


def _section(found: Rescued) -> str:
    """What of a letter was being written, as its dialog calls it."""
    return NUMBER_WORD if found.target == rescuing.NUMBER else SECTION_WORDS[SectionName(found.target)]
