"""Logs: events flow in, one JSON object a line flows out on stderr; never the words of a question, no personal data."""

from __future__ import annotations

import json
import logging
import sys
from typing import TextIO

import structlog

from rag.redact import redacted


def set_up(level: str) -> None:
    """Log events of `level` and above as JSON lines on stderr."""
    _set_up_standard(level)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _without_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        # Looked up for each logger, since stderr may be another one by then.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


class _Line(logging.Formatter):
    """A record of the standard library in the form of our own events, without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        event = {"logger": record.name, "event": record.getMessage(), "level": record.levelname.lower()}
        if record.exc_info:
            event["exception"] = self.formatException(record.exc_info)
        told = {key: redacted(value) for key, value in event.items()}
        return json.dumps({**told, "timestamp": self.formatTime(record)}, ensure_ascii=False)


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is by then."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def _set_up_standard(level: str) -> None:
    """What the page and libraries log, from warnings on, goes the same way."""
    handler = _Stderr(sys.stderr)
    handler.setFormatter(_Line())
    handler.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _Stderr)]:
        root.removeHandler(old)
    root.addHandler(handler)


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger of the server."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def _without_personal_data(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The event with personal data taken out of every text in it."""
    return {key: redacted(value) if isinstance(value, str) else value for key, value in event.items()}
