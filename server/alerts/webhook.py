"""Webhooks: a signed body flows out to an address that a subscriber gave; what it answers is judged, never followed.

`X-Jiwon-Signature: t=<seconds>,v1=<hex>`, where v1 is HMAC-SHA256 under the subscription's secret over `<t>.<body>`;
`X-Jiwon-Delivery` is the same for whatever is sent twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from rag.errors import OutboundFailed, OutboundRefused
from rag.outbound import Outbound, Reply
from server.alerts.sent import NotSent

LONGEST = 2000
GONE, BUSY = 410, (408, 425, 429, 503)


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls webhooks; addresses within private networks are refused by what it calls through."""

    outbound: Outbound

    def send(self, url: str, secret: str, delivery: str, body: bytes, moment: datetime) -> None:
        """Have a body accepted with a status of 2xx. Raises NotSent."""
        reply = self._posted(url, secret, delivery, body, moment)
        if 200 <= reply.status < 300:
            return
        wait = reply.retry_after if reply.status in BUSY else None
        raise NotSent(f"웹훅의 답 {reply.status}", is_final=reply.status == GONE, retry_after=wait)

    def answers(self, url: str, secret: str, moment: datetime) -> bool:
        """Whether the address gives back the word it is sent: so whoever subscribed it has it. Raises NotSent."""
        word = secrets.token_urlsafe(24)
        body = json.dumps({"type": "challenge", "challenge": word}).encode()
        reply = self._posted(url, secret, secrets.token_hex(16), body, moment)
        return 200 <= reply.status < 300 and hmac.compare_digest(_echoed(reply.body), word.encode())

    def _posted(self, url: str, secret: str, delivery: str, body: bytes, moment: datetime) -> Reply:
        headers = {
            "Content-Type": "application/json",
            "X-Jiwon-Delivery": delivery,
            "X-Jiwon-Signature": signature(secret, body, int(moment.timestamp())),
        }
        try:
            return self.outbound.post(url, body, headers=headers)
        except OutboundRefused:
            raise NotSent("쓸 수 없는 웹훅 주소", is_final=True) from None
        except OutboundFailed:
            raise NotSent("웹훅이 제때 답하지 않음") from None


def signature(secret: str, body: bytes, seconds: int) -> str:
    """What a receiver checks: the moment, and the digest under the secret of moment and body."""
    word = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={word}"


def is_web_address(text: str) -> bool:
    """Whether it has the form of an address that can be called; whether it may be is asked at each call."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    is_clean = text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST
    return is_clean and parts.scheme in ("http", "https") and bool(host) and parts.username is None


def host_of(url: str) -> str:
    """By what several webhooks count as of one address."""
    return urlsplit(url).hostname or ""


def _echoed(body: bytes) -> bytes:
    """The word in an answer: the whole of it, or under `challenge` in JSON."""
    try:
        told = json.loads(body)
    except ValueError:
        return body.strip()
    word = told.get("challenge") if isinstance(told, dict) else told
    return word.encode() if isinstance(word, str) else b""
