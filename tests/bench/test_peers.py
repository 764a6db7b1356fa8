"""The benchmarks in small: every peer that is installed finds what it was given, and the tables are made of it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from tests.bench import cost
from tests.bench.cost_child import DRAWN
from tests.bench.known import Drawn, Known
from tests.bench.measuring import interval, measure
from tests.bench.peers import NAMES, NEEDED, OWN, lacking, peer
from tests.bench.sets import REPOSITORY, Benchmark, part

TEXTS, QUESTIONS = cost.made_up(60)


def installed(*names: str) -> pytest.MarkDecorator:
    """Once for each of the names, where it is installed."""
    skip = {name: pytest.mark.skipif(name in lacking(), reason="the extra bench is not installed") for name in names}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=skip[name]) for name in names])


@installed(*NAMES)
def test_whoever_asks_with_a_text_itself_finds_it_first_in_whatever_was_opened_anew(name: str, tmp_path: Path) -> None:
    peer(name).index(TEXTS, tmp_path, Drawn())
    search = peer(name).opened(tmp_path, Drawn())
    for id_ in ("t0", "t17", "t59"):
        found = list(search(TEXTS[id_], 5))
        assert found[0] == id_
        assert len(found) == len(set(found)) == 5
        assert set(found) <= set(TEXTS)


@installed(OWN, "langchain")
def test_questions_of_several_at_once_are_answered_and_every_row_of_the_table_is_told(
    name: str, tmp_path: Path
) -> None:
    costs = cost.measured([name], DRAWN, TEXTS, QUESTIONS, tmp_path, scale=10)
    assert costs[name].failed == 0
    assert min(value(costs[name]) for value, _ in cost.ROWS.values()) > 0
    assert len(cost.table(costs)) == len(cost.ROWS) + 3


def test_the_least_of_a_row_costs_once_itself_and_the_others_so_many_times() -> None:
    cheap, dear = (
        cost.Costs(
            indexed, indexed, disk, disk, [indexed], [indexed], {clients: [1 / indexed] for clients in cost.CLIENTS}
        )
        for indexed, disk in ((1.0, 2**20), (3.0, 2**22))
    )
    rows = {line.split(" | ")[0].strip("| "): line for line in cost.table({OWN: dear, "txtai": cheap})}
    assert rows["index, clock"].split(" | ")[1:] == ["1.00 s", "3.00", "1.00 |"]
    assert rows["disk"].split(" | ")[1:] == ["1.0 MiB", "4.00", "1.00 |"]
    assert rows["a question of 64 clients"].split(" | ")[2:] == ["3.00", "1.00 |"]


def test_a_part_of_a_set_asks_only_what_it_can_answer() -> None:
    asked = (("a", frozenset({"1", "9"})), ("b", frozenset({"5"})), ("c", frozenset({"7"})))
    whole = Benchmark("any", {str(at): "" for at in range(10)}, {}, asked)
    cut = part(whole, 4)
    assert list(cut.texts) == ["1", "5", "7", "9"]
    assert part(whole, 2).questions == asked[:1]
    assert part(whole, 6).questions == asked
    assert list(part(whole, 6).texts) == ["0", "1", "2", "5", "7", "9"]


def test_a_ranking_that_answers_all_at_once_gains_all_and_one_that_does_not_nothing() -> None:
    benchmark = Benchmark("any", {"1": "", "2": ""}, {}, (("a", frozenset({"1"})), ("b", frozenset({"2"}))))
    right = {"a": ["1"], "b": ["2"]}
    assert measure(benchmark, lambda question: right[question]).gains.tolist() == [1.0, 1.0]
    assert measure(benchmark, lambda question: ["3"]).gains.tolist() == [0.0, 0.0]
    assert interval(np.ones(5)) == (1.0, 1.0)


class Counted(Drawn):
    """One that tells how many texts it was given."""

    def __init__(self) -> None:
        self.given = 0

    def embed_documents(self, texts: list[str]) -> list[object]:  # type: ignore[override]
        self.given += len(texts)
        return list(super().embed_documents(texts))


def test_no_passage_is_embedded_twice_in_this_run_or_a_later_one(tmp_path: Path) -> None:
    first, later = Counted(), Counted()
    texts = list(TEXTS.values())
    made = Known(first, tmp_path).embed_documents(texts)  # type: ignore[arg-type]
    again = Known(later, tmp_path).embed_documents([f"\n{text} " for text in texts])  # type: ignore[arg-type]
    assert (first.given, later.given) == (len(set(texts)), 0)
    assert made == again


@pytest.mark.long
def test_the_product_imports_no_peer_and_every_peer_stands_in_the_extra_with_an_exact_version() -> None:
    own = {package.partition(".")[0] for packages in NEEDED.values() for package in packages}
    for stage in ("ingest", "rag", "ui", "server"):
        for path in (REPOSITORY / stage).rglob("*.py"):
            names = {
                name.partition(".")[0]
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                for name in (
                    [alias.name for alias in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                    if isinstance(node, ast.ImportFrom)
                    else []
                )
            }
            assert not names & own, path
    told = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    extra = {re.split("[<>=]", line)[0] for line in told["bench"]}
    locked = {
        line.partition("==")[0]
        for name in ("requirements-bench.lock", "requirements-dev.lock")
        for line in (REPOSITORY / name).read_text("utf-8").splitlines()
        if "==" in line
    }
    assert extra - locked <= {"torch"}
    assert set(cost.DISTRIBUTIONS.values()) <= extra
