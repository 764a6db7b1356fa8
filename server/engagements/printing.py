"""Printing: files of a consultant and a format flow in; all their documents flow out as one archive (ZIP)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

from rag.engagement.papers import NAMELESS, TITLES, PaperKind
from server.diagnoses.making import discreet
from server.diagnoses.names import safe
from server.engagements.filing import Filing, HeldFile, Who
from server.engagements.filing_refusals import NothingIssued, TooLargeToPrint, TooMuchToPrint
from server.engagements.papers_made import said_in
from server.reports import write
from server.store.cabinet import KeptPaper

MOST_FILES, MOST_PAPERS, LARGEST = 30, 100, 64 * 2**20
OLD = "옛 문서"
# Names that Windows keeps for devices, whatever follows the first full stop.
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))


def printed(filing: Filing, who: Who, files: Sequence[str], suffix: str) -> bytes:
    """Every document of the files, in a folder for each company. Raises FilingRefused."""
    found = [filing.papers(who, id_) for id_ in dict.fromkeys(files)]
    papers = [(held, paper, others) for held, others in found for paper in others if paper.report_json]
    if not papers:
        raise NothingIssued
    if len(papers) > MOST_PAPERS:
        raise TooMuchToPrint(len(papers), MOST_PAPERS)
    folders = dict(zip((held.kept.id for held, _ in found), _folders([held for held, _ in found]), strict=True))
    made, size = io.BytesIO(), 0
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for held, paper, others in papers:
            with discreet():
                content = write(said_in(paper), suffix)
            size += len(content)
            if size > LARGEST:
                raise TooLargeToPrint(LARGEST // 2**20)
            archive.writestr(f"{folders[held.kept.id]}/{_name(paper, others)}.{suffix}", content)
    return made.getvalue()


def _folders(files: Sequence[HeldFile]) -> Iterator[str]:
    """A folder for each, which no system takes for another one or for a device."""
    taken: set[str] = set()
    for held in files:
        name = stem = _no_device(safe(held.company) or NAMELESS)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        yield name


def _name(paper: KeptPaper, others: Sequence[KeptPaper]) -> str:
    is_old = any(other.former == paper.number for other in others)
    told = (paper.number, TITLES[PaperKind(paper.kind)], *((OLD,) if is_old else ()))
    return safe(" ".join(told))


def _no_device(name: str) -> str:
    return f"_{name}" if name.split(".")[0].strip().casefold() in _DEVICES else name
