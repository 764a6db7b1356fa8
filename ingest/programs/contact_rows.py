"""Contact rows: the cells of one row of a phone table flow in, the `Contact` records they name flow out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.programs.columns import Column, column_of
from ingest.programs.confidence import CUT_OFF, FOREIGN_REGION, GUESSED_OWNER, SURE
from ingest.programs.offices import LABEL_WORD, PERSON, ROLE, split_office
from ingest.programs.phones import EMAIL, URL, cut_off, emails_of, masked, phones_of, runs, urls_of
from rag.domain import Contact, Evidence
from rag.places import Gazetteer

AREA = re.compile(r"^[가-힣·/]{1,6}권$")
_UNKNOWN = re.compile(r"확인되지 않|확인 불가|미확인|미정")
_NAME = re.compile(r"^[가-힣]{2,4}$")
_PLACE_WORD = re.compile(r"^[가-힣]{1,5}[시군구]$")
TextReader = Callable[[str, Evidence, Gazetteer, str], Iterator[Contact]]


@dataclass(slots=True)
class Row:
    """What the cells of one row, read from left to right, have said so far."""

    area: str
    organisation: str
    words: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    urls: tuple[str, ...] = ()
    department: str | None = None
    person: str | None = None
    role: str | None = None
    track: str | None = None
    made: list[Contact] = field(default_factory=list)

    @property
    def who(self) -> str | None:
        return f"{self.person} {self.role or ''}".strip() if self.person else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one table."""

    gazetteer: Gazetteer
    areas: Mapping[str, tuple[str, ...]]
    agency: str
    header: tuple[str, ...]
    from_text: TextReader

    @property
    def names_office(self) -> bool:
        """Whether a column of its own says whom to ask, so that words of other columns do not."""
        return any(column_of(name) in (Column.ORGANISATION, Column.DEPARTMENT) for name in self.header)


def read_row(cells: Sequence[str], reader: Reader, evidence: Evidence, area: str, organisation: str) -> Row:
    """One row read; `area` and `organisation` are carried from the row above where this one leaves them out."""
    row = Row(area, organisation)
    for name, cell in zip(reader.header, cells, strict=False):
        text = re.sub(r"\s*\n\s*", " ", cell).strip()
        _cell(row, column_of(name), text, reader, evidence)
    if (row.words or row.department or row.person) and not any(c.phones or c.emails for c in row.made):
        row.made.append(_made(row, reader, evidence, ""))
    return row


def _cell(row: Row, column: Column, text: str, reader: Reader, evidence: Evidence) -> None:
    bare = text.replace(" ", "")
    if column is Column.TRACK and text and not LABEL_WORD.fullmatch(bare):
        row.track = text
    elif (
        not text
        or column in (Column.FAX, Column.NUMBER, Column.PROGRAM)
        or LABEL_WORD.fullmatch(bare)
        or bare.isdigit()
    ) or _UNKNOWN.search(text):
        return
    elif AREA.match(bare):
        if row.words:
            row.made.append(_made(row, reader, evidence, ""))
            row.words = []
        row.area = bare
    elif runs(text) or EMAIL.search(text) or (column is Column.EMAIL and cut_off(text)):
        _reach(row, column, text, reader, evidence)
    elif column is Column.URL or (URL.fullmatch(text) and urls_of(text)):
        row.urls = urls_of(text)
        if row.made:
            row.made[-1] = replace(row.made[-1], urls=row.urls)
    elif column is Column.REGION or len(reader.gazetteer.served(text)) > 1:
        row.regions.append(text)
    elif column is Column.ROLE or re.fullmatch(ROLE, bare):
        row.role = bare
    elif match := PERSON.fullmatch(text):
        row.person, row.role = match[1], match[2]
    elif _NAME.match(text) and (column is Column.PERSON or row.role):
        row.person = text
    elif column is Column.DEPARTMENT:
        _department(row, text)
    elif column is Column.OTHER and reader.names_office:
        return
    elif column is not Column.LABEL:
        row.words.append(text)


def _department(row: Row, text: str) -> None:
    name, department = split_office(text)
    if department:
        row.words.append(name)
    row.department = department or text


def _reach(row: Row, column: Column, text: str, reader: Reader, evidence: Evidence) -> None:
    """A cell with a phone or an e-mail ends a contact, or adds to the one it belongs to."""
    last = row.made[-1] if row.made else None
    mails = emails_of(text)
    if last and not runs(text) and last.phones and not last.emails and not row.words:
        row.made[-1] = replace(last, emails=mails)
        if cut_off(text):
            row.made.append(Contact(last.organisation, evidence, regions=last.regions, confidence=CUT_OFF))
        return
    if last and not last.phones and last.emails and runs(text) and not row.words:
        row.made[-1] = replace(last, phones=phones_of(text))
        return
    inside = re.sub(r"[^가-힣A-Za-z]", "", masked(text)[: runs(text)[0].start()] if runs(text) else "")
    if column is Column.ASKED and inside:
        owner = " ".join(row.words) or reader.agency
        row.made.extend(replace(c, track=row.track) for c in reader.from_text(text, evidence, reader.gazetteer, owner))
        return
    row.made.append(_made(row, reader, evidence, text))
    made = row.made[-1]
    row.organisation = f"{made.organisation} {made.department}" if made.department else made.organisation
    row.words, row.regions, row.person, row.role, row.department = [], [], None, None, None


def _made(row: Row, reader: Reader, evidence: Evidence, reach: str) -> Contact:
    organisation, department = split_office(" ".join(row.words))
    department = row.department or department
    governed = " / ".join(row.regions)
    regions = reader.gazetteer.served(governed) or reader.areas.get(row.area, ())
    sure = FOREIGN_REGION if _foreign(governed, regions, reader.gazetteer) else SURE
    if not organisation and len(regions) == 1 and row.department and row.regions:
        organisation = regions[0].split()[-1]
    elif not organisation and not row.department:
        organisation, department = split_office(row.organisation)
    if not organisation:
        organisation, sure = reader.agency, min(sure, GUESSED_OWNER)
    if not regions and department is None:
        last = organisation.split()[-1] if organisation.split() else ""
        regions = reader.gazetteer.bare(last)
    return Contact(
        organisation,
        evidence,
        department,
        row.who,
        phones_of(reach),
        emails_of(reach),
        row.urls,
        regions,
        row.track or row.area or None,
        sure,
    )


def _foreign(words: str, regions: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether the words name a 시·군·구 that none of the regions read is or covers."""
    known = {place.split()[-1] for place in regions}
    for word in re.split(r"[\s,/·()]+", words):
        if _PLACE_WORD.match(word) and word not in known and gazetteer.province(word) is None:
            return True
    return False
