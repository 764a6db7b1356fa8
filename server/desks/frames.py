"""Frames: an object flows into one end of a socket pair and comes out whole at the other.

Both ends are processes of ours, one started by the other, so that what comes may be unpickled.
"""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct

_HEAD = struct.Struct(">Q")


def put(end: socket.socket, thing: object) -> None:
    """Send one object. Raises OSError where nobody is at the other end."""
    body = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    end.sendall(_HEAD.pack(len(body)) + body)


def take(end: socket.socket) -> object:
    """The next object. Raises EOFError where the other end is closed."""
    (size,) = _HEAD.unpack(_exactly(end, _HEAD.size))
    thing: object = pickle.loads(_exactly(end, size))
    return thing


def _exactly(end: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = end.recv(min(size - len(parts), 1 << 20))
        except ConnectionError:
            part = b""
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


class Line:
    """One end of a socket pair in an event loop."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def of(cls, end: socket.socket) -> Line:
        """A line over a connected socket."""
        return cls(*await asyncio.open_unix_connection(sock=end))

    async def put(self, thing: object) -> None:
        """Send one object. Raises OSError or PicklingError."""
        body = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        self._writer.write(_HEAD.pack(len(body)) + body)
        await self._writer.drain()

    async def take(self) -> object:
        """The next object. Raises EOFError where the other end is closed."""
        try:
            (size,) = _HEAD.unpack(await self._reader.readexactly(_HEAD.size))
            thing: object = pickle.loads(await self._reader.readexactly(size))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise EOFError from None
        return thing

    def close(self) -> None:
        """Let go of it; the other end reads its end."""
        self._writer.close()
