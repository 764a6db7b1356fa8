"""Profiles: a company as a caller tells it flows in and is kept as JSON; the company that is matched flows out."""

from __future__ import annotations

from rag.domain import CompanyProfile
from rag.redact import redacted
from server.asking.request import ProfileIn

LONGEST = 200
"""Letters of one statement, as callers are told."""


def kept(profile: ProfileIn) -> str:
    """What is kept of a company: what is matched, and of its words nothing that tells of a person."""
    told = profile.model_copy(
        update={
            "region": _words(profile.region) if profile.region else None,
            "industry": _words(profile.industry) if profile.industry else None,
            "needs": [_words(need) for need in profile.needs],
        }
    )
    return told.model_dump_json(exclude_none=True)


def shown(profile_json: str | None) -> ProfileIn:
    """The company as it was told. Raises ValueError where what was kept is damaged."""
    return ProfileIn.model_validate_json(profile_json or "")


def company(profile_json: str | None) -> CompanyProfile:
    """The company that is matched. Raises ValueError where what was kept is damaged."""
    return shown(profile_json).profile()


def is_empty(profile: ProfileIn) -> bool:
    """Whether nothing is told by which a programme could be judged."""
    company = profile.profile()
    return company == CompanyProfile(needs=company.needs)


def _words(text: str) -> str:
    # What stands in the place of something personal may be longer than it was.
    return redacted(text)[:LONGEST]
