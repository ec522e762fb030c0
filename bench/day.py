"""A day's load: races as large as they come, all of one morning pressed into a minute.

`python -m bench.day A` (38 teams, 300 watchers), `B` (400 teams, 1,500 watchers), `C` (4,000 teams of five phones,
5,000 watchers; every phone was in a dead spot and comes back at once). Each ends by comparing what is in the log with
what was acknowledged, and the standings with a fold from scratch.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from base.clock import format_instant, now_ms
from base.database import reading
from bench.drive import Driven, request, rush, steady
from bench.house import Field, House, Server, allow_many_sockets
from bench.races import CODES
from bench.serving import FACTS, bearer
from bench.watching import crowd
from race.live.race import load_race


@dataclass(frozen=True, slots=True)
class Scenario:
    """A race: phones of a team send `each` punches at a time; `rate` is requests a second, None as fast as it goes."""

    teams: int
    watchers: int
    checkpoints: int = 12
    each: int = 1
    phones: int = 1
    rate: float | None = 100


CLIENTS = 1000  # so many of those who come back at once are being served at any time
ALL_AT_ONCE_S = 40.0
SCENARIOS = {
    "A": Scenario(38, 300, rate=20),
    "B": Scenario(400, 1500, rate=150),
    "C": Scenario(4000, 5000, each=12, phones=5, rate=None),
}


@dataclass(frozen=True, slots=True)
class Day:
    """What came of it: the answers, how many facts were acknowledged, and how late watchers heard, p99 in ms."""

    driven: Driven
    acknowledged: int
    heard_p99_ms: float
    cut: int


def requests_of(field: Field, scenario: Scenario) -> list[Callable[[], bytes]]:
    """Return each phone's requests, in the order in which teams come to checkpoints; a team's phones say the same."""
    codes = CODES[: scenario.checkpoints]
    found: list[Callable[[], bytes]] = []
    for start in range(0, len(codes), scenario.each):
        for team in field.teams:
            some = codes[start : start + scenario.each]
            found += [partial(_report, field, team, phone, some) for phone in range(scenario.phones)]
    return found


def _report(field: Field, team: str, phone: int, codes: Sequence[str]) -> bytes:
    records = [_record(field, team, code, phone) for code in codes]
    return request("POST", FACTS, {"records": records}, bearer(field, team))


def _record(field: Field, team: str, code: str, phone: int) -> dict[str, str]:
    at = format_instant(now_ms(), "Asia/Shanghai")
    return {"id": f"{team}-{code}-{phone}", "kind": "punch", "key": field.signs[code], "at": at}


def play(server: Server, field: Field, scenario: Scenario, seconds: float | None = None) -> Day:
    """Play it before its watchers, who listen until the end or for so many seconds."""
    requests = requests_of(field, scenario)
    length = len(requests) / scenario.rate + 2 if scenario.rate else ALL_AT_ONCE_S
    with crowd(server.port, field.race.slug, scenario.watchers, seconds or length) as watching:
        if scenario.rate is None:
            driven = rush(server.port, requests, clients=CLIENTS)
        else:
            driven = steady(server.port, requests, scenario.rate)
        heard = watching.heard()
    return Day(driven, driven.statuses[200] * scenario.each, heard.within(0.99) if heard.waits else 0, heard.cut)


def faults_of(house: House, server: Server, field: Field, scenario: Scenario, day: Day) -> list[str]:
    """Return what is wrong, if anything was lost or doubled, or the standings are not those of a fold from scratch."""
    faults = []
    wanted = scenario.teams * scenario.phones * scenario.checkpoints
    if set(day.driven.statuses) != {200}:
        faults.append(f"answers: {dict(day.driven.statuses)}")
    if house.count(field.race, "punch") != wanted or day.acknowledged != wanted:
        faults.append(f"{wanted} sent, {day.acknowledged} taken, {house.count(field.race, 'punch')} written down")
    time.sleep(0.5)  # the board may be that old
    shown = server.ask("GET", f"/api/v1/races/{field.race.slug}/standings")
    [in_class] = shown["classes"]
    board = [(row["entry"], row["place"], row["checkpoints"]) for row in in_class["results"]]
    with reading(house.engine) as connection:
        anew = load_race(connection, field.race).standings(fresh=True)
    folded = [(s.run.entry, s.place, len(s.run.passed)) for in_class in anew.values() for s in in_class]
    if board != folded:
        faults.append("the standings are not those of a fold from scratch")
    return faults


def main(name: str) -> None:
    """Play one scenario and say what came of it."""
    allow_many_sockets()
    scenario = SCENARIOS[name]
    with House() as house:
        field = house.open_race("day", scenario.teams)
        with house.serve() as server:
            day = play(server, field, scenario)
            faults = faults_of(house, server, field, scenario, day)
            facts_s = day.acknowledged / day.driven.seconds
            print(
                f"{name}: {day.acknowledged} punches in {day.driven.seconds:.1f} s ({facts_s:.0f}/s), answers p99 "
                f"{day.driven.within(0.99):.0f} ms; {scenario.watchers} watchers hear in {day.heard_p99_ms:.0f} ms, "
                f"{day.cut} are cut; server {server.memory_kb() // 1024} MB, {server.cpu_s():.1f} s of processor"
            )
    print("\n".join(faults) or "Nothing is lost, and the standings are those of a fold from scratch.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(sys.argv[1])
