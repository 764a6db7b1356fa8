"""Faults of portals: each is named, tried again where that may help, and nothing is lost or closed by it."""

from __future__ import annotations

import pytest

from ingest.scripted.portal import KEY, Fault
from tests.ingest.sources.trying import EVENING, TOMORROW, Try, many

WRONG = "wrong/key+that==is-secret"


@pytest.mark.parametrize("kind", ["bizinfo", "kstartup"])
def test_a_wrong_key_is_named_by_its_setting_never_shown_and_not_tried_again(at: Try, kind: str) -> None:
    done = at.run(at.source(kind), key=WRONG)
    assert f"JIWON_{kind.upper()}_KEY" in done.stopped
    assert len(at.portal.asked) == 1
    shown = f"{done} {at.on_disk()}"
    assert WRONG not in shown and "secret" not in shown


@pytest.mark.parametrize("kind", ["bizinfo", "kstartup"])
@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.ERROR, Fault.PAGE, Fault.CUT, Fault.NO_ROWS])
def test_what_may_pass_is_tried_again_and_nothing_is_missed(at: Try, kind: str, fault: Fault) -> None:
    at.portal.faults = [fault, Fault.NONE, fault, fault]
    done = at.run(at.source(kind, page_size=1))
    assert (done.stopped, done.whole) == ("", True)
    assert done.added == len(getattr(at.portal, kind))
    assert at.waited


@pytest.mark.parametrize("form", [("bizinfo", "rss"), ("kstartup", "xml")])
@pytest.mark.parametrize("fault", [Fault.PAGE, Fault.CUT])
def test_xml_that_is_cut_or_a_page_is_tried_again_as_well(at: Try, form: tuple[str, str], fault: Fault) -> None:
    at.portal.faults = [fault]
    done = at.run(at.source(form[0], form=form[1]))
    assert (done.stopped, done.whole) == ("", True)


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.ERROR, Fault.PAGE, Fault.CUT, Fault.NO_ROWS])
def test_what_does_not_pass_ends_the_run_with_its_name_and_loses_and_notes_nothing(at: Try, fault: Fault) -> None:
    at.run()
    before = at.on_disk()
    at.portal.faults = [fault] * 20
    done = at.run(moment=TOMORROW)
    assert done.stopped.startswith("bizinfo: ") and not done.whole
    assert len(at.portal.asked) < 20
    kept = {name: raw for name, (_, raw) in at.on_disk().items() if "collected" in name}
    assert kept == {name: raw for name, (_, raw) in before.items() if "collected" in name}


def test_a_host_is_left_alone_for_as_long_as_it_says(at: Try) -> None:
    at.portal.faults, at.portal.retry_after = [Fault.BUSY], "17"
    assert at.run().stopped == ""
    assert at.waited == [17.0]


def test_a_host_that_wants_to_be_left_alone_for_hours_is_not_waited_for(at: Try) -> None:
    at.portal.faults, at.portal.retry_after = [Fault.BUSY], "7200"
    assert "7200초" in at.run().stopped
    assert at.waited == [] and len(at.portal.asked) == 1


@pytest.mark.parametrize("kind", ["bizinfo", "kstartup"])
def test_a_day_s_calls_used_up_are_not_tried_again_today(at: Try, kind: str) -> None:
    at.portal.faults = [Fault.USED_UP]
    assert "내일" in at.run(at.source(kind)).stopped
    assert len(at.portal.asked) == 1


def test_a_page_that_repeats_ends_the_run_and_tells_nothing_of_what_is_missing(at: Try) -> None:
    at.portal.bizinfo = many(6)
    at.run()
    at.portal.bizinfo = many(6)
    at.portal.faults = [Fault.NONE, Fault.REPEAT]
    done = at.run(moment=TOMORROW)
    assert "되풀이" in done.stopped and not done.whole
    assert not [row for row in at.rows().values() if row.unlisted_on]
    assert at.run(moment=TOMORROW).whole  # the next run is not caught in the same page


@pytest.mark.parametrize("kind", ["bizinfo", "kstartup"])
def test_a_day_that_is_no_day_is_named_and_its_words_are_kept(at: Try, kind: str) -> None:
    at.portal.bizinfo[0]["reqstBeginEndDe"] = "20260231 ~ 20260331"
    at.portal.bizinfo[0]["creatPnttm"] = "2026-13-40 10:00:00"
    at.portal.kstartup[0]["pbanc_rcpt_bgng_dt"] = "20260231"
    done = at.run(at.source(kind))
    assert "20260231" in done.faults[0] and done.whole
    (told,) = (at.corpus / "collected" / kind).glob("*900?01.html")
    assert "20260231" in told.read_text("utf-8")


def test_a_row_without_a_title_is_named_and_the_list_then_tells_nothing_of_what_is_missing(at: Try) -> None:
    at.portal.bizinfo[1]["pblancNm"] = " "
    done = at.run()
    assert (done.added, done.whole) == (2, False)
    assert "PBLN_000000000900002" in done.faults[0]


def test_a_total_that_is_not_reached_is_not_the_whole_list(at: Try) -> None:
    at.portal.bizinfo = many(6)
    at.run()
    at.portal.bizinfo[3:] = []
    at.portal.total = 6
    done = at.run(at.source(page_size=3), moment=TOMORROW)
    assert not done.whole and "6건 가운데 3건" in done.faults[0]
    assert not [row for row in at.rows().values() if row.unlisted_on]


def test_a_run_that_sees_half_of_the_list_closes_nothing_that_day(at: Try) -> None:
    at.portal.bizinfo, at.portal.is_counted = many(40), False
    at.run(at.source(page_size=100))
    at.portal.bizinfo = many(40)[:20]
    for moment in (EVENING, EVENING):
        done = at.run(at.source(page_size=100), moment)
        assert done.unlisted == 0 and "20건" in done.faults[-1]
        assert len(at.rows()) == 40 and not [row for row in at.rows().values() if row.unlisted_on]
        assert len(list((at.corpus / "collected/bizinfo").glob("*.html"))) == 40


def test_the_key_is_in_no_file_and_in_no_sentence(at: Try) -> None:
    at.portal.faults = [Fault.ERROR] * 4
    done = at.run()
    assert done.stopped and KEY not in f"{done} {at.on_disk()}"
    at.run()
    assert KEY not in str(at.on_disk()) and KEY.replace("/", "%2F") not in str(at.on_disk())
