from collections.abc import Iterable

from race.model import Standing, Status
from race.rules.standing import club_table
from tests.factories import Log, changed, race, race_file


def places(standings: Iterable[Standing]) -> list[tuple[str, int | None]]:
    return [(standing.run.entry, standing.place) for standing in standings]


def home(log: Log, entry: str, at: float, *codes: str) -> None:
    """Let a team pass checkpoints without tasks and finish with all five."""
    for number, code in enumerate(codes):
        log.punch(entry, code, at - 100 + number)
    log.finish(entry, at)
    log.heads(entry, at + 1)


def many(number: int) -> dict[str, object]:
    """The small race with so many teams, on a course of plain checkpoints."""
    return race_file(
        checkpoints=[{"code": str(code)} for code in range(31, 35)],
        entries=[{"id": str(name), "bib": str(name), "class": "open"} for name in range(1, number + 1)],
    )


def test_equal_keys_share_a_place_and_the_next_one_is_skipped() -> None:
    log = Log()
    log.gun(0)
    for entry, at in (("1", 500), ("2", 600), ("3", 600), ("4", 700)):
        home(log, entry, at, "31", "32")
    log.decide("close", 7200)
    assert places(log.standings(race(many(4)))) == [("1", 1), ("2", 2), ("3", 2), ("4", 4)]


def test_more_checkpoints_beat_a_faster_time() -> None:
    log = Log()
    log.gun(0)
    home(log, "1", 500, "31")
    home(log, "2", 900, "31", "33", "32")
    home(log, "3", 700, "31", "32", "34")
    log.decide("close", 7200)
    assert places(log.standings(race(many(3)))) == [("3", 1), ("2", 2), ("1", 3)]


def test_whole_seconds_decide_and_not_parts_of_them() -> None:
    log = Log()
    log.gun(0.9)
    home(log, "1", 500.1, "31")
    home(log, "2", 500.8, "31")
    log.decide("close", 7200)
    assert places(log.standings(race(many(2)))) == [("1", 1), ("2", 1)]


def test_a_live_race_places_who_is_still_out_by_the_last_checkpoint_that_counted() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 300)
    log.punch("2", "31", 200)
    standings = log.standings()
    assert places(standings) == [("2", 1), ("1", 2), ("3", None)]
    assert standings[0].provisional
    assert [standing.behind_s for standing in standings] == [0, 100, None]


def test_an_unchecked_finish_is_placed_live_and_not_in_the_closed_race() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    log.finish("1", 500)
    home(log, "2", 800, "31")
    assert places(log.standings())[:2] == [("1", 1), ("2", 2)]
    log.decide("close", 7200)
    closed = log.standings()
    assert places(closed)[:2] == [("2", 1), ("1", None)]
    assert [standing.provisional for standing in closed] == [False, False, False]


def test_the_list_of_a_closed_race_runs_from_ok_to_did_not_start() -> None:
    setup = race(many(6) | {"classes": changed("classes", time_limit_s=1000, incomplete="not_competing")["classes"]})
    log = Log()
    log.gun(0)
    log.punch("1", "31", 10)
    log.add("withdraw", 20, "2", members=None)
    home(log, "3", 1200, "31")
    home(log, "4", 900, "31")
    log.finish("5", 800)
    log.heads("5", 801, heads=4)
    log.decide("close", 7200)
    assert [standing.run.status for standing in log.standings(setup)] == [
        Status.OK,
        Status.NOT_COMPETING,
        Status.OVER_TIME,
        Status.DID_NOT_FINISH,
        Status.SPORTING_WITHDRAWAL,
        Status.DID_NOT_START,
    ]


def test_among_equals_without_a_place_bibs_stand_in_the_order_of_their_numbers() -> None:
    log = Log()
    standings = log.standings(race(many(11)))
    assert [standing.run.entry for standing in standings] == [str(number) for number in range(1, 12)]


def test_a_class_without_teams_has_an_empty_list() -> None:
    assert Log().standings(race(race_file(entries=[]))) == []


def test_a_club_is_ranked_by_its_best_team() -> None:
    log = Log()
    log.gun(0)
    home(log, "1", 900, "31")
    home(log, "2", 600, "31")
    home(log, "3", 500, "31")
    standings = log.standings()
    assert club_table(race(), standings) == [(1, "湿地工会", 1, 500, 2), (2, "河道工会", 1, 600, 1)]


def test_a_club_may_be_ranked_by_its_best_two_together() -> None:
    log = Log()
    log.gun(0)
    home(log, "1", 900, "31")
    home(log, "2", 600, "31")
    home(log, "3", 500, "31")
    table = club_table(race(), log.standings(), best=2)
    assert table == [(1, "湿地工会", 2, 1400, 2), (2, "河道工会", 1, 600, 1)]


def test_clubs_with_equal_sums_share_a_place() -> None:
    log = Log()
    log.gun(0)
    home(log, "1", 600, "31")
    home(log, "2", 600, "31")
    assert [row[0] for row in club_table(race(), log.standings())] == [1, 1]
