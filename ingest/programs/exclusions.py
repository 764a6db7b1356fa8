"""Exclusions: a statement on who is left out flows in, the circumstances that shut a company out flow out."""

from __future__ import annotations

import re

# Circumstance → the words by which officials name it; the order is that in which they are asked.
_KINDS = (
    ("휴·폐업", r"휴\s*[·ㆍ,.]?\s*폐업|휴업|폐업"),
    ("세금 체납", r"체납|미납"),
    ("임금 체불", r"체불"),
    ("신용 불량", r"채무\s*불이행|신용\s*불량|금융\s*연체|연체\s*중|부도|파산|회생\s*절차|압류"),
    ("참여제한", r"참여\s*제한|제재|지원\s*제한\s*중|부정\s*수급|부정한\s*방법|환수|의무\s*불이행"),
    (
        "중복 수혜",
        r"(?:같은|동일|유사)\S*\s*(?:사업|과제|내용|목적)\S*\s*\S*\s*(?:지원|수혜|선정|참여)|중복|기\s?지원|기\s?수혜|이미\s*(?:지원|선정)",
    ),
    ("유흥업", r"유흥|사치|향락|사행|주점|도박"),
    ("부동산업", r"부동산"),
    ("금융업", r"금융\s*[·ㆍ및]*\s*보험업|금융업|보험업"),
    ("위법", r"관계\s*법령\S*\s*위반|산업재해\s*다발|중대\s*재해|불법"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
SHUTS_OUT = re.compile(
    r"(?:신청|참여|지원|접수)\s?(?:할\s?수\s?(?:없|업)|(?:이\s)?불가|대상에서\s?제외|\s?제외)|제외(?:한다|합니다|됩니다|함|됨|대상)"
)
_EXCEPT = re.compile(r"제외하지|가능(?:합니다|함|하)|단서|예외|유예|분납")


def circumstances(text: str) -> tuple[str, ...]:
    """What the words name that shuts a company out, in one fixed order; none where they name nothing known."""
    told = " ".join(part for part in re.split(r"[()]", text) if not _EXCEPT.search(part))
    return tuple(kind for kind, pattern in _PATTERNS if pattern.search(told))
