"""The database and the code agree on its shape."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import app  # noqa: F401  every table is known once the application is
from base.database import metadata, open_engine, reading, writing
from base.migrating import migrate, newest, version
from people.model import Role
from people.store.accounts import account_by_token
from people.store.unions import owns, races_of


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


def test_who_had_an_account_before_there_were_unions_is_an_organizer_of_all_races_there_are(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'waypost.db'}")
    migrate(engine, "0001")
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO account VALUES (7, '李组织', 'hash', 5)")
        connection.exec_driver_sql("INSERT INTO personal_token VALUES ('digest', 7, 6)")
        connection.exec_driver_sql("INSERT INTO race VALUES (3, 'lianxi', 'race', 'race', x'00', 0, x'00')")
    migrate(engine)
    with reading(engine) as connection:
        account = account_by_token(connection, "digest")
        assert account
        assert (account.id, account.name, account.role, account.epoch) == (7, "李组织", Role.ORGANIZER, 0)
        assert races_of(connection, account.union) == {3}
        assert owns(connection, account.union, "LianXi")
    engine.dispose()
