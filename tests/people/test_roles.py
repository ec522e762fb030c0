"""Every address with every role. A new route fails here until somebody says who may come in."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import writing
from base.web import HEADERS, part_of
from people.live import new_link, new_personal_token
from people.model import Role
from people.rules import Act, may
from people.store.accounts import add_account
from people.store.unions import add_union, first_union
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

# Statuses for nobody, a team, a marshal, an organizer signed in, an organizer's program.
ALL = (200, 200, 200, 200, 200)
DESK_PAGE = (302, 302, 302, 200, 200)
DESK_POST = (302, 302, 302, 302, 302)
ROUTES: dict[tuple[str, str], tuple[int, int, int, int, int]] = {
    ("GET", "/"): ALL,
    ("GET", "/C/<key>"): ALL,
    ("GET", "/c/<key>"): ALL,
    ("GET", "/T/<key>"): ALL,
    ("GET", "/t/<key>"): ALL,
    ("GET", "/M/<key>"): ALL,
    ("GET", "/m/<key>"): ALL,
    ("GET", "/play"): ALL,
    ("GET", "/station"): ALL,
    ("GET", "/healthz"): ALL,
    ("GET", "/r/<slug>"): ALL,
    ("GET", "/r/<slug>/live"): ALL,
    ("GET", "/r/<slug>/results"): ALL,
    ("GET", "/r/<slug>/results.csv"): ALL,
    ("GET", "/r/<slug>/map"): (404, 404, 404, 404, 404),  # the small race has no map
    ("GET", "/r/<slug>/logo"): (404, 404, 404, 404, 404),
    ("GET", "/static/<path:filename>"): ALL,
    ("POST", "/go"): (302, 302, 302, 302, 302),
    ("GET", "/api/v1/openapi.json"): ALL,
    ("GET", "/api/v1/races/<slug>/standings"): ALL,
    ("GET", "/api/v1/races/<slug>/stream"): ALL,
    ("POST", "/api/v1/join"): (400, 400, 400, 400, 400),
    ("GET", "/api/v1/play"): (401, 200, 403, 401, 401),
    ("GET", "/api/v1/station"): (401, 403, 200, 401, 401),
    ("POST", "/api/v1/facts"): (401, 200, 200, 401, 401),
    ("POST", "/api/v1/games/preview"): (401, 403, 400, 401, 401),
    ("POST", "/api/v1/races/<slug>/facts"): (401, 401, 401, 200, 200),
    ("POST", "/api/v1/races/<slug>/stage"): (401, 401, 401, 400, 400),
    ("GET", "/organize/"): DESK_PAGE,
    ("GET", "/organize/<slug>"): (302, 302, 302, 302, 302),
    ("GET", "/organize/<slug>/control"): DESK_PAGE,
    ("GET", "/organize/<slug>/basics"): DESK_PAGE,
    ("POST", "/organize/<slug>/basics"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/basics/logo"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/map"): DESK_PAGE,
    ("POST", "/organize/<slug>/map"): DESK_POST,  # there is no picture to place: back to the page
    ("POST", "/organize/<slug>/map/picture"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/checkpoints"): DESK_PAGE,
    ("POST", "/organize/<slug>/checkpoints"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/checkpoint"): DESK_PAGE,
    ("POST", "/organize/<slug>/checkpoint"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/checkpoints/file"): DESK_PAGE,
    ("POST", "/organize/<slug>/checkpoints/file"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/checkpoints/here"): DESK_PAGE,
    ("GET", "/organize/<slug>/tasks"): DESK_PAGE,
    ("POST", "/organize/<slug>/tasks"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/tasks/drop"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/tasks/quiz/<path:quiz>"): DESK_PAGE,
    ("POST", "/organize/<slug>/tasks/quiz/<path:quiz>"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/tasks/game/<path:game>"): DESK_PAGE,
    ("POST", "/organize/<slug>/tasks/game/<path:game>"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/rules"): DESK_PAGE,
    ("POST", "/organize/<slug>/rules"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/rules/preview"): (302, 302, 302, 200, 200),
    ("GET", "/organize/<slug>/questions"): DESK_PAGE,
    ("GET", "/organize/<slug>/questions/form.xlsx"): DESK_PAGE,
    ("POST", "/organize/<slug>/questions/new"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/questions/copy"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/questions/bank/<path:bank>"): DESK_PAGE,
    ("GET", "/organize/<slug>/questions/export/<path:bank>"): DESK_PAGE,
    ("POST", "/organize/<slug>/questions/rename/<path:bank>"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/questions/delete/<path:bank>"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/questions/import/<path:bank>"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/questions/import/<path:bank>"): (302, 302, 302, 404, 404),  # nothing to look at
    ("POST", "/organize/<slug>/questions/take/<path:bank>"): (302, 302, 302, 404, 404),
    ("GET", "/organize/<slug>/questions/edit/<path:bank>"): (302, 302, 302, 400, 400),  # which kind?
    ("POST", "/organize/<slug>/questions/edit/<path:bank>"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/questions/drop/<path:bank>"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/questions/back/<path:bank>"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/teams"): DESK_PAGE,
    ("POST", "/organize/<slug>/teams/save"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/teams/delete"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/teams/card"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/teams/bring"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/teams/preview/<key>"): (302, 302, 302, 410, 410),
    ("POST", "/organize/<slug>/teams/preview/<key>"): (302, 302, 302, 410, 410),
    ("POST", "/organize/<slug>/teams/preview/<key>/drop"): DESK_POST,
    ("GET", "/organize/<slug>/teams/template.xlsx"): DESK_PAGE,
    ("GET", "/organize/<slug>/teams/export.xlsx"): DESK_PAGE,
    ("GET", "/organize/<slug>/teams/deal"): DESK_PAGE,
    ("POST", "/organize/<slug>/teams/deal"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/teams/undo"): (302, 302, 302, 410, 410),
    ("GET", "/organize/<slug>/signup"): DESK_PAGE,
    ("POST", "/organize/<slug>/signup/deadline"): DESK_POST,
    ("POST", "/organize/<slug>/signup/clubs"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/signup/link"): (302, 302, 302, 404, 404),
    ("GET", "/organize/<slug>/signup/links.txt"): DESK_PAGE,
    ("GET", "/organize/<slug>/signup/links.xlsx"): DESK_PAGE,
    ("GET", "/organize/<slug>/signup/<int:number>.svg"): (302, 302, 302, 404, 404),
    ("GET", "/S/<key>"): (404, 404, 404, 404, 404),  # a link that a club was not given
    ("GET", "/s/<key>"): (404, 404, 404, 404, 404),
    ("POST", "/S/<key>"): (404, 404, 404, 404, 404),
    ("POST", "/s/<key>"): (404, 404, 404, 404, 404),
    ("GET", "/organize/<slug>/checkin"): DESK_PAGE,
    ("POST", "/organize/<slug>/checkin"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/checkin/undo"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/jury"): DESK_PAGE,
    ("POST", "/organize/<slug>/jury"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/jury/<entry>"): DESK_PAGE,
    ("POST", "/organize/<slug>/jury/<entry>"): (302, 302, 302, 400, 400),
    ("POST", "/organize/new"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/copy"): DESK_POST,
    ("POST", "/organize/<slug>/tick"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/here"): (302, 302, 302, 200, 200),
    # The race has its gun already, nothing stands to be taken back, and the empty forms say nothing.
    ("POST", "/organize/<slug>/gun"): (302, 302, 302, 409, 409),
    ("POST", "/organize/<slug>/close"): DESK_POST,
    ("POST", "/organize/<slug>/reopen"): DESK_POST,
    ("POST", "/organize/<slug>/undo"): (302, 302, 302, 404, 404),
    ("POST", "/organize/<slug>/press/<what>"): (302, 302, 302, 404, 404),
    ("POST", "/organize/<slug>/flag"): (302, 302, 302, 404, 404),
    ("GET", "/organize/<slug>/clock"): DESK_PAGE,
    ("POST", "/organize/<slug>/clock"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/messages"): DESK_PAGE,
    ("POST", "/organize/<slug>/message"): DESK_POST,
    ("GET", "/organize/<slug>/control/<entry>"): DESK_PAGE,
    ("POST", "/organize/<slug>/control/<entry>/withdraw"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/control/<entry>/members"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/late"): DESK_PAGE,
    ("POST", "/organize/<slug>/late"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/trial"): DESK_PAGE,
    ("POST", "/organize/<slug>/trial/sign"): (302, 302, 302, 400, 400),
    ("POST", "/organize/<slug>/trial/teams"): (302, 302, 302, 409, 409),
    ("POST", "/organize/<slug>/stage"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/print"): DESK_PAGE,
    ("GET", "/organize/<slug>/publish"): DESK_PAGE,
    ("POST", "/organize/<slug>/publish"): (302, 302, 302, 409, 409),
    ("POST", "/organize/<slug>/publish/award"): (302, 302, 302, 400, 400),
    ("GET", "/organize/<slug>/after"): DESK_PAGE,
    ("POST", "/organize/<slug>/after/day"): DESK_POST,
    ("POST", "/organize/<slug>/after/erase"): (302, 302, 302, 409, 409),
    ("GET", "/organize/<slug>/archive.zip"): DESK_PAGE,
    ("GET", "/organize/<slug>/print/<what>.pdf"): DESK_PAGE,
    ("GET", "/organize/<slug>/print/<what>.docx"): DESK_PAGE,
    ("GET", "/organize/signin"): ALL,
    ("POST", "/organize/signin"): (400, 400, 400, 403, 400),
    ("POST", "/organize/signout"): (400, 400, 400, 302, 400),
    ("GET", "/organize/account"): DESK_PAGE,
    ("POST", "/organize/account/name"): DESK_POST,
    ("POST", "/organize/account/password"): DESK_POST,
    ("POST", "/organize/account/signout"): DESK_POST,
    ("POST", "/organize/account/tokens"): DESK_POST,
    ("POST", "/organize/account/tokens/revoke"): DESK_POST,
    ("GET", "/organize/colleagues"): DESK_PAGE,
    ("POST", "/organize/colleagues/invite"): DESK_POST,
    ("POST", "/organize/colleagues/remove"): DESK_POST,
    ("POST", "/organize/colleagues/reset"): DESK_POST,
    ("POST", "/organize/colleagues/revoke"): DESK_POST,
    ("POST", "/organize/colleagues/role"): DESK_POST,
    ("POST", "/organize/colleagues/union"): DESK_POST,
    ("GET", "/organize/welcome/<token>"): ALL,
    ("POST", "/organize/welcome/<token>"): (400, 400, 400, 400, 400),
}
ROLES = ("nobody", "team", "marshal", "organizer", "program")


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, str(rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@dataclass
class Visitor:
    """A browser or program in one role."""

    browser: FlaskClient
    headers: dict[str, str]
    csrf: str = ""

    def go(self, method: str, path: str, *, csrf: bool = True) -> int:
        """Go there and return the status; posts send what does no harm."""
        headers = {**self.headers, **({"X-CSRFToken": self.csrf} if self.csrf and csrf else {})}
        sent: dict[str, Any] = {}
        if method == "POST":
            api = path.startswith("/api/")
            sent = {"json": {"records": []}} if api else {"data": {"text": "你好", "code": SLUG}}
        response = self.browser.open(path, method=method, headers=headers, **sent)
        response.close()
        assert_safe(path, response.headers)
        return response.status_code


def assert_safe(path: str, headers: object) -> None:
    for name, value in HEADERS.items():
        given = headers[name]  # type: ignore[index]
        if name == "Referrer-Policy":
            assert given in {"same-origin", "no-referrer"}, path
        else:
            assert given == value, path
    policy = headers["Content-Security-Policy"]  # type: ignore[index]
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.fixture
def visit(app: Flask, desk: Desk, organizer: FlaskClient) -> Callable[[str], Visitor]:
    """Returns a visitor in a role."""
    desk.start()

    def visit(role: str) -> Visitor:
        if role == "organizer":
            return Visitor(organizer, {}, csrf(organizer, "/organize/"))
        bearers: dict[str, Callable[[], dict[str, str]]] = {
            "nobody": dict,
            "team": lambda: desk.phone("1").bearer,
            "marshal": lambda: desk.marshal("33").bearer,
            "program": lambda: desk.bearer,
        }
        return Visitor(app.test_client(), bearers[role]())

    return visit


@pytest.fixture
def address(app: Flask, desk: Desk) -> Callable[[str], str]:
    """Returns a rule's address with everything filled in."""
    link = new_link(part_of(app, Engine), now_ms()).rpartition("/")[2]
    keys = desk.keys

    def address(rule: str) -> str:
        key = {"C": keys.sign("31"), "T": keys.card("1"), "M": keys.station("33")}.get(rule[1:2].upper(), "NONE")
        filled = {
            "slug": SLUG,
            "key": key,
            "what": "report" if rule.endswith(".docx") else "cards",
            "entry": "1",
            "token": link,
            "path:filename": "favicon.svg",
            "int:number": "1",
            "path:bank": "wetland",
            "path:quiz": "gate",
            "path:game": "throw",
        }
        return re.sub(r"<([^>]+)>", lambda found: filled[found[1]], rule)

    return address


def test_every_route_says_who_may_come_in(app: Flask) -> None:
    assert routes(app) == set(ROUTES)


# What stands open on the organizers' side: it is how one gets in and out.
DOORS = {"/organize/signin", "/organize/signout", "/organize/welcome/<token>"}


def acts(app: Flask) -> dict[tuple[str, str], Act]:
    """The act that each address of the organizers' side names, by method and rule."""
    found: dict[tuple[str, str], Act] = {}
    for rule in app.url_map.iter_rules():
        act = getattr(app.view_functions[rule.endpoint], "act", None)
        if act is not None:
            found |= {(method, str(rule)): act for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found


def test_every_address_of_the_organizers_side_names_what_it_lets_one_do(app: Flask) -> None:
    named = {rule for _, rule in acts(app)}
    desks = {rule for _, rule in routes(app) if rule.startswith("/organize/")} - DOORS
    assert desks - named == set()
    assert {rule for method, rule in ROUTES if method == "POST" and rule.startswith("/api/v1/races/")} <= named


@pytest.fixture
def bearer_of(app: Flask) -> Callable[..., dict[str, str]]:
    """Returns the headers of a program of a new account in a role, in the races' union or in another."""

    def bearer(role: Role, union: str = "") -> dict[str, str]:
        engine = part_of(app, Engine)
        with writing(engine) as connection:
            where = add_union(connection, union) if union else first_union(connection)
            account = add_account(connection, f"{role}{union}", "!", where, role, 0)
        return {"Authorization": f"Bearer {new_personal_token(engine, account, 0)}"}

    return bearer


@pytest.mark.parametrize("role", Role)
def test_an_account_gets_in_where_its_role_may_and_nowhere_else(
    role: Role, app: Flask, bearer_of: Callable[..., dict[str, str]], address: Callable[[str], str], desk: Desk
) -> None:
    desk.start()
    visitor = Visitor(app.test_client(), bearer_of(role))
    for (method, rule), act in sorted(acts(app).items()):
        status = visitor.go(method, address(rule))
        expected = ROUTES[method, rule][3] if may(role, act) else 403
        assert (rule, status) == (rule, expected)


@pytest.mark.parametrize("role", Role)
def test_another_union_s_race_is_as_if_it_were_not_there(
    role: Role, app: Flask, bearer_of: Callable[..., dict[str, str]], address: Callable[[str], str], small: SmallRace
) -> None:
    visitor, before = Visitor(app.test_client(), bearer_of(role, "市总工会")), small().revision
    for (method, rule), act in sorted(acts(app).items()):
        if "<slug>" in rule:
            assert (rule, visitor.go(method, address(rule))) == (rule, 404 if may(role, act) else 403)
    assert small().revision == before
    assert SLUG not in visitor.browser.get("/organize/", headers=visitor.headers).text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_where_it_may_and_nowhere_else(
    role: str, visit: Callable[[str], Visitor], address: Callable[[str], str]
) -> None:
    visitor = visit(role)
    expected = {route: statuses[ROLES.index(role)] for route, statuses in ROUTES.items()}
    got = {(method, rule): visitor.go(method, address(rule)) for method, rule in in_order()}
    assert {route: status for route, status in got.items() if status != expected[route]} == {}


def in_order() -> Iterator[tuple[str, str]]:
    """The routes, signing out last."""
    yield from sorted(ROUTES, key=lambda route: (route[1] == "/organize/signout", route))


def test_no_get_appends_a_fact(
    visit: Callable[[str], Visitor], address: Callable[[str], str], small: SmallRace
) -> None:
    for role in ROLES:
        visitor = visit(role)
        before = small().revision
        for method, rule in ROUTES:
            if method == "GET":
                visitor.go("GET", address(rule))
                visitor.go("HEAD", address(rule))
        assert small().revision == before


ORGANIZER_POSTS = sorted(rule for method, rule in ROUTES if method == "POST" and ROUTES[method, rule][3] != 401)


@pytest.mark.parametrize(
    "rule", [rule for rule in ORGANIZER_POSTS if rule not in {"/go", "/api/v1/join", "/S/<key>", "/s/<key>"}]
)
def test_a_signed_in_browser_s_post_without_the_token_is_refused_and_does_nothing(
    rule: str, visit: Callable[[str], Visitor], address: Callable[[str], str], small: SmallRace
) -> None:
    visitor, before = visit("organizer"), small().revision
    assert visitor.go("POST", address(rule), csrf=False) == 400
    assert small().revision == before
    assert visitor.go("GET", "/organize/") == 200


def test_a_team_reaches_only_its_own_run_and_a_marshal_only_the_own_station(
    desk: Desk, visit: Callable[[str], Visitor]
) -> None:
    visit("nobody")
    desk.phone("2").punch("31")
    egret = desk.phone("1")
    assert egret.play()["run"]["entry"] == "1"
    assert egret.play()["run"]["passed"] == 0
    for query in ("?entry=2", "?subject=2", "?team=2"):
        assert egret.get(f"/api/v1/play{query}").json["run"]["entry"] == "1"
    assert desk.marshal("34").station()["recent"] == []
    assert egret.tell("punch", key=desk.keys.sign("31"), entry="2")["entry"] == "1"


def test_a_token_of_one_race_opens_no_other(app: Flask, desk: Desk) -> None:
    phone = desk.phone("1")
    other = race_file()
    other["race"]["slug"] = "other"
    lay_down(part_of(app, Engine), "other", other, None, "t")
    part_of(app, Live).catch_up()
    forged = phone.token.replace("1.team", "2.team", 1)
    answer = phone.line.ask("GET", "/api/v1/play", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status == 401
