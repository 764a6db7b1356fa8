"""Excel files for tests, written cell by cell."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook  # type: ignore[import-untyped]


def xlsx(rows: Sequence[Sequence[object]], *merged: str) -> bytes:
    """A workbook of one sheet; a word that begins with "=" is a formula that was never computed."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
