"""What must be read of a programme before it is told of: by when, whom to ask, and for whom it is."""

from __future__ import annotations

from rag.domain import PeriodKind, Program
from rag.publishing.stating import Field, statements


def unread(program: Program) -> tuple[Field, ...]:
    """The fields of these that nothing was read of. One that is called off need not say more."""
    if any(period.is_cancelled for period in program.periods):
        return ()
    is_read = {
        Field.PERIOD: any(period.kind is not PeriodKind.UNSTATED for period in program.periods),
        Field.CONTACT: any(contact.phones or contact.emails or contact.urls for contact in program.contacts),
        Field.CRITERION: any(one.field is Field.CRITERION for one in statements(program)),
    }
    return tuple(field for field, read in is_read.items() if not read)
