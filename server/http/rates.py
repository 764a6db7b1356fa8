"""Rates: whoever comes flows in; whether there is room, and how much is left, flows out."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import Counter
from dataclasses import dataclass, field

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rag.errors import SettingsError

DEFAULT = "120/minute"
"""What a stranger may ask; people ask a few questions a minute, and one process answers some twenty a second."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a caller stands: what may be done in a window, what is left of it, in how many seconds there is more."""

    limit: int
    left: int
    reset_s: int
    is_over: bool = False


@dataclass(slots=True)
class Rates:
    """Counts what each caller does, in this process; `most_at_once` of one caller's requests may run together."""

    most_at_once: int
    _counter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))
    _running: Counter[str] = field(default_factory=Counter)

    def count(self, caller: str, rate: str) -> Standing:
        """Count one request of a caller; the standing is that of the limit it is nearest to."""
        standings = [self._counted(item, caller) for item in rules(rate)]
        over = [standing for standing in standings if standing.is_over]
        return max(over, key=lambda one: one.reset_s) if over else min(standings, key=lambda one: one.left)

    def _counted(self, item: RateLimitItem, caller: str) -> Standing:
        is_over = not self._counter.hit(item, caller)
        window = self._counter.get_window_stats(item, caller)
        reset_s = max(1, math.ceil(window.reset_time - time.time()))
        return Standing(item.amount, window.remaining, reset_s, is_over)

    def enter(self, caller: str) -> bool:
        """Whether another request of this caller may run now; then `leave` must follow."""
        if self._running[caller] >= self.most_at_once:
            return False
        self._running[caller] += 1
        return True

    def leave(self, caller: str) -> None:
        """One request of the caller has ended."""
        self._running[caller] -= 1
        if self._running[caller] <= 0:
            del self._running[caller]


def rules(rate: str) -> list[RateLimitItem]:
    """A rate as written in settings and keys, `60/minute` or `60/minute;1000/day`. Raises SettingsError."""
    try:
        return parse_many(rate)
    except ValueError:
        raise SettingsError(f"'{rate}': 횟수 제한은 '60/minute'이나 '60/minute;1000/day'처럼 적어 주세요.") from None


def caller_at(address: str) -> str:
    """The name under which an address is counted: a network of IPv6 whole, since one caller has all of it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        mapped = known.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def is_own_machine(address: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
