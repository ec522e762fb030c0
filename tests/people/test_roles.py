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
from phone.views import PHONE_POLICY
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.addresses import ROUTES
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

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


# First words of the phone app's addresses: its pages, and they alone, may compile the scanner.
PHONE = {"play", "station", "C", "c", "T", "t", "M", "m"}


def assert_safe(path: str, headers: object) -> None:
    for name, value in HEADERS.items():
        given = headers[name]  # type: ignore[index]
        if name == "Referrer-Policy":
            assert given in {"same-origin", "no-referrer"}, path
        elif name == "Content-Security-Policy" and path.split("/")[1] in PHONE:
            assert given == PHONE_POLICY, path
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
            "code": "NONE",
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
# Who went there is signed out, or their token is ended: these come last, in this order.
WAYS_OUT = ("/organize/account/signout", "/organize/signout")


def last_out(route: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    """The order in which one may visit everything: the ways out last."""
    return (WAYS_OUT.index(route[1]) + 1 if route[1] in WAYS_OUT else 0), route


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
    named = acts(app)
    for method, rule in sorted(named, key=last_out):
        act = named[method, rule]
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
    yield from sorted(ROUTES, key=last_out)


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


ORGANIZER_POSTS = sorted(
    rule
    for method, rule in ROUTES
    if method == "POST" and ROUTES[method, rule][3] != 401 and not rule.startswith("/api/v1/practice/")
)


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
