"""Collected: the corpus folder flows in; the files of staff and those collected from every source flow out as Entries.

Every source has a folder `collected/NAME` with a manifest of its own. What is there without a row is a file whose row
is not written yet, and is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ingest.checks.report import ResultCode
from ingest.files.manifest import NAME, Entry, leads_out, read_manifest, safe_id
from rag.errors import CorpusError
from rag.messages import files as said

COLLECTED = "collected"


def read_corpus(folder: Path) -> tuple[Entry, ...]:
    """The entries of the manifest of staff and of files without a row, then of what was collected; ids are distinct.

    A row of staff for a collected file takes its place, with the days noted of it. Where something was collected staff
    need no manifest of their own. Raises CorpusError where a manifest cannot be used.
    """
    places = _places(folder)
    own = read_manifest(folder, needs_rows=not places)
    found = [entry for place in places for entry in _collected(place, folder)]
    return (*_dated(own, found), *_beside(own, found))


def _places(folder: Path) -> list[Path]:
    return sorted(manifest.parent for manifest in (folder / COLLECTED).glob(f"*/{NAME}"))


def _collected(place: Path, folder: Path) -> list[Entry]:
    """What one manifest lists, as seen from the corpus folder; ids begin with the name of the source."""
    within = f"{COLLECTED}/{place.name}"
    if leads_out(place, folder):
        note = said.OUTSIDE.format(file=within)
        return [Entry(safe_id(within, set()), within, folder, fault=ResultCode.OUTSIDE, note=note, is_refused=True)]
    try:
        entries = read_manifest(place, needs_title=False)
    except CorpusError as error:
        raise CorpusError(f"{within}/{error}") from error
    return [
        replace(
            entry,
            id=f"{place.name}.{entry.id}",
            file=f"{within}/{entry.file}",
            note=f"{within}/{entry.note}" if entry.note else "",
        )
        for entry in entries
        if entry.listed
    ]


def _dated(own: Sequence[Entry], found: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of staff, with the days that collecting noted of a file that they have taken over."""
    known = {entry.file: entry for entry in found}
    for entry in own:
        of_file = known.get(str(PurePosixPath(entry.file)))
        yield (
            replace(
                entry,
                collected_on=entry.collected_on or of_file.collected_on,
                checked_on=entry.checked_on or of_file.checked_on,
                unlisted_on=entry.unlisted_on or of_file.unlisted_on,
            )
            if of_file
            else entry
        )


def _beside(own: Sequence[Entry], found: Sequence[Entry]) -> Iterator[Entry]:
    """What was collected and no row of staff names, under ids that no other entry has."""
    files = {str(PurePosixPath(entry.file)) for entry in own}
    taken = {entry.id for entry in own}
    for entry in found:
        if entry.file not in files:
            id_ = entry.id if entry.id not in taken else safe_id(f"{entry.file} 2", taken)
            taken.add(id_)
            yield replace(entry, id=id_)
