"""Criteria: the statements on who may apply flow in, conditions that can be judged flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.domain import Criterion, CriterionField, Detail
from rag.places import Gazetteer

_WHO = frozenset({"지원대상", "도입기업", "제외대상"})
_SIZES = (
    ("소상공인", "소상공인"),
    (r"중소[·ㆍ,\s]*중견\s*(?:제조)?\s*기업|중소[·ㆍ\s]*벤처", "중소기업"),
    (r"중소\s*(?:제조)?\s*기업|우선지원\s*대상\s*기업", "중소기업"),
    (r"중견\s*(?:제조)?\s*기업", "중견기업"),
    ("대기업", "대기업"),
)
_EMPLOYEES = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)\s*(?:인|명)\s*(이하|미만|이상|초과|이내)")
_AGE = re.compile(r"업력\s*(?:이|은)?\s*(\d{1,2})\s*년\s*(이하|미만|이상|초과|이내)")
_FIRMS = re.compile(r"기업|소상공인|사업장|사업자|업체")
_GOVERNMENT = re.compile(r"(?:광역\s*)?(?:지방\s*정부|지방자치단체|지자체)")
_MANUFACTURER = re.compile(r"제조\s*기업|제조업체|제조\s*중소|국내\s*제조")
_AI_FIRM = re.compile(r"AI\s*(?:솔루션\s*)?(?:개발|공급)?\s*기업|로봇\(?관련\)?\s*기업")
_INSURANCE = re.compile(r"고용보험")
_PRIORITY = re.compile(r"중점|우선|우대|권장|희망")
_EXCLUDES = re.compile(r"제외|불가|할 수 없")
# "서울은 신청할 수 없습니다": who is shut out may stand far from 지원대상.
_SHUTS_OUT = re.compile(r"(?:신청|참여|지원)할 수 없(?:다|습니다)")
_ONLY = re.compile(r"(?:기업|소상공인|법인)만\s|우선지원\s*대상\s*기업")
# An exception lets further applicants in and shuts nobody out.
_WIDENS = re.compile(r"예외|포함|신산업")
_CLAUSE = re.compile(r"\s\*\s|\n")
_FUND = re.compile(r"([가-힣]{2,12}자금)(?!\s*조달)")
_PART = re.compile(r"^(?:\d\s+)?([가-힣A-Za-z0-9+()·\s]{4,30}?)\s*(?:\(\d[^)]*\))?\s*[:*]\s")
_PART_HEAD = re.compile(
    r"(?:^|> )(?:지원내용\s*)?\d\s*[:.]?\s+([^>(]{4,40}?(?:\([A-Z]+\)[^>(]{2,30})?)(?:\s*\(\d[^>]*)?$"
)
_CONSORTIUM = re.compile(r"컨소시엄|협업체|협의체")


def criteria(details: Sequence[Detail], gazetteer: Gazetteer) -> tuple[Criterion, ...]:
    """Conditions in the statements under 지원대상 and its like, each once, with the statement as evidence."""
    found: list[Criterion] = []
    for detail in details:
        if detail.label in _WHO or any(p.search(detail.text) for p in (_AGE, _ONLY, _SHUTS_OUT)):
            for clause in _CLAUSE.split(detail.text):
                found.extend(
                    c for c in _criteria(replace(detail, text=clause.strip()), gazetteer) if not _same(c, found)
                )
    return tuple(found)


def _same(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    return any(
        c.field == criterion.field
        and (c.allowed, c.excluded, c.minimum, c.maximum, c.track)
        == (criterion.allowed, criterion.excluded, criterion.minimum, criterion.maximum, criterion.track)
        for c in found
    )


def _criteria(detail: Detail, gazetteer: Gazetteer) -> Iterator[Criterion]:
    text, evidence = detail.text, detail.evidence
    who = detail.label in _WHO
    plain = re.sub(r"\([^)]*포함[^)]*\)", "", text)
    strict = not (_PRIORITY.search(re.sub(r"우선지원\s*대상|희망하는", "", plain)) or _WIDENS.search(plain))
    track = _track(detail)
    if _GOVERNMENT.search(text) and _SHUTS_OUT.search(text) and _provinces(text, gazetteer):
        yield Criterion(CriterionField.REGION, text, evidence, excluded=_provinces(text, gazetteer))
        return
    if who and _listed_provinces(text, gazetteer):
        yield Criterion(CriterionField.REGION, text, evidence, allowed=_listed_provinces(text, gazetteer))
    if who and _GOVERNMENT.search(text) and not re.search(r"기업", text):
        yield Criterion(CriterionField.APPLICANT, text, evidence, allowed=("광역 지방정부",))
        excluded = tuple(p for p in _excluded_places(text, gazetteer))
        if excluded:
            yield Criterion(CriterionField.REGION, text, evidence, excluded=excluded)
        return
    sizes = _sizes(text)
    # "소상공인, 300인 미만 사업장" lists two ways in; the wider one, the number, decides.
    if sizes and (who or _ONLY.search(text)) and not (who and _EMPLOYEES.search(plain) and sizes == ("소상공인",)):
        yield Criterion(CriterionField.SIZE, text, evidence, allowed=sizes, strict=strict, track=track)
    for number, bound in _EMPLOYEES.findall(text):
        count = int(number.replace(",", ""))
        if who and re.search(r"기업|사업장|근로자", text):
            low, high = _bounds(count, bound)
            yield Criterion(CriterionField.EMPLOYEES, text, evidence, minimum=low, maximum=high, strict=strict)
    for number, bound in _AGE.findall(text):
        low, high = _bounds(int(number), bound)
        yield Criterion(CriterionField.AGE, text, evidence, minimum=low, maximum=high, strict=strict, track=track)
    if who and _MANUFACTURER.search(text) and not _CONSORTIUM.search(text):
        yield Criterion(CriterionField.INDUSTRY, text, evidence, allowed=("제조업",), strict=strict)
    elif who and _AI_FIRM.search(text) and not _CONSORTIUM.search(text) and "수요" not in text:
        yield Criterion(CriterionField.INDUSTRY, text, evidence, allowed=("AI",), strict=strict)
    if _INSURANCE.search(text) and re.search(r"미가입|가입하지", text) and re.search(r"포함|가능|대상", text):
        yield Criterion(CriterionField.INSURANCE, text, evidence, allowed=("미가입",), strict=False)
    if who and _CONSORTIUM.search(text):
        yield Criterion(CriterionField.CONSORTIUM, text, evidence, allowed=("컨소시엄",))
    if who:
        yield from _regions(text, detail, gazetteer, strict)


def _regions(text: str, detail: Detail, gazetteer: Gazetteer, strict: bool) -> Iterator[Criterion]:
    if "영남권" in text:
        allowed = ("부산광역시", "대구광역시", "울산광역시", "경상북도", "경상남도")
        yield Criterion(CriterionField.REGION, text, detail.evidence, allowed=allowed, strict=True)
        return
    places = tuple(m.candidates[0] for m in gazetteer.mentions(text) if len(m.candidates) == 1)
    if places and re.search(r"소재|내\s|內|도내|관내|지역|기업", text):
        yield Criterion(CriterionField.REGION, text, detail.evidence, allowed=places, strict=True)


def _listed_provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 of a statement that lists three or more of them, those it excludes left out."""
    excluded = _excluded_places(text, gazetteer)
    named = tuple(p for p in _provinces(text, gazetteer) if p not in excluded)
    return named if len(named) >= 3 else ()


def _provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 that stand as words of their own in a statement, each once."""
    found = [gazetteer.province(re.sub(r"(?:과|와|은|는|이|등)$", "", word)) for word in re.split(r"[\s,()·]+", text)]
    return tuple(dict.fromkeys(p for p in found if p))


def _excluded_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    if not _EXCLUDES.search(text):
        return ()
    head = text[: _EXCLUDES.search(text).start()]  # type: ignore[union-attr]
    tail = re.split(r"[(（,]|이며|그리고|이고", head)[-1]
    return tuple(m.candidates[0] for m in gazetteer.mentions(tail + " ") if len(m.candidates) == 1)


def _sizes(text: str) -> tuple[str, ...]:
    found = [size for pattern, size in _SIZES if re.search(pattern, text)]
    if re.search(r"중소[·ㆍ,\s]*중견", text):
        found.append("중견기업")
    if "대기업" in found and _EXCLUDES.search(text):
        found.remove("대기업")
    return tuple(dict.fromkeys(found))


def _bounds(number: int, bound: str) -> tuple[int | None, int | None]:
    return {
        "이하": (None, number),
        "이내": (None, number),
        "미만": (None, number - 1),
        "이상": (number, None),
        "초과": (number + 1, None),
    }[bound]


def _track(detail: Detail) -> str | None:
    """The fund or the numbered part of a programme that a statement speaks of."""
    text = detail.text
    fund = _FUND.search(text) or _FUND.search(detail.evidence.section)
    if fund:
        return fund[1]
    part = _PART.match(text) or _PART_HEAD.search(detail.evidence.section)
    return part[1].strip() if part else None
