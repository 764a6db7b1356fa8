"""Words put into prompts: what languages, speakers and sorts of literals are called there, and what is withheld."""

from __future__ import annotations

LANGUAGES = {False: "한국어", True: "영어(English)"}
"""By whether the answer is in English."""
SPEAKERS = {"user": "질문한 사람", "assistant": "지난 답"}
LITERALS = {
    "email": "전자우편",
    "url": "누리집 주소",
    "phone": "전화번호",
    "date": "날짜",
    "amount": "금액",
    "share": "비율",
}
NOTHING = "없음"
RESIDENT_NUMBER, BUSINESS_NUMBER = "[주민등록번호]", "[사업자번호]"
MOBILE_PHONE, EMAIL = "[휴대전화]", "[전자우편]"
ACCOUNT_NUMBER, CARD_NUMBER = "[계좌번호]", "[카드번호]"
NUMBER = "[번호]"
