"""Commands end with 0, 1 or 2, and a known error is one Korean sentence."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from rag.inbound import FIRST_DAY, LAST_DAY

ROOT = Path(__file__).parents[2]
RUN = "from server.cli import main; main()"


def run(*arguments: str, code: str = RUN, **settings: str) -> subprocess.CompletedProcess[str]:
    """`jiwon` as a person runs it, with these JIWON_ settings and no others."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("JIWON_")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**clean, **{f"JIWON_{key}": value for key, value in settings.items()}},
        capture_output=True,
        text=True,
        timeout=120,
    )


def loaded_by(*arguments: str, **settings: str) -> tuple[str, set[str]]:
    """What `jiwon` prints, run so, and the modules that it has loaded when it ends."""
    code = (
        "import atexit, sys\nfrom server.cli import main\natexit.register(lambda: print('\\0', *sys.modules))\nmain()"
    )
    done = run(*arguments, code=code, **settings)
    assert done.returncode == 0, done.stderr
    told, _, loaded = done.stdout.rpartition("\0")
    return told, set(loaded.split())


def is_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command ended as a known error does."""
    lines = done.stderr.strip().splitlines()
    return done.returncode == 1 and len(lines) == 1 and any("가" <= letter <= "힣" for letter in lines[0])


@pytest.mark.long
def test_a_question_about_the_bundled_corpus_loads_nothing_of_chroma(corpus_data: Path) -> None:
    told, loaded = loaded_by("ask", "강원지사 전화번호", DATA_DIR=str(corpus_data), EMBEDDER="kiwi")
    assert "033-" in told
    assert "rag.matrix_vectors" in loaded
    assert not [name for name in loaded if name.partition(".")[0] == "chromadb"]


def test_the_version_is_told() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, "jiwon 0.1.0\n")


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (("serve",), {"UNKNOWN": "1"}),
        (("serve",), {"PORT": "99999"}),
        (("serve",), {"HOST": "no.such.host.invalid"}),
        (("sync",), {"LOG_LEVEL": "LOUD"}),
        (("sync", "--corpus", "/no/such/folder"), {}),
        (("ask", "  "), {}),
        (("ask", "가" * 2001), {}),
        (("ask", "a", "--profile", "/no/such/file"), {}),
        (("evaluate", "/no/such/file"), {}),
        (("rollback", "none"), {}),
        (("mcp",), {}),
    ],
)
def test_a_known_error_is_one_sentence_and_exit_code_1(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str]
) -> None:
    done = run(*arguments, DATA_DIR=str(tmp_path), **settings)
    assert is_one_sentence(done), done.stderr


@pytest.mark.long
def test_asking_before_a_sync_says_which_command_to_run(tmp_path: Path) -> None:
    for how in ((), ("--json",), ("--plan",)):
        done = run("ask", "a", *how, DATA_DIR=str(tmp_path))
        assert is_one_sentence(done)
        assert "jiwon sync" in done.stderr


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", DATA_DIR=str(tmp_path), PORT=str(taken.getsockname()[1]))
    assert is_one_sentence(done)
    assert "JIWON_PORT" in done.stderr


def test_a_profile_of_the_wrong_form_names_the_field(tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text('{"employees": -1}', "utf-8")
    done = run("ask", "a", "--profile", str(profile), DATA_DIR=str(tmp_path))
    assert is_one_sentence(done)
    assert "employees" in done.stderr


@pytest.mark.parametrize(
    ("command", "day"), [("ask", "2101-01-01"), ("diagnose", "1989-12-31"), ("doctor", "9999-12-31")]
)
def test_a_day_that_no_document_tells_of_is_one_sentence_with_the_bounds_of_the_api(
    tmp_path: Path, command: str, day: str
) -> None:
    report = tmp_path / "report.md"
    given = {"ask": ("가",), "diagnose": ("company.yaml", "--out", str(report)), "doctor": ()}[command]
    done = run(command, *given, "--as-of", day, DATA_DIR=str(tmp_path))
    assert is_one_sentence(done), done.stderr
    assert done.stderr.strip() == f"as_of: {FIRST_DAY}부터 {LAST_DAY}까지의 날짜여야 합니다."
    assert not report.exists()


@pytest.mark.parametrize(
    "arguments", [(), ("nonsense",), ("ask",), ("ask", "a", "--as-of", "2026-02-30"), ("sync", "x")]
)
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "가", "--as-of", "bad"),
        ("ask",),
        ("ask", "가", "나"),
        ("ask", "가", "--profile"),
        ("ask", "가", "--json=1"),
        ("ask", "가", "--json", "--plan"),
        ("train", "x"),
        ("sync", "--corpsu", "x"),
        ("askk",),
        ("serve", "3"),
    ],
)
def test_wrong_usage_is_one_korean_sentence_and_exit_code_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    said = done.stderr.strip().splitlines()
    assert (done.returncode, done.stdout, len(said)) == (2, "", 1), done.stderr
    assert "--help`로 볼 수 있습니다." in said[0]
    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,} ", said[0]), said[0]


@pytest.mark.parametrize(
    "command", ["sync", "ask", "evaluate", "train", "programs", "doctor", "generations", "rollback", "serve"]
)
def test_help_is_korean_throughout(command: str) -> None:
    for arguments in (("--help",), (command, "--help")):
        done = run(*arguments)
        assert done.returncode == 0
        assert not re.search(r"Usage|Options|Commands|Arguments|Show this|required", done.stdout), done.stdout
