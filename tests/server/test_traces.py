"""A trace of a request tells route and status, and nothing that a caller wrote or is."""

from __future__ import annotations

import subprocess
import sys

from server.traces import SAID

CODE = """
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from server.traces import set_up_traces

exporter = InMemorySpanExporter()
provider = set_up_traces("http://localhost:4317", exporter)
app = FastAPI()

@app.get("/programs/{name}")
def program(name: str, q: str = "") -> str:
    return name

TestClient(app, headers={"User-Agent": "secret-agent"}).get("/programs/secret-name?q=secret-words")
provider.force_flush()
spans = exporter.get_finished_spans()
assert spans
print([dict(span.attributes) for span in spans])
"""


def test_a_trace_tells_the_route_and_nothing_of_the_caller() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=True)
    assert "/programs/{name}" in done.stdout
    assert "secret" not in done.stdout
    assert SAID[0] in done.stdout
