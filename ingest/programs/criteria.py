"""Criteria: the statements on who may apply flow in, conditions that can be judged flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.programs.certificates import certificates
from ingest.programs.confidence import CONFLICT, SUBCLASS, SURE, TOLD_IN_PROSE
from ingest.programs.details import track_of
from ingest.programs.exclusions import SHUTS_OUT, circumstances
from ingest.programs.territories import EXCLUDES, excluded_places, listed_provinces, provinces, regions
from rag.domain import Criterion, CriterionField, Detail
from rag.places import Gazetteer

_WHO = frozenset({"지원대상", "도입기업"})
_SIZES = (
    (r"소상공인|(?<![가-힣])소기업", "소상공인"),
    (r"대[·ㆍ\s]*중소\s*기업", "대기업"),
    (r"중소[·ㆍ,\s]*중견\s*(?:제조)?\s*기업|중소[·ㆍ\s]*벤처", "중소기업"),
    (r"중소\s*(?:제조)?\s*(?:기업|업체)|우선지원\s*대상\s*기업|(?<![가-힣])소기업", "중소기업"),
    (r"중견\s*(?:제조)?\s*기업", "중견기업"),
    ("대기업", "대기업"),
)
_NUMBER = r"(\d{1,3}(?:,\d{3})*|\d+)\s*"
_BOUND = r"\s*(이하|미만|이상|초과|이내)"
_AND = r"(?:인|이고|이며|으로|~|,|부터)?\s*"
_AGE = re.compile(rf"업력\s*(?:이|은)?\s*{_NUMBER}년{_BOUND}(?:{_AND}{_NUMBER}년{_BOUND})?")
_FOUNDED = re.compile(
    rf"(?:업력|창업|설립|개업|개시|사업자\s?등록)\s*(?:한\s*지|일\s*(?:로부터|기준)|후|이후)?\s*(?:이|은|만)?\s*{_NUMBER}년{_BOUND}"
    rf"(?:{_AND}{_NUMBER}년{_BOUND})?"
)
_EMPLOYEES = re.compile(rf"{_NUMBER}(?:인|명){_BOUND}(?:{_AND}{_NUMBER}(?:인|명){_BOUND})?")
_GOVERNMENT = re.compile(r"(?:광역\s*)?(?:지방\s*정부|지방자치단체|지자체)")
_MANUFACTURER = re.compile(r"제조\s*(?:전문\s*)?기업|제조업체|제조\s*중소|국내\s*제조|제조업(?:을|에|\s*영위)")
_AI_FIRM = re.compile(r"AI\s*(?:솔루션\s*)?(?:개발|공급)?\s*기업|로봇\(?관련\)?\s*기업")
_INSURANCE = re.compile(r"고용보험")
_PRIORITY = re.compile(r"중점|우선|우대|권장|희망|가점")
# "서울은 신청할 수 없습니다": who is shut out may stand far from 지원대상.
_SHUTS_OUT = re.compile(r"(?:신청|참여|지원)할 수 없(?:다|습니다|음)|(?:신청|참여|지원)\s?불가")
_ONLY = re.compile(r"(?:기업|소상공인|법인)만\s|우선지원\s*대상\s*기업")
# An exception lets further applicants in and shuts nobody out.
_WIDENS = re.compile(r"예외|포함|신산업|관계없이|무관")
# "금형 업종 중소기업이 … 지원한다": running text that says who is helped.
_HELPED = re.compile(r"(?:중소\s?기업|소상공인|중견\s?기업)(?:이|을|를|에|에게|의)\s.{0,80}?(?:지원|모집|돕)")
_CLAUSE = re.compile(r"\s\*\s|\n")
_FUND = re.compile(r"([가-힣]{2,12}자금)(?!\s*조달)")
_PART = re.compile(r"^(?:\d\s+)?([가-힣A-Za-z0-9+()·\s]{4,30}?)\s*(?:\(\d[^)]*\))?\s*[:*]\s")
_PART_HEAD = re.compile(
    r"(?:^|> )(?:지원내용\s*)?\d\s*[:.]?\s+([^>(]{4,40}?(?:\([A-Z]+\)[^>(]{2,30})?)(?:\s*\(\d[^>]*)?$"
)
_CONSORTIUM = re.compile(r"컨소시엄|협업체|협의체")


def criteria(details: Sequence[Detail], gazetteer: Gazetteer) -> tuple[Criterion, ...]:
    """Conditions in the statements under 지원대상 and its like, each once, with the statement as evidence.

    Where no statement says who may apply, what running text says of it counts, less surely.
    """
    found: list[Criterion] = []
    for detail in details:
        for criterion in (*_shut_out(detail, gazetteer), *_favoured(detail)):
            if not _same(criterion, found):
                found.append(criterion)
        if detail.label in _WHO or any(p.search(detail.text) for p in (_AGE, _ONLY, _SHUTS_OUT)):
            for clause in _CLAUSE.split(detail.text):
                found.extend(
                    c for c in _criteria(replace(detail, text=clause.strip()), gazetteer) if not _same(c, found)
                )
    if not any(detail.label in _WHO for detail in details):
        found.extend(c for detail in details for c in _told(detail) if not _same(c, found))
    return tuple(_agreed(found))


def _agreed(found: Sequence[Criterion]) -> Iterator[Criterion]:
    """The conditions, doubtful where a programme states two bounds of one kind: each may hold for some applicants."""
    for criterion in found:
        rivals = {
            (c.minimum, c.maximum)
            for c in found
            if c.field is criterion.field and c.strict and c.track == criterion.track
        }
        bounded = criterion.minimum is not None or criterion.maximum is not None
        lows, highs = ({bound[side] for bound in rivals} - {None} for side in (0, 1))
        if bounded and criterion.strict and (len(lows) > 1 or len(highs) > 1):
            yield replace(criterion, confidence=min(criterion.confidence, CONFLICT))
        else:
            yield criterion


def _shut_out(detail: Detail, gazetteer: Gazetteer) -> Iterator[Criterion]:
    """Who is left out: circumstances, size classes and places under 제외대상 or in a sentence that shuts them out."""
    text = detail.text
    if detail.label != "제외대상":
        shutting = [s for s in re.split(r"(?<=[다요음함])\.\s*|\n", text) if SHUTS_OUT.search(s)]
        text = " ".join(shutting) if detail.label in _WHO or _SHUTS_OUT.search(detail.text) else ""
    kinds = circumstances(text)
    if kinds:
        yield Criterion(CriterionField.EXCLUSION, detail.text, detail.evidence, excluded=kinds, track=track_of(detail))
    if detail.label == "제외대상":
        sizes = tuple(size for pattern, size in _SIZES if re.search(pattern, text) and size in ("대기업", "중견기업"))
        if sizes and not re.search(r"계열|참여|집단|주주|출자|협력", text):
            yield Criterion(CriterionField.SIZE, detail.text, detail.evidence, excluded=tuple(dict.fromkeys(sizes)))
        places = provinces(text, gazetteer)
        if places:
            yield Criterion(CriterionField.REGION, detail.text, detail.evidence, excluded=places)


def _favoured(detail: Detail) -> Iterator[Criterion]:
    """Certificates that applicants must have, or that count in their favour."""
    if detail.label not in (*_WHO, "우대사항"):
        return
    for clause in _CLAUSE.split(detail.text):
        named = certificates(clause) if not SHUTS_OUT.search(clause) else ()
        if named:
            eases = detail.label == "우대사항" or _PRIORITY.search(clause) or _WIDENS.search(clause) or " 등" in clause
            yield Criterion(
                CriterionField.CERTIFICATION,
                detail.text,
                detail.evidence,
                allowed=named,
                strict=not eases,
                track=track_of(detail),
            )


def _told(detail: Detail) -> Iterator[Criterion]:
    """Size classes that running text names as those who are helped."""
    for sentence in re.split(r"(?<=[다요])\.\s*|\n", detail.text):
        if detail.label == "" and _HELPED.search(sentence) and (sizes := _sizes(sentence)):
            yield Criterion(CriterionField.SIZE, sentence, detail.evidence, allowed=sizes, confidence=TOLD_IN_PROSE)


def _same(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    return any(
        c.field == criterion.field
        and (c.allowed, c.excluded, c.minimum, c.maximum, c.track)
        == (criterion.allowed, criterion.excluded, criterion.minimum, criterion.maximum, criterion.track)
        for c in found
    )


def _criteria(detail: Detail, gazetteer: Gazetteer) -> Iterator[Criterion]:
    track = track_of(detail) or _track(detail)
    text, evidence = detail.text.removeprefix(f"{track}: "), detail.evidence
    who = detail.label in _WHO
    plain = re.sub(r"\([^)]*포함[^)]*\)", "", text)
    strict = not (_PRIORITY.search(re.sub(r"우선지원\s*대상|희망하는", "", plain)) or _WIDENS.search(plain))
    if (who or _GOVERNMENT.search(text)) and _SHUTS_OUT.search(text) and provinces(text, gazetteer):
        yield Criterion(CriterionField.REGION, text, evidence, excluded=provinces(text, gazetteer))
        return
    if who and listed_provinces(text, gazetteer):
        yield Criterion(CriterionField.REGION, text, evidence, allowed=listed_provinces(text, gazetteer))
    if who and _GOVERNMENT.search(text) and not re.search(r"기업", text):
        yield Criterion(CriterionField.APPLICANT, text, evidence, allowed=("광역 지방정부",))
        excluded = tuple(p for p in excluded_places(text, gazetteer))
        if excluded:
            yield Criterion(CriterionField.REGION, text, evidence, excluded=excluded)
        return
    sizes = _sizes(text)
    # "소상공인, 300인 미만 사업장" lists two ways in; the wider one, the number, decides.
    two_ways = sizes == ("소상공인",) and re.search(r"소상공인\s*(?:[,·/]|및|또는|이나)", text)
    if sizes and (who or _ONLY.search(text)) and not (who and _EMPLOYEES.search(plain) and two_ways):
        # 소기업 is smaller than what a profile calls 중소기업: such a firm may or may not be one.
        sure = SUBCLASS if re.search(r"(?<![가-힣])소기업", text) else SURE
        yield Criterion(CriterionField.SIZE, text, evidence, allowed=sizes, strict=strict, track=track, confidence=sure)
    for match in _EMPLOYEES.finditer(text):
        if who and re.search(r"기업|사업장|근로자|업체|소상공인|직원", text):
            low, high = _bounds(match)
            yield Criterion(
                CriterionField.EMPLOYEES,
                text,
                evidence,
                minimum=low,
                maximum=high,
                strict=strict,
                track=track_of(detail),
            )
    for match in (_FOUNDED if who else _AGE).finditer(text):
        low, high = _bounds(match)
        yield Criterion(CriterionField.AGE, text, evidence, minimum=low, maximum=high, strict=strict, track=track)
    if who and _MANUFACTURER.search(text) and not _CONSORTIUM.search(text):
        yield Criterion(CriterionField.INDUSTRY, text, evidence, allowed=("제조업",), strict=strict)
    elif who and _AI_FIRM.search(text) and not _CONSORTIUM.search(text) and "수요" not in text:
        yield Criterion(CriterionField.INDUSTRY, text, evidence, allowed=("AI",), strict=strict)
    if _INSURANCE.search(text) and re.search(r"미가입|가입하지", text) and re.search(r"포함|가능|대상", text):
        yield Criterion(CriterionField.INSURANCE, text, evidence, allowed=("미가입",), strict=False)
    elif who and _INSURANCE.search(text) and re.search(r"가입(?:한|된|\s*기업|\s*사업장|되어)|피보험", text):
        yield Criterion(CriterionField.INSURANCE, text, evidence, allowed=("가입",), strict=strict)
    if who and _CONSORTIUM.search(text):
        yield Criterion(
            CriterionField.CONSORTIUM, text, evidence, allowed=("컨소시엄",), track=track_of(detail), strict=strict
        )
    if who:
        yield from regions(text, detail, gazetteer, strict)


def _sizes(text: str) -> tuple[str, ...]:
    found = [size for pattern, size in _SIZES if re.search(pattern, text)]
    if re.search(r"중소[·ㆍ,\s]*중견", text):
        found.append("중견기업")
    if "대기업" in found and EXCLUDES.search(text):
        found.remove("대기업")
    if "대기업" in found and "중소기업" in found:
        return ()
    return tuple(dict.fromkeys(found))


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The inclusive bounds of "10인 이상" or of "10인 이상 300인 미만"."""
    low: int | None = None
    high: int | None = None
    for number, bound in ((match[1], match[2]), (match[3], match[4])):
        if number:
            count = int(number.replace(",", ""))
            low = {"이상": count, "초과": count + 1}.get(bound, low)
            high = {"이하": count, "이내": count, "미만": count - 1}.get(bound, high)
    return low, high


def _track(detail: Detail) -> str | None:
    """The fund or the numbered part of a programme that a statement speaks of."""
    text = detail.text
    fund = _FUND.search(text) or _FUND.search(detail.evidence.section)
    if fund:
        return fund[1]
    part = _PART.match(text) or _PART_HEAD.search(detail.evidence.section)
    return part[1].strip() if part else None
