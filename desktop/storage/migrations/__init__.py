"""How the file's schema came to be: one function per migration, in order; the last one's number is the version."""

from __future__ import annotations

from collections.abc import Callable

from desktop.storage.migrations import (
    m0001_first_tables,
    m0002_delegations,
    m0003_city_readings,
    m0004_comments,
    m0005_letters,
    m0006_roles,
    m0007_bulletins,
    m0008_issued,
)

Execute = Callable[[str], object]
Migration = Callable[[Execute], None]

MIGRATIONS: tuple[Migration, ...] = (
    m0001_first_tables.migrate,
    m0002_delegations.migrate,
    m0003_city_readings.migrate,
    m0004_comments.migrate,
    m0005_letters.migrate,
    m0006_roles.migrate,
    m0007_bulletins.migrate,
    m0008_issued.migrate,
)
