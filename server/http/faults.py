"""Faults: what pydantic found wrong with a request flows in, Korean sentences without the values flow out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

FAULTS = {
    "missing": "꼭 있어야 합니다",
    "extra_forbidden": "모르는 항목입니다",
    "sent_twice": "한 번만 적어 주세요",
    "day_out_of_range": "{first}부터 {last}까지의 날짜여야 합니다",
    "string_too_short": "비어 있습니다",
    "string_too_long": "너무 깁니다({max_length}자까지)",
    "string_pattern_mismatch": "쓸 수 없는 글자가 있습니다",
    "too_long": "너무 많습니다({max_length}개까지)",
    "text_only": "글만 받습니다. 그림, 소리, 파일은 빼고 보내 주세요",
    "no_reason": "돌려보내는 까닭을 적어 주세요",
    "no_base64": "base64로 적은 파일이 아닙니다. 파일의 내용을 base64로 바꾸어 보내 주세요",
    "no_question": "물음이 없습니다. role이 user인 글을 넣어 주세요",
    "json_invalid": "JSON 형식이 아닙니다",
    "string_type": "글자여야 합니다",
    "int_type": "정수여야 합니다",
    "int_parsing": "정수여야 합니다",
    "bool_type": "true나 false여야 합니다",
    "list_type": "목록이어야 합니다",
    "enum": "쓸 수 없는 값입니다({expected})",
    "union_tag_invalid": "쓸 수 없는 값입니다({expected_tags})",
    "literal_error": "쓸 수 없는 값입니다({expected})",
    "greater_than_equal": "{ge} 이상이어야 합니다",
    "less_than_equal": "{le} 이하여야 합니다",
    "value_error": "YYYY-MM-DD 형식의 날짜여야 합니다",
    "date_from_datetime_parsing": "달력에 있는 날짜여야 합니다",
}


def faults(errors: Sequence[Mapping[str, object]], named: Callable[[Sequence[str]], str] = ".".join) -> list[str]:
    """One Korean sentence for each validation error; `named` makes a name of the path to the field."""
    return list(dict.fromkeys(_fault(error, named) for error in errors))


def _fault(error: Mapping[str, object], named: Callable[[Sequence[str]], str]) -> str:
    kind, context, place = str(error["type"]), error.get("ctx"), error["loc"]
    assert isinstance(place, Sequence)
    # FastAPI puts where a value came from first; the reader knows that.
    parts = [str(part) for part in place if part not in ("body", "query", "path")] if kind != "json_invalid" else []
    said = FAULTS.get(kind, "쓸 수 없는 값입니다")
    if isinstance(context, Mapping):
        expected = str(context.get("expected", "")).replace(" or ", ", ")
        said = said.format_map({**context, "expected": expected})
    return f"{named(parts) or '요청 본문'}: {said}."
