"""The recipes of the reference do what they say: each is run against a server of its own, and each script is read."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from server.app import create_app
from server.desks.service import Service
from server.http.description import read
from server.http.reference import LANGUAGES, RECIPES
from tests.server.conftest import set_up
from tests.server.fakes import FakeDesk

RECIPE = read(RECIPES)
SHOWN = "http://127.0.0.1:8000"
TITLES = [one["title"] for one in RECIPE]


@pytest.fixture(scope="module")
def address(folders: Path, running: object) -> Iterator[str]:
    """A server on loopback, ended with the last test.

    It comes after `running`, which leaves in the environment what drawing the page does.
    """
    desk = FakeDesk()
    app = create_app(Service(folders / "data", lambda: desk), set_up(folders), lambda: date(2026, 3, 20))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


def done(command: list[str], folder: Path) -> str:
    """What a command prints, in a folder of its own."""
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("recipe", RECIPE, ids=TITLES)
def test_the_python_of_a_recipe_runs(recipe: dict[str, str], address: str, tmp_path: Path) -> None:
    if "openai" in recipe["python"] and find_spec("openai") is None:
        pytest.skip("openai is not installed")
    assert SHOWN in recipe["python"]
    assert done([sys.executable, "-c", recipe["python"].replace(SHOWN, address)], tmp_path).strip()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("recipe", RECIPE, ids=TITLES)
def test_the_curl_of_a_recipe_is_answered(recipe: dict[str, str], address: str, tmp_path: Path) -> None:
    told = done(["sh", "-ec", recipe["curl"].replace(SHOWN, address)], tmp_path)
    told += "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    assert told.strip()
    assert '"type":"about:blank"' not in told


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("recipe", RECIPE, ids=TITLES)
def test_the_javascript_of_a_recipe_is_read(recipe: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "recipe.mjs").write_text(recipe["javascript"], "utf-8")
    done(["node", "--check", "recipe.mjs"], tmp_path)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize(
    "recipe", [one for one in RECIPE if "openai" not in one["javascript"]], ids=lambda one: one["title"]
)
def test_the_javascript_of_a_recipe_runs(recipe: dict[str, str], address: str, tmp_path: Path) -> None:
    (tmp_path / "recipe.mjs").write_text(recipe["javascript"].replace(SHOWN, address), "utf-8")
    done(["node", "recipe.mjs"], tmp_path)


def test_the_page_shows_every_recipe_operation_and_description_and_fetches_nothing(client: TestClient) -> None:
    from html import unescape

    reply = client.get("/docs")
    page = unescape(reply.text)
    for recipe in RECIPE:
        assert all(recipe[language] in page for language in ("title", "text", *LANGUAGES))
    document: Any = client.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert operation["description"] in page
    for fetching in ("<script", "src=", 'href="http', "url(", "@import"):
        assert fetching not in reply.text
