"""Several server processes on one port, started and looked after by gunicorn: its settings, for `waypost serve`.

A process that ends is replaced. They share the database and hear of each other's commits over Redis.
"""

import sys

from gunicorn.arbiter import Arbiter

wsgi_app = "server:application()"
worker_class = "server.Worker"
# Phones and watchers that one process holds at a time.
worker_connections = 20_000
# Reading a city's log at start takes a while; a process that has not stirred for so long hangs.
timeout = 120
graceful_timeout = 5
loglevel = "warning"


def on_starting(_server: Arbiter) -> None:
    """Bring the database to this version's shape before a process looks at it, and greet whoever has no account."""
    # Only now: the worker's class, which was loaded before, has to patch the world first.
    from base.commands import Refused, open_database
    from base.settings import read_settings
    from people.commands import greet

    try:
        greet(open_database(), read_settings().public_url)
    except Refused as refused:
        sys.exit(refused.message)


def when_ready(server: Arbiter) -> None:
    """Say where it is: whoever started it waits for this line."""
    host, port = server.address[0]
    print(f"http://{host}:{port}", flush=True)  # noqa: T201
