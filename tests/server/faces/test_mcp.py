"""The package's own client reaches every tool, over HTTP and on the standard streams, and reads what is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Literal, TypeVar

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent, Tool
from pydantic import BaseModel

from rag.errors import ModelUnavailable
from server.asking.values import Inbound
from server.faces import tools_wire
from server.faces.tools_wire import ToolResult
from tests.server.fakes import FakeDesk
from tests.server.test_app import is_problem

T = TypeVar("T")
Mode = Literal["auto", "legacy"]
NAMES = ["ask", "match", "programs", "contacts", "deadlines"]
ROOT = Path(__file__).parents[3]
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
ACCEPTED = {"accept": "application/json, text/event-stream"}


def visited(server: str | StdioServerParameters, visit: Callable[[Client], Coroutine[Any, Any, T]], mode: Mode) -> T:
    """What a visit of the client comes to."""

    async def run() -> T:
        async with Client(server, mode=mode, read_timeout_seconds=60) as client:
            return await visit(client)

    return asyncio.run(run())


def called(address: str, name: str, arguments: dict[str, object], mode: Mode = "auto") -> CallToolResult:
    """What a tool gives over HTTP."""

    async def visit(client: Client) -> CallToolResult:
        return await client.call_tool(name, arguments)

    return visited(f"{address}/mcp", visit, mode)


def text_of(result: CallToolResult) -> str:
    """The words of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def listed(client: Client) -> list[Tool]:
    """The tools that are offered."""
    return (await client.list_tools()).tools


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_described_in_korean_throughout(address: str, mode: Mode) -> None:
    tools = visited(f"{address}/mcp", listed, mode)
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        assert tool.annotations and tool.annotations.read_only_hint
        for schema in (tool.input_schema, tool.output_schema):
            assert schema is not None
            told = [one.get("description", "") for one in schema["properties"].values()]
            assert all(any("가" <= letter <= "힣" for letter in words) for words in (tool.description or "", *told))


CALLS: list[tuple[str, dict[str, object], str, str]] = [
    ("ask", {"question": "언제까지인가요?"}, "answer", "**4월 20일**까지 신청합니다 [1]"),
    ("match", {"profile": {"size": "중소기업"}}, "programs", "가상 바우처 (2026, 가나다센터) 접수 중, 2026-04-20 마감"),
    ("programs", {"kind": "voucher"}, "programs", "모두 1개 가운데 1개입니다."),
    ("programs", {"id": "p1"}, "program", "- 최대 2천만원"),
    ("contacts", {"program": "바우처"}, "contacts", "가나다센터 02-000-0000, a@example.kr"),
    ("deadlines", {"from": "2026-04-01", "to": "2026-04-30"}, "programs", "2026-04-20 마감(31일 남음) [p1]"),
]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize(("name", "arguments", "key", "words"), CALLS)
def test_a_tool_gives_a_record_and_the_same_in_words(
    address: str, mode: Mode, name: str, arguments: dict[str, object], key: str, words: str
) -> None:
    result = called(address, name, arguments, mode)
    assert not result.is_error
    assert result.structured_content[key]
    assert result.structured_content["generation"] == "g1"
    assert words in text_of(result)


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("ask", {"question": " "}, "question: 비어 있습니다."),
        ("ask", {"question": "가" * 2001}, "question: 너무 깁니다(2000자까지)."),
        ("ask", {}, "question: 꼭 있어야 합니다."),
        ("ask", {"question": "가", "answer": 1}, "answer: 모르는 항목입니다."),
        ("match", {"profile": {"region": "아무말"}}, "profile.region: 모르는 지역입니다"),
        ("match", {"profile": {}, "limit": 21}, "limit: 20 이하여야 합니다."),
        ("programs", {"region": "아무말"}, "region: 모르는 지역입니다"),
        ("programs", {"id": "p9"}, "그런 지원사업이 없습니다"),
        ("contacts", {"program": "없는 사업"}, "그런 지원사업이 없습니다"),
        ("contacts", {"program": "가상"}, "이름이 맞는 사업이 여럿입니다"),
        ("deadlines", {"from": "2026-04-02", "to": "2026-04-01"}, "첫날이 마지막 날보다 뒤일 수 없습니다"),
        ("deadlines", {"from": "2026-01-01", "to": "2028-01-01"}, "366일까지"),
        ("delete", {}, "그런 도구가 없습니다. ask, match"),
    ],
)
def test_what_is_wrong_is_told_in_the_result_for_a_model_to_mend(
    address: str, name: str, arguments: dict[str, object], named: str
) -> None:
    result = called(address, name, arguments)
    assert result.is_error
    assert named in text_of(result)


def test_an_accident_shows_its_sentence_and_nothing_of_the_inside(address: str, behind: FakeDesk) -> None:
    behind.fails = ModelUnavailable("모델을 불러올 수 없습니다.")
    assert text_of(called(address, "ask", {"question": "가"})) == "모델을 불러올 수 없습니다."
    behind.fails = RuntimeError("secret detail")
    broken = called(address, "ask", {"question": "가"})
    assert broken.is_error and "서버에서 오류가" in text_of(broken) and "secret" not in text_of(broken)


def test_each_post_is_answered_by_itself_with_json(address: str) -> None:
    reply = httpx2.post(f"{address}/mcp", json=PING, headers=ACCEPTED)
    assert (reply.status_code, reply.json()["result"]) == (200, {})
    assert reply.headers["content-type"] == "application/json"
    assert "mcp-session-id" not in reply.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": "evil.example:8000"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_a_page_of_elsewhere_is_refused(address: str, headers: dict[str, str], status: int) -> None:
    assert is_problem(httpx2.post(f"{address}/mcp", json=PING, headers={**ACCEPTED, **headers}), status)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_to_listen_to_and_no_session_to_end(address: str, method: str) -> None:
    reply = httpx2.request(method, f"{address}/mcp", headers=ACCEPTED)
    assert is_problem(reply, 405)
    assert reply.headers["allow"] == "POST"


def test_a_body_too_large_is_a_problem(address: str) -> None:
    assert is_problem(httpx2.post(f"{address}/mcp", content=b" " * (256 * 1024 + 1), headers=ACCEPTED), 413)


def models() -> list[type[BaseModel]]:
    """Every record and every argument list of the tools."""
    known = [one for one in vars(tools_wire).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    return [one for one in known if one.__module__ == tools_wire.__name__]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_property_says_what_it_is_and_every_example_is_taken(model: type[BaseModel]) -> None:
    assert all(field.description for field in model.model_fields.values())
    for example in model.model_json_schema().get("examples", []):
        model.model_validate(example)
    assert not issubclass(model, Inbound) or model.model_json_schema()["examples"]
    assert model is ToolResult or not issubclass(model, ToolResult) or "as_of" in model.model_fields


@pytest.mark.long
def test_the_command_serves_the_tools_on_the_standard_streams(corpus_data: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("JIWON_")}
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from server.cli import main; main()", "mcp"],
        env={**clean, "JIWON_DATA_DIR": str(corpus_data), "JIWON_LOG_LEVEL": "ERROR"},
        cwd=ROOT,
    )

    async def visit(client: Client) -> list[CallToolResult]:
        assert [tool.name for tool in await listed(client)] == NAMES
        company = {"region": "경기도 화성시", "industry": "식품 제조", "size": "중소기업", "employees": 12}
        matched = await client.call_tool("match", {"profile": company, "as_of": "2026-03-20", "limit": 3})
        found = matched.structured_content["programs"]
        return [
            matched,
            await client.call_tool("programs", {"id": found[0]["id"], "as_of": "2026-03-20"}),
            await client.call_tool("contacts", {"program": found[0]["name"], "region": "경기도 화성시"}),
            await client.call_tool("ask", {"question": f"{found[0]['name']} 문의처가 어디인가요?", "profile": company}),
            await client.call_tool("deadlines", {"from": "2026-03-20", "to": "2026-12-31"}),
        ]

    results = visited(server, visit, "auto")
    assert [result.is_error for result in results] == [False] * 5
    assert len(results[0].structured_content["programs"]) == 3 <= results[0].structured_content["total"]
    assert results[1].structured_content["program"]["contacts"]
    regions = [set(contact["regions"]) for contact in results[2].structured_content["contacts"]]
    assert regions and all(not region or "경기도" in " ".join(region) for region in regions)
    assert results[3].structured_content["sources"]
    closes = [program["period"]["closes_on"] for program in results[4].structured_content["programs"]]
    assert closes == sorted(closes) and closes
    # A result is read by a language model: it is bounded, whatever the corpus holds.
    assert max(len(json.dumps(result.structured_content, ensure_ascii=False)) for result in results) < 40_000
