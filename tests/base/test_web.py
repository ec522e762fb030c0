import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.web import client_address, clock, duration, etag_of, part_of
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import GUN, SLUG, changed
from tests.phones import Desk, OverFlask

EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'</script>"
PUBLIC = ("/", f"/r/{SLUG}", f"/r/{SLUG}/live", f"/r/{SLUG}/results", "/play", "/nowhere", "/organize/signin")
DESK = ("/organize/", f"/organize/{SLUG}/control")


class Strict(HTMLParser):
    """Notes what the policy would block, and what an attacker would like."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style":
            self.found.append("a style sheet in the page")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("a script in the page")
        for name in ("src", "href", "action", "formaction"):
            address = given.get(name) or ""
            if re.match(r"(?i)\s*(https?:|//|javascript:|data:)", address):
                self.found.append(f"{tag} {name}={address}")


def read(html: str) -> Strict:
    page = Strict()
    page.feed(html)
    return page


@pytest.fixture
def pages(organizer: FlaskClient, desk: Desk) -> Callable[[], dict[str, str]]:
    """Returns every page, with a race that has begun."""
    desk.start()
    desk.phone("1").punch("33")
    desk.act("message", text=EVIL)
    return lambda: {path: organizer.get(path).text for path in (*PUBLIC, *DESK)}


def test_no_page_holds_what_its_own_policy_forbids(pages: Callable[[], dict[str, str]]) -> None:
    for path, html in pages().items():
        page = read(html)
        assert page.found == [], path
        assert "main" in page.tags or "div" in page.tags, path


def test_names_that_are_markup_stay_names(app: Flask, pages: Callable[[], dict[str, str]], live: Live) -> None:
    clean = {path: read(html).tags for path, html in pages().items()}
    data = changed("entries", team=EVIL, club=EVIL, members=[EVIL], contact={"name": EVIL, "phone": EVIL[:40]})
    data["race"] |= {"name": EVIL, "venue": EVIL, "theme": EVIL, "hosts": [{"role": EVIL[:40], "name": EVIL}]}
    data["race"]["emergency_phone"] = EVIL[:40]
    data["checkpoints"][3]["name"] = EVIL
    data["classes"][0]["name"] = EVIL
    lay_down(part_of(app, Engine), SLUG, data, None, EVIL)
    live.catch_up()
    for path, html in pages().items():
        page = read(html)
        assert page.found == [], path
        assert page.tags.count("script") == clean[path].count("script"), path
        assert page.tags.count("img") == clean[path].count("img"), path
        assert "onerror=alert(1)>" not in html, path


@pytest.mark.parametrize(
    ("asked", "cookie", "header", "language"),
    [
        (None, None, None, "zh-CN"),
        (None, None, "en-GB,en;q=0.8", "en"),
        (None, "zh", "en", "zh-CN"),
        ("en", "zh", "zh", "en"),
        ("fr", None, "en", "en"),
        ("../x", "xx", "de", "zh-CN"),
    ],
)
def test_the_language_asked_for_comes_first_then_the_chosen_one_then_the_browser_s(
    client: FlaskClient, asked: str | None, cookie: str | None, header: str | None, language: str
) -> None:
    if cookie:
        client.set_cookie("lang", cookie)
    headers = {"Accept-Language": header} if header else {}
    page = client.get("/", query_string={"lang": asked} if asked else None, headers=headers)
    assert f'<html lang="{language}"' in page.text


def test_a_race_s_own_language_comes_before_the_browser_s(client: FlaskClient, desk: Desk) -> None:
    assert '<html lang="zh-CN"' in client.get(f"/r/{SLUG}", headers={"Accept-Language": "en"}).text


def test_a_chosen_language_is_remembered(client: FlaskClient) -> None:
    client.get("/?lang=en")
    assert '<html lang="en"' in client.get("/").text
    assert "lang=" not in client.get("/?lang=fr").headers.get("Set-Cookie", "")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/join", 405, "method_not_allowed"),
        ("GET", "/api/v1/races/nowhere/standings", 404, "not_found"),
        ("GET", "/api/v1/play", 401, "unauthorized"),
    ],
)
def test_a_program_gets_problems_as_rfc_9457_has_them(
    app: Flask, method: str, path: str, status: int, code: str
) -> None:
    answer = OverFlask(app).ask(method, path, headers={"Accept-Language": "en"})
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= set(answer.json)
    assert answer.json["code"] == code
    assert answer.headers["cache-control"] == "no-store"


def test_a_person_gets_problems_as_a_page(client: FlaskClient) -> None:
    page = client.get("/r/nowhere")
    assert (page.status_code, page.content_type) == (404, "text/html; charset=utf-8")
    assert "<h1" in page.text


def test_a_fault_of_the_program_shows_nothing_of_it(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/api/v1/broken", view_func=lambda: str(1 / 0))
    answer = client.get("/api/v1/broken")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "division" not in answer.text
    assert "Traceback" not in answer.text


def test_an_error_in_the_log_names_the_view_and_not_the_address(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(key: str) -> str:
        raise ValueError

    app.add_url_rule("/X/<key>", "broken", broken)
    assert client.get("/X/SECRETKEY").status_code == 500
    assert "Exception on broken [GET]" in caplog.text
    assert "SECRETKEY" not in caplog.text


def test_an_asset_s_address_changes_with_it_and_may_be_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    found = re.search(r'href="(/static/[^"]+\.css\?v=[0-9a-f]{12})"', client.get("/").text)
    assert found
    with client.get(found[1]) as kept, client.get(found[1].partition("?")[0]) as asked:
        assert "immutable" in kept.headers["Cache-Control"]
        assert "immutable" not in asked.headers["Cache-Control"]


def test_a_board_gives_its_data_as_data(client: FlaskClient, desk: Desk) -> None:
    page = client.get(f"/r/{SLUG}/live").text
    found = re.search(r'<script type="application/json" id="board-data">(.*?)</script>', page, re.DOTALL)
    assert found
    assert "<" not in found[1]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, "–"), (0, "0:00"), (2898, "48:18"), (3723, "1:02:03"), (-65, "−1:05")]
)
def test_lengths_are_shown_as_people_write_them(seconds: int | None, shown: str) -> None:
    assert duration(seconds) == shown


def test_the_time_of_day_is_that_of_the_place() -> None:
    assert clock(GUN) == "9:00:00"
    assert clock(GUN, "UTC") == "1:00:00"
    assert clock(None) == "–"


def test_a_tag_follows_all_it_was_made_from() -> None:
    assert etag_of(1, "zh", {"a": 1}) == etag_of(1, "zh", {"a": 1})
    assert len({etag_of(1, "zh"), etag_of(1, "en"), etag_of(2, "zh"), etag_of("1", "zh"), etag_of((1, "zh"))}) == 5


def test_nobody_but_a_proxy_that_we_know_says_who_asks(app: Flask) -> None:
    def asks(peer: str, named: str) -> str:
        headers = {"X-Forwarded-For": named} if named else {}
        with app.test_request_context(environ_base={"REMOTE_ADDR": peer}, headers=headers):
            return client_address()

    assert asks("10.0.0.9", "1.2.3.4") == "10.0.0.9"
    assert asks("127.0.0.1", "6.6.6.6, 1.2.3.4") == "1.2.3.4"
    assert asks("127.0.0.1", "") == "127.0.0.1"
    app.config["PROXIES"] = {"10.0.0.9"}
    assert asks("10.0.0.9", "6.6.6.6, 1.2.3.4") == "1.2.3.4"
    assert asks("10.0.0.8", "1.2.3.4") == "10.0.0.8"
