"""Sessions: who signed in with a key flows in; a token for the cookie flows out once, of which a digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select

from server.store.engine import Database
from server.store.tables import SESSIONS

_BYTES = 24


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in: the id of the key, `mark` a digest of a key of the settings (empty for one of the ring), the
    token that forms of this browser carry, and until when. Moments are ISO 8601 in Korea.
    """

    id: str
    key: str
    mark: str
    csrf: str
    created_at: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions in one database. Methods raise StoreUnavailable."""

    database: Database

    def begin(self, key: str, mark: str, moment: str, expires_at: str) -> tuple[Session, str]:
        """A new session, and the token that its browser keeps; those that are over go."""
        token = secrets.token_urlsafe(_BYTES)
        session = Session(_digest(token), key, mark, secrets.token_urlsafe(_BYTES), moment, expires_at)
        with self.database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires_at <= moment))
            connection.execute(insert(SESSIONS).values(**asdict(session)))
        return session, token

    def found(self, token: str, moment: str) -> Session | None:
        """The session of a token; None where there is none, or it is over."""
        wanted = select(SESSIONS).where(SESSIONS.c.id == _digest(token), SESSIONS.c.expires_at > moment)
        with self.database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return Session(**row._mapping) if row else None

    def end(self, token: str) -> None:
        """Sign out."""
        with self.database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.id == _digest(token)))


def _digest(token: str) -> str:
    """A token of 24 random bytes cannot be guessed: who reads the digest learns nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
