"""Runs migrations on the connection that `base.migrating` hands over; all of them are one transaction."""

from alembic import context

from base.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
