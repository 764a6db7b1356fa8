"""Sentences for those who look after the corpus: what is out of date or unsure in it, and what to do."""

from __future__ import annotations

from rag.domain import Disputed, Extent, Rank, ReviewCode

EXTENTS = {
    Extent.READ: "읽음",
    Extent.PARTLY: "일부만 읽음",
    Extent.KEPT: "이전에 읽은 내용",
    Extent.UNREAD: "읽지 못함",
    Extent.SET_ASIDE: "뺌",
}
HEADINGS = {
    ReviewCode.FILE: "읽은 결과를 확인할 파일",
    ReviewCode.DAMAGED: "글자가 깨지거나 잘린 곳",
    ReviewCode.SHRUNK: "이전 판보다 글이 준 파일",
    ReviewCode.DUPLICATE: "내용이 같은 파일",
    ReviewCode.CONFLICT: "문서끼리 다른 값",
    ReviewCode.UNSURE: "또렷이 읽지 못해 답변에서 뺀 값",
    ReviewCode.LAPSED: "문서가 바뀌어 다시 볼 고침",
    ReviewCode.MISSING: "찾지 못한 값",
    ReviewCode.UNCONFIRMED: "문서가 스스로 확인되지 않는다고 적은 곳",
    ReviewCode.UNREAD: "임베딩 모델이 끝까지 읽지 못한 글",
    ReviewCode.LINK: "닿지 않거나 옮겨진 주소",
    ReviewCode.STALE: "오래된 문서와 사업",
    ReviewCode.PAST: "접수가 끝났거나 예정 시기가 지난 사업",
    ReviewCode.OVERRIDDEN: "직원이 고친 값",
}
LEFT_OUT = "파일 {files}개 가운데 {parts}가 있습니다. 까닭과 할 일은 {where}."
OF_EXTENT = "{extent} {count}개"
IN_DOCTOR, ABOVE = "`jiwon doctor`로 볼 수 있습니다", "위에 있습니다"

UNSURE_CRITERION = "문서에서 또렷이 확인되지 않는 요건입니다."

OLD = "발행({published_on})한 지 1년이 넘었습니다."
LOOK_FOR_NEWER = "새로 나온 문서가 있는지 확인하고, 있으면 바꿔 넣어 주세요."
ALL_PAST = "접수기간이 모두 지났습니다{last_day}."
LAST_DAY = "(마지막 날: {day})"
LOOK_FOR_NOTICE = "올해 공고가 나왔는지 확인하고, 나왔으면 새 문서를 넣어 주세요."
STILL_ANNOUNCED = "예정된 공고 시기가 지났으나 정해진 날짜가 없습니다."
LOOK_FOR_DAYS = "확정된 공고문을 찾아 넣어 주세요."

FIELDS = {
    Disputed.PERIOD: "신청기간",
    Disputed.CONTACT: "전화번호",
    Disputed.AMOUNT: "지원금액",
    Disputed.CONDITION: "지원대상",
    Disputed.IDENTITY: "담당 기관",
    Disputed.EVENT: "공고 변경",
}
RANKS = {
    Rank.UNLISTED: "manifest.csv에 없는 파일",
    Rank.PRESS: "언론 자료",
    Rank.GOVERNMENT: "다른 기관의 자료",
    Rank.RUNNER: "사업을 맡은 기관의 자료",
    Rank.STAFF: "직원이 확인한 자료",
}
CONFLICTING = (
    "{field} 문서마다 다릅니다: 이 문서는 '{old}', {other}{page}은(는) '{new}'. "
    "답변에는 나중 문서({other})의 값을 씁니다."
)
COMPARE_DOCUMENTS = "두 문서를 견주어 확인하고, 틀린 문서를 빼거나 overrides.yaml에 바른 값을 적어 주세요."
DISPUTED = (
    "{field} 더 믿을 문서와 다릅니다: 이 문서({rank})는 '{theirs}', {other}은(는) '{ours}'. "
    "답변에는 {other}의 값을 쓰고, 이 값은 확인되지 않은 것으로만 알립니다."
)
DISPUTED_EVENT = (
    "이 문서({rank})만 공고가 바뀌었다고 합니다: '{theirs}'. 접수 여부와 기간은 {other}대로 답하고, 이 내용은 확인되지 "
    "않은 것으로만 알립니다."
)
WAITING = "{field} 이 문서({rank})에만 있어('{theirs}'), 확인되기 전에는 답변에 쓰지 않습니다."
ACCEPT_OR_REMOVE = (
    "원래 공고를 낸 곳에 확인하고, 맞으면 manifest.csv에 이 문서의 행을 넣어 rank 칸에 staff를 적고, "
    "틀리면 파일을 빼 주세요."
)
SAME_NAME = (
    "이미 등록된 사업 '{name}'({body})과 이름이 같거나 비슷합니다. 이 문서({rank})로 사업을 따로 만들지 않고, "
    "다른 값은 확인을 기다립니다."
)
THIN = "앞선 문서({other})보다 적힌 것이 적은 공고입니다. 여기에 없는 값은 앞선 문서대로 답합니다."
LOOK_WHETHER_WHOLE = "빠진 내용이 없는지 원본과 견주어 확인해 주세요."
STRAY = "이름은 같지만 공고번호({numbers})가 다른 공고를 바꾸는 문서라 이 사업에 적용하지 않았습니다."
ADD_THE_CALL = "그 공고번호의 원래 공고를 넣거나, 이 사업의 공고가 맞으면 overrides.yaml에 바뀐 값을 적어 주세요."
CHANGE_UNREAD = (
    "먼저 나온 공고를 바꾸는 공고인데 바뀐 내용을 읽지 못했습니다. 이 사업의 접수 여부는 알 수 없다고 답변합니다."
)
WRITE_THE_CHANGE = "공고를 확인하고 바뀐 값을 overrides.yaml에 적어 주세요."
LURE = "계좌번호나 요금이 드는 번호({numbers})가 있어 그 줄을 답변에 쓰지 않습니다."
LOOK_AT_LURE = "공고를 낸 곳이 적은 것이 맞는지 확인하고, 아니면 파일을 빼 주세요."
SILENCED = "'{name}'에 대해 더 믿을 문서와 다른 값이 든 글 {count}줄을 검색에서 뺐습니다."
LINK_GONE = "주소 {url}에 페이지가 없습니다({day} 확인, {status})."
LINK_MOVED = "주소 {url}이(가) {to}(으)로 옮겨졌습니다({day} 확인)."
LINK_UNREACHABLE = "주소 {url}에 닿지 못했습니다({day} 확인): {why}"
LINK_FAULTY = "주소 {url}의 서버가 오류를 냈습니다({day} 확인, {status})."
LOOK_AT_LINK = "담당 기관의 누리집에서 바른 주소를 찾아 manifest.csv의 source_url이나 문서를 고쳐 주세요."
NOT_CHECKED = "원래 있던 곳을 오래 확인하지 않았습니다(마지막 확인 {checked_on})."
LOOK_AT_ORIGIN = "원래 있던 곳을 다시 확인하고, 바뀌었으면 새 문서를 넣어 주세요."
STILL_RUNNING = "기한 없이 접수한다고 적은 문서가 발행된 지 오래되었습니다({published_on} 발행)."
LOOK_WHETHER_RUNNING = "지금도 접수하는지 담당 기관에 확인하고, 아니면 직원 알림이나 overrides.yaml에 적어 주세요."
