"""Logs: one JSON object a line, and personal data in none of them, however deep or in whatever type it was told."""

from __future__ import annotations

import json
import logging
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from server.logs import log, set_up, unpersonal

PHONE, MAIL, RESIDENT = "010-1234-5678", "gildong@naver.com", "900101-1234567"


@pytest.fixture(autouse=True)
def _info() -> None:
    set_up("INFO")


def line_of(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The last line that was logged."""
    last: dict[str, Any] = json.loads(capsys.readouterr().err.splitlines()[-1])
    return last


class Odd:
    """A value that no JSON knows."""

    def __repr__(self) -> str:
        return f"<Odd {PHONE}>"


@pytest.mark.parametrize(
    "value",
    [
        PHONE,
        {"a": {"b": [MAIL]}},
        {PHONE: 1},
        {"a": ({RESIDENT},)},
        [("공일공 일이삼사 오육칠팔",)],
        PHONE.encode(),
        bytearray("홍길동 골뱅이 지메일 닷컴".encode()),
        ValueError(MAIL),
        Odd(),
        [Odd()],
        9001011234567,
        1012345678,
        1012345678.0,
        Path("/data") / MAIL,
        Decimal("9001011234567"),
        [[[[[[[[[[[[PHONE]]]]]]]]]]]],
    ],
    ids=repr,
)
def test_no_personal_data_is_logged_in_whatever_value_it_comes(
    value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    log().info("told", value=value)
    shown = json.dumps(line_of(capsys), ensure_ascii=False)
    assert not any(part in shown for part in ("1234", "gildong", "길동", "일이삼사", "9001", "1012345678"))
    assert "[" in shown


def test_a_name_of_a_field_and_a_trace_hold_none(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise RuntimeError(f"{PHONE} {MAIL}")
    except RuntimeError:
        log().exception("broke", **{PHONE: 1})
    line = line_of(capsys)
    assert "RuntimeError" in line["exception"]
    assert not any(part in json.dumps(line) for part in ("5678", "gildong"))


def test_what_libraries_log_goes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise RuntimeError(RESIDENT)
    except RuntimeError:
        logging.getLogger(f"library.{PHONE}").exception("told %s", {"mail": MAIL}, stack_info=True)
    line = line_of(capsys)
    assert line["level"] == "error"
    assert not any(part in json.dumps(line) for part in ("5678", "gildong", "1234567"))


def test_what_tells_of_nobody_keeps_its_type() -> None:
    event = {
        "ms": 12,
        "share": 0.25,
        "ok": True,
        "none": None,
        "bytes": 256 * 1024,
        "list": [1, "가"],
        "day": {"d": 1.0},
    }
    assert unpersonal(event) == event
    assert unpersonal({"day": date(2026, 3, 20), "pair": (1, 2)}) == {
        "day": "datetime.date(2026, 3, 20)",
        "pair": [1, 2],
    }


@pytest.mark.parametrize(
    "identifier",
    [
        "20261129174716-814b638b-1",
        "550e8400-e29b-41d4-a716-446655440000",
        "0b0b12345678901234567890abcdef12",
        "2026-11-29T16:03:32.123456Z",
        "/v1/programs/2026-12-345",
    ],
)
def test_ids_times_and_paths_stay(identifier: str) -> None:
    assert unpersonal({"id": identifier}) == {"id": identifier}
