"""Made-up wording: what a model was asked flows in, a reply that paraphrases or spoils its material flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.ports import Message

# What a model may say in other words without saying anything else.
_OTHER_WORDS = (
    (r"문의처입니다\.", "문의하실 곳을 안내해 드립니다."),
    (r"신청할 수 있습니다\.", "신청하실 수 있습니다."),
    (r"이미 마감되었습니다\.", "이미 마감되었으니 참고해 주세요."),
    (r"지금 접수하고 있습니다\.", "현재 접수하고 있습니다."),
    (r"다음에 할 일", "이렇게 진행하시면 됩니다"),
    (r"회사 상황에 맞을 수 있는 사업입니다\.", "말씀하신 회사에 맞을 수 있는 사업을 소개해 드립니다."),
    (r"비교입니다\.", "비교하여 정리해 드립니다."),
    (r"This is what the documents say\.", "Here is what the documents say about your question."),
)


def material(asked: str) -> str:
    """The lines of the material in a prompt."""
    after = asked[asked.index("<<<자료") :]
    return after[after.index("\n") + 1 : after.index("\n\n번호의 원문:")]


def paraphrase(asked: str) -> str:
    """The material in other words, as a good model would put it."""
    text = material(asked)
    for pattern, words in _OTHER_WORDS:
        text = re.sub(pattern, words, text)
    opening = "" if "언어: 영어" in asked else "문의하신 내용을 문서에서 확인하여 안내해 드립니다.\n\n"
    return opening + text


def paraphrased(messages: Sequence[Message]) -> str:
    """The same for a scripted model in this process."""
    return paraphrase(messages[-1].content)
