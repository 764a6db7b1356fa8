"""Questions: a line of a question sheet flows in, the label of the answer below it flows out."""

from __future__ import annotations

import re

from ingest.labels.labelled import canonical, unbulleted

_ASKS = (
    ("제외대상", re.compile(r"할 수 없|못 하|제외|제한")),
    ("문의처", re.compile(r"문의|연락|전화|상담")),
    ("신청기간", re.compile(r"언제|기간|마감|기한")),
    ("지원조건", re.compile(r"얼마|금액|한도|지원금|비율|자부담")),
    ("제출서류", re.compile(r"서류")),
    ("신청방법", re.compile(r"어떻게 (?:신청|접수|참여)|신청 ?방법|신청하려면|어디(?:서|에서|에|로) (?:신청|접수)")),
    ("지원대상", re.compile(r"누가|어떤 (?:기업|사업자|회사|사람|업체)|대상|자격|(?:신청|참여|지원)할 수 있|가능한가")),
    ("지원내용", re.compile(r"무엇을|어떤 (?:지원|도움|내용|혜택)|혜택")),
)
_QUESTION = re.compile(
    r"^\W*(?:Q\s*\d*|문\s*\d*|질문\s*\d*|\d{1,2})\s*[.):]?\s*.{4,80}\?\**$|^\W*.{4,60}(?:나요|까요|가요|니까)\s*\?\**$"
)


def asked(line: str) -> str | None:
    """The label of the answer to a question of a question sheet; "" for a question on another matter."""
    if not _QUESTION.match(line.strip()):
        return None
    return canonical(unbulleted(line)) or next((label for label, pattern in _ASKS if pattern.search(line)), "")
