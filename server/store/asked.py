"""Asked: the answers kept flow in; how often each programme was asked about, and for what, flows out."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import text

from server.store.engine import Database

HELD_S = 3600.0
"""For how long a count stands, in seconds: the order of the review does not hang on the last hour."""

# What an answer was about stands beside it, for the answers themselves are packed.
_SQLITE = """
SELECT p.value AS name, '' AS point, count(*) AS times
FROM answers, json_each(answers.about_json, '$.programs') AS p GROUP BY 1
UNION ALL
SELECT p.value, a.value, count(*)
FROM answers, json_each(answers.about_json, '$.programs') AS p, json_each(answers.about_json, '$.asks') AS a
GROUP BY 1, 2
"""
_POSTGRESQL = """
SELECT p.value AS name, '' AS point, count(*) AS times
FROM answers, jsonb_array_elements_text(answers.about_json::jsonb -> 'programs') AS p(value) GROUP BY 1
UNION ALL
SELECT p.value, a.value, count(*)
FROM answers, jsonb_array_elements_text(answers.about_json::jsonb -> 'programs') AS p(value),
     jsonb_array_elements_text(answers.about_json::jsonb -> 'asks') AS a(value)
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """How often answers that are kept told of a programme, by its name and the point asked ("" for all together)."""

    times: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, name: str, point: str = "") -> int:
        """How often."""
        return self.times.get((name, point), 0)


@dataclass(slots=True)
class Counts:
    """Counts over the answers of one database, made anew once an hour. Methods raise StoreUnavailable."""

    database: Database
    _counted: Asked = field(default_factory=Asked)
    _counted_at: float = float("-inf")
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def asked(self) -> Asked:
        """How often was asked about what, within the time for which answers are kept."""
        with self._guard:
            if time.monotonic() >= self._counted_at + HELD_S:
                with self.database.reading() as connection:
                    query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
                    rows = connection.execute(text(query)).all()
                self._counted = Asked({(str(name), str(point)): int(times) for name, point, times in rows})
                self._counted_at = time.monotonic()
            return self._counted
