"""Offices: the words before a phone flow in; organisation, department, person and track flow out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.contacts.office_names import (
    BRACKETED,
    LEGAL_FORM,
    OWN,
    body_end,
    names_office,
    parts_of,
    split_office,
)
from ingest.contacts.office_phrases import PERSON, TRACK_WORD, clause, personal, tracked
from ingest.contacts.office_words import is_body, is_department, is_large, is_name, is_own_centre, is_purpose
from ingest.contacts.phone_numbers import EMAIL, URL
from ingest.labels.outline import unbulleted

__all__ = [
    "MINISTRY",
    "PERSON",
    "Office",
    "head",
    "names_body",
    "names_office",
    "office",
    "split_office",
]

_NUMBERED = re.compile(r"번호|계좌|등록")
# Who answers at a phone named only by its part in the programme; the caller knows the name.
MINISTRY = "소관부처"


@dataclass(frozen=True, slots=True)
class Office:
    """Who stands before a phone, any of the parts may be missing; `aside` are the words in brackets behind the name."""

    organisation: str = ""
    department: str | None = None
    person: str | None = None
    track: str | None = None
    aside: str = ""


def office(words: str, owner: str) -> Office:
    """Who the words before a phone name: "(제조로봇 실증) 진흥원 산업제조실증팀" has a track and an office.

    What the phone is for ("사업 총괄", "시스템 오류는") is no part of a name. A lone department belongs to `owner`.
    """
    words = LEGAL_FORM.sub("", URL.sub(" ", EMAIL.sub(" ", words)))
    words, track = tracked(words.strip())
    words, person = personal(words)
    words = re.sub(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*", " ", words)
    aside = " ".join(BRACKETED.findall(words))
    named = clause(BRACKETED.sub(" ", words))
    if not named:
        return Office(MINISTRY if MINISTRY in words else "", None, person, track, aside)
    organisation, department, before = parts_of(named)
    if not track and before and TRACK_WORD.search(before) and not is_purpose(before):
        track = before
    is_alone = len(organisation) == 3 and is_name(organisation) and not is_body(organisation)
    if not department and person is None and is_alone:
        organisation, person = "", organisation
    if (not organisation and not department) or _NUMBERED.search(organisation):
        return Office("", None, person, track, aside)
    return Office(*_within(owner, organisation, department), person, track, aside)


def head(text: str) -> str:
    """The organisation (and department) that a line names for the phones below it, e.g. "중소기업기술정보진흥원"."""
    bare = re.sub(r"\s*\([^()]*\)$", "", LEGAL_FORM.sub("", unbulleted(text)))
    words = bare.split()
    if not words or len(words) > 4 or len(bare) > 40 or re.search(r"[:：?!,]|[다요]\.?$|\d", bare):
        return ""
    end = body_end(words)
    is_whole = end is not None and all(is_department(word) for word in words[end:])
    return bare if is_whole or (len(words) == 1 and is_own_centre(bare)) else ""


def names_body(words: str) -> bool:
    """Whether some words name a body of its own, the desk of a system among them."""
    return bool(office(words, "").organisation) and names_office(words)


def _within(owner: str, organisation: str, department: str | None) -> tuple[str, str | None]:
    """The office as part of `owner` where it names a department alone, or the owner by the last word of its name."""
    body, part = split_office(owner)
    if organisation in OWN and body.endswith(OWN[organisation]):
        return body, department
    if organisation:
        return organisation, department
    if department and body.endswith(department):
        # "센터 방문": the agency by the last part of its name.
        return body, part
    if department and body in department.split():
        above, _, below = department.partition(body)
        return (above.strip(), f"{body}{below}") if above else (body, below.strip() or None)
    if part and department and is_large(part) and part != department:
        department = f"{part} {department}"
    return body, department
