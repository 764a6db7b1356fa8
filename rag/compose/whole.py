"""A whole and its parts: a question how a sum is divided flows in, the statements that divide it flow out."""

from __future__ import annotations

import re

from rag.compose.draft import PHONE, Statement, listed
from rag.domain import Program
from rag.understand import Request

_DIVIDED = re.compile(r"나뉘|나눠|나누어|나눴|쪼개|갈라|배분|배정|별로|각각|내역|비중|구성")
_TOTAL = re.compile(r"\d[\d,.]*\s*(?:억|조|천만|백만|만\s*원)|예산|총액|총사업비|전체\s*(?:금액|돈|자금)")
_SUM = re.compile(r"\d[\d,.]*\s*(?:억|천만|백만|만)\s*원?")
_PARTS = 3
_SHOWN = 2


def divided(program: Program, request: Request) -> list[Statement]:
    """The statements that tell a total with its parts, three sums or more, where a question asks how it is divided."""
    if not (_DIVIDED.search(request.text) and _TOTAL.search(request.text)):
        return []
    split = [d for d in program.details if len(_SUM.findall(d.text)) >= _PARTS and not PHONE.search(d.text)]
    return [listed(detail) for detail in split[:_SHOWN]]
