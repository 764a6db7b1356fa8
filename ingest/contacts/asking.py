"""Asking: the lines and table rows about whom to ask flow in, `Contact` records flow out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.confidence import CUT_OFF, GUESSED_OWNER, IMPLIED_OWNER, SURE
from ingest.contacts.contact_rows import columns_of, row_contact
from ingest.contacts.contact_tables import areas_of, contacts_of_table, table_end
from ingest.contacts.contact_text import Setting
from ingest.contacts.offices import (
    ASIDE,
    WORDS,
    Office,
    head,
    is_department,
    is_saying,
    names_office,
    office,
    purpose_of,
    split_office,
)
from ingest.labels.fields import Column, column_of, labelled
from ingest.labels.lines import Line
from ingest.labels.outline import unbulleted
from ingest.values.phones import EMAIL, cut_off, emails_of, faxes_of, is_bare_reach, masked, phones_of, runs
from rag.domain import Contact, Evidence
from rag.grammar.places import Gazetteer

_REACH = (Column.PHONE, Column.FAX, Column.EMAIL)
_LONGEST_NAME = 10


@dataclass(slots=True)
class _Reading:
    """What the lines read so far have said: who governs the next phones, and the contacts since then."""

    setting: Setting
    owner: str = ""
    group: list[Contact] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    found: list[Contact] = field(default_factory=list)

    @property
    def of_owner(self) -> Setting:
        """The setting below the name of an office, which its phones surely belong to."""
        return replace(self.setting, agency=self.owner, implied=SURE) if self.owner else self.setting

    def begin(self, owner: str = "") -> None:
        self.owner, self.group, self.skipped = owner, [], []

    def add(self, made: Sequence[Contact]) -> None:
        self.skipped = []
        self.group += made
        self.found += made

    def amend(self, contact: Contact) -> None:
        """Put a contact that says more in place of the last one."""
        self.found[-1] = self.group[-1] = contact
        self.skipped = []


def contacts(
    lines: Sequence[Line],
    source_id: str,
    gazetteer: Gazetteer,
    areas: Mapping[str, tuple[str, ...]],
    agency: str,
    *,
    is_agency_sure: bool = True,
) -> tuple[Contact, ...]:
    """Every contact the lines name, a phone labelled 소관부처 alone under the organisation `MINISTRY`.

    A row of a phone table without a phone gives a contact without phones. A phone with nobody beside it belongs to
    the office named right above it, failing that to `agency`.
    """
    implied = IMPLIED_OWNER if is_agency_sure and agency else GUESSED_OWNER
    read = _Reading(Setting(source_id, gazetteer, agency, implied, areas))
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.cells:
            end = table_end(lines, index)
            owner = read.owner
            read.begin()
            read.found += [_of_owner(c, owner) for c in contacts_of_table(lines[index:end], read.setting)]
            read.found += _mails_of_table(lines[index:end], read)
            end = _plain_rows(lines, end, _phone_columns(line), read)
        elif columns := columns_of(line.text):
            read.begin()
            end = _plain_rows(lines, index + 1, columns, read)
        else:
            one = joined(lines, index)
            end = index + (2 if one else 1)
            _line(one or line, read)
        index = end
    return _distinct(read.found)


def table_contacts(
    lines: Sequence[Line], source_id: str, gazetteer: Gazetteer, agency: str = ""
) -> list[tuple[Line, list[Contact]]]:
    """The contacts of each phone table among the lines, with the line that stands just before the table."""
    found = []
    index = 0
    setting = Setting(source_id, gazetteer, agency, GUESSED_OWNER, areas_of(lines, gazetteer))
    while index < len(lines):
        if not lines[index].cells:
            index += 1
            continue
        end = table_end(lines, index)
        listed = list(contacts_of_table(lines[index:end], setting))
        if len(listed) > 1:
            found.append((lines[max(index - 1, 0)], listed))
        index = end
    return found


def _phone_columns(line: Line) -> tuple[Column, ...]:
    """What the columns of a table of phones hold; none for another table."""
    columns = tuple(column_of(name) for name in line.header)
    return columns if Column.PHONE in columns else ()


def _plain_rows(lines: Sequence[Line], start: int, columns: Sequence[Column], read: _Reading) -> int:
    """Read the rows that lost their columns, from `start` on; the index after the last of them."""
    index = end = start
    while columns and index < len(lines) and not lines[index].cells:
        line = lines[index]
        made = row_contact(line.text, columns, line.evidence(read.setting.source_id), read.setting)
        if made:
            read.add([made])
            end = index + 1
        elif not _is_between(line.text):
            break
        index += 1
    return end


def _line(line: Line, read: _Reading) -> None:
    named = labelled(line.text)
    asked = bool(named and named[0] == "문의처")
    # "담당자" before a name tells that it is one.
    text = named[1] if named and asked and not _names_person(line.text) else line.text
    if _is_press(text):
        return
    if runs(text):
        last = read.group[-1] if read.group else None
        if last and is_bare_reach(text) and "\n" in last.evidence.quote:
            more = tuple(dict.fromkeys((*last.phones, *phones_of(text))))
            read.amend(replace(last, phones=more, evidence=_widened(last, read, line)))
        else:
            made = read.of_owner.contacts(text, line)
            # The label that a line was read under may tell what its desk is for.
            desk = purpose_of(line.text) if text != line.text else ""
            read.add([_of_owner(replace(c, purpose=c.purpose or desk), read.owner) for c in made])
            read.found += _unreachable(text, line, read.of_owner)
    elif EMAIL.search(text) or (asked and cut_off(text)):
        _mail(text, line, read)
    elif masked(text) != text or _is_between(text):
        faxes = faxes_of(text)
        if faxes and read.group and not read.group[-1].faxes:
            read.amend(replace(read.group[-1], faxes=faxes, evidence=_widened(read.group[-1], read, line)))
        else:
            read.skipped.append(line.text)
    elif asked or not named:
        read.begin(head(text))
    else:
        read.begin()


def _mail(text: str, line: Line, read: _Reading) -> None:
    """Give an e-mail on a line of its own to the one office right above it, failing that to who governs the line."""
    address = EMAIL.search(text)
    named = office(text[: address.start()] if address else text, "")
    if read.group and named == Office() and (len(read.group) == 1) and not read.group[-1].emails:
        last = read.group[-1]
        read.amend(replace(last, emails=emails_of(text), evidence=_widened(last, read, line)))
        return
    if emails_of(text) and (
        read.group or read.owner or _means_mail(text) or unbulleted(text) == EMAIL.findall(text)[0]
    ):
        read.add(list(read.of_owner.contacts(text, line)))
    read.found += _unreachable(text, line, read.of_owner)


def _widened(contact: Contact, read: _Reading, line: Line) -> Evidence:
    """The evidence of a contact with the words of the lines below it, up to this one."""
    return replace(contact.evidence, quote="\n".join((contact.evidence.quote, *read.skipped, line.text)))


def _of_owner(contact: Contact, owner: str) -> Contact:
    """A contact below the name of an office: words that name no office tell the track it serves there."""
    name = contact.organisation
    is_part = owner and not contact.department and not contact.person and not contact.track and name not in owner
    if not is_part or contact.regions or names_office(name) or not contact.phones:
        return contact
    body, department = split_office(owner)
    return replace(contact, organisation=body, department=department, track=name)


def _mails_of_table(rows: Sequence[Line], read: _Reading) -> list[Contact]:
    """A contact for each e-mail that a table tells without being a table of contacts, e.g. where one applies."""
    told = {address for contact in read.found for address in contact.emails}
    made: list[Contact] = []
    for row in rows:
        for cell in row.cells:
            if EMAIL.search(cell) and _means_mail(row.text) and not runs(cell):
                listed = read.setting.contacts(cell.replace("\n", " "), row, cell)
                made += [contact for contact in listed if not told & set(contact.emails)]
                told.update(emails_of(cell))
    return made


def _unreachable(text: str, line: Line, setting: Setting) -> Iterator[Contact]:
    """A doubtful contact for an e-mail address whose end is missing, so that somebody looks at it."""
    for address in cut_off(text):
        evidence = line.evidence(setting.source_id, address if address in line.text else None)
        yield Contact(split_office(setting.agency)[0], evidence, confidence=CUT_OFF)


def _distinct(found: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts once each: of two that reach the same office for the same places, the one that says more."""
    kept: dict[tuple[object, ...], Contact] = {}
    for contact in found:
        key = (contact.phones or contact.organisation, contact.emails, contact.regions, contact.track)
        said = kept.get(key)
        if said is None or (contact.person and not said.person):
            kept[key] = contact
    return tuple(kept.values())


def joined(lines: Sequence[Line], index: int) -> Line | None:
    """An office on a line of its own with the bare phone on the line below, or a name and its number, as one line."""
    line = lines[index]
    if index + 1 == len(lines) or lines[index + 1].cells or lines[index + 1].is_heading or EMAIL.search(line.text):
        return None
    below = lines[index + 1].text
    if len(line.text) <= _LONGEST_NAME and column_of(line.text) in _REACH and (runs(below) or EMAIL.search(below)):
        return replace(line, text=f"{line.text}\n{below}")
    named = labelled(line.text)
    text = line.text if not named else named[1] if named[0] == "문의처" else ""
    bare = ASIDE.sub("", unbulleted(text)).strip()
    is_short = 0 < len(bare) <= 40 and not is_saying(bare)
    if not is_short or not (head(bare) or is_department(bare.split()[-1])) or not is_bare_reach(below):
        return None
    return replace(line, text=f"{line.text}\n{below}", page=line.page)


def _names_person(text: str) -> bool:
    """Whether the label before a colon, or all of the line, says that a person is named."""
    before = "".join(unbulleted(text).replace("：", ":").partition(":")[0].split())
    return before in WORDS["person_labels"]


def _is_press(text: str) -> bool:
    """Whether a line tells of the desks of the paper that prints a notice, or is the menu or foot of a site."""
    bare = "".join(text.lower().split())
    if bare.startswith(WORDS["menus"]) or any(word in bare for word in WORDS["feet"]):
        return True
    return any(word in text for word in WORDS["press"]) or any(w.endswith("기자") and w[:-2] for w in text.split())


def _is_between(text: str) -> bool:
    """Whether a line may stand between an organisation and the phones below it: a note, or hours."""
    bare = "".join(text.split())
    return bare.startswith("*") or "※" in bare or bare.lstrip("*※-·(").startswith(WORDS["hours"])


def _means_mail(text: str) -> bool:
    """Whether words say what an e-mail address beside them is for."""
    return any(word in text.lower() for word in WORDS["mail_meant"])
