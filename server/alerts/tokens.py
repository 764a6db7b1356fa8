"""Tokens: a subscription gets one, told once; what comes as a token flows in, and whether it opens it flows out.

A token is the id and a secret word of which only a digest is kept. Messages carry a lesser one, made of the key that
signs them: it stops the subscription, and shows or changes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from server.store.subscriptions import Subscription

_ID_BYTES, _SECRET_BYTES = 8, 24
_STOPS = b"stop"
_NOBODY = "0" * 64


@dataclass(frozen=True, slots=True)
class Token:
    """A new token: the id of its subscription, what its holder sends, and the digest that is kept."""

    id: str
    text: str
    digest: str


def new_token() -> Token:
    """One that cannot be guessed."""
    id_ = secrets.token_hex(_ID_BYTES)
    text = f"{id_}-{secrets.token_urlsafe(_SECRET_BYTES)}"
    return Token(id_, text, digest(text))


def new_secret() -> str:
    """A key to sign with, 64 hexadecimal digits."""
    return secrets.token_hex(32)


def digest(text: str) -> str:
    """A word of 24 random bytes cannot be guessed, so one quick digest is as safe as a slow one."""
    return hashlib.sha256(text.encode()).hexdigest()


def id_of(text: str) -> str:
    """Which subscription a token is of, if any."""
    return text.partition("-")[0][: 2 * _ID_BYTES]


def stopper(subscription: str, secret: str) -> str:
    """What stops a subscription and does nothing else."""
    word = hmac.new(secret.encode(), _STOPS + subscription.encode(), hashlib.sha256).hexdigest()
    return f"{subscription}-{word}"


def opens(text: str, subscription: Subscription | None) -> bool:
    """Whether it is the token; how long this takes tells nothing of whether there is such a subscription."""
    return hmac.compare_digest(digest(text), subscription.digest if subscription else _NOBODY)


def stops(text: str, subscription: Subscription | None) -> bool:
    """Whether it is the token, or the lesser one of a message."""
    lesser = stopper(id_of(text), (subscription.secret if subscription else None) or _NOBODY)
    is_lesser = hmac.compare_digest(text.encode(), lesser.encode()) and subscription is not None
    return opens(text, subscription) or (is_lesser and bool(subscription and subscription.secret))
