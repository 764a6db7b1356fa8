"""Owners: the keys of consultants flow in; who owns what a key made flows out, never the key."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

SALT = b"jiwon consultant"


@dataclass(frozen=True, slots=True)
class Owners:
    """Which key stands for which owner."""

    _known: tuple[tuple[bytes, str], ...] = field(default=(), repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the operator has set any key."""
        return bool(self._known)

    def owner_of(self, key: str) -> str | None:
        """The owner a key stands for, or None; how long it takes tells nothing of the keys."""
        given = hashlib.sha256(key.encode()).digest()
        found = [owner for known, owner in self._known if hmac.compare_digest(known, given)]
        return found[0] if found else None

    def by_digest(self, digest: str) -> str | None:
        """The owner that a key of this SHA-256 (hexadecimal) stands for."""
        return next((owner for known, owner in self._known if hmac.compare_digest(known.hex(), digest)), None)


def owners(keys: tuple[str, ...]) -> Owners:
    """Owners of these keys; the digests are slow to make, so that who reads the database cannot try keys."""
    return Owners(tuple((hashlib.sha256(key.encode()).digest(), _digest(key)) for key in keys))


def _digest(key: str) -> str:
    return hashlib.scrypt(key.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32).hex()
