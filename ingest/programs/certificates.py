"""Certificates: a statement on applicants flows in, the certificates it asks for or favours flow out."""

from __future__ import annotations

import re

_KINDS = (
    ("벤처기업", r"(?<!중소)(?<![·ㆍ])벤처\s*(?:기업|인증|확인)(?!부|진흥|협회)"),
    ("이노비즈", r"이노비즈|기술혁신형\s*중소기업|Inno-?Biz|INNO-?BIZ"),
    ("메인비즈", r"메인비즈|경영혁신형\s*중소기업|Main-?Biz|MAIN-?BIZ"),
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


def certificates(text: str) -> tuple[str, ...]:
    """The certificates that the words name, names of laws left out."""
    told = _LAW.sub(" ", text)
    return tuple(kind for kind, pattern in _PATTERNS if pattern.search(told))
