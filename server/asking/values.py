"""Values: what a caller may send, one by one: days, places, words and counts flow in, those within bounds flow out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints
from pydantic_core import PydanticCustomError

from rag.errors import JiwonError
from rag.inbound import iso_day, whole, within_reach
from server.http.faults import faults


def asked_for(day: date) -> date:
    """A day that can be asked about, as it was typed on a terminal. Raises JiwonError for any other."""
    try:
        return within_reach(day)
    except PydanticCustomError as error:
        wrong = {"type": error.type, "loc": ("as_of",), "ctx": error.context}
        raise JiwonError("; ".join(faults([wrong]))) from error


AnyDay = Annotated[date, BeforeValidator(iso_day)]
Day = Annotated[
    AnyDay, AfterValidator(within_reach), Field(json_schema_extra={"pattern": "^(199[0-9]|20[0-9]{2}|2100)-"})
]
"""A day that can be asked about, 1990-01-01 to 2100-12-31."""
NOT_BLANK: dict[str, JsonValue] = {"pattern": r"\S"}
"""Said in the description alone: white space at the ends is taken away, and then something must be left."""
PLACE: dict[str, JsonValue] = {"format": "place"}
"""A place that the gazetteer knows, such as 경기도 화성시: no pattern tells which do."""
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Field(json_schema_extra=NOT_BLANK),
]
Place = Annotated[Words, Field(json_schema_extra=PLACE)]
Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000), BeforeValidator(whole)]
Year = Annotated[int, Field(strict=True, ge=1800, le=2200), BeforeValidator(whole)]
Month = Annotated[int, Field(strict=True, ge=1, le=12), BeforeValidator(whole)]


class Inbound(BaseModel):
    """What a caller sends; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")
