"""What an app is put together of, found by its class; and where slow work runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, copy_current_request_context, current_app, g
from sqlalchemy import Connection, Engine

from base.database import writing
from base.web.reader import language

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outside:
    """Where slow work runs so that nobody else stands still: a thread pool under gevent, else right here."""

    run: Callable[[Callable[[], Any]], Any]


def provide(app: Flask, part: object) -> None:
    """Make `part` what `of_app` returns for its class."""
    app.extensions.setdefault("waypost", {})[type(part)] = part


def of_app(kind: type[T]) -> T:
    """Return the app's one part of this class."""
    part: T = current_app.extensions["waypost"][kind]
    return part


def part_of(app: Flask, kind: type[T]) -> T:
    """Return one app's part of this class."""
    part: T = app.extensions["waypost"][kind]
    return part


def write(work: Callable[[Connection], T]) -> T:
    """Do `work` in a write transaction of its own, outside: it may have to wait for another process's."""

    def transact() -> T:
        with writing(engine) as connection:
            return work(connection)

    engine = of_app(Engine)
    done: T = of_app(Outside).run(transact)
    return done


def in_this_request(make: Callable[[], T]) -> Callable[[], T]:
    """Return `make` so that it finds this request and its language in another thread too."""
    chosen = language()

    @copy_current_request_context
    def made() -> T:
        g.language = chosen
        return make()

    return made
