"""The key ring: a person and what one may do flow in, a key flows out once; afterwards there is a digest of it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select, update

from server.store.engine import Database
from server.store.tables import KEYS

PREFIX = "jw_"
"""What every key begins with, so that one that was published by mistake can be searched for."""
_ID_BYTES, _SECRET_BYTES = 6, 24


class Scope(StrEnum):
    """What a key opens: asking and reading where that is closed to strangers, diagnoses, the work of staff."""

    ASK = "ask"
    CONSULT = "consult"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is known of a key. Moments are ISO 8601 in Korea; `rate` as in `JIWON_RATE_LIMIT`, None for the default.

    `organisation` is what its holder belongs to, as documents name it; None where that was not told.
    """

    id: str
    digest: str
    scopes: str
    person: str
    rate: str | None
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    organisation: str | None

    def opens(self, secret: str, moment: str) -> bool:
        """Whether the secret is the key's and it holds at this moment; how long this takes tells nothing of the key."""
        fits = hmac.compare_digest(_digest(secret), self.digest)
        return fits and self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)

    def holds(self, moment: str) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or moment < self.expires_at)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys in one database. Methods raise StoreUnavailable."""

    database: Database

    def create(
        self,
        scopes: tuple[Scope, ...],
        person: str,
        rate: str | None,
        expires_at: str | None,
        moment: str,
        organisation: str | None = None,
    ) -> tuple[KeyRecord, str]:
        """A new key, and what its holder sends: told now and never again."""
        id_, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        words = " ".join(scopes)
        record = KeyRecord(id_, _digest(secret), words, person, rate, moment, expires_at, None, organisation)
        with self.database.writing() as connection:
            connection.execute(
                insert(KEYS).values(
                    id=id_,
                    digest=record.digest,
                    scopes=words,
                    person=person,
                    rate=rate,
                    created_at=moment,
                    expires_at=expires_at,
                    organisation=organisation,
                )
            )
        return record, f"{PREFIX}{id_}_{secret}"

    def all(self) -> tuple[KeyRecord, ...]:
        """Every key there ever was, oldest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(KEYS).order_by(KEYS.c.created_at, KEYS.c.id))
            return tuple(KeyRecord(**row._mapping) for row in rows)

    def revoke(self, id_: str, moment: str) -> bool:
        """Have a key open nothing any more; whether there was one of that id that did."""
        with self.database.writing() as connection:
            changed = connection.execute(
                update(KEYS).where(KEYS.c.id == id_, KEYS.c.revoked_at.is_(None)).values(revoked_at=moment)
            )
            return changed.rowcount == 1

    def held(self, id_: str, moment: str) -> KeyRecord | None:
        """The record of a key by its id; None where it opens nothing at this moment."""
        with self.database.reading() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.id == id_)).one_or_none()
        record = KeyRecord(**row._mapping) if row else None
        return record if record and record.holds(moment) else None

    def found(self, key: str, moment: str) -> KeyRecord | None:
        """The record of a key that somebody sent; None where it opens nothing at this moment."""
        id_, _, secret = key.removeprefix(PREFIX).partition("_")
        with self.database.reading() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.id == id_)).one_or_none()
        if row is None:
            return None
        record = KeyRecord(**row._mapping)
        return record if record.opens(secret, moment) else None


def _digest(secret: str) -> str:
    """A secret of 24 random bytes cannot be guessed, so one quick digest is as safe as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()
