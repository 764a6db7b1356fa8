"""Outbound: an address flows in, the reply of a public host flows out, bounded in time and size; nobody else is asked.

An address may come from anybody: a source that staff name, a webhook that a subscriber does. What a name stands for is
looked up once, held against what may be reached, and connected to as looked up, so that no second look-up can say
otherwise; a redirect is held against it anew.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from rag.errors import OutboundFailed, OutboundRefused
from rag.messages import outbound as said

if TYPE_CHECKING:
    import httpx2

REDIRECTS = 3
LARGEST = 2**26
"""Bytes of a reply that are read where nobody says how many."""
AGENT = "jiwon/1 (+support programmes for small companies)"
SCHEMES = {"http": 80, "https": 443}
ENOUGH = 2**16
"""Bytes of what is answered to a post that are read; the rest is left, for nobody needs more than a word of it."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered: the address asked last, its status, its headers in small letters, and the bytes."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def retry_after(self) -> float | None:
        """After how many seconds it wants to be asked again, where it says so."""
        return seconds_of(self.headers.get("retry-after", ""))


@dataclass(frozen=True, slots=True)
class _Target:
    """An address, and the one of the host that it was found to stand for."""

    url: str
    pinned: str
    host: str
    name: str

    @property
    def origin(self) -> tuple[str, str]:
        """How it is spoken to, and the host with its port."""
        return self.url.partition(":")[0], self.host


def looked_up(host: str, port: int) -> Sequence[str]:
    """The addresses that a name stands for. Raises OSError where there are none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Outbound:
    """One client for all that is asked of other hosts; safe to share between threads.

    `allowed` are the networks that may be reached although they are private, such as "10.1.0.0/16"; a call takes
    `timeout_s` seconds at most, from beginning to end.
    """

    def __init__(self, allowed: Sequence[str] = (), *, timeout_s: float = 10.0, resolve: Resolve = looked_up) -> None:
        self.allowed: tuple[Network, ...] = tuple(map(ipaddress.ip_network, allowed))
        self.timeout_s = timeout_s
        self.resolve = resolve

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, most: int = LARGEST) -> Reply:
        """What stands at an address, redirects followed. Raises OutboundRefused or OutboundFailed."""
        return self._followed("GET", url, headers, most)

    def head(self, url: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        """What is said of an address without its content, redirects followed. Raises as `get` does."""
        return self._followed("HEAD", url, headers, 0)

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None) -> Reply:
        """What is answered to a body; no redirect is followed, for it was meant for this address alone. Raises as
        `get` does.
        """
        return self._asked("POST", self._target(url), headers, ENOUGH, time.monotonic() + self.timeout_s, body)

    def check(self, url: str) -> None:
        """Raise OutboundRefused where the address must not be asked, OutboundFailed where its name stands for none."""
        self._target(url)

    def close(self) -> None:
        """Let go of the connections."""
        if "_client" in vars(self):
            self._client.close()

    @cached_property
    def _client(self) -> httpx2.Client:
        import httpx2

        # No proxy and no certificates of the environment: whoever sets those would see what is asked. No cookies, which
        # would be kept by the address that hosts share.
        nobody = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        return httpx2.Client(trust_env=False, follow_redirects=False, cookies=nobody)

    def _followed(self, method: str, url: str, headers: Mapping[str, str] | None, most: int) -> Reply:
        until = time.monotonic() + self.timeout_s
        first = target = self._target(url)
        for _ in range(REDIRECTS + 1):
            # What opens one host is told to no other.
            own = headers if target.origin == first.origin else None
            reply = self._asked(method, target, own, most, until)
            way = reply.headers.get("location")
            if not (300 <= reply.status < 400 and way):
                return reply
            target = self._target(_joined(target.url, way))
        raise OutboundFailed(said.TOO_MANY_TURNS.format(host=first.host, most=REDIRECTS))

    def _target(self, url: str) -> _Target:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise OutboundRefused(said.NO_ADDRESS) from None
        if parts.scheme not in SCHEMES or not host or parts.username is not None:
            raise OutboundRefused(said.NO_ADDRESS)
        try:
            found = self.resolve(host, port or SCHEMES[parts.scheme])
        except (OSError, UnicodeError):
            raise OutboundFailed(said.NO_HOST.format(host=host)) from None
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
        if not addresses or not all(map(self._may_reach, addresses)):
            raise OutboundRefused(said.PRIVATE.format(host=host))
        pinned = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
        own = f":{port}" if port else ""
        named = f"[{host}]" if ":" in host else host
        return _Target(
            urlunsplit((parts.scheme, f"{named}{own}", parts.path or "/", parts.query, "")),
            urlunsplit((parts.scheme, f"{pinned}{own}", parts.path or "/", parts.query, "")),
            f"{named}{own}",
            host,
        )

    def _may_reach(self, address: Address) -> bool:
        """Whether an address is a public one, also within one of the other kind, or one that was allowed."""
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if any(inner.version == network.version and inner in network for network in self.allowed):
            return True
        return bool(inner.is_global and not inner.is_multicast and not _is_translated(inner))

    def _asked(
        self,
        method: str,
        target: _Target,
        headers: Mapping[str, str] | None,
        most: int,
        until: float,
        body: bytes | None = None,
    ) -> Reply:
        import httpx2

        told = {"User-Agent": AGENT, **(headers or {}), "Host": target.host}
        left = max(until - time.monotonic(), 0.01)
        try:
            with self._client.stream(
                method,
                target.pinned,
                headers=told,
                content=body,
                timeout=left,
                extensions={"sni_hostname": target.name},
            ) as response:
                content = _read(response.iter_bytes(), most, until, target, is_cut=body is not None)
                replied = {name.lower(): value for name, value in response.headers.items()}
                return Reply(target.url, response.status_code, replied, content)
        except httpx2.TimeoutException:
            raise OutboundFailed(said.LATE.format(host=target.host, seconds=self.timeout_s)) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise OutboundFailed(said.CUT_OFF.format(host=target.host, why=type(error).__name__)) from None


def shown(url: str) -> str:
    """An address as it may be shown and logged: without what opens it."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"


def seconds_of(text: str) -> float | None:
    """The seconds that a Retry-After tells, as a number or as a moment; None where it tells neither."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _read(pieces: Iterable[bytes], most: int, until: float, target: _Target, *, is_cut: bool) -> bytes:
    """All of a body, or so much of it. Raises OutboundFailed where it is not there in time, or longer and not cut."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > most:
            if is_cut:
                return bytes(content[:most])
            raise OutboundFailed(said.TOO_LARGE.format(host=target.host, most=most // 2**20 or 1))
        if time.monotonic() > until:
            raise OutboundFailed(said.SLOW.format(host=target.host))
    return bytes(content)


def _joined(url: str, way: str) -> str:
    """Where a redirect leads. Raises OutboundRefused where it is no way."""
    try:
        return urljoin(url, way)
    except ValueError:
        raise OutboundRefused(said.NO_ADDRESS) from None


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of the other kind behind a translator, RFC 6052: a private one may hide there."""


def _is_translated(address: Address) -> bool:
    return address.version == 6 and address in _TRANSLATED
