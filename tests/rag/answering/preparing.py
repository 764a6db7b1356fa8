"""For the tests of answering: what is looked up in a few programmes, as a sync prepares it."""

from collections.abc import Sequence

from rag.answering.picking import Picker
from rag.answering.preparing import Indexes, opened, prepare
from rag.domain import Program
from rag.embedders.kiwi import KiwiEmbedder


def indexes(programs: Sequence[Program], kiwi: KiwiEmbedder) -> Indexes:
    """Prepared and opened, with Kiwi's vectors for lines and words."""
    return opened(programs, prepare(programs, (), kiwi, kiwi), kiwi, kiwi)


def picker_of(program: Program, kiwi: KiwiEmbedder) -> Picker:
    """The picker of one programme."""
    return indexes([program], kiwi).picker
