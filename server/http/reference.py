"""The reference at `/docs`: the OpenAPI description flows in, one page that needs no network flows out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

Node = Mapping[str, object]

STYLE = """
body { font: 15px/1.6 Pretendard, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", NanumGothic, sans-serif;
  max-width: 860px; margin: 32px auto; padding: 0 16px; color: #17212f; word-break: keep-all; }
h2 { margin: 32px 0 4px; font-size: 17px; } h2 code { color: #1f4fd8; } h3 { font-size: 14px; margin: 12px 0 4px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
td { border-top: 1px solid #e2e7ee; padding: 4px 12px 4px 0; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 30%; }
"""


def reference_html(description: Node) -> str:
    """Every operation of an OpenAPI 3 description with its parameters, body and answer."""
    info = _node(description, "info")
    operations = [
        _operation(description, method, path, _node(_node(_node(description, "paths"), path), method))
        for path in _node(description, "paths")
        for method in _node(_node(description, "paths"), path)
    ]
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{escape(str(info["title"]))} API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
        f"<h1>{escape(str(info['title']))} API</h1><p>{escape(str(info['description']))} 오류는 모두 "
        "<code>application/problem+json</code>(RFC 9457)입니다. 기계가 읽는 설명은 "
        f'<a href="/openapi.json">/openapi.json</a>에 있습니다.</p>{"".join(operations)}</body></html>'
    )


def _operation(description: Node, method: str, path: str, operation: Node) -> str:
    parameters = operation.get("parameters", ())
    assert isinstance(parameters, list | tuple)
    rows = [(str(p["name"]), _kind(_node(p, "schema"))) for p in parameters]
    body = _schema(_node(operation, "requestBody"))
    answer = _schema(_node(_node(operation, "responses"), "200"))
    return (
        f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(str(operation.get('summary', '')))}</p>"
        + _table("매개변수", rows)
        + _table("요청 본문", _fields(description, body))
        + _table("응답", _fields(description, answer))
    )


def _fields(description: Node, schema: Node) -> list[tuple[str, str]]:
    """Name and kind of every field of a schema, those of schemas it refers to below it as `outer.inner`."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    properties = _node(_node(_node(_node(description, "components"), "schemas"), name), "properties")
    rows: list[tuple[str, str]] = []
    for field in properties:
        rows.append((field, _kind(_node(properties, field))))
        for inner in _referred(_node(properties, field)):
            rows += [(f"{field}.{below}", kind) for below, kind in _fields(description, inner)]
    return rows


def _referred(schema: Node) -> list[Node]:
    choices = schema.get("anyOf", ())
    assert isinstance(choices, list | tuple)
    nodes = [schema, _node(schema, "items"), *choices]
    return [node for node in nodes if "$ref" in node]


def _kind(schema: Node) -> str:
    choices = schema.get("anyOf", ())
    assert isinstance(choices, list | tuple)
    if choices:
        return " | ".join(_kind(choice) for choice in choices)
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"{_kind(_node(schema, 'items'))}[]"
    return str(schema.get("format") or schema.get("type") or "")


def _schema(holder: Node) -> Node:
    return _node(_node(_node(holder, "content"), "application/json"), "schema")


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(f"<tr><td><code>{escape(a)}</code></td><td>{escape(b)}</td></tr>" for a, b in rows)
    return f"<h3>{title}</h3><table>{cells}</table>" if rows else ""


def _node(holder: Node, key: str) -> Node:
    value = holder.get(key, {})
    assert isinstance(value, Mapping)
    return value
