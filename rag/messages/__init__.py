"""Sentences: a standing, a verdict or a place in a document flows in, the Korean words for it flow out."""

from __future__ import annotations

from rag.domain import Evidence, PeriodStatus, Source, Verdict

STANDING = {
    PeriodStatus.OPEN: "접수 중",
    PeriodStatus.CLOSED: "마감",
    PeriodStatus.UPCOMING: "예정",
    PeriodStatus.ALWAYS: "상시",
    PeriodStatus.UNKNOWN: "확인 필요",
    PeriodStatus.CANCELLED: "취소",
}
VERDICT_BRIEF = {
    Verdict.ELIGIBLE: "확인된 요건에 모두 맞음",
    Verdict.POSSIBLE: "가능, 확인할 요건 있음",
    Verdict.INELIGIBLE: "맞지 않음",
}

APPLY, KEEP_DAYS, SEE_PAGE = "신청하기", "일정에 추가", "쪽 보기"
RECOGNISED = "스캔 문서에서 글자 인식으로 읽음"
KEPT = "지금 파일을 읽지 못해 예전에 읽은 내용"
# Between what a model told before it failed and the grounded answer, by whether the answer is in English.
TOLD_AGAIN = {
    False: "앞의 설명이 온전하지 않아, 문서에서 확인한 내용으로 다시 알려 드립니다.",
    True: "The reply above is not complete; here is again what the documents say.",
}

WHICH_PLACE = "회사(사업장)는 어느 시·군·구에 있나요?"
WHICH_OF = "{place} 여러 곳에 있습니다. 어느 시·도인가요?"
WHICH_SIBLING = "{name} 여러 곳에서 합니다. 어느 지역 것을 찾으시나요?"
WHICH_MEANT = "어느 지원사업을 말씀하시나요?"
WHICH_PART_OF = "{place} 안에서 어느 시·군·구인가요?"
RUN_BY = "소관"
IS_LOAN, IS_GUARANTEE = "갚아야 하는 대출(융자)입니다", "대출을 받을 때 서는 보증입니다"
PARTS = "유형"
BUDGET = "사업 전체 예산"
AT_MOST = "최대 {sum}"
RECKONED_SUPPORT = "총사업비가 {total}이면 {rate}인 {sum}까지 지원합니다"
RECKONED_AT_MOST = "총사업비가 {total}이면 {rate}가 한도를 넘어 {most}까지 지원합니다"
RECKONED_RATE = "{counted} {each}{sum}입니다({rate})"
RECKONED_RATE_AT_MOST = "{counted} {each}많아야 {sum}입니다({rate})"
EACH_PERSON, EACH_MONTH, EACH_YEAR = "1명당", "한 달에", "한 해에"
RECKONED_OWN = "총사업비가 {total}이면 {rate}인 {sum}을 회사가 부담합니다"
RECKONED_OWN_BEYOND = "총사업비가 {total}이면 지원은 한도인 {most}까지이고, 나머지 {sum}을 회사가 부담합니다"
NO_DAY = "정확한 접수 날짜는 자료에서 확인되지 않습니다"
OF_TIME = "{time} 내용"
YEAR = "{year}년"
FAX = "팩스 {numbers}"
OWN_IS = "총사업비의 {share}를 회사가 부담합니다"
REST_IS_OWN = "{statement} 지원하고, 나머지는 회사가 부담합니다."
NO_SUCH_FIGURE = "자료에 그 내용이 없어 뺐습니다."
NOT_STATED = "자료에서 확인되지 않습니다"


def caution(evidence: Evidence, source: Source | None) -> str:
    """What a reader is told of how these words came to be known; '' where they were simply read."""
    if source is None:
        return ""
    notes = ((source.is_recognised(evidence.pages), RECOGNISED), (source.kept, KEPT))
    return " · ".join(words for holds, words in notes if holds)


def dates_of(published_on: str, collected_on: str = "", checked_on: str = "") -> str:
    """The days of a document, those that are known: "2026-01 발행, 2026-03-02 수집, 2026-03-20 확인"."""
    known = ((collected_on, "수집"), (checked_on, "확인"))
    return ", ".join((f"{published_on} 발행", *(f"{day} {what}" for day, what in known if day)))


def place(evidence: Evidence, source: Source | None) -> str:
    """Where in a document a reader finds the words: "17–18쪽"; the heading above them where no pages are known."""
    if source and not source.paged:
        return evidence.section.rpartition(" > ")[2] or "쪽 정보 없는 문서"
    first, last = evidence.pages
    return f"{first}쪽" if first == last else f"{first}–{last}쪽"
