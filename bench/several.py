"""PostgreSQL: its own commits, what one and two processes on it take, and the costs that docs/scale.md reckons from.

PostgreSQL, and Redis by which several processes hear of each other, are Debian's. Without them it is left out by name.
"""

import time
from collections.abc import Iterator
from statistics import median

import psycopg

from base.clock import now_ms
from bench.drive import Driven, rush
from bench.figures import Figure, beside
from bench.house import Field, House, Server, processor_s
from bench.postgres import Cluster, Post
from bench.races import CODES
from bench.serving import TEAMS, punches
from facts.model import Draft
from facts.store.writer import Writer
from race.live.races import Live
from tools.parts import POSTGRES, REDIS, postgres_programs, redis_server

TOGETHER = 100
ONE_RACE_TEAMS = 200


def appending() -> Iterator[Figure]:
    """Measure the write path alone on SQLite: a commit of one punch, and one of a hundred."""
    with House() as house:
        yield from _appended(house, "")


def several() -> Iterator[Figure]:
    """Measure one process and two on PostgreSQL, beside its raw commits and their own empty route."""
    for part, found in ((POSTGRES, postgres_programs()), (REDIS, redis_server())):
        if found is None:
            print(f"punch_postgres is left out: no {part.name}: {part.install_line}")
            return
    cluster, post = Cluster(), Post()
    try:
        raw = raw_commits_postgres(cluster)
        yield Figure("raw_commits_postgres", round(raw), "commits/s")
        with House(cluster.fresh()) as house:
            yield from _appended(house, "_postgres")
        for workers in (1, 2):
            with House(cluster.fresh()) as house:
                fields = [house.open_race(f"race{number}", TEAMS) for number in range(5)]
                alone = house.open_race("alone", ONE_RACE_TEAMS)
                with house.serve({"WAYPOST_REDIS_URL": post.url}, workers) as server:
                    yield from _punched(cluster, server, fields, alone, workers, raw)
    finally:
        post.stop()
        cluster.stop()


def raw_commits_postgres(cluster: Cluster, seconds: float = 2) -> float:
    """Return how many commits of one short row a second it takes on one connection, each durable before the next."""
    with psycopg.connect(cluster.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE raw (number bigserial PRIMARY KEY, body text)")
        done, began = 0, time.monotonic()
        while time.monotonic() < began + seconds:
            connection.execute("INSERT INTO raw (body) VALUES (%s)", ("x" * 200,))
            done += 1
        return done / (time.monotonic() - began)


def _appended(house: House, where: str) -> Iterator[Figure]:
    """Append one at a time, and a hundred; then have another process's memory take them in."""
    field = house.open_race("written", TEAMS)
    live = Live(house.engine)
    writer = Writer(house.engine)
    one = _append_ms(writer, field, 200, 1)
    many = _append_ms(writer, field, 20, TOGETHER)
    writer.close()
    began = time.perf_counter()
    live.catch_up()
    heard = (time.perf_counter() - began) * 1000 / (200 + 20 * TOGETHER)
    yield Figure(f"append_1{where}_ms", round(one, 3), "ms")
    yield Figure(f"append_{TOGETHER}{where}_ms", round(many, 3), "ms")
    yield Figure(f"hear{where}_ms", round(heard, 3), "ms a fact")


def _append_ms(writer: Writer, field: Field, times: int, each: int) -> float:
    waits = []
    for turn in range(times):
        now = now_ms()
        drafts = [
            Draft(f"{each:08x}-0000-4000-8000-{turn * each + number:012x}", "punch", now, now, "bench",
                  field.teams[number % TEAMS], CODES[turn % len(CODES)], {"device": "0" * 12, "proof": "qr"})
            for number in range(each)
        ]  # fmt: skip
        began = time.perf_counter()
        writer.append(field.race.id, drafts)
        waits.append((time.perf_counter() - began) * 1000)
    return median(waits)


def _punched(
    cluster: Cluster, server: Server, fields: list[Field], alone: Field, workers: int, raw: float
) -> Iterator[Figure]:
    name = "punch_postgres" if workers == 2 else "punch_postgres_1"
    server_s, database_s = server.cpu_s(), processor_s(cluster.process.pid)
    driven = rush(server.port, punches(fields)).all_are(200)
    many = len(driven.waits)
    yield beside(name, driven.rate, "punches/s", raw)
    yield Figure(f"{name}_p99_ms", round(driven.within(0.99), 1), "ms")
    yield _each(f"{name}_cpu_ms", server.cpu_s() - server_s, many)
    yield _each(f"{name}_database_cpu_ms", processor_s(cluster.process.pid) - database_s, many)
    in_one = _in_one_race(server, alone)
    yield beside(f"{name}_one_race", in_one.rate, "punches/s", driven.rate)


def _each(name: str, seconds: float, many: int) -> Figure:
    return Figure(name, round(seconds * 1000 / many, 3), "ms of processor")


def _in_one_race(server: Server, field: Field) -> Driven:
    return rush(server.port, punches([field], ONE_RACE_TEAMS, CODES[:15])).all_are(200)
