"""Headings: what people write above a column flows in, the field of a company or of the survey it means flows out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from rag.diagnosis.survey import survey
from rag.korean import with_particle

COMPANY, SURVEY = "company", "survey"
SITE = "site"
SIMILAR_ENOUGH = 0.6
UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "천만원": 10_000_000, "억원": 100_000_000}
_REMARKS = frozenset({"no", "번호", "연번", "순번", "순서", "비고", "메모", "참고"})
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Heading:
    """One thing asked of a company: field `id` of `part`, with the `label` that users are told.

    `kind` says how a cell is read: "words", "line" (what stands below several such headings, together), "digits",
    "yes_no", "day", "size", "count", "year", "amount" (KRW), "trainings", "notes" (several, apart by ;), or "one" or
    "many" of the options of that question of the survey. `others` are understood too.
    """

    part: str
    id: str
    label: str
    kind: str
    others: tuple[str, ...] = ()
    hint: str = ""


_COMPANY = (
    (
        "name",
        "회사명",
        "words",
        "기업명 업체명 상호 사업장명 기업이름 회사이름 사업체명 법인명 상호명 업체이름",
        "안산에 있는 금속 가공 회사",
    ),
    (
        "workplace_number",
        "사업장관리번호",
        "digits",
        "고용보험사업장관리번호 사업장번호 고용보험관리번호",
        "앞의 0까지 그대로 적습니다",
    ),
    (
        "address",
        "소재지",
        "words",
        "주소 지역 사업장소재지 사업장주소 회사주소 소재지주소 본사소재지 본사주소 본점소재지 본점주소 본사 본점 "
        "region",
        "시·군·구까지. 예: 경기도 화성시",
    ),
    (
        "site",
        "훈련 실시 장소",
        "words",
        "훈련실시장소 훈련장소 훈련실시지역 실시장소 훈련지 공장소재지 공장주소 생산지 지점주소 지점소재지",
        "소재지와 다를 때만. 예: 충청남도 아산시",
    ),
    ("industry", "업종", "line", "업종명 주업종 산업 업태 종목 주업태 주종목 업태종목", "예: 자동차 부품 제조업"),
    (
        "industry_code",
        "업종코드",
        "digits",
        "산업분류코드 표준산업분류 표준산업분류코드 업종분류코드 주업종코드",
        "예: 25924",
    ),
    ("insured", "고용보험 가입 여부", "yes_no", "고용보험", "예, 아니오"),
    (
        "insured_since",
        "고용보험 성립일",
        "day",
        "고용보험성립일자 보험성립일 고용보험가입일 성립일 성립일자 고용보험성립연월일",
        "예: 2015-03-02",
    ),
    (
        "priority_support",
        "우선지원대상기업 여부",
        "yes_no",
        "우선지원 우선지원대상 우선지원기업 우선지원대상기업해당 우선지원대상기업구분",
        "예, 아니오",
    ),
    ("size", "규모", "size", "기업규모 기업구분 규모구분", "소상공인, 중소기업, 중견기업, 대기업 가운데 하나"),
    (
        "employees",
        "상시근로자 수",
        "count",
        "상시근로자 근로자수 직원수 종업원수 상시근로자인원 인원 상시인원 상시고용인원",
        "예: 32",
    ),
    (
        "founded",
        "설립연도",
        "year",
        "설립일 설립년도 설립일자 개업일 개업연도 창업연도 설립연월일 개업연월일 개업일자",
        "예: 2015",
    ),
    ("founded_month", "설립 월", "count", "설립월 설립한달 개업월", "1~12. 설립일을 적으면 비웁니다"),
    ("person", "담당자", "words", "담당자명 담당자이름 성명 담당자성명 훈련담당자 교육담당자", "이름과 직위"),
    ("is_government", "지방정부 여부", "yes_no", "지자체 지방자치단체 지방정부해당", "예, 아니오"),
    (
        "trainings",
        "훈련이력",
        "trainings",
        "교육이력 훈련실적 교육훈련이력",
        "이름(2025년, 10명, 20시간); 이름(2024년)",
    ),
    ("support_ceiling", "연간 지원한도", "amount", "지원한도 지원한도액 연간지원한도액 훈련지원한도", "예: 2천만원"),
    ("support_used", "사용액", "amount", "지원사용액 지원한도사용액 사용금액 한도사용액", "예: 500만원"),
    (
        "circumstances",
        "그 밖의 사정",
        "notes",
        "기타사정 확인서 인증 인증현황 보유인증 특이사항",
        "확인서·인증, 체납, 참여제한 등. 예: 벤처기업 확인서 있음; 체납 없음",
    ),
)
_SEATS = frozenset({"본사소재지", "본사주소", "본점소재지", "본점주소", "본사", "본점"})
_WORKPLACES = frozenset({"사업장소재지", "사업장주소"})
# What the profile of `/v1/ask` calls a thing that the survey asks.
_ALSO = {"wants": ("needs", "필요한 것")}


@cache
def headings() -> tuple[Heading, ...]:
    """Every heading there is: of the company first, then of the survey in the order asked."""
    company = (
        Heading(COMPANY, id_, label, kind, tuple(others.split()), hint) for id_, label, kind, others, hint in _COMPANY
    )
    asked = (Heading(SURVEY, q.id, q.topic, q.kind, (q.text, *_ALSO.get(q.id, ())), q.text) for q in survey())
    return (*company, *asked)


def plain(text: str) -> str:
    """A name with all that people vary taken out: white space, remarks and units in brackets, signs, 여부, case."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"[\W_]", "", text).removesuffix("여부")


def heading(text: str) -> Heading | None:
    """The heading that was written, in Korean or by its English name."""
    return _names().get(plain(text))


def nearest(text: str) -> Heading | None:
    """The heading that was most likely meant by one that nobody knows."""
    wanted = _letters(text)
    ranked = ((SequenceMatcher(None, wanted, _letters(name)).ratio(), name) for name in _names())
    likeness, name = max(ranked)
    return _names()[name] if likeness >= SIMILAR_ENOUGH else None


def unknown(text: str) -> str:
    """The sentence on a heading that nobody knows, with the one that was likely meant."""
    meant = nearest(text)
    asked = with_particle(f"'{meant.label}'", "을", "를") if meant else ""
    return f"'{text[:60]}': 모르는 항목입니다." + (f" {asked} 뜻하나요?" if asked else "")


def is_remark(text: str) -> bool:
    """Whether a column is of no account here, such as 연번 or 비고."""
    return plain(text) in _REMARKS


def unit(text: str) -> int:
    """How many KRW a bare number below a heading of money stands for: "연간 지원한도(만원)" is 10,000."""
    bracketed = (re.sub(r"\s|단위|:", "", found[1:-1]) for found in _BRACKETED.findall(text))
    return next((UNITS[words] for words in bracketed if words in UNITS), 1)


def label(part: str, id_: str) -> str | None:
    """What users are told for a field of the company or the survey."""
    return next((known.label for known in headings() if (known.part, known.id) == (part, id_)), None)


def placed(titles: Sequence[str]) -> tuple[Heading | None, ...]:
    """The heading of each title of one table: beside a seat, the address of a workplace is where training is held."""
    found = [heading(title) for title in titles]
    if any(plain(title) in _SEATS for title in titles) and not any(h and h.id == SITE for h in found):
        site = heading(SITE)
        found = [site if plain(title) in _WORKPLACES else h for title, h in zip(titles, found, strict=True)]
    return tuple(found)


@cache
def _names() -> dict[str, Heading]:
    return {plain(name): known for known in headings() for name in (known.id, known.label, *known.others)}


def _letters(text: str) -> str:
    """The letters that Korean syllables are made of, so that one wrong letter is a small difference."""
    return unicodedata.normalize("NFD", plain(text))
