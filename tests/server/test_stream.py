import time
from typing import Any

from tests.factories import SLUG
from tests.phones import Desk
from tests.serving import Served, Watcher

# Within this time all processes have heard of a commit and worked out their boards.
SETTLED_S = 1.0


def test_the_first_event_is_the_whole_board_and_later_ones_only_what_changed(served: Served, far_desk: Desk) -> None:
    begun(far_desk)
    phone = far_desk.phone("1")
    with Watcher(served.port, SLUG) as watcher:
        assert watcher.response.getheader("Content-Type") == "text/event-stream"
        first, whole = watcher.next()
        assert whole["full"]
        assert [row["entry"] for row in whole["classes"][0]["results"]] == ["1", "2", "3"]
        phone.punch("31")
        second, change = watcher.next()
        assert second > first
        assert "full" not in change
        assert change["revision"] == second
        assert [row["entry"] for row in change["classes"][0]["results"]] == ["1"]
        assert [(item["what"], item["checkpoint"]) for item in change["news"]] == [("passed", "31")]


def test_a_watcher_who_was_away_gets_what_it_missed(served: Served, far_desk: Desk, redis_url: str | None) -> None:
    """From the process that told it the last, only that; another, which told others at other times, may tell all."""
    begun(far_desk)
    phone = far_desk.phone("1")
    with Watcher(served.port, SLUG) as watcher:
        last, _ = watcher.next()
    with Watcher(served.port, SLUG) as other:
        other.next()
        phone.punch("31")
        other.next()
        phone.punch("33")
        newest, _ = other.next()
    with Watcher(served.port, SLUG, last) as again:
        seen: list[tuple[int, dict[str, Any]]] = []
        while not seen or seen[-1][0] < newest:
            seen.append(again.next())
    rows = {row["entry"]: row for _, data in seen for row in data["classes"][0]["results"]}
    assert rows["1"]["passed"] == ["31"]
    if redis_url is None:
        assert not any("full" in data for _, data in seen)
        assert rows.keys() == {"1"}


def test_a_watcher_who_knows_a_revision_that_never_was_gets_the_whole_board(served: Served, far_desk: Desk) -> None:
    with Watcher(served.port, SLUG, 999_999) as watcher:
        assert watcher.next()[1]["full"]


def begun(desk: Desk) -> int:
    """Begin the race, and return the revision that every process shows by now."""
    desk.start()
    time.sleep(SETTLED_S)
    revision: int = desk.standings()["revision"]
    return revision


def test_a_watcher_who_is_up_to_date_hears_nothing_until_something_happens(served: Served, far_desk: Desk) -> None:
    last = begun(far_desk)
    with Watcher(served.port, SLUG, last) as again:
        assert again.is_quiet_for(0.5)
        far_desk.phone("2").punch("31")
        assert again.next()[0] > last


def test_two_watchers_hear_the_same(served: Served, far_desk: Desk) -> None:
    last = begun(far_desk)
    phone = far_desk.phone("3")
    with Watcher(served.port, SLUG) as one, Watcher(served.port, SLUG) as two:
        assert one.next()[0] == two.next()[0] == last
        phone.punch("31")
        # When a board was worked out is each process's own.
        assert one.until(last + 1) | {"at": 0} == two.until(last + 1) | {"at": 0}


def test_watchers_keep_nobody_from_punching(served: Served, far_desk: Desk) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    watchers = [Watcher(served.port, SLUG) for _ in range(30)]
    try:
        assert phone.punch("31")["verdict"] == "accepted"
        assert all(watcher.next()[1]["full"] for watcher in watchers)
    finally:
        for watcher in watchers:
            watcher.__exit__()
