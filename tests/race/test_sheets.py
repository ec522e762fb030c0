from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from facts.model import Draft
from quizzes.rules import Orders
from race.model import Visit
from race.rules.sheets import due_sheet, expired, sheet_id
from tests.factories import GUN, SECRET, Log, race

NOW = GUN + 500_000


def visit(log: Log, code: str = "32") -> Visit:
    return log.run().visits[code]


def due(log: Log, code: str = "32", now: int = NOW, log_name: str = "race") -> Draft | None:
    setup = race()
    return due_sheet(setup, SECRET, log_name, setup.entries["1"], visit(log, code), now, now, Orders())


def handed(log: Log, now: int = NOW, log_name: str = "race") -> Draft:
    sheet = due(log, now=now, log_name=log_name)
    assert sheet
    return sheet


def arrived(code: str = "32") -> Log:
    log = Log()
    log.gun(0)
    log.punch("1", code, 10)
    return log


def test_a_punch_at_a_quiz_is_due_a_sheet_of_as_many_questions_as_are_drawn() -> None:
    body = handed(arrived()).body
    assert (body["quiz"], body["attempt"], len(set(body["questions"]))) == ("gate", 1, 3)


def test_two_phones_that_ask_at_once_are_handed_the_same_sheet() -> None:
    assert due(arrived()) == due(arrived())
    assert handed(arrived(), now=NOW + 5).id == handed(arrived()).id


def test_while_one_is_open_or_cools_down_no_sheet_is_due() -> None:
    log = arrived()
    sheet = log.sheet("1", "32", 11)
    assert due(log) is None
    log.answer("1", "32", 20, sheet, right=0)
    assert due(log, now=GUN + 79_999) is None
    assert handed(log, now=GUN + 80_000).body["attempt"] == 2


def test_a_further_attempt_asks_other_questions() -> None:
    log = arrived()
    first = handed(log)
    log.quiz("1", "32", 11, right=0)
    second = handed(log)
    assert not set(first.body["questions"]) & set(second.body["questions"])


def test_when_it_is_passed_no_sheet_is_due() -> None:
    log = arrived()
    log.quiz("1", "32", 11)
    assert due(log) is None


def test_a_checkpoint_without_a_quiz_hands_out_nothing() -> None:
    assert due(arrived("31"), "31") is None
    assert due(arrived("33"), "33") is None


def test_a_trial_gives_nothing_of_the_race_away() -> None:
    drawn = [handed(arrived(), log_name=name).body["questions"] for name in ("race", "trial-1", "trial-2")]
    assert drawn[0] != drawn[1] != drawn[2]


@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4), st.integers(1, 9)), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_what_is_not_the_same_attempt_is_not_the_same_sheet(names: list[tuple[str, str, int]]) -> None:
    plain = {name for name in names if "\x00" not in name[0] + name[1]}
    assert len({sheet_id("race", entry, code, "gate", attempt, ["q1"]) for entry, code, attempt in plain}) == len(plain)


def test_giving_up_a_sheet_twice_is_one_fact() -> None:
    log = arrived()
    log.sheet("1", "32", 11)
    later = [list(expired(log.run(), NOW + wait)) for wait in (0, 60_000)]
    assert later[0][0].id == later[1][0].id
    assert replace(later[0][0], received_at=0) == replace(later[1][0], received_at=0)
