"""Listening: settings flow in, the application serves at their address until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from rag.errors import PortInUse
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.ports import ChatModel

# How long running requests may take to end after the server was told to stop, in seconds.
GRACE_S = 10
# How long a question may wait for a worker, in seconds: longer than a queue of the default length takes, shorter than
# proxies and browsers wait.
PATIENCE_S = 25.0
# Connections and requests at once, beyond which more are refused before anything of them is read.
CONNECTIONS = 1024


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises PortInUse where that cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise PortInUse(f"'{host}' 주소를 찾을 수 없습니다. JIWON_HOST를 확인해 주세요.") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"{host}:{port}에서 열 수 없습니다({error.strerror}). 그 포트를 쓰는 프로그램을 끝내거나 "
            "JIWON_PORT로 다른 포트를 정해 주세요."
        ) from error
    return listener


def listen(settings: Settings, listener: socket.socket, workers: int, model: ChatModel | None) -> None:
    """Serve API and page on the socket until the process is told to stop; answers are made by so many workers."""
    import uvicorn

    from server.app import create_app
    from server.backup.occupied import in_use
    from server.clock import today
    from server.desks.crew import Crew
    from server.desks.desk import open_to_fork
    from server.desks.desks import rehearsal
    from server.logs import set_up
    from server.patient import Patient
    from server.sharing.following import Follower

    set_up(settings.log_level)
    if settings.traces_url:
        from server.traces import set_up_traces

        set_up_traces(settings.traces_url)
    follower = Follower(settings)
    crew = Crew(
        data_dir=settings.data_dir,
        opening=partial(open_to_fork, settings, rehearsal(today())),
        workers=workers,
        room=settings.queue,
        limit_s=settings.answer_timeout_s,
        patience_s=PATIENCE_S,
        log_level=settings.log_level,
        lacking=follower.lacking,
    )

    @asynccontextmanager
    async def at_work() -> AsyncIterator[None]:
        async with follower.at_work(), crew.at_work():
            yield

    app = create_app(crew, settings, today, model, at_work)
    config = uvicorn.Config(
        app,
        http=Patient,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_S,
        limit_concurrency=CONNECTIONS,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
    )
    with in_use(settings.data_dir):
        uvicorn.Server(config).run(sockets=[listener])
