"""Bringing the database to the shape this version needs: Alembic's migrations, in one transaction at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from base.database import reading, writing
from base.languages import Words

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


class Unusable(Exception):  # noqa: N818  it is the operator's to mend, and says how
    """A database that cannot be used; `words` say why and what to do."""

    def __init__(self, why: object) -> None:
        self.words = Words("The database cannot be used: %(why)s. Run: waypost doctor", {"why": str(why)})
        super().__init__(str(self.words))


def migrate(engine: Engine, wanted: str | None = None) -> None:
    """Run the migrations that the database lacks, up to `wanted` or all; one that is up to date is only looked at.

    Raises:
        Unusable: it cannot be opened, is of a newer version, or is something else.

    """
    try:
        if version(engine) == (wanted or newest()):
            return
        config = _config()
        with writing(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, wanted or "head")
    except DBAPIError as error:
        raise Unusable(error.orig) from error
    except (SQLAlchemyError, CommandError) as error:
        raise Unusable(error) from error


def version(engine: Engine) -> str | None:
    """Return the migration that the database is at, or None for an empty one."""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the migration that this version of the code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def revisions() -> set[str]:
    """Return all migrations that this version of the code knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
