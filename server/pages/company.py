"""The company: the fields of a form as they were typed flow in; what is known of the company flows out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from rag.domain import CompanyProfile
from server.asking.request import ProfileIn
from server.pages.wrong import refused

FIELDS = (
    ("region", "지역", "경기도 화성시", "text"),
    ("industry", "업종", "자동차 부품 제조", "text"),
    ("employees", "직원 수", "32", "number"),
    ("founded", "설립연도", "2015", "number"),
    ("needs", "필요한 지원", "직원 교육, 설비", "text"),
)
NUMBERS = ("employees", "founded")
DIGITS = 9
"""A number has no more digits than these, or it is a slip."""
COMPANY = (*(name for name, *_ in FIELDS), "size", "insured")
_LABELS = {**{name: label for name, label, *_ in FIELDS}, "size": "규모", "insured": "고용보험"}


def company_told(company: Mapping[str, str]) -> dict[str, Any]:
    """The company as `/v1/ask` takes it, of what was typed into each field; what cannot be read stays as it was."""
    told: dict[str, Any] = {name: value.strip() for name, value in company.items() if value.strip()}
    for name in NUMBERS:
        digits = str(told.get(name, "")).replace(",", "").removesuffix("명").removesuffix("년").strip()
        if name in told:
            is_count = digits.isascii() and digits.isdigit() and len(digits) <= DIGITS
            told[name] = int(digits) if is_count else told[name]
    if "insured" in told:
        told["insured"] = told["insured"] == "true"
    if "needs" in told:
        told["needs"] = [word.strip() for word in told["needs"].split(",") if word.strip()]
    return told


def company_of(company: Mapping[str, str]) -> CompanyProfile:
    """What is known of the company. Raises JiwonError with a sentence for each field that cannot be read."""
    try:
        return ProfileIn.model_validate(company_told(company)).profile()
    except ValidationError as error:
        raise refused(error, _LABELS) from error


def typed(company: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the company as it stands in the fields of the form."""
    shown: dict[str, Any] = {name: ", ".join(v) if isinstance(v, list) else v for name, v in company.items()}
    if isinstance(shown.get("insured"), str):
        shown["insured"] = shown["insured"] == "true" if shown["insured"] else None
    return shown


def company_words(company: Mapping[str, Any]) -> str:
    """What is known of the company, in few words."""
    shown = typed(company)
    told = [str(shown[name]) for name in ("region", "industry") if shown.get(name)]
    told += [f"{shown['employees']}명"] if shown.get("employees") else []
    told += [str(shown["size"])] if shown.get("size") else []
    return " · ".join(told)
