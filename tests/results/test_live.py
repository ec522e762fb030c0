import json
from typing import Any

import pytest

from facts.model import Fact, Race, Stage
from race.live.race import LiveRace
from results.live import EVERY_MS, GATHER_MS, KEPT_CHUNKS, MOVED_FOR_MS, Board
from tests.factories import GUN, SECRET, SLUG, Log, race


class Told:
    """A race in memory, told of each fact as it happens, and its board a second later."""

    def __init__(self) -> None:
        self.log = Log()
        self.live = LiveRace(Race(1, SLUG, Stage.RACE, "race", SECRET), race(), [])
        self.now = GUN
        self.board = Board(self.live, self.now)

    def tell(self) -> None:
        """Let the race hear what is new, and the board work it out."""
        self.live.hear(self.log.facts[self.live.revision :])
        self.now += 1000
        self.board.work_out(self.live, self.now)

    def rows(self) -> dict[str, dict[str, Any]]:
        return {row["entry"]: row for row in self.board.part("zh")["classes"][0]["results"]}


@pytest.fixture
def told() -> Told:
    told = Told()
    told.log.gun(0)
    told.tell()
    return told


def events(told: Told, seen: int | None) -> list[dict[str, Any]]:
    """The events that a watcher lacks who has seen a revision."""
    lines = told.board.lacking(seen, "zh")[1].decode().splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]


def test_the_board_is_worked_out_at_most_five_times_a_second(told: Told) -> None:
    told.log.punch("1", "31", 10)
    told.live.hear(told.log.facts[-1:])
    assert not told.board.work_out(told.live, told.now + EVERY_MS - 1)
    assert told.board.work_out(told.live, told.now + EVERY_MS)
    assert not told.board.work_out(told.live, told.now + 10 * EVERY_MS)


def test_changes_that_keep_coming_are_told_together(told: Told) -> None:
    """Ten punches a second go out in pairs: whoever would go alone waits a little for the next."""
    codes = iter(("31", "32", "33", "34"))

    def happens(at: int) -> bool:
        told.log.punch("1", next(codes), at)
        told.live.hear(told.log.facts[-1:])
        return looks(at)

    def looks(at: int) -> bool:
        return told.board.work_out(told.live, told.now + 1000 + at)

    assert happens(0)
    assert not happens(100)
    assert not looks(EVERY_MS)
    assert happens(EVERY_MS + 2), "the second of the pair brings the first along"
    assert not happens(EVERY_MS + 103)
    assert not looks(2 * EVERY_MS + GATHER_MS - 1)
    assert looks(2 * EVERY_MS + GATHER_MS), "nobody else came"


def test_a_clock_that_is_set_back_holds_no_board_up(told: Told) -> None:
    told.log.punch("1", "31", 10)
    told.live.hear(told.log.facts[-1:])
    an_hour_earlier = told.now - 3_600_000
    assert not told.board.work_out(told.live, an_hour_earlier)
    assert told.board.work_out(told.live, an_hour_earlier + EVERY_MS)


def test_a_change_that_just_missed_the_last_telling_waits_for_nobody(told: Told) -> None:
    told.log.punch("1", "31", 10)
    told.live.hear(told.log.facts[-1:])
    assert not told.board.work_out(told.live, told.now + 1)
    assert told.board.work_out(told.live, told.now + EVERY_MS)


def test_a_board_of_a_revision_is_encoded_once(told: Told) -> None:
    assert told.board.full("zh") is told.board.full("zh")
    before = told.board.full("zh")
    told.log.punch("1", "31", 10)
    told.tell()
    assert told.board.full("zh") is not before
    assert json.loads(told.board.full("en"))["revision"] == 2


def test_who_rises_and_who_falls_is_shown_for_two_minutes(told: Told) -> None:
    told.log.punch("1", "31", 100)
    told.tell()
    told.log.punch("2", "31", 90, received=120)
    told.tell()
    assert {entry: row["moved"] for entry, row in told.rows().items()} == {"2": 0, "1": -1, "3": 0}
    told.log.punch("1", "33", 130)
    told.log.game("1", "33", 140)
    told.tell()
    assert {entry: row["moved"] for entry, row in told.rows().items()} == {"1": 1, "2": -1, "3": 0}
    told.now += MOVED_FOR_MS
    told.log.punch("3", "31", 200)
    told.tell()
    assert {entry: row["moved"] for entry, row in told.rows().items()} == {"1": 0, "2": 0, "3": 0}


def test_a_watcher_first_gets_everything_and_then_what_changed(told: Told) -> None:
    first, *rest = events(told, None)
    assert first["full"]
    assert not rest
    assert events(told, first["revision"]) == []
    told.log.punch("2", "31", 10)
    told.tell()
    [change] = events(told, first["revision"])
    assert [row["entry"] for row in change["classes"][0]["results"]] == ["2"]


def test_a_watcher_who_was_away_gets_each_change_it_missed_in_order(told: Told) -> None:
    seen = told.board.revision
    for number, entry in enumerate("123", 1):
        told.log.punch(entry, "31", number)
        told.tell()
    missed = events(told, seen)
    assert [event["revision"] for event in missed] == [seen + 1, seen + 2, seen + 3]
    assert not any("full" in event for event in missed)


def test_a_watcher_who_was_away_too_long_gets_everything(told: Told) -> None:
    seen = told.board.revision
    for number in range(KEPT_CHUNKS + 1):
        told.log.punch("1", "31", number)
        told.tell()
    assert events(told, seen)[0]["full"]
    assert events(told, 10**9)[0]["full"]


def test_stations_tell_how_many_wait_and_how_long_a_newcomer_would(told: Told) -> None:
    told.log.punch("1", "33", 10)
    told.log.punch("2", "33", 20)
    told.tell()
    assert told.board.part("zh")["stations"] == {"33": {"ahead": 2, "wait_s": 360}}
    told.log.stamp("1", "33", "begun", 30)
    told.tell()
    assert told.board.part("zh")["stations"]["33"]["ahead"] == 1


def test_a_class_name_is_in_the_reader_s_language(told: Told) -> None:
    assert json.loads(told.board.full("zh"))["classes"][0]["name"] == "公开组"


def test_a_fact_of_another_log_changes_no_row(told: Told) -> None:
    before = told.rows()
    told.log.punch("1", "31", 10)
    fact: Fact = told.log.facts.pop()
    other = Fact(**{name: getattr(fact, name) for name in Fact.__slots__} | {"log": "trial-1"})
    told.live.hear([other])
    told.board.work_out(told.live, told.now + 1000)
    assert told.rows() == before
