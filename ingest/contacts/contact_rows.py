"""Contact rows: a row of a table of phones, in cells or as a line, flows in; its `Contact` records flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.confidence import CUT_OFF, FOREIGN_REGION, SURE
from ingest.contacts.contact_text import Setting, from_text, served
from ingest.contacts.offices import (
    ASIDE,
    PERSON,
    WORDS,
    is_hangul,
    is_label,
    is_name,
    is_purpose,
    is_role,
    is_small,
    names_body,
    names_office,
    office,
    split_office,
)
from ingest.labels.fields import Column, column_of
from ingest.values.phones import EMAIL, URL, cut_off, emails_of, masked, phones_of, runs, urls_of
from rag.domain import Contact, Evidence
from rag.grammar.places import Gazetteer

# Columns that say neither who nor how.
_UNREAD = (Column.FAX, Column.NUMBER, Column.PROGRAM)
_LONGEST_AREA = 7
_LONGEST_PERSON = 4
_LONGEST_CITY = 6
_COMMAS = str.maketrans(",/·()", "     ")
_LONGEST_NAME = 30
_WHO = frozenset({Column.ORGANISATION, Column.DEPARTMENT, Column.REGION, Column.PERSON, Column.PROGRAM})


@dataclass(slots=True)
class Row:
    """What the cells of one row, read from left to right, have said so far."""

    area: str
    organisation: str
    words: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    is_named: bool = False
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

    setting: Setting
    header: tuple[str, ...]

    @property
    def names_office(self) -> bool:
        """Whether a column of its own says whom to ask, so that words of other columns do not."""
        return any(column_of(name) in (Column.ORGANISATION, Column.DEPARTMENT) for name in self.header)


def read_row(cells: Sequence[str], reader: Reader, evidence: Evidence, area: str, organisation: str) -> Row:
    """One row read; `area` and `organisation` are carried from the row above where this one leaves them out."""
    row = Row(area, organisation)
    for name, cell in zip(reader.header, cells, strict=False):
        text = " ".join(cell.split())
        _cell(row, name, text, reader, evidence)
    if (row.words or row.department or row.person) and not any(c.phones or c.emails for c in row.made):
        row.made.append(_made(row, reader, evidence, ""))
    return row


def _cell(row: Row, header: str, text: str, reader: Reader, evidence: Evidence) -> None:
    """Note what one cell says: by the name of its column, failing that by its own words."""
    column = column_of(header)
    bare = text.replace(" ", "")
    if column is Column.TRACK and text and not is_label(bare):
        row.track = text if not all(map(is_purpose, text.split())) else None
    elif column in _UNREAD or _says_nothing(bare):
        return
    elif is_area(bare):
        if row.words:
            row.made.append(_made(row, reader, evidence, ""))
            row.words = []
        row.area = bare
    elif runs(text) or EMAIL.search(text) or (column is Column.EMAIL and cut_off(text)):
        _reach(row, column, header, text, reader, evidence)
    elif column is Column.URL or (URL.fullmatch(text) and urls_of(text)):
        row.urls = urls_of(text)
        if row.made:
            row.made[-1] = replace(row.made[-1], urls=row.urls)
    elif column is Column.REGION or len(reader.setting.gazetteer.served(text)) > 1:
        row.regions.append(text)
    elif not _personal(row, column, text):
        _office(row, column, text, reader)


def _says_nothing(bare: str) -> bool:
    """Whether a cell is empty, a label, a number, or says that nothing is known."""
    return not bare or is_label(bare) or bare.isdigit() or any(word in bare for word in WORDS["unknown"])


def is_area(bare: str) -> bool:
    """Whether a word names a 권역: "수도권"."""
    is_short = 2 <= len(bare) <= _LONGEST_AREA
    return is_short and bare.endswith("권") and is_hangul(bare.replace("·", "").replace("/", "") or " ")


def _personal(row: Row, column: Column, text: str) -> bool:
    """Note the person or the role that a cell names, if it names one."""
    bare = text.replace(" ", "")
    match = PERSON.fullmatch(text)
    if column is Column.ROLE or is_role(bare):
        row.role = bare
    elif match:
        row.person, row.role = match[1], match[2]
    elif 1 < len(text) <= _LONGEST_PERSON and is_hangul(text) and (column is Column.PERSON or row.role):
        row.person = text
    else:
        return False
    return True


def _office(row: Row, column: Column, text: str, reader: Reader) -> None:
    """Note the office that a cell names, or words beside it."""
    if column is Column.DEPARTMENT:
        _department(row, text)
    elif column is Column.OTHER and reader.names_office:
        return
    elif column is Column.ORGANISATION or (len(text) <= _LONGEST_NAME and names_office(text)):
        row.words.append(text)
        row.is_named = row.is_named or column is Column.ORGANISATION
    elif column is not Column.LABEL and len(text) <= _LONGEST_NAME and not any(map(str.isdigit, text)):
        row.asides.append(text)


def _department(row: Row, text: str) -> None:
    named = office(text, "")
    if named.organisation:
        row.words.append(named.organisation)
    row.department = named.department or (None if named.organisation else text)


def _track(name: str) -> str | None:
    """The track that heads a column of its own ("씨앗 트랙")."""
    begin = next((place for place, letter in enumerate(name) if letter.isalpha()), len(name))
    bare = name[begin:].strip()
    return bare if bare.endswith(WORDS["track_ends"]) else None


def _reach(row: Row, column: Column, header: str, text: str, reader: Reader, evidence: Evidence) -> None:
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
    before = text[: runs(text)[0].start()] if runs(text) else ""
    if names_office(before) or (column is Column.ASKED and any(map(str.isalpha, masked(before)))):
        owner = " ".join(row.words) or reader.setting.agency
        track = row.track or _track(header)
        for part in from_text(text, evidence, reader.setting.gazetteer, owner, reader.setting.implied):
            row.made.append(replace(part, track=track or part.track))
        return
    # A column for both says in its name that the second number is a fax.
    reach = (
        f"전화/팩스 {text}"
        if column is Column.PHONE and any(word in header.lower() for word in ("팩스", "fax"))
        else text
    )
    row.made.append(_made(row, reader, evidence, reach))
    made = row.made[-1]
    row.organisation = f"{made.organisation} {made.department}" if made.department else made.organisation
    row.words, row.asides, row.regions, row.is_named = [], [], [], False
    row.person = row.role = row.department = None


def _made(row: Row, reader: Reader, evidence: Evidence, reach: str) -> Contact:
    organisation, department, track = _who(row)
    department = row.department or department
    governed = " / ".join(row.regions)
    setting, gazetteer = reader.setting, reader.setting.gazetteer
    regions = served(governed, gazetteer, setting.agency) or gazetteer.served(governed)
    regions = regions or setting.areas.get(row.area, ())
    sure = FOREIGN_REGION if _foreign(governed, regions, gazetteer) else SURE
    if not organisation and len(regions) == 1 and row.department and row.regions and is_small(row.department):
        organisation = regions[0].split()[-1]
    elif not organisation and not department:
        organisation, department = split_office(row.organisation)
    if not organisation:
        organisation, sure = reader.setting.agency, min(sure, reader.setting.implied)
    if not regions and department is None:
        last = organisation.split()[-1] if organisation.split() else ""
        regions = reader.setting.gazetteer.bare(last)
    return Contact(
        organisation,
        evidence,
        department,
        row.who,
        phones_of(reach),
        emails_of(reach),
        row.urls,
        regions,
        row.track or track or row.area or None,
        sure,
    )


def _who(row: Row) -> tuple[str, str | None, str | None]:
    """Organisation, department and track of the words of a row; what one calls for, before a body, is left out."""
    words = row.words or row.asides
    words = [text for text in words if not all(is_purpose(word) for word in text.split())] or words
    body = next((place for place, text in enumerate(words) if names_body(text)), 0)
    track = next((found for text in words[:body] if (found := _track(text))), None)
    name = " ".join(words[body:])
    named = office(name, "")
    if not row.is_named and (named.organisation or named.department):
        return named.organisation, named.department, track
    organisation, department = split_office(name)
    if organisation and not department and all(is_small(word) for word in organisation.split()):
        return "", organisation, track
    return organisation, department, track


def _foreign(words: str, regions: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether the words name a 시·군·구 that none of the regions read is or covers."""
    known = {place.split()[-1] for place in regions}
    city = ""
    for word in words.translate(_COMMAS).split():
        if word.endswith("구") and city in known:
            continue
        city = word if word.endswith("시") else ""
        is_named = is_hangul(word) and 1 < len(word) <= _LONGEST_CITY and word[-1] in "시군구"
        if is_named and word not in known and gazetteer.province(word) is None:
            return True
    return False


def columns_of(text: str) -> tuple[Column, ...]:
    """What the columns hold that a line of text names ("시·군 담당부서 전화 팩스"); none where it is another line."""
    words = ASIDE.sub("", text).split()
    if (
        not 2 <= len(words) <= 8
        or any(c in ":：@." or c.isdigit() for c in text)
        or any(len(word) > 8 for word in words)
    ):
        return ()
    columns = tuple(column_of(word) for word in words)
    named = [column for column in columns if column not in (Column.OTHER, Column.LABEL)]
    is_header = Column.PHONE in columns and _WHO & set(columns) and len(named) * 2 > len(columns)
    return columns if is_header else ()


def row_contact(text: str, columns: Sequence[Column], evidence: Evidence, setting: Setting) -> Contact | None:
    """The contact of one row that lost its columns, `None` without a phone."""
    gazetteer, agency = setting.gazetteer, setting.agency
    reached = _without_fax(text, columns)
    found = runs(text)
    words = text[: found[0].start()] if found else ""
    if not found or any(c in ":：(☎" for c in ASIDE.sub("", words)):
        return None
    region, rest = _places(words, columns, gazetteer, agency)
    person = next((word for word in rest if is_name(word)), None) if Column.PERSON in columns else None
    name = " ".join(word for word in rest if word != person)
    named = office(name, "")
    organisation, department = named.organisation, named.department
    if (
        not organisation
        and Column.ORGANISATION in columns
        and not all(is_small(w) or is_purpose(w) for w in name.split())
    ):
        organisation, department = split_office(name)
    if (
        not organisation
        and len(region) == 1
        and Column.DEPARTMENT in columns
        and department
        and is_small(department.split()[-1])
    ):
        organisation = region[0].split()[-1]
    is_home = organisation == agency and len(region) == 1 and region[0].split()[-1] == agency
    return Contact(
        organisation or agency,
        evidence,
        department,
        person,
        reached,
        emails_of(text),
        (),
        () if is_home else region,
        named.track,
        SURE if organisation else setting.implied,
    )


def _without_fax(text: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """The phones of a row, that in the column of faxes left out; phones of one column stand behind a comma."""
    groups: list[str] = []
    end = 0
    for run in runs(text):
        between = text[end : run.start()].strip()
        if groups and between in (",", "/", "·", "및"):
            groups[-1] += f" , {run[0]}"
        else:
            groups.append(run[0])
        end = run.end()
    reach = [column for column in columns if column in (Column.PHONE, Column.FAX)]
    if Column.FAX in reach and len(groups) >= 2:
        groups.pop(min(reach.index(Column.FAX), len(groups) - 1))
    return tuple(dict.fromkeys(phone for group in groups for phone in phones_of(group)))


def _places(
    words: str, columns: Sequence[Column], gazetteer: Gazetteer, agency: str
) -> tuple[tuple[str, ...], list[str]]:
    """The places in a row that has a column of places, and the words that are none."""
    parts = [part for part in words.replace(",", " ").split() if part.strip("·/-|☎")]
    if Column.REGION not in columns:
        return (), parts
    places = [part for part in parts if served(part, gazetteer, agency) or _is_member(part, parts, gazetteer)]
    region = served(" ".join(places), gazetteer, agency)
    return (region, [part for part in parts if part not in places]) if region else ((), parts)


def _is_member(word: str, parts: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether a word names a 시·군·구 of a 시·도 that the row names."""
    return any(gazetteer.served(f"{part} {word}") not in ((), gazetteer.served(part)) for part in parts)
