"""The company: what is typed into fields of a form flows in; it flows out as the wire takes it, and in few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIELDS = (
    ("region", "지역", "경기도 화성시", "text"),
    ("industry", "업종", "자동차 부품 제조", "text"),
    ("employees", "직원 수", "32", "number"),
    ("founded", "설립연도", "2015", "number"),
    ("needs", "필요한 지원", "직원 교육, 설비", "text"),
)
NUMBERS = ("employees", "founded")
COMPANY = (*(name for name, *_ in FIELDS), "size", "insured")


def company_told(company: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as `ProfileIn` takes it; what is no number stays as it is, to be refused by its name."""
    told: dict[str, Any] = {name: value.strip() for name, value in company.items() if value.strip()}
    for name in NUMBERS:
        digits = str(told.get(name, "")).replace(",", "").removesuffix("명").removesuffix("년").strip()
        if name in told:
            told[name] = int(digits) if digits.isascii() and digits.isdigit() else told[name]
    if "insured" in told:
        told["insured"] = told["insured"] == "true"
    if "needs" in told:
        told["needs"] = [word.strip() for word in told["needs"].split(",") if word.strip()]
    return told


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
