"""A client generated from the description of the API is typed, and does the main things with the application."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.server.typed_client import write_client

pytestmark = pytest.mark.long

USE = """
from datetime import date

import client
import models


def use(one: client.Client) -> tuple[str, date | None, str]:
    answer = one.ask(models.AskRequest(question="가상 바우처는 언제까지 신청하나요?"))
    page = one.programs(status=models.PeriodStatus.open, as_of=date(2026, 3, 20))
    days = one.deadlines(from_=date(2026, 3, 20), opens=True)
    wrong: int = answer.answer  # expected: error
    return answer.answer, page.programs[0].period.closes_on, days.deadlines[0].program_name
"""


@pytest.fixture(scope="module")
def made(running: tuple[TestClient, object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated client."""
    folder = tmp_path_factory.mktemp("client")
    write_client(running[0].get("/openapi.json").json(), folder)
    return folder


@pytest.fixture
def generated(made: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any, Any]]:
    """The generated modules and a client that speaks with the application."""
    monkeypatch.syspath_prepend(str(made))
    before = set(sys.modules)
    models, module = import_module("models"), import_module("client")

    def send(method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        reply = client.request(method, path, content=body, headers=dict(headers))
        return reply.status_code, reply.content

    yield models, module, module.Client(send)
    for name in {"models", "client"} - before:
        del sys.modules[name]


def test_it_does_the_main_things(generated: tuple[Any, Any, Any]) -> None:
    models, _, client = generated
    profile = models.ProfileIn(region="경기도 화성시", size=models.SizeClass("중소기업"))
    answer = client.ask(models.AskRequest(question="언제까지입니까?", profile=profile))
    assert answer.status is models.AnswerStatus.answered
    assert answer.programs[0].period.closes_on == date(2026, 4, 20)
    page = client.programs(status=models.PeriodStatus.open, as_of=date(2026, 3, 20), per_page=1)
    assert [one.id for one in page.programs] == ["p1"]
    assert client.program("p1").benefits[0].ceiling == 20_000_000
    assert client.match(models.MatchRequest(profile=profile)).counts == {models.Verdict.possible: 2}
    assert client.contacts(program="가상 바우처").contacts[0].phones == ["02-000-0000"]
    assert client.deadlines(from_=date(2026, 3, 1), opens=True).deadlines[0].event is models.Event.opens
    assert client.deadlines_ics(from_=date(2026, 3, 1)).startswith(b"BEGIN:VCALENDAR")
    judged = models.FeedbackIn(answer_id=answer.id, useful=True)
    first = client.feedback(judged, idempotency_key="one")
    assert client.feedback(judged, idempotency_key="one") == first
    chat = models.ChatRequest(model="jiwon", messages=[models.UserMessage(role="user", content="언제까지입니까?")])
    assert client.complete(chat).choices[0].message.content.startswith("**4월 20일**")
    assert client.forget("visitor") is None


def test_a_refusal_is_raised_as_the_problem_it_is(generated: tuple[Any, Any, Any]) -> None:
    _, module, client = generated
    with pytest.raises(module.Refused, match="그런 지원사업이 없습니다") as refused:
        client.program("none")
    assert refused.value.problem.status == 404


def test_its_types_are_checked(made: Path) -> None:
    (made / "use.py").write_text(USE, "utf-8")
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--no-incremental",
            "--follow-imports=silent",
            "client.py",
            "use.py",
        ],
        capture_output=True,
        text=True,
        cwd=made,
        check=False,
    )
    told = [line for line in ran.stdout.splitlines() if "error" in line and not line.startswith("Found")]
    assert len(told) == 1, ran.stdout
    assert "use.py" in told[0] and "Incompatible types in assignment" in told[0]
