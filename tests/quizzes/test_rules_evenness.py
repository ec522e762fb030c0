"""How even the draw is, as the course setter sees it before the race."""

from hypothesis import given
from hypothesis import strategies as st

from quizzes.model import Quiz
from quizzes.rules.evenness import Narrow, evenness, narrow, spread
from tests.quizzes.test_rules_draws import SECRET, bank_of, question


@given(size=st.integers(1, 60), drawn=st.integers(1, 8), teams=st.integers(0, 30), places=st.integers(1, 3))
def test_every_sheet_is_counted_once(size: int, drawn: int, teams: int, places: int) -> None:
    """So many questions stand on all sheets together, and so many pairs are compared, whatever the sizes."""
    bank, quiz = bank_of(size, ("a", "b"), (1, 2, 3)), Quiz("q", "b", draw=drawn, need=1)
    codes = [str(31 + place) for place in range(places)]
    found = evenness(bank, quiz, SECRET, codes, range(teams))
    assert found.sheets == teams * places == sum(found.weights.values()) == sum(found.again.values())
    assert sum(found.held.values()) == found.sheets * found.questions
    assert sum(found.neighbours.values()) == places * max(0, teams - 1)
    assert sum(found.elsewhere.values()) == teams * places * (places - 1) // 2
    assert len(found.weights) <= 1, "every sheet weighs the same"
    assert sum(spread(found.held).values()) == size


@given(size=st.integers(1, 60), drawn=st.integers(1, 8), levels=st.integers(1, 4), teams=st.integers(2, 40))
def test_neighbours_have_nothing_in_common_unless_the_page_says_why(
    size: int, drawn: int, levels: int, teams: int
) -> None:
    bank, quiz = bank_of(size, ("a", "b", "c"), tuple(range(1, levels + 1))), Quiz("q", "b", draw=drawn, need=1)
    found = evenness(bank, quiz, SECRET, ["32"], range(teams))
    assert (set(found.neighbours) == {0}) == (not narrow(bank, quiz))


def test_what_is_too_narrow_is_named_with_what_it_wants() -> None:
    bank = bank_of(12, ("a",), (1, 1, 1, 3))
    assert narrow(bank, Quiz("q", "b", draw=4)) == []
    assert narrow(bank, Quiz("q", "b", draw=8)) == [Narrow(1, 9, 12), Narrow(3, 3, 4)]


def test_a_question_that_nobody_will_be_asked_is_seen() -> None:
    """Two teams of three questions each from a bank of ten: four stay at home."""
    found = evenness(bank_of(10), Quiz("q", "b", draw=3), SECRET, ["32"], [0, 1])
    assert spread(found.held) == {0: 4, 1: 6}
    assert spread({}) == {}


def test_the_weight_is_the_sum_of_the_difficulties() -> None:
    bank = bank_of(8, ("a",), (1, 3))
    assert evenness(bank, Quiz("q", "b", draw=4), SECRET, ["32"], range(3)).weights == {8: 3}
    assert evenness(bank_of(8), Quiz("q", "b", draw=4), SECRET, ["32"], range(3)).weights == {8: 3}
    assert question("1").difficulty is None
