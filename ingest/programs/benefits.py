"""Benefits: the statements on what is given flow in, kinds with ceiling and ratios flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.programs.amounts import AMOUNT, amounts, percents
from ingest.programs.confidence import TOLD_IN_PROSE
from ingest.programs.details import track_of
from rag.domain import Benefit, BenefitKind, Detail

_GIVES = frozenset({"지원내용", "지원규모", "지원조건", "지원방식", "융자한도", "훈련내용", "목적", "개요"})
_LENDS = frozenset({"융자한도", "융자금리", "융자기간", "융자방식"})
_KINDS = (
    (BenefitKind.VOUCHER, re.compile(r"바우처")),
    (BenefitKind.LOAN, re.compile(r"융자|대출|금리|정책자금")),
    (BenefitKind.TRAINING, re.compile(r"훈련|교육|양성")),
    (BenefitKind.CONSULTING, re.compile(r"컨설팅|진단|상담|자문|지도|멘토링")),
    (BenefitKind.GRANT, re.compile(r"보조|국비|지원금|총\s*사업비|사업화|과제당|상용화")),
    (BenefitKind.FACILITY, re.compile(r"구축|장비|인프라|보급|도입|실증")),
)
_UP_TO = re.compile(
    r"(?:최대|최고|한도|과제당|업체당|기업당|사업장당|매장당|개사당|[가-힣]당)\s*:?\s*(?:연|월|총|국비)?\s*(?:최대)?\s*$"
)
_AT_MOST = re.compile(r"\s*\)?\s*(?:이내|내외|이하|한도|까지)")
# What a percentage must stand beside to be the share that is given.
_RATE = re.compile(r"이내|지원|총\s*사업비|비율|국비|보조|(?:비|비용|료|금액|대금|이자|단가)의\s*(?:최대\s*)?\d")
_PROSE = re.compile(r"최대|한도|이내|까지")
# "사내강사 수당(과정당 최대 1백만원), 외부강사 수당(…)": a list of items, each with its own limit.
_ITEM = re.compile(r"[가-힣][가-힣\s]{2,20}\([^()]*\)")
_JOINT = re.compile(r"(?:지방비|도비|시비|군비)\S*\s*(?:및|과|와|·|\+)\s*자부담")
_OWN = re.compile(r"자부담|기업\s*부담|기업\s*분담|민간\s*부담|분담금|부담금")


def benefits(details: Sequence[Detail]) -> tuple[Benefit, ...]:
    """What the statements under 지원내용 and its like give; a kind with no figures is listed once.

    Where none of them gives a figure, what running text says of it counts, less surely.
    """
    found: list[Benefit] = []
    for detail in details:
        for benefit in _benefits(detail):
            if _has_figures(benefit) or not any(b.kind == benefit.kind for b in found):
                found.append(benefit)
    if not any(map(_has_figures, found)):
        for detail in details:
            if detail.label == "" and _PROSE.search(detail.text) and "지원" in detail.text:
                told = replace(detail, label="지원내용")
                found.extend(replace(b, confidence=TOLD_IN_PROSE) for b in _benefits(told) if _has_figures(b))
    return tuple(found)


def _has_figures(benefit: Benefit) -> bool:
    return not (benefit.ceiling is None and benefit.rate is None and benefit.own_share is None)


def _benefits(detail: Detail) -> Iterator[Benefit]:
    track = track_of(detail)
    text = detail.text
    own = _own_share(text)
    if detail.label not in _GIVES and own is None:
        return
    kinds = [kind for kind, pattern in _KINDS if pattern.search(text)]
    if detail.label in _LENDS and BenefitKind.LOAN not in kinds:
        kinds.insert(0, BenefitKind.LOAN)
    sums = amounts(text) if detail.label == "융자한도" and "총" not in text else _ceilings(text)
    shares = [p for p in percents(text) if p != own and p <= 100 and (track or _RATE.search(text))]
    if not kinds and not (sums or shares or own):
        return
    yield Benefit(
        kinds[0] if kinds else BenefitKind.GRANT,
        text,
        detail.evidence,
        ceiling=max(sums) if sums else None,
        rate=shares[0] if shares and detail.label not in _LENDS else None,
        own_share=own,
        track=track,
    )
    for kind in kinds[1:]:
        yield Benefit(kind, text, detail.evidence, track=track)
    items = _ITEM.findall(text)
    for item in items if len(items) > 1 else ():
        limits = _ceilings(item)
        if limits and max(limits) < max(sums, default=0):
            yield Benefit(BenefitKind.GRANT, item.strip(), detail.evidence, ceiling=max(limits), track=track)


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
    # 지방비 and 자부담 told as one share say nothing of the applicant's own.
    told = [part for part in re.split(r"(?<=[다요])\.\s", text) if _OWN.search(part) and not _JOINT.search(part)]
    shares = [share for part in told for share in percents(part)]
    return shares[-1] if shares else None
