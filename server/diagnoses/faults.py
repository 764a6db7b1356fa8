"""Faults: a company as sent flows in; it flows out without what is wrong beyond a single field, with the faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rag.diagnosis.records import Company, Training

LISTED = {"trainings", "circumstances"}
"""Fields of a company that hold several things."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the fields `ids` of a part of a case ("company" or "survey"), in a sentence."""

    part: str
    ids: tuple[str, ...]
    sentence: str


def held(company: Company, today: date, knows_place: Callable[[str], bool]) -> tuple[Company, tuple[Fault, ...]]:
    """The company without what is wrong beyond a single field: places nobody knows, days to come, contradictions."""
    faults = tuple(_wrong_with(company, today, knows_place))
    emptied: dict[str, Any] = {id_: None for fault in faults for id_ in fault.ids if id_ not in LISTED}
    trainings = tuple(training for training in company.trainings if not _is_to_come(training, today))
    return replace(replace(company, trainings=trainings), **emptied), faults


def _wrong_with(company: Company, today: date, knows_place: Callable[[str], bool]) -> Iterator[Fault]:
    def fault(sentence: str, *ids: str) -> Fault:
        return Fault("company", ids, sentence)

    for id_, label in (("address", "소재지"), ("site", "훈련 실시 장소")):
        place = getattr(company, id_)
        if place and not knows_place(place):
            how = f"'{place}'에서 시·군·구를 찾을 수 없습니다. '경기도 화성시'처럼 적어 주세요."
            yield fault(f"{label}: {how}", id_)
    if company.insured_since and company.insured_since > today:
        how = f"아직 오지 않은 날({company.insured_since})입니다. 그 전 날짜를 적어 주세요."
        yield fault(f"고용보험 성립일: {how}", "insured_since")
    if company.founded and company.founded > today.year:
        how = f"{company.founded}년은 아직 오지 않았습니다. 올해나 그 전 연도를 적어 주세요."
        yield fault(f"설립연도: {how}", "founded")
    if company.insured is False and company.insured_since:
        how = "미가입이라고 적었는데 성립일이 있습니다. 둘 가운데 하나를 고쳐 주세요."
        yield fault(f"고용보험: {how}", "insured", "insured_since")
    for training in company.trainings:
        if _is_to_come(training, today):
            how = f"{training.year}년은 아직 오지 않았습니다. 연도를 고쳐 주세요."
            yield fault(f"훈련이력 '{training.name}': {how}", "trainings")


def _is_to_come(training: Training, today: date) -> bool:
    return bool(training.year and training.year > today.year)
