"""Offices: the words before a phone flow in; organisation, department, person and track flow out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.programs.labels import unbulleted
from ingest.programs.phones import EMAIL, URL

ROLE = (
    "선임연구원|책임연구원|수석연구원|연구원|전문위원|사무관|서기관|주무관|센터장|단장|과장|팀장|처장|실장|부장|차장|대리"
    "|주임|선임|책임|수석|매니저|위원|담당관|컨설턴트|본부장|국장|계장|사원|조교|교수"
)
PERSON = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\s*(?:({ROLE}))(?![가-힣])")
_ROLE_FIRST = re.compile(rf"(?<![가-힣])({ROLE})\s+([가-힣]{{2,4}})(?![가-힣])")
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지나엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국"
)
_ASKED = re.compile(r"(?:담당자|책임자|담당)\s*[:(]?\s*(?P<name>[가-힣]{2,4})(?=[\s,(:☎]|$)")
_TRACK = re.compile(r"^\(([^()]{2,20})\)\s*")
_TRACK_WORD = re.compile(r"(?:형|분야|트랙|과정|유형|사업)$")
DEPARTMENT = re.compile(r"(?:과|팀|실|처|단|부|국|센터|본부|반|창구|담당관)$")
# These end like a department but are bodies of their own.
_BODY = re.compile(
    r"(?:공단|재단|기획재정부|교육부|외교부|통일부|법무부|국방부|행정안전부|문화체육관광부|농림축산식품부|산업통상(?:자원)?부|보건복지부"
    r"|환경부|기후에너지환경부|고용노동부|여성가족부|성평등가족부|국토교통부|해양수산부|중소벤처기업부|과학기술정보통신부|재정경제부)$"
)
ORGANISATION = re.compile(
    r"(?:진흥원|연구원|연구소|추진단|공단|센터|[가-힣]부|[가-힣]{2}처|[가-힣]청|[가-힣]시|[가-힣]군|[가-힣]구|[가-힣]도"
    r"|협회|협의회|연합회|조합|대학교?|재단|은행|공사|본부|파크|테크|기금|상공회의소|상공회|지원단|[가-힣]원|위원회|회사|\(주\)|㈜[가-힣]+)$"
)
LABEL_WORD = re.compile(
    r"담당자|책임자|담당부서|전담기관|소관부처|사업문의|문의처?|문의전화|연락처|전화(?:번호)?|담당|부서|총괄|주관(?:기관|부서)|운영기관"
    r"|이메일|전자우편|누리집|홈페이지|e-?mail|tel|기타문의|사업담당|[☎✆📞]+|[A-Z]\.?",
    re.IGNORECASE,
)
# Who answers at a phone named only by its part in the programme; the caller knows the name.
MINISTRY = "소관부처"


@dataclass(frozen=True, slots=True)
class Office:
    """Who stands before a phone: any of the parts may be missing."""

    organisation: str = ""
    department: str | None = None
    person: str | None = None
    track: str | None = None


def office(words: str, organisation: str) -> Office:
    """Who the words before a phone name: "(제조로봇 실증) 진흥원 산업제조실증팀" has a track and an office.

    A lone department belongs to `organisation`.
    """
    words = URL.sub(" ", EMAIL.sub(" ", words))
    words, track = _tracked(words.strip())
    words, person = _person(words)
    words = re.sub(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*", " ", words)
    kept = [w for w in re.split(r"[\s,:☎]+", re.sub(r"[()\[\]【】]+\s*$", " ", words)) if w]
    kept = [w for w in kept if not LABEL_WORD.fullmatch(w.strip("()[].,")) and re.search(r"[가-힣A-Za-z]", w)]
    if not kept and MINISTRY in words:
        return Office(MINISTRY, None, person, track)
    name, department = split_office(" ".join(kept))
    if department is None and name and organisation and is_department(name) and " " not in name:
        name, department = organisation, name
    return Office(name, department, person, track)


def split_office(words: str) -> tuple[str, str | None]:
    """Organisation and department: the last word is a department when it ends like one and something stands before."""
    parts = re.sub(r"\((?:담당|전담|소관|주관)[^)]*\)", "", words).split()
    if len(parts) >= 2 and is_department(parts[-1]):
        return " ".join(parts[:-1]), parts[-1]
    return " ".join(parts), None


def is_department(word: str) -> bool:
    """Whether a word names a part of an organisation rather than a body of its own."""
    return bool(DEPARTMENT.search(word)) and not _BODY.search(word)


def head(text: str) -> str:
    """The organisation (and department) that a line names for the offices below it, e.g. "중소기업기술정보진흥원"."""
    bare = unbulleted(text)
    if len(bare) > 40 or re.search(r"[:：?!,]|[다요]\.?$|\d", bare):
        return ""
    name, department = split_office(bare)
    if department and len(bare.split()) <= 3 and ORGANISATION.search(name):
        return bare
    return bare if ORGANISATION.search(bare) and len(bare.split()) <= 4 else ""


def is_name(word: str) -> bool:
    """Whether a word may be a person's name: two to four syllables, the first a surname, no office."""
    return bool(re.fullmatch(r"[가-힣]{2,4}", word)) and word[0] in _SURNAMES and not DEPARTMENT.search(word)


def _tracked(words: str) -> tuple[str, str | None]:
    """The words without the track or the purpose before them: "사업 총괄: 모의원 교육팀" is 모의원 교육팀."""
    track = None
    while match := _TRACK.match(words):
        track = match[1]
        words = words[match.end() :].strip()
    before, colon, after = words.rpartition(":")
    before, after = before.strip(), after.strip(" (☎")
    if colon and re.search(r"[가-힣]", after) and not ORGANISATION.search(before):
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
