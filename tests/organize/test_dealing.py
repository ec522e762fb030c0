import re

from flask.testing import FlaskClient

from organize.rules.dealing import Deal, compared, deal, read_waves, spread, with_dealt
from tests.factories import SLUG, race, race_file
from tests.fixtures_app import SmallRace
from tests.organize.pages import fields, send
from tests.organize.test_teams import TEAMS, opened, save
from tests.phones import csrf

DEAL = f"{TEAMS}/deal"


def firsts(small: SmallRace) -> list[tuple[str, ...]]:
    return [entry.first for entry in small().setup.entries.values()]


def test_what_dealing_would_do_is_looked_at_first(organizer: FlaskClient, small: SmallRace) -> None:
    """Each team gets another checkpoint, the two of one club too; nothing is stored by looking."""
    page = organizer.get(f"{DEAL}?what=first&each=2")
    assert page.text.count("<td><b>3") == 3
    assert firsts(small) == [(), (), ()]
    done = send(organizer, page, "/teams/deal", DEAL, **_second(page))
    assert done.status_code == 302
    assert len({first[0] for first in firsts(small)}) == 3
    assert all(len(first) == 2 for first in firsts(small))


def _second(page: object) -> dict[str, str]:
    """The second of the page's two forms is the one that deals."""
    text = page.text  # type: ignore[attr-defined]  # a test response
    seen = re.search(r'name="seen" value="([^"]*)"', text)
    token = re.search(r'name="csrf_token" value="([^"]*)"', text)
    assert seen
    assert token
    return {"seen": seen[1], "csrf_token": token[1]}


def test_a_dealing_is_taken_back_but_not_what_was_set_by_hand_since(organizer: FlaskClient, small: SmallRace) -> None:
    page = organizer.get(f"{DEAL}?what=wave&waves=甲 乙")
    done = organizer.post(DEAL, data={**_second(page), "what": "wave", "waves": "甲 乙"})
    assert {entry.wave for entry in small().setup.entries.values()} == {"甲", "乙"}
    assert save(organizer, opened(organizer), wave="丙").status_code == 302
    offered = organizer.get(done.location)
    assert "批次已分好。" in offered.text
    back = send(organizer, offered, "/teams/undo", f"{TEAMS}/undo")
    assert back.status_code == 302
    assert [entry.wave for entry in small().setup.entries.values()] == ["丙", None, None]
    again = send(organizer, offered, "/teams/undo", f"{TEAMS}/undo")
    assert again.status_code == 410, "once is enough"


def test_teams_that_changed_meanwhile_are_dealt_anew_first(organizer: FlaskClient, small: SmallRace) -> None:
    page = organizer.get(f"{DEAL}?what=first")
    assert save(organizer, opened(organizer), team="改名").status_code == 302
    late = organizer.post(DEAL, data={**_second(page), "what": "first"})
    assert late.status_code == 409
    assert firsts(small) == [(), (), ()]
    assert organizer.post(DEAL, data={**_second(late), "what": "first"}).status_code == 302


def test_a_number_out_of_bounds_is_said(organizer: FlaskClient) -> None:
    assert "1" in organizer.get(f"{DEAL}?what=first&each=99").text
    sent = {"csrf_token": csrf(organizer, "/organize/"), "what": "first", "each": "99", "seen": "x"}
    assert organizer.post(DEAL, data=sent).status_code in (400, 409)


def test_who_has_a_first_checkpoint_keeps_it_unless_all_are_dealt_again() -> None:
    entries = race_file()["entries"]
    entries[0]["first"] = ["33"]
    kept = deal(entries, race(), Deal())
    assert kept["1"] == ["33"]
    assert [row.id for row in compared(entries, "first", kept)] == ["2", "3"]
    assert sum(spread(entries, "first", kept).values()) == 3
    assert deal(entries, race(), Deal(each=2, again=True))["1"] != ["33"]


def test_waves_are_read_however_they_are_set_apart_each_once() -> None:
    assert read_waves("a b,c、a；d") == ("a", "b", "c", "d")


def test_nothing_dealt_takes_nothing_away() -> None:
    entries = [{"id": "1", "wave": "a"}, {"id": "2"}]
    assert with_dealt(entries, "wave", {"2": "b"}) == [{"id": "1", "wave": "a"}, {"id": "2", "wave": "b"}]
    assert with_dealt(entries, "wave", {"1": None}) == [{"id": "1"}, {"id": "2"}]


def test_the_page_of_another_slug_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get(DEAL.replace(SLUG, "nirgends")).status_code == 404
    assert fields(organizer.get(DEAL), "/teams/deal")["each"] == "1"
