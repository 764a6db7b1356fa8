"""Logs: events flow in, one JSON object a line flows out on stderr; never the words of a question, no personal data."""

from __future__ import annotations

import logging
import sys

import structlog

from rag.redact import redacted


def set_up(level: str) -> None:
    """Log events of `level` and above as JSON lines on stderr."""
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


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger of the server."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def _without_personal_data(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The event with personal data taken out of every text in it."""
    return {key: redacted(value) if isinstance(value, str) else value for key, value in event.items()}
