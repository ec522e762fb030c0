from dataclasses import replace

from facts.rules import by_kind
from race.model import Entry
from race.rules.whole import closing_of, gun_of, start_of, whole_of
from tests.factories import DRAGONFLY, EGRET, GUN, Log, changed, race, race_file

ALL = (None, None)


def test_the_latest_gun_wins_whatever_order_they_arrive_in() -> None:
    log = Log()
    log.gun(0)
    log.gun(30)
    assert whole_of(log.facts).guns[ALL] == GUN + 30_000
    assert whole_of(reversed(log.facts)) == whole_of(log.facts)


def test_a_recall_takes_back_the_guns_before_it_and_not_the_next() -> None:
    log = Log()
    log.gun(0)
    log.decide("recall", 20)
    assert not log.whole().guns
    log.gun(300)
    assert log.whole().guns == {ALL: GUN + 300_000}


def test_a_recall_of_one_wave_leaves_the_others_running() -> None:
    log = Log()
    log.gun(0, wave="a")
    log.gun(60, wave="b")
    log.decide("recall", 80, {"wave": "b"})
    assert log.whole().guns == {(None, "a"): GUN}


def test_an_undone_gun_was_never_fired() -> None:
    log = Log()
    log.gun(0)
    log.undo(log.gun(60), 70)
    assert log.whole().guns[ALL] == GUN


def test_an_undo_that_is_undone_takes_nothing_back() -> None:
    log = Log()
    gun = log.gun(0)
    undo = log.undo(gun, 60)
    assert log.whole().undone == {gun}
    log.undo(undo, 90)
    assert log.whole().undone == {undo}
    assert log.whole().guns[ALL] == GUN


def test_an_undo_whose_clock_is_slow_still_takes_the_earlier_undo_back() -> None:
    log = Log()
    gun = log.gun(0)
    undo = log.undo(gun, 60)
    log.undo(undo, 30)
    assert log.whole().undone == {undo}


def test_undos_that_name_each_other_come_to_an_end() -> None:
    log = Log()
    log.decide("undo", 1, {"fact": "b"}, name="a")
    log.decide("undo", 2, {"fact": "a"}, name="b")
    assert log.whole().undone <= {"a", "b"}


def test_an_entry_starts_by_the_gun_of_its_wave() -> None:
    setup = race(changed("classes", start="wave"))
    log = Log()
    log.gun(0, wave="a")
    log.gun(300, wave="b")
    class_ = setup.classes["open"]

    def gun(wave: str | None) -> int | None:
        return gun_of(log.whole(), class_, replace(setup.entries["1"], wave=wave))

    assert (gun("a"), gun("b"), gun("c"), gun(None)) == (GUN, GUN + 300_000, None, None)


def test_a_gun_for_another_class_starts_nobody_here() -> None:
    log = Log()
    log.gun(0, class_="junior")
    assert gun_of(log.whole(), race().classes["open"], race().entries["1"]) is None


def test_each_class_says_what_starts_its_clock() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "S1", 90)
    entry: Entry = replace(race().entries["1"], starts_at=GUN + 600_000)

    def start(kind: str) -> int | None:
        class_ = race(changed("classes", start=kind)).classes["open"]
        return start_of(log.whole(), class_, entry, by_kind(log.facts), frozenset({"S1"}))

    assert start("mass") == GUN
    assert start("interval") == GUN + 600_000
    assert start("punch") == GUN + 90_000


def test_a_recorded_start_counts_where_the_class_starts_by_punch_or_nothing_else_is_known() -> None:
    log = Log()
    log.add("start", 120, "1")
    assert log.run("1").start == GUN + 120_000
    log.gun(0)
    assert log.run("1").start == GUN
    assert log.run("1", race(changed("classes", start="punch"))).start == GUN + 120_000


def test_the_jury_may_move_the_start_of_an_entry() -> None:
    log = Log()
    log.gun(0)
    log.decide("start", 500, {"at": GUN + 30_000}, EGRET)
    assert log.run(EGRET).start == GUN + 30_000
    assert log.run(DRAGONFLY).start == GUN


def test_closing_follows_the_last_gun_unless_an_instant_is_fixed() -> None:
    log = Log()
    about = race().about
    assert closing_of(about, log.whole()) is None
    log.gun(0, wave="a")
    log.gun(600, wave="b")
    assert closing_of(about, log.whole()) == GUN + 600_000 + 7_200_000
    assert closing_of(replace(about, closing_at=GUN + 5), log.whole()) == GUN + 5
    assert closing_of(replace(about, closing_after_s=None), log.whole()) is None


def test_stops_pair_with_the_next_resume_and_the_last_may_stay_open() -> None:
    log = Log()
    log.decide("stop", 10)
    log.decide("resume", 40)
    log.decide("resume", 50)
    log.decide("stop", 60)
    assert log.whole().stops == ((GUN + 10_000, GUN + 40_000), (GUN + 60_000, None))


def test_a_race_file_may_fix_its_closing() -> None:
    about = {**race_file()["race"], "closing": {"at": "2026-05-01T11:30:00+08:00"}}
    assert race(race_file(race=about)).about.closing_at == GUN + 9_000_000
