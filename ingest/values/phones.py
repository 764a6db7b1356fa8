"""Phones: the words of an official flow in, phone numbers, e-mails and addresses flow out, each in full.

Fax numbers stand apart; registration numbers, accounts, dates and sums are no phones.
"""

from __future__ import annotations

import re

from rag.grammar.typed import Phone
from rag.grammar.values import ANY_DAY, read_values

_DASH = r"[-–‐‑－]"
_AREA = r"0(?:2|[3-6]\d|[17]\d|80|50\d)"
_UNIT = r"(?!\s*(?:원|만|천|백만|억|명|개|년|월|시간|건|%|㎡|톤))"
_PHONE = (
    rf"(?<![\d-])(?:\(?{_AREA}\)?[\s).–‐‑－-]{{0,2}}\d{{3,4}}(?:{_DASH}|[.\s])\d{{4}}"
    rf"|1[568]\d\d{_DASH}\d{{4}})(?!\d|-\d){_UNIT}"
)
# Further numbers of one office, written by their last digits only: "044-300-0957, 0952, 0953", "044-202-6594/6597".
_AND = r"(?<!\s)\s*(?:[,，/·∙・ㆍ]|또는|및)\s*"
_MORE = rf"(?:{_AND}(?:\d{{3,4}}{_DASH})?\d{{4}}(?![\d-]){_UNIT}(?!\.\s*\d))*"
# The last of a run of numbers: "1201~2", "1201~1205".
_UP_TO = r"(?:\s*[~∼～]\s*(?:\d{4}|\d{1,2})(?![\d.:-]|\s*(?:시|월|년|일)))?"
PHONES = re.compile(_PHONE + _MORE + _UP_TO)
# Numbers of four digits that are called as they are.
_SHORT = re.compile(
    r"(?:국번\s*없이|[☎☏]|콜센터|상담전화|(?:전화|문의)(?=\s*[:(☎]))\s*[:(]?\s*☎?\s*(1\d{2,3})(?![\d-]|[,.~]\d|\s*[개명년원번])"
)
_DIGITS = re.compile(r"\d+")
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_AT = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]*")
URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9./_%?=&#~+-]*[A-Za-z0-9/]|(?<![@\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kr|com|org|net)(?:/[A-Za-z0-9./_-]*)?(?![\w@])"
)
_FAX_WORD = r"(?:팩\s*스|모사\s*전송|전송|📠|[Ff][Aa][Xx]|FACSIMILE|Facsimile|(?<![A-Za-z])F(?=\s*[.:)\d(]))"
_FAX = re.compile(
    # Between the word and its number stand marks and at most a word that names no phone: "팩스 접수(02-…)".
    rf"(?:{_FAX_WORD}(?:(?!전화|문의|연락)[가-힣\s]){{0,8}}[:：.,)\]\s]*{_PHONE}{_MORE}{_UP_TO})"
    rf"|(?:{_PHONE}\s*\(\s*(?:팩스|FAX|F)\s*\)(?!\s*\(?0\d))"
)
_PHONE_AND_FAX = re.compile(
    rf"(?:전화|TEL|Tel|☎|T)\s*(?:번호)?\s*[/·,(]\s*{_FAX_WORD}\)?\s*(?:번호)?\s*[:.]?\s*{_PHONE}\s*[/,·\s]\s*({_PHONE})"
)
_NUMBERED = re.compile(
    r"(?:사업자|법인|주민|고유|계좌|통장|인증|관리|공고)\s*(?:등록)?\s*번호\s*[:(]?\s*[\d–-]+|계좌\s*[:(]?\s*[\d–-]+"
)
_LONGEST_RUN = 20
INNER_LINE = ("내선", "구내")


def masked(text: str) -> str:
    """The text, as long as before, with fax, registration and account numbers blanked."""
    both = _PHONE_AND_FAX.search(text)
    if both:
        return masked(text[: both.start(1)].replace("팩스", "  ") + " " * len(both[1])) + masked(text[both.end(1) :])
    for pattern in (_FAX, _NUMBERED):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def faxes_of(text: str) -> tuple[str, ...]:
    """All fax numbers in the text in full."""
    both = _PHONE_AND_FAX.search(text)
    told = [both[1]] if both else [match[0] for match in _FAX.finditer(text)]
    return tuple(dict.fromkeys(number for said in told for run in PHONES.finditer(said) for number in expanded(run)))


def extension_of(text: str) -> str:
    """The digits dialled behind the first phone of the text ("내선 3번"); "" where none are told."""
    if not any(word in text for word in INNER_LINE):
        return ""
    told = (value.of.extension for value in read_values(text, ANY_DAY) if isinstance(value.of, Phone))
    return next(filter(None, told), "")


def runs(text: str) -> list[re.Match[str]]:
    """Where phones stand in the text, a run of short forms as one; places fit the text as it is."""
    bare = masked(text)
    found = list(PHONES.finditer(bare))
    blank = PHONES.sub(lambda match: "x" * len(match[0]), bare)
    short = (_DIGITS.match(text, match.start(1)) for match in _SHORT.finditer(blank))
    return sorted([*found, *filter(None, short)], key=re.Match.start)


def phones_of(text: str) -> tuple[str, ...]:
    """All phone numbers in the text in full, short forms expanded: "044-300-0957, 0952" gives two."""
    return tuple(dict.fromkeys(number for run in runs(text) for number in expanded(run)))


def expanded(run: re.Match[str]) -> list[str]:
    """The phone numbers of one run in full."""
    if run.re is _DIGITS:
        return [run[0]]
    listed, _, last = re.sub(_DASH, "-", run[0]).replace("∼", "~").replace("～", "~").partition("~")
    first, *rest = re.split(_AND, listed)
    number = re.sub(r"[^\d]+", "-", first.strip("() ")).strip("-")
    found = [number, *("-".join([*number.split("-")[: -1 - tail.count("-")], tail.strip()]) for tail in rest)]
    return [*found, *_up_to(found[-1], last.strip())]


def is_bare_reach(text: str) -> bool:
    """Whether a line holds phones and nobody's name: "전화 02-…"."""
    found = runs(text)
    return (
        bool(found)
        and re.fullmatch(r"[\W_]*(?:전화|연락처|[Tt][Ee][Ll]|T)?[\W_]*(?:번호)?[\W_]*", text[: found[0].start()])
        is not None
    )


def emails_of(text: str) -> tuple[str, ...]:
    """All complete e-mail addresses in the text."""
    return tuple(dict.fromkeys(EMAIL.findall(text)))


def cut_off(text: str) -> tuple[str, ...]:
    """The e-mail addresses in the text whose end is missing ("jyc@nipa.k")."""
    whole = emails_of(text)
    return tuple(found for found in _AT.findall(text) if found.strip(".") not in whole)


def urls_of(text: str) -> tuple[str, ...]:
    """All web addresses in the text, e-mail addresses left out."""
    return tuple(dict.fromkeys(URL.findall(EMAIL.sub(" ", text))))


def _up_to(number: str, last: str) -> list[str]:
    """The numbers after `number` up to the one that ends in `last`."""
    if not last:
        return []
    head, first = number.rsplit("-", 1)
    end = int(first[: -len(last)] + last)
    if not 0 < end - int(first) <= _LONGEST_RUN:
        return []
    return [f"{head}-{value:04}" for value in range(int(first) + 1, end + 1)]
