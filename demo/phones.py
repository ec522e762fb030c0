"""A phone as the server sees it: joins by a card's key, polls with an ETag, reports records until they are taken."""

import json
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from base.clock import now_ms

Json = dict[str, Any]

ANSWER_S = 20
MOST_TRIES = 30
MOST_WAIT_S = 5.0


class Stopped(Exception):  # noqa: N818  the person has seen enough; nothing is wrong
    """The simulation is being stopped."""


class Refused(Exception):  # noqa: N818  the server's own words to a person
    """The server said no, and asking again would not help. `code` is the problem's stable word."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Pace:
    """The simulated world's time: `speed` of its seconds pass in a real one. Stopping ends every wait at once."""

    def __init__(self, speed: float, stopped: threading.Event | None = None) -> None:
        self.speed = speed
        self.stopped = stopped or threading.Event()

    def spend(self, seconds: float) -> None:
        """Let `seconds` of the simulated world pass: walking, thinking, playing."""
        self.rest(seconds / self.speed)

    def rest(self, seconds: float) -> None:
        """Let real `seconds` pass: what a phone or the server's own clock makes people wait.

        Raises:
            Stopped: the simulation is being stopped.

        """
        if self.stopped.wait(max(0.0, seconds)):
            raise Stopped

    def until(self, instant: int) -> None:
        """Wait until the server's clock shows `instant` (UTC ms); both run on this machine."""
        self.rest((instant - now_ms()) / 1000)


@dataclass(slots=True)
class Notes:
    """What the simulation has seen: how many records got which verdict, and each trouble once."""

    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    troubles: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def verdict(self, kind: str, verdict: str) -> None:
        """Count a record."""
        with self._lock:
            self.verdicts[kind, verdict] += 1

    def trouble(self, words: str) -> None:
        """Tell a trouble on stderr, the first time it happens."""
        with self._lock:
            self.troubles[words] = self.troubles.get(words, 0) + 1
            first = self.troubles[words] == 1
        if first:
            print(words, file=sys.stderr, flush=True)  # noqa: T201  for the person at the terminal


class Phone:
    """One phone, or one program with a personal token. It keeps its connection open, as browsers do."""

    def __init__(self, port: int, pace: Pace, notes: Notes, token: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)
        self._pace = pace
        self._notes = notes
        self._token = token
        self._anchor: str | None = None
        self._tags: dict[str, str] = {}
        self._kept: dict[str, Json] = {}

    def join(self, key: str) -> Json:
        """Join by the key of a card, of a team or of a station."""
        joined = self.post("/api/v1/join", {"key": key})
        self._token = joined["token"]
        return joined

    def get(self, path: str) -> Json:
        """Return what lies at `path`; unchanged it is not sent again."""
        headers = {"If-None-Match": self._tags[path]} if path in self._tags else {}
        status, answer_headers, body = self._ask("GET", path, b"", headers)
        if status == 304:
            return self._kept[path]
        if tag := answer_headers.get("etag"):
            self._tags[path], self._kept[path] = tag, body
        return body

    def post(self, path: str, data: Mapping[str, Any]) -> Json:
        """Post JSON and return the answer."""
        body = json.dumps(data, ensure_ascii=False).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/json"})[2]

    def report(self, kind: str, **fields: Any) -> Json:
        """Report one record that happens now; return its result. Sent again after a bad line, it still counts once."""
        record = {"id": str(uuid.uuid4()), "kind": kind, "at": now_ms(), "anchor": self._anchor, **fields}
        answer = self.post("/api/v1/facts", {"records": [record]})
        self._anchor = answer["anchor"]
        result: Json = answer["results"][0]
        self._notes.verdict(kind, result["verdict"])
        return result

    def drop(self) -> None:
        """Let the connection go: the phone is switched off or its battery has died."""
        self._connection.close()

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], Json]:
        """Ask until there is an answer that says yes or no. Bad lines, full and restarting servers are waited out."""
        sent = {"Accept": "application/json", "Accept-Language": "zh", **headers}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        for tries in range(MOST_TRIES):
            wait_s = min(MOST_WAIT_S, 0.1 * 2**tries)
            try:
                self._connection.request(method, path, body or None, sent)
                answer = self._connection.getresponse()
                data = answer.read()
            except (OSError, HTTPException) as error:
                self._connection.close()
                if tries and not self._pace.stopped.is_set():  # a kept connection may just have grown too old
                    self._notes.trouble(f"{method} {path.split('?', maxsplit=1)[0]}: {type(error).__name__}")
            else:
                got = {name.lower(): value for name, value in answer.getheaders()}
                if answer.status == 304:
                    return answer.status, got, {}
                if answer.status < 400:
                    return answer.status, got, json.loads(data)
                if answer.status not in (429, 500, 502, 503, 504):
                    raise _refused(answer.status, data)
                self._notes.trouble(f"{method} {path.split('?', maxsplit=1)[0]}: {answer.status}")
                wait_s = max(wait_s, _seconds(got.get("retry-after")))
            self._pace.rest(wait_s)
        raise Refused("unreachable", f"{method} {path}")


def _seconds(retry_after: str | None) -> float:
    return float(retry_after) if retry_after and retry_after.isdecimal() else 0.0


def _refused(status: int, data: bytes) -> Refused:
    try:
        problem = json.loads(data)
        return Refused(str(problem["code"]), f"{status} {problem['detail']}")
    except (ValueError, KeyError, TypeError):
        return Refused(str(status), f"{status}")
