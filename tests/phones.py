"""Phones of teams and marshals, and the organizer's program, over Flask's test client or over a socket alike."""

import http.client
import json
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask
from flask.testing import FlaskClient

from checkpoints.rules import sign_code, sign_key, station_key
from facts.model import Race
from race.model import Setup
from race.rules.cards import card_key, join_code
from tests.factories import RIGHT, WRONG, race

HOST = "127.0.0.1"
TIMEOUT_S = 20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Line(Protocol):
    """A way to ask the application."""

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request; a `body` that is no bytes goes as JSON."""


def _packed(body: Any, headers: Mapping[str, str] | None) -> tuple[bytes | None, dict[str, str]]:
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        headers.setdefault("Content-Type", "application/json")
        body = json.dumps(body).encode()
    return body, headers


class OverFlask:
    """The application in this process, without cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request."""
        data, headers = _packed(body, headers)
        response = self.app.test_client(use_cookies=False).open(path, method=method, data=data, headers=headers)
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers}, response.data)


class OverHttp:
    """A server process on a port, with a connection for each request."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request."""
        data, headers = _packed(body, headers)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT_S)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Keys:
    """What is printed for the small race."""

    race: Race
    setup: Setup

    def sign(self, code: str) -> str:
        """The key in a sign's QR."""
        return sign_key(self.race.secret, self.setup.checkpoints[code])

    def typed(self, code: str) -> str:
        """The code printed beside it."""
        return sign_code(self.race.secret, self.setup.checkpoints[code])

    def station(self, code: str) -> str:
        """The key of a marshal's link."""
        return station_key(self.race.secret, self.setup.checkpoints[code])

    def card(self, entry: str) -> str:
        """The key of a team card."""
        return card_key(self.race.secret, self.setup.entries[entry])

    def join(self, entry: str) -> str:
        """The code a team types to join."""
        return join_code(self.race.secret, self.setup.entries[entry])


def soon(ask: Callable[[], T], holds: Callable[[T], bool], within_s: float = 5) -> T:
    """Ask until what comes back `holds`, and return it; fail after `within_s` seconds."""
    until = time.monotonic() + within_s
    while not holds(answer := ask()):
        assert time.monotonic() < until, answer
        time.sleep(0.02)
    return answer


def csrf(browser: FlaskClient, path: str) -> str:
    """Return the token of a page's form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(path).text)
    assert found
    return found[1]


def record(kind: str, **fields: Any) -> dict[str, Any]:
    """Return a record with an id of its own."""
    return {"id": str(uuid.uuid4()), "kind": kind, **fields}


class Phone:
    """A phone that has joined: a team's or a station's."""

    def __init__(self, line: Line, keys: Keys, key: str) -> None:
        self.line = line
        self.keys = keys
        self.joined: dict[str, Any] = line.ask("POST", "/api/v1/join", {"key": key}).json
        self.token: str = self.joined["token"]

    @property
    def bearer(self) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, path: str, **headers: str) -> Answer:
        """Ask with the token."""
        return self.line.ask("GET", path, headers={**self.bearer, **headers})

    def post(self, path: str, body: Any, **headers: str) -> Answer:
        """Send with the token."""
        return self.line.ask("POST", path, body, headers={**self.bearer, **headers})

    def report(self, *records: Any) -> list[dict[str, Any]]:
        """Report records and return what became of each."""
        answer = self.post("/api/v1/facts", {"records": list(records)})
        assert answer.status == 200, answer.text
        results: list[dict[str, Any]] = answer.json["results"]
        return results

    def tell(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Report one record and return what became of it."""
        return self.report(record(kind, **fields))[0]

    def punch(self, code: str, **fields: Any) -> dict[str, Any]:
        """Scan a sign."""
        return self.tell("punch", key=self.keys.sign(code), **fields)

    def open_sheet(self, code: str) -> dict[str, Any]:
        """Scan a sign with a quiz and return the sheet it opens."""
        sheet: dict[str, Any] = self.punch(code)["tasks"][0]["sheet"]
        return sheet

    def answer(self, sheet: Mapping[str, Any], right: int = 3, **fields: Any) -> dict[str, Any]:
        """Answer a sheet with so many right."""
        answers = {
            question["id"]: RIGHT if number < right else WRONG for number, question in enumerate(sheet["questions"])
        }
        return self.tell("answer", sheet=sheet["id"], answers=answers, **fields)

    def finish(self, **fields: Any) -> dict[str, Any]:
        """Confirm the finish."""
        return self.tell("finish", key=self.keys.sign("F1"), **fields)

    def play(self) -> dict[str, Any]:
        """What a team plays from."""
        answer: dict[str, Any] = self.get("/api/v1/play").json
        return answer

    def station(self) -> dict[str, Any]:
        """What a station shows."""
        answer: dict[str, Any] = self.get("/api/v1/station").json
        return answer


class Desk:
    """An organizer's program on a race, with a personal token, and the box of printed cards."""

    def __init__(self, line: Line, race_row: Race, token: str) -> None:
        self.line = line
        self.keys = Keys(race_row, race())
        self.token = token

    @property
    def bearer(self) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.token}"}

    def stage(self, stage: str) -> Answer:
        """Move the race to a stage."""
        return self.line.ask("POST", f"/api/v1/races/{self.keys.race.slug}/stage", {"stage": stage}, self.bearer)

    def act(self, kind: str, **fields: Any) -> Answer:
        """Send one act."""
        body = {"records": [{"kind": kind, **fields}]}
        return self.line.ask("POST", f"/api/v1/races/{self.keys.race.slug}/facts", body, self.bearer)

    def start(self) -> None:
        """Open the race and fire the gun."""
        assert self.stage("race").status == 200
        assert self.act("gun").status == 200

    def phone(self, entry: str) -> Phone:
        """A phone that joins a team by its card."""
        return Phone(self.line, self.keys, self.keys.card(entry))

    def marshal(self, code: str) -> Phone:
        """A phone that joins a station by its link."""
        return Phone(self.line, self.keys, self.keys.station(code))

    def standings(self) -> dict[str, Any]:
        """The standings as everybody may ask for them."""
        answer: dict[str, Any] = self.line.ask("GET", f"/api/v1/races/{self.keys.race.slug}/standings").json
        return answer
