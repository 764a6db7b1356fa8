"""Numerals: a text flows in; the same text with its numbers in words ("삼억 원", "다섯 명") in digits flows out."""

from __future__ import annotations

import re
import unicodedata

_DIGIT = {letter: number for number, letter in enumerate("영일이삼사오육칠팔구")} | {
    "공": 0,
    "륙": 6,
    "유": 6,
    "시": 10,
}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_HANJA = str.maketrans("一二三四五六七八九十百千万萬億兆", "일이삼사오육칠팔구십백천만만억조")
_NATIVE = {
    **dict(zip(("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"), range(10, 100, 10), strict=True)),
    "스무": 20,
}
_ONES = {
    **dict(
        zip(("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"), range(1, 10), strict=True),
    ),
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
}
_D = "[일이삼사오육륙칠팔구]"
# A number with at least one ten, hundred or larger unit; "조사", "만일" and the like begin none.
_BELOW = rf"(?:{_D}?[천백십]|{_D}(?=\s*[만억조]))+{_D}?|{_D}"
_SINO = rf"(?:(?:{_BELOW})\s*[만억조]\s*)*(?:(?:{_D}?[천백십])+{_D}?|(?:{_BELOW})\s*[만억조])"
_UNIT = (
    r"(?P<unit>\s*(?:원|퍼센트|프로(?![가-힣]{2})|%|월|일|년|명|인|개|할|배|회|차|건|곳|세|시간|주|번)"
    r"|(?=\s*(?:여|이상|이하|이내|까지|정도|내외|입니다|규모|$|[,.)])))"
)
_MONTH = re.compile(r"(?<![가-힣])(십[일이]|[일이삼사오유육칠팔구시십])월(?![가-힣]{0,1}드)")
# "3천만 원" and "1억 오천만 원" have digits of their own and stay.
_MANY = re.compile(rf"(?<![가-힣\d])(?<![\d조억만천]\s)(?P<number>{_SINO}){_UNIT}")
_ONE = re.compile(rf"(?<![가-힣])({_D})(?=(?:\s*(?:퍼센트|프로(?![가-힣])|%|억)|할|배|개월|년))")
_DAY = re.compile(rf"(?<=월)\s*((?:{_D}?십)?{_D}?)일")
_COUNTED = r"명|배|달|차례|개월|개사|개\s?(?:과제|분야|기업|업체|회사)|군데|곳|번까지|번만|회사"
_COUNT = re.compile(
    rf"(?<![가-힣])({'|'.join(_NATIVE)})?({'|'.join(_ONES)})?\s*"
    rf"(?=(?:{_COUNTED})(?:[^가-힣]|[은는이가을를의도만씩까로와과입]|$))"
)


def in_digits(text: str) -> str:
    """The text in NFKC with every number in words, before a unit, in digits; a sum that ends in 억 or 조 is in 원."""
    text = unicodedata.normalize("NFKC", text).translate(_HANJA)
    text = _MONTH.sub(lambda m: f"{_value(m[1])}월", text)
    text = _DAY.sub(lambda m: f" {_value(m[1])}일" if m[1] else m[0], text)
    text = _MANY.sub(_many, text)
    text = _ONE.sub(lambda m: str(_value(m[1])), text)
    return _COUNT.sub(_count, text)


def _many(match: re.Match[str]) -> str:
    words = match["number"]
    bare = words.rstrip()
    is_sum = not match["unit"] and bare[-1] in "억조"
    return f"{_value(words)}{'원' if is_sum else ''}{match['unit']}"


def _count(match: re.Match[str]) -> str:
    if not match[1] and not match[2]:
        return match[0]
    return str(_NATIVE.get(match[1] or "", 0) + _ONES.get(match[2] or "", 0))


def _value(words: str) -> int:
    total = section = digit = 0
    for letter in "".join(words.split()):
        if letter in _SMALL:
            section, digit = section + (digit or 1) * _SMALL[letter], 0
        elif letter in _LARGE:
            total, section, digit = total + (section + digit or 1) * _LARGE[letter], 0, 0
        else:
            digit = _DIGIT[letter]
    return total + section + digit
