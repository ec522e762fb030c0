import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from base.database import open_engine, writing
from base.items import save_items
from facts.model import Draft, Race, Stage
from facts.store import add_race, append
from facts.store.writer import Writer
from race.commands.store_race import lay_down
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import Referee, move_to
from race.rules.preview import preview
from race.rules.quiz import EXPIRY_MS
from race.store import class_table
from tests.factories import GUN, SECRET, SLUG, Log, changed, race, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk

ROW = Race(1, SLUG, Stage.RACE, "race", SECRET)


def story() -> Log:
    """Three teams' race, with undos, guns, stops and a close among their facts."""
    log = Log()
    log.punch("1", "31", -20)
    log.gun(0)
    log.punch("2", "31", 50)
    log.punch("1", "32", 60)
    sheet = log.sheet("1", "32", 61)
    log.punch("3", "33", 70)
    log.answer("1", "32", 80, sheet, right=1)
    slip = log.game("3", "33", 90)
    undo = log.undo(slip, 95)
    log.gun(55)
    log.decide("stop", 100)
    log.punch("2", "32", 110)
    log.undo(undo, 120)
    log.decide("resume", 130)
    end = log.finish("2", 140)
    log.heads("2", 150)
    log.decide("close", 200)
    log.undo(end, 210)
    log.punch("1", "33", 150, received=300)
    return log


@given(st.lists(st.integers(1, 6), min_size=20, max_size=20))
@settings(max_examples=40, deadline=None)
def test_hearing_facts_in_any_portions_is_the_same_as_reading_the_whole_log(portions: list[int]) -> None:
    facts = story().facts
    kept_up, at = LiveRace(ROW, race(), []), 0
    for size in portions:
        kept_up.hear(facts[at : at + size])
        at += size
    kept_up.hear(facts[at:])
    rebuilt = LiveRace(ROW, race(), facts)
    assert kept_up.runs == rebuilt.runs
    assert kept_up.whole == rebuilt.whole
    assert kept_up.open_until == rebuilt.open_until
    assert kept_up.revision == rebuilt.revision == len(facts)


def test_who_would_move_is_told_as_if_all_were_scored_again_and_nothing_is_changed() -> None:
    facts, told = story().facts, 0
    for number, fact in enumerate(facts):
        known, at = facts[:number], max(each.received_at for each in facts[: number + 1])
        live = LiveRace(ROW, race(), known)
        runs, places = dict(live.runs), live.standings(fresh=True)
        found = live.supposing(fact)()
        assert found == preview(race(), known, fact, at), fact
        assert (live.runs, live.standings(fresh=True), live.revision) == (runs, places, number)
        told += bool(found)
    assert told > len(facts) / 2


def test_only_whose_fact_it_is_is_folded_again() -> None:
    live = LiveRace(ROW, race(), story().facts[:2])
    before = dict(live.runs)
    log = story()
    assert live.hear(log.facts[2:3]) == {"2"}
    assert live.runs["1"] is before["1"]
    assert live.runs["2"] is not before["2"]


def test_a_finish_that_is_heard_of_late_takes_back_the_answer_that_was_given_after_it() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "32", 60)
    log.answer("1", "32", 80, log.sheet("1", "32", 61), right=2)
    log.finish("1", 70, received=90)
    live = LiveRace(ROW, race(), log.facts[:-1])
    before = live.runs["1"]
    live.hear(log.facts[-1:])
    after = live.runs["1"]
    assert [run.visits["32"].passed_at is None for run in (before, after)] == [False, True]
    assert live.runs == LiveRace(ROW, race(), log.facts).runs


def test_a_start_that_is_heard_of_late_moves_the_arrival_to_the_first_punch_after_it() -> None:
    setup, log = race(changed("classes", 0, start="punch")), Log()
    log.punch("1", "S1", 40)
    log.punch("1", "31", 50)
    log.punch("1", "31", 120)
    log.add("start", 100, "1")
    live = LiveRace(ROW, setup, log.facts[:-1])
    before = live.runs["1"]
    live.hear(log.facts[-1:])
    after = live.runs["1"]
    assert [(run.visits["31"].at - GUN) // 1000 for run in (before, after)] == [50, 120]
    assert live.runs == LiveRace(ROW, setup, log.facts).runs


def test_a_gun_folds_everybody_again() -> None:
    live = LiveRace(ROW, race(), [])
    log = Log()
    log.gun(0)
    assert live.hear(log.facts) == {"1", "2", "3"}


def test_facts_of_set_up_make_no_run() -> None:
    live = LiveRace(Race(1, SLUG, Stage.SETUP, "race", SECRET), race(), story().facts)
    assert live.revision == len(story().facts)
    assert not any(run.visits for run in live.runs.values())


def test_a_fact_of_a_team_that_left_is_kept_in_the_log_and_nowhere_else() -> None:
    log = Log()
    log.gun(0)
    log.punch("99", "31", 10)
    assert "99" not in LiveRace(ROW, race(), log.facts).runs


def test_the_queue_is_in_order_of_arrival_and_forgets_who_finished() -> None:
    log = Log()
    log.gun(0)
    log.punch("2", "33", 10)
    log.punch("1", "33", 20)
    log.punch("3", "33", 5)
    log.finish("3", 30)
    live = LiveRace(ROW, race(), log.facts)
    assert [task.arrived_at for task in live.queue("33")] == [GUN + 10_000, GUN + 20_000]


def test_a_bib_is_found_with_or_without_its_noughts() -> None:
    live = LiveRace(ROW, race(changed("entries", 1, bib="007") | {}), [])
    assert [entry and entry.id for entry in map(live.entry_by_bib, ("7", " 007 ", "1", "8"))] == ["2", "2", "1", None]
    data = race_file()
    del data["entries"][0]["bib"]
    assert LiveRace(ROW, race(data), []).entry_by_bib("0") is None


def test_a_sheet_that_ran_out_is_given_up_and_a_race_whose_time_has_come_is_closed(
    desk: Desk, small: SmallRace, live: Live, engine: Engine
) -> None:
    desk.start()
    phone = desk.phone("1")
    deadline = phone.open_sheet("32")["deadline"]
    referee = Referee(live, Writer(engine, live.hear))
    referee.tick(deadline + EXPIRY_MS - 1)
    assert phone.play()["tasks"]["32"][0]["state"] == "open"
    for _ in range(2):
        referee.tick(deadline + EXPIRY_MS)
    task = phone.play()["tasks"]["32"][0]
    assert (task["state"], len(task["tries"]), task["tries"][0]["right"]) == ("cooling", 1, 0)
    closing = small().closing
    assert closing
    before = small().revision
    for _ in range(3):
        referee.tick(closing)
    assert small().whole.closed_at == closing
    assert small().revision == before + 1
    referee._writer.close()


def test_nothing_is_written_again_and_again_for_who_finished_with_an_open_sheet(
    desk: Desk, small: SmallRace, live: Live, engine: Engine
) -> None:
    desk.start()
    phone = desk.phone("1")
    deadline = phone.open_sheet("32")["deadline"]
    phone.finish()
    commits: list[int] = []

    def counted(work: Callable[[], None]) -> None:
        commits.append(1)
        work()

    referee = Referee(live, Writer(engine, live.hear, counted))
    for second in range(5):
        referee.tick(deadline + EXPIRY_MS + 1000 * second)
    closing = small().closing
    assert closing
    referee.tick(closing)
    close = next(fact for fact in small().by_id.values() if fact.body.get("what") == "close")
    desk.act("decision", what="undo", value={"fact": close.id})
    assert small().whole.closed_at is None
    for _ in range(5):
        referee.tick(closing)
    assert len(commits) == 2
    referee._writer.close()


def test_a_stage_that_moves_while_its_race_is_read_is_noticed(engine: Engine, race_row: Race) -> None:
    here = Live(engine)
    lay_down(engine, SLUG, changed("checkpoints", 1, name="新木桥"), None, "operator")
    beside = open_engine(str(engine.url))
    opened: list[object] = []

    def meanwhile(*_: object) -> None:
        opened.append(1)
        if len(opened) == 2:
            with writing(beside) as connection:
                move_to(connection, here.races[race_row.id], Stage.TRIAL, "organizer", GUN)

    event.listen(engine, "connect", meanwhile)
    for _ in range(3):
        here.catch_up()
    assert here.races[race_row.id].race.stage is Stage.TRIAL
    beside.dispose()


def test_what_another_process_wrote_is_caught_up_with(engine: Engine, race_row: Race) -> None:
    here = Live(engine)
    lay_down(engine, SLUG, changed("checkpoints", 1, name="新木桥"), None, "operator")
    lay_down(engine, "second", race_file(race={"slug": "second"}), None, "operator")
    here.catch_up()
    found = here.by_slug(SLUG)
    assert found
    assert found.setup.checkpoints["31"].name == "新木桥"
    assert here.by_slug("SECOND")


def test_two_processes_that_write_in_turn_follow_each_other_without_reading_the_race_anew(
    engine: Engine, race_row: Race
) -> None:
    here, there = Live(engine), Live(engine)
    followed = here.races[race_row.id]
    writers = [Writer(engine, here.hear), Writer(engine, there.hear)]
    for number in range(6):
        writers[number % 2].append(race_row.id, [Draft(f"{number}", "gun", GUN + number, GUN, "t")])
    here.hear_of(race_row.id, followed.revision + 1)
    assert here.races[race_row.id] is followed
    assert followed.revision == there.races[race_row.id].revision
    assert followed.revision == Live(engine).races[race_row.id].revision
    for writer in writers:
        writer.close()


def test_two_threads_that_hear_and_catch_up_lose_nothing(engine: Engine, race_row: Race) -> None:
    here, there = Live(engine), Live(engine)
    writers = [Writer(engine, here.hear), Writer(engine, there.hear)]

    def write(which: int) -> None:
        for number in range(30):
            name = f"{which}-{number}"
            writers[which].append(race_row.id, [Draft(name, "message", GUN, GUN, "t", body={"text": name})])
            (here if which else there).catch_up()

    threads = [threading.Thread(target=write, args=(which,)) for which in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for live in (here, there):
        live.catch_up()
        assert live.races[race_row.id].revision == Live(engine).races[race_row.id].revision
        assert len(live.races[race_row.id].by_id) == 0
    for writer in writers:
        writer.close()


def test_a_race_that_cannot_be_read_takes_no_other_down_with_it(
    engine: Engine, race_row: Race, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(engine) as connection:
        broken = add_race(connection, "broken", bytes(32))
        save_items(connection, class_table, broken.id, {"open": {"id": "open", "course": "nowhere"}})
    live = Live(engine)
    assert live.by_slug("broken") is None
    assert live.by_slug(race_row.slug) is not None
    assert "broken" in caplog.text
    live.catch_up()
    assert len(caplog.records) == 1
    with writing(engine) as connection:
        save_items(connection, class_table, broken.id, {})
        append(connection, broken.id, [Draft("mended", "setup", 1, 1, "x", body={"part": "classes", "value": []})])
    live.catch_up()
    assert live.by_slug("broken") is not None
