"""Office words: one word of a printed name flows in; whether it names a body, a part of one or a purpose flows out."""

from __future__ import annotations

import re
from pathlib import Path

from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("office_words.yaml"))
_LONGEST_PLACE = 5
_LONGEST_NAME = 4
_OWN_CENTRE = 8
# A system by its foreign name, or by its hours ("기업24").
_SYSTEM = re.compile(r"[A-Za-z]{4,}|[가-힣]24")


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
