"""Certificates: a clause on applicants flows in, the certificates it names flow out."""

from __future__ import annotations

import re

_KINDS = (
    ("벤처기업", r"(?<!중소)(?<![·ㆍ])벤처\s*(?:기업|인증|확인)(?!부|진흥|협회)"),
    ("이노비즈", r"이노비즈|기술혁신형\s*중소기업|(?i:inno-?biz)"),
    ("메인비즈", r"메인비즈|경영혁신형\s*중소기업|(?i:main-?biz)"),
    ("뿌리기업", r"뿌리\s*기업(?:\s*확인|\s*증명)?|뿌리기술\s*전문기업"),
    ("사회적기업", r"사회적\s*기업"),
    ("여성기업", r"여성\s*기업"),
    ("장애인기업", r"장애인\s*(?:표준)?\s*(?:기업|사업장)"),
    ("가족친화인증", r"가족친화"),
    ("기업부설연구소", r"기업\s*부설\s*연구소|연구개발\s*전담\s*부서"),
    ("소부장 전문기업", r"소재\s*[·ㆍ]\s*부품\s*[·ㆍ]\s*장비\s*전문기업|소부장\s*(?:전문|으뜸)?기업"),
    ("글로벌 강소기업", r"글로벌\s*강소"),
    ("인재육성형 기업", r"인재육성형"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_LAW = re.compile(r"[「『][^」』]*[」』]")
_SEAT = re.compile(
    r"(?:본사|본점|공장|사업장)[,·ㆍ\s및또는나이]*기업\s?부설\s?연구소|기업\s?부설\s?연구소[,·ㆍ\s및또는나이]*(?:본사|공장|사업장)"
)
_KIND_OF_FIRM = (
    r"(?:마을\s?기업|자활\s?기업|소셜\s?벤처|영농조합|농업회사|사회적\s?협동조합|중소\s?기업|소상공인|중견\s?기업|창업\s?기업"
    r"|법인|협동조합|단체|기관|개인\s?사업자)"
)
_OR = r"\s*(?:[,·ㆍ/]|또는|및|이나|나|와|과)\s*(?:예비\s*)?"


def certificates(text: str) -> tuple[str, ...]:
    """The certificates that the words name, names of laws and of places of business left out."""
    told = _SEAT.sub(" ", _LAW.sub(" ", text))
    return tuple(kind for kind, pattern in _PATTERNS if pattern.search(told))


def is_one_way_in(text: str) -> bool:
    """Whether a certified firm is only one of several kinds that may apply ("중소기업, 사회적기업 등")."""
    named = "|".join(pattern.pattern for _, pattern in _PATTERNS if "(?i" not in pattern.pattern)
    listed = rf"{_KIND_OF_FIRM}{_OR}(?:\S+\s)?(?:{named})|(?:{named})\S*{_OR}{_KIND_OF_FIRM}"
    return " 등" in text or re.search(listed, _LAW.sub(" ", text)) is not None
