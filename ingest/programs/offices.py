"""Offices: the words before a phone flow in; organisation, department, person and track flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.programs.labels import unbulleted
from ingest.programs.office_words import (
    LABEL_WORD,
    LARGE,
    ROLE,
    is_action,
    is_body,
    is_department,
    is_desk,
    is_name,
    is_own_centre,
    is_place,
    is_purpose,
    is_system,
    leads_name,
)
from ingest.programs.phones import EMAIL, URL

PERSON = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\s*(?:({ROLE}))(?![가-힣])")
_ROLE_FIRST = re.compile(rf"(?<![가-힣])({ROLE})\s+([가-힣]{{2,4}})(?![가-힣])")
_ASKED = re.compile(r"(?:담당자|책임자|담당)\s*[:(]?\s*(?P<name>[가-힣]{2,4})(?=[\s,(:☎]|$)")
_TRACK = re.compile(r"^[(\[【<]([^()\[\]【】<>]{2,20})[)\]】>]\s*")
_TRACK_WORD = re.compile(r"(?:형|분야|트랙|과정|유형|사업)$")
ORGANISATION = re.compile(
    r"(?:진흥원|연구원|연구소|추진단|공단|센터|[가-힣]부|[가-힣]{2}처|[가-힣]청|[가-힣]시|[가-힣]군|[가-힣]구|[가-힣]도"
    r"|협회|협의회|연합회|조합|대학교?|재단|은행|공사|본부|파크|테크|기금|상공회의소|상공회|지원단|[가-힣]원|위원회|회사|\(주\)|㈜[가-힣]+)$"
)
_LEGAL_FORM = re.compile(r"\((?:재|사|재단법인|사단법인)\)\s*")
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_PARTICLE = re.compile(r"(?<=..)(?:으로|에서|에게|이나|은|는|을|를|로|에|의|와|나|이|가)$")
_CLAUSE = re.compile(
    r"(?:은|는|을|를|에서|으로|에게|하여|하고|하며|또는|이나|이고|이며|되는|하는|(?<=..)(?:이|가|로|나|의|와|면|도|에))$|[.。!?;→”]$"
)
# By the kind of body alone the owner is meant: "시청", "진흥원".
_OWN = {
    kind: kind.removesuffix("청")
    for kind in ("재단", "공단", "공사", "협회", "진흥원", "조합", "시청", "군청", "구청", "도청")
}
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
    words = _LEGAL_FORM.sub("", URL.sub(" ", EMAIL.sub(" ", words)))
    words, track = _tracked(words.strip())
    words, person = _person(words)
    words = re.sub(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*", " ", words)
    aside = " ".join(_BRACKETED.findall(words))
    named = _clause(_BRACKETED.sub(" ", words))
    if not named:
        return Office(MINISTRY if MINISTRY in words else "", None, person, track, aside)
    organisation, department, before = _parts(named)
    if not track and before and _TRACK_WORD.search(before) and not is_purpose(before):
        track = before
    if not organisation and not department:
        return Office("", None, person, track, aside)
    return Office(*_within(owner, organisation, department), person, track, aside)


def split_office(words: str) -> tuple[str, str | None]:
    """Organisation and department of a name: "모의시 경제과 지원팀" is 모의시 and "경제과 지원팀"."""
    parts = _LEGAL_FORM.sub("", re.sub(r"\((?:담당|전담|소관|주관)[^)]*\)", "", words)).split()
    end = _body_end(parts) or _first_part(parts)
    if parts and is_desk(parts[-1]) and is_system(" ".join(parts[end - 1 :])) and not _body_end(parts):
        return " ".join(parts), None
    if end < len(parts) and is_department(parts[-1]):
        return " ".join(parts[:end]), " ".join(parts[end:])
    return " ".join(parts), None


def head(text: str) -> str:
    """The organisation (and department) that a line names for the phones below it, e.g. "중소기업기술정보진흥원"."""
    bare = re.sub(r"\s*\([^()]*\)$", "", _LEGAL_FORM.sub("", unbulleted(text)))
    words = bare.split()
    if not words or len(words) > 4 or len(bare) > 40 or re.search(r"[:：?!,]|[다요]\.?$|\d", bare):
        return ""
    end = _body_end(words)
    is_whole = end is not None and all(is_department(word) for word in words[end:])
    return bare if is_whole or (len(words) == 1 and is_own_centre(bare)) else ""


def names_office(words: str) -> bool:
    """Whether some words name a body or a department."""
    parts = _BRACKETED.sub(" ", words).split()
    return any(is_department(part) for part in parts) or _body_end(parts) is not None


def _within(owner: str, organisation: str, department: str | None) -> tuple[str, str | None]:
    """The office as part of `owner` where it names a department alone, or the owner by the last word of its name."""
    body, part = split_office(owner)
    if organisation in _OWN and body.endswith(_OWN[organisation]):
        return body, department
    if organisation:
        return organisation, department
    if department and body in department.split():
        above, _, below = department.partition(body)
        return (above.strip(), f"{body}{below}") if above else (body, below.strip() or None)
    if part and department and LARGE.search(part) and part != department:
        department = f"{part} {department}"
    return body, department


def _parts(named: Sequence[str]) -> tuple[str, str | None, str]:
    """Organisation, department and the words before them of words that end with an office."""
    end = _body_end(named)
    if end is not None:
        start = _body_start(named, end)
        rest = [word for word in named[end:] if not is_purpose(word)]
        last = max((i for i, word in enumerate(rest) if is_department(word)), default=-1)
        return " ".join(named[start:end]), " ".join(rest[: last + 1]) or None, " ".join(named[:start])
    last = max((i for i, word in enumerate(named) if is_department(word)), default=-1)
    if last < 0:
        kept = [word for word in named if not is_purpose(word)]
        return ("", None, " ".join(kept)) if len(kept) < len(named) or not kept else (" ".join(named), None, "")
    start = last
    while start and (is_department(named[start - 1]) or _belongs(named[start - 1], named[last])):
        start -= 1
    name, before = named[start : last + 1], " ".join(named[:start])
    if is_system(" ".join(name)) and is_desk(name[-1]):
        return " ".join(name), None, before
    if is_own_centre(name[0]):
        return name[0], " ".join(name[1:]) or None, before
    return "", " ".join(name), before


def _belongs(word: str, last: str) -> bool:
    """Whether a word that is no department is still part of a department's name: "통합 콜센터", "R&D 기획실"."""
    if is_desk(last):
        return not is_action(word)
    return bool(re.fullmatch(r"[A-Z&]{2,5}", word))


def _body_end(parts: Sequence[str]) -> int | None:
    """The index after the last word that names a body, one founded by another behind it ("모의원 부설 모의단")."""
    places = [i for i, word in enumerate(parts) if is_body(word, parts[i + 1] if i + 1 < len(parts) else "")]
    if not places:
        return None
    end = places[-1] + 1
    return end + 2 if parts[end : end + 1] in (["부설"], ["산하"]) and end + 1 < len(parts) else end


def _body_start(parts: Sequence[str], end: int) -> int:
    """Where the name of the body that ends before `end` begins: places and 산학협력단 stand behind their own body."""
    start = next(
        (i for i in range(end - 1, -1, -1) if is_body(parts[i], parts[i + 1] if i + 1 < len(parts) else "")), 0
    )
    while start and (
        (is_place(parts[start]) and is_place(parts[start - 1]))
        or (parts[start] == "산학협력단" and is_body(parts[start - 1]))
        or (parts[start] in _OWN and not is_purpose(parts[start - 1]))
        or leads_name(parts[start - 1])
        or parts[start - 1] == "주식회사"
    ):
        start -= 1
    return start


def _first_part(parts: Sequence[str]) -> int:
    """Where the departments at the end of a name without a known body begin, the first word always being its name."""
    start = len(parts)
    while start > 1 and is_department(parts[start - 1]):
        start -= 1
    return start + 1 if parts[start : start + 1] == ["본부"] and start + 1 < len(parts) else start


def _clause(words: str) -> list[str]:
    """The words of the last stretch that names an office; failing that of the last stretch that names anything.

    A particle ends a stretch, so that the sentence around an office is no part of it.
    """
    stretches: list[list[str]] = [[]]
    for word in re.split(r"[\s:☎☏/|]+|(?<=,)", re.sub(r"[()\[\]【】「」]", " ", words)):
        bare = word.strip(".,;·-–*\"'“”‘’")
        if not re.search(r"[가-힣A-Za-z]", bare):
            continue
        stem = _PARTICLE.sub("", bare)
        if bare in ("본부", "센터", "사업단") and stretches[-1] and not is_purpose(stretches[-1][-1]):
            stretches[-1][-1] += f" {bare}"
        elif is_body(bare) or is_department(bare):
            stretches[-1].append(bare)
        elif stem != bare and (is_department(stem) or is_body(stem)):
            stretches[-1].append(stem)
            stretches.append([])
            continue
        elif _CLAUSE.search(bare) and len(bare) > 1 and not is_purpose(bare):
            stretches.append([])
            continue
        elif not LABEL_WORD.fullmatch(bare):
            stretches[-1].append(bare)
        if word.endswith((",", ";")) or bare in ("또는", "및", "나", "와"):
            stretches.append([])
    named = [stretch for stretch in stretches if stretch]
    while len(named) > 1 and not names_office(" ".join(named[-1])) and all(is_purpose(word) for word in named[-1]):
        named.pop()
    if not named:
        return []
    told = len(stretches) > 1
    return named[-1] if not told or names_office(" ".join(named[-1])) else []


def _tracked(words: str) -> tuple[str, str | None]:
    """The words without the track or the purpose before them: "사업 총괄: 모의원 교육팀" is 모의원 교육팀."""
    track = None
    while match := _TRACK.match(words):
        track = match[1] if not all(is_purpose(word) for word in re.split(r"[\s·,/]+", match[1])) else track
        words = words[match.end() :].strip()
    before, colon, after = words.rpartition(":")
    before, after = before.strip(), after.strip(" (☎")
    if colon and re.search(r"[가-힣]", after) and not LABEL_WORD.fullmatch(after) and not ORGANISATION.search(before):
        if _TRACK_WORD.search(before) and not LABEL_WORD.fullmatch(before.replace(" ", "")):
            track = track or unbulleted(before)
        words = after
    return words, track


def _person(words: str) -> tuple[str, str | None]:
    match = PERSON.search(words)
    if match and not re.fullmatch(ROLE, match[1]) and not LABEL_WORD.fullmatch(match[1]):
        return words[: match.start()] + " " + words[match.end() :], f"{match[1]} {match[2]}"
    match = _ROLE_FIRST.search(words)
    if match and is_name(match[2]):
        return words[: match.start()] + " " + words[match.end() :], f"{match[2]} {match[1]}"
    match = _ASKED.search(words)
    if match and is_name(match["name"]):
        return words[: match.start()] + " " + words[match.end() :], match["name"]
    return words, None
