"""What alembic runs: the connection that `server.store.migrate` hands over flows in, migrated tables flow out."""

from __future__ import annotations

from alembic import context

from server.store import shared_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=shared_tables.SHARED.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
