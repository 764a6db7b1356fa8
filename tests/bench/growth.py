"""Growth benchmark: folders of few and of many notices flow in; what many cost beside few, as ratios, flows out.

Usage: python tests/bench/growth.py [FOLDER] (default: a thousand notices made up by rule). Processor time of this
process and of its children counts, so what else runs on the machine hardly does.
"""

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from fastapi import FastAPI  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

from ingest.files.manifest import NAME as MANIFEST  # noqa: E402
from ingest.pipeline import sync  # noqa: E402
from rag.advisor import Advisor  # noqa: E402
from rag.domain import Question  # noqa: E402
from rag.embedders import Auto, reopened  # noqa: E402
from rag.generation import OpenGeneration, open_served  # noqa: E402
from server.desks.desk import OpenDesk  # noqa: E402
from server.desks.service import Service  # noqa: E402
from server.pages.programs import program_list_routes  # noqa: E402
from tests.rag.many import PLACES, document_of, name_of  # noqa: E402

FEW, MANY = 12, 1000
OPENED, CHANGED, ANSWERED, LISTED = 2.0, 0.08, 2.5, 1.5
"""The most that many may cost: opened beside the bundled corpus, one file changed beside all, asked and listed beside
few."""
TRIES = 5
LISTS = 200
WISHES = (
    "{place}에서 가게를 하는데 낡은 설비를 바꾸는 비용을 도와주는 사업이 있나요",
    "{place}에 있는 중소기업인데 신청할 수 있는 지원사업 알려 주세요",
    "{place}에서 받을 수 있는 직원 교육은 어디에 문의하나요",
    "{place} 지원사업 가운데 지금 접수 중인 것은 무엇인가요",
    "{name} 문의처 전화번호 알려 주세요",
    "{name} 마감이 언제인가요",
    "{name}은 얼마까지 지원되나요",
    "{name} 신청은 어떻게 하나요",
)
DAY = date(2026, 3, 20)


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time that work takes here and in children that have ended."""
    before = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - before


def made_up(folder: Path, count: int) -> Path:
    """A folder of so many notices with their manifest."""
    folder.mkdir()
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "file", "title", "publisher", "published_on", "source_url"))
        for at in range(count):
            heading, *lines = (block.text for block in document_of(at).blocks)
            (folder / f"s{at}.md").write_text("\n\n".join((f"# {heading}", *(f"- {x}" for x in lines))), "utf-8")
            rows.writerow((f"s{at}", f"s{at}.md", f"{heading} 공고", "모의 기관", "2026-02", ""))
    return folder


def cut(folder: Path, to: Path, count: int) -> Path:
    """The first notices of a folder."""
    to.mkdir()
    with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    with (to / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((head, *rows[:count]))
    for row in rows[:count]:
        name = row[head.index("file")]
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, to / name)
    return to


def built(corpus: Path, data_dir: Path, at: str) -> float:
    """What a sync costs."""
    return spent(lambda: sync(corpus, data_dir, Auto(data_dir), built_at=at))


def opened(data_dir: Path) -> OpenGeneration:
    """What is served there."""
    return open_served(data_dir, lambda record: reopened(record.embedder, data_dir))


def opening(data_dir: Path) -> float:
    """What opening costs at the least, with an adviser ready to answer."""
    return min(spent(lambda: Advisor(opened(data_dir))) for _ in range(TRIES))


def asking(data_dir: Path, names: list[str]) -> list[float]:
    """What each question costs, asked for the first time; the first of all pays for what is loaded once."""
    index = opened(data_dir)
    advisers = [Advisor(index) for _ in range(2)]
    advisers[0].answer(Question(WISHES[0].format(place=PLACES[0]), DAY))
    questions = [
        wish.format(place=place, name=name) for wish in WISHES for place, name in zip(PLACES, names, strict=False)
    ]
    costs = [spent(lambda q=q: advisers[1].answer(Question(q, DAY))) for q in dict.fromkeys(questions)]  # type: ignore[misc]
    index.close()
    return costs


def listing(data_dir: Path) -> float:
    """What pages of the list cost over HTTP, once the day is judged."""
    index = opened(data_dir)
    service = Service(data_dir, lambda: OpenDesk(index, Advisor(index)))
    app = FastAPI()
    app.include_router(program_list_routes(service, lambda: DAY))
    with TestClient(app) as client:
        assert client.get("/programs").status_code == 200
        cost = spent(lambda: [client.get("/programs") for _ in range(LISTS)])
    service.close()
    return cost


def told(what: str, ratio: float, most: float) -> None:
    """One line of the report."""
    print(f"{what}: {ratio:.3g} times (at most {most:g}){'' if ratio <= most else '  <- missed'}", flush=True)


def main() -> None:
    """Build, open and ask, and print what grows."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        corpus = root / "many"
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], corpus)
        else:
            made_up(corpus, MANY)
        few, bundled, many = (root / name for name in ("few-data", "bundled-data", "many-data"))
        built(REPOSITORY / "corpus", bundled, "2026-03-01T00:00:00")
        built(cut(corpus, root / "few", FEW), few, "2026-03-01T00:00:00")
        whole = built(corpus, many, "2026-03-01T00:00:00")
        index = opened(many)
        stored = f"{index.record.chunks} passages in {type(index.vectors).__name__}"
        index.close()
        print(f"a full build of many: {whole:.0f} s of one processor, {stored}")
        changed = next(path for path in sorted(corpus.rglob("*")) if path.suffix in (".md", ".html", ".txt"))
        changed.write_text(changed.read_text("utf-8").replace("02-", "03-"), "utf-8")
        told("one changed file beside a full build", built(corpus, many, "2026-03-02T00:00:00") / whole, CHANGED)
        told("opening many beside the bundled corpus", opening(many) / opening(bundled), OPENED)
        told("a page of the list of many beside one of few", listing(many) / listing(few), LISTED)
        index = opened(few)
        names = [program.name for program in index.catalogue.programs()][: len(PLACES)] or [name_of(0)]
        index.close()
        costs = {data_dir: sorted(asking(data_dir, names)) for data_dir in (few, many)}
        means = {data_dir: sum(found) / len(found) for data_dir, found in costs.items()}
        print(f"an answer among few {means[few] * 1000:.0f} ms, among many {means[many] * 1000:.0f} ms, on average")
        told("an answer among many beside one among few", means[many] / means[few], ANSWERED)


if __name__ == "__main__":
    main()
