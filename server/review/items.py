"""Items of the review: what a person should look at flows in; it flows out named, in classes, the worst harm first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from rag.domain import Program, ReviewCode, ReviewItem, Source
from rag.text import squash
from rag.wordlists import sizes, word_lists
from server.desks.desks import Catalogue
from server.store.asked import Asked
from server.store.decisions import Decision
from server.store.links import Link

_WEIGHTS = Path(__file__).with_name("harm.yaml")
_CLASSES = Path(__file__).with_name("classes.yaml")
_LETTERS = 20
ITEM, GROUP = "i", "g"
"""How ids begin."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the server knows beside the catalogue: how often was asked about what, what staff decided, and how addresses
    stood when they were last asked."""

    asked: Asked = field(default_factory=Asked)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """One item as staff see it.

    `id` is the same in every generation that says the same of the same words, `basis` a digest of what it rests on
    beside those, `body` whose class it belongs to. `asked` is how often was asked about it, `harm` that by the weight
    of what is wrong; `year` is that of its programme where others of the name are of other years.
    """

    item: ReviewItem
    id: str
    group: str
    basis: str
    body: str
    asked: int
    harm: float
    decision: Decision | None
    year: int | None


def listed(items: Sequence[ReviewItem], books: Catalogue, known: Known) -> list[Listed]:
    """The items, the worst harm first, within one harm by the order of the codes."""
    sources = {source.id: source for source in books.sources()}
    programs = books.programs()
    own = _Own(programs)
    order = list(ReviewCode)
    found = [_listed(item, id_, sources.get(item.source_id), own, known) for item, id_ in _named(items)]
    return sorted(found, key=lambda one: (-one.harm, order.index(one.item.code)))


class _Own:
    """What is looked up of programmes: by their source and name, and which names are of several years."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.by_name: dict[str, Program] = {}
        self.by_place: dict[tuple[str, str], Program] = {}
        self.of_source: dict[str, dict[str, None]] = {}
        years: dict[str, set[int | None]] = {}
        for program in programs:
            self.by_name.setdefault(program.name, program)
            self.by_place.setdefault((program.source_id, program.name), program)
            self.of_source.setdefault(program.source_id, {})[program.name] = None
            years.setdefault(squash(program.name), set()).add(program.year)
        self._several = {name for name, own in years.items() if len(own) > 1}

    def program(self, item: ReviewItem) -> Program | None:
        return self.by_place.get((item.source_id, item.program)) or self.by_name.get(item.program)

    def year(self, program: Program | None) -> int | None:
        return program.year if program and squash(program.name) in self._several else None


def _named(items: Iterable[ReviewItem]) -> Iterator[tuple[ReviewItem, str]]:
    """Each item with its id: a digest of code, source, programme, field and quote, and of what it says where several
    share those."""
    known = [(item, (item.code.value, item.source_id, item.program, item.field, item.quote)) for item in items]
    often = Counter(key for _, key in known)
    for item, key in known:
        yield item, ITEM + _digest(*key, *((item.message,) if often[key] > 1 else ()))


def _listed(item: ReviewItem, id_: str, source: Source | None, own: _Own, known: Known) -> Listed:
    classes = word_lists(_CLASSES, "grouped"), word_lists(_CLASSES, "rests")
    program = own.program(item) if item.program else None
    body = "" if item.code in classes[0]["by_field"] else _body(program, source)
    on_file = source.digest if source and (item.code in classes[1]["on_file"] or not item.quote) else ""
    basis = _digest(item.message, item.replaced, on_file)
    decision = known.decisions.get(id_)
    asked = _asked(item, own, known.asked)
    return Listed(
        item=item,
        id=id_,
        group=GROUP + _digest(item.code.value, item.field, body),
        basis=basis,
        body=body,
        asked=asked,
        harm=round((1 + asked) * _weight(item), 3),
        decision=decision if decision and decision.basis == basis else None,
        year=own.year(program),
    )


def _body(program: Program | None, source: Source | None) -> str:
    """Whose it is: who runs or gives the programme, else who published the document."""
    told = (program.agency, program.ministry) if program else ()
    return next(filter(None, (*told, source.publisher if source else "")), "")


def _asked(item: ReviewItem, own: _Own, asked: Asked) -> int:
    """How often was asked about the field of the programme, or about any programme of the whole file."""
    names = (item.program,) if item.program else tuple(own.of_source.get(item.source_id, ()))
    points = word_lists(_CLASSES, "asks").get(item.field, ("",))
    return sum(asked.of(name, point) for name in names for point in points)


def _weight(item: ReviewItem) -> float:
    weights = sizes(_WEIGHTS)
    return weights["code"][item.code.value] * weights["field"].get(item.field, 1.0)


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LETTERS]
