"""Deleting a race: meant, refused while it runs, and gone from every table, page and link."""

import socket

from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from base.clock import now_ms
from base.database import metadata, reading, writing
from base.web import part_of
from facts.store import add_race
from maps.model import Picture
from maps.store import save_picture
from race.live.races import Live
from race.store import save_logo
from results.live import Boards, Stream
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.organize.test_after import PEOPLE, fill, whole_database
from tests.organize.test_publish import closed
from tests.organize.test_signup import links, make
from tests.phones import Desk, csrf

__all__ = ["closed"]
DELETE = f"/organize/{SLUG}/delete"
# What is no race's: people with their keys, and their unions.
PEOPLES = {"account", "personal_token", "one_time_link", "unions"}


def delete(browser: FlaskClient, name: str = "练习赛") -> int:
    """Type a name and press the button."""
    return browser.post(DELETE, data={"csrf_token": csrf(browser, "/organize/"), "name": name}).status_code


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table holds that is not people's."""
    tables = [table for table in metadata.sorted_tables if table.name not in PEOPLES]
    with reading(engine) as connection:
        counts = {table.name: connection.scalar(select(func.count()).select_from(table)) for table in tables}
    return {name: number or 0 for name, number in counts.items()}


def test_a_deleted_race_is_gone_from_every_table_and_its_links_lead_nowhere(
    organizer: FlaskClient, closed: Desk, engine: Engine, live: Live, small: SmallRace
) -> None:
    fill(closed, engine, organizer)
    make(organizer)
    [club] = links(organizer).values()
    picture = Picture("image/png", b"png", 10, 10)
    with writing(engine) as connection:
        save_picture(connection, 1, picture)
        save_logo(connection, 1, picture)
    held, phone = rows(engine), closed.phone("1")
    assert all(held[name] for name in ("fact", "entry", "publication", "club_link", "map_picture", "race_logo"))
    loose = [table.name for table in metadata.sorted_tables if "race" not in table.c and table.name not in PEOPLES]
    assert loose == ["race"], "a table that does not say whose race a row is of would be left behind"
    assert delete(organizer) == 302
    assert {name: number for name, number in rows(engine).items() if number} == {}
    assert [one for one in PEOPLE if one in whole_database(engine)] == []
    assert live.races == {}
    for address in (f"/r/{SLUG}", f"/r/{SLUG}/results", f"/r/{SLUG}/live", f"/r/{SLUG}/map", f"/organize/{SLUG}", club):
        assert organizer.get(address).status_code == 404, address
    assert phone.get("/api/v1/play").status == 401
    assert "比赛已删除" in organizer.get("/organize/?saved=deleted&lang=zh").text


def test_a_race_that_runs_is_not_deleted_and_says_why(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    assert "先关门" in organizer.get(f"{DELETE}?lang=zh").text
    assert delete(organizer) == 409
    assert small().counts


def test_only_its_name_deletes_a_race_and_the_archive_is_offered_first(
    organizer: FlaskClient, small: SmallRace
) -> None:
    page = organizer.get(DELETE).text
    assert page.index(f"/organize/{SLUG}/archive.zip") < page.index('name="name"')
    assert delete(organizer, "别的比赛") == 400
    assert small().race.slug == SLUG


def test_a_new_race_in_a_deleted_one_s_place_has_a_board_of_its_own(
    organizer: FlaskClient, closed: Desk, live: Live, engine: Engine
) -> None:
    boards = part_of(organizer.application, Boards)
    old = boards.of(live.races[1], now_ms())
    watcher, far_end = socket.socketpair()
    watcher.settimeout(10)
    old.streams.join(Stream(far_end, None, "zh"), b": here\n\n")
    said = b""
    while b"\nid: " not in said:
        said += watcher.recv(100_000)
    assert delete(organizer) == 302
    with writing(engine) as connection:
        assert add_race(connection, "next", b"2" * 32).id == 1, "the number is given again"
    live.catch_up()
    fresh = boards.of(live.races[1], now_ms())
    assert (fresh.rows, list(fresh.news)) == ({}, [])
    with watcher:
        assert watcher.recv(1) == b"", "whoever watched the old one is sent home"
