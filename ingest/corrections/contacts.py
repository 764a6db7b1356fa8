"""Contacts: a programme and what staff say of an office flow in, the programme with that office flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.corrections.changes import Reach
from ingest.corrections.voice import Voice, short
from rag.domain import Contact, Program
from rag.text import squash


def told(reach: Reach, program: Program) -> str:
    """What the documents say of the office."""
    return short(", ".join((*c.phones, *c.emails)) for c in program.contacts if _is_meant(reach, c))


def corrected(reach: Reach, program: Program, voice: Voice) -> Program | str:
    """The programme with the office changed, added or removed; a sentence where there is none to remove."""
    meant = [contact for contact in program.contacts if _is_meant(reach, contact)]
    if reach.remove and not meant:
        return voice.missing(program, f"문의처 '{reach.organisation}'")
    if reach.remove:
        contacts = tuple(contact for contact in program.contacts if contact not in meant)
    elif meant:
        contacts = tuple(_reached(reach, c, program, voice) if c in meant else c for c in program.contacts)
    else:
        added = Contact(reach.organisation, program.evidence, reach.department, reach.person)
        contacts = (*program.contacts, _reached(reach, added, program, voice))
    if reach.remove:
        voice.evidence(program, f"{reach.organisation} 삭제")
    refuted = _ways(program.contacts) - _ways(contacts)
    # The line that the wrong number was read from must not contradict the right one.
    details = tuple(d for d in program.details if not any(way in d.text for way in refuted))
    return replace(program, contacts=contacts, details=details)


def _ways(contacts: Sequence[Contact]) -> set[str]:
    return {way for contact in contacts for way in (*contact.phones, *contact.emails)}


def _is_meant(reach: Reach, contact: Contact) -> bool:
    given = ((reach.department, contact.department), (reach.person, contact.person))
    return squash(contact.organisation) == squash(reach.organisation) and all(
        wanted is None or squash(wanted) == squash(known or "") for wanted, known in given
    )


def _reached(reach: Reach, contact: Contact, program: Program, voice: Voice) -> Contact:
    phones = contact.phones if reach.phones is None else reach.phones
    emails = contact.emails if reach.emails is None else reach.emails
    who = " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)
    words = f"{who} {', '.join((*phones, *emails)) or '번호 없음'}"
    evidence = voice.evidence(program, words)
    return replace(contact, phones=phones, emails=emails, evidence=evidence, confidence=1.0)
