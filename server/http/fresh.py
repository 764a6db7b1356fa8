"""Freshness: a read of the catalogue flows in; it flows out with the tag of its generation and day, or as not changed.

What the catalogue says follows from the generation, the day, the address and what staff announce (and from this version
of the server), so a caller that has it already is told so before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from fastapi import HTTPException, Request, Response
from pydantic import BaseModel

from rag.announced import posted
from server import VERSION
from server.desks.desks import Desk

# Kept, but asked after each time: another generation may be served, and a day ends.
CACHING = {"Cache-Control": "no-cache"}
# A longer body is packed for who takes that, and told to vary where it is packed; of what is not sent it is told here.
PACKED_FROM = 500
VARIES = {"Vary": "Accept-Encoding"}
RESPONSES: dict[int | str, dict[str, Any]] = {304: {}}
JSON, CALENDAR = "application/json", "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a read comes to nothing: a status and a Korean sentence."""

    status: int
    detail: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read: its address with the parameters, the day it is read for, and the tags of what the caller has."""

    address: str
    day: date
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a read came to: its tag with its body, without one where the caller has it, or why there is none."""

    tag: str = ""
    body: bytes | None = None
    refusal: Refusal | None = None


def wanted(request: Request, day: date) -> Wanted:
    """What a request reads on a day."""
    known = request.headers.get("if-none-match", "").split(",")
    return Wanted(f"{request.url.path}?{request.url.query}", day, tuple(filter(None, map(str.strip, known))))


def read(desk: Desk, wanted: Wanted, work: Callable[..., BaseModel | bytes | Refusal], *args: object) -> Told:
    """Do work at a desk unless the caller has what it would give; `work` and `args` travel as those of `Desks.run`."""
    digest = sha256(f"{VERSION} {wanted.address}".encode()).hexdigest()[:16]
    # Weak, for packed and unpacked are one to whoever reads it.
    stamp = f".{posted().stamp}" if posted().stamp else ""
    tag = f'W/"{desk.record.id}.{wanted.day}.{digest}{stamp}"'
    if tag in wanted.known or tag.removeprefix("W/") in wanted.known:
        return Told(tag)
    found = work(desk, *args)
    if isinstance(found, Refusal):
        return Told(refusal=found)
    if "*" in wanted.known:
        return Told(tag)
    return Told(tag, found if isinstance(found, bytes) else found.model_dump_json().encode())


def fresh(told: Told, media_type: str = JSON) -> Response:
    """The response. Raises HTTPException where the read was refused."""
    if told.refusal:
        raise HTTPException(told.refusal.status, told.refusal.detail)
    headers = {"ETag": told.tag, **CACHING}
    if told.body is None:
        return Response(status_code=304, headers=headers | VARIES)
    return Response(
        told.body, media_type=media_type, headers=headers | (VARIES if len(told.body) < PACKED_FROM else {})
    )
