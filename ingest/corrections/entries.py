"""Entries: one entry of a YAML list of staff flows in, its values flow out checked, or a sentence that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from rag.errors import CorpusError
from rag.grammar.values import sum_in_full

NONE = "없음"
"""Written instead of a figure, it takes the figure away."""
LEAST_WON = 10_000
"""KRW; a bare number below this was written without its unit."""
LARGEST_COUNT = 1_000_000

Figure = int | float | None


class Entry:
    """One entry, its values still the text that staff wrote. Every method raises CorpusError naming file and entry."""

    def __init__(self, file: str, number: int, raw: object) -> None:
        self.file, self.number = file, number
        if not isinstance(raw, Mapping):
            raise self.wrong("'이름: 값' 꼴이 아닙니다. program, field, reason을 적어 주세요")
        self.raw = raw

    def allow(self, known: frozenset[str]) -> None:
        """Refuse keys that are not known."""
        unknown = [str(key) for key in self.raw if key not in known]
        if unknown:
            allowed = ", ".join(sorted(known))
            raise self.wrong(f"{', '.join(unknown)}은(는) 모르는 항목입니다. 쓸 수 있는 항목: {allowed}")

    def text(self, key: str) -> str:
        """The words, "" where there are none."""
        value = self.raw.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{key}에는 값 하나만 적어 주세요")
        return " ".join(value.split())

    def needed(self, key: str) -> str:
        """The words, which must be there."""
        text = self.text(key)
        if not text:
            raise self.wrong(f"{key}이(가) 없습니다. 값을 적어 주세요")
        return text

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        """One of the words allowed, "" where there are none."""
        text, allowed = self.text(key), tuple(allowed)
        if text and text not in allowed:
            raise self.wrong(f"{key} '{text}'은(는) 쓸 수 없습니다. {', '.join(allowed)} 가운데 하나를 적어 주세요")
        return text

    def flag(self, key: str) -> bool:
        """Whether it says true."""
        text = self.text(key).lower()
        if text not in ("", "true", "false"):
            raise self.wrong(f"{key} '{text}'은(는) 쓸 수 없습니다. true 또는 false를 적어 주세요")
        return text == "true"

    def words(self, key: str) -> tuple[str, ...] | None:
        """One value or a list of them; `None` where the key is not there."""
        if key not in self.raw:
            return None
        given = self.raw[key]
        values = given if isinstance(given, list) else [given]
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(f"{key}에는 값이나 값의 목록을 적어 주세요")
        return tuple(dict.fromkeys(" ".join(value.split()) for value in cast(list[str], values)))

    def formed(self, key: str, form: re.Pattern[str], example: str) -> tuple[str, ...] | None:
        """A list of values of one form; `None` where the key is not there."""
        values = self.words(key)
        for value in values or ():
            if not form.fullmatch(value):
                raise self.wrong(f"{key} '{value}'의 꼴이 맞지 않습니다. {example}처럼 적어 주세요")
        return values

    def day(self, key: str) -> date | None:
        """A day of the calendar."""
        text = self.text(key)
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass  # of the right form, but in no calendar
        raise self.wrong(f"{key} '{text}'은(는) 날짜가 아닙니다. 2026-04-20처럼 달력에 있는 날을 적어 주세요")

    def year(self, key: str) -> int | None:
        """A year from 2000 to 2099."""
        text = self.text(key)
        if text and not re.fullmatch(r"20\d\d", text, re.ASCII):
            raise self.wrong(f"{key} '{text}'은(는) 연도가 아닙니다. 2026처럼 적어 주세요")
        return int(text) if text else None

    def count(self, key: str) -> int | None:
        """A whole number of people or years."""
        text = self.text(key).replace(",", "")
        if text and not (re.fullmatch(r"\d{1,7}", text, re.ASCII) and int(text) <= LARGEST_COUNT):
            raise self.wrong(f"{key} '{text}'은(는) 쓸 수 없습니다. 300처럼 숫자만 적어 주세요")
        return int(text) if text else None

    def won(self, key: str) -> int:
        """A sum in KRW, in digits or as officials write it ("5천만원")."""
        text = self.needed(key)
        krw = sum_in_full(text if text.endswith("원") else f"{text}원", 1)
        if krw is None or krw < LEAST_WON:
            raise self.wrong(f"{key} '{text}'은(는) 금액이 아닙니다. 5천만원이나 50000000처럼 적어 주세요")
        return int(krw)

    def percent(self, key: str) -> float:
        """A share, 0 to 100."""
        text = self.needed(key)
        match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)\s?%?", text, re.ASCII)
        if not match or float(match[1]) > 100:
            raise self.wrong(f"{key} '{text}'은(는) 비율이 아닙니다. 70이나 70%처럼 0에서 100 사이로 적어 주세요")
        return float(match[1])

    def wrong(self, what: str) -> CorpusError:
        """The error that names this entry."""
        return CorpusError(f"{self.file}의 {self.number}번째 항목: {what}.")
