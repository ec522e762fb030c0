"""The race day at one moment, from runs alone."""

from organize.model import Tab
from organize.rules.day import (
    day_of,
    fullest,
    in_order,
    is_quiet,
    punches_in,
    queues_of,
    told,
    unsafe_of,
)
from race.model import Run
from tests.factories import COMPASS, DRAGONFLY, EGRET, GUN, Log, race

MINUTE = 60


def runs(log: Log) -> dict[str, Run]:
    return {name: log.run(name) for name in (EGRET, DRAGONFLY, COMPASS)}


def lists(log: Log, now_s: float, unsafe: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    day = day_of(race(), runs(log).values(), unsafe, GUN + round(now_s * 1000))
    return {tab.value: [run.entry for run in day.tabs[tab]] for tab in Tab}


def test_before_the_gun_who_is_checked_in_is_out_and_who_is_not_has_not_started() -> None:
    log = Log()
    log.add("checkin", -600, EGRET, heads=4, members=[0, 1, 2, 3])
    day = day_of(race(), runs(log).values(), frozenset(), GUN)
    assert [run.entry for run in day.tabs[Tab.OUT]] == [EGRET]
    assert [run.entry for run in day.tabs[Tab.AHEAD]] == [DRAGONFLY, COMPASS]
    assert (day.checked_in, day.checked_in_heads, day.expected_heads) == (1, 4, 15)


def test_who_finished_is_back_and_to_be_counted_until_a_marshal_has_counted_heads() -> None:
    log = Log()
    log.gun()
    log.punch(EGRET, "31", 60)
    log.finish(EGRET, 600)
    assert lists(log, 700) == {"out": [], "back": [EGRET], "heads": [EGRET], "ahead": [DRAGONFLY, COMPASS]}
    log.heads(EGRET, 650)
    assert lists(log, 700)["heads"] == []
    assert lists(log, 700)["back"] == [EGRET]


def test_a_team_that_withdrew_is_signed_off_only_when_it_is_known_to_be_safe() -> None:
    log = Log()
    log.gun()
    log.punch(EGRET, "31", 60)
    missing = log.add("withdraw", 300, EGRET, members=None, safe=False)
    facts = {EGRET: [fact for fact in log.facts if fact.entry == EGRET]}
    unsafe = unsafe_of(facts, frozenset())
    assert unsafe == {EGRET}
    assert lists(log, 400, unsafe)["out"] == [EGRET]
    assert unsafe_of(facts, frozenset({missing})) == frozenset()
    log.add("withdraw", 900, EGRET, members=None, safe=True)
    found = unsafe_of({EGRET: [fact for fact in log.facts if fact.entry == EGRET]}, frozenset())
    assert lists(log, 1000, found) == {"out": [], "back": [EGRET], "heads": [], "ahead": [DRAGONFLY, COMPASS]}


def test_whoever_was_not_heard_of_for_longest_stands_first_and_counts_as_quiet_after_twenty_minutes() -> None:
    log = Log()
    log.gun()
    log.punch(EGRET, "31", 5 * MINUTE)
    log.punch(DRAGONFLY, "31", 2 * MINUTE)
    day = day_of(race(), runs(log).values(), frozenset(), GUN + 23 * MINUTE * 1000)
    assert [run.entry for run in in_order(Tab.OUT, day.tabs[Tab.OUT])] == [DRAGONFLY, EGRET]
    assert day.quiet == 1
    assert not is_quiet(log.run(EGRET), GUN + 25 * MINUTE * 1000)
    assert is_quiet(log.run(EGRET), GUN + 25 * MINUTE * 1000 + 1)


def test_a_station_s_queue_is_in_order_of_arrival_with_who_plays_apart() -> None:
    log = Log()
    log.gun()
    for at, entry in ((30, COMPASS), (60, EGRET), (90, DRAGONFLY)):
        log.punch(entry, "33", at)
    log.stamp(COMPASS, "33", "begun", 100)
    stations, asking = queues_of(race(), runs(log).values())
    here = next(queue for queue in stations if queue.checkpoint == "33")
    assert here.playing == (COMPASS,)
    assert here.waiting == ((GUN + 60_000, EGRET), (GUN + 90_000, DRAGONFLY))
    assert here.wait_s == 2 * race().games["throw"].typical_s
    assert not asking
    assert fullest(stations) == here


def test_one_waiting_team_is_no_crowd_to_be_led_away() -> None:
    log = Log()
    log.gun()
    log.punch(EGRET, "33", 30)
    assert fullest(queues_of(race(), runs(log).values())[0]) is None


def test_who_has_questions_in_hand_is_counted_where_they_stand() -> None:
    log = Log()
    log.gun()
    for entry in (EGRET, DRAGONFLY):
        log.punch(entry, "32", 30)
        log.sheet(entry, "32", 30)
    assert queues_of(race(), runs(log).values())[1] == {"32": 2}
    log.finish(EGRET, 100)
    assert queues_of(race(), runs(log).values())[1] == {"32": 1}


def says(log: Log, name: str) -> str:
    fact = next(fact for fact in log.facts if fact.id == name)
    return str(told(race(), runs(log), fact))


def test_the_news_says_what_each_record_came_to() -> None:
    log = Log()
    gun = log.gun()
    plain = log.punch(EGRET, "31", 60)
    reached = log.punch(EGRET, "32", 120)
    sheet = log.sheet(EGRET, "32", 120)
    failed = log.answer(EGRET, "32", 140, sheet, right=1)
    again = log.sheet(EGRET, "32", 220, attempt=2)
    passed = log.answer(EGRET, "32", 240, again, right=3)
    log.punch(EGRET, "33", 300)
    lost = log.game(EGRET, "33", 400, hits=1)
    home = log.finish(EGRET, 500)
    stopped = log.decide("stop", 510)
    assert [says(log, name) for name in (gun, plain, reached, failed, passed, lost, home, stopped)] == [
        "The gun",
        "白鹭 passed 31",
        "白鹭 reached 32",
        "白鹭 is 1 short at 32",
        "白鹭 passed 32",
        "白鹭 did not pass 33",
        "白鹭 reached the finish",
        "All clocks stopped",
    ]


def test_a_punch_before_the_gun_and_a_sheet_are_no_news() -> None:
    log = Log()
    early = log.punch(EGRET, "31", -5)
    log.gun()
    log.punch(EGRET, "32", 30)
    sheet = log.sheet(EGRET, "32", 30)
    assert says(log, early) == says(log, sheet) == "None"


def test_punches_are_counted_over_the_last_minute() -> None:
    log = Log()
    log.gun()
    for at in (10, 65, 70, 119):
        log.punch(EGRET, "31", at)
    assert punches_in(reversed(log.facts), GUN + 120_000) == 3
