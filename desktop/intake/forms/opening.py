"""Any file that may be a plan, opened by the reader of its form."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import CancelledError, UnreadableError
from desktop.domain.file_faults import file_fault
from desktop.domain.progress import Progress
from desktop.intake.forms.guard import MAX_FILE, form_of
from desktop.intake.stream.blocks import Document, TooMuchError


def read_document(path: Path, progress: Progress) -> Document:
    """Reads a docx, xlsx, text-layer pdf or text file.

    Raises UnreadableError: file_missing, file_unreadable(file, reason), plan_* (see guard), plan_image_only; CancelledError.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UnreadableError("plan_too_large", file=path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("file_missing", file=path.name) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", file=path.name, reason=file_fault(error)) from error
    form = form_of(path, data)
    # The four readers are loaded when wanted: two of them bring large libraries.
    try:
        if form == "docx":
            from desktop.intake.forms.word_blocks import read_word

            document = read_word(data, progress)
        elif form == "xlsx":
            from desktop.intake.forms.sheet_blocks import read_sheets

            document = read_sheets(data, progress)
        elif form == "pdf":
            from desktop.intake.forms.pdf_blocks import read_pdf

            document = read_pdf(path.name, data, progress)
        else:
            from desktop.intake.forms.text_blocks import read_text

            document = read_text(path.name, data, progress)
    except (UnreadableError, CancelledError):
        raise
    except TooMuchError:
        raise UnreadableError("plan_too_large", file=path.name) from None
    except (Exception, RecursionError) as error:
        # pdfplumber wraps what it meets.
        cause = error.args[0] if error.args else None
        if isinstance(cause, TooMuchError):
            raise UnreadableError("plan_too_large", file=path.name) from None
        # The libraries raise nearly anything on damaged files.
        raise UnreadableError("plan_damaged", file=path.name, detail=type(error).__name__) from error
    if not document.blocks:
        raise UnreadableError("plan_empty", file=path.name)
    return document
