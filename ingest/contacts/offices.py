"""Offices: the words before a phone flow in; organisation, department, person, track and purpose flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.labels.outline import unbulleted
from ingest.values.phones import EMAIL, URL
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_suffix(".yaml"))
_LONGEST_PLACE = 5
_LONGEST_NAME = 4
_OWN_CENTRE = 8
# A system by its foreign name, or by its hours ("기업24").
_SYSTEM = re.compile(r"[A-Za-z]{4,}|[가-힣]24")
# A legal form, or what a body does for a programme.
LEGAL_FORM = re.compile(r"\((?:(?:재|사|재단법인|사단법인)|(?:담당|전담|소관|주관)[^()]*)\)\s*")
ASIDE = re.compile(r"\([^()]*\)")
BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# By the kind of body alone the owner is meant: "시청", "진흥원".
OWN = {
    kind: kind.removesuffix("청")
    for kind in ("재단", "공단", "공사", "협회", "진흥원", "조합", "시청", "군청", "구청", "도청")
}
_FULL_NAME = 3
_LONGEST_INITIALS = 5
_CUTS = str.maketrans(":☎☏/|()[]【】「」", " " * 13)
_JOINTS = str.maketrans("·,/", "   ")
_PURPOSE_WORDS = 4
_ROLE = "|".join(WORDS["roles"])
PERSON = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\s*(?:({_ROLE}))(?![가-힣])")
_ROLE_FIRST = re.compile(rf"(?<![가-힣])({_ROLE})\s+([가-힣]{{2,4}})(?![가-힣])")
_ASKED = re.compile(r"(?:담당자|책임자|담당)\s*[:(]?\s*(?P<name>[가-힣]{2,4})(?=[\s,(:☎]|$)")
_TRACK = re.compile(r"^[(\[【<]([^()\[\]【】<>]{2,20})[)\]】>]\s*")
# Who answers at a phone named only by its part in the programme; the caller knows the name.
MINISTRY = "소관부처"


def is_role(word: str) -> bool:
    """Whether a word is the role of a person: "과장"."""
    return word in WORDS["roles"]


def is_label(word: str) -> bool:
    """Whether a word stands before a number or a name and names nobody: "담당자", "☎", "T."."""
    is_mark = bool(word) and not word.strip("☎✆📞")
    is_letter = word.isascii() and word.removesuffix(".").isalpha() and len(word.removesuffix(".")) == 1
    return is_mark or is_letter or word.lower() in WORDS["labels"]


def is_place(word: str) -> bool:
    """Whether a word names a 시·도 or 시·군·구 in full, as the body that governs it is called."""
    is_province = word in WORDS["provinces"] or (_ends(word, "province_ends") and len(word) == _LONGEST_PLACE)
    is_city = 1 < len(word) <= _LONGEST_PLACE and word[-1] in "시군구"
    return is_hangul(word) and (is_province or is_city) and not _is_none(word, "no_places", "no_place_ends")


def is_body(word: str, following: str = "") -> bool:
    """Whether a word names a body of its own; a place or an unknown 부 only before one of its departments."""
    if len(word) > 1 and (_ends(word, "body_ends") or word.startswith(WORDS["company_marks"])):
        return True
    if len(word) > 2 and word[-1] == "원" and word.isalpha():
        return not _is_none(word, "no_institutes", "no_institute_ends")
    if word.endswith("청") and len(word) > 1 and is_hangul(word):
        is_hall = _ends(word, "hall_ends") and len(word) > 3
        return is_hall or not _ends(word, "no_agency_ends")
    if is_place(word):
        return not following or is_department(following) or is_place(following) or is_body(following)
    return word.endswith("부") and len(word) > 2 and _ends(following, "ministry_part_ends")


def is_organisation(words: str) -> bool:
    """Whether words behind a label of an organisation name one, by how they end."""
    return len(words) > 1 and (_ends(words, "organisation_ends") or "㈜" in words)


def is_department(word: str) -> bool:
    """Whether a word names a part of an organisation rather than a body of its own."""
    bare = word.strip("·")
    if len(bare) < 2 or is_label(bare) or not _ends(bare, "department_ends"):
        return False
    is_company = bare.startswith(WORDS["company_marks"])
    return not (_is_none(bare, "no_departments", "no_department_ends") or _ends(bare, "body_ends") or is_company)


def is_small(word: str) -> bool:
    """Whether a word names a part that never stands for itself: "교육팀", unlike "서울센터"."""
    return is_department(word) and _ends(word, "small_ends") and not _ends(word, "no_small_ends")


def is_large(word: str) -> bool:
    """Whether a word names a part of a body that has parts of its own."""
    return _ends(word, "large_ends")


def is_desk(word: str) -> bool:
    """Whether a word names a place that answers for something the words before it name ("부당개입 신고센터")."""
    return _ends(word, "desk_ends")


def is_system(name: str) -> bool:
    """Whether a desk is that of a system, which no department of the agency runs ("사업관리시스템 콜센터")."""
    return any(word in name for word in WORDS["systems"]) or bool(_SYSTEM.search(name))


def is_own_centre(word: str) -> bool:
    """Whether a centre named alone is a body of its own: its name tells a field, not a branch or a service."""
    is_centre = word.endswith("센터") and len(word) >= _OWN_CENTRE and is_hangul(word)
    return is_centre and not _ends(word, "common_centre_ends") and not word.startswith(WORDS["areas"])


def leads_name(word: str) -> bool:
    """Whether a word begins the name of the body that follows ("한국 모의공단")."""
    return word in WORDS["name_leads"]


def is_purpose(word: str) -> bool:
    """Whether a word says what one calls for, not whom: "접수", "시스템"."""
    is_part = is_hangul(word) and _ends(word, "purpose_ends")
    return is_part or word in WORDS["purposes"] or is_action(word)


def is_matter(word: str) -> bool:
    """Whether a word says what a number is for, a part of a programme or what one does there: "창작부문", "예약"."""
    return _ends(word, "matter_ends") or (len(word) > len("형태") and word.endswith("형"))


def is_action(word: str) -> bool:
    """Whether a word says what one does by the call: "접수", "이용"."""
    stems = (word.removesuffix(tail) for tail in WORDS["act_tails"] if word.endswith(tail))
    is_act = is_hangul(word.replace("·", "")) and any(_ends(stem, "act_ends") for stem in stems)
    return is_act or is_label(word)


def is_name(word: str) -> bool:
    """Whether a word may be a person's name: two to four syllables, the first a surname, no office."""
    is_short = 1 < len(word) <= _LONGEST_NAME and is_hangul(word)
    return is_short and word[0] in WORDS["surnames"] and not _ends(word, "department_ends")


def is_hangul(word: str) -> bool:
    """Whether a word is of Korean syllables alone."""
    return bool(word) and all("가" <= letter <= "힣" for letter in word)


def _ends(word: str, name: str) -> bool:
    return word.endswith(WORDS[name])


def _is_none(word: str, whole: str, ends: str) -> bool:
    return word in WORDS[whole] or _ends(word, ends)


def split_office(words: str) -> tuple[str, str | None]:
    """Organisation and department of a name: "모의시 경제과 지원팀" is 모의시 and "경제과 지원팀"."""
    parts = LEGAL_FORM.sub("", words).split()
    end = body_end(parts) or _first_part(parts)
    if parts and is_desk(parts[-1]) and is_system(" ".join(parts[end - 1 :])) and not body_end(parts):
        return " ".join(parts), None
    if end < len(parts) and is_department(parts[-1]):
        return " ".join(parts[:end]), " ".join(parts[end:])
    return " ".join(parts), None


def names_office(words: str) -> bool:
    """Whether some words name a body or a department."""
    parts = BRACKETED.sub(" ", words).split()
    return any(is_department(part) for part in parts) or body_end(parts) is not None


def parts_of(named: Sequence[str]) -> tuple[str, str | None, str]:
    """Organisation, department and the words before them of words that end with an office."""
    end = body_end(named)
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
    return 1 < len(word) <= _LONGEST_INITIALS and all("A" <= letter <= "Z" or letter == "&" for letter in word)


def body_end(parts: Sequence[str]) -> int | None:
    """The index after the last word that names a body, one founded by another behind it ("모의원 부설 모의단")."""
    places = [i for i, word in enumerate(parts) if is_body(word, parts[i + 1] if i + 1 < len(parts) else "")]
    if not places:
        return None
    # A place behind the office is that of its address.
    while len(places) > 1 and is_place(parts[places[-1]]) and not any(map(is_department, parts[places[-1] + 1 :])):
        places.pop()
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
        or (parts[start] in OWN and not is_purpose(parts[start - 1]))
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


def _stem(word: str) -> str:
    """The word without the particle behind it."""
    found = next((p for p in WORDS["particles"] if word.endswith(p) and len(word) > len(p) + 1), "")
    return word.removesuffix(found)


def _ends_clause(word: str) -> bool:
    """Whether a word goes on with a sentence, or ends one, so that what stands before it names nobody."""
    is_end = word.endswith((*WORDS["clause_ends"], *".。!?;→”"))
    return len(word) > 1 and (is_end or (len(word) > 2 and word.endswith(WORDS["clause_particles"])))


def is_saying(words: str) -> bool:
    """Whether words hold figures or marks of a statement, or end like a sentence: no name of an office."""
    return any(c in ":：?!," or c.isdigit() for c in words) or words.removesuffix(".").endswith(("다", "요"))


def clause(words: str) -> list[str]:
    """The words of the last stretch that names an office; failing that of the last stretch that names anything.

    A particle ends a stretch, so that the sentence around an office is no part of it.
    """
    stretches: list[list[str]] = [[]]
    for word in words.translate(_CUTS).replace(",", ", ").split():
        bare = word.strip(".,;·-–*\"'“”‘’")
        if not any(map(str.isalpha, bare)):
            continue
        stem = _stem(bare)
        if bare in ("본부", "센터", "사업단") and stretches[-1] and not is_purpose(stretches[-1][-1]):
            stretches[-1][-1] += f" {bare}"
        elif is_body(bare) or is_department(bare):
            stretches[-1].append(bare)
        elif stem != bare and (is_department(stem) or is_body(stem)):
            stretches[-1].append(stem)
            stretches.append([])
            continue
        elif _ends_clause(bare) and not is_purpose(bare):
            stretches.append([])
            continue
        elif not is_label(bare):
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


def tracked(words: str) -> tuple[str, str | None]:
    """The words without the track or the purpose before them: "사업 총괄: 모의원 교육팀" is 모의원 교육팀."""
    track = None
    while match := _TRACK.match(words):
        track = match[1] if not all(is_purpose(word) for word in match[1].translate(_JOINTS).split()) else track
        words = words[match.end() :].strip()
    before, colon, after = words.rpartition(":")
    before, after = before.strip(), after.strip(" (☎")
    if colon and any(map(is_hangul, after)) and not is_label(after) and not names_office(before):
        if before.endswith(WORDS["track_ends"]) and not is_label(before.replace(" ", "")):
            track = track or unbulleted(before)
        words = after
    return words, track


def personal(words: str) -> tuple[str, str | None]:
    """The words without the person they name, who comes with the role ("홍길동 과장")."""
    match = PERSON.search(words)
    if match and _is_institute(match[0], match[1], words[: match.start()]):
        match = None
    if match and not is_role(match[1]) and not is_label(match[1]):
        return words[: match.start()] + " " + words[match.end() :], f"{match[1]} {match[2]}"
    match = _ROLE_FIRST.search(words)
    if match and is_name(match[2]):
        return words[: match.start()] + " " + words[match.end() :], f"{match[2]} {match[1]}"
    match = _ASKED.search(words)
    if match and is_name(match["name"]) and not is_label(match["name"]):
        return words[: match.start()] + " " + words[match.end() :], match["name"]
    return words, None


def _is_institute(word: str, name: str, before: str) -> bool:
    """Whether a name and a role in one word are the name of a body ("가람연구원"), with no office before it."""
    is_somebody = len(name) == _FULL_NAME and is_name(name) and names_office(before)
    return " " not in word and is_body(word) and not is_somebody


def purpose_of(words: str) -> str:
    """What a desk answers for, as told before a colon: "시스템 오류 문의: 가람원" is "시스템 오류", else ""."""
    before, colon, _ = unbulleted(words).partition(":")
    told = before.strip(" ()[]").split() or [""]
    if colon:
        return _desk(told) if len(told) <= _PURPOSE_WORDS and all(map(is_purpose, told)) else ""
    return _topic(words)


def _topic(words: str) -> str:
    """What a sentence says is to be had at the office that it ends in: "빈 점포 목록은 가람읍사무소"."""
    said = unbulleted(words).replace(", ", ". ").replace("; ", ". ").rpartition(". ")[2].split()
    at = next((i for i, word in enumerate(said, 1) if len(word) > 1 and word.endswith(("은", "는"))), 0)
    topic, who = said[:at], said[at:]
    if not topic or len(topic) > _PURPOSE_WORDS or not 0 < len(who) <= _PURPOSE_WORDS or names_office(" ".join(topic)):
        return ""
    topic[-1] = topic[-1][:-1]
    is_office = names_office(" ".join(who).strip("( ☎"))
    return _desk(topic) if is_office and not is_body(topic[-1]) and not is_place(topic[-1]) else ""


def purpose_alone(words: str) -> str:
    """What another number of the same office answers for, by words that name nobody: "정산 문의", "장비 예약은"."""
    bare = unbulleted(words).strip(" ,/·():").removesuffix("관련").strip()
    is_topic = len(bare) > _FULL_NAME and bare.endswith(("은", "는"))
    told = (bare[:-1] if is_topic else bare).split() or [""]
    is_told = is_topic or is_matter(told[-1]) or all(map(is_purpose, told))
    return _desk(told) if is_told and len(told) <= _PURPOSE_WORDS and not names_office(bare) else ""


def _desk(told: Sequence[str]) -> str:
    return " ".join(word for word in told if not is_label(word) and word not in WORDS["anything"])


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
    words = " ".join(word for word in words.split(" ") if "@" not in word)
    aside = " ".join(BRACKETED.findall(words))
    named = clause(BRACKETED.sub(" ", words))
    if not named:
        return Office(MINISTRY if MINISTRY in words else "", None, person, track, aside)
    organisation, department, before = parts_of(named)
    if not track and before and before.endswith(WORDS["track_ends"]) and not is_purpose(before):
        track = before
    is_alone = len(organisation) == 3 and is_name(organisation) and not is_body(organisation)
    if not department and person is None and is_alone:
        organisation, person = "", organisation
    if (not organisation and not department) or any(word in organisation for word in WORDS["registers"]):
        return Office("", None, person, track, aside)
    return Office(*_within(owner, organisation, department), person, track, aside)


def head(text: str) -> str:
    """The organisation (and department) that a line names for the phones below it, e.g. "중소기업기술정보진흥원"."""
    bare = LEGAL_FORM.sub("", unbulleted(text))
    bare = bare.rpartition("(")[0].rstrip() if bare.endswith(")") and "(" in bare else bare
    words = bare.split()
    if not words or len(words) > 4 or len(bare) > 40 or is_saying(bare):
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
