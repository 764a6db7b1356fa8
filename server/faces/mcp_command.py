"""The command `jiwon mcp`: settings flow in; tools over the served generation are offered on the standard streams."""

from __future__ import annotations

import asyncio

from rag.models import open_model
from rag.settings import Settings
from server.asking.ask import Asking
from server.clock import today
from server.desks.announcing_desks import once
from server.desks.desk import opener
from server.desks.service import Service
from server.faces.mcp_server import on_streams
from server.faces.tools import Tools
from server.logs import set_up


def serve_tools(settings: Settings) -> None:
    """Serve until the input ends, following new generations. Raises IndexMissing, IndexDamaged or ModelUnavailable."""
    set_up(settings.log_level)
    model = open_model(settings) if settings.model else None
    service = Service(settings.data_dir, opener(settings))
    try:
        service.check()
        with service.watched():
            asyncio.run(on_streams(Tools(Asking(once(service, settings), model), today)))
    finally:
        service.close()
