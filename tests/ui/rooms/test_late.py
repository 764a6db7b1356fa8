"""Rooms that nobody opens are never drawn; those that somebody opens are drawn once, run, and end with the server."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.server.fakes import HERE
from ui.rooms.late import Drawn, Late


async def room(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("the room")(scope, receive, send)


class Studio:
    """Draws a room slowly, and notes what happens."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    def draw(self) -> Drawn:
        time.sleep(0.2)
        self.noted.append("drawn")
        return Drawn(room, self._running())

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        self.noted.append("begun")
        yield
        self.noted.append("ended")


@pytest.fixture
def studio() -> Studio:
    return Studio()


def served(late: Late) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with late.at_work():
            yield

    app = FastAPI(lifespan=lifespan)
    app.add_api_route("/elsewhere", lambda: "not a room")
    app.mount("/", late)
    return app


def test_a_room_that_nobody_opens_is_not_drawn(studio: Studio) -> None:
    late = Late(studio.draw)
    with TestClient(served(late), client=HERE) as client:
        assert client.get("/elsewhere").status_code == 200
    assert studio.noted == []


def test_many_who_come_at_once_get_the_one_that_is_drawn_and_it_ends_with_the_server(studio: Studio) -> None:
    late = Late(studio.draw)
    with TestClient(served(late), client=HERE) as client, ThreadPoolExecutor(4) as threads:
        told = list(threads.map(lambda _: client.get("/desk").text, range(8)))
        assert studio.noted == ["drawn", "begun"]
    assert told == ["the room"] * 8
    assert studio.noted == ["drawn", "begun", "ended"]


def test_one_that_cannot_be_drawn_is_tried_again_for_the_next_who_asks(studio: Studio) -> None:
    tries: list[int] = []

    def draw() -> Drawn:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no room for it")
        return studio.draw()

    with TestClient(served(Late(draw)), client=HERE, raise_server_exceptions=False) as client:
        assert client.get("/desk").status_code == 500
        assert client.get("/desk").text == "the room"
