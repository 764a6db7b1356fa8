"""Exclusions: a clause on who is left out flows in, the circumstances that shut a company out flow out."""

from __future__ import annotations

from pathlib import Path

from ingest.phrases import asides, phrases

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# The lists with Korean names are the circumstances.
_CIRCUMSTANCES = tuple(name for name in _WORDS if not name[0].isascii())


def takes_back(text: str) -> bool:
    """Whether words let someone in after all: "(다만, 분납 중인 기업은 가능)"."""
    return _WORDS["takes_back"].is_in(text)


def circumstances(text: str) -> tuple[str, ...]:
    """What the words name that shuts a company out, in one fixed order; none where they name nothing known."""
    told = text
    for aside in filter(takes_back, asides(text)):
        told = told.replace(f"({aside})", " ")
    told = _WORDS["but"].parts(told)[0] if takes_back(text) else told
    found = [kind for kind in _CIRCUMSTANCES if _WORDS[kind].is_in(told)]
    is_limited = _WORDS["limited"].is_in(told)
    if _WORDS["bankrupt"].is_in(told) and not {"휴·폐업", "신용 불량"} & set(found):
        found.append("신용 불량")
    if "위법" in found and not is_limited:
        # The sanction is that of the law broken.
        found = [kind for kind in found if kind != "참여제한"]
    is_sanction = _WORDS["cheated"].is_in(told) or is_limited
    if "참여제한" in found and is_sanction and not _WORDS["double"].is_in(told):
        # "이 사업에서 참여제한 조치를 받은": what was received is the sanction, not support.
        found = [kind for kind in found if kind != "중복 수혜"]
    return tuple(found)
