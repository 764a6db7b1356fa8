"""Three consultants with thirty files each, at once: what is handed over, looked through and changed stays whole."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from tests.server.engagements.sites import FIRST, SECOND, THIRD, Site

PEOPLE, FILES = (FIRST, SECOND, THIRD), 30
NEXT = dict(zip(PEOPLE, (*PEOPLE[1:], FIRST), strict=True))


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What each came to, all begun at the same moment."""
    gate = threading.Barrier(len(works))

    def begun(work: Callable[[], Any]) -> Any:
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(begun, work) for work in works]]


def of_one(site: Site, who: str) -> list[str]:
    """The ids of thirty files, each with a visit that names its owner."""
    ids = []
    for number in range(FILES):
        id_ = site.begun(who, name=f"{who} 공장 {number}")
        assert site.send("POST", f"/{id_}/visits", who, json={"place": f"{id_} 본사"}).status_code == 201
        ids.append(id_)
    return ids


@pytest.mark.long
def test_ninety_files_in_three_hands_stay_whole_and_apart(site: Site) -> None:
    files = dict(zip(PEOPLE, at_once([partial(of_one, site, who) for who in PEOPLE]), strict=True))
    assert all(site.send("GET", "", who).json()["total"] == FILES for who in PEOPLE)

    def edited(id_: str, who: str, tag: str, number: int) -> int:
        company = {"company": {"employees": number}}
        return int(site.send("PATCH", f"/{id_}", who, tag, json=company).status_code)

    def passed(who: str) -> None:
        """Issue and have looked through five documents, hand five files over."""
        for id_ in files[who][:5]:
            number = site.issued(id_, who)
            asked = site.send("POST", f"/{id_}/documents/{number}/approval", who, json={"person": NEXT[who]})
            assert asked.status_code == 200
        for id_ in files[who][5:10]:
            assert site.send("POST", f"/{id_}/handover", who, json={"person": NEXT[who]}).status_code == 200

    def fought_over(who: str) -> None:
        """Two tabs of one consultant change a file from the same look: one is told so, and the other's stands."""
        for id_ in files[who][10:13]:
            tag = site.send("GET", f"/{id_}", who).headers["etag"]
            came = at_once([partial(edited, id_, who, tag, n) for n in (11, 22)])
            assert sorted(came) == [200, 412]
            assert site.send("GET", f"/{id_}", who).json()["about"]["employees"] == (11, 22)[came.index(200)]

    at_once([partial(step, who) for who in PEOPLE for step in (passed, fought_over)])

    def decided(who: str) -> None:
        for each in site.send("GET", "/approvals", who).json():
            sent = {"state": "returned", "remark": "다시 보아 주세요"}
            assert site.send("POST", f"/approvals/{each['number']}", who, json=sent).status_code == 200

    at_once([partial(decided, who) for who in PEOPLE])
    numbers: list[str] = []
    for who in PEOPLE:
        mine = {each["id"] for each in site.send("GET", "?per_page=100", who).json()["engagements"]}
        before = next(one for one, other in NEXT.items() if other == who)
        assert mine == {*files[who][:5], *files[who][10:], *files[before][5:10]}
        for id_ in mine:
            (visit,) = site.send("GET", f"/{id_}/visits", who).json()
            assert visit["item"]["place"] == f"{id_} 본사"
        for id_ in files[who][:5]:
            (paper,) = site.papers(id_, who)
            assert (paper["approval"]["state"], paper["approval"]["reviewer"]) == ("returned", NEXT[who])
            numbers.append(paper["number"])
    assert max(Counter(numbers).values()) == 1


def test_a_key_withdrawn_in_the_middle_is_said_and_everything_is_there_with_the_next_one(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert site.send("POST", f"/{id_}/visits", json={"place": "본사"}).status_code == 201
    site.withdraw(FIRST)
    for method, path, sent in (
        ("GET", f"/{id_}", None),
        ("POST", f"/{id_}/visits", {"place": "공장"}),
        ("POST", f"/{id_}/documents", {"kind": "basic"}),
        ("POST", f"/{id_}/documents/{number}/approval", {"person": SECOND}),
        ("POST", f"/{id_}/handover", {"person": SECOND}),
        ("DELETE", f"/{id_}", None),
    ):
        reply = site.send(method, path, json=sent)
        assert reply.status_code == 401 and "열쇠" in reply.json()["detail"], path
    site.keys[FIRST] = site.key(FIRST)
    (visit,) = site.send("GET", f"/{id_}/visits").json()
    assert visit["item"]["place"] == "본사" and len(site.papers(id_)) == 1


def test_what_is_edited_after_issue_changes_no_document_and_is_told_until_it_is_issued_anew(site: Site) -> None:
    id_ = site.begun()
    first = site.issued(id_)
    shown = site.send("GET", f"/{id_}/documents/{first}.md").content
    tag = site.send("GET", f"/{id_}").headers["etag"]
    assert site.send("PATCH", f"/{id_}", json={"company": {"name": "다른 이름"}}).status_code == 200
    late = site.send("POST", f"/{id_}/documents", tag=tag, json={"kind": "basic"})
    assert late.status_code == 412 and "다시 읽어" in late.json()["detail"]
    (paper,) = site.papers(id_)
    assert paper["is_behind"] and not paper["is_replaced"]
    assert site.send("GET", f"/{id_}/documents/{first}.md").content == shown
    site.issued(id_)
    newest, older = site.papers(id_)
    assert (newest["is_behind"], older["is_replaced"]) == (False, True)


def test_of_two_who_issue_the_same_at_once_the_later_stands_for_the_earlier(site: Site) -> None:
    id_ = site.begun()
    at_once([lambda: site.issued(id_)] * 3)
    papers = site.papers(id_)
    assert len(papers) == 3 and sum(not paper["is_replaced"] for paper in papers) == 1
    assert len({paper["former"] for paper in papers}) == 3


def test_nothing_is_issued_of_a_file_that_is_erased_or_handed_over_meanwhile(site: Site, monkeypatch: Any) -> None:
    from server.engagements.filing import Filing

    made = Filing._made
    for method, path, sent, status in (
        ("POST", "/handover", {"person": SECOND}, 404),
        ("DELETE", "", None, 410),
    ):
        id_ = site.begun()

        def meanwhile(
            filing: Filing, *told: Any, id_: str = id_, method: str = method, path: str = path, sent: Any = sent
        ) -> Any:
            monkeypatch.setattr(Filing, "_made", made)
            assert site.send(method, f"/{id_}{path}", json=sent).status_code in (200, 204)
            return made(filing, *told)

        monkeypatch.setattr(Filing, "_made", meanwhile)
        assert site.send("POST", f"/{id_}/documents", json={"kind": "basic"}).status_code == status
        if path:
            assert site.papers(id_, SECOND) == []
