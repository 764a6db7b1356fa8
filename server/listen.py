"""Listening: settings flow in, the application serves at their address until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.errors import PortInUse
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.ports import ChatModel
    from server.desks.service import Desk

# How long running requests may take to end after the server was told to stop, in seconds.
GRACE_S = 10


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


def listen(settings: Settings, listener: socket.socket, open_desk: Callable[[], Desk], model: ChatModel | None) -> None:
    """Serve API and page, answered at the desk that is opened, on the socket until the process is told to stop."""
    import uvicorn

    from server.app import create_app
    from server.clock import today
    from server.desks.service import Service
    from server.diagnoses.opening import open_consulting
    from server.logs import set_up

    set_up(settings.log_level)
    service = Service(settings.data_dir, open_desk)
    consulting = open_consulting(settings, service)
    app = create_app(service, settings.corpus_dir, today, settings.admin_key, consulting, model)
    config = uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=GRACE_S)
    with service.watched():
        uvicorn.Server(config).run(sockets=[listener])
