"""The workspace on disk: domain values in, domain values out. The only package that knows peewee and SQL."""

from desktop.storage.plans import DraftInfo
from desktop.storage.store import Store

__all__ = ["DraftInfo", "Store"]
