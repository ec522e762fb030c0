"""What watchers cost: how long a change takes to reach each of them, what they weigh, and what they do to punches."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.drive import request, rush, steady
from bench.figures import Figure, beside, took_ms
from bench.house import Field, House, Server
from bench.races import CODES
from bench.serving import one_punch
from bench.watching import crowd

TEAMS = 400
WATCHERS = (300, 1500, 5000)
PUNCHES_A_SECOND = 10
LISTEN_S = 15
WITHIN_MS, KB_EACH, PUNCH_MS = 200, 25, 150


def boards(watchers: Sequence[int] = WATCHERS) -> Iterator[Figure]:
    """Have crowds watch a race of 400 teams while ten punches a second come in."""
    with House() as house:
        field = house.open_race("watched", TEAMS)
        for turn, many in enumerate(watchers):
            with house.serve() as server:
                yield from _watched(server, field, many, turn)


def _watched(server: Server, field: Field, many: int, turn: int) -> Iterator[Figure]:
    body = rush(server.port, [request("GET", f"/api/v1/races/{field.race.slug}/standings")], keep=True).bodies[0]
    whole = json.loads(body)
    encoded_ms = took_ms(lambda: json.dumps(whole))
    before = server.memory_kb()
    with crowd(server.port, field.race.slug, many, LISTEN_S) as watching:
        each_kb = (server.memory_kb() - before) / many
        used, began = server.cpu_s(), time.monotonic()
        waits = steady(server.port, _in_time(field, turn), PUNCHES_A_SECOND).all_are(200)
        share = (server.cpu_s() - used) / (time.monotonic() - began)
        heard = watching.heard()
    yield beside(f"board_{many}_p99_ms", heard.within(0.99), "ms", WITHIN_MS)
    yield Figure(f"board_{many}_p50_ms", heard.within(0.5), "ms")
    yield beside(f"board_{many}_punch_p99_ms", waits.within(0.99), "ms", PUNCH_MS)
    yield Figure(f"board_{many}_cut", heard.cut, "watchers")
    yield Figure(f"board_{many}_processor", round(share, 2), "of a core")
    if many == WATCHERS[-1]:
        yield beside("watcher_kb", each_kb, "KB", KB_EACH)
        yield Figure("board_json_ms", round(encoded_ms, 2), "ms")


def _in_time(field: Field, turn: int) -> list[Callable[[], bytes]]:
    """Return punches that say the instant at which they are sent."""
    teams = field.teams[: PUNCHES_A_SECOND * (LISTEN_S - 3)]
    return [partial(one_punch, field, team, CODES[turn], "w") for team in teams]
