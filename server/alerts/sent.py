"""What comes of sending: where nothing is raised it was accepted; else why not, and whether to try again."""

from __future__ import annotations


class NotSent(Exception):
    """A letter was not accepted; `reason` is a few Korean words that do not tell where it should have gone.

    One that is `is_final` will not be accepted later either; an `is_outage` is one of the channel, not of the letter;
    `retry_after` is in how many seconds the receiver wants to be asked again, if it says so.
    """

    def __init__(
        self, reason: str, *, is_final: bool = False, is_outage: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason, self.is_final, self.is_outage, self.retry_after = reason, is_final, is_outage, retry_after
