"""Templates: the address of a request flows in; the template of its route flows out, and nothing a caller wrote."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import compile_path

OTHER = "other"
"""Said of every address that no template fits."""


class Templates:
    """What is served, as templates like `/v1/programs/{program_id}`; in order, as the first that fits is told.

    Which route was reached cannot be asked of the framework instead: it is not known of a request that was refused on
    the way, nor of an address that is served by an application of its own.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        paths = tuple(paths)
        self._plain = frozenset(path for path in paths if "{" not in path)
        self._slotted = tuple((compile_path(path)[0], path) for path in dict.fromkeys(paths) if "{" in path)

    def of(self, path: str) -> str:
        """The template of an address, whatever the method, or `other`."""
        if path in self._plain:
            return path
        return next((template for pattern, template in self._slotted if pattern.match(path)), OTHER)
