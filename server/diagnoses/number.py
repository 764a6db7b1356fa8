"""The number of a diagnosis: year, branch and place in the row flow in, "26-경인-00001" flows out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.domain import Contact

NOWHERE = "전국"
KIND = re.compile(r"(?<=[가-힣])(?:지역본부|기업인재혁신센터|지사|지부|본부|센터)$")
LONGEST = 20


def branch_of(branches: Sequence[Contact]) -> str:
    """The short name of the responsible branch: "경인지역본부" → "경인"; "전국" where none is known."""
    if not branches or not branches[0].organisation.split():
        return NOWHERE
    last = unicodedata.normalize("NFC", branches[0].organisation).split()[-1]
    return re.sub(r"[^가-힣A-Za-z0-9]", "", KIND.sub("", last))[:LONGEST] or NOWHERE


def number(year: int, branch: str, sequence: int) -> str:
    """The number under which a diagnosis is issued; `sequence` counts from 1 within the year and branch."""
    return f"{year % 100:02d}-{branch}-{sequence:05d}"
