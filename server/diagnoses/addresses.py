"""Addresses: words that name two places of a company flow in; its seat and its workplace flow out, in any order."""

from __future__ import annotations

import re

_SEAT, _WORKPLACE = "본사|본점|주사무소|본사무소", "공장|사업장|훈련장소?|생산지|지점|연구소"
_AHEAD = re.compile(rf"({_SEAT}|{_WORKPLACE})\s*[:：)\]]?\s*")
_BEHIND = re.compile(rf"([^,/;()]+)\(\s*({_SEAT}|{_WORKPLACE})\s*\)")
_EDGES = " ,/;·([\n\t"


def apart(words: str) -> tuple[str, str] | None:
    """ "본사 서울 강남구 / 공장 안산시", "안산시(공장), 서울 강남구(본사)"; None of words that name no such pair."""
    behind = [(label, place) for place, label in _BEHIND.findall(words)]
    cut = _AHEAD.split(words)
    ahead = list(zip(cut[1::2], cut[2::2], strict=False))
    for told in (behind, ahead):
        seats = [place.strip(_EDGES) for label, place in told if re.fullmatch(_SEAT, label)]
        sites = [place.strip(_EDGES) for label, place in told if not re.fullmatch(_SEAT, label)]
        if len(seats) == len(sites) == 1 and seats[0] and sites[0]:
            return seats[0], sites[0]
    return None
