"""Office phrases: the words before a phone flow in; the stretch that names an office, its track or person flow out."""

from __future__ import annotations

import re

from ingest.contacts.office_names import names_office
from ingest.contacts.office_words import WORDS, is_body, is_department, is_label, is_name, is_purpose, is_role
from ingest.labels.outline import unbulleted

_FULL_NAME = 3
_PURPOSE_WORDS = 4
# Words that tell no desk from another.
_ANYTHING = frozenset(
    {"문의", "관련", "및", "사업", "안내", "상담", "자세한", "궁금한", "기타", "일반", "내용", "사항", "전화"}
)
_ROLE = "|".join(WORDS["roles"])
PERSON = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\s*(?:({_ROLE}))(?![가-힣])")
_ROLE_FIRST = re.compile(rf"(?<![가-힣])({_ROLE})\s+([가-힣]{{2,4}})(?![가-힣])")
_ASKED = re.compile(r"(?:담당자|책임자|담당)\s*[:(]?\s*(?P<name>[가-힣]{2,4})(?=[\s,(:☎]|$)")
_TRACK = re.compile(r"^[(\[【<]([^()\[\]【】<>]{2,20})[)\]】>]\s*")
TRACK_WORD = re.compile(r"(?:형|분야|트랙|과정|유형|사업)$")
_PARTICLE = re.compile(r"(?<=..)(?:으로|에서|에게|이나|은|는|을|를|로|에|의|와|나|이|가)$")
_CLAUSE = re.compile(
    r"(?:은|는|을|를|에서|으로|에게|하여|하고|하며|또는|이나|이고|이며|되는|하는|(?<=..)(?:이|가|로|나|의|와|면|도|에))$|[.。!?;→”]$"
)


def clause(words: str) -> list[str]:
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
        track = match[1] if not all(is_purpose(word) for word in re.split(r"[\s·,/]+", match[1])) else track
        words = words[match.end() :].strip()
    before, colon, after = words.rpartition(":")
    before, after = before.strip(), after.strip(" (☎")
    if colon and re.search(r"[가-힣]", after) and not is_label(after) and not names_office(before):
        if TRACK_WORD.search(before) and not is_label(before.replace(" ", "")):
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
    told = re.split(r"\s+", before.strip(" ()[]"))
    if not colon or len(told) > _PURPOSE_WORDS or not all(map(is_purpose, told)):
        return ""
    return " ".join(word for word in told if not is_label(word) and word not in _ANYTHING)
