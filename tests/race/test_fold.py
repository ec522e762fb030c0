import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.model import Fact
from race.model import Status, Verdict
from tests.factories import EGRET, GUN, Log, changed, late, race, run_of


def whole_race() -> Log:
    """A team's race with everything in it: a failed sheet, a wait, a correction, a message of the jury."""
    log = Log()
    log.punch("1", "31", -30)
    log.gun(0)
    log.punch("1", "31", 100)
    log.punch("1", "31", 110)
    log.punch("1", "32", 200)
    log.quiz("1", "32", 201, right=0)
    log.quiz("1", "32", 290, attempt=2)
    log.punch("1", "33", 400)
    log.stamp("1", "33", "begun", 520)
    wrong = log.game("1", "33", 600, hits=0)
    log.undo(wrong, 605)
    log.game("1", "33", 610, hits=7)
    log.decide("stop", 620)
    log.decide("resume", 650)
    log.finish("1", 800)
    log.punch("1", "34", 810)
    log.finish("1", 900)
    log.heads("1", 905)
    return log


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """The facts of a race, and the same ones in another order, some of them twice."""
    facts = whole_race().facts
    again = draw(st.lists(st.sampled_from(facts), max_size=5))
    return facts, draw(st.permutations([*facts, *again]))


@given(shuffled())
@settings(max_examples=60, deadline=None)
def test_shuffled_and_repeated_facts_give_the_same_run(pair: tuple[list[Fact], list[Fact]]) -> None:
    facts, others = pair
    once = list({fact.id: fact for fact in others}.values())
    assert run_of(once) == run_of(facts)
    assert run_of(others) == run_of(facts)


@given(st.integers(0, len(whole_race().facts) - 1), st.integers(0, 7200))
@settings(max_examples=40, deadline=None)
def test_a_fact_that_comes_late_counts_as_if_it_had_come_in_order(which: int, seconds: int) -> None:
    facts = whole_race().facts
    later = [*facts[:which], *facts[which + 1 :], late(facts[which], seconds)]
    assert run_of(later) == run_of(facts)


def test_a_run_counts_what_was_passed_in_the_order_it_was_passed() -> None:
    run = whole_race().run()
    assert run.passed == ("31", "32", "33")
    assert (run.start, run.finish) == (GUN, GUN + 900_000)
    assert run.status is Status.OK


def test_net_time_is_elapsed_less_credit_plus_penalty() -> None:
    run = whole_race().run()
    # 120 s of waiting at the game and 30 s in which all clocks stood.
    assert (run.elapsed_s, run.credit_s, run.penalty_s, run.time_s) == (900, 150, 0, 750)


def test_a_scan_before_the_gun_opens_nothing() -> None:
    log = Log()
    early = log.punch("1", "32", -5)
    assert log.run().verdicts[early] is Verdict.NOT_STARTED
    log.gun(0)
    run = log.run()
    assert run.verdicts[early] is Verdict.NOT_STARTED
    assert not run.visits


def test_a_later_gun_takes_back_what_was_punched_before_it() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 10)
    assert log.run().passed == ("31",)
    log.gun(60)
    assert log.run().passed == ()


def test_a_repeated_punch_counts_once_and_the_first_one_counts() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    again = log.punch("1", "31", 200)
    run = log.run()
    assert run.verdicts[again] is Verdict.REPEATED
    assert run.visits["31"].at == GUN + 100_000
    assert len(run.passed) == 1


def test_two_phones_of_a_team_may_punch_in_the_same_millisecond() -> None:
    log = Log()
    log.gun(0)
    names = {log.punch("1", "31", 100), log.punch("1", "31", 100)}
    run = log.run()
    assert {run.verdicts[name] for name in names} == {Verdict.ACCEPTED, Verdict.REPEATED}
    assert run.passed == ("31",)


def test_a_punch_off_the_course_and_one_at_no_known_sign_do_not_count() -> None:
    setup = race(changed("courses", checkpoints=["31", "32", "33"]))
    log = Log()
    log.gun(0)
    off = log.punch("1", "34", 10)
    torn = log.add("punch", 20, "1", None, proof="qr", unknown="ABC")
    run = log.run(setup=setup)
    assert (run.verdicts[off], run.verdicts[torn]) == (Verdict.NOT_ON_COURSE, Verdict.UNKNOWN)
    assert not run.passed


def test_what_comes_after_the_finish_does_not_count() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    log.finish("1", 500)
    after = log.punch("1", "33", 510)
    run = log.run()
    assert run.verdicts[after] is Verdict.FINISHED
    assert run.passed == ("31",)


def test_the_last_finish_wins_because_the_last_member_stops_the_clock() -> None:
    log = Log()
    log.gun(0)
    first = log.finish("1", 500)
    last = log.finish("1", 530)
    run = log.run()
    assert run.finish == GUN + 530_000
    assert (run.verdicts[first], run.verdicts[last]) == (Verdict.REPEATED, Verdict.ACCEPTED)


def test_an_accidental_finish_that_is_undone_lets_the_team_run_on() -> None:
    log = Log()
    log.gun(0)
    slip = log.finish("1", 500)
    log.punch("1", "31", 600)
    assert log.run().passed == ()
    log.undo(slip, 610)
    run = log.run()
    assert (run.passed, run.finish, run.status) == (("31",), None, Status.ACTIVE)


def test_an_undone_undo_puts_the_finish_back() -> None:
    log = Log()
    log.gun(0)
    undo = log.undo(log.finish("1", 500), 600)
    log.undo(undo, 700)
    assert log.run().finish == GUN + 500_000


def test_a_finish_before_the_start_ends_nothing() -> None:
    log = Log()
    early = log.finish("1", -10)
    log.gun(0)
    run = log.run()
    assert run.finish is None
    assert run.verdicts[early] is Verdict.NOT_STARTED


def test_closing_ends_the_race_for_who_is_out_and_refuses_what_comes_after() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    log.decide("close", 1000)
    after = log.punch("1", "33", 1001)
    home = log.finish("1", 1002)
    run = log.run()
    assert (run.verdicts[after], run.verdicts[home]) == (Verdict.CLOSED, Verdict.CLOSED)
    assert (run.passed, run.status) == (("31",), Status.DID_NOT_FINISH)
    assert log.run("2").status is Status.DID_NOT_START


def test_a_punch_made_before_closing_counts_though_it_came_after() -> None:
    log = Log()
    log.gun(0)
    log.decide("close", 1000)
    log.punch("1", "31", 900, received=1500)
    assert log.run().passed == ("31",)


def test_a_game_taken_back_is_waiting_again() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "33", 100)
    slip = log.game("1", "33", 200)
    assert log.run().passed == ("33",)
    log.undo(slip, 210)
    assert log.run().passed == ()
    assert log.run().visits["33"].tasks[0].state == "waiting"


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (("checkin",), Status.ACTIVE),
        (("punch",), Status.ACTIVE),
        ((), Status.INACTIVE),
        (("finish",), Status.FINISHED),
        (("finish", "heads"), Status.OK),
        (("punch", "withdraw"), Status.SPORTING_WITHDRAWAL),
    ],
)
def test_only_facts_change_a_status(facts: tuple[str, ...], status: Status) -> None:
    log = Log()
    log.gun(0)
    for number, kind in enumerate(facts, 1):
        body = {"heads": 5} if kind in ("checkin", "heads") else {"members": None} if kind == "withdraw" else {}
        log.add(kind, number * 10, EGRET, "31" if kind == "punch" else None, **body)
    assert log.run().status is status


def test_a_team_that_checked_in_is_inactive_until_the_gun() -> None:
    log = Log()
    log.add("checkin", -600, "1", heads=5, members=[0, 1, 2, 3, 4])
    assert log.run().status is Status.INACTIVE
    assert log.run().checkin is not None


def test_a_member_who_withdraws_leaves_the_team_in_the_race() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 10)
    log.add("withdraw", 20, "1", members=[3], safe=True)
    run = log.run()
    assert (run.withdrawn, run.status) == ((3,), Status.ACTIVE)


@pytest.mark.parametrize(
    ("incomplete", "status", "penalty_s", "flags"),
    [
        ("allow", Status.OK, 0, ("short",)),
        ({"penalty_s": 300}, Status.OK, 600, ()),
        ("not_competing", Status.NOT_COMPETING, 0, ()),
    ],
)
def test_a_team_short_of_two_heads(incomplete: object, status: Status, penalty_s: int, flags: tuple[str, ...]) -> None:
    setup = race(changed("classes", incomplete=incomplete))
    log = Log()
    log.gun(0)
    log.finish("1", 500)
    log.heads("1", 510, heads=3)
    run = log.run(setup=setup)
    assert (run.status, run.penalty_s, run.flags) == (status, penalty_s, flags)


def test_a_class_of_no_fixed_size_needs_no_heads() -> None:
    data = changed("classes")
    del data["classes"][0]["team_size"]
    log = Log()
    log.gun(0)
    log.finish("1", 500)
    assert log.run(setup=race(data)).status is Status.OK


def test_the_last_head_count_counts() -> None:
    log = Log()
    log.gun(0)
    log.finish("1", 500)
    log.heads("1", 510, heads=4)
    log.heads("1", 520, heads=5)
    assert log.run().heads == 5
    assert log.run().flags == ()


def test_a_finish_after_the_time_limit_is_over_time_once_its_credit_is_taken_off() -> None:
    setup = race(changed("classes", time_limit_s=600))
    log = Log()
    log.gun(0)
    log.punch("1", "33", 100)
    log.stamp("1", "33", "begun", 200)
    log.game("1", "33", 300)
    log.finish("1", 700)
    log.heads("1", 710)
    assert log.run(setup=setup).status is Status.OK
    log.undo("f3", 720)
    run = log.run(setup=setup)
    assert (run.status, run.late_s) == (Status.OVER_TIME, 100)


def test_a_finish_without_a_start_shows_its_punches_and_counts_none() -> None:
    log = Log()
    log.punch(EGRET, "31", 60)
    log.finish(EGRET, 100)
    run = log.run()
    assert (run.status, run.time_s, run.passed, run.points) == (Status.FINISHED, None, (), 0)
    assert [punch.checkpoint for punch in run.punches] == ["31"]
    assert run.taken[0] == 0
    started = Log()
    started.punch(EGRET, "31", 60)
    assert started.run().punches == ()
