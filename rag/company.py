"""The company: words of a question flow in, what they tell of the applicant flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.domain import CompanyProfile, SizeClass
from rag.places import PlaceMention

_EMPLOYEES = re.compile(
    r"(?:직원|상시|근로자|종업원|인원|사람|재직자|종사자|총)\s*수?\s*(?:은|는|이|가)?\s*(?:약|정확히)?\s*(\d{1,5})\s*(?:명|인)"
    r"|^\s*(\d{1,5})\s*(?:명|인)(?:\s*(?:요|입니다))?[.\s]*$"
    r"|(\d{1,5})\s*(?:명|인)(?:\s*(?:규모|회사|업체|중소|짜리|이|인|정도|다니|사업장|되는|일하|근무|제조))"
)
_AGE = re.compile(
    r"(?:업력|설립(?:한\s*지)?|창업(?:한\s*지)?|만든\s*지|세운\s*지|차린\s*지)\s*(?:이|은)?\s*(\d{1,2})\s*년"
    r"|(?<!\d)(\d{1,2})\s*년\s*(?:차|됐|되었|된\s*(?:회사|기업|업체))"
)
_FOUNDED = re.compile(r"(19\d\d|20\d\d)\s*년(?:에|도에)?\s*(?:설립|창업|개업|시작|세웠|세운|차렸|차린|만들|만든)")
_CLAIMED = re.compile(
    r"(소상공인|중소|중견|대(?=기업))(?:기업)?\s*(?:이에요|예요|입니다|인데|이고|이라|이야|이요|요(?![가-힣])|임(?![가-힣])|입니더)"
)
_CLASSES = {"소상공인": SizeClass.MICRO, "중소": SizeClass.SMALL, "중견": SizeClass.MEDIUM, "대": SizeClass.LARGE}
_UNINSURED = re.compile(r"(?:고용\s*보험)[^.?!]{0,8}(?:안|못|미가입|없)")
_INDUSTRIES = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"병원|의원|의료기관|영상의학|치과", "의료기관"),
        (
            r"쇼핑몰|도소매|소매|도매|유통|옷\s*파는|(?:떼다|사다|갖다|인터넷으로|온라인에서)[^.?!]{0,8}(?:파는|팔)",
            "도소매",
        ),
        (r"물류|택배|운송|화물", "물류 서비스"),
        (r"식당|카페|음식점|분식|빵집|미용실", "음식점·생활 서비스"),
        (
            r"AI\s*(?:개발|솔루션|소프트웨어|(?:기업|회사|업체|스타트업)(?!\s*(?:은|는|이|가)?\s*아)|업첸)"
            r"|인공지능\s*(?:개발|기업|회사)|AI를?\s*(?:만드|개발)",
            "AI 소프트웨어 개발",
        ),
        (r"(?:소프트웨어|SW|IT|게임|앱)\s*(?:개발|회사|업체)", "소프트웨어 개발"),
        (r"제조|공장|금형|부품|가공|생산업", "제조"),
    )
)
# "공장은 없구요", "제조는 안 해요": what the company is not.
_DENIED = re.compile(r"(?:공장|제조|생산)[은는이가도을를]?\s*(?:업이?\s*)?(?:없|안\s*(?:하|해|합)|아니|아닙|아닌)")
# Numbers as people count: tens, then ones.
_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = dict(zip(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"], range(1, 10), strict=True)) | {
    word: at for at, words in enumerate(("하나", "둘", "셋 서이", "넷 너이"), 1) for word in words.split()
}
_NATIVE = rf"(?:(?P<tens>{'|'.join(_TENS)})\s?(?P<ones>{'|'.join(_ONES)})?|(?P<few>{'|'.join(_ONES)}))"
_COUNTED = re.compile(
    rf"(?P<hundreds>[일이삼사오육칠팔구]?백)?\s?{_NATIVE}\s*(?:명|사람|분(?!야|기))"
    r"(?!이?\s*(?:만|까지|씩|신청|참가|참여|수강|들으|배우|갈))"
)
_LONE_COUNT = re.compile(rf"(?:직원|종업원|직언|식구)[은는이가도]?\s*{_NATIVE}(?![가-힣]*\s*(?:번|째))")
_YEARS = re.compile(rf"{_NATIVE}\s*(?:해|년)\s*(?:째|차|됐|되었|정도|쯤)|(?P<digits>\d{{1,2}})\s*(?:년|해)\s*째")
_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SPELLED = re.compile(r"([일이삼사오육칠팔구]?백)?([일이삼사오육칠팔구]?십)?([일이삼사오육칠팔구])?\s*명")


def company_in(text: str, places: Sequence[PlaceMention], base: CompanyProfile, as_of: date) -> CompanyProfile:
    """The profile `base` with what the text says put over it; a place counts only where it is clear."""
    clear = sorted((m for m in places if m.is_clear), key=lambda m: m.is_area)
    region = next((m.words if m.is_area else m.candidates[0] for m in clear), None)
    told = _DENIED.sub(" ", text)
    industry = next((name for pattern, name in _INDUSTRIES if pattern.search(told)), None)
    employees = _employees(text)
    return replace(
        base,
        region=region or base.region,
        employees=employees if employees is not None else base.employees,
        founded=_founded(text, as_of) or base.founded,
        industry=base.industry or industry,
        size=_claimed_size(text) or base.size or _size(text),
        insured=False if _UNINSURED.search(text) else base.insured,
    )


def founding_years(text: str) -> tuple[int, ...]:
    """Years that the text gives as those of a founding, which are no years of a programme."""
    return tuple(int(match[1]) for match in _FOUNDED.finditer(text))


def _employees(text: str) -> int | None:
    for match in _EMPLOYEES.finditer(text):
        return int(match[1] or match[2] or match[3])
    for match in (*_COUNTED.finditer(text), *_LONE_COUNT.finditer(text)):
        hundreds = match.groupdict().get("hundreds")
        return _spelled(hundreds, 100) + _native(match)
    for match in _SPELLED.finditer(text):
        hundreds, tens, ones = match.groups()
        if hundreds or tens:
            return _spelled(hundreds, 100) + _spelled(tens, 10) + _DIGITS.get(ones or "", 0)
    return None


def _spelled(words: str | None, unit: int) -> int:
    """ "삼백" is 300, "백" 100."""
    return unit * _DIGITS.get(words[0], 1) if words else 0


def _native(match: re.Match[str]) -> int:
    """ "스물넷" is 24, "마흔" 40, "네" 4."""
    return _TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or match["few"] or "", 0)


def _founded(text: str, as_of: date) -> int | None:
    told = founding_years(text)
    age = _AGE.search(text)
    if told:
        return told[0]
    if age:
        return as_of.year - int(age[1] or age[2])
    lasting = _YEARS.search(text)
    return as_of.year - (int(lasting["digits"]) if lasting["digits"] else _native(lasting)) if lasting else None


def _claimed_size(text: str) -> SizeClass | None:
    """The size class that the asker says the company has ("소상공인입니다"), whatever was said before."""
    claimed = _CLAIMED.search(text)
    return _CLASSES[claimed[1]] if claimed else None


def _size(text: str) -> SizeClass | None:
    """The size class that the text speaks of; a question on several classes claims none."""
    named = [size for size in SizeClass if size.value in text]
    return named[0] if len(named) == 1 else None
