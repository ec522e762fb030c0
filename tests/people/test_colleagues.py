"""Colleagues: invited by link, given roles, sent a new password, and taken away again."""

import re
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from base.clock import now_ms
from base.database import reading, writing
from base.keys import digest
from people import rules
from people.live import INVITE_MS, invite, new_personal_token, reset
from people.model import Account, Role
from people.rules import Act, may
from people.store import accounts, links, unions
from tests.factories import SLUG
from tests.fixtures_app import NAME, PASSWORD
from tests.phones import Desk, csrf

PAGE = "/organize/colleagues"
OWN = "/organize/account"
OTHER_PASSWORD = "晚风拂柳笛声残夕阳山外山"

Post = Callable[..., TestResponse]


@pytest.fixture
def post(organizer: FlaskClient) -> Post:
    """Returns what the organizer sees after sending a form of the page of colleagues or of the own account."""

    def post(address: str, browser: FlaskClient = organizer, **form: object) -> TestResponse:
        page = OWN if address.startswith(OWN) else PAGE
        data = {"csrf_token": csrf(browser, page), **{name: str(value) for name, value in form.items()}}
        return browser.post(address, data=data, follow_redirects=True)

    return post


@pytest.fixture
def add(engine: Engine, account: Account) -> Callable[..., Account]:
    """Returns a new account in the organizer's union, or in another."""

    def add(name: str, role: Role, union: str = "") -> Account:
        with writing(engine) as connection:
            where = unions.add_union(connection, union) if union else account.union
            return accounts.add_account(connection, name, "!", where, role, 0)

    return add


@pytest.fixture
def sits(app: Flask) -> Callable[[Account], FlaskClient]:
    """Returns a browser in which an account has signed in."""

    def sits(account: Account) -> FlaskClient:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session["account"] = account.id
        return browser

    return sits


def link_on(page: TestResponse) -> str:
    """The one-time link that a page shows, as a path."""
    found = re.search(r'value="http://[^/"]+(/organize/welcome/[^"]+)"', page.text)
    assert found, page.text
    return found[1]


def opens(browser: FlaskClient, link: str, name: str) -> TestResponse:
    form = {"csrf_token": csrf(browser, link), "name": name, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    return browser.post(link, data=form)


def named(engine: Engine, name: str) -> Account | None:
    with reading(engine) as connection:
        found = accounts.account_by_name(connection, name)
    return found[0] if found else None


@pytest.mark.parametrize("role", Role)
def test_a_colleague_comes_in_by_the_link_in_the_role_it_was_made_for(
    app: Flask, post: Post, engine: Engine, account: Account, role: Role
) -> None:
    """The link shows the name it was made for, opens one account in the organizer's union, and is spent."""
    link = link_on(post(f"{PAGE}/invite", role=role, note="周老师"))
    browser = app.test_client()
    assert "周老师" in browser.get(link).text
    assert opens(browser, link, "周老师").location == "/organize/"
    colleague = named(engine, "周老师")
    assert colleague
    assert (colleague.role, colleague.union) == (role, account.union)
    assert browser.get("/organize/").status_code == 200
    assert app.test_client().get(link).status_code == 410


def test_a_link_is_shown_once_and_listed_until_it_is_revoked(app: Flask, organizer: FlaskClient, post: Post) -> None:
    """The page after shows the link; later only that there is one, and a revoked one opens nothing."""
    made = post(f"{PAGE}/invite", role="marshal", note="钱裁判")
    link = link_on(made)
    later = organizer.get(PAGE).text
    assert link not in later
    assert "钱裁判" in later
    post(f"{PAGE}/revoke", link=digest(link.rpartition("/")[2]))
    assert "钱裁判" not in organizer.get(PAGE).text
    assert app.test_client().get(link).status_code == 410


def test_an_invitation_lasts_seven_days(app: Flask, engine: Engine, account: Account) -> None:
    """A minute before it works, after it no more."""
    now = now_ms()
    with writing(engine) as connection:
        old = invite(connection, account.union, Role.CHIEF, now)
        young = invite(connection, account.union, Role.CHIEF, now + 60_000)
        assert INVITE_MS == 7 * 24 * 3600 * 1000
    assert app.test_client().get(old).status_code == 410
    assert app.test_client().get(young).status_code == 200


def test_an_author_lands_on_questions_a_chief_on_race_control_a_marshal_on_stations(
    add: Callable[..., Account], sits: Callable[[Account], FlaskClient], desk: Desk
) -> None:
    """Each start page has the ways of its role and none of the others'."""
    ways = {
        f"/organize/{SLUG}/questions": Act.QUESTIONS,
        "/organize/new": Act.SET_UP,
        f"/organize/{SLUG}/control": Act.CONTROL,
        PAGE: Act.COLLEAGUES,
    }
    for role in (Role.AUTHOR, Role.CHIEF, Role.MARSHAL):
        page = sits(add(role.value, role)).get("/organize/").text
        for way, act in ways.items():
            assert (way in page) == may(role, act), (role, way)


def test_a_marshal_s_account_sees_stations_only_while_a_race_runs(
    add: Callable[..., Account], sits: Callable[[Account], FlaskClient], desk: Desk
) -> None:
    """In set-up there is nothing to open; in the race each checkpoint's page is a tap away."""
    browser = sits(add("钱裁判", Role.MARSHAL))
    assert "/M/" not in browser.get("/organize/").text
    desk.start()
    station = re.search(r'href="(/M/[^"]+)"', browser.get("/organize/").text)
    assert station
    assert browser.get(station[1]).status_code == 200


def test_who_may_not_is_told_whom_to_ask(add: Callable[..., Account], sits: Callable[[Account], FlaskClient]) -> None:
    """The page says that the account is not for this and names an organizer."""
    refused = sits(add("钱裁判", Role.MARSHAL)).get(f"/organize/{SLUG}/control")
    assert refused.status_code == 403
    assert NAME in refused.text


def test_a_new_role_holds_from_the_next_page_on(
    post: Post, add: Callable[..., Account], sits: Callable[[Account], FlaskClient]
) -> None:
    """A marshal made chief marshal opens race control without signing in again."""
    colleague = add("赵", Role.MARSHAL)
    browser = sits(colleague)
    assert browser.get(f"/organize/{SLUG}/control").status_code == 403
    post(f"{PAGE}/role", account=colleague.id, role="chief")
    assert browser.get(f"/organize/{SLUG}/control").status_code == 200


def test_who_is_removed_is_out_at_once_with_tokens_and_links(
    app: Flask, engine: Engine, post: Post, add: Callable[..., Account], sits: Callable[[Account], FlaskClient]
) -> None:
    """Sessions, programs and the invitations they made all end; the name is free for somebody else."""
    colleague = add("赵", Role.ORGANIZER)
    browser, bearer = sits(colleague), {"Authorization": f"Bearer {new_personal_token(engine, colleague, 0)}"}
    with writing(engine) as connection:
        theirs = invite(connection, colleague.union, Role.ORGANIZER, now_ms() + INVITE_MS, "", colleague)
        forgotten = reset(connection, colleague, now_ms() + INVITE_MS)
    assert browser.get(PAGE).status_code == 200
    assert "赵" in post(f"{PAGE}/remove", account=colleague.id).text
    assert browser.get(PAGE).status_code == 302
    assert app.test_client().get("/organize/", headers=bearer).status_code == 302
    assert app.test_client().get(theirs).status_code == 410
    assert app.test_client().get(forgotten).status_code == 410
    assert add("赵", Role.AUTHOR).id != colleague.id


@pytest.mark.parametrize(("do", "form"), [("remove", {}), ("role", {"role": "chief"})])
def test_the_last_organizer_stays(
    organizer: FlaskClient, post: Post, account: Account, do: str, form: dict[str, str]
) -> None:
    """Neither removed nor made anything else, until there is a second."""
    assert 'role="alert"' in post(f"{PAGE}/{do}", account=account.id, **form).text
    assert organizer.get(PAGE).status_code == 200


def test_of_two_organizers_who_remove_each_other_at_once_one_stays(
    engine: Engine, account: Account, add: Callable[..., Account], sits: Callable[[Account], FlaskClient]
) -> None:
    """They wait for one another, and the second finds that it is no organizer any more."""
    both = [account, add("赵", Role.ORGANIZER)]
    browsers = [sits(one) for one in both]
    tokens = [csrf(browser, PAGE) for browser in browsers]
    barrier = threading.Barrier(2)

    def remove(which: int) -> None:
        barrier.wait()
        browsers[which].post(f"{PAGE}/remove", data={"csrf_token": tokens[which], "account": both[1 - which].id})

    threads = [threading.Thread(target=remove, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        assert len(accounts.organizers(connection, account.union)) == 1


def test_a_new_password_ends_the_old_sessions_and_the_links_before(
    app: Flask, engine: Engine, post: Post, add: Callable[..., Account], sits: Callable[[Account], FlaskClient]
) -> None:
    """The person sets it by the link, is in, and whoever knew the old one is out."""
    colleague = add("赵", Role.CHIEF)
    before = sits(colleague)
    assert before.get("/organize/").status_code == 200
    first = link_on(post(f"{PAGE}/reset", account=colleague.id))
    second = link_on(post(f"{PAGE}/reset", account=colleague.id))
    browser = app.test_client()
    assert browser.get(first).status_code == 410
    assert opens(browser, second, "").location == "/organize/"
    assert browser.get("/organize/").status_code == 200
    assert before.get("/organize/").status_code == 302
    assert named(engine, "赵")


def test_another_union_s_colleagues_are_out_of_reach(
    organizer: FlaskClient, engine: Engine, post: Post, add: Callable[..., Account]
) -> None:
    """Not listed, not changed, not removed, not sent a password; their links cannot be revoked."""
    stranger = add("外人", Role.ORGANIZER, "市总工会")
    add("外人二", Role.ORGANIZER)  # so that it is not the last organizer who stops this
    with writing(engine) as connection:
        path = invite(connection, stranger.union, Role.CHIEF, now_ms() + INVITE_MS, "他们的")
    assert "市总工会" not in organizer.get(PAGE).text
    for do in ("role", "remove", "reset"):
        assert 'role="alert"' in post(f"{PAGE}/{do}", account=stranger.id, role="marshal").text
    post(f"{PAGE}/revoke", link=digest(path.rpartition("/")[2]))
    assert organizer.get(path).status_code == 200
    assert named(engine, "外人") == stranger


def test_a_union_takes_no_more_links_and_accounts_than_it_may(engine: Engine, post: Post, account: Account) -> None:
    """The one too many is told so and makes nothing."""
    for _ in range(rules.MOST_LINKS):
        with writing(engine) as connection:
            invite(connection, account.union, Role.MARSHAL, now_ms() + INVITE_MS)
    assert 'role="alert"' in post(f"{PAGE}/invite", role="marshal").text
    with reading(engine) as connection:
        assert len(links.open_links(connection, account.union, now_ms())) == rules.MOST_LINKS


@pytest.mark.parametrize("name", ["", "名" * 81])
def test_a_union_and_a_person_have_names_of_some_length(
    engine: Engine, post: Post, account: Account, name: str
) -> None:
    """No name and one too long are refused in words."""
    assert 'role="alert"' in post(f"{PAGE}/union", name=name).text
    assert 'role="alert"' in post(f"{OWN}/name", name=name).text
    assert named(engine, NAME) == account


def test_no_two_unions_and_no_two_people_have_one_name(post: Post, add: Callable[..., Account]) -> None:
    """People sign in by name, and the operator names a union by its name."""
    add("外人", Role.ORGANIZER, "市总工会")
    assert 'role="alert"' in post(f"{PAGE}/union", name="市总工会").text
    assert 'role="alert"' in post(f"{OWN}/name", name="外人").text
    assert "区总工会" in post(f"{PAGE}/union", name="区总工会").text


def test_a_nonsense_form_changes_nothing(post: Post, engine: Engine, account: Account) -> None:
    """Neither a role that is none nor a number that is none."""
    for number in ("", "x", "9" * 30, "²", "-1"):
        assert 'role="alert"' in post(f"{PAGE}/remove", account=number).text
    for role in ("", "king"):
        assert 'role="alert"' in post(f"{PAGE}/invite", role=role).text
        assert 'role="alert"' in post(f"{PAGE}/role", account=account.id, role=role).text
    assert named(engine, NAME) == account


def test_the_own_password_changes_only_with_the_present_one_and_ends_other_sessions(
    organizer: FlaskClient, post: Post, account: Account, sits: Callable[[Account], FlaskClient]
) -> None:
    """A computer left open does not give the account away; this session goes on."""
    elsewhere = sits(account)
    new = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    assert 'role="alert"' in post(f"{OWN}/password", current="falsch falsch", **new).text
    assert elsewhere.get(OWN).status_code == 200
    assert 'role="status"' in post(f"{OWN}/password", current=PASSWORD, **new).text
    assert organizer.get(OWN).status_code == 200
    assert elsewhere.get(OWN).status_code == 302


def test_a_forged_present_password_is_not_tried_for_ever(post: Post) -> None:
    """As at the door: ten in five minutes."""
    new = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    statuses = [post(f"{OWN}/password", current="wrong", **new).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_signing_out_everywhere_leaves_this_window_and_its_forms(
    organizer: FlaskClient, post: Post, account: Account, sits: Callable[[Account], FlaskClient]
) -> None:
    """Other devices are out; a form that stood open here is still taken."""
    elsewhere, form = sits(account), csrf(organizer, PAGE)
    post(f"{OWN}/signout")
    assert elsewhere.get(OWN).status_code == 302
    sent = organizer.post(f"{PAGE}/union", data={"csrf_token": form, "name": "区总工会"})
    assert sent.status_code == 302
    assert "区总工会" in organizer.get(PAGE).text


def test_a_token_is_shown_once_listed_and_revoked(app: Flask, organizer: FlaskClient, post: Post) -> None:
    """What it may do, its account may; afterwards it opens nothing."""
    made = re.search(r'id="secret" value="([^"]+)"', post(f"{OWN}/tokens").text)
    assert made
    bearer = {"Authorization": f"Bearer {made[1]}"}
    assert app.test_client().get("/organize/", headers=bearer).status_code == 200
    later = organizer.get(OWN).text
    assert made[1] not in later
    assert digest(made[1]) in later
    post(f"{OWN}/tokens/revoke", token=digest(made[1]))
    assert app.test_client().get("/organize/", headers=bearer).status_code == 302


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"{OWN}/signout", {}),
        (f"{OWN}/password", {"current": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}),
    ],
)
def test_a_new_password_and_signing_out_everywhere_end_the_tokens_too(
    app: Flask, engine: Engine, account: Account, post: Post, address: str, form: dict[str, str]
) -> None:
    bearer = {"Authorization": f"Bearer {new_personal_token(engine, account, 0)}"}
    assert app.test_client().get(PAGE, headers=bearer).status_code == 200
    assert post(address, **form).status_code == 200
    assert app.test_client().get(PAGE, headers=bearer).status_code == 302


def test_an_account_has_so_many_tokens_and_no_more(engine: Engine, post: Post, account: Account) -> None:
    """The twenty-first is refused in words."""
    for _ in range(rules.MOST_TOKENS):
        new_personal_token(engine, account, 0)
    assert 'role="alert"' in post(f"{OWN}/tokens").text
    with reading(engine) as connection:
        assert len(accounts.tokens_of(connection, account)) == rules.MOST_TOKENS


def test_a_form_sent_after_the_sign_in_ran_out_leads_back_to_its_page(client: FlaskClient, app: Flask) -> None:
    """Ours only, never another host's; without one, to the start page."""
    leads = {
        f"http://localhost{PAGE}?x=1": f"{PAGE}?x%3D1",
        "http://evil.example/organize/": "/organize/",
        "http://localhost/r/lianxi": "/organize/",
        "": "/organize/",
    }
    for referrer, back in leads.items():
        answer = client.post(f"{PAGE}/union", data={"name": "x"}, headers={"Referer": referrer})
        assert answer.location == f"/organize/signin?next={back}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_script_is_told_that_the_sign_in_ran_out_instead_of_being_led_to_it(client: FlaskClient, method: str) -> None:
    """`fetch` names no text/html: it gets 401 and can keep what was typed; a browser going somewhere is led."""
    page = f"/organize/{SLUG}/message" if method == "POST" else f"/organize/{SLUG}/control"
    assert client.open(page, method=method, headers={"Accept": "*/*"}).status_code == 401
    walks = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert client.open(page, method=method, headers=walks).status_code == 302
