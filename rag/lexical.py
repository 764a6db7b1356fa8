"""Words: chunks flow into a tantivy index of morphemes and character bigrams, BM25 scores flow out."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import IndexDamaged
from rag.messages import index as said
from rag.text import bigrams, morphemes
from rag.views import View

if TYPE_CHECKING:
    from tantivy import Query, Schema

ID, MORPHEMES, BIGRAMS = "id", "morphemes", "bigrams"
LOCKS = "*.lock"
# Against a morpheme. A word has several bigrams, so at equal weight they would outvote it; tuned with `make bench`.
BIGRAM_WEIGHT = 0.5
# One question is looked for, then held against what it found.
_words = lru_cache(64)(morphemes)


class LexicalIndex:
    """A BM25 index in one directory; written once by `write`, then only read."""

    def __init__(self, directory: Path) -> None:
        """Open an index for reading. Raises IndexDamaged when it cannot be read."""
        import tantivy

        try:
            # The files are mapped when the index is opened: what they were found by is not needed any more then.
            with closing(View(directory, left_out=LOCKS)) as view:
                self._index = tantivy.Index.open(str(view.path))
                self._searcher = self._index.searcher()
        except (OSError, ValueError) as error:
            raise IndexDamaged(said.LEXICAL.format(file=Path(*directory.parts[-2:]))) from error

    def search(self, text: str, count: int) -> list[tuple[str, float]]:
        """The `count` best ids with their BM25 score, best first; the text is data, never query language."""
        query = _query(self._index.schema, text)
        hits = self._searcher.search(query, limit=max(count, 1), count=False).hits[:count]
        return [(str(self._searcher.doc(address).get_first(ID)), float(score)) for score, address in hits]

    def covered(self, text: str, id_: str) -> float:
        """The share (0–1) of the words of a text, by how rare each is, that one indexed text holds; 0 for no words."""
        import tantivy

        words = tuple(dict.fromkeys(_words(text)))
        size = len(self)
        counts = [self._searcher.doc_freq(MORPHEMES, word) for word in words]
        rarity = [math.log(1 + (size - count + 0.5) / (count + 0.5)) for count in counts]
        if not words:
            return 0.0
        schema = self._index.schema
        own = tantivy.Query.const_score_query(tantivy.Query.term_query(schema, ID, id_, index_option="basic"), 0.0)
        held = [
            (tantivy.Occur.Should, tantivy.Query.const_score_query(_term(schema, MORPHEMES, word), rare))
            for word, rare in zip(words, rarity, strict=True)
        ]
        hits = self._searcher.search(
            tantivy.Query.boolean_query([(tantivy.Occur.Must, own), *held]), limit=1, count=False
        ).hits
        return min(float(hits[0][0]) / sum(rarity), 1.0) if hits else 0.0

    def __len__(self) -> int:
        return self._searcher.num_docs


def write(directory: Path, ids: Sequence[str], texts: Sequence[str]) -> str:
    """Make the index of `texts` in a new directory; a digest of what is in it, which no two builds store alike."""
    import tantivy

    directory.mkdir(parents=True)
    index = tantivy.Index(_schema(), path=str(directory))
    # One thread writes one segment: scores then do not depend on how the work was divided.
    writer = index.writer(num_threads=1)
    told = hashlib.sha256()
    for id_, text in zip(ids, texts, strict=True):
        document = tantivy.Document()
        fields = ((ID, id_), (MORPHEMES, " ".join(morphemes(text))), (BIGRAMS, " ".join(bigrams(text))))
        for name, value in fields:
            document.add_text(name, value)
            told.update(f"{name}\0{len(value)}\0{value}\0".encode("utf-8", "surrogatepass"))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return told.hexdigest()


def _schema() -> Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (MORPHEMES, BIGRAMS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _query(schema: Schema, text: str) -> Query:
    import tantivy

    def terms(name: str, words: tuple[str, ...], boost: float) -> list[tuple[tantivy.Occur, Query]]:
        queries = [_term(schema, name, word) for word in words]
        return [(tantivy.Occur.Should, tantivy.Query.boost_query(query, boost)) for query in queries]

    by_words = terms(MORPHEMES, _words(text), 1.0)
    by_letters = terms(BIGRAMS, bigrams(text), BIGRAM_WEIGHT)
    return tantivy.Query.boolean_query(by_words + by_letters)


def _term(schema: Schema, name: str, word: str) -> Query:
    import tantivy

    return tantivy.Query.term_query(schema, name, word, index_option="freq")
