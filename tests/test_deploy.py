"""The folder `deploy`: what it names exists, what it says of sizes and ways is what the server does."""

from __future__ import annotations

import re
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.settings import PREFIX, Settings, from_environment
from server.cli import app
from server.http.gate import BODY_LIMIT, UPLOAD_LIMIT
from tests.nginx import ABSENT, PROGRAM, laid_out
from ui.rooms.exposed import ADDRESSES

DEPLOY = Path(__file__).parents[1] / "deploy"
FILES = tuple(sorted(path for path in DEPLOY.rglob("*") if path.is_file()))
UNITS = tuple(path for path in FILES if path.suffix in (".service", ".timer"))
YAMLS = tuple(path for path in FILES if path.suffix == ".yaml")
NGINX = DEPLOY / "nginx"


def name_of(path: Path) -> str:
    return path.relative_to(DEPLOY).as_posix()


def documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a YAML file."""
    return list(yaml.safe_load_all(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= {PREFIX + name.upper() for name in Settings.__dataclass_fields__}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_command_that_is_named_exists(path: Path) -> None:
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    told = path.read_text("utf-8")
    named = re.findall(r"/jiwon ([a-z]+)", told) + re.findall(r'\["?jiwon"?, "?([a-z]+)', told)
    assert set(named) <= known


def test_the_example_of_settings_is_taken_as_it_stands() -> None:
    lines = (DEPLOY / "jiwon.env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert from_environment(given).shares


@pytest.mark.parametrize("path", YAMLS, ids=name_of)
def test_every_manifest_is_one(path: Path) -> None:
    for told in documents(path):
        if path.parent.name == "kubernetes":
            assert told["apiVersion"] and told["kind"] and told["metadata"]["name"]
        else:
            assert all("image" in one for one in told["services"].values())


def test_what_manifests_refer_to_is_there() -> None:
    found = [told for path in YAMLS if path.parent.name == "kubernetes" for told in documents(path)]
    ports = {
        one["metadata"]["name"]: {port["port"] for port in one["spec"]["ports"]}
        for one in found
        if one["kind"] == "Service"
    }
    labels = [
        one["spec"]["template"]["metadata"]["labels"] for one in found if one["kind"] in ("StatefulSet", "Deployment")
    ]
    for one in found:
        if one["kind"] == "Service":
            assert any(one["spec"]["selector"].items() <= told.items() for told in labels)
        if one["kind"] in ("StatefulSet", "Deployment"):
            assert (
                one["spec"]["selector"]["matchLabels"].items() <= one["spec"]["template"]["metadata"]["labels"].items()
            )
        if one["kind"] == "Ingress":
            for rule in one["spec"]["rules"]:
                for way in rule["http"]["paths"]:
                    service = way["backend"]["service"]
                    assert service["port"]["number"] in ports[service["name"]]


@pytest.mark.parametrize("path", UNITS, ids=name_of)
def test_every_unit_is_one(path: Path) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text("utf-8"))
    assert unit["Unit"]["Description"]
    if path.suffix == ".timer":
        assert (path.with_suffix(".service")).is_file() and unit["Timer"]["OnCalendar"]
    else:
        assert unit["Service"]["ExecStart"].startswith("/opt/jiwon/.venv/bin/")


def test_as_much_passes_the_proxy_as_the_server_takes() -> None:
    told = (NGINX / "nginx.conf").read_text("utf-8")
    assert f"client_max_body_size {BODY_LIMIT // 2**10}k;" in told
    assert f"client_max_body_size {UPLOAD_LIMIT // 2**20}m;" in told


def test_the_rooms_are_at_one_server() -> None:
    told = (NGINX / "nginx.conf").read_text("utf-8")
    (rooms,) = re.findall(r"location ~ (\S+) \{\s+proxy_next_upstream off;\s+proxy_read_timeout", told)
    others = {"/favicon.ico"}
    assert all(re.search(rooms, address) for address in ADDRESSES if address not in others)


def test_what_may_be_asked_again_changes_nothing_but_memory() -> None:
    told = (NGINX / "nginx.conf").read_text("utf-8")
    again = re.findall(r"location (?:= |~ \^)(\S+?)\$? \{\s+proxy_next_upstream [^;]*non_idempotent", told)
    assert again == ["/v1/(ask|match|chat/completions|kakao/skill)", "/v1/ask/stream", "/mcp"]


@pytest.mark.parametrize("upstreams", [NGINX / "upstreams.conf", DEPLOY / "compose" / "upstreams.conf"], ids=name_of)
def test_nginx_takes_its_configuration(upstreams: Path, tmp_path: Path) -> None:
    if PROGRAM is None:
        pytest.skip(ABSENT)
    # Names of the other containers are known among them alone.
    told = re.sub(r"server jiwon-\d:", "server 127.0.0.1:", upstreams.read_text("utf-8"))
    done = subprocess.run([*laid_out(tmp_path, told), "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
