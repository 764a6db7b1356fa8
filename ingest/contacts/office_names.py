"""Office names: the words of a printed name flow in, the body and the departments it names flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.contacts.office_words import (
    is_action,
    is_body,
    is_department,
    is_desk,
    is_own_centre,
    is_place,
    is_purpose,
    is_system,
    leads_name,
)

LEGAL_FORM = re.compile(r"\((?:재|사|재단법인|사단법인)\)\s*")
BRACKETED = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
# By the kind of body alone the owner is meant: "시청", "진흥원".
OWN = {
    kind: kind.removesuffix("청")
    for kind in ("재단", "공단", "공사", "협회", "진흥원", "조합", "시청", "군청", "구청", "도청")
}


def split_office(words: str) -> tuple[str, str | None]:
    """Organisation and department of a name: "모의시 경제과 지원팀" is 모의시 and "경제과 지원팀"."""
    parts = LEGAL_FORM.sub("", re.sub(r"\((?:담당|전담|소관|주관)[^)]*\)", "", words)).split()
    end = body_end(parts) or _first_part(parts)
    if parts and is_desk(parts[-1]) and is_system(" ".join(parts[end - 1 :])) and not body_end(parts):
        return " ".join(parts), None
    if end < len(parts) and is_department(parts[-1]):
        return " ".join(parts[:end]), " ".join(parts[end:])
    return " ".join(parts), None


def names_office(words: str) -> bool:
    """Whether some words name a body or a department."""
    parts = BRACKETED.sub(" ", words).split()
    return any(is_department(part) for part in parts) or body_end(parts) is not None


def parts_of(named: Sequence[str]) -> tuple[str, str | None, str]:
    """Organisation, department and the words before them of words that end with an office."""
    end = body_end(named)
    if end is not None:
        start = _body_start(named, end)
        rest = [word for word in named[end:] if not is_purpose(word)]
        last = max((i for i, word in enumerate(rest) if is_department(word)), default=-1)
        return " ".join(named[start:end]), " ".join(rest[: last + 1]) or None, " ".join(named[:start])
    last = max((i for i, word in enumerate(named) if is_department(word)), default=-1)
    if last < 0:
        kept = [word for word in named if not is_purpose(word)]
        return ("", None, " ".join(kept)) if len(kept) < len(named) or not kept else (" ".join(named), None, "")
    start = last
    while start and (is_department(named[start - 1]) or _belongs(named[start - 1], named[last])):
        start -= 1
    name, before = named[start : last + 1], " ".join(named[:start])
    if is_system(" ".join(name)) and is_desk(name[-1]):
        return " ".join(name), None, before
    if is_own_centre(name[0]):
        return name[0], " ".join(name[1:]) or None, before
    return "", " ".join(name), before


def _belongs(word: str, last: str) -> bool:
    """Whether a word that is no department is still part of a department's name: "통합 콜센터", "R&D 기획실"."""
    if is_desk(last):
        return not is_action(word)
    return bool(re.fullmatch(r"[A-Z&]{2,5}", word))


def body_end(parts: Sequence[str]) -> int | None:
    """The index after the last word that names a body, one founded by another behind it ("모의원 부설 모의단")."""
    places = [i for i, word in enumerate(parts) if is_body(word, parts[i + 1] if i + 1 < len(parts) else "")]
    if not places:
        return None
    # A place behind the office is that of its address.
    while len(places) > 1 and is_place(parts[places[-1]]) and not any(map(is_department, parts[places[-1] + 1 :])):
        places.pop()
    end = places[-1] + 1
    return end + 2 if parts[end : end + 1] in (["부설"], ["산하"]) and end + 1 < len(parts) else end


def _body_start(parts: Sequence[str], end: int) -> int:
    """Where the name of the body that ends before `end` begins: places and 산학협력단 stand behind their own body."""
    start = next(
        (i for i in range(end - 1, -1, -1) if is_body(parts[i], parts[i + 1] if i + 1 < len(parts) else "")), 0
    )
    while start and (
        (is_place(parts[start]) and is_place(parts[start - 1]))
        or (parts[start] == "산학협력단" and is_body(parts[start - 1]))
        or (parts[start] in OWN and not is_purpose(parts[start - 1]))
        or leads_name(parts[start - 1])
        or parts[start - 1] == "주식회사"
    ):
        start -= 1
    return start


def _first_part(parts: Sequence[str]) -> int:
    """Where the departments at the end of a name without a known body begin, the first word always being its name."""
    start = len(parts)
    while start > 1 and is_department(parts[start - 1]):
        start -= 1
    return start + 1 if parts[start : start + 1] == ["본부"] and start + 1 < len(parts) else start
