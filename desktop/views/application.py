"""The program with its windows: what the head shows, and what is open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter
from desktop.jobs.runner import JobRunner
from desktop.paths import Paths
from desktop.views.context import Context, Deadline
from desktop.views.daily import keep_daily
from desktop.views.errors import ErrorPresenter, ask_with_dialog
from desktop.views.files import FileChooser, QtFileChooser
from desktop.views.icons import Icons
from desktop.views.main_window import DEFAULT_SIZE, MainWindow
from desktop.views.places import places_of
from desktop.views.placing import show_window
from desktop.views.preferences import Preferences
from desktop.views.theme import apply, load_theme, theme_for
from desktop.views.widgets.dialog import TopWindow, close_dialogs

if TYPE_CHECKING:
    from desktop.reports.fonts import Faces
    from desktop.storage import Store

_LOOK_AGAIN = 300


def refresh_head(context: Context) -> None:
    """Which plan and quarter the pages show, and what stands at the top; keeps what was chosen if it is still there."""
    store = context.store
    if store is None:
        return
    from desktop.domain.report import Report
    from desktop.services.glancing import chosen_plan
    from desktop.services.surveying import open_quarters

    plans = store.plans.all()
    if context.plan_id not in {plan.id for plan in plans}:
        context.plan_id = chosen_plan(store)
    context.plan_count = len(plans)
    plan = next((p for p in plans if p.id == context.plan_id), None)
    quarters = tuple(Quarter.parse(q) for q in open_quarters(store, plan.id)) if plan else ()
    quarter = context.quarter if context.quarter in quarters else (quarters[-1] if quarters else None)
    line = f"{plan.title} · 第{plan.version}版" if plan else "还没有方案"
    context.set_head(store.workspace.unit.name, line, quarters, quarter, store.workspace.sample)
    report: Report | None = None
    if plan and quarter and store.workspace.reports:
        report = store.reports.latest(plan.id, store.workspace.unit.code, str(quarter))
    context.set_deadline(_deadline(context, store, report.due if report else None))
    context.set_badge("inbox", _waiting(store))


def _waiting(store: Store) -> int:
    """How many files in the inbox wait for a decision."""
    return sum(1 for item in store.packages.inbox() if item.state.value == "waiting")


def show_chosen_plan(context: Context) -> None:
    """Another plan was chosen: it stays chosen when the program starts again, and every page reads it."""
    from desktop.services.glancing import choose_plan

    if context.store is not None:
        try:
            choose_plan(context.store, context.plan_id)
        except UserError as error:
            context.show_error(error)
    context.tell_changed()


def _deadline(context: Context, store: Store, own_due: object) -> Deadline | None:
    """Days until the quarter is due, what is late, and when it locks; a return's own deadline goes first."""
    from datetime import date

    from desktop.wording.terms import month_day

    calendar = (
        store.plans.calendar(context.plan_id, str(context.quarter))
        if context.quarter and context.plan_id
        else None
    )
    if calendar is None:
        return None
    due = own_due if isinstance(own_due, date) else calendar.due
    left = (due - context.today()).days
    if context.today() > calendar.closes and left < 0:
        return Deadline(f"{month_day(calendar.closes)}已锁定", late=True, short="已锁定")
    if left < 0:
        return Deadline(
            f"{month_day(due)}已截止，过了{-left}天",
            f"{month_day(calendar.closes)}锁定，之前还能报",
            late=True,
            short=f"过了{-left}天",
        )
    if left == 0:
        return Deadline(f"今天（{month_day(due)}）截止", short="今天截止")
    return Deadline(f"{month_day(due)}截止，还剩{left}天", short=f"还剩{left}天")


class Program:
    """The running program: at most one window, the start page or an open workspace."""

    def __init__(
        self, app: QApplication, paths: Paths, files: FileChooser | None = None, rounds: int | None = None
    ) -> None:
        self.app = app
        self.paths = paths
        self.preferences = Preferences(paths.settings)
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        look = theme_for(self.preferences.look, dark)
        self.theme = load_theme(paths.style, look, self.preferences.scale)
        apply(app, self.theme, paths.fonts)
        self.icons = Icons(self.theme, paths.icons)
        self.show_error = ErrorPresenter(self.icons, paths.log)
        self.runner = JobRunner()
        self.files = files or QtFileChooser()
        self._rounds = rounds
        self._faces: Faces | None = None
        self.window: QMainWindow | None = None
        self._package: Path | None = None
        self._handed: list[Path] = []
        self.context: Context | None = None

    def new_context(self) -> Context:
        made = Context(
            self.paths, _now, self.runner, self.theme, self.icons, self.files, self.preferences, self.show_error, ask_with_dialog,
            faces=self._load_faces,
        )  # fmt: skip
        if self._rounds is not None:
            made.rounds = self._rounds
        return made

    def _load_faces(self) -> Faces:
        if self._faces is None:
            from desktop.reports.fonts import load_faces

            self._faces = load_faces(self.paths.fonts)
        return self._faces

    def begin(self, workspace: Path | None, package: Path | None = None) -> None:
        """The first window: the named workspace, or the last one when a package was double-clicked, or the start page.

        The package is taken in by the workspace that is opened first.
        """
        self._package = package
        if workspace is None and package is not None:
            workspace = next((folder for folder in self.preferences.recent if folder.is_dir()), None)
        if workspace is not None:
            self.open_folder(workspace)
        else:
            self.show_start()

    def take_package(self, package: Path) -> None:
        """A package that a later start handed over: shown in the inbox as soon as no dialog is open."""
        window = self.window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()
        self._handed.append(package)
        if len(self._handed) == 1:
            self._take_handed()

    def _take_handed(self) -> None:
        """One after the other; while a dialog is open they wait."""
        if QApplication.activeModalWidget() is None:
            package = self._handed.pop(0)
            if self.context is not None and self.context.store is not None:
                self.context.navigate("inbox", package)
            else:
                self.begin(None, package)
        if self._handed:
            QTimer.singleShot(_LOOK_AGAIN, self.app, self._take_handed)

    def show_start(self) -> None:
        """The start page; a workspace that was open is closed."""
        from desktop.views.pages.start import StartPage

        before, self.context = self.context, self.new_context()
        window = TopWindow()
        window.setWindowTitle("蓝天季报")
        window.setWindowIcon(self.icons.app())
        window.setCentralWidget(StartPage(self.context, self.show_store))
        window.resize(DEFAULT_SIZE)
        # The old window's page saves what was typed when it is left: only then its store may go.
        self._show(window)
        self._close_store(before)

    def show_store(self, store: Store) -> None:
        """The window of an open workspace."""
        context = self.new_context()
        context.store = store
        self.context = context
        self.preferences.remember_workspace(store.folder, store.workspace.unit.name, _now().date())
        refresh_head(context)
        context.signals.changed.connect(lambda: refresh_head(context))
        context.signals.quarterChanged.connect(lambda: refresh_head(context))
        context.signals.planChosen.connect(lambda: show_chosen_plan(context))
        context.signals.navigated.connect(lambda place, _: self.show_start() if place == "start" else None)
        self._show(MainWindow(context, places_of(store)))
        if self._package is not None:
            package, self._package = self._package, None
            context.navigate("inbox", package)
        elif not context.plan_count and _waiting(store):
            # On the first day there is nothing but what the superior sent.
            context.navigate("inbox")
        # Once more for the rail's numbers, now that the rail is there.
        refresh_head(context)
        keep_daily(context, self.window)

    def open_folder(self, folder: Path) -> bool:
        """Opens a workspace; shows why not, and then the start page. Returns whether it is open."""
        from desktop.services.opening import DAMAGED, open_workspace

        try:
            store = open_workspace(folder, "本程序", _now())
        except UserError as error:
            self.show_start()
            if error.code in DAMAGED:
                # The page says it in place, with what can be done.
                self.window.centralWidget().refused(folder, error)
            else:
                self.show_error(error)
            return False
        self.show_store(store)
        return True

    def close(self) -> None:
        """Waits for what is running and lets the workspace go."""
        if self.window is not None:
            close_dialogs(self.window, asks=False)
            self.window.close()
        self.runner.wait_idle()
        self._close_store(self.context)

    def _show(self, window: QMainWindow) -> None:
        old, self.window = self.window, window
        show_window(window, old)
        if old is not None:
            close_dialogs(old, asks=False)
            old.close()
            old.deleteLater()

    def _close_store(self, context: Context | None) -> None:
        if context is not None and context.store is not None:
            self.runner.wait_idle()
            context.store.close()
            context.store = None


def _now() -> datetime:
    return datetime.now().astimezone()
