"""Growth benchmark: folders of few and of many notices flow in; what many cost beside few, as ratios, flows out.

Usage: python tests/bench/growth.py [COUNT ...] [FOLDER] (default: 10, 100 and 1,000 notices made up by rule; 10,000
take half an hour). Processor time of this process and of its children counts, so what else runs on the machine hardly
does. Each number is asked by a process of its own, whose memory is told.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
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
from rag.disk import size_of  # noqa: E402
from rag.domain import Question  # noqa: E402
from rag.embedders import Auto, reopened  # noqa: E402
from rag.generation import OpenGeneration, open_served  # noqa: E402
from server.desks.desk import OpenDesk  # noqa: E402
from server.desks.service import Service  # noqa: E402
from server.pages.programs import program_list_routes  # noqa: E402
from tests.bench.cost import machine  # noqa: E402
from tests.bench.cost_child import peak  # noqa: E402
from tests.rag.many import PLACES, document_of, name_of  # noqa: E402

COUNTS, MANY = (10, 100, 1000), 1000
BUNDLED = "bundled"
OPENED, CHANGED, BUILT, LISTED = 2.0, 0.08, 1.3, 1.5
ANSWERED = 4.0
"""The most that the most may cost: opened beside the bundled corpus, one file changed beside all, built beside as many
times a hundred, a page of the list beside one of the fewest, and an answer beside one among a hundred."""
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


def asked(data_dir: Path, names: list[str]) -> dict[str, float]:
    """What opening costs and holds, an answer and the list."""
    costs = asking(data_dir, names)
    own = {"opening": opening(data_dir), "answer": sum(costs) / len(costs), "slowest": max(costs)}
    index = opened(data_dir)
    own |= {"passages": index.record.chunks, "programmes": len(index.catalogue.programs())}
    index.close()
    return own | {"listing": listing(data_dir), "memory": peak()}


def asked_apart(data_dir: Path, names: list[str]) -> dict[str, float]:
    """The same, by a process of its own."""
    command = [sys.executable, __file__, "--asked", str(data_dir), json.dumps(names)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=REPOSITORY)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def changing(corpus: Path, data_dir: Path) -> float:
    """What a sync costs after one file has changed."""
    changed = next(path for path in sorted(corpus.rglob("*")) if path.suffix in (".md", ".html", ".txt"))
    changed.write_text(changed.read_text("utf-8").replace("02-", "03-"), "utf-8")
    return built(corpus, data_dir, "2026-03-02T00:00:00")


def told(what: str, ratio: float, most: float) -> None:
    """One line of the report."""
    print(f"{what}: {ratio:.3g} times (at most {most:g}){'' if ratio <= most else '  <- missed'}", flush=True)


def main() -> None:
    """Build, open and ask, and print what grows."""
    if sys.argv[1:2] == ["--asked"]:
        print(json.dumps(asked(Path(sys.argv[2]), json.loads(sys.argv[3]))))
        return
    counts = tuple(int(word) for word in sys.argv[1:] if word.isdecimal()) or COUNTS
    folders = [Path(word) for word in sys.argv[1:] if not word.isdecimal()]
    print(f"\n{machine()}\nprogrammes of {folders[0] if folders else 'notices made up'}", flush=True)
    columns = ("notices", "programmes", "passages", "build, s", "one changed", "disk, MiB", "memory, GiB", "opening, s")
    print("|", " | ".join((*columns, "an answer, ms (dearest)", "200 pages of the list, s")), "|")
    print("| --- " * 10 + "|", flush=True)
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        built(REPOSITORY / "corpus", root / BUNDLED, "2026-03-01T00:00:00")
        bundled = asked_apart(root / BUNDLED, [name_of(0)])
        whole = shutil.copytree(folders[0], root / "whole") if folders else made_up(root / "whole", max(counts))
        names: list[str] = []
        for count in counts:
            corpus, data_dir = cut(whole, root / f"{count}", count), root / f"{count}-data"
            build = built(corpus, data_dir, "2026-03-01T00:00:00")
            names = names or names_of(data_dir)
            own = asked_apart(data_dir, names) | {"build": build, "disk": size_of(data_dir)}
            found[count] = own | {"changed": changing(corpus, data_dir)}
            shutil.rmtree(data_dir)
            print(row(count, found[count]), flush=True)
    few, many = counts[0], counts[-1]
    told("opening the most beside the bundled corpus", found[many]["opening"] / bundled["opening"], OPENED)
    told("one changed file among the most beside all", found[many]["changed"] / found[many]["build"], CHANGED)
    told("a page of the list of the most", found[many]["listing"] / found[few]["listing"], LISTED)
    beside = 100 if 100 in found else few
    linear = found[many]["build"] / found[beside]["build"] / (many / beside)
    told(f"the build of the most beside as many times that of {beside}", linear, BUILT)
    told(f"an answer among the most beside {beside}", found[many]["answer"] / found[beside]["answer"], ANSWERED)


def names_of(data_dir: Path) -> list[str]:
    """Names of the first programmes, to ask about among any number."""
    index = opened(data_dir)
    names = [program.name for program in index.catalogue.programs()][: len(PLACES)]
    index.close()
    return names or [name_of(0)]


def row(count: int, own: dict[str, float]) -> str:
    """A line of the table."""
    cells = (
        f"{count:,}",
        f"{own['programmes']:,}",
        f"{own['passages']:,}",
        f"{own['build']:.0f}",
        f"{own['changed'] / own['build']:.3f}",
        f"{own['disk'] / 2**20:.0f}",
        f"{own['memory'] / 2**30:.2f}",
        f"{own['opening']:.2f}",
        f"{own['answer'] * 1000:.0f} ({own['slowest'] * 1000:.0f})",
        f"{own['listing']:.2f}",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
