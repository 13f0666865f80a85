"""Keys are made once for all tests of exchange files."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from reportlab.pdfgen.canvas import Canvas

from .offices import Office, make_office


@pytest.fixture(scope="session")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="session")
def real_time_office() -> Office:
    """For openssl and pdfsig, which look at the clock on the wall."""
    return make_office(datetime.now(UTC))


@pytest.fixture(scope="session")
def plain_pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=0, invariant=1)
    for line in ("first page", "second page"):
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
