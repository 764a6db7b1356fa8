"""Values: one cell as a person typed it flows in; a number, a day, yes or no, or why it cannot be read flows out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rag.domain import SizeClass
from rag.grammar.typed import Count, Days, Duration, Number, Typed, Unit
from rag.grammar.values import ANY_DAY, read_values
from rag.korean import topic

UNKNOWN = frozenset(
    ("-", "--", "–", "—", "―", "?", "~", "모름", "모릅니다", "모르겠음", "잘모름", "미상", "미정", "불명", "미확인")
) | {"확인안됨", "확인필요", "알수없음", "unknown", "n/a", "na", "null"}
_YES = frozenset(
    ("예", "네", "o", "○", "◯", "y", "yes", "true", "여", "있음", "가입", "해당", "해당됨", "대상", "v", "√", "✓")
) | {
    "우선지원대상",
    "우선지원대상기업",
    "우선지원",
    "맞음",
    "맞습니다",
    "있습니다",
    "가입함",
    "가입했음",
    "가입되어있음",
    "가입완료",
}
_NO = frozenset(
    ("아니오", "아니요", "아니다", "x", "×", "✕", "n", "no", "false", "부", "없음", "미가입", "비해당", "해당없음")
) | {"비대상", "미해당", "대규모기업", "아님", "아닙니다", "없습니다", "가입안함", "가입하지않음", "우선지원대상아님"}
_SIZES = {
    **dict.fromkeys(("중소", "소기업", "중기업", "중소기업체", "중소업체"), SizeClass.SMALL),
    **dict.fromkeys(("소상공", "소공인", "영세기업", "소규모사업자"), SizeClass.MICRO),
    "중견": SizeClass.MEDIUM,
    **dict.fromkeys(("대", "대규모", "대규모기업"), SizeClass.LARGE),
}
_SAID = re.compile(r"(?:입니다|이에요|예요|임|\.)+$")
_DASHES = re.compile("[‐‑‒–—―−]")
_SHORT_DAY = re.compile(r"['’]?(\d\d)[./-] ?(\d{1,2})[./-] ?(\d{1,2})\.?", re.ASCII)
# Two digits of a year up to this are of this century.
_THIS_CENTURY = 50
_SERIALS = range(18_264, 73_051)
"""What Excel counts days by, from 1950 to 2099."""
_FIRST_OF_SERIALS = date(1899, 12, 30)
_YEAR = 4
_LONGEST, _LONGEST_COUNT = 40, 12
_DIGITS = re.compile(r"\d+", re.ASCII)
_COUNTED = frozenset({Unit.PEOPLE, Unit.HOURS})
_CUT = re.compile(r"\d+(?:\.\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that cannot be read; `reason` says what is wrong and what to do."""

    reason: str


@dataclass(frozen=True, slots=True)
class Likely:
    """A cell read as it was most likely meant; `reason` says how, so that somebody can check."""

    value: object
    reason: str


def typed(cell: object) -> str:
    """The words of a cell, letters of full width made plain; 32.0 is "32"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return unicodedata.normalize("NFKC", str(cell)).strip()


def squashed(cell: object) -> str:
    """The words of a cell without white space."""
    return re.sub(r"\s+", "", typed(cell)).replace("\u2212", "-")


def is_unknown(cell: object) -> bool:
    """Whether a cell says nothing: empty, "모름", "-" and the like."""
    return cell is None or (isinstance(cell, str) and (not cell.strip() or squashed(cell).casefold() in UNKNOWN))


def said(cell: object) -> str:
    """A cell as a sentence may repeat it; of a list its first words."""
    if isinstance(cell, list | dict):
        cell = ", ".join(each[:60] for each in [*cell][:5] if isinstance(each, str))
    return f"'{shown if len(shown := typed(cell)) <= 60 else shown[:60] + '…'}'"


def words(cell: object) -> str:
    """Free words."""
    return typed(cell) if isinstance(cell, int | float | date) else str(cell).strip()


def notes(cell: object) -> list[str] | Unread:
    """Free words, several of them apart by semicolons or lines, or as a list."""
    told = cell if isinstance(cell, list) else re.split(r"[;\n]", words(cell))
    if not all(isinstance(each, str | int | float) for each in told):
        return Unread("목록 안에는 글로 하나씩 적어 주세요.")
    return [words(each) for each in told if not is_unknown(each)]


def month_of(cell: object) -> int | None:
    """The month of a founding that tells one: of 2015-03-02, "2015.3", "2015년 3월"; None of a year alone."""
    likely = _likely_day(cell)
    if likely:
        return likely.month
    text = "" if isinstance(cell, bool) else squashed(cell)
    days = _stated(text)
    if not _begins_with_a_year(text) or not isinstance(days, Days) or not days.first or not days.last:
        return None
    is_one = (days.first.year, days.first.month) == (days.last.year, days.last.month)
    return days.first.month if is_one else None


def digits(cell: object) -> str | Unread:
    """A number that is a name, zeros in front kept."""
    if _CUT.fullmatch(squashed(cell)) or (isinstance(cell, float) and not cell.is_integer()):
        return Unread(
            f"{topic(said(cell))} 번호가 줄어든 모양입니다. 칸의 서식을 텍스트로 바꾸고 번호를 다시 적어 주세요."
        )
    return _DASHES.sub("-", squashed(cell))


def count(cell: object) -> int | Unread:
    """People or hours in digits: 32, "32명", "1,200"; negative ones are left to whoever checks."""
    text = squashed(cell)
    if text == "없음":
        return 0
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    number = _counted(text) if not isinstance(cell, bool) and text[:1].isdecimal() else None
    if number is None:
        return Unread(f"{topic(said(cell))} 수로 읽을 수 없습니다. 정확한 수 하나만 적어 주세요. 예: 32")
    return sign * number


def _counted(text: str) -> int | None:
    if text.isdecimal() and text.isascii() and len(text) <= _LONGEST_COUNT:
        return int(text)
    of = _stated(text)
    is_count = isinstance(of, Number) or (isinstance(of, Count | Duration) and of.unit in _COUNTED and not of.per)
    number = of.interval.exact if is_count and isinstance(of, Number | Count | Duration) else None
    return number if isinstance(number, int) else None


def year(cell: object) -> int | Unread | Likely:
    """A year: 2015, "2015년", "2015.3", a day in that year; likely of "15.3.2" and of a day as Excel counts it."""
    likely = _likely_day(cell)
    if likely:
        return Likely(likely.year, f"{topic(said(cell))} {likely.year}년으로 읽었습니다.")
    text = "" if isinstance(cell, bool) else squashed(cell)
    days = _stated(text)
    if _begins_with_a_year(text) and (len(text) == _YEAR or (isinstance(days, Days) and days.first)):
        return int(text[:_YEAR])
    return Unread(f"{topic(said(cell))} 연도로 읽을 수 없습니다. 네 자리 연도를 적어 주세요. 예: 2015")


def day(cell: object) -> str | Unread | Likely:
    """A day as YYYY-MM-DD: a date of a sheet, "2015.3.2", "2015년 3월 2일", "20150302"; likely of "15-03-02", 42065."""
    likely = _likely_day(cell)
    if likely:
        return Likely(likely.isoformat(), f"{topic(said(cell))} {likely}로 읽었습니다.")
    text = "" if isinstance(cell, bool) else typed(cell).partition("T")[0]
    days = _stated(text)
    if not _begins_with_a_year(text) or not isinstance(days, Days):
        parts = _DIGITS.findall(text)
        if _begins_with_a_year(text) and (len(parts) == 3 or list(map(len, parts)) == [8]):
            return Unread(f"{topic(said(cell))} 달력에 없는 날짜입니다. 날짜를 고쳐 주세요.")
        return _no_day(cell)
    return days.first.isoformat() if days.first and days.first == days.last else _no_day(cell)


def _likely_day(cell: object) -> date | None:
    """The day that a year of two digits or a day as Excel counts it most likely means."""
    text = "" if isinstance(cell, bool) else typed(cell)
    if text.isascii() and text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _FIRST_OF_SERIALS + timedelta(int(text))
    short = _SHORT_DAY.fullmatch(text)
    if short is None:
        return None
    last, month, day_of_month = map(int, short.groups())
    try:
        return date((2000 if last <= _THIS_CENTURY else 1900) + last, month, day_of_month)
    except ValueError:
        return None


def _begins_with_a_year(text: str) -> bool:
    """Whether four digits stand in front that are no others in short."""
    digits = text[:_YEAR]
    return len(digits) == _YEAR and digits.isascii() and digits.isdecimal()


def _stated(text: str) -> Typed | None:
    """The value that all of a text states."""
    values = read_values(text, ANY_DAY) if len(text) <= _LONGEST else ()
    return values[0].of if len(values) == 1 and (values[0].start, values[0].end) == (0, len(text)) else None


def yes_no(cell: object) -> bool | Unread:
    """Yes or no as people tick it: 예, 아니오, O, X, 가입, 미가입."""
    if isinstance(cell, bool):
        return cell
    text = squashed(cell).casefold()
    for form in (text, _SAID.sub("", text)):
        if form in _YES or form in _NO:
            return form in _YES
    return Unread(f"{topic(said(cell))} 읽을 수 없습니다. 예, 아니오, 모름 가운데 하나를 적어 주세요.")


def size(cell: object) -> str:
    """A size class; other words are left to whoever checks."""
    text = _SAID.sub("", squashed(cell).partition("(")[0])
    return _SIZES.get(text, text)


def _no_day(cell: object) -> Unread:
    return Unread(f"{topic(said(cell))} 날짜로 읽을 수 없습니다. 연·월·일을 모두 적어 주세요. 예: 2015-03-02")
