"""Contacts: the lines and table rows about whom to ask flow in, `Contact` records flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.programs.confidence import CUT_OFF, GUESSED_OWNER, IMPLIED_OWNER, SURE
from ingest.programs.contact_tables import areas_of, contacts_of_table, table_end
from ingest.programs.labels import labelled, unbulleted
from ingest.programs.lines import Line
from ingest.programs.offices import MINISTRY, Office, head, office, split_office
from ingest.programs.phones import EMAIL, cut_off, emails_of, phones_of, runs, urls_of
from rag.domain import Contact, Evidence
from rag.places import Gazetteer

__all__ = ["MINISTRY", "areas_of", "contacts", "from_text", "phones_of", "table_contacts"]

_EMAIL_AFTER = re.compile(
    rf"\s*(?:,|/|\(|·)?\s*(?:(?:이메일|전자우편|E-?mail)\s*[:)]?\s*)?{EMAIL.pattern}\)?", re.IGNORECASE
)
# What stands in brackets right after a phone speaks of that phone.
_REMARK = re.compile(r"^\s*\((?:[^()]*)\)\s*")


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
    the office named above it, failing that to `agency`.
    """
    implied = IMPLIED_OWNER if is_agency_sure and agency else GUESSED_OWNER
    found: list[Contact] = []
    organisation = ""
    index = 0
    while index < len(lines):
        if lines[index].cells:
            end = table_end(lines, index)
            found.extend(contacts_of_table(lines[index:end], source_id, gazetteer, areas, agency, from_text))
            index = end
            continue
        line = lines[index]
        index += 1
        named = labelled(line.text)
        asked = bool(named and named[0] == "문의처")
        text = named[1] if named and asked else line.text
        if runs(text) or (asked and EMAIL.search(text)):
            evidence = line.evidence(source_id)
            owner = organisation or agency
            found.extend(from_text(text, evidence, gazetteer, owner, SURE if organisation else implied))
            found.extend(_unreachable(text, evidence, owner))
        elif asked or not named:
            organisation = head(text) or organisation
        else:
            organisation = ""
    return _distinct(found)


def table_contacts(
    lines: Sequence[Line], source_id: str, gazetteer: Gazetteer, agency: str = ""
) -> list[tuple[Line, list[Contact]]]:
    """The contacts of each phone table among the lines, with the line that stands just before the table."""
    found = []
    index = 0
    areas = areas_of(lines, gazetteer)
    while index < len(lines):
        if not lines[index].cells:
            index += 1
            continue
        end = table_end(lines, index)
        listed = list(contacts_of_table(lines[index:end], source_id, gazetteer, areas, agency, from_text))
        if len(listed) > 1:
            found.append((lines[max(index - 1, 0)], listed))
        index = end
    return found


def from_text(
    text: str, evidence: Evidence, gazetteer: Gazetteer, owner: str, implied: float = IMPLIED_OWNER
) -> Iterator[Contact]:
    """Contacts of running text: each run of phones belongs to the words before it, an e-mail to its neighbour.

    A run with nobody before it belongs to `owner`, as sure as `implied` says.
    """
    text = unbulleted(text.replace("**", ""))
    found = runs(text) or list(EMAIL.finditer(text))
    begin = 0
    track = None
    last: Contact | None = None
    for index, run in enumerate(found):
        follow = text[run.end() : found[index + 1].start() if index + 1 < len(found) else len(text)]
        remark = _REMARK.match(follow) if not EMAIL.search((_REMARK.match(follow) or [""])[0]) else None
        after = _EMAIL_AFTER.match(follow)
        before = text[begin : run.start()].strip(" ,/·").rstrip("( ☎:")
        begin = run.end() + (after.end() if after else remark.end() if remark else 0)
        mails = (*emails_of(before), *emails_of(run[0]), *emails_of(after[0] if after else ""))
        named = office(before, owner)
        if last and named == Office():
            last = replace(last, phones=(*last.phones, *phones_of(run[0])), emails=(*last.emails, *mails))
            continue
        if last:
            yield last
        site = _site(named.track or "", gazetteer)
        track = named.track if named.track and not site else track
        organisation, department = (named.organisation, named.department) if named.organisation else split_office(owner)
        last = Contact(
            organisation,
            evidence,
            named.track if site else department,
            named.person,
            phones_of(run[0]),
            tuple(dict.fromkeys(mails)),
            (),
            site,
            track,
            SURE if named.organisation and named.organisation != owner else implied,
        )
    if last:
        said = emails_of(text[begin:])
        yield replace(last, urls=urls_of(text), emails=tuple(dict.fromkeys((*last.emails, *said))))


def _unreachable(text: str, evidence: Evidence, owner: str) -> Iterator[Contact]:
    """A doubtful contact for an e-mail address whose end is missing, so that somebody looks at it."""
    for address in cut_off(text):
        quoted = replace(evidence, quote=address) if address in evidence.quote else evidence
        yield Contact(split_office(owner)[0], quoted, confidence=CUT_OFF)


def _site(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The place that the last word names when it is a bare place ("구미", "로봇직업교육센터 안산")."""
    last = words.split()[-1] if words.split() else ""
    return gazetteer.bare(last)


def _distinct(found: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts once each: of two that reach the same office for the same places, the one that says more."""
    kept: dict[tuple[object, ...], Contact] = {}
    for contact in found:
        key = (contact.phones or contact.organisation, contact.emails, contact.regions, contact.track)
        said = kept.get(key)
        if said is None or (contact.person and not said.person):
            kept[key] = contact
    return tuple(kept.values())
