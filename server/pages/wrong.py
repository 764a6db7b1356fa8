"""Wrong: what is wrong with what was typed into a form flows in; sentences with the labels of its fields flow out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from rag.errors import JiwonError
from server.http.faults import faults

CHOICES = ("enum", "literal_error")


def refused(error: ValidationError, labels: Mapping[str, str]) -> JiwonError:
    """The sentences as an error; the values of a choice are words of a program, which the form has in Korean."""

    def named(path: Sequence[str]) -> str:
        return labels.get(path[0], path[0]) if path else next(iter(labels.values()))

    told = [{**one, "type": "" if one["type"] in CHOICES else one["type"]} for one in error.errors()]
    return JiwonError(" ".join(faults(told, named)))
