"""Benefits: the statements on what is given flow in, kinds with ceiling and ratios flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.programs.amounts import AMOUNT, amounts, percents
from rag.domain import Benefit, BenefitKind, Detail

_GIVES = frozenset({"지원내용", "지원규모", "지원조건", "지원방식", "융자한도", "훈련내용", "목적", "개요"})
_KINDS = (
    (BenefitKind.VOUCHER, re.compile(r"바우처")),
    (BenefitKind.LOAN, re.compile(r"융자|대출|금리|정책자금")),
    (BenefitKind.TRAINING, re.compile(r"훈련|교육|양성")),
    (BenefitKind.CONSULTING, re.compile(r"컨설팅|진단|상담|자문|지도|멘토링")),
    (BenefitKind.GRANT, re.compile(r"보조|국비|지원금|총\s*사업비|사업화|과제당|상용화")),
    (BenefitKind.FACILITY, re.compile(r"구축|장비|인프라|보급|도입|실증")),
)
_UP_TO = re.compile(r"(?:최대|한도|과제당|업체당|기업당)\s*:?\s*$")
_AT_MOST = re.compile(r"\s*\)?\s*(?:이내|내외|이하|한도|까지)")
_OWN = re.compile(r"자부담|기업\s*부담|기업\s*분담|민간\s*부담|분담금|부담금")


def benefits(details: Sequence[Detail]) -> tuple[Benefit, ...]:
    """What the statements under 지원내용 and its like give; a kind with no figures is listed once."""
    found: list[Benefit] = []
    for detail in details:
        for benefit in _benefits(detail):
            bare = benefit.ceiling is None and benefit.rate is None and benefit.own_share is None
            if not (bare and any(b.kind == benefit.kind for b in found)):
                found.append(benefit)
    return tuple(found)


def _benefits(detail: Detail) -> Iterator[Benefit]:
    text = detail.text
    own = _own_share(text)
    if detail.label not in _GIVES and own is None:
        return
    kinds = [kind for kind, pattern in _KINDS if pattern.search(text)]
    sums = _ceilings(text)
    shares = [p for p in percents(text) if p != own and p <= 100 and re.search(r"이내|지원|총\s*사업비|비율", text)]
    if not kinds and not (sums or shares or own):
        return
    yield Benefit(
        kinds[0] if kinds else BenefitKind.GRANT,
        text,
        detail.evidence,
        ceiling=max(sums) if sums else None,
        rate=shares[0] if shares else None,
        own_share=own,
    )
    for kind in kinds[1:]:
        yield Benefit(kind, text, detail.evidence)


def _ceilings(text: str) -> tuple[int, ...]:
    """The sums, in KRW, that bound what one applicant gets; a total budget beside them does not."""
    return tuple(
        amount
        for match in AMOUNT.finditer(text)
        if _UP_TO.search(text[: match.start()]) or _AT_MOST.match(text[match.end() :])
        for amount in amounts(match[0])
    )


def _own_share(text: str) -> float | None:
    """The last percentage of a sentence that speaks of the applicant's own share."""
    shares = [share for told in re.split(r"(?<=[다요])\.\s", text) if _OWN.search(told) for share in percents(told)]
    return shares[-1] if shares else None
