"""Polite asking: an address of a source flows in; what was made of its reply flows out, slowly and a few times at most.

Between two requests to one host lies a gap; what may pass (429, 5xx, a cut or another form) is asked for again after
what `Retry-After` says, else after a growing while; all of a run together takes so many seconds at most. Keys are in
no sentence that leaves here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote, unquote, urlsplit

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from rag.errors import CollectFailed, OutboundFailed, OutboundRefused
from rag.messages import collecting as said
from rag.outbound import LARGEST, Outbound, Reply

Made = TypeVar("Made")
TRIES = 4
MOST_WAIT_S = 120.0
"""A host that wants to be left alone for longer is asked in another run."""
MOST_S = 1800.0
_LONGER = wait_random_exponential(multiplier=1, max=60)


class Passing(CollectFailed):
    """What may be over when asked again, after `retry_after` seconds where the host says so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TimeOver(CollectFailed):
    """The time of the run is over; what is left comes in the next one."""


class Polite:
    """Asks the hosts of one source of that `name`, `gap_s` seconds apart; `key` is taken out of what is told."""

    def __init__(
        self,
        name: str,
        outbound: Outbound,
        gap_s: float,
        *,
        key: str = "",
        variable: str = "",
        most_s: float = MOST_S,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name, self.variable = name, variable
        self._outbound, self._gap_s, self._pause, self._most_s = outbound, gap_s, pause, most_s
        self._until = time.monotonic() + most_s
        self._last: dict[str, float] = {}
        self._secrets = sorted({k for k in (key, unquote(key), quote(unquote(key), safe="")) if k}, key=len)[::-1]

    def asked(
        self,
        url: str,
        read: Callable[[Reply], Made],
        *,
        judge: Callable[[Reply], None] = lambda reply: None,
        most: int = LARGEST,
        tries: int = TRIES,
    ) -> Made:
        """What `read` makes of a good reply of up to `most` bytes; both functions raise Passing to have it asked again.

        `judge` sees every reply first, for some hosts tell in the body what is wrong. Raises CollectFailed.
        """
        again = Retrying(
            stop=stop_after_attempt(tries),
            wait=_wait,
            retry=retry_if_exception_type(Passing),
            sleep=self._pause,
            reraise=True,
        )
        try:
            made: Made = again(self._once, url, read, judge, most)
            return made
        except TimeOver:
            raise
        except CollectFailed as error:
            # What led to it may hold the address with the key.
            raise CollectFailed(self.veiled(str(error))) from None

    def veiled(self, text: str) -> str:
        """A text without the key, however it is written in it."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text

    def refused_key(self, why: str) -> CollectFailed:
        """The error where a host does not take the key."""
        return CollectFailed(said.KEY_REFUSED.format(name=self.name, why=why, variable=self.variable or "sources.yaml"))

    def _once(self, url: str, read: Callable[[Reply], Made], judge: Callable[[Reply], None], most: int) -> Made:
        self._wait_for(urlsplit(url).netloc)
        try:
            reply = self._outbound.get(url, most=most)
        except OutboundRefused as error:
            raise CollectFailed(f"{self.name}: {error}") from None
        except OutboundFailed as error:
            raise Passing(f"{self.name}: {error}") from None
        judge(reply)
        self._check(reply)
        return read(reply)

    def _wait_for(self, host: str) -> None:
        """Let the gap pass since this host was asked last. Raises CollectFailed where the time of the run is over."""
        now = time.monotonic()
        if now > self._until:
            raise TimeOver(said.OUT_OF_TIME.format(name=self.name, minutes=self._most_s / 60))
        left = self._last.get(host, now - self._gap_s) + self._gap_s - now
        if left > 0:
            self._pause(left)
        self._last[host] = time.monotonic()

    def _check(self, reply: Reply) -> None:
        after = reply.retry_after
        if reply.status == 429 or (reply.status == 503 and after is not None):
            when = said.IN_SECONDS.format(seconds=after) if after is not None else ""
            sentence = said.TOO_OFTEN.format(name=self.name, when=when)
            is_long = after is not None and (after > MOST_WAIT_S or time.monotonic() + after > self._until)
            raise CollectFailed(sentence) if is_long else Passing(sentence, after)
        if reply.status >= 500:
            raise Passing(said.FAILING.format(name=self.name, status=reply.status))
        if reply.status in (401, 403) and self._secrets:
            raise self.refused_key(str(reply.status))
        if not 200 <= reply.status < 300:
            raise CollectFailed(said.REFUSED.format(name=self.name, status=reply.status))


def _wait(state: RetryCallState) -> float:
    """What the host asks for, else a while that grows with the tries and is never the same for two who ask."""
    error = state.outcome.exception() if state.outcome else None
    after = error.retry_after if isinstance(error, Passing) else None
    return after if after is not None else _LONGER(state)


def quoted(key: str) -> str:
    """A key as it stands in an address; portals hand it out both as it is and percent-encoded."""
    return quote(unquote(key), safe="")
