"""MCP: tools flow in; a server of the Model Context Protocol, on the standard streams or over HTTP, flows out.

The package is slow to load, so it is loaded where a server begins: at the command, or with the first request.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request
from starlette.types import Receive, Scope, Send

from server import VERSION
from server.faces.tool_words import INSTRUCTIONS, words
from server.faces.tools import Tool, Tools

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecurityMiddleware

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NOT_ALLOWED = {
    403: "다른 누리집에서 부를 수 없습니다. Origin 머리글을 확인해 주세요.",
    421: "이 주소로는 부를 수 없습니다. Host 머리글을 확인해 주세요.",
}


def server_of(tools: Tools) -> Server[Any]:
    """A server with these tools; what is wrong with a call is told in its result, for a model to read and mend."""
    from mcp.server.lowlevel import Server
    from mcp_types import CallToolRequestParams, CallToolResult, ListToolsResult, PaginatedRequestParams, TextContent

    offered = ListToolsResult(tools=[_described(tool) for tool in tools.all.values()])

    async def listed(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return offered

    async def called(_: object, asked: CallToolRequestParams) -> CallToolResult:
        record = await tools.call(asked.name, asked.arguments or {})
        if isinstance(record, str):
            return CallToolResult(content=[TextContent(text=record)], is_error=True)
        return CallToolResult(
            content=[TextContent(text=words(record))], structured_content=record.model_dump(mode="json")
        )

    return Server(
        "jiwon",
        version=VERSION,
        title="지원",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _described(tool: Tool) -> Any:
    from mcp_types import Tool as Described
    from mcp_types import ToolAnnotations

    return Described(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(mode="serialization"),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


async def on_streams(tools: Tools) -> None:
    """Serve on the standard streams until the input ends; nothing else may be written to the output."""
    from mcp.server.stdio import stdio_server

    server = server_of(tools)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class McpFace:
    """An ASGI application: each POST is answered by itself with JSON, without sessions; runs while `at_work`.

    Only names of this machine and `hosts` are taken as Host, and only pages of theirs as Origin: a page of elsewhere
    cannot reach it by pointing a name of its own here.
    """

    def __init__(self, tools: Tools, hosts: Sequence[str]) -> None:
        self._tools, self._hosts = tools, (*LOOPBACK, *hosts)
        self._wanted: asyncio.Event
        self._ended: asyncio.Event
        self._opened: asyncio.Future[_Opened] | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """For the running of the application: opens with the first request, closes at the end."""
        self._wanted, self._ended = asyncio.Event(), asyncio.Event()
        self._opened = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._serve(self._opened))
        try:
            yield
        finally:
            self._ended.set()
            self._wanted.set()
            await task

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Raises HTTPException where it comes from elsewhere."""
        assert self._opened is not None, "the application is not running"
        self._wanted.set()
        opened = await asyncio.shield(self._opened)
        refused = await opened.guard.validate_request(Request(scope, receive))
        if refused is not None:
            raise HTTPException(refused.status_code, NOT_ALLOWED.get(refused.status_code))
        await opened.manager.handle_request(scope, receive, send)

    async def _serve(self, opened: asyncio.Future[_Opened]) -> None:
        await self._wanted.wait()
        if self._ended.is_set():
            return
        try:
            made = await asyncio.to_thread(_Opened, self._tools, self._hosts)
            async with made.manager.run():
                opened.set_result(made)
                await self._ended.wait()
        except Exception as error:
            if opened.done():
                raise
            # Whoever asks is told, and everything else is served.
            opened.set_exception(error)


class _Opened:
    """What a server over HTTP is made of."""

    def __init__(self, tools: Tools, hosts: tuple[str, ...]) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings

        named = [name for host in hosts for name in (host, f"{host}:*")]
        pages = [f"{scheme}://{name}" for scheme in ("http", "https") for name in named]
        self.guard: TransportSecurityMiddleware = TransportSecurityMiddleware(
            TransportSecuritySettings(allowed_hosts=named, allowed_origins=pages)
        )
        self.manager: StreamableHTTPSessionManager = StreamableHTTPSessionManager(
            server_of(tools), json_response=True, stateless=True
        )
