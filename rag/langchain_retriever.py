"""The face for users of LangChain: an open generation flows in, a retriever of its passages flows out."""

from __future__ import annotations

from typing import Annotated

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, GetPydanticSchema
from pydantic_core.core_schema import is_instance_schema

from rag.domain import Hit
from rag.generation import OpenGeneration
from rag.retrieve import retrieve

# A live object, taken as it is: its fields are not data that could be checked or copied.
Live = GetPydanticSchema(lambda source, handler: is_instance_schema(source))


class JiwonRetriever(BaseRetriever):
    """The passages of a generation that suit a text best, best first; whoever opened the generation closes it.

    A document holds the text of one chunk. Its metadata: `document` (id), `title`, `publisher`, `published_on`,
    `url`, `pages` (first and last, `None` where not known), `section`, `program`, `score` (fused, 0–1), `recognised`
    (read from a picture: its figures may be wrong) and `generation`.
    """

    generation: Annotated[OpenGeneration, Live]
    count: int = Field(default=5, ge=1)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [self._document(hit) for hit in retrieve(self.generation, query, self.count)]

    def _document(self, hit: Hit) -> Document:
        chunk = hit.chunk
        source = self.generation.catalogue.source(chunk.source_id)
        return Document(
            id=chunk.id,
            page_content=chunk.text,
            metadata={
                "document": chunk.source_id,
                "title": source.title if source else "",
                "publisher": source.publisher if source else "",
                "published_on": source.published_on if source else "",
                "url": source.url if source else None,
                "pages": list(chunk.pages) if source and source.paged else None,
                "section": chunk.section,
                "program": chunk.program,
                "score": hit.score,
                "recognised": bool(source and source.is_recognised(chunk.pages)),
                "generation": self.generation.record.id,
            },
        )
