"""Sentences for whoever decides on a candidate: what would change, what stands against it, and what to do."""

from __future__ import annotations

FIELDS = {
    "name": "이름",
    "year": "연도",
    "period": "신청기간",
    "contact": "문의처",
    "benefit": "지원금액",
    "own_share": "자부담",
    "criterion": "지원대상",
    "apply": "신청방법",
    "papers": "제출서류",
    "agency": "담당 기관",
    "ministry": "소관 부처",
    "region": "지역",
    "track": "세부 유형",
    "budget": "예산",
    "statement": "내용",
}
ALWAYS, UNTIL_SPENT, MONTHLESS, CANCELLED = "연중 상시", "예산 소진 시까지", "공고 예정", "취소"
EXPECTED = "{month} 중 공고 예정"
HOURS = "{0:%H:%M}"
OF_TRACK = "{track}: {text}"
CHANGE_UNREAD = "'{title}'에서 바뀐 내용을 읽지 못함"
OWN_SHARE = "총사업비의 {share}% 부담"
UNREAD_CLAUSE = "{text} (읽지 못한 조건)"
YEAR = "{year}년"

ADDED = "'{program}' 사업이 새로 들어옵니다."
REMOVED = "'{program}' 사업이 없어집니다."
CANCELLED_NOW = "'{program}' 공고가 취소됩니다."
CHANGED = "'{program}'의 {field} 바뀝니다: '{was}' → '{now}'"
GAINED = "'{program}'에 {field} 더해집니다: '{now}'"
LOST_VALUE = "'{program}'의 {field} 없어집니다: '{was}'"
REMOVALS = (
    "사업 {count}개가 없어집니다. 지금 {served}개 가운데 {most}개까지만 사람의 확인 없이 없앱니다. "
    "빠진 문서가 없는지 확인해 주세요."
)
LOWER = (
    "'{program}'의 {field} 덜 믿을 문서({theirs})대로 바뀝니다: '{was}'({ours}) → '{now}'. "
    "맞는지 공고를 낸 곳에 확인해 주세요."
)
DISPUTED = (
    "'{program}'의 {field} 덜 믿을 문서({theirs})가 다르게 적었습니다: '{was}' → '{now}'. "
    "답변에는 확인되지 않은 것으로 함께 나옵니다."
)
UNREAD = (
    "'{program}'의 {field} 문서에서 읽지 못했습니다. 원본을 보고 overrides.yaml에 적거나, "
    "문서에 없는 것이 맞으면 받아들여 주세요."
)
FAILED = "'{program}'에 관한 “{question}”에 답하지 못합니다({why})."
LOST = "'{program}'에 관한 “{question}”에 답하던 내용을 이제 답하지 못합니다."
ANSWERED_OTHERWISE = "'{program}'에 관한 “{question}”의 답이 달라집니다."
GOLDEN_TURNED = "지키는 질문 “{question}”의 답이 이제 맞지 않습니다: {why}"
GOLDEN_FAILS = "지키는 질문 “{question}”은 지금 판에서도 맞지 않습니다: {why}"
SAMPLED = "새로 들어오거나 바뀐 사업 {of}개 가운데 {count}개만 물어보았습니다. 나머지는 바뀐 값으로만 견주었습니다."
NO_ANSWER = "오류 {error}"

UNREAD_GOLDEN = "{file}: 읽을 수 없습니다. UTF-8로 저장하고 권한을 확인해 주세요."
GOLDEN_LINE = "{file} {line}번째 줄: {why} 고친 뒤 다시 실행해 주세요."
NO_JSON = "JSON이 아닙니다({error})."
NO_OBJECT = "{{ }} 안에 적은 JSON 하나여야 합니다."
NO_TEXT = "question에 질문(2,000자까지)을 적어야 합니다."
NO_DAY = "as_of에 기준일을 2026-03-20처럼 적어야 합니다."
UNKNOWN_KEY = "모르는 항목 {names}이(가) 있습니다. 쓸 수 있는 항목은 {known}입니다."
NO_WORDS = '{key}에는 낱말을 ["낱말", …]처럼 적어야 합니다.'
NO_PROFILE = "profile을 읽을 수 없습니다({error})."
NOTHING_WANTED = "must_include, must_not_include, programs_any 가운데 하나는 있어야 합니다."

STEP_OLD, STEP_NEW = "지금 판에 묻기", "새 판에 묻기"
