"""A document goes to a reviewer, who sees it alone, and approves it or sends it back; what was decided stays."""

from __future__ import annotations

import threading

import pytest

from tests.server.engagements.sites import FIRST, SECOND, THIRD, Site


def asked(site: Site, id_: str, number: str, person: str = SECOND, **more: str) -> int:
    sent = {"person": person, "wish": "훈련비를 보아 주세요"}
    return int(site.send("POST", f"/{id_}/documents/{number}/approval", json=sent, **more).status_code)


def decided(site: Site, number: str, state: str, remark: str = "", who: str = SECOND) -> int:
    sent = {"state": state, "remark": remark}
    return int(site.send("POST", f"/approvals/{number}", who, json=sent).status_code)


def test_the_reviewer_sees_the_document_and_nothing_else_of_the_file(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert site.send("GET", f"/approvals/{number}.md", SECOND).status_code == 404
    assert asked(site, id_, number) == 200
    (waiting,) = site.send("GET", "/approvals", SECOND).json()
    assert (waiting["company"], waiting["approval"]["wish"], waiting["approval"]["asked_by"]) == (
        "비밀정밀",
        "훈련비를 보아 주세요",
        FIRST,
    )
    assert "비밀정밀" in site.send("GET", f"/approvals/{number}.md", SECOND).text
    for path in ("", "/visits", "/documents", f"/documents/{number}.md", "/drafts/basic.md"):
        assert site.send("GET", f"/{id_}{path}", SECOND).status_code == 404
    for who in (FIRST, THIRD):
        assert site.send("GET", f"/approvals/{number}.md", who).status_code == 404
        assert site.send("GET", "/approvals", who).json() == []
        assert decided(site, number, "approved", who=who) == 404


def test_what_was_sent_back_is_issued_anew_and_marks_the_older(site: Site) -> None:
    id_ = site.begun()
    first = site.issued(id_)
    assert asked(site, id_, first) == 200
    assert decided(site, first, "returned") == 422
    assert decided(site, first, "returned", " \n") == 422
    assert decided(site, first, "returned", "자부담을 다시 확인해 주세요") == 200
    (told,) = site.papers(id_)
    assert (told["approval"]["state"], told["approval"]["remark"]) == ("returned", "자부담을 다시 확인해 주세요")
    assert decided(site, first, "approved") == 409
    assert asked(site, id_, first) == 409
    second = site.issued(id_)
    assert asked(site, id_, first) == 409
    assert asked(site, id_, second) == 200
    assert decided(site, second, "approved") == 200
    newest, older = site.papers(id_)
    assert (newest["approval"]["state"], newest["is_replaced"]) == ("approved", False)
    assert (older["approval"]["state"], older["is_replaced"]) == ("returned", True)
    assert [one["title"] for one in site.send("GET", "/approvals?state=returned", SECOND).json()] == ["기초진단지"]


@pytest.mark.long
def test_what_a_newer_document_stands_for_waits_no_longer(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number) == 200
    site.issued(id_)
    assert site.send("GET", "/approvals", SECOND).json() == []
    late = site.send("POST", f"/approvals/{number}", SECOND, json={"state": "approved"})
    assert late.status_code == 409 and "새 번호" in late.json()["detail"]


def test_nobody_looks_through_what_is_in_the_own_file_though_it_was_handed_over(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number, FIRST) == 409
    assert asked(site, id_, number, "아무도 아님") == 404
    assert asked(site, id_, number) == 200
    assert site.send("POST", f"/{id_}/handover", json={"person": SECOND}).status_code == 200
    assert decided(site, number, "approved") == 409
    sent = {"person": FIRST}
    assert site.send("POST", f"/{id_}/documents/{number}/approval", SECOND, json=sent).status_code == 200
    assert decided(site, number, "approved", who=FIRST) == 200


def test_while_nothing_came_of_it_another_is_asked_and_the_first_sees_it_no_longer(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number) == 200
    assert asked(site, id_, number, THIRD) == 200
    assert site.send("GET", f"/approvals/{number}.md", SECOND).status_code == 404
    assert decided(site, number, "approved") == 404
    assert decided(site, number, "approved", who=THIRD) == 200


@pytest.mark.long
def test_neither_asking_nor_deciding_changes_the_file_or_makes_its_document_old(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    tag = site.send("GET", f"/{id_}").headers["etag"]
    assert asked(site, id_, number, tag=tag) == 200
    assert decided(site, number, "approved") == 200
    assert site.send("GET", f"/{id_}").headers["etag"] == tag
    assert not site.papers(id_)[0]["is_behind"]


def test_only_what_documents_tell_makes_a_document_old(site: Site) -> None:
    id_ = site.begun()
    site.issued(id_)
    for change in ({"note": "검토함"}, {"is_closed": True}, {"is_closed": False}):
        assert site.send("PATCH", f"/{id_}", json=change).status_code == 200
    assert not site.papers(id_)[0]["is_behind"]
    assert site.send("POST", f"/{id_}/visits", json={"place": "본사"}).status_code == 201
    assert site.papers(id_)[0]["is_behind"]


def test_a_key_that_was_withdrawn_loses_nothing_and_another_reviewer_is_asked(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number) == 200
    site.withdraw(SECOND)
    late = site.send("POST", f"/approvals/{number}", SECOND, json={"state": "approved"})
    assert late.status_code == 401 and "열쇠" in late.json()["detail"]
    gone = site.send("POST", f"/{id_}/documents/{number}/approval", json={"person": SECOND})
    assert gone.status_code == 404 and SECOND in gone.json()["detail"]
    assert site.papers(id_)[0]["approval"]["state"] == "asked"
    assert asked(site, id_, number, THIRD) == 200
    site.keys[SECOND] = site.key(SECOND)
    assert site.send("GET", "/approvals", SECOND).json() == []
    assert decided(site, number, "approved", who=THIRD) == 200


def test_any_key_of_a_reviewer_decides_and_only_one_does(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number) == 200
    site.keys["다른 열쇠"] = site.key(SECOND)
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda who=who: statuses.append(decided(site, number, "approved", who=who)))
        for who in (SECOND, "다른 열쇠") * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 409, 409, 409]


def test_of_an_erased_file_no_word_of_the_reviewer_is_left(site: Site) -> None:
    id_ = site.begun()
    number = site.issued(id_)
    assert asked(site, id_, number) == 200
    assert decided(site, number, "returned", "지워질 의견") == 200
    assert site.send("DELETE", f"/{id_}").status_code == 204
    assert site.send("GET", "/approvals?state=returned", SECOND).json() == []
    assert site.send("GET", f"/approvals/{number}.md", SECOND).status_code == 410
    assert decided(site, number, "approved") == 410


@pytest.mark.parametrize("path", ["/approvals", "/approvals/x.md"])
def test_nobody_without_a_key_sees_what_waits(site: Site, path: str) -> None:
    assert site.client.get(f"/v1/engagements{path}").status_code == 401
