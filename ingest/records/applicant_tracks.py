"""Applicants' tracks: a clause flows in, the tracks of the programme that it speaks of flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.labels.labelled import canonical
from ingest.records.details import track_of
from rag.domain import Detail

_FUND = re.compile(r"([가-힣]{2,12}자금)(?!\s*조달)")
# Words that name a property of applicants, or a part of the notice, and so no track.
_NO_TRACK = re.compile(
    r"공통|요건|자격|대상|조건|기준|상시|근로자|업력|업종|소재|지역|규모|본사|공장|사업장|신청|지원|제외|우대|가점|구분|내용|필수|기본|추가|사항"
    r"|공고|대표|해당|방법|기간|한도|사업\s?개요|중소|중견|소상공인|대기업|고용보험|인증|이상|이하|미만|이내|개인|법인|제조|단$|다만|참고|또는|\d년"
)
# A row of a table under the name of its first column: "유형: 성장형 · 추가 조건: 창업 3년 이상".
_ROW = re.compile(
    r"^(?:(?:구분|유형|분야|단계|트랙|과제|그룹|(?:지원|모집|과제|신청|사업|세부)\s?(?:유형|분야|트랙))\s?[:：]\s?)"
    r"([^·:：]{1,20}?)\s·\s"
)
_BRACKETED = re.compile(r"^\W*[(\[]\s?([가-힣A-Za-z][가-힣A-Za-z0-9+&·\s]{0,14}?)\s?[)\]]\s")
_KIND = re.compile(r"(?:형|트랙|과정|부문)$")
_COLON = re.compile(r"^\W*([가-힣A-Za-z][가-힣A-Za-z0-9+&·\s()]{0,34}?)\s*(?:\(\d[^)]*\))?\s*[:：]\s")
_TOPIC = re.compile(
    r"^\W*([가-힣A-Za-z][가-힣A-Za-z0-9+&·\s]{0,14}?)(?:\s?(?:구분|유형|분야))?(?:은|는|의\s경우)\s.*(?:한함|한해|한하여|한정|만\s|이어야|여야|있어야)"
)
_TYPED = re.compile(r"^\W*((?:[가-힣A-Za-z0-9]{1,10}\s)?[가-힣A-Za-z0-9]{1,10}(?:형|트랙))(?:은|는|의\s경우)\s")
PART_HEAD = re.compile(
    r"(?:^|> )(?:지원내용\s*)?\d{1,2}(?:\.\d)?\s*[:.)]?\s+([^>(:]{2,40}?(?:\([A-Z]+\)[^>(]{2,30})?)(?:\s*\([^>]*)?$"
)


def known_tracks(details: Sequence[Detail]) -> tuple[str, ...]:
    """The names of tracks that tables of the programme have as rows or columns, the longest first."""
    named = dict.fromkeys(filter(None, (track_of(detail) for detail in details)))
    return tuple(sorted((name for name in named if not _NO_TRACK.search(name)), key=len, reverse=True))


def tracks(text: str, detail: Detail, known: Sequence[str]) -> tuple[str | None, ...]:
    """The tracks that a clause holds for; `(None,)` where it holds for all."""
    own = detail.track or track_of(detail)
    if own:
        return (own,)
    row = _ROW.match(text)
    if row:
        return (None if _NO_TRACK.search(row[1]) else row[1].strip(),)
    lead = _COLON.match(text)
    if lead and not _NO_TRACK.search(lead[1]) and canonical(lead[1]) is None:
        return (lead[1].strip(),)
    named = _BRACKETED.match(text)
    if named and (named[1] in known or (_KIND.search(named[1]) and not _NO_TRACK.search(named[1]))):
        return (named[1],)
    listed = _listed(text, known)
    if listed:
        return listed
    fund = _FUND.search(text) or _FUND.search(detail.evidence.section)
    if fund:
        return (fund[1],)
    topic = _TYPED.match(text) or _TOPIC.match(text)
    if topic and not _NO_TRACK.search(topic[1]):
        return (topic[1].strip(),)
    part = PART_HEAD.search(detail.evidence.section)
    if part and not _NO_TRACK.search(part[1]) and canonical(part[1]) is None:
        return (part[1].strip(),)
    return (None,)


def _listed(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known tracks that begin a clause as its topic, or that it names as those who apply."""
    if not known:
        return ()
    names = "|".join(map(re.escape, known))
    joined = rf"(?:{names})(?:\s*(?:[·ㆍ,/]|및|과|와|또는)\s*(?:{names}))*"
    head = re.match(rf"\W*({joined})\s?(?:구분|유형|분야|트랙|과제)?(?:은|는|의\s경우|에\s한|만|\s*[:：])", text)
    tail = re.search(rf"(?:^|\s)({joined})\s?(?:신청|지원|참여)\s?(?:기업|자(?!금)|팀|업체)", text)
    found = head or tail
    return tuple(re.findall(names, found[1])) if found else ()
