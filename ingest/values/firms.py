"""Bounds: a clause on applicants flows in, inclusive bounds on employees and on completed years flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator

Bound = tuple[int | None, int | None]

_NUMBER = r"(\d{1,3}(?:,\d{3})*|\d+)\s*"
_LIMIT = r"\s*(이하|미만|이상|초과|이내)"
_AND = r"(?:인|이고|이며|이면서|에서|으로|~|∼|,|부터|의|\s)*"
_EMPLOYEES = re.compile(rf"{_NUMBER}(?:인|명){_LIMIT}(?:{_AND}{_NUMBER}(?:인|명){_LIMIT})?")
_SPAN_OF_EMPLOYEES = re.compile(rf"{_NUMBER}(?:인|명)?\s*[~∼]\s*{_NUMBER}(?:인|명)(?!\S*당)()")
_STAFF = re.compile(r"상시|근로자|종업원|직원|피보험자|임직원|고용\s?인원|고용\s?규모|재직자")
_FIRM = re.compile(
    r"\s*(?:인|의|규모의?|이며|이고|,)?\s*(?:국내\s*|소재\s*)?(?:[가-힣]{2,5}업\s*)?"
    r"(?:중소|중견|제조|기업|사업장|업체|소상공인|소기업|사업체|점포|소공인|우선지원|사업주|직원)"
)
# People who are hired, trained or counted for something else are no size of a firm.
_OTHERS_BEFORE = re.compile(
    r"(?:신규|채용(?!한\s)|청년|여성|외국인|장애인|훈련생|훈련\s?인원|참여\s?인원|연구원|연구\s?인력|전문\s?인력|교육생|수강생|팀원|팀|구성원|퇴사\S*|이직\S*|당)\S{0,4}\s*(?:수)?\s*$"
)
_OTHERS_AFTER = re.compile(
    r"\s*(?:을|를|이|의|으로)?\s*(?:신규\s*|추가\s*|정규직\S*\s*)?(?:채용|고용한|고용하|고용할|늘|증가|참여|훈련|교육|파견|추천|수료|모집|선발|단위|팀|컨소시엄)"
)
_FILLER = (
    r"(?:[\s(]|공고일|신청일|접수일|현재|기준|기업|창업|사업자|등록증?|상|개업|설립|연월일|일자|으로|로|부터|까지|"
    r"한|된|하여|지|일|자|후|이후|이|은|는|만|가|의|인|에|을|를|:|·|기간)*?"
)
_SINCE = (
    r"(?:업력|(?<!예비)창업|설립|(?<!폐)개업|개시|사업자\s?등록|법인\s?등록"
    r"|사업을?\s?(?:시작|개시|영위)|영업\s?기간|업력\s?요건)"
)
_AGE = re.compile(rf"{_SINCE}{_FILLER}{_NUMBER}년차?{_LIMIT}(?:{_AND}{_NUMBER}년{_LIMIT})?")
_AGE_SPAN = re.compile(rf"{_SINCE}{_FILLER}{_NUMBER}년?\s*[~∼-]\s*{_NUMBER}년(?:\s*(?:이하|이내|미만))?")
_PASSED = re.compile(
    rf"{_SINCE}{_FILLER}{_NUMBER}년\s*(?:이|을|은|넘게|이상)?\s*(?:지나|지난|지났|경과|넘은|넘긴|넘었|된)"
)
_YOUNG = re.compile(
    rf"(?<!최근 ){_NUMBER}년{_LIMIT}\s*(?:의|인|된|에\s?해당하는)?\s*(?:초기\s*|도약\s*|신생\s*)?(?:[가-힣·]{{1,6}}\s)?"
    r"(?:창업|스타트업|초기창업|신생기업)"
)
_RUN = re.compile(
    rf"{_NUMBER}년{_LIMIT}\s*(?:계속\S*\s*)*(?:(?:[가-힣·]+업|사업장?|점포|가게|공장)(?:을|를)\s*)?(?:계속\S*\s*)?(?:영위|운영|영업)"
)


def employees(text: str) -> Iterator[Bound]:
    """Bounds on how many people a firm employs."""
    for match in _SPAN_OF_EMPLOYEES.finditer(text):
        if _STAFF.search(text[: match.start()]) and not _OTHERS_AFTER.match(text, match.end()):
            yield _count(match[1]), _count(match[2])
    for match in _EMPLOYEES.finditer(text):
        before = text[: match.start()]
        if _OTHERS_BEFORE.search(before) or _OTHERS_AFTER.match(text, match.end()):
            continue
        if _STAFF.search(before) or _FIRM.match(text, match.end()):
            yield _bound(match, completed=False)


def ages(text: str) -> Iterator[Bound]:
    """Bounds on the completed years since a firm was founded; "3년 초과" leaves one with three completed years in."""
    taken = 0
    for match in _AGE_SPAN.finditer(text):
        taken = match.end()
        top = _count(match[2])
        yield _count(match[1]), top - 1 if match[0].endswith("미만") else top
    for match in _AGE.finditer(text, taken):
        yield _bound(match, completed=True)
    if not taken and not _AGE.search(text):
        for match in _PASSED.finditer(text):
            yield _count(match[1]), None
        told = _YOUNG.search(text) or _RUN.search(text)
        if told:
            yield _one(told[1], told[2], completed=True)


def _count(number: str) -> int:
    return int(number.replace(",", ""))


def _one(number: str, limit: str, *, completed: bool) -> Bound:
    count = _count(number)
    low = {"이상": count, "초과": count if completed else count + 1}.get(limit)
    high = {"이하": count, "이내": count, "미만": count - 1}.get(limit)
    return low, high


def _bound(match: re.Match[str], *, completed: bool) -> Bound:
    """The inclusive bounds of "10인 이상" or of "10인 이상 300인 미만"."""
    low, high = _one(match[1], match[2], completed=completed)
    if match[3]:
        other_low, other_high = _one(match[3], match[4], completed=completed)
        low, high = low if other_low is None else other_low, high if other_high is None else other_high
    return low, high
