"""Logs: events flow in, one JSON object a line flows out on stderr; never the words of a question."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up(level: str) -> None:
    """Log events of `level` and above as JSON lines on stderr."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
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
