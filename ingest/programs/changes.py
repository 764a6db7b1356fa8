"""Changes: the names of a table's columns flow in, those that still hold flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OLD = re.compile(r"당초|(?:변경|수정|정정|연장|개정)\s?전|기존|종전|이전|(?:최초|원)\s?공고")
_NEW = re.compile(r"(?:변경|수정|정정|연장|개정|재\s?공고)(?!\s?전)|새로|현행|이번")


def current(header: Sequence[str]) -> tuple[int, ...]:
    """The places of the columns that hold: of old words beside new ones ("변경 전", "변경 후") only the new ones."""
    old = [index for index, name in enumerate(header) if len(name) <= 15 and _OLD.search(name)]
    new = [index for index, name in enumerate(header) if index not in old and len(name) <= 15 and _NEW.search(name)]
    return tuple(index for index in range(len(header)) if not (new and index in old))
