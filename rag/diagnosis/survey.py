"""The survey: `survey.yaml` flows in, the questions a company is asked, each with its place in the guide, flow out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.diagnosis.records import Level, Reply
from rag.money import won
from rag.yaml_file import read_yaml

FILE = Path(__file__).with_name("survey.yaml")
KINDS = ("one", "many", "amount", "words")


@dataclass(frozen=True, slots=True)
class Option:
    """One reply to choose; `level` is the AI level it points to, `need` the need it tells."""

    id: str
    text: str
    level: Level | None = None
    need: str = ""


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question; `kind` is "one" or "many" (of the options), "amount" (KRW) or "words".

    The words of `quote` stand on that page of that document: there the question comes from.
    """

    id: str
    topic: str
    text: str
    kind: str
    document: str
    page: int
    quote: str
    options: tuple[Option, ...] = ()

    def option(self, id_: str) -> Option | None:
        """One reply by its id."""
        return next((option for option in self.options if option.id == id_), None)

    def said(self, reply: Reply | None) -> str:
        """The reply in words; empty where there is none."""
        if reply is None:
            return ""
        if reply.amount is not None:
            return won(reply.amount)
        chosen = [found.text for id_ in reply.options if (found := self.option(id_))]
        return ", ".join(chosen) or reply.words


@cache
def survey() -> tuple[SurveyQuestion, ...]:
    """Every question in the order asked."""
    return tuple(_question(item) for item in read_yaml(FILE))


def question(id_: str) -> SurveyQuestion:
    """One question by its id. Raises KeyError."""
    return {asked.id: asked for asked in survey()}[id_]


def _question(item: dict[str, object]) -> SurveyQuestion:
    source = item["source"]
    options = item.get("options", [])
    assert isinstance(source, dict) and isinstance(options, list)
    return SurveyQuestion(
        id=str(item["id"]),
        topic=str(item["topic"]),
        text=str(item["text"]),
        kind=str(item["kind"]),
        document=str(source["document"]),
        page=int(source["page"]),
        quote=str(source["quote"]),
        options=tuple(
            Option(str(o["id"]), str(o["text"]), Level(o["level"]) if "level" in o else None, str(o.get("need", "")))
            for o in options
        ),
    )
