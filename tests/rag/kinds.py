"""The kinds of store of vectors, by name, with the limits within which a few are stored so."""

from rag.vectors import Limits

KINDS = {"exact": Limits(10**6, 10**6), "sketched": Limits(0, 10**6), "chroma": Limits(0, 0)}
