"""Which places a workspace has, and how the page of each is built when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.views.context import Context
from desktop.views.main_window import Place

if TYPE_CHECKING:
    from desktop.storage import Store


# Pages import what they need (signing, reports, workbooks) when they are first built, so that the window
# is there before it.
def _desk(context: Context) -> QWidget:
    from desktop.views.pages.desk import DeskPage

    return DeskPage(context)


def _plan(context: Context) -> QWidget:
    from desktop.views.pages.plan import PlanPage

    return PlanPage(context)


def _assigning(context: Context) -> QWidget:
    from desktop.views.pages.assigning import AssigningPage

    return AssigningPage(context)


def _distributing(context: Context) -> QWidget:
    from desktop.views.pages.distributing import DistributingPage

    return DistributingPage(context)


def _inbox(context: Context) -> QWidget:
    from desktop.views.pages.inbox import InboxPage

    return InboxPage(context)


def _keys(context: Context) -> QWidget:
    from desktop.views.pages.keys import KeysPage

    return KeysPage(context)


def _settings(context: Context) -> QWidget:
    from desktop.views.pages.settings import SettingsPage

    return SettingsPage(context)


def _filling(context: Context) -> QWidget:
    from desktop.views.pages.filling import FillingPage

    return FillingPage(context)


def _delegating(context: Context) -> QWidget:
    from desktop.views.pages.delegating import DelegatingPage

    return DelegatingPage(context)


def _review(context: Context) -> QWidget:
    from desktop.views.pages.review import ReviewPage

    return ReviewPage(context)


def _export(context: Context) -> QWidget:
    from desktop.views.pages.export import ExportPage

    return ExportPage(context)


_INBOX = Place("inbox", "收件", "inbox", _inbox)
_KEYS = Place("keys", "证书", "key", _keys)
_SETTINGS = Place("settings", "设置", "settings", _settings, foot=True)
SUPERIOR_PLACES = (
    Place("desk", "总览", "grid", _desk),
    Place("plan", "方案", "doc", _plan),
    Place("assign", "任务分派", "assign", _assigning),
    Place("distribute", "下发", "send", _distributing),
    _INBOX,
    _KEYS,
    _SETTINGS,
)
REPORTING_PLACES = (
    Place("filling", "填报", "pencil", _filling),
    Place("delegate", "分工", "assign", _delegating),
    Place("review", "审核签发", "review", _review),
    Place("export", "导出报送", "usb", _export),
    _INBOX,
    _KEYS,
    _SETTINGS,
)


def places_of(store: Store) -> Sequence[Place]:
    """What a workspace may do follows from its place in the tree."""
    return SUPERIOR_PLACES if store.workspace.leads else REPORTING_PLACES
