"""The reference at `/docs`: the OpenAPI description and recipes flow in, one page that needs no network flows out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from server.http.description import read

Node = Mapping[str, object]

RECIPES = Path(__file__).with_name("recipes.yaml")
LANGUAGES = {"curl": "curl", "javascript": "JavaScript", "python": "Python"}
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.6 Pretendard, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR",
  NanumGothic, sans-serif;
max-width: 860px; margin: 24px auto; padding: 0 16px; color: #17212f; word-break: keep-all; overflow-wrap:
anywhere; }
a { color: #1f4fd8; } h2 { margin: 40px 0 8px; font-size: 20px; } h3 { margin: 28px 0 4px; font-size: 16px; }
h3 code { color: #1f4fd8; overflow-wrap: anywhere; }
h4 { font-size: 14px; margin: 12px 0 4px; } p { margin: 4px 0 8px; }
nav ul { padding-left: 18px; } summary { cursor: pointer; padding: 6px 0; } details { margin: 2px 0; }
pre { background: #f4f6f9; padding: 12px; border-radius: 8px; overflow-x: auto; font-size: 13px; line-height: 1.5;
  word-break: normal; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
td { border-top: 1px solid #e2e7ee; padding: 4px 12px 4px 0; vertical-align: top; }
td:first-child { width: 30%; } .kind { color: #5b6778; font-size: 13px; }
@media (max-width: 600px) { td, tr { display: block; border: 0; padding: 0; width: auto !important; }
  tr { border-top: 1px solid #e2e7ee; padding: 6px 0; } }
"""
HOW = """
<p>주소는 <code>http://127.0.0.1:8000</code>을 쓰는 서버의 주소로 바꾸면 됩니다. 본문은 JSON(UTF-8), 날짜는
YYYY-MM-DD(한국), 금액은
원입니다. 모르는 매개변수나 항목, 두 번 적은 매개변수는 422로 돌려보냅니다.</p>
<ul>
<li><b>오류</b>는 모두 <code>application/problem+json</code>(RFC 9457)입니다. <code>detail</code>은 사람에게
그대로 보여 줄 수 있는
한국어 문장이고, <code>request_id</code>는 운영자에게 물을 때 씁니다.</li>
<li><b>503</b>은 결과가 없다는 뜻이 아니라 지금 답할 수 없다는 뜻입니다. <code>Retry-After</code>의 초가 지난 뒤
다시 보냅니다.</li>
<li><b>횟수 제한</b>은 <code>X-RateLimit-Limit</code>, <code>X-RateLimit-Remaining</code>,
<code>X-RateLimit-Reset</code>(초)으로
알리고, 넘으면 <code>Retry-After</code>와 함께 429입니다.</li>
<li><b>열쇠</b>가 필요한 곳에는 <code>X-API-Key</code> 머리글에 넣습니다. 질문과 조회는 운영자가 닫지 않았으면
열쇠 없이 됩니다.</li>
<li><b>다시 보내기</b>: 저장하는 POST는 <code>Idempotency-Key</code>가 같으면 한 번만 합니다.</li>
<li><b>그대로인지</b>: 조회의 <code>ETag</code>를 <code>If-None-Match</code>로 보내면 바뀌지 않았을 때 본문 없이
304입니다.</li>
<li>GET이 있는 곳에는 HEAD도 있고, 없는 방법은 <code>Allow</code>와 함께 405입니다. gzip을 받으면 줄여 보냅니다.</li>
</ul>
"""


def reference_html(description: Node) -> str:
    """Recipes, and every operation of an OpenAPI 3 description with its parameters, body, answers and examples."""
    info, paths = _node(description, "info"), _node(description, "paths")
    told = [(path, method, _node(_node(paths, path), method)) for path in paths for method in _node(paths, path)]
    tags = dict.fromkeys(tag for _, _, operation in told for tag in _list(operation, "tags"))
    parts = [
        f"<h2>{escape(str(tag))}</h2>"
        + "".join(_operation(description, *one) for one in told if tag in _list(one[2], "tags"))
        for tag in tags
    ]
    schemas = _node(_node(description, "components"), "schemas")
    choices = [
        (name, ", ".join(map(str, _list(schema, "enum"))), str(schema.get("description", "")))
        for name in schemas
        if "enum" in (schema := _node(schemas, name))
    ]
    parts.append(f"<h2>고를 수 있는 값</h2>{_table(choices)}")
    recipes = read(RECIPES)
    links = "".join(f'<li><a href="#recipe-{at}">{escape(one["title"])}</a></li>' for at, one in enumerate(recipes))
    names = "".join(
        f'<li><a href="#{escape(_anchor(operation))}"><code>{method.upper()} {escape(path)}</code></a> '
        f"{escape(str(operation.get('summary', '')))}</li>"
        for path, method, operation in told
    )
    title = escape(str(info["title"]))
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{title} API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body><main>'
        f"<h1>{title} API</h1><p>{escape(str(info['description']))} 기계가 읽는 설명은 "
        f'<a href="/openapi.json">/openapi.json</a>에 있습니다.</p>{HOW}'
        f"<nav><h2>할 일마다 쓰는 법</h2><ul>{links}</ul>"
        f"<details><summary>모든 주소</summary><ul>{names}</ul></details></nav>"
        f"{''.join(_recipe(at, one) for at, one in enumerate(recipes))}{''.join(parts)}</main></body></html>"
    )


def _recipe(at: int, recipe: Mapping[str, str]) -> str:
    shown = "".join(
        f"<details{' open' if language == 'curl' else ''}><summary>{name}</summary>{_code(recipe[language])}</details>"
        for language, name in LANGUAGES.items()
    )
    return f'<h3 id="recipe-{at}">{escape(recipe["title"])}</h3><p>{escape(recipe["text"])}</p>{shown}'


def _operation(description: Node, path: str, method: str, operation: Node) -> str:
    parameters = [
        (str(one["name"]), _kind(_node(one, "schema")), str(one.get("description", "")))
        for one in _list(operation, "parameters")
        if isinstance(one, Mapping)
    ]
    sent = _node(operation, "requestBody")
    responses = _node(operation, "responses")
    statuses = [(status, "", str(_node(responses, status).get("description", ""))) for status in responses]
    done = next((_node(responses, status) for status in responses if status.startswith("2")), {})
    return (
        f'<h3 id="{escape(_anchor(operation))}"><code>{method.upper()} {escape(path)}</code></h3>'
        f"<p><b>{escape(str(operation.get('summary', '')))}</b><br>{escape(str(operation.get('description', '')))}</p>"
        + _folded("매개변수와 머리글", _table(parameters))
        + _folded("요청 본문", _table(_fields(description, _schema(sent))), _examples(sent))
        + _folded("응답", _table(_fields(description, _schema(done))), _examples(done))
        + _folded("상태", _table(statuses))
    )


def _anchor(operation: Node) -> str:
    return str(operation.get("operationId", ""))


def _examples(holder: Node) -> str:
    return "".join(
        f"<h4>예: {escape(media_type)}</h4>{_code(_shown(_node(_node(holder, 'content'), media_type)['example']))}"
        for media_type in _node(holder, "content")
        if "example" in _node(_node(holder, "content"), media_type)
    )


def _shown(example: object) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=1)


def _code(text: str) -> str:
    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>'


def _folded(title: str, *parts: str) -> str:
    inside = "".join(parts)
    return f"<details><summary>{title}</summary>{inside}</details>" if inside else ""


def _fields(description: Node, schema: Node, outer: str = "") -> list[tuple[str, str, str]]:
    """Name, kind and words of every field of a schema, those of schemas it refers to below it as `outer.inner`."""
    return list(_below(description, schema, outer))


def _below(description: Node, schema: Node, outer: str) -> Iterator[tuple[str, str, str]]:
    for named in _referred(schema):
        name = str(named.get("$ref", "")).rpartition("/")[2]
        properties = _node(_node(_node(_node(description, "components"), "schemas"), name), "properties")
        for field in properties:
            inner = _node(properties, field)
            yield f"{outer}{field}", _kind(inner), str(inner.get("description", ""))
            yield from _below(description, {"anyOf": _referred(inner)}, f"{outer}{field}.")


def _referred(schema: Node) -> list[Node]:
    nodes = [_node(schema, "items"), *(one for one in _list(schema, "anyOf") if isinstance(one, Mapping))]
    own = [schema] if "$ref" in schema and "anyOf" not in schema else []
    return [node for node in (*own, *nodes) if "$ref" in node]


def _kind(schema: Node) -> str:
    choices = [_kind(choice) for choice in _list(schema, "anyOf") if isinstance(choice, Mapping)]
    if choices:
        return " | ".join(choices)
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"{_kind(_node(schema, 'items'))}[]"
    return str(schema.get("format") or schema.get("type") or "")


def _schema(holder: Node) -> Node:
    return _node(_node(_node(holder, "content"), "application/json"), "schema")


def _table(rows: list[tuple[str, str, str]]) -> str:
    cells = "".join(
        f'<tr><td><code>{escape(name)}</code></td><td><span class="kind">{escape(kind)}</span> {escape(said)}</td></tr>'
        for name, kind, said in rows
    )
    return f"<table>{cells}</table>" if rows else ""


def _list(holder: Node, key: str) -> list[object]:
    value = holder.get(key, [])
    assert isinstance(value, list | tuple)
    return list(value)


def _node(holder: Node, key: str) -> Node:
    value = holder.get(key, {})
    assert isinstance(value, Mapping)
    return value
