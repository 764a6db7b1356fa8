"""Twelve companies, described rather than named, that between them meet every verdict."""

from __future__ import annotations

from rag.diagnosis.records import Case, Company, Reply
from rag.domain import SizeClass

SMALL, MICRO, MEDIUM, LARGE = SizeClass.SMALL, SizeClass.MICRO, SizeClass.MEDIUM, SizeClass.LARGE


def chose(question: str, *options: str) -> Reply:
    return Reply(question, options)


def said(question: str, words: str) -> Reply:
    return Reply(question, words=words)


METAL_WORKSHOP = Case(
    Company("금속 가공 공장", address="경기도 안산시", industry="금속 가공 제조", employees=10, size=SMALL),
    (
        chose("ai_use", "none"),
        chose("ai_training", "none"),
        chose("data", "paper"),
        chose("release", "none"),
        chose("expert", "yes"),
        said("problems", "눈으로 하는 불량 검사"),
        chose("wants", "training", "factory"),
        Reply("cost", amount=300_000_000),
    ),
)
CAR_PARTS = Case(
    Company(address="경기도 화성시", industry="자동차 부품 제조", employees=60, size=SMALL, founded=2005, insured=True),
    (
        chose("ai_use", "tasks"),
        chose("ai_training", "basics"),
        chose("data", "system"),
        chose("wants", "factory", "training"),
    ),
)
CHEMICAL_FIRM = Case(
    Company(address="전라남도 여수시", industry="기초 화학물질 제조", employees=235, size=SMALL, insured=True),
    (said("problems", "숙련된 직원의 정년으로 노하우 전수"), chose("wants", "consulting")),
)
AI_STARTUP = Case(
    Company(address="대구광역시 수성구", industry="AI 소프트웨어 개발", employees=8, size=SMALL, founded=2023),
    (
        chose("ai_use", "process"),
        chose("ai_training", "pbl"),
        chose("data", "system"),
        chose("wants", "trial", "loan"),
    ),
)
CONSORTIUM_LEADER = Case(
    Company(address="충청남도 아산시", industry="자동차 부품 제조", employees=800, size=MEDIUM, founded=1985),
    (chose("wants", "trial", "product"), chose("partners", "lead"), Reply("cost", amount=3_000_000_000)),
)
UNINSURED_SHOP = Case(
    Company(address="서울특별시 중구", industry="식품 제조", employees=3, size=MICRO, founded=2020, insured=False),
    (chose("wants", "training"),),
)
FIRM_IN_GAPYEONG = Case(
    Company(address="경기도 가평군", industry="식품 제조", employees=25, size=SMALL, insured=True),
    (chose("wants", "consulting"),),
)
FIRM_IN_GONGJU = Case(
    Company(address="충청남도 공주시", industry="플라스틱 제조", employees=40, size=SMALL, insured=True),
    (chose("wants", "consulting", "training"),),
)
HOSPITAL = Case(
    Company(address="부산광역시 해운대구", industry="의료기관(병원)", employees=120), (chose("wants", "solution"),)
)
PUBLISHER = Case(
    Company(address="경기도 파주시", industry="출판 인쇄", employees=12, size=SMALL),
    (chose("wants", "solution", "training"),),
)
LARGE_FIRM = Case(
    Company(address="울산광역시 북구", industry="자동차 제조", employees=5000, size=LARGE, founded=1970, insured=True),
    (chose("wants", "factory", "loan", "training"),),
)
NOTHING_KNOWN = Case()
AUTHORITY = Case(Company(address="충청북도", is_government=True), (chose("wants", "trial"),))

CASES = {
    "metal_workshop": METAL_WORKSHOP,
    "car_parts": CAR_PARTS,
    "chemical_firm": CHEMICAL_FIRM,
    "ai_startup": AI_STARTUP,
    "consortium_leader": CONSORTIUM_LEADER,
    "uninsured_shop": UNINSURED_SHOP,
    "firm_in_gapyeong": FIRM_IN_GAPYEONG,
    "firm_in_gongju": FIRM_IN_GONGJU,
    "hospital": HOSPITAL,
    "publisher": PUBLISHER,
    "large_firm": LARGE_FIRM,
    "nothing_known": NOTHING_KNOWN,
    "authority": AUTHORITY,
}
