"""Archives: a zip flows in, the same files with one date for all flow out."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold."""


def steady(raw: bytes) -> bytes:
    """The zip written anew, so that the same content gives the same bytes; `mimetype` stays unpacked."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as given, ZipFile(made, "w") as written:
        for name in given.namelist():
            entry = ZipInfo(name, FIRST_DAY)
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            written.writestr(entry, given.read(name))
    return made.getvalue()
