"""Reports: a content tree flows in with the suffix of a format, the bytes of a file flow out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rag.diagnosis.tree import Report
from rag.errors import JiwonError
from server.reports import docx, html, hwpx, json, markdown, pdf
from server.reports.plain import plain


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a report: its media type and the function that writes a report of plain texts."""

    media_type: str
    render: Callable[[Report], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render),
        "hwpx": Format("application/hwp+zip", hwpx.render),
        "pdf": Format("application/pdf", pdf.render),
        "html": Format("text/html; charset=utf-8", html.render),
        "md": Format("text/markdown; charset=utf-8", markdown.render),
        "json": Format("application/json", json.render),
    }
)
"""The formats by suffix, without the dot."""


class FormatUnknown(JiwonError):
    """No report is written with this suffix."""


def write(report: Report, suffix: str) -> bytes:
    """The file of a report; `suffix` may have a dot or capitals. The same report gives the same bytes.

    Raises `FormatUnknown` for a suffix that `FORMATS` does not hold.
    """
    known = FORMATS.get(suffix.lower().removeprefix("."))
    if known is None:
        raise FormatUnknown(
            f"'{suffix}' 형식으로는 보고서를 만들 수 없습니다. {', '.join(FORMATS)} 가운데 하나를 골라 주세요."
        )
    return known.render(plain(report))
