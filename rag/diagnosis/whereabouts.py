"""Whereabouts: a case flows in; by which of its addresses offices were found, in a sentence, flows out."""

from __future__ import annotations

from collections.abc import Iterator

from rag.diagnosis.contacts import basis_of, place_by
from rag.diagnosis.records import Diagnosis
from rag.diagnosis.telling import SEAT, SITE


def judged_by(diagnosis: Diagnosis) -> Iterator[str]:
    """By which address the branch and the centres were found; of one address alone, that it stands for both."""
    company, offices = diagnosis.case.company, (*diagnosis.branches, *diagnosis.centres)
    place = place_by(diagnosis.case, basis_of(offices))
    if place is None or not offices:
        return
    if company.address and company.site and company.address != company.site:
        yield f"관할은 {SITE if place.is_site else SEAT}({place.words})를 기준으로 찾았습니다."
    elif company.site is None:
        yield f"관할은 {SEAT}({place.words})를 기준으로 찾았습니다. 훈련을 다른 곳에서 하면 관할이 달라질 수 있습니다."
