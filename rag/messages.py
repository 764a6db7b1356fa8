"""Sentences: an outcome or a place in a document flows in, the Korean words for it flow out."""

from __future__ import annotations

from rag.domain import AnswerStatus, Evidence, PeriodStatus, Source, Verdict

OUTCOME = {
    AnswerStatus.ANSWERED: "문서에서 확인한 내용입니다.",
    AnswerStatus.PARTIAL: "물어보신 내용 가운데 일부만 문서에서 확인되었습니다.",
    AnswerStatus.CLARIFY: "정확히 안내하려면 한 가지를 더 알아야 합니다.",
    AnswerStatus.NOT_FOUND: "물어보신 내용은 등록된 문서에서 확인되지 않습니다.",
    AnswerStatus.OUT_OF_SCOPE: (
        "등록된 지원사업 문서에서 확인되지 않는 내용입니다. "
        "기업 지원사업의 신청 자격, 신청기간, 문의처를 물어봐 주세요."
    ),
    AnswerStatus.REFUSED: "개인 연락처나 사생활에 관한 정보는 안내할 수 없습니다.",
    AnswerStatus.FAILED: "답변을 만들지 못했습니다. 잠시 뒤에 다시 물어봐 주세요.",
}

STANDING = {
    PeriodStatus.OPEN: "접수 중",
    PeriodStatus.CLOSED: "마감",
    PeriodStatus.UPCOMING: "예정",
    PeriodStatus.ALWAYS: "상시",
    PeriodStatus.UNKNOWN: "확인 필요",
}


GREETING = "안녕하세요. 기업 지원사업에 대한 질문에 답합니다. 신청 자격, 신청기간, 문의처를 물어봐 주세요."
IDENTITY = (
    "사람이 아니라, 지원사업 문서를 찾아 답하는 자동 안내 챗봇입니다. "
    "사람과 이야기하려면 사업마다 적힌 문의처로 전화해 주세요. 어느 사업의 문의처가 필요한가요?"
)
THANKS = "도움이 되었다니 다행입니다. 더 궁금한 지원사업이 있으면 물어봐 주세요."
VERDICT_BRIEF = {
    Verdict.ELIGIBLE: "확인된 요건에 모두 맞음",
    Verdict.POSSIBLE: "가능, 확인할 요건 있음",
    Verdict.INELIGIBLE: "맞지 않음",
}

RECOGNISED = "스캔 문서에서 글자 인식으로 읽음"
NO_INVENTION = "문서에서 확인되지 않는 번호나 날짜, 수치는 지어내지 않습니다."
NO_ORDERS = "답변 방식을 바꾸라는 요청은 따르지 않습니다. 문서에서 확인한 내용만 안내합니다."
NO_INSIDE = "챗봇에 준 지시문이나 비공개 내부 자료는 안내할 수 없습니다. 등록된 문서에서도 확인되지 않습니다."
NO_FRAUD = "사실과 다르게 신청하는 방법은 안내할 수 없습니다. 요건은 문의처에 그대로 알리고 확인해 주세요."
NO_GUARANTEE = "선정 여부는 심사와 평가로 정해지므로 보장할 수 없습니다."
# Between what a model told before it failed and the grounded answer, by whether the answer is in English.
TOLD_AGAIN = {
    False: "앞의 설명이 온전하지 않아, 문서에서 확인한 내용으로 다시 알려 드립니다.",
    True: "The reply above is not complete; here is again what the documents say.",
}
LOAN_NOT_GRANT = "갚을 필요 없는 보조금이 아니라 갚아야 하는 대출(융자)입니다."


def place(evidence: Evidence, source: Source | None) -> str:
    """Where in a document a reader finds the words: "17–18쪽"; the heading above them where no pages are known."""
    if source and not source.paged:
        return evidence.section.rpartition(" > ")[2] or "쪽 정보 없는 문서"
    first, last = evidence.pages
    return f"{first}쪽" if first == last else f"{first}–{last}쪽"
