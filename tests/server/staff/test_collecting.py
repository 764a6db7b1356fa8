"""Collecting from the command line and on a schedule: what came is told, what failed ends nothing but itself."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from ingest.scripted.portal import BIZINFO, KEY, Portal, sample, serving
from rag.errors import CorpusError, SettingsError
from rag.settings import Settings, from_environment
from server import cli
from server.clock import SEOUL
from server.staff.collecting import collect, names
from server.staff.scheduled import Commands, collect_all, next_time, scheduled

MOMENT = "2026-03-01T09:00:00+09:00"


def installed(folder: Path, sources: str, **told: str) -> Settings:
    (folder / "sources.yaml").write_text(sources, "utf-8")
    return Settings(data_dir=folder / "data", corpus_dir=folder, **told)  # type: ignore[arg-type]


def at(portal: Portal) -> str:
    return f"bizinfo: {{kind: bizinfo, address: '{portal.url}{BIZINFO}', gap_s: 0, attachments: 0}}"


def test_a_source_is_collected_from_with_the_key_of_its_setting(tmp_path: Path) -> None:
    with serving(Portal(*sample())) as portal:
        settings = installed(tmp_path, at(portal), bizinfo_key=KEY, outbound_allow="127.0.0.1/32")
        done = collect(settings, "bizinfo", None, MOMENT)
    assert (done.added, done.whole) == (3, True)
    assert names(settings) == ("bizinfo",)


def test_a_private_host_is_not_asked_unless_a_setting_allows_it(tmp_path: Path) -> None:
    with serving(Portal(*sample())) as portal:
        settings = installed(tmp_path, at(portal), bizinfo_key=KEY)
        assert "안쪽 통신망" in collect(settings, "bizinfo", None, MOMENT).stopped
        assert portal.asked == []


def test_a_source_that_is_not_configured_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="other"):
        collect(installed(tmp_path, "inbox: {kind: folder, address: /srv}"), "other", None, MOMENT)


def run(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, **environment: str) -> int:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["jiwon", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_the_command_tells_what_came_and_a_wrong_key_is_one_sentence_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"JIWON_CORPUS_DIR": str(tmp_path), "JIWON_DATA_DIR": str(tmp_path / "data")}
    with serving(Portal(*sample())) as portal:
        (tmp_path / "sources.yaml").write_text(at(portal), "utf-8")
        told |= {"JIWON_OUTBOUND_ALLOW": "127.0.0.1/32", "JIWON_BIZINFO_KEY": KEY}
        with monkeypatch.context() as patch:
            assert run(["collect", "bizinfo"], patch, **told) == 0
            assert "새 공고 3건" in capsys.readouterr().out
            assert run(["collect", "bizinfo", "--json"], patch, **told) == 0
            assert json.loads(capsys.readouterr().out)["unchanged"] == 3
            assert run(["collect", "bizinfo"], patch, **{**told, "JIWON_BIZINFO_KEY": "s3cret-but-wrong"}) == 1
            shown = capsys.readouterr()
    assert "JIWON_BIZINFO_KEY" in shown.err and "s3cret" not in shown.err + shown.out
    assert "Traceback" not in shown.err


def test_keys_of_portals_are_never_shown_and_a_time_that_is_none_is_refused() -> None:
    settings = from_environment({"JIWON_BIZINFO_KEY": "s3cret-1", "JIWON_KSTARTUP_KEY": "s3cret-2"})
    assert settings.bizinfo_key == "s3cret-1" and "s3cret" not in repr(settings)
    assert from_environment({"JIWON_COLLECT_AT": "30 5 * * 1-5"}).collect_at == "30 5 * * 1-5"
    for wrong in ("daily", "30 5 * *", "@daily", "30 5 * * * *"):
        with pytest.raises(SettingsError, match="JIWON_COLLECT_AT"):
            from_environment({"JIWON_COLLECT_AT": wrong})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("30 5 * * *", "2026-03-02T05:30:00+09:00"),
        ("0 9 * * 1-5", "2026-03-02T09:00:00+09:00"),  # 1 March 2026 is a Sunday
        ("0 9 * * 0", "2026-03-08T09:00:00+09:00"),
        ("0 9 * * 7", "2026-03-08T09:00:00+09:00"),
        ("*/15 * * * *", "2026-03-01T09:15:00+09:00"),
    ],
)
def test_times_are_those_of_a_crontab_in_korea(text: str, first: str) -> None:
    after = datetime(2026, 3, 1, 9, 5, tzinfo=SEOUL)
    assert next_time(text, after).isoformat() == first


def test_a_time_that_never_comes_is_refused_at_the_start(tmp_path: Path) -> None:
    async def begin() -> None:
        async with scheduled(Settings(data_dir=tmp_path, collect_at="99 5 * * *")):
            raise AssertionError

    with pytest.raises(SettingsError, match="JIWON_COLLECT_AT"):
        asyncio.run(begin())


def test_every_source_is_collected_from_and_then_staged_whatever_fails(tmp_path: Path) -> None:
    settings = installed(tmp_path, "a: {kind: folder, address: /a}\nb: {kind: folder, address: /b}")
    asked: list[tuple[str, ...]] = []

    def fails(command: Sequence[str]) -> tuple[int, str]:
        asked.append(tuple(command))
        if command[1] == "a":
            raise OSError("fork")
        return 1, "가져오지 못했습니다."

    collect_all(settings, fails)
    assert asked == [("collect", "a"), ("collect", "b"), ("sync", "--stage")]
    (tmp_path / "sources.yaml").write_text("- wrong", "utf-8")
    collect_all(settings, fails)  # is logged, and nothing is asked for
    assert len(asked) == 3


def test_the_schedule_begins_with_the_server_and_ends_with_it(tmp_path: Path) -> None:
    settings = installed(tmp_path, "a: {kind: folder, address: /a}", collect_at="* * * * *")
    before = threading.active_count()

    async def serve() -> None:
        async with scheduled(settings, lambda command: (0, "")):
            assert threading.active_count() > before

    asyncio.run(serve())


def test_a_command_runs_in_a_process_of_its_own_until_the_server_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIWON_CORPUS_DIR", str(tmp_path))
    commands = Commands()
    code, told = commands.run(("collect", "none"))
    assert code == 1 and "sources.yaml" in told
    commands.stop()
    assert commands.run(("collect", "none"))[0] == -1
