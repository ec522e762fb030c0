"""What a long day leaves behind: how long the server takes to start from its log, and what then lies in memory."""

from collections.abc import Iterator

from base.clock import now_ms
from bench.figures import Figure, beside
from bench.house import Field, House
from bench.races import CODES
from facts.model import Draft

TEAMS, FACTS = 10_000, 400_000
START_S, MEMORY_MB = 5, 400


def starting(teams: int = TEAMS, facts: int = FACTS) -> Iterator[Figure]:
    """Start the server on a race of 10,000 teams that has been run, 40 facts a team."""
    with House() as house:
        field = house.open_race("long", teams)
        house.write(field.race, list(_day(field, facts)))
        with house.serve() as empty_handed:
            del empty_handed  # what the machine reads for the first time is no cost of the log
        with house.serve() as server:
            yield beside("startup_400k_s", server.ready_s, "s", START_S)
            server.ask("GET", f"/api/v1/races/{field.race.slug}/standings")
            yield beside("rss_10000_mb", server.memory_kb() / 1024, "MB", MEMORY_MB)


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
