"""Sentences on periods: what holds of a period on a day flows in; its words for an answer, a report, a cell flow out.

Slots: `span`, `days`, `opens`, `closes`, `since`, `month`, `first` are days and months as written below, `left` and
`until` whole days to the last day and to the first, `text` the document's words, `quoted` and `written` the same in
brackets, `unread` the title of a notice that was not read, `before` the days told before it, "" where there are none.
"""

from __future__ import annotations

from enum import Enum, auto


class Case(Enum):
    """What there is to say of a period on a day; one that is `DATELESS` should have days and has none."""

    CANCELLED = auto()
    CHANGED = auto()
    HELD = auto()
    DATELESS = auto()
    DATELESS_OVER = auto()
    AHEAD = auto()
    RUNNING = auto()
    RUNNING_UNTIL = auto()
    RUNNING_ROUND = auto()
    LAST_DAY = auto()
    OVER = auto()
    OVER_EARLY = auto()
    OVER_WITH_ITS_YEAR = auto()
    SPENT_AHEAD = auto()
    SPENT = auto()
    SPENT_UNSURE = auto()
    SPENT_OVER = auto()
    ALWAYS_AHEAD = auto()
    ALWAYS = auto()
    ALWAYS_UNSURE = auto()
    ALWAYS_OVER = auto()
    ANNOUNCED_AHEAD = auto()
    ANNOUNCED_NOW = auto()
    ANNOUNCED_PAST = auto()
    ANNOUNCED_OVER = auto()
    ANNOUNCED_MONTHLESS = auto()
    UNSTATED = auto()
    UNSTATED_BUT_WRITTEN = auto()


DAY = "{0.year}년 {0.month}월 {0.day}일"
DAY_OF_YEAR = "{0.month}월 {0.day}일"
FROM_TO, ONE_DAY, UNTIL, FROM = "{0}부터 {1}까지", "{0} 하루", "{0}까지", "{0}부터"
MONTH, MONTHS = "{0.year}년 {0.month}월", "{0.year}년 {0.month}~{1.month}월"
QUOTED = "(문서의 표현: {0})"
HOUR = " {0:%H:%M}"
WEEKDAYS = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일")
MONTHLY, MONTHLY_TO_END = "매월 {first}일부터 {last}일까지 받습니다.", "매월 {first}일부터 말일까지 받습니다."
WEEKLY = "매주 {first}부터 {last}까지 받습니다."
ROUNDS = "전체 일정은 {rounds}입니다."
HOLIDAYS = "공휴일"
LAST_WEEKDAY = "마감일 {day}은 {weekday}입니다."
CLOSED, CLOSED_BOTH = "{days}에는 접수하지 않습니다.", "{days}과 공휴일에는 접수하지 않습니다."
POSTMARK = "우편은 마감일 소인이 찍힌 것까지 받습니다."
ARRIVED = "우편은 마감일까지 도착한 것만 받습니다."
ENDS_EARLY = "예산이 소진되면 일찍 끝날 수 있습니다."
BEFORE = " 그 전에는 {0}로 안내되었습니다."
_ASK = "문의처에 확인해야 합니다."

IN_ANSWER = {
    Case.CANCELLED: "취소된 공고라 신청할 수 없습니다.",
    Case.CHANGED: f"나중에 나온 '{{unread}}'에서 바뀐 내용을 읽지 못해 지금 접수하는지 {_ASK}{{before}}",
    Case.HELD: f"직원이 접수가 중단되었다고 알렸습니다. 다시 받는지 {_ASK}{{before}}",
    Case.DATELESS: f"접수하는 날은 {_ASK}",
    Case.DATELESS_OVER: "접수가 끝났습니다.",
    Case.AHEAD: "{named}{span} 접수하고, 지금은 접수 전입니다.",
    Case.RUNNING: "{span} 접수 중입니다.",
    Case.RUNNING_UNTIL: "{closes}까지 접수 중이고 {left}일 남았습니다.",
    Case.RUNNING_ROUND: "{named}{span} 접수 중이고 {left}일 남았습니다.",
    Case.LAST_DAY: "{named}오늘({closes})까지입니다.",
    Case.OVER: "{named}{closes}에 끝났습니다.",
    Case.OVER_EARLY: "{closes}에 예정보다 일찍 마감되었습니다.",
    Case.OVER_WITH_ITS_YEAR: "접수가 끝났습니다.",
    Case.SPENT_AHEAD: "{since}예산 소진 시까지 접수하고, 지금은 접수 전입니다.",
    Case.SPENT: f"{{since}}예산 소진 시까지 접수합니다. 예산이 남았는지는 {_ASK}",
    Case.SPENT_UNSURE: f"{{since}}예산 소진 시까지 접수합니다. 예산이 남았는지는 {_ASK}",
    Case.SPENT_OVER: "{since}예산 소진 시까지 받던 것으로, 그해가 지나 끝났습니다.",
    Case.ALWAYS_AHEAD: "{opens}부터 언제든 신청할 수 있고, 지금은 접수 전입니다.",
    Case.ALWAYS: "연중 언제든(상시) 신청할 수 있습니다.",
    Case.ALWAYS_UNSURE: f"자료에 '{{text}}'라고 적혀 있습니다. 지금 받는지는 {_ASK}",
    Case.ALWAYS_OVER: f"연중 접수로 안내되었으나 그해가 지났습니다. 지금도 받는지 {_ASK}",
    Case.ANNOUNCED_AHEAD: "{month} 중 공고 예정이라 아직 접수 전입니다.",
    Case.ANNOUNCED_NOW: f"{{month}} 중 공고 예정으로 안내되었습니다. 공고가 나와 접수하는지는 {_ASK}",
    Case.ANNOUNCED_PAST: f"{{month}} 중 공고 예정이었고 그 시기가 지났습니다. 지금 접수하는지 {_ASK}",
    Case.ANNOUNCED_OVER: "{month} 중 공고한다고 안내된 것으로, 그해가 지나 끝났습니다.",
    Case.ANNOUNCED_MONTHLESS: f"공고 시기는 자료에 나와 있지 않습니다. 지금 접수하는지 {_ASK}",
    Case.UNSTATED: "신청기간은 자료에 나와 있지 않습니다.",
    Case.UNSTATED_BUT_WRITTEN: "신청기간은 자료에 '{text}'라고만 적혀 있습니다.",
}
"""One short sentence: whether one may apply on the day, and until or from when."""

_DATELESS = "접수기간의 날짜는 문서에서 확인되지 않습니다.{written}"
_OVER = "접수기간은 {days}였습니다. 이미 마감되었습니다."
_ANNOUNCED = "{month} 중 공고·접수 예정으로 안내되어 있습니다{quoted}."
_UNSTATED = "신청기간은 문서에서 확인되지 않습니다.{written}"

IN_REPORT = {
    Case.CANCELLED: "공고가 취소되어 접수하지 않습니다.",
    Case.CHANGED: f"나중에 나온 '{{unread}}'에서 바뀐 내용을 읽지 못했습니다. 지금 접수하는지 {_ASK}{{before}}",
    Case.HELD: f"직원이 접수가 중단되었다고 알렸습니다. 다시 접수하는지 {_ASK}{{before}}",
    Case.DATELESS: _DATELESS,
    Case.DATELESS_OVER: _DATELESS,
    Case.AHEAD: "접수기간은 {days}입니다. 아직 접수 전이며, {until}일 뒤에 시작합니다.",
    Case.RUNNING: "접수기간은 {days}입니다. 지금 접수하고 있습니다.",
    Case.RUNNING_UNTIL: "접수기간은 {days}입니다. 지금 접수하고 있습니다. 마감까지 {left}일 남았습니다.",
    Case.RUNNING_ROUND: "접수기간은 {days}입니다. 지금 접수하고 있습니다. 마감까지 {left}일 남았습니다.",
    Case.LAST_DAY: "접수기간은 {days}입니다. 오늘이 마지막 날이며, 오늘까지 신청할 수 있습니다.",
    Case.OVER: _OVER,
    Case.OVER_EARLY: "접수기간은 {days}였습니다. 예정보다 일찍 마감되었습니다.",
    Case.OVER_WITH_ITS_YEAR: _OVER,
    Case.SPENT_AHEAD: "{since}예산 소진 시까지 접수할 예정입니다.",
    Case.SPENT: "{since}예산 소진 시까지 접수합니다. 예산이 남았는지는 문의처에 전화로 확인해야 합니다.",
    Case.SPENT_UNSURE: f"{{since}}접수하며 일찍 마감될 수 있습니다.{{written}} 마감되었는지는 {_ASK}",
    Case.SPENT_OVER: "{since}예산 소진 시까지 접수한 사업입니다. 해당 연도가 지나 마감되었습니다.",
    Case.ALWAYS_AHEAD: "{opens}부터 상시로 신청할 수 있습니다.",
    Case.ALWAYS: "연중 상시(수시)로 신청할 수 있습니다.",
    Case.ALWAYS_UNSURE: "연중 상시(수시)로 신청할 수 있습니다.{written}",
    Case.ALWAYS_OVER: f"연중 상시(수시) 접수로 안내되었으나 해당 연도가 지났습니다. 지금도 접수하는지 {_ASK}",
    Case.ANNOUNCED_AHEAD: f"{_ANNOUNCED} 정확한 날짜는 아직 문서에서 확인되지 않습니다.",
    Case.ANNOUNCED_NOW: f"{_ANNOUNCED} 예정 시기이므로 공고가 나와 접수하는지는 {_ASK}",
    Case.ANNOUNCED_PAST: f"{_ANNOUNCED} 예정 시기가 지났으므로 접수 여부는 {_ASK}",
    Case.ANNOUNCED_OVER: f"{_ANNOUNCED} 해당 연도가 지나 마감된 것으로 봅니다.",
    Case.ANNOUNCED_MONTHLESS: f"공고 시기는 문서에서 확인되지 않습니다{{quoted}}. 접수 여부는 {_ASK}",
    Case.UNSTATED: _UNSTATED,
    Case.UNSTATED_BUT_WRITTEN: _UNSTATED,
}
"""A full sentence, with what the document has and what is left open."""

_EXPECTED = ", {first} 공고 예정으로 안내"

IN_CELL = {
    Case.AHEAD: ", {opens}부터",
    Case.RUNNING_UNTIL: ", {closes}까지({left}일 남음)",
    Case.RUNNING_ROUND: ", {closes}까지({left}일 남음)",
    Case.LAST_DAY: ", {closes}까지(오늘 마감)",
    Case.OVER: ", {closes}까지",
    Case.OVER_EARLY: ", {closes}까지(일찍 마감)",
    Case.SPENT: ", 예산 소진 시까지",
    Case.SPENT_UNSURE: ", 예산 소진 시까지",
    Case.ANNOUNCED_AHEAD: _EXPECTED,
    Case.ANNOUNCED_NOW: _EXPECTED,
    Case.ANNOUNCED_PAST: ", {month} 공고 예정 시기 지남",
    Case.ANNOUNCED_OVER: _EXPECTED,
}
"""What follows the standing in a cell of a table, where anything does."""
