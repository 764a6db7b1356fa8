"""What the framework of the page exposes: the list and nothing else, whatever routes it has or a later version adds."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from gradio.routes import App
from starlette.routing import BaseRoute, Route
from starlette.websockets import WebSocketDisconnect

from server.http.problems import HANDLERS
from tests.server.fakes import HERE
from tests.ui.rooms.test_consult import Desk
from tests.ui.staff.handing import NoFiles, ports
from ui.rooms.exposed import ELSEWHERE, ENDINGS, Exposed, methods
from ui.rooms.late import Late
from ui.rooms.mounting import drawn

LISTED = {
    ("GET", "/diagnosis"),
    ("GET", "/desk"),
    ("GET", "/theme.css"),
    ("GET", "/favicon.ico"),
    ("GET", "/assets/{path:path}"),
    ("GET", "/static/{path:path}"),
    ("POST", "/gradio_api/queue/join"),
    ("GET", "/gradio_api/queue/data"),
    ("GET", "/gradio_api/heartbeat/{session_hash}"),
}
WORDS = ("upload", "file", "proxy", "config", "info", "call", "run", "api", "component_server", "monitoring", "login")

HERE_ARE = (str(Path(__file__).parents[2]), sys.prefix, str(Path.home()), tempfile.gettempdir())
"""Folders of this machine."""


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """An application with nothing but the rooms."""
    rooms = Late(lambda: drawn(HANDLERS, Desk(), NoFiles(), ports()))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with rooms.at_work():
            yield

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.mount("/", Exposed(rooms))
    return app


@pytest.fixture(scope="module")
def framework() -> App:
    """Gradio as it stands behind the list."""
    app = drawn(HANDLERS, Desk(), NoFiles(), ports()).app
    assert isinstance(app, App)
    return app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A stranger."""
    with TestClient(app, client=HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def routes_of(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Method and address of every route, those of included routers too."""
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from routes_of(inner.routes)
        elif isinstance(route, Route) or hasattr(route, "methods"):
            yield from ((method, getattr(route, "path", "")) for method in sorted(getattr(route, "methods", ()) or ()))


def filled(path: str) -> str:
    """An address of a route, with what a stranger may try in its places."""
    return re.sub(r"\{[^}]+\}", "etc/passwd" if ":path}" in path else "abc123", path)


def test_every_route_of_the_framework_that_is_not_listed_is_refused(client: TestClient, framework: App) -> None:
    routes = set(routes_of(framework.routes))
    assert len(routes) > 60
    assert all(any(word in path for _, path in routes) for word in WORDS)
    assert routes >= LISTED
    for method, path in sorted(routes - LISTED):
        answer = client.request(method, filled(path))
        assert answer.status_code in (404, 405), (method, path)
        if method != "HEAD":
            assert answer.headers["content-type"] == "application/problem+json", (method, path)
            assert answer.json()["status"] == answer.status_code


def test_a_route_that_a_later_version_adds_is_refused_until_it_is_listed() -> None:
    app, inner = FastAPI(), App()
    inner.add_api_route("/gradio_api/brand-new", lambda: "all files", methods=["GET", "POST"])
    app.mount("/", Exposed(inner))
    with TestClient(app, client=HERE) as client:
        assert client.get("/gradio_api/brand-new").status_code == 404
        assert client.post("/gradio_api/brand-new").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/assets/",
            "/assets/../config",
            "/assets/a/b.js",
            "/assets/.env.js",
            "/assets/x.py",
            "/assets/x",
            "/assets/x.js/",
        ),
        *(
            "/static/",
            "/static/img/logo.svg",
            "/static/js/../../x",
            "/gradio_api/queue/join/",
            "/gradio_api/queue/status",
        ),
        *("/gradio_api/heartbeat/", "/gradio_api/heartbeat/a/b", "/gradio_api/heartbeat/" + "a" * 33, "/diagnosis/"),
        *(
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/proxy=http://localhost",
            "/file=x",
            "/%2e%2e/x",
            "//",
            "/index.html",
        ),
    ],
)
def test_an_address_that_only_resembles_a_listed_one_is_not_listed(path: str) -> None:
    assert methods(path) == frozenset()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_of_the_framework_is_read_only(ending: str) -> None:
    assert methods(f"/assets/Index-DphvyggB{ending}") == {"GET", "HEAD"}


def test_a_listed_address_takes_no_other_method(client: TestClient) -> None:
    answer = client.put("/gradio_api/queue/join")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert client.options("/diagnosis").status_code == 405


@pytest.mark.parametrize("path", ["/diagnosis", "/theme.css", "/favicon.ico"])
def test_no_other_origin_is_told_that_it_may_read_a_reply(client: TestClient, path: str) -> None:
    for origin in ("https://elsewhere.example", "null", "http://testserver"):
        answer = client.get(path, headers={"Origin": origin})
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_a_page_of_another_site_cannot_ask_for_its_reader(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(
        "/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": "a"}, headers=headers
    )
    assert (answer.status_code, answer.json()["detail"]) == (403, ELSEWHERE)


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_the_page_itself_may_ask(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(
        "/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": "a"}, headers=headers
    )
    assert answer.status_code not in (403, 404, 405)


def test_no_reply_tells_a_path_of_the_machine(client: TestClient, framework: App) -> None:
    asked = [("GET", path) for path in ("/diagnosis", "/theme.css")] + [("POST", "/gradio_api/queue/join")]
    asked += [(method, filled(path)) for method, path in sorted(set(routes_of(framework.routes)))]
    for method, path in asked:
        if "queue/data" in path or "heartbeat" in path:
            continue  # these last as long as the page is open
        answer = client.request(method, path)
        told = answer.text + str(answer.headers)
        assert not any(words in told for words in ("site-packages", "Traceback", *HERE_ARE)), (method, path)


def test_a_socket_is_closed(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/gradio_api/queue/join"):
        pass
