"""Every format of a report, read back by a reader of its own."""

from __future__ import annotations

import pytest

from server.reports import FORMATS, FormatUnknown, write
from tests.server.reports.sample import GOLDEN, SAMPLE, WRITTEN


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_report_gives_the_same_bytes(suffix: str) -> None:
    assert write(SAMPLE, suffix) == write(SAMPLE, f".{suffix.upper()}")


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormatUnknown, match=", ".join(FORMATS)):
        write(SAMPLE, "exe")


@pytest.mark.parametrize("suffix", WRITTEN)
def test_the_sample_is_written_as_it_was(suffix: str) -> None:
    assert write(SAMPLE, suffix) == (GOLDEN / f"report.{suffix}").read_bytes()
