"""Training from the command line: the rows of the installation flow in; kept models and their figures flow out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.advisor import Advisor
from rag.answering import picking, suggest, suiting, verdicts
from rag.answering.weights import linear_json
from rag.disk import replace_file
from rag.embedders import open_sentences
from rag.errors import IndexMissing, ReadingsError
from rag.fitting import answers, choices, wishes
from rag.fitting.examples import ANSWERS, WISHES, read_answers, read_wishes
from rag.fitting.solve import Reached
from rag.generation import open_served
from rag.grammar.places import read_regions
from rag.reading.figures import Figures, figures, labelled
from rag.reading.kept import READINGS, keep, learned
from rag.reading.rows import DEV, HELD, TRAIN, read_rows
from rag.saying import choosing
from rag.settings import INSTALLATION, Settings
from server.desks.desk import embedders

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """The files that the models were written to, and what they make of rows they did not learn from.

    `answers` and `wishes` are `None` where there is no index, or none of the programmes that the rows are about.
    """

    files: tuple[Path, ...]
    figures: Figures
    answers: Reached | None = None
    wishes: Reached | None = None


def train(settings: Settings, progress: Progress | None = None) -> Trained:
    """Learn, keep and measure. Raises ReadingsError or ModelUnavailable.

    What picks statements and programmes is learned from the programmes of the current index; without one it is left.
    """
    held = read_rows(READINGS, (HELD,))
    sentences = open_sentences(None, settings.data_dir)
    model = learned(settings.data_dir, sentences, progress)
    gazetteer = read_regions(INSTALLATION / "corpus" / "regions.yaml")
    found = figures(labelled(held, model, sentences, gazetteer), gazetteer)
    files = keep(model, settings.data_dir)
    try:
        generation = open_served(settings.data_dir, embedders(settings), chroma_url=settings.chroma_url)
    except IndexMissing:
        return Trained(files, found)
    try:
        advisor = Advisor(generation, model)
        return _weighed(advisor, files, found)
    finally:
        generation.close()


def _weighed(advisor: Advisor, files: tuple[Path, ...], found: Figures) -> Trained:
    """The figures with those of the weights fitted to the programmes that the adviser knows."""
    read, shelf = advisor.reader.read, advisor.shelf
    asked, wished = read_answers(ANSWERS, (TRAIN,)), read_wishes(WISHES, (TRAIN,))
    if not any(shelf.named(row.program) for row in asked):
        return Trained(files, found)
    picked = answers.fit(asked, read, shelf)
    suited = wishes.fit(wished, read, shelf)
    chosen = choices.fit(choices.read_choices(choices.CHOICES))
    told = (
        (choosing.SHIPPED, linear_json(chosen, choosing.FEATURES)),
        (picking.SHIPPED, picked.to_json(picking.FEATURES, picking.SURE_FEATURES)),
        (suiting.SHIPPED, suited.to_json(suiting.FEATURES, suiting.SURE_FEATURES)),
    )
    for path, text in told:
        try:
            replace_file(path, text.encode())
        except OSError as error:
            raise ReadingsError(f"{path}: 가중치를 저장할 수 없습니다. 폴더의 쓰기 권한을 확인해 주세요.") from error
    return Trained(
        (*files, *(path for path, _ in told)),
        found,
        answers.reached(picked, read_answers(ANSWERS, (DEV,)), read, shelf, verdicts.SURE),
        wishes.reached(suited, read_wishes(WISHES, (DEV,)), read, shelf, suggest.SURE),
    )
