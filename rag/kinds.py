"""Kinds: words of a need flow in, the kinds of benefit they ask for flow out."""

from __future__ import annotations

import re

from rag.domain import BenefitKind
from rag.lexicon import Lexicon

# In the words of documents; those of everyday speech stand in the lexicon.
KINDS = (
    (BenefitKind.TRAINING, re.compile(r"교육|훈련|가르|배우|학습|역량|양성|키우")),
    (BenefitKind.LOAN, re.compile(r"대출|융자|빌리|빌릴|자금|운전자금|이자")),
    (BenefitKind.CONSULTING, re.compile(r"컨설팅|진단|상담|기술\s*지도|기술지도|로드맵")),
    (BenefitKind.VOUCHER, re.compile(r"바우처|구매|구입|사서|사고\s*싶")),
    (BenefitKind.FACILITY, re.compile(r"설비|공정|비전|구축|로봇|도입|실증|자동화|적용")),
    (BenefitKind.GRANT, re.compile(r"보조금|사업화|상용화|지원금|개발비")),
)


def kinds_wanted(need: str, lexicon: Lexicon) -> list[BenefitKind]:
    """The kinds of benefit that the need asks for, in words of documents or of everyday speech."""
    spoken = lexicon.kinds_needed(need)
    return [kind for kind, pattern in KINDS if pattern.search(need) or kind.value in spoken]
