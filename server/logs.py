"""Logs: events flow in, one JSON object a line flows out on stderr; never the words of a question, no personal data."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog

from rag.redact import redacted

_DEEPEST = 8
"""Levels of lists and mappings of an event that are kept as such."""


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
        if record.stack_info:
            event["stack"] = self.formatStack(record.stack_info)
        return json.dumps({**unpersonal(event), "timestamp": self.formatTime(record)}, ensure_ascii=False)


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
    return unpersonal(event)


def unpersonal(event: Mapping[Any, Any]) -> dict[str, Any]:
    """An event as JSON takes it, with personal data taken out of all it tells, names and numbers included."""
    return {_told(key): _shown(value, _DEEPEST) for key, value in event.items()}


def _shown(value: object, deeper: int) -> object:
    """A value with personal data taken out of it and of all it holds, so many levels deep; below, of its words."""
    match value:
        case None | bool():
            return value
        case int() | float():
            return _number(value)
        case Mapping() if deeper:
            return {_told(key): _shown(each, deeper - 1) for key, each in value.items()}
        case list() | tuple() | set() | frozenset() if deeper:
            return [_shown(each, deeper - 1) for each in value]
        case _:
            return _told(value)


def _told(value: object) -> str:
    """The words of a value, whatever it is, without personal data; bytes are read as UTF-8."""
    if isinstance(value, bytes | bytearray | memoryview):
        return redacted(bytes(value).decode("utf-8", "replace"))
    return redacted(str(value) if isinstance(value, str | int | float | BaseException) else repr(value))


def _number(value: float) -> object:
    """A number, unless it is somebody's, also where it lost the nought in front ("1012345678")."""
    digits = str(int(value)) if float(value).is_integer() else ""
    return next((shown for words in (digits, f"0{digits}") if (shown := redacted(words)) != words), value)
