"""Hosts: the lines of a notice flow in, who gives a programme and who runs it, as running text tells, flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.contacts.office_words import is_body, is_organisation

_GOVERNMENT = (
    r"(?:[가-힣]{2,10}(?:특별시|광역시|특별자치시|특별자치도|남도|북도|시|군|구|부|처|청)|경기도|강원도|제주도)"
)
_BODY = r"[가-힣A-Za-z]{3,20}?(?:\s산학협력단|\s창업지원단)?"
_RUNS = r"(?:운영|수행|전담|주관|집행|시행)"
_GIVES = r"(?:주최|소관|주무)(?:\s?(?:기관|부처))?"
_AGENCY_ROLE = rf"(?:{_RUNS}|추진)\s?기관"
# Each tells the one who gives, the one who runs, or both.
_TOLD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<giver>{_GOVERNMENT})(?:와|과)\s(?P<runner>{_BODY})(?:은|는|이|가)\s",
        rf"^(?P<runner>{_BODY})(?:은|는|이|가)\s(?P<giver>{_GOVERNMENT})(?:와|과)\s함께",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})(?:이|가)\s(?:마련|주최|추진|지원|시행|설립|조성)[가-힣]{{0,3}},?\s"
        rf"(?P<runner>{_BODY})(?:이|가)\s(?:{_RUNS}|맡)",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})\s?(?:의\s)?위탁(?:으로|을\s받아)\s(?P<runner>{_BODY})(?:이|가)\s",
        rf"(?:소관|주무)\s?(?:부처|기관)(?:은|는|인)\s(?P<giver>{_GOVERNMENT})(?![가-힣]{{2}})",
        rf"{_AGENCY_ROLE}(?:은|인|으로)\s(?P<runner>{_BODY})(?:입니다|이며|이다|이고|,|\s|$)",
        rf"\({_AGENCY_ROLE}\s?[:：]\s?(?P<runner>{_BODY})\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})\s?\({_AGENCY_ROLE}\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})(?:이|가)\s(?:맡아\s)?{_RUNS}(?:한다|합니다|하는|하며|하고)",
        rf"(?<![가-힣])(?P<giver>{_GOVERNMENT})\s?\({_GIVES}\)",
        rf"\({_GIVES}\s?[:：]\s?(?P<giver>{_GOVERNMENT})\)",
        rf"(?<![가-힣])(?P<runner>{_BODY})\s?\({_RUNS}\)",
        rf"^(?P<giver>{_GOVERNMENT})\s?[·/|ㆍ]\s?(?P<runner>{_BODY})\s?(?:\([^()]*\))?$",
        rf"^(?P<runner>{_BODY})\s?[·/|ㆍ]\s?(?P<giver>{_GOVERNMENT})\s?(?:\([^()]*\))?$",
        r"^(?P<runner>[가-힣A-Za-z]{2,20}?(?:원|공단|재단|센터|파크|협회|상공회의소|조합|공사|협력단))\s?"
        r"(?:이사장|원장|단장|사장|회장|장)\s?(?:\([^()]*\)|직인\s?생략)?$",
    )
)
_CALLS = re.compile(
    rf"^(?P<giver>{_GOVERNMENT})(?:이|가|은|는)\s.{{0,150}}(?:모집|공모|지원|시행|추진)(?:한다|합니다|했다|하기로)"
)


_APPLIED_AT = re.compile(rf"(?<![가-힣])(?=(?P<body>{_BODY})\s(?:[가-힣]{{2,6}}\s)?(?:누리집|홈페이지))")


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who gives a programme and who runs it; "" for one that is not told."""

    giver: str = ""
    runner: str = ""


def hosts(texts: Sequence[str]) -> Hosts:
    """The first body told in each part; one that both gives and runs is told as the giver alone."""
    giver = runner = ""
    for text in texts:
        for pattern in _TOLD:
            match = pattern.search(text)
            parts = match.groupdict() if match else {}
            told = (parts.get("runner") or "").strip()
            if not match or (told and not _is_body(told)):
                continue
            giver = giver or parts.get("giver") or ""
            runner = runner or told
    return Hosts(giver, "" if runner == giver else runner)


def caller(texts: Sequence[str]) -> str:
    """The government body that running text says calls for applications; "" where none does."""
    return next((match["giver"] for text in texts if (match := _CALLS.search(text))), "")


def has_roles(words: str) -> bool:
    """Whether brackets behind the bodies named tell what each of them does: "가람시(주최), 나래원(운영)"."""
    return len(re.findall(rf"[가-힣]\s?\((?:{_GIVES}|{_RUNS}(?:\s?기관)?)\)", words)) > 0


def applied_at(texts: Sequence[str]) -> str:
    """The body on whose pages one applies ("모의진흥원 누리집에서 신청"); "" where none is told."""
    told = (match["body"] for text in texts for match in _APPLIED_AT.finditer(text))
    return next((body for body in told if _is_body(body) and is_body(body)), "")


def _is_body(words: str) -> bool:
    # 처, 과 and 팀 are parts of a body.
    if re.search(r"[처과팀실국]$", words):
        return False
    return bool(is_organisation(words) or words.endswith(("산학협력단", "지원단")))
