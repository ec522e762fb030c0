"""The database and the code agree on its shape."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import app  # noqa: F401  every table is known once the application is
from base.database import metadata, open_engine, reading
from base.migrating import migrate, newest, version


def test_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'waypost.db'}")
    migrate(engine)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_database_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'waypost.db'}")
    assert version(engine) is None
    migrate(engine)
    migrate(engine)
    assert version(engine) == newest()
    engine.dispose()
