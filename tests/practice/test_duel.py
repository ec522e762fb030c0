"""The duel by the clock: turns, squats, the end, and that nobody can do what is not theirs."""

from hypothesis import given
from hypothesis import strategies as st

from practice.model import Duel
from practice.rules.duel import (
    ANSWERING_MS,
    CHOOSING_MS,
    GIVEN_UP_MS,
    LENGTH_MS,
    answered,
    asked,
    is_over,
    joined,
    may_answer,
    may_ask,
    score,
    settled,
    winner,
)
from practice.rules.evening import table
from race.rules.quiz import LATE_MS

T = 1_777_000_000_000


def offer(turn: int) -> tuple[str, ...]:
    return tuple(f"q{turn}{letter}" for letter in "abc")


def begun(at: int = T) -> Duel:
    return joined(Duel("ABCD", "bank", 0, ("白鹭",), at - 5000), "蜻蜓", at, offer)


def round_(duel: Duel, at: int, *, right: bool) -> Duel:
    """One question at once asked and answered."""
    asker = duel.turns[-1].asker
    duel = asked(duel, asker, duel.turns[-1].offered[0], at, offer)
    return answered(duel, 1 - asker, 2, at, offer, right=right)


def test_the_two_ask_in_turn() -> None:
    """Whoever opened the duel asks first; who has answered asks next."""
    duel = begun()
    assert may_ask(duel, 0)
    assert not may_ask(duel, 1)
    duel = asked(duel, 0, "q0b", T + 4000, offer)
    assert duel.turns[-1].question == "q0b"
    assert may_answer(duel, 1)
    assert not may_answer(duel, 0)
    duel = answered(duel, 1, 2, T + 9000, offer, right=True)
    assert may_ask(duel, 1)


def test_only_what_is_offered_can_be_asked() -> None:
    """A phone that names another question of the bank asks nothing."""
    assert asked(begun(), 0, "q5a", T, offer) == begun()


def test_the_clock_asks_for_who_does_not_and_counts_silence_as_wrong() -> None:
    """Twenty seconds to choose, twenty to answer, and a little more for the way of an answer."""
    duel = settled(begun(), T + CHOOSING_MS, offer)
    assert duel.turns[-1].question == "q0a"
    in_time = answered(duel, 1, 2, T + CHOOSING_MS + ANSWERING_MS + LATE_MS - 1, offer, right=True)
    assert score(in_time, 1).right == 1
    late = answered(duel, 1, 2, T + CHOOSING_MS + GIVEN_UP_MS, offer, right=True)
    assert (score(late, 1).right, score(late, 1).wrong) == (0, 1)
    assert late.turns[0].answer is None


def test_after_ten_minutes_only_the_pair_is_made_even() -> None:
    """A question that began in time is answered, and so is the one that makes both answer as many."""
    duel = begun()
    last = T + LENGTH_MS - 1000
    duel = asked(settled(duel, last, offer), *_whose(settled(duel, last, offer)), last, offer)
    over = settled(duel, T + 2 * LENGTH_MS, offer)
    assert is_over(over)
    assert len(over.turns) % 2 == 0


def _whose(duel: Duel) -> tuple[int, str]:
    return duel.turns[-1].asker, duel.turns[-1].offered[0]


def test_who_has_fewer_squats_wins() -> None:
    """As many wrong answers: nobody wins."""
    duel = round_(round_(begun(), T, right=False), T, right=True)
    assert winner(duel) == 0  # seat 1 answered first, and wrong
    assert winner(round_(round_(begun(), T, right=False), T, right=False)) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["ask", "answer", "look"]), st.integers(0, 1), st.integers(0, 30_000), st.booleans()),
        max_size=80,
    )
)
def test_whatever_two_phones_do_the_duel_stays_a_duel(steps: list[tuple[str, int, int, bool]]) -> None:
    """It ends, both answer as many, turns follow one another without a gap, and looking at it changes nothing."""
    duel, now = begun(), T
    for what, seat, wait, right in steps:
        now += wait
        if what == "ask":
            duel = asked(duel, seat, duel.turns[-1].offered[-1], now, offer)
        elif what == "answer":
            duel = answered(duel, seat, 1, now, offer, right=right)
        assert settled(settled(duel, now, offer), now, offer) == settled(duel, now, offer)
    over = settled(duel, max(now, T + LENGTH_MS) + 3 * (CHOOSING_MS + GIVEN_UP_MS), offer)
    assert is_over(over)
    scores = [score(over, seat) for seat in (0, 1)]
    assert scores[0].right + scores[0].wrong == scores[1].right + scores[1].wrong
    for before, after in zip(over.turns, over.turns[1:], strict=False):
        assert after.begun_at == before.ended_at
        assert after.asker == 1 - before.asker
    assert all(turn.begun_at < T + LENGTH_MS for turn in over.turns[::2])


@given(st.integers(0, 2 * LENGTH_MS), st.lists(st.integers(0, 2 * LENGTH_MS), max_size=6))
def test_it_does_not_matter_how_often_somebody_looked(last: int, looks: list[int]) -> None:
    """The clock's doings follow from the time alone."""
    duel = begun()
    for look in sorted(min(look, last) for look in looks):
        duel = settled(duel, T + look, offer)
    assert settled(duel, T + last, offer) == settled(begun(), T + last, offer)


def test_the_table_of_the_evening_adds_up_by_name() -> None:
    """The same name, however wide, is one person; a duel that nobody answered in does not count."""
    first = round_(round_(begun(), T, right=False), T, right=True)
    first = settled(first, T + 3 * LENGTH_MS, offer)
    nobody = settled(begun(), T + 3 * LENGTH_MS, offer)
    rows = table([first, nobody, settled(begun(), T, offer)])
    assert [(row.name, row.duels) for row in rows] == [("白鹭", 1), ("蜻蜓", 1)]
    assert rows[0].won == 1
    assert rows[0].squats < rows[1].squats
