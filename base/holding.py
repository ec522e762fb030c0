"""Who holds the embedded database: servers share it, restoring wants it alone.

A lock on a file beside the database says so. SQLite's own locks do not: a server that waits for its first punch has no
connection open. The system lets go of the lock when its process ends, in whatever way.
"""

import fcntl
import os
from pathlib import Path
from typing import IO


class Held(Exception):  # noqa: N818  it is a state, not an error of the program
    """Somebody else holds the database."""


def hold(database: Path, *, alone: bool = False) -> IO[bytes]:
    """Hold a database, shared or `alone`, until the returned file is closed. Raises `Held` if another forbids it."""
    file = os.fdopen(os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT, 0o600), "rb+")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise Held from error
    return file
