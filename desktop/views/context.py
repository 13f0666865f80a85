"""What every page is given: one value, no globals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from getpass import getuser
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.quarter import Quarter
from desktop.jobs.runner import JobRunner
from desktop.paths import Paths
from desktop.views.files import FileChooser
from desktop.views.icons import Icons
from desktop.views.preferences import Preferences
from desktop.views.theme import Theme
from desktop.views.widgets.step_bar import Steps

if TYPE_CHECKING:
    from desktop.reports.fonts import Faces
    from desktop.storage import Store


@dataclass(frozen=True)
class Deadline:
    """`text` with the words that count, `note` after it; `late` in red. `short` stands where room is short."""

    text: str
    note: str = ""
    late: bool = False
    short: str = ""


@dataclass(frozen=True)
class Question:
    """A question before something that has consequences: `yes` says its result."""

    title: str
    text: str
    yes: str
    no: str = "取消"
    dangerous: bool = False


class Signals(QObject):
    """What pages tell each other and the window, without knowing who listens."""

    changed = Signal()
    quarterChanged = Signal()
    planChosen = Signal()
    searchWanted = Signal()
    helpWanted = Signal()
    navigated = Signal(str, object)
    saved = Signal(object)
    headChanged = Signal()
    badgeChanged = Signal(str, int)


@dataclass
class Context:
    """The surroundings of a page. `store` is None while no workspace is open; `quarter` is the one chosen at the top.

    `plan_id` is the plan that pages show, empty while there is none; `plan_count` how many there are to choose from. `faces` loads the report's faces
    when first called (slow: within a job); `rounds` are the KDF's, lowered by tests alone.
    """

    paths: Paths
    clock: Callable[[], datetime]
    runner: JobRunner
    theme: Theme
    icons: Icons
    files: FileChooser
    settings: Preferences
    show_error: Callable[[Exception], None]
    ask: Callable[[Question], bool]
    faces: Callable[[], Faces] | None = None
    rounds: int = 600_000
    store: Store | None = None
    plan_id: str = ""
    plan_count: int = 0
    quarter: Quarter | None = None
    quarters: tuple[Quarter, ...] = ()
    unit_name: str = ""
    plan_line: str = ""
    sample: bool = False
    steps: Steps | None = None
    deadline: Deadline | None = None
    signals: Signals = field(default_factory=Signals)

    @property
    def open_store(self) -> Store:
        """The open workspace's store; to be asked only where a workspace is open."""
        assert self.store is not None
        return self.store

    def now(self) -> datetime:
        return self.clock()

    @property
    def actor(self) -> str:
        """Who sits here, as the audit trail names them: the name set in 设置, or the system's user."""
        return self.settings.word("actor") or getuser()

    def today(self) -> date:
        return self.clock().date()

    def tell_changed(self) -> None:
        """Data changed: the window and the page that is shown read anew."""
        self.signals.changed.emit()

    def navigate(self, place: str, target: object = None) -> None:
        """Go to a place; its page gets `target` through `open_target(target)` where it has one."""
        self.signals.navigated.emit(place, target)

    def choose_quarter(self, quarter: Quarter) -> None:
        """Another quarter for every page."""
        if quarter != self.quarter:
            self.quarter = quarter
            self.signals.quarterChanged.emit()

    def choose_plan(self, plan_id: str, quarter: Quarter | None = None) -> None:
        """Another plan for every page, and there this quarter; without one the same as before where the plan has it."""
        wanted = quarter or self.quarter
        if (plan_id, wanted) != (self.plan_id, self.quarter):
            self.plan_id, self.quarter = plan_id, wanted
            self.signals.planChosen.emit()

    def set_head(
        self,
        unit_name: str,
        plan_line: str = "",
        quarters: tuple[Quarter, ...] = (),
        quarter: Quarter | None = None,
        sample: bool = False,
    ) -> None:
        """What the top bar shows at its left."""
        self.unit_name, self.plan_line, self.sample = unit_name, plan_line, sample
        self.quarters, self.quarter = quarters, quarter
        self.signals.headChanged.emit()

    def set_steps(self, steps: Steps | None) -> None:
        """The step bar in the top bar; None hides it. The same again tells nobody: it is said at every save."""
        if steps != self.steps:
            self.steps = steps
            self.signals.headChanged.emit()

    def set_deadline(self, deadline: Deadline | None) -> None:
        self.deadline = deadline
        self.signals.headChanged.emit()

    def note_saved(self, at: datetime | None = None) -> None:
        """Show 已存好 HH:MM."""
        self.signals.saved.emit(at or self.now())

    def set_badge(self, place: str, count: int) -> None:
        """The number at a place in the rail; 0 shows none."""
        self.signals.badgeChanged.emit(place, count)
