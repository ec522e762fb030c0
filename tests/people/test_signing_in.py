import threading
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app import create_app
from base.clock import now_ms
from base.database import reading, writing
from base.keys import digest
from base.settings import Settings
from base.web import part_of, provide
from people.live import LINK_MS, Passwords, new_link
from people.model import Account
from people.rules import SHORTEST_PASSWORD, name_faults, password_faults
from people.store import accounts, links
from people.store.unions import add_union
from people.views.signing import TRIES
from tests.fixtures_app import NAME, PASSWORD
from tests.phones import Desk, csrf

NEW = {
    "union": "区总工会",
    "name": "新组织者",
    "password": "一棵开花的树在路旁等你",
    "again": "一棵开花的树在路旁等你",
}


def send(browser: FlaskClient, path: str, **form: str) -> TestResponse:
    return browser.post(path, data={"csrf_token": csrf(browser, path), **form})


@pytest.fixture
def link(app: Flask) -> str:
    return new_link(part_of(app, Engine), now_ms())


def test_the_right_password_signs_in_and_leads_on(client: FlaskClient, account: Account) -> None:
    response = send(client, "/organize/signin", name=NAME, password=PASSWORD)
    assert (response.status_code, response.location) == (302, "/organize/")
    assert client.get("/organize/").status_code == 200


def test_the_page_that_was_asked_for_comes_after_signing_in(client: FlaskClient, account: Account) -> None:
    asked = client.get("/organize/lianxi?x=1")
    assert asked.location == "/organize/signin?next=/organize/lianxi?x%3D1"
    response = send(client, "/organize/signin", name=NAME, password=PASSWORD, next="/organize/lianxi")
    assert response.location == "/organize/lianxi"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "///evil.example", "\\\\evil",
        "javascript:alert(1)", "evil.example", "http:evil.example", " //evil.example", "/\n/evil.example", "//[",
        "http://[evil", "",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_host(client: FlaskClient, account: Account, target: str) -> None:
    response = send(client, "/organize/signin", name=NAME, password=PASSWORD, next=target)
    assert response.location == "/organize/"


@pytest.mark.parametrize(("name", "password"), [(NAME, "wrong"), ("无此人", PASSWORD), ("", ""), (NAME, "x" * 100_000)])
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(
    client: FlaskClient, account: Account, name: str, password: str
) -> None:
    response = send(client, "/organize/signin", name=name, password=password)
    assert response.status_code == 403
    assert 'role="alert"' in response.text
    assert client.get("/organize/").status_code == 302


def test_after_ten_wrong_passwords_a_name_waits_and_others_do_not(client: FlaskClient, account: Account) -> None:
    token = csrf(client, "/organize/signin")

    def sign_in(name: str, password: str) -> TestResponse:
        return client.post("/organize/signin", data={"csrf_token": token, "name": name, "password": password})

    assert {sign_in(NAME, "wrong").status_code for _ in range(10)} == {403}
    waiting = sign_in(NAME, PASSWORD)
    assert waiting.status_code == 429
    assert int(waiting.headers["Retry-After"]) > 0
    assert sign_in("别人", "wrong").status_code == 403


def test_an_address_that_tries_many_names_waits(client: FlaskClient, account: Account) -> None:
    now = now_ms()
    for _ in range(29):
        TRIES.failed("127.0.0.1", now)
    assert send(client, "/organize/signin", name="谁", password="wrong").status_code == 403
    assert send(client, "/organize/signin", name=NAME, password=PASSWORD).status_code == 429


def test_who_knows_the_password_may_come_as_often_as_wanted(client: FlaskClient, account: Account) -> None:
    for _ in range(11):
        assert send(client, "/organize/signin", name=NAME, password=PASSWORD).status_code == 302


def test_passwords_take_turns_since_punches_are_committed_beside_them() -> None:
    at_once: list[int] = []
    running = 0

    def outside(work: Callable[[], object]) -> object:
        nonlocal running
        running += 1
        at_once.append(running)
        time.sleep(0.01)
        running -= 1
        return True

    passwords = Passwords(outside)
    threads = [threading.Thread(target=passwords.is_right, args=(None, "x")) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert at_once == [1] * 5


def test_nothing_is_hashed_for_who_has_no_link(app: Flask, client: FlaskClient) -> None:
    def outside(work: Callable[[], object]) -> object:
        raise AssertionError(work)

    provide(app, Passwords(outside))
    token = csrf(client, "/organize/signin")
    assert client.post("/organize/welcome/made-up", data={"csrf_token": token, **NEW}).status_code == 410


def test_signing_out_ends_the_session(organizer: FlaskClient) -> None:
    token = csrf(organizer, "/organize/")
    assert organizer.post("/organize/signout", data={"csrf_token": token}).status_code == 302
    assert organizer.get("/organize/").status_code == 302


def test_a_browser_keeps_no_page_with_keys_and_telephones(organizer: FlaskClient) -> None:
    for path in ("/organize/", "/organize/lianxi"):
        assert organizer.get(path).headers["Cache-Control"] == "no-store"


def test_a_session_of_an_account_that_is_gone_is_nobody_s(app: Flask) -> None:
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["account"] = 999
    assert browser.get("/organize/").status_code == 302


def test_a_session_cookie_is_hidden_from_scripts_and_from_other_sites(client: FlaskClient, account: Account) -> None:
    cookie = send(client, "/organize/signin", name=NAME, password=PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure(database: object, app: Flask) -> None:
    safe = create_app(Settings(f"sqlite:///{database}", "https://race.example.com", "another secret"))
    assert "Secure" in safe.test_client().get("/organize/signin").headers["Set-Cookie"]
    part_of(safe, Engine).dispose()


def test_a_cookie_nobody_signed_is_nobody_s(client: FlaskClient, account: Account) -> None:
    client.set_cookie("session", "eyJhY2NvdW50IjoxfQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert client.get("/organize/").status_code == 302


def test_passwords_are_kept_as_argon2id(app: Flask, client: FlaskClient, link: str) -> None:
    send(client, link, **NEW)
    with reading(part_of(app, Engine)) as connection:
        found = accounts.account_by_name(connection, NEW["name"])
    assert found
    assert found[1].startswith("$argon2id$")
    assert NEW["password"] not in found[1]


def test_a_hash_nobody_can_read_is_no_password() -> None:
    passwords = Passwords()
    assert not passwords.is_right("not a hash", "x")
    assert not passwords.is_right(None, "x")


def test_a_one_time_link_opens_an_account_once(app: Flask, client: FlaskClient, link: str) -> None:
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    opened = send(client, link, **NEW)
    assert (opened.status_code, opened.location) == (302, "/organize/")
    assert client.get("/organize/").status_code == 200
    other = app.test_client()
    assert other.get(link).status_code == 410
    token = csrf(other, "/organize/signin")
    assert other.post(link, data={"csrf_token": token, **NEW, "name": "别人"}).status_code == 410


def test_a_one_time_link_lasts_two_days(app: Flask, client: FlaskClient) -> None:
    engine = part_of(app, Engine)
    assert client.get(new_link(engine, now_ms() - LINK_MS)).status_code == 410
    assert client.get(new_link(engine, now_ms() - LINK_MS + 60_000)).status_code == 200
    assert client.get("/organize/welcome/made-up").status_code == 410


def test_of_two_who_use_a_link_at_once_one_wins(app: Flask, link: str) -> None:
    browsers = [app.test_client() for _ in range(2)]
    tokens = [csrf(browser, link) for browser in browsers]
    statuses: list[int] = []
    barrier = threading.Barrier(2)

    def use(which: int) -> None:
        barrier.wait()
        form = {"csrf_token": tokens[which], **NEW, "name": f"组织者{which}"}
        statuses.append(browsers[which].post(link, data=form).status_code)

    threads = [threading.Thread(target=use, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 410]
    with reading(part_of(app, Engine)) as connection:
        assert accounts.count_accounts(connection) == 1


@pytest.mark.parametrize(
    "form",
    [
        {**NEW, "union": ""},
        {**NEW, "union": "工" * 81},
        {**NEW, "name": ""},
        {**NEW, "name": "名" * 81},
        {**NEW, "password": "short", "again": "short"},
        {**NEW, "again": "另一个完全不同的密码"},
        {**NEW, "password": "长" * 201, "again": "长" * 201},
    ],
    ids=[
        "no union",
        "a long union",
        "no name",
        "a long name",
        "a short password",
        "typed differently",
        "a long password",
    ],
)
def test_a_slip_leaves_the_link_good_and_says_what_is_wrong(
    client: FlaskClient, link: str, form: dict[str, str]
) -> None:
    response = send(client, link, **form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert send(client, link, **NEW).status_code == 302


def test_a_name_that_is_taken_leaves_the_link_good(client: FlaskClient, link: str, account: Account) -> None:
    taken = send(client, link, **{**NEW, "name": NAME})
    assert (taken.status_code, 'role="alert"' in taken.text) == (400, True)
    assert send(client, link, **NEW).status_code == 302


def test_of_links_and_tokens_only_a_digest_is_kept(engine: Engine, account: Account) -> None:
    link = new_link(engine, now_ms()).rpartition("/")[2]
    with writing(engine) as connection:
        assert connection.execute(links.link_table.select()).one().digest == digest(link)
        accounts.add_token(connection, digest("t"), account.id, 0)
    with reading(engine) as connection:
        assert accounts.account_by_token(connection, digest("t")) == account
        assert accounts.account_by_token(connection, digest("other")) is None


@pytest.mark.parametrize(
    ("name", "password", "again", "faults"),
    [
        ("李", "a" * SHORTEST_PASSWORD, "a" * SHORTEST_PASSWORD, 0),
        ("李", "a" * (SHORTEST_PASSWORD - 1), "a" * (SHORTEST_PASSWORD - 1), 1),
        ("", "", "x", 3),
    ],
)
def test_what_a_name_and_a_password_must_be_like(name: str, password: str, again: str, faults: int) -> None:
    assert len([*name_faults(name), *password_faults(password, again)]) == faults


def test_slow_hashing_runs_outside() -> None:
    runs: list[str] = []

    def outside(work: Callable[[], object]) -> object:
        runs.append("outside")
        return work()

    passwords = Passwords(outside)
    assert passwords.is_right(passwords.hash("一二三四五六七八九十"), "一二三四五六七八九十")
    assert runs == ["outside", "outside"]


def test_a_page_left_open_for_three_days_still_posts(
    organizer: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.stage("race")
    token = csrf(organizer, "/organize/")
    later = time.time() + 3 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    sent = organizer.post("/organize/lianxi/message", data={"csrf_token": token, "text": "早上好"})
    assert (sent.status_code, sent.location) == (302, "/organize/lianxi/messages")


def test_a_unions_name_that_another_has_is_told_apart_from_a_persons(
    app: Flask, client: FlaskClient, link: str
) -> None:
    """The first organizer is asked for the place or district, and the link stays good."""
    with writing(part_of(app, Engine)) as connection:
        add_union(connection, "区总工会")
    taken = send(client, link, **{**NEW, "name": "李"})
    assert (taken.status_code, "加上地区" in taken.text) == (400, True)
    assert send(client, link, **{**NEW, "union": "东城区总工会"}).status_code == 302
