"""What the server carries: punches, answers, batches, reads and joins, each beside its limit in the same run."""

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from base.clock import format_instant, now_ms
from bench.drive import Driven, request, rush, steady
from bench.figures import Figure, beside
from bench.house import Field, House, Server
from bench.races import CODES

TEAMS = 38
PUNCHES_A_SECOND = 500
JOINS, JOINS_WITHIN_S = 1700, 60
FACTS = "/api/v1/facts"


def punches(
    fields: Sequence[Field], teams: int = TEAMS, codes: Sequence[str] = CODES, *, name: str = "p"
) -> list[bytes]:
    """Return a request for each punch of `teams` of each race at `codes`: all at the first one, then at the second."""
    return [one_punch(field, team, code, name) for code in codes for field in fields for team in field.teams[:teams]]


def one_punch(field: Field, team: str, code: str, name: str) -> bytes:
    """Return the request of one punch that happens now."""
    return request("POST", FACTS, {"records": [_punch(field, team, code, name)]}, bearer(field, team))


def _punch(field: Field, team: str, code: str, name: str) -> dict[str, str]:
    # An id of the usual length.
    ident = f"{name}-{field.race.id}-{team}-{code}".ljust(36, "-")
    return {"id": ident, "kind": "punch", "key": field.signs[code], "at": format_instant(now_ms(), "Asia/Shanghai")}


def bearer(field: Field, team: str) -> dict[str, str]:
    """Return the header that says who asks."""
    return {"Authorization": f"Bearer {field.tokens[team]}"}


def empty_route(server: Server, requests: int = 8000) -> Driven:
    """Measure an answer of this server that asks nobody anything."""
    return rush(server.port, [request("GET", "/livez")] * requests).all_are(204)


def raw_commits(folder: Path, seconds: float = 2) -> float:
    """Return how many commits of one short row a second the disk takes, each of them durable before the next."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS raw (number INTEGER PRIMARY KEY, body TEXT)")
    done, began = 0, time.monotonic()
    while time.monotonic() < began + seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO raw (body) VALUES (?)", ("x" * 200,))
        connection.execute("COMMIT")
        done += 1
    connection.close()
    return done / (time.monotonic() - began)


def serving() -> Iterator[Figure]:
    """Measure all that one race's phones ask of the server."""
    with House() as house:
        fields = [house.open_race(f"race{number}", TEAMS) for number in range(8)]
        quizzes = [house.open_race(f"quiz{number}", TEAMS, quizzes=True) for number in range(2)]
        with house.serve() as server:
            empty_route(server, 2000)
            yield from _single(house, server, fields[:5])
            yield from _quizzes(server, quizzes)
            yield from _batches(server, fields[5:7])
            yield from _reads(server, fields[0], fields[7])
            yield from _plays(server, fields[0])
            yield from _joins(server, fields)


def _in_turns(server: Server, *kinds: Sequence[Sequence[bytes]], status: int = 200) -> list[list[Driven]]:
    """Send what each kind asks for in turns with the empty route, so that what else the machine does hits all alike.

    Returns what was driven of the empty route, then of each kind.
    """
    driven: list[list[Driven]] = [[] for _ in (None, *kinds)]
    for turn in zip(*kinds, strict=True):
        driven[0].append(empty_route(server, 2000))
        for number, requests in enumerate(turn, start=1):
            driven[number].append(rush(server.port, requests).all_are(status))
    return driven


def _rate(driven: Sequence[Driven]) -> float:
    return median(each.rate for each in driven)


def _waits(driven: Sequence[Driven], share: float) -> float:
    return Driven(waits=[wait for each in driven for wait in each.waits]).within(share)


def _single(house: House, server: Server, fields: Sequence[Field]) -> Iterator[Figure]:
    raw = raw_commits(house.folder)
    empty, driven = _in_turns(server, [punches([field]) for field in fields])
    yield Figure("empty_route", round(_rate(empty)), "requests/s")
    yield Figure("raw_commits", round(raw), "commits/s")
    yield beside("punch_single", _rate(driven), "punches/s", _rate(empty))
    yield beside("punch_beside_commits", _rate(driven), "punches/s", raw)
    yield Figure("punch_rush_p50_ms", round(_waits(driven, 0.5), 1), "ms")
    yield Figure("punch_rush_p99_ms", round(_waits(driven, 0.99), 1), "ms")
    several = punches(fields, name="again")[: PUNCHES_A_SECOND * 8]
    open_loop = steady(server.port, several, PUNCHES_A_SECOND).all_are(200)
    yield Figure("punch_p50_ms", round(open_loop.within(0.5), 1), "ms")
    yield beside("punch_p99_ms", open_loop.within(0.99), "ms", 50)


def _quizzes(server: Server, fields: Sequence[Field]) -> Iterator[Figure]:
    """Each team punches at a quiz and hands in its sheet: the server draws one for each, and marks it."""
    codes = CODES[:12]
    waits: list[float] = []
    answered, seconds, empty = 0, 0.0, []
    for code in codes:
        empty.append(empty_route(server, 300))
        opened = rush(server.port, punches(fields, codes=[code], name="quiz"), keep=True).all_are(200)
        sheets = [json.loads(body)["results"][0] for body in opened.bodies]
        by_race = {field.race.id: field for field in fields}
        requests = []
        for result in sheets:
            field = by_race[int(result["id"].split("-")[1])]
            sheet = result["tasks"][0]["sheet"]
            answers = {question["id"]: 1 for question in sheet["questions"]}
            ident = f"a-{field.race.id}-{result['entry']}-{code}".ljust(36, "-")
            record = {"id": ident, "kind": "answer", "sheet": sheet["id"], "answers": answers}
            requests.append(request("POST", FACTS, {"records": [record]}, bearer(field, result["entry"])))
        handed_in = rush(server.port, requests).all_are(200)
        waits += opened.waits + handed_in.waits
        answered += len(handed_in.waits) + len(opened.waits)
        seconds += opened.seconds + handed_in.seconds
    yield beside("quiz_single", answered / seconds, "records/s", _rate(empty))
    yield Figure("quiz_p99_ms", round(sorted(waits)[int(0.99 * len(waits))], 1), "ms")


def _batches(server: Server, fields: Sequence[Field]) -> Iterator[Figure]:
    """Phones come back from a dead spot, each with twenty punches."""
    requests = [
        request(
            "POST", FACTS, {"records": [_punch(field, team, code, "b") for code in CODES[:20]]}, bearer(field, team)
        )
        for field in fields
        for team in field.teams
    ]
    requests += [
        request(
            "POST", FACTS, {"records": [_punch(field, team, code, "c") for code in CODES[10:]]}, bearer(field, team)
        )
        for field in fields
        for team in field.teams
    ]
    driven = rush(server.port, requests).all_are(200)
    yield beside("batch_facts", driven.rate * 20, "facts/s", 5000)
    yield Figure("batch_p99_ms", round(driven.within(0.99), 1), "ms")


def _reads(server: Server, field: Field, moving: Field, turns: int = 4, requests: int = 2000) -> Iterator[Figure]:
    """Everybody asks for the standings: a whole answer, nothing new, and while the race goes on."""
    path = f"/api/v1/races/{field.race.slug}/standings"
    whole = request("GET", path)
    first = rush(server.port, [whole], keep=True)
    known = request("GET", path, headers={"If-None-Match": f'"{_revision(first.bodies[0])}"'})
    yield Figure("standings_bytes", len(first.bodies[0]), "bytes")
    for name, asked, status in (("standings_read", whole, 200), ("standings_304", known, 304)):
        empty, read = _in_turns(server, [[asked] * requests] * turns, status=status)
        yield beside(name, _rate(read), "requests/s", _rate(empty))
    mixed: list[bytes] = []
    for punch in punches([moving], codes=CODES[:10]):
        mixed += [punch, *[request("GET", f"/api/v1/races/{moving.race.slug}/standings")] * 19]
    empty, changing = _in_turns(server, [mixed])
    yield beside("standings_read_changing", _rate(changing), "requests/s", _rate(empty))


def _plays(server: Server, field: Field, turns: int = 50) -> Iterator[Figure]:
    """Every phone asks, each few seconds while somebody looks at it, for what it plays from: whole, and nothing new."""
    path, language = "/api/v1/play", {"Accept-Language": "zh-CN,zh;q=0.9"}
    asked = {team: bearer(field, team) for team in field.teams}
    known = {team: who | {"If-None-Match": server.tag(path, who | language)} for team, who in asked.items()}
    for name, headers, status in (("play_read", asked, 200), ("play_304", known, 304)):
        requests = [request("GET", path, headers=headers[team]) for team in field.teams] * (turns // 4)
        empty, driven = _in_turns(server, [requests] * 4, status=status)
        yield beside(name, _rate(driven), "requests/s", _rate(empty))


def _revision(body: bytes) -> int:
    return int(json.loads(body)["revision"])


def _joins(server: Server, fields: Sequence[Field]) -> Iterator[Figure]:
    """So many scan their cards as soon as the server lets them; wanted within a minute."""
    cards = [card for field in fields for card in field.cards.values()]
    requests = [request("POST", "/api/v1/join", {"key": cards[number % len(cards)]}) for number in range(JOINS)]
    yield beside("join_1700_s", rush(server.port, requests).all_are(200).seconds, "s", JOINS_WITHIN_S)


def slow_disk() -> Iterator[Figure]:
    """Measure single punches where each sync takes five milliseconds more, beside bare commits on that disk."""
    compiler = shutil.which("cc")
    if compiler is None:
        print("punch_slow_disk is left out: there is no C compiler")
        return
    with House() as house:
        shim = house.folder / "slow_disk.so"
        source = Path(__file__).with_name("slow_disk.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"], check=True)
        fields = [house.open_race(f"race{number}", TEAMS) for number in range(4)]
        with house.serve({"LD_PRELOAD": str(shim)}) as server:
            empty = empty_route(server, 4000)
            driven = rush(server.port, punches(fields, codes=CODES[:20]), clients=64).all_are(200)
            yield beside("punch_slow_disk", driven.rate, "punches/s", 1 / 0.005)
            yield beside("punch_slow_disk_beside_empty", driven.rate, "punches/s", empty.rate)


def growth() -> Iterator[Figure]:
    """Measure what a punch costs the server's processor with 38, 1,000 and 10,000 teams, each race being watched."""
    costs: dict[int, float] = {}
    for teams in (TEAMS, 1000, 10_000):
        with House() as house:
            races = 10 if teams == TEAMS else 1
            fields = [house.open_race(f"race{number}", teams) for number in range(races)]
            with house.serve() as server:
                for field in fields:  # a board that somebody looks at is kept up to date from then on
                    server.ask("GET", f"/api/v1/races/{field.race.slug}/standings")
                empty_route(server, 1000)
                requests = punches(fields, TEAMS * 10 // races, CODES[:8])
                before = server.cpu_s()
                driven = steady(server.port, requests, PUNCHES_A_SECOND).all_are(200)
                costs[teams] = (server.cpu_s() - before) * 1000 / len(requests)
                yield Figure(f"punch_{teams}_teams_ms", round(costs[teams], 3), "ms of processor")
                yield Figure(f"punch_{teams}_teams_p99_ms", round(driven.within(0.99), 1), "ms")
    yield beside("teams_growth", costs[10_000] / costs[TEAMS], "times", 1.3)
