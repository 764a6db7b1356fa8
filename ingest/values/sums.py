"""Amounts and ratios: the words of an official flow in, KRW and percent flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_SMALL = {"천": 1000, "백": 100, "십": 10}
_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
_DIGITS = {digit: str(value) for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?"
_UNIT = r"(?:[천백십]?[조억만]|[천백십])"
_PIECE = rf"{_NUMBER}\s{{0,2}}{_UNIT}\s{{0,2}}"
# "원" that begins another word ("원칙", "원장") is no currency.
_WON = r"원(?!칙|장|생|서|천|인|자|본|격|료|활|어민)"
# Without 원, 억 is a sum unless something is counted; 천만 and 백만 need a word that bounds a sum.
_NO_COUNT = r"(?!\s?(?:명|개|건|대|회|톤|달러|불|엔|유로|위안|가구|주|평|매|권|호|장|곳|\$)|[가-힣0-9])"
_BOUND = r"\s?(?:까지|이내|내외|이하|한도|미만|이상|초과|규모|씩|지원|정도|상당|범위)"
_ALOUD = r"[일이삼사오육칠팔구](?:[일이삼사오육칠팔구]?[천백십만억조]){1,12}"
# A number with a unit of money, "2억 5,000만원" included; of a range ("1~3억원") both ends.
AMOUNT = re.compile(
    rf"(?<![\d.,제])(?:(?P<low>{_NUMBER})\s?[~∼～〜]\s?)?(?:"
    rf"(?:{_PIECE}){{1,4}}(?:{_NUMBER}\s?)?{_WON}|{_NUMBER}\s?{_WON}"
    rf"|(?:{_NUMBER}\s{{0,2}}조\s{{0,2}})?{_NUMBER}\s{{0,2}}[천백십]?억(?:\s{{0,2}}{_PIECE}){{0,2}}(?:{_NO_COUNT}|(?={_BOUND}))"
    rf"|{_NUMBER}\s?[천백]만(?={_BOUND}))"
    rf"|₩\s?{_NUMBER}"
    rf"|(?<![가-힣])금?\s?{_ALOUD}\s?{_WON}"
)
_PART = re.compile(rf"({_NUMBER})\s{{0,2}}({_UNIT})?")
_SHARE = r"\d{1,4}(?:\.\d{1,6})?"
PERCENT = re.compile(
    rf"(?<![\d.,])({_SHARE})\s?(?:[%％](?!\s?[pPｐ]|\s?포인트)|퍼센트(?!\s?포인트)|프로(?=$|[^가-힣]|[를로의이])(?!\s?포인트))"
    r"|100분의\s?(\d{1,3}(?:\.\d{1,6})?)(?!\d)"
)
_CAPTION = re.compile(
    r"[(\[]\s*(?:단위\s*[:：]\s*)?(백만\s?원|천\s?원|만\s?원|억\s?원|원|%)\s*[)\]]|단위\s*[:：]\s*(백만\s?원|천\s?원|만\s?원|억\s?원)"
)
# Parties and figures in one order: "국비:지방비 = 6:4", "국비:도비:시군비=50:15:35".
_PARTY = r"[가-힣]{2,8}(?:\([가-힣]{1,8}\))?"
_PROPORTION = re.compile(
    rf"(?<![가-힣])(?P<who>{_PARTY}\s?[:：]\s?{_PARTY}(?:\s?[:：]\s?{_PARTY})?)\s?[=\s(은는이를]{{0,3}}(?:비율)?[=\s(은는]{{0,3}}"
    r"(?P<parts>\d{1,3}(?:\s?[:：]\s?\d{1,3}){1,2})(?![\d.:%])"
)
_SHARED = re.compile(r"국비|도비|시비|군비|지방비|자부담|분담|부담|정부|민간|기업|지자체")


def unit_in(text: str) -> str | None:
    """The unit that a caption or the name of a column gives to bare figures: "(단위: 천원)", "한도(만원)"."""
    match = _CAPTION.search(text)
    return re.sub(r"\s", "", match[1] or match[2]) if match else None


def amounts(text: str) -> tuple[int, ...]:
    """All sums of money in the text, in KRW, in order; of a range ("1~3억원") its lower and its upper end."""
    return tuple(amount for match in AMOUNT.finditer(text) for amount in _sums(match) if amount)


def percents(text: str) -> tuple[float, ...]:
    """All percentages in the text, in order; percentage points (%p) are not percentages.

    A proportion counts where the parties stand before it in the same order ("국비:지방비 = 6:4") and make a whole;
    of a range ("50~70%") the upper end counts.
    """
    found = [(match.start(), float(match[1] or match[2])) for match in PERCENT.finditer(text)]
    found += [(start, share) for start, share, _ in proportions(text)]
    return tuple(share for _, share in sorted(found, key=lambda placed: placed[0]))


def _sums(match: re.Match[str]) -> Iterator[int]:
    written = match[0].replace("₩", "")
    if not any(c.isdigit() for c in written):
        written = re.sub(r"(?<![1-9])(?=[천백십])", "1", "".join(_DIGITS.get(c, c) for c in written.strip("금 ")))
    low = match["low"]
    if low:
        written = re.split(r"[~∼～〜]", written, maxsplit=1)[1]
    parts = [(_decimal(number), unit) for number, unit in _PART.findall(written)]
    if low:
        # "1~3억원": the lower end is in the unit of the upper one.
        yield _value([(_decimal(low), parts[0][1])])
    if not written.endswith("원") and len(parts) > 1 and parts[-1][1] in _SMALL:
        # "1억 5천" leaves the 만 to be understood.
        parts[-1] = (parts[-1][0], parts[-1][1] + "만")
    yield _value(parts)


def _value(parts: list[tuple[Decimal, str]]) -> int:
    """The sum of numbers with units: 천, 백 and 십 multiply up to the next 만, 억 or 조."""
    total = Decimal(0)
    below = Decimal(0)
    for number, unit in parts:
        for letter in unit:
            number *= _SMALL.get(letter, 1)
        below += number
        if unit and unit[-1] in _LARGE:
            total += below * _LARGE[unit[-1]]
            below = Decimal(0)
    return int(total + below)


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def proportions(text: str) -> list[tuple[int, float, str]]:
    """Parties and figures in one order ("국비:지방비 = 6:4"): where each figure stands, its percentage and whose."""
    found = []
    for match in _PROPORTION.finditer(text):
        parts = [int(part) for part in re.findall(r"\d+", match["parts"])]
        if sum(parts) in (10, 100) and _SHARED.search(match["who"]):
            # Each figure has a place of its own, as they stand one behind the other.
            at = match.start("parts")
            named = zip(parts, re.split(r"\s?[:：]\s?", match["who"]), strict=False)
            found += [(at + number, part * 100 / sum(parts), name) for number, (part, name) in enumerate(named)]
    return found
