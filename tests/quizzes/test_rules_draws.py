import hmac
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.model import Bank, Question, QuestionKind, Quiz, Step, StepKind
from quizzes.rules import Orders, choice_order, draw
from quizzes.rules.draws import shares

SECRET = b"the race's own secret, 32 bytes!"


def question(name: str, tag: str = "湿地", difficulty: int | None = None, *choices: str) -> Question:
    shown = choices or ("甲", "乙", "丙", "丁")
    return Question(name, QuestionKind.SINGLE, f"第{name}题", 0, shown, tags=(tag,), difficulty=difficulty)


def bank_of(number: int, tags: tuple[str, ...] = ("湿地",), levels: tuple[int | None, ...] = (None,)) -> Bank:
    return Bank("b", tuple(question(str(i), tags[i % len(tags)], levels[i % len(levels)]) for i in range(number)))


def names(sheet: tuple[Question, ...]) -> list[str]:
    return [item.id for item in sheet]


@given(
    size=st.integers(1, 80),
    tags=st.integers(1, 7),
    levels=st.integers(1, 4),
    drawn=st.integers(1, 12),
    draw_no=st.integers(0, 500),
    attempt=st.integers(1, 9),
)
def test_a_sheet_is_full_repeats_nothing_and_can_be_drawn_again(
    size: int, tags: int, levels: int, drawn: int, draw_no: int, attempt: int
) -> None:
    bank = bank_of(size, tuple(f"t{i}" for i in range(tags)), tuple(range(1, levels + 1)))
    quiz = Quiz("q", "b", draw=drawn, need=1)
    sheet = draw(bank, quiz, SECRET, "32", draw_no, attempt)
    assert len(sheet) == min(size, drawn)
    assert len(set(names(sheet))) == len(sheet)
    assert draw(bank, quiz, SECRET, "32", draw_no, attempt) == sheet


@given(size=st.integers(1, 60), drawn=st.integers(1, 10), levels=st.integers(1, 3))
def test_every_sheet_weighs_the_same(size: int, drawn: int, levels: int) -> None:
    bank = bank_of(size, ("a", "b"), tuple(range(1, levels + 1)))
    quiz = Quiz("q", "b", draw=drawn, need=1)
    weights = {
        tuple(item.difficulty for item in draw(bank, quiz, SECRET, "32", k, a)) for k in range(20) for a in (1, 2)
    }
    assert len(weights) == 1


@given(size=st.integers(10, 90), drawn=st.integers(1, 5), draw_no=st.integers(0, 300))
def test_neighbours_share_no_question_while_the_bank_lasts(size: int, drawn: int, draw_no: int) -> None:
    quiz = Quiz("q", "b", draw=drawn, need=1)
    bank = bank_of(size, ("a", "b", "c"))
    mine = set(names(draw(bank, quiz, SECRET, "32", draw_no, 1)))
    following = set(names(draw(bank, quiz, SECRET, "32", draw_no + 1, 1)))
    assert mine.isdisjoint(following)


def test_thirty_eight_teams_and_their_second_tries_meet_no_sheet_twice() -> None:
    quiz = Quiz("q", "b")
    bank = bank_of(1500, ("a", "b", "c", "d", "e"))
    orders = Orders()
    sheets = [frozenset(names(draw(bank, quiz, SECRET, "32", k, a, orders))) for k in range(38) for a in (1, 2, 3)]
    assert len(set(sheets)) == len(sheets)
    assert len(frozenset().union(*sheets)) == 38 * 3 * 5


def test_a_second_try_is_not_the_next_team_s_first_even_in_a_small_bank() -> None:
    quiz = Quiz("q", "b")
    bank = bank_of(24)
    for k in range(30):
        assert set(names(draw(bank, quiz, SECRET, "32", k, 2))) != set(names(draw(bank, quiz, SECRET, "32", k + 1, 1)))
        mine = [names(draw(bank, quiz, SECRET, "32", k, attempt)) for attempt in (1, 2, 3)]
        assert len({name for sheet in mine for name in sheet}) == 15


def test_without_end_a_team_still_gets_new_questions_each_time() -> None:
    quiz = Quiz("q", "b", draw=2, need=2, on_fail=(Step(StepKind.COOL_DOWN_S),))
    bank = bank_of(50)
    seen = [frozenset(names(draw(bank, quiz, SECRET, "32", 7, attempt))) for attempt in range(1, 11)]
    assert len(set(seen)) == 10


def test_each_question_is_asked_about_as_often_as_any_other() -> None:
    quiz = Quiz("q", "b", draw=5)
    bank = bank_of(53, ("a", "b", "c", "d"))
    asked = Counter(name for k in range(530) for name in names(draw(bank, quiz, SECRET, "32", k, 1)))
    assert set(asked) == {item.id for item in bank.questions}
    assert max(asked.values()) - min(asked.values()) <= 2


def test_subjects_stand_on_each_sheet_in_proportion() -> None:
    bank = Bank("b", tuple(question(f"{tag}{i}", tag) for tag, n in (("a", 60), ("b", 40)) for i in range(n)))
    quiz = Quiz("q", "b", draw=5)
    for k in range(40):
        assert Counter(item.tags[0] for item in draw(bank, quiz, SECRET, "32", k, 1)) == {"a": 3, "b": 2}


def test_a_rare_subject_is_asked_in_its_turn_and_not_never() -> None:
    bank = Bank("b", tuple(question(f"{tag}{i}", tag) for tag, n in (("a", 97), ("b", 3)) for i in range(n)))
    quiz = Quiz("q", "b", draw=5)
    rare = sum(item.tags[0] == "b" for k in range(20) for item in draw(bank, quiz, SECRET, "32", k, 1))
    assert rare == 3


@given(
    strata=st.lists(st.integers(1, 25), min_size=1, max_size=4), drawn=st.integers(1, 6), checkpoint=st.text(max_size=3)
)
def test_each_stratum_stands_in_one_keyed_order_and_each_entry_takes_its_slice(
    strata: list[int], drawn: int, checkpoint: str
) -> None:
    """Sheet after sheet, the questions of a stratum come in the order of their keyed hash: nobody is dealt twice."""
    bank = Bank("b", tuple(question(f"{tag}-{n}", str(tag)) for tag, size in enumerate(strata) for n in range(size)))
    key = hmac.digest(SECRET, f"draw\0{checkpoint}".encode(), "sha256")
    quiz = Quiz("q", "b", draw=drawn, need=1)
    sheets = len(bank.questions) // drawn if len(bank.questions) > 2 * drawn else 1
    dealt = [name for entry in range(sheets) for name in names(draw(bank, quiz, SECRET, checkpoint, entry, 1))]
    for tag in range(len(strata)):
        own = [name for name in dealt if name.startswith(f"{tag}-")]
        assert own == sorted(own, key=lambda name: hmac.digest(key, f"question\0{name}".encode(), "sha256"))
    assert len(dealt) == len(set(dealt))


def test_another_checkpoint_and_another_race_ask_in_another_order() -> None:
    quiz, bank = Quiz("q", "b"), bank_of(60)
    sheet = draw(bank, quiz, SECRET, "32", 0, 1)
    assert draw(bank, quiz, SECRET, "35", 0, 1) != sheet
    assert draw(bank, quiz, b"another", "32", 0, 1) != sheet


def test_a_bank_smaller_than_the_draw_gives_all_it_has() -> None:
    assert sorted(names(draw(bank_of(3), Quiz("q", "b"), SECRET, "32", 5, 2))) == ["0", "1", "2"]


def test_a_kept_order_draws_the_same_and_lets_old_ones_go() -> None:
    orders = Orders(most=2)
    quiz = Quiz("q", "b")
    banks = [bank_of(30), bank_of(40), bank_of(50)]
    for bank in [*banks, *banks]:
        assert draw(bank, quiz, SECRET, "32", 3, 1, orders) == draw(bank, quiz, SECRET, "32", 3, 1)
    assert orders.of(banks[2], SECRET, "32") is orders.of(banks[2], SECRET, "32")
    assert orders.of(banks[0], SECRET, "32") is not None
    assert len(orders._kept) == 2


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(1, 60))
def test_shares_add_up_and_stay_within_one_of_the_exact_part(sizes: list[int], number: int) -> None:
    parts = shares(sizes, number)
    assert sum(parts) == min(number, sum(sizes))
    assert all(part <= size for part, size in zip(parts, sizes, strict=True))
    if number < sum(sizes):
        exact = [number * size / sum(sizes) for size in sizes]
        assert all(abs(part - quota) < 1 for part, quota in zip(parts, exact, strict=True))


def test_options_move_from_sheet_to_sheet_and_stay_on_one() -> None:
    item = question("1")
    orders = {choice_order(item, SECRET, f"sheet-{number}") for number in range(200)}
    assert len(orders) == 24
    assert choice_order(item, SECRET, "sheet-1") == choice_order(item, SECRET, "sheet-1")
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)


@pytest.mark.parametrize(
    "last",
    [
        "以上都对",
        "以上都是",
        "以上都不对。",
        "以上各项都正确",
        "上述说法都不正确",
        "都不对",
        "All of the above",
        "None of these.",
    ],
)
def test_all_of_the_above_stays_last(last: str) -> None:
    item = question("1", "t", None, "甲", last, "乙", "丙")
    assert {choice_order(item, SECRET, str(number))[-1] for number in range(30)} == {1}
    assert len({choice_order(item, SECRET, str(number)) for number in range(60)}) == 6


@pytest.mark.parametrize("named", ["A和C", "AB都对", "A、B、C", "Both A and B"])
def test_options_that_name_others_by_letter_keep_their_places(named: str) -> None:
    item = question("1", "t", None, "甲", "乙", "丙", named)
    assert {choice_order(item, SECRET, str(number)) for number in range(30)} == {(0, 1, 2, 3)}


@pytest.mark.parametrize("plain", ["全国总工会", "以上海为起点", "A型血", "都江堰", "正确佩戴头盔", "全对称图形"])
def test_an_ordinary_option_moves(plain: str) -> None:
    item = question("1", "t", None, plain, "乙", "丙", "丁")
    assert len({choice_order(item, SECRET, str(number))[-1] for number in range(60)}) == 4


def test_true_or_false_keeps_its_order() -> None:
    item = Question("1", QuestionKind.TRUE_FALSE, "?", True, ("对", "错"))
    assert choice_order(item, SECRET, "s") == (0, 1)
