"""A typed client: the description of the API flows in; a module of records and one of methods, one each, flow out."""

from __future__ import annotations

import json
import keyword
import re
import warnings
from pathlib import Path
from typing import Any

from datamodel_code_generator import InputFileType, PythonVersion, generate
from datamodel_code_generator.enums import DataModelType

from server.http.description import operations

HEAD = '''"""Made from the description of the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from pydantic import TypeAdapter

import models as records

Send = Callable[[str, str, bytes | None, Mapping[str, str]], tuple[int, bytes]]


class Refused(Exception):
    """A refusal, as the one problem that every operation sends."""

    def __init__(self, problem: records.Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class Client:
    def __init__(self, send: Send) -> None:
        self._send = send

    def _call(self, method: str, path: str, query: Mapping[str, Any], body: Any, headers: Mapping[str, Any]) -> bytes:
        asked = {name: value for name, value in query.items() if value is not None}
        sent = {name: str(value) for name, value in headers.items() if value is not None}
        for name, value in asked.items():
            asked[name] = str(value).lower() if isinstance(value, bool) else getattr(value, "value", value)
        content = None
        if body is not None:
            content, sent["Content-Type"] = body.model_dump_json(exclude_unset=True).encode(), "application/json"
        status, got = self._send(method, path + (f"?{urlencode(asked)}" if asked else ""), content, sent)
        if status >= 400:
            raise Refused(records.Problem.model_validate_json(got))
        return got
'''


def write_client(document: dict[str, Any], folder: Path) -> None:
    """Write `models.py` and `client.py` into a folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        generate(
            json.dumps(document),
            input_file_type=InputFileType.OpenAPI,
            output=folder / "models.py",
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            use_annotated=True,
            use_union_operator=True,
            strict_nullable=True,
            disable_timestamp=True,
        )
    methods = [_method(path, method, said) for path, method, said in operations(document)]
    (folder / "client.py").write_text("\n".join([HEAD, *methods]), "utf-8")


def _method(path: str, method: str, said: dict[str, Any]) -> str:
    slots, query, headers = ([one for one in said.get("parameters", ()) if one["in"] == way] for way in WAYS)
    sent = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    given = [f"{_name(one)}: {_type(one['schema'])}" for one in slots]
    given += [f"body: {_type(sent)}"] if sent else []
    given += ["*"] if query or headers else []
    given += [f"{_name(one)}: {_type(one['schema']).removesuffix(' | None')} | None = None" for one in query + headers]
    asked = "{" + ", ".join(f'"{one["name"]}": {_name(one)}' for one in query) + "}"
    told = "{" + ", ".join(f'"{one["name"]}": {_name(one)}' for one in headers) + "}"
    place = re.sub(r"\{(\w+)\}", r"{quote(str(\1), safe='')}", path)
    call = f'self._call("{method.upper()}", f"{place}", {asked}, {"body" if sent else None}, {told})'
    done = next(response for status, response in said["responses"].items() if status.startswith("2"))
    content = done.get("content", {})
    kind = "None" if not content else "bytes"
    if content and (set(content) == {"application/json"} or said["operationId"] == "complete"):
        kind = _type(content["application/json"]["schema"])
    back = {"None": call, "bytes": f"return {call}"}.get(kind, f"return TypeAdapter({kind}).validate_json({call})")
    return (
        f"    def {said['operationId']}({', '.join(['self', *given])}) -> {kind}:\n"
        f'        """{said["summary"]}"""\n        {back}\n'
    )


WAYS = ("path", "query", "header")


def _name(parameter: dict[str, Any]) -> str:
    name = parameter["name"].lower().replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(map(_type, schema["anyOf"]))
    if "$ref" in schema:
        return f"records.{schema['$ref'].rpartition('/')[2]}"
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'])}]"
    if schema.get("format") == "date":
        return "date"
    return {"integer": "int", "boolean": "bool", "null": "None"}.get(schema.get("type", ""), "str")
