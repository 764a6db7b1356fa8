"""A candidate is staged, checked, decided on, served and gone back from, over HTTP and from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.pipeline import sync
from rag import generation
from rag.building import writing
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import directory_of
from rag.publishing.golden import NAME
from rag.settings import Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from server.publishing import checked
from server.store.audit import Audit
from server.store.engine import open_database
from tests.server.fakes import HERE
from tests.server.test_app import is_problem

ROOT = Path(__file__).parents[3]
DAY = date(2026, 3, 20)
KEY = {"X-API-Key": "k3y-of-the-staff-office"}
ROWS = """id,file,title,publisher,published_on,source_url,rank
voucher,voucher.md,2026년 포장재 바우처 지원사업 공고,가람 진흥원,2026-02,,runner
training,training.md,2026년 제빵 실습 지원사업 공고,나래 진흥원,2026-02,,runner
"""
VOUCHER = """# 2026년 포장재 바우처 지원사업 공고

- 주관기관: 가람 진흥원
- 지원대상: 중소기업
- 지원내용: 포장재 교체 비용을 최대 2천만원까지 지원
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 신청방법: 누리집에서 신청
- 제출서류: 사업계획서
- 문의처: 가람 진흥원 02-000-0000
"""
TRAINING = """# 2026년 제빵 실습 지원사업 공고

- 주관기관: 나래 진흥원
- 지원대상: 소상공인
- 지원내용: 제빵 실습 비용을 최대 3백만원까지 지원
- 신청기간: 2026. 3. 2. ~ 2026. 4. 30.
- 신청방법: 전자우편으로 신청
- 문의처: 나래 진흥원 031-000-0000
"""
GOLDEN = {"question": "포장재 바우처 지원사업 전화번호", "as_of": "2026-03-20", "must_include": ["02-000-0000"]}


@dataclass
class Office:
    """An installation with its corpus, and the application of staff over it."""

    settings: Settings
    embedder: KiwiEmbedder
    client: TestClient
    synced: list[str] = field(default_factory=list)

    def write(self, name: str, text: str) -> None:
        """Put a file into the corpus."""
        (self.settings.corpus_dir / name).write_text(text, "utf-8")

    def sync(self, *, stage: bool = True, allow_deletions: bool = False) -> str:
        """Build what the corpus is now; the id of it."""
        self.synced.append("")
        report = sync(
            self.settings.corpus_dir,
            self.settings.data_dir,
            self.embedder,
            built_at=f"2026-03-01T09:{len(self.synced):02}:00+09:00",
            stage=stage,
            allow_deletions=allow_deletions,
        )
        assert report.generation and not report.failed
        assert report.staged is (stage and report.changed)
        return report.generation

    def served(self) -> str:
        """The id of what is served."""
        return generation.pointed(self.settings.data_dir)

    def send(self, path: str, body: object = None, status: int = 200) -> Any:
        """What a request of staff comes to."""
        reply = self.client.post(f"/v1/corpus/{path}", json=body, headers=KEY)
        assert reply.status_code == status, reply.text
        assert status == 200 or is_problem(reply, status)
        return reply.json()

    def listed(self) -> dict[str, dict[str, Any]]:
        """Every generation as it is listed."""
        return {one["id"]: one for one in self.client.get("/v1/corpus/generations", headers=KEY).json()}

    def phone(self) -> str:
        """What is answered of the voucher."""
        asked = {"question": "포장재 바우처 지원사업 문의처 전화번호를 알려 주세요", "as_of": "2026-03-20"}
        answer = self.client.post("/v1/ask", json=asked, headers=KEY)
        assert answer.status_code == 200
        return str(answer.json()["answer"])

    def follows(self, phone: str) -> bool:
        """Whether the server comes to answer with that number, from what is served by then."""
        ends = time.monotonic() + 60
        while phone not in self.phone() and time.monotonic() < ends:
            time.sleep(0.05)
        return phone in self.phone()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of two notices and the data of an installation that serves them."""
    folder = tmp_path_factory.mktemp("installed")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in (("manifest.csv", ROWS), ("voucher.md", VOUCHER), ("training.md", TRAINING)):
        (corpus / name).write_text(text, "utf-8")
    embedder = KiwiEmbedder(folder / "data" / "cache")
    sync(corpus, folder / "data", embedder, built_at="2026-03-01T09:00:00+09:00")
    return folder


@pytest.fixture
def office(installed: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of the installation, on 20 March 2026."""
    shutil.copytree(installed, tmp_path, symlinks=True, dirs_exist_ok=True)
    settings = Settings(
        data_dir=tmp_path / "data",
        corpus_dir=tmp_path / "corpus",
        admin_key=KEY["X-API-Key"],
        embedder="kiwi",
        open=False,
    )
    with pytest.MonkeyPatch.context() as patch:
        # A process apart is started once below; the others would load all there is anew.
        patch.setattr("server.app.checked_apart", checked.checked)
        service = Service(settings.data_dir, opener(settings))
        app = create_app(service, settings, lambda: DAY)
        with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
            yield Office(settings, KiwiEmbedder(settings.data_dir / "cache"), client)


def kinds(found: Any) -> set[str]:
    """The kinds of what a check found."""
    return {item["kind"] for item in found["items"]}


@pytest.mark.long
def test_a_harmless_change_is_staged_checked_served_and_gone_back_from(office: Office) -> None:
    first = office.served()
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    assert office.served() == first and office.sync() == staged
    assert {id_: one["state"] for id_, one in office.listed().items()} == {first: "served", staged: "staged"}
    assert "아직 확인하지 않았습니다" in office.send(f"publish/{staged}", status=409)["detail"]

    found = office.send(f"check/{staged}")
    assert (found["served"], found["blocking"], found["left"], found["as_of"]) == (first, 0, 0, "2026-03-20")
    assert (found["shifts"], found["asked"], found["questions"]) == ({"changed": 1}, 1, 8)
    (period,) = (item for item in found["items"] if item["kind"] == "changed")
    assert period["field"] == "period"
    assert (period["was"], period["now"]) == ("2026년 3월 2일부터 3월 31일까지", "2026년 3월 2일부터 4월 15일까지")
    assert period["was_at"]["source_id"] == "voucher" and "2026. 3. 31." in period["was_at"]["quote"]
    answers = [item for item in found["items"] if item["kind"] == "answer"]
    assert any("3월 31일" in item["was"] and "4월 15일" in item["now"] for item in answers)
    listed = office.listed()[staged]
    assert (listed["state"], listed["blocking"], listed["left"], listed["checked_by"]) == ("checked", 0, 0, "운영자")

    done = office.send(f"publish/{staged}", {"reason": "공고가 연장되었습니다"})
    assert (done["generation"], done["before"], done["person"]) == (staged, first, "운영자")
    assert office.served() == staged
    assert "이미 쓰고 있는 판" in office.send(f"publish/{staged}", status=409)["detail"]
    assert "이미 쓰고 있는 판" in office.send(f"check/{staged}", status=409)["detail"]

    back = office.send("rollback", {"reason": "잘못 올렸습니다"})
    assert (back["generation"], back["before"]) == (first, staged)
    assert office.served() == first
    assert "되돌릴 판이 없습니다" in office.send("rollback", status=409)["detail"]
    assert office.send("rollback", {"generation": staged})["generation"] == staged
    deeds = Audit(open_database("", office.settings.data_dir)).last(20)
    told = {(deed.action, deed.person, deed.outcome, deed.reason) for deed in deeds}
    assert (f"POST /v1/corpus/publish/{staged}", "운영자", "200", "공고가 연장되었습니다") in told
    assert ("POST /v1/corpus/rollback", "운영자", "200", "잘못 올렸습니다") in told


@pytest.mark.long
def test_the_running_server_follows_what_is_served(office: Office) -> None:
    assert "02-000-0000" in office.phone()
    office.write("voucher.md", VOUCHER.replace("02-000-0000", "02-111-1111"))
    staged = office.sync()
    office.send(f"check/{staged}")
    assert "02-000-0000" in office.phone()
    office.send(f"publish/{staged}")
    assert office.follows("02-111-1111")
    office.send("rollback")
    assert office.follows("02-000-0000")


@pytest.mark.long
def test_what_must_be_read_and_is_not_waits_for_a_person_with_a_reason(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("- 문의처: 가람 진흥원 02-000-0000\n", ""))
    staged = office.sync()
    found = office.send(f"check/{staged}")
    blocking = [item for item in found["items"] if item["blocks"]]
    assert {"unread", "lost"} <= {item["kind"] for item in blocking} and found["left"] == len(blocking)
    lost = next(item for item in blocking if item["kind"] == "lost")
    assert "02-000-0000" in lost["was"] and "02-000-0000" not in lost["now"]

    refused = office.send(f"publish/{staged}", status=409)["detail"]
    assert all(item["id"] in refused for item in blocking[:5])
    first, *others = (item["id"] for item in blocking)
    assert "까닭" in office.send(f"publish/{staged}", {"accept": [first]}, 422)["detail"]
    assert (
        "nothing-such" in office.send(f"publish/{staged}", {"accept": ["nothing-such"], "reason": "a"}, 422)["detail"]
    )
    left = office.send(f"publish/{staged}", {"accept": [first], "reason": "전화로 확인했습니다"}, 409)["detail"]
    assert first not in left and others[0] in left
    assert office.listed()[staged]["left"] == len(others)
    again = office.send(f"check/{staged}")
    assert [item["id"] for item in again["items"] if item["accepted"]] == [first]
    assert "까닭" in office.send(f"publish/{staged}", {"force": True}, 422)["detail"]
    assert (
        office.send(f"publish/{staged}", {"force": True, "reason": "기관이 번호를 없앴습니다"})["generation"] == staged
    )


@pytest.mark.long
def test_what_was_accepted_holds_for_the_next_candidate_that_shows_the_same(office: Office) -> None:
    without = VOUCHER.replace("- 문의처: 가람 진흥원 02-000-0000\n", "")
    office.write("voucher.md", without)
    staged = office.sync()
    ids = [item["id"] for item in office.send(f"check/{staged}")["items"] if item["blocks"]]
    office.send(f"publish/{staged}", {"accept": ids[:1], "reason": "확인했습니다"}, 409 if len(ids) > 1 else 200)
    office.write("training.md", TRAINING.replace("3백만원", "4백만원"))
    later = office.sync()
    found = office.send(f"check/{later}")
    assert later != staged and {item["id"] for item in found["items"] if item["accepted"]} == set(ids[:1])


@pytest.mark.long
def test_a_check_against_another_generation_counts_no_more(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    office.send(f"check/{staged}")
    office.write("training.md", TRAINING.replace("3백만원", "4백만원"))
    office.sync(stage=False)
    with writing(office.settings.data_dir) as writer:
        writer.prune(0)
    assert office.listed()[staged]["state"] == "staged"
    assert "다시 확인" in office.send(f"publish/{staged}", status=409)["detail"]


@pytest.mark.long
def test_a_golden_question_that_turns_blocks_and_a_wrong_file_is_told(office: Office) -> None:
    office.write(NAME, json.dumps(GOLDEN, ensure_ascii=False))
    office.write("voucher.md", VOUCHER.replace("02-000-0000", "02-111-1111"))
    staged = office.sync()
    found = office.send(f"check/{staged}")
    (golden,) = (item for item in found["items"] if item["kind"] == "golden")
    assert golden["blocks"] and "02-000-0000" in golden["sentence"] and found["golden"] == 1
    assert golden["id"] in office.send(f"publish/{staged}", status=409)["detail"]
    office.write(NAME, '{"question": "포장재"}')
    assert f"{NAME} 1번째 줄" in office.send(f"check/{staged}", status=503)["detail"]


@pytest.mark.long
def test_a_lesser_source_changes_nothing_before_a_person_accepts_it(office: Office) -> None:
    office.write("manifest.csv", ROWS + "news,news.md,2026년 포장재 바우처 지원사업 공고,모의일보,2026-03,,press\n")
    office.write("news.md", VOUCHER.replace("02-000-0000", "02-999-9999"))
    staged = office.sync()
    found = office.send(f"check/{staged}")
    items = [item for item in found["items"] if item["kind"] == "lower_rank"]
    assert all(item["blocks"] for item in items) and any("02-999-9999" in item["now"] for item in items)
    assert items[0]["id"] in office.send(f"publish/{staged}", status=409)["detail"]


@pytest.mark.long
def test_programmes_that_come_go_and_are_called_off_are_told(office: Office) -> None:
    office.write(
        "manifest.csv", ROWS.replace("training,training.md,2026년 제빵 실습", "honey,honey.md,2026년 양봉 개량")
    )
    (office.settings.corpus_dir / "training.md").unlink()
    office.write("honey.md", TRAINING.replace("제빵 실습", "양봉 개량"))
    office.write("voucher.md", VOUCHER.replace("지원사업 공고\n", "지원사업 취소 공고\n"))
    staged = office.sync(allow_deletions=True)
    found = office.send(f"check/{staged}")
    assert found["shifts"]["added"] == 1 and found["shifts"]["removed"] == 1
    assert {"added", "removed"} <= kinds(found)


@pytest.mark.long
def test_pruning_takes_no_candidate_that_may_still_be_served(office: Office) -> None:
    first = office.served()
    staged = []
    for day in range(10, 14):
        office.write("voucher.md", VOUCHER.replace("3. 31.", f"4. {day}."))
        staged.append(office.sync())
    with writing(office.settings.data_dir) as writer:
        writer.prune(0)
    assert set(office.listed()) == {first, *staged}
    office.write("voucher.md", VOUCHER.replace("3. 31.", "5. 1."))
    served = office.sync(stage=False)
    with writing(office.settings.data_dir) as writer:
        writer.prune(0)
    assert set(office.listed()) == {served, staged[-1]}


def test_what_is_no_generation_is_not_found(office: Office) -> None:
    for id_ in ("none", ".checking", "..", "가" * 300, "%00", "a%2Fb"):
        for path in ("check", "publish"):
            reply = office.client.post(f"/v1/corpus/{path}/{id_}", headers=KEY)
            assert reply.status_code in (404, 405, 422), reply.text
        back = office.client.post("/v1/corpus/rollback", json={"generation": id_}, headers=KEY)
        assert back.status_code in (404, 422), back.text


def test_nobody_without_the_key_changes_what_is_served(office: Office) -> None:
    for path in ("check/x", "publish/x", "rollback"):
        assert is_problem(office.client.post(f"/v1/corpus/{path}"), 401)
    for body in ({"reasn": "x"}, {"reason": "가" * 201}, {"accept": "x"}, {"force": "?"}):
        assert is_problem(office.client.post("/v1/corpus/publish/x", json=body, headers=KEY), 422)


def test_what_was_never_served_is_not_rolled_back_to(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    assert "쓴 적이 없습니다" in office.send("rollback", {"generation": staged}, 409)["detail"]
    assert "이미 쓰고 있는" in office.send("rollback", {"generation": office.served()}, 409)["detail"]


def test_a_damaged_candidate_is_neither_checked_nor_served(office: Office) -> None:
    first = office.served()
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    office.send(f"check/{staged}")
    os.truncate(directory_of(office.settings.data_dir, staged) / generation.CATALOGUE, 5000)
    assert "catalogue.sqlite" in office.send(f"publish/{staged}", status=409)["detail"]
    assert "catalogue.sqlite" in office.send(f"check/{staged}", status=409)["detail"]
    assert office.served() == first


def test_while_another_writes_nothing_is_served_or_checked_twice(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    office.send(f"check/{staged}")
    with writing(office.settings.data_dir):
        assert "색인을 만들고 있습니다" in office.send(f"publish/{staged}", status=409)["detail"]
        assert "색인을 만들고 있습니다" in office.send("rollback", status=409)["detail"]
    assert office.send(f"publish/{staged}")["generation"] == staged


@pytest.mark.long
def test_the_same_request_sent_again_publishes_once(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    office.send(f"check/{staged}")
    first, again = (
        office.client.post(f"/v1/corpus/publish/{staged}", headers={**KEY, "Idempotency-Key": "once"}) for _ in range(2)
    )
    assert first.status_code == again.status_code == 200 and first.json() == again.json()


def run(office: Office, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`jiwon` over the installation."""
    settings = office.settings
    own = {"JIWON_DATA_DIR": str(settings.data_dir), "JIWON_CORPUS_DIR": str(settings.corpus_dir)}
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, **own, "JIWON_EMBEDDER": "kiwi"},
        capture_output=True,
        text=True,
        timeout=180,
    )


@pytest.mark.long
def test_the_command_line_does_the_same(office: Office) -> None:
    first = office.served()
    office.write("voucher.md", VOUCHER.replace("- 문의처: 가람 진흥원 02-000-0000\n", ""))
    staged = json.loads(run(office, "sync", "--stage", "--json").stdout)
    assert staged["staged"] and office.served() == first
    id_ = staged["generation"]
    assert id_ in run(office, "sync", "--stage").stdout
    assert f"jiwon check {id_}" in run(office, "publish", id_).stderr

    told = run(office, "check", id_, "--as-of", "2026-03-20")
    assert told.returncode == 0 and "막음 [" in told.stdout and "--accept" in told.stdout, told.stderr
    found = json.loads(run(office, "check", id_, "--as-of", "2026-03-20", "--json").stdout)
    ids = [item["id"] for item in found["items"] if item["blocks"]]
    assert ids and all(id_ in told.stdout for id_ in ids)
    listed = run(office, "generations").stdout
    assert "▶ 쓰는 판" in listed and "확인함" in listed and f"{len(ids)}/{len(ids)}" in listed
    assert {one["state"] for one in json.loads(run(office, "generations", "--json").stdout)} == {"served", "checked"}

    refused = run(office, "publish", id_)
    assert refused.returncode == 1 and len(refused.stderr.strip().splitlines()) == 1 and ids[0] in refused.stderr
    assert run(office, "publish", id_, "--force").returncode == 1
    accepting = [word for item in ids for word in ("--accept", item)]
    done = run(office, "publish", id_, *accepting, "--reason", "전화로 확인", "--person", "담당자")
    assert done.returncode == 0 and office.served() == id_, done.stderr
    assert run(office, "rollback", "--reason", "되돌림").returncode == 0
    assert office.served() == first
    deeds = Audit(open_database("", office.settings.data_dir)).last(3)
    assert (deeds[0].action, deeds[0].reason) == (f"rollback {first}", "되돌림")
    assert (deeds[1].action, deeds[1].person, deeds[1].reason) == (f"publish {id_}", "담당자", "전화로 확인")


@pytest.mark.long
def test_a_process_apart_finds_the_same_and_tells_what_is_wrong(office: Office) -> None:
    office.write("voucher.md", VOUCHER.replace("3. 31.", "4. 15."))
    staged = office.sync()
    here = checked.checked(office.settings, staged, DAY)
    assert checked.checked_apart(office.settings, staged, DAY) == here
    office.write(NAME, "{")
    with pytest.raises(Exception, match=f"{NAME} 1번째 줄"):
        checked.checked_apart(office.settings, staged, DAY)


@pytest.mark.long
def test_a_first_candidate_is_checked_against_nothing_and_served(office: Office) -> None:
    fresh = office.settings.data_dir.parent / "fresh"
    shutil.copytree(office.settings.data_dir / "cache", fresh / "cache", symlinks=True)
    report = sync(office.settings.corpus_dir, fresh, office.embedder, built_at="2026-03-01T09:00:00+09:00", stage=True)
    assert generation.current(fresh) is None and report.generation
    from rag.publishing.checking import check

    found = check(fresh, report.generation, DAY, partial(lambda embedder, _: embedder, office.embedder))
    assert (found.served, found.shifts) == ("", {"added": 2})
    assert not any(item.blocks for item in found.items)
