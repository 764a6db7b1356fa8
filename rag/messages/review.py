"""Sentences for those who look after the corpus: what is out of date or unsure in it, and what to do."""

from __future__ import annotations

UNSURE_CRITERION = "문서에서 또렷이 확인되지 않는 요건입니다."

OLD = "발행({published_on})한 지 1년이 넘었습니다."
LOOK_FOR_NEWER = "새로 나온 문서가 있는지 확인하고, 있으면 바꿔 넣어 주세요."
ALL_PAST = "접수기간이 모두 지났습니다{last_day}."
LAST_DAY = "(마지막 날: {day})"
LOOK_FOR_NOTICE = "올해 공고가 나왔는지 확인하고, 나왔으면 새 문서를 넣어 주세요."
STILL_ANNOUNCED = "예정된 공고 시기가 지났으나 정해진 날짜가 없습니다."
LOOK_FOR_DAYS = "확정된 공고문을 찾아 넣어 주세요."
