"""Runs: nothing is written twice, what was cut goes on, and what is not listed any more is noted, never removed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.scripted.portal import BIZINFO, KEY, Fault
from ingest.sources import collecting, runs
from ingest.sources.listed import Listed
from ingest.sources.taking import Taking
from rag.disk import sole_holder
from rag.errors import CollectFailed, CorpusError
from rag.settings import INSTALLATION
from tests.ingest.sources.trying import EVENING, MORNING, TOMORROW, Try, many


def test_a_second_run_writes_nothing(at: Try) -> None:
    at.portal.files = dict.fromkeys(_files(at), ("x", b"%PDF-1.4"))
    assert at.run().attachments == 2
    before = at.on_disk()
    done = at.run(moment=EVENING)
    assert (done.added, done.changed, done.unchanged, done.attachments) == (0, 0, 3, 0)
    assert at.on_disk() == before


def test_on_another_day_only_the_day_of_the_check_is_written(at: Try) -> None:
    at.run()
    before = at.on_disk()
    at.run(moment=TOMORROW)
    changed = {Path(name).name for name, told in at.on_disk().items() if before.get(name) != told}
    assert changed == {"manifest.csv", "bizinfo.json"}
    row = at.rows()["PBLN_000000000900001"]
    assert (row.collected_on, row.checked_on) == ("2026-03-01", "2026-03-02")


def test_a_changed_notice_alone_is_written_anew(at: Try) -> None:
    at.run()
    before = at.on_disk()
    at.portal.bizinfo[1]["reqstBeginEndDe"] = "20260401 ~ 20260430"
    at.portal.bizinfo[0]["inqireCo"] = 99999  # how often it was looked at changes nothing
    done = at.run(moment=TOMORROW)
    assert (done.changed, done.unchanged) == (1, 2)
    pages = {Path(name).name for name, told in at.on_disk().items() if before.get(name) != told and "html" in name}
    assert pages == {"PBLN_000000000900002.html"}
    assert at.rows()["PBLN_000000000900002"].collected_on == "2026-03-02"


class Cut(BaseException):
    """The end of the process."""


@pytest.mark.parametrize("after", range(1, 13))
def test_a_run_that_is_cut_anywhere_goes_on_and_ends_as_if_it_had_not_been(
    at: Try, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.portal.bizinfo = many(11)
    monkeypatch.setattr(collecting, "SAVED_EVERY", 2)
    take, left = Taking.take, [after]

    def cut(self: Taking, notice: Listed) -> None:
        left[0] -= 1
        if not left[0]:
            raise Cut
        take(self, notice)

    with monkeypatch.context() as patch:
        patch.setattr(Taking, "take", cut)
        with_cut = pytest.raises(Cut) if after <= 11 else pytest.raises(AssertionError)
        with with_cut:
            at.run(at.source(page_size=3))
            raise AssertionError
    asked = len(at.portal.asked)
    done = at.run(at.source(page_size=3), EVENING)
    assert (done.stopped, done.whole, done.resumed) == ("", True, 3 < after <= 11)
    assert len(at.rows()) == 11
    if done.resumed:
        assert len(at.portal.asked) - asked == 4 - (after - 1) // 3  # pages that were over are not asked for again


@pytest.mark.long
def test_a_process_that_is_killed_leaves_whole_files_and_the_next_goes_on(at: Try) -> None:
    at.portal.bizinfo = many(60)
    code = (
        "import sys; from pathlib import Path; from rag.outbound import Outbound;"
        "from ingest.sources.collecting import collect; from ingest.sources.configured import Configured;"
        "url, folder = sys.argv[1:]; source = Configured('bizinfo', 'bizinfo', url, form='json', key='K', page_size=5,"
        "gap_s=0.05); collect(source, Path(folder, 'corpus'), Path(folder, 'data'), Outbound(('127.0.0.1/32',)),"
        f"{KEY!r}, {MORNING!r})"
    )
    for pages in (1, 4, 7):
        process = subprocess.Popen(
            [sys.executable, "-c", code, at.portal.url + BIZINFO, str(at.folder)],
            cwd=INSTALLATION,
            env={**os.environ, "PYTHONPATH": str(INSTALLATION)},
        )
        wanted = len(at.portal.asked) + pages
        for _ in range(3000):
            if len(at.portal.asked) >= wanted or process.poll() is not None:
                break
            time.sleep(0.02)
        process.kill()
        process.wait()
        for row in at.rows().values():
            assert (at.corpus / "collected/bizinfo" / row.file).read_bytes().endswith(b"</html>\n")
    done = at.run(at.source(page_size=5), EVENING)
    assert (done.stopped, done.whole, len(at.rows())) == ("", True, 60)


def test_a_run_cut_long_ago_begins_anew(at: Try) -> None:
    at.portal.bizinfo = many(6)
    at.portal.faults = [Fault.NONE, *[Fault.ERROR] * 4]
    assert at.run().stopped
    assert at.run(moment="2026-03-05T09:00:00+09:00").resumed is False


def test_what_has_left_the_whole_list_is_noted_and_kept_and_what_comes_back_is_not(at: Try) -> None:
    at.portal.bizinfo = many(5)
    at.run()
    gone = at.portal.bizinfo.pop(0)
    done = at.run(moment=TOMORROW)
    row = at.rows()[gone["pblancId"]]
    assert (done.unlisted, row.unlisted_on, row.checked_on) == (1, "2026-03-02", "2026-03-01")
    assert (at.corpus / "collected/bizinfo" / row.file).is_file()
    assert at.run(moment=TOMORROW).unlisted == 0
    at.portal.bizinfo.insert(0, gone)
    at.run(moment="2026-03-03T09:00:00+09:00")
    assert at.rows()[gone["pblancId"]].unlisted_on == ""


def test_many_that_leave_at_once_are_noted_on_another_day_if_they_are_still_gone(at: Try) -> None:
    at.portal.bizinfo = many(40)
    at.run(at.source(page_size=100))
    at.portal.bizinfo = many(40)[:10]
    assert at.run(at.source(page_size=100), EVENING).unlisted == 0
    assert at.run(at.source(page_size=100), TOMORROW).unlisted == 30
    assert len(list((at.corpus / "collected/bizinfo").glob("*.html"))) == 40


def test_a_file_that_was_removed_comes_back_and_no_other_is_touched(at: Try) -> None:
    at.run()
    (at.corpus / "collected/bizinfo/PBLN_000000000900001.html").unlink()
    done = at.run(moment=EVENING)
    assert (done.changed, done.unchanged) == (1, 2)


def test_two_at_a_time_collect_from_one_source_never(at: Try) -> None:
    lock = runs.path_of(at.folder / "data", "bizinfo").with_suffix(".lock")
    with sole_holder(lock) as is_ours:
        assert is_ours
        with pytest.raises(CollectFailed, match="다른 곳에서"):
            at.run()


def test_a_state_that_cannot_be_read_costs_a_run_from_the_beginning_and_no_more(at: Try) -> None:
    at.run()
    path = runs.path_of(at.folder / "data", "bizinfo")
    path.write_text("{", "utf-8")
    done = at.run(moment=EVENING)
    assert (done.unchanged, done.whole) == (3, True) and "처음부터" in done.faults[0]


def test_a_manifest_that_cannot_be_read_stops_before_anything_is_forgotten(at: Try) -> None:
    at.run()
    manifest = at.corpus / "collected/bizinfo/manifest.csv"
    manifest.write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(CorpusError, match=r"collected/bizinfo/manifest\.csv"):
        at.run(moment=EVENING)
    assert manifest.read_bytes() == b"\xff\xfe\x00id"


def test_without_a_key_the_setting_to_fill_is_named(at: Try) -> None:
    with pytest.raises(CollectFailed, match="JIWON_BIZINFO_KEY"):
        at.run(key="")


def _files(at: Try) -> list[str]:
    row = at.portal.bizinfo[0]
    urls = f"{row['printFlpthNm']}@{row['flpthNm']}".split("@")
    return [url.removeprefix(at.portal.url) for url in urls]
