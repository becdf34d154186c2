"""How Alembic runs our migrations: always on a connection that `bot.store.migrate` opened, never offline."""

from alembic import context

from bot.store.migrate import VERSION_TABLE
from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
