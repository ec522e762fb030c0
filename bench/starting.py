"""What a long day leaves behind: how long the server takes to start from its log, what it and a punch cost then."""

from collections.abc import Iterator

from base.clock import now_ms
from bench.drive import rush, steady
from bench.figures import Figure, beside
from bench.house import Field, House, Server
from bench.races import CODES
from bench.serving import punches
from facts.model import Draft

TEAMS, FACTS = 10_000, 400_000
START_S, MEMORY_MB = 5, 400
TEAMS_OF_SHORT, PUNCHES_A_SECOND, LOG_GROWTH = 38, 200, 1.5  # 1.3 is allowed for ten thousand teams


def starting(teams: int = TEAMS, facts: int = FACTS) -> Iterator[Figure]:
    """Start the server on a race of 10,000 teams that has been run, 40 facts a team."""
    with House() as house:
        field = house.open_race("long", teams)
        house.write(field.race, list(_day(field, facts)))
        short = house.open_race("short", TEAMS_OF_SHORT)
        with house.serve() as empty_handed:
            del empty_handed  # what the machine reads for the first time is no cost of the log
        with house.serve() as server:
            yield beside("startup_400k_s", server.ready_s, "s", START_S)
            server.ask("GET", f"/api/v1/races/{field.race.slug}/standings")
            yield beside("rss_10000_mb", server.memory_kb() / 1024, "MB", MEMORY_MB)
            yield from _punched(server, field, short)


def _punched(server: Server, long: Field, short: Field) -> Iterator[Figure]:
    """A punch must not cost more for all that was before it: beside one in a race that has only just begun."""
    costs = {}
    for field in (short, long):
        requests = punches([field], TEAMS_OF_SHORT, CODES[:20], name="late")
        rush(server.port, requests[:50]).all_are(200)
        before = server.cpu_s()
        steady(server.port, requests[50:], PUNCHES_A_SECOND).all_are(200)
        costs[field.race.slug] = (server.cpu_s() - before) * 1000 / len(requests[50:])
        yield Figure(f"punch_{field.race.slug}_log_ms", round(costs[field.race.slug], 3), "ms of processor")
    yield beside("log_growth", costs["long"] / costs["short"], "times", LOG_GROWTH)


def _day(field: Field, facts: int) -> Iterator[Draft]:
    """Yield so many facts: every team punches each checkpoint, some of them twice, and comes in."""
    gun = now_ms() - 7_200_000
    each = facts // len(field.teams)
    for number, team in enumerate(field.teams):
        codes = [*CODES, *CODES][: each - 1]
        for place, code in enumerate(codes):
            at = gun + 60_000 + place * 90_000 + number * 7
            body = {"device": f"{number:012x}", "phone_at": at, "proof": "qr"}
            yield Draft(f"{number:08x}-0000-4000-8000-{place:012x}", "punch", at, at, f"team:{team}", team, code, body)
        at = gun + 60_000 + each * 90_000 + number * 7
        body = {"device": f"{number:012x}", "phone_at": at, "proof": "qr"}
        yield Draft(f"{number:08x}-0000-4000-8000-{each:012x}", "finish", at, at, f"team:{team}", team, None, body)
