import random
import time
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from race.formats.distinct import find_whole
from race.formats.matching import Item, match
from race.formats.punches import Punches, latest_places

CODES = "abcde"
codes = st.sampled_from(CODES)
items = st.one_of(
    st.builds(Item, st.frozensets(codes, min_size=1, max_size=3), st.booleans()),
    st.builds(Item, st.none(), st.booleans()),
)
lines = st.lists(items, min_size=1, max_size=5)
punched = st.lists(codes, max_size=8)


def most(line: list[Item], punches: list[str]) -> int:
    """How many items can be taken at most, by trying everything."""

    @cache
    def go(number: int, after: int, used: frozenset[str]) -> int:
        if number == len(line):
            return 0
        item, best = line[number], go(number + 1, after, used)
        for place in range(after, len(punches)):
            code = punches[place]
            if (item.codes is None or code in item.codes) and not (item.distinct and code in used):
                taken = used | {code} if item.distinct else used
                best = max(best, 1 + go(number + 1, place + 1, taken))
        return best

    return go(0, 0, frozenset())


@given(lines, punched)
@settings(max_examples=400, deadline=None)
def test_as_many_items_are_taken_as_can_be(line: list[Item], punches: list[str]) -> None:
    """So a whole line is found whenever there is one; and where the search is sure, it is right."""
    found = match(line, punches)
    assert sum(place is not None for place in found.taken) == most(line, punches)
    assert found.sure


@given(lines, punched)
@settings(max_examples=200, deadline=None)
def test_what_is_taken_is_in_order_fits_and_is_distinct(line: list[Item], punches: list[str]) -> None:
    taken = [(item, place) for item, place in zip(line, match(line, punches).taken, strict=True) if place is not None]
    places = [place for _, place in taken]
    assert places == sorted(set(places))
    assert all(item.codes is None or punches[place] in item.codes for item, place in taken)
    once = [punches[place] for item, place in taken if item.distinct]
    assert len(once) == len(set(once))


def test_a_code_that_would_block_a_later_item_is_left_to_it() -> None:
    line = [Item(frozenset("ab"), distinct=True), Item(frozenset("a"), distinct=True)]
    assert match(line, ["a", "b", "a"]).taken == (1, 2)


@given(st.integers(0, 10**6))
@settings(max_examples=600, deadline=None)
def test_longer_lines_of_distinct_choices_are_found_as_trying_everything_finds_them(seed: int) -> None:
    """Long enough for the search to come back to where it failed before, from another place with other codes."""
    chance = random.Random(seed)
    line = [
        Item(frozenset(chance.sample("abcdefg", chance.randint(1, 3))), distinct=chance.random() < 0.85)
        for _ in range(chance.randint(5, 9))
    ]
    punches = chance.choices("abcdefg", k=chance.randint(12, 20))
    found = match(line, punches)
    assert found.sure
    assert sum(place is not None for place in found.taken) == most(line, punches)
    held = Punches(punches)
    if (latest := latest_places(line, held)) is not None:  # the search by itself, which nothing corrects
        whole, sure = find_whole(line, held, latest)
        assert (sure, whole is not None) == (True, None not in found.taken)


def test_what_failed_from_a_later_place_may_do_from_an_earlier_one() -> None:
    """A rare line: one in twenty thousand at random comes back with the same codes to an earlier place."""
    line = [
        Item(frozenset(codes), distinct)
        for codes, distinct in [("cd", True), ("ad", False), ("ce", True), ("bce", False), ("ade", True), ("abd", True)]
    ]
    held = Punches("eeacdbdbcbdeeaa")
    whole, _ = find_whole(line, held, latest_places(line, held) or [])
    assert whole is not None


def test_a_part_that_may_not_be_the_longest_is_not_called_sure() -> None:
    """Twenty checkpoints out of thirty with one that all must pass between: without that one, each code is an item."""
    unsure = 0
    for seed in range(120):
        chance = random.Random(seed)
        codes = [str(number) for number in range(30)]
        line = [Item(frozenset(codes), distinct=True)] * 20
        line.insert(10, Item(frozenset("M")))
        punches = chance.choices(codes, k=chance.randint(20, 30))
        there = min(20, len(set(punches)))
        punches.insert(chance.randrange(len(punches)), "M")
        found = match(line, punches)
        assert not found.sure or sum(place is not None for place in found.taken) >= there
        unsure += not found.sure
    assert 0 < unsure < 40


def contradictory(variables: int, clauses: int, seed: int) -> tuple[list[Item], list[str], bool]:
    """A line that is there exactly if a formula of three literals a clause can be true, and whether it can.

    See docs/decisions/0008: each variable is a run of choices that are all the first or all the second, each clause a
    choice among the codes of its literals.
    """
    chance = random.Random(seed)
    formula = [[(name, chance.random() < 0.5) for name in chance.sample(range(variables), 3)] for _ in range(clauses)]
    line, punches = [], []
    for name in range(variables):
        true = [f"c{n}v{name}" for n, clause in enumerate(formula) if (name, True) in clause]
        false = [f"c{n}v{name}" for n, clause in enumerate(formula) if (name, False) in clause]
        first = [*true, *(f"a{name}-{n}" for n in range(len(false)))]
        second = [*(f"b{name}-{n}" for n in range(len(true))), *false]
        line += [Item(frozenset(pair), distinct=True) for pair in zip(first, second, strict=True)]
        line.append(Item(frozenset({f"v{name}"})))
        punches += [*first, *second, f"v{name}"]
    for number, clause in enumerate(formula):
        codes_here = [f"c{number}v{name}" for name, _ in clause]
        line += [Item(frozenset(codes_here), distinct=True), Item(frozenset({f"c{number}"}))]
        punches += [*codes_here, f"c{number}"]
    can = any(
        all(any(values[name] == said for name, said in clause) for clause in formula)
        for values in product((True, False), repeat=variables)
    )
    return line, punches, can


def test_a_small_contradiction_is_seen_and_a_formula_that_can_be_true_is_a_line() -> None:
    """The reduction of the decision paper holds in both directions, as long as the search comes to its end."""
    answers = []
    for seed in range(60):
        line, punches, can = contradictory(3, 10, seed)
        found = match(line, punches)
        if found.sure:
            assert (None not in found.taken) == can
            answers.append(can)
    assert {True, False} <= set(answers)


def test_a_line_too_hard_to_search_is_never_called_whole_or_surely_missing_by_mistake() -> None:
    """Where the search gives up it says so, soon, and what it has found is a part of the line that is there."""
    unsure = 0
    for seed in range(8):
        line, punches, can = contradictory(12, 50, seed)
        began = time.process_time()
        found = match(line, punches)
        assert time.process_time() - began < 2  # about 0.05 s on a machine that does nothing else
        assert can or None in found.taken
        assert not (found.sure and can and None in found.taken)
        unsure += not found.sure
    assert unsure


def free_groups(seed: int, *, all_there: bool) -> tuple[list[Item], list[str]]:
    """A real course at its largest: free groups and butterflies, each between checkpoints that all pass."""
    chance = random.Random(seed)
    line: list[Item] = []
    punches: list[str] = []
    while len(line) < 56:
        group = [f"{len(line)}-{number}" for number in range(chance.randint(2, 8))]
        needed = chance.randint(1, len(group))
        line += [Item(frozenset(group), distinct=True)] * needed + [Item(frozenset({f"{len(line)}"}))]
        visited = chance.sample(group, needed)
        if not all_there and chance.random() < 0.2:
            visited.pop()
        punches += [*visited, *chance.choices(group, k=chance.randint(0, 3)), next(iter(line[-1].codes or ()))]
    while len(punches) < 300:
        punches.insert(chance.randrange(len(punches)), chance.choice(punches))
    return line, punches


@pytest.mark.parametrize("all_there", [True, False])
def test_free_groups_and_butterflies_are_searched_to_the_end(all_there: bool) -> None:
    for seed in range(40):
        line, punches = free_groups(seed, all_there=all_there)
        found = match(line, punches)
        assert found.sure
        assert not all_there or None not in found.taken


# Sixty items and three hundred punches, as the worst courses have them: plain, with choices, any code only once.
LINES = {
    "plain": [Item(frozenset({str(number)})) for number in range(60)],
    "choices": [Item(frozenset({str(number), str(number + 7), "x"})) for number in range(60)],
    "butterflies": [Item(frozenset({str(number), str(number ^ 1)}), distinct=True) for number in range(60)],
    "any code once": [Item(None, distinct=True) for _ in range(60)],
    "free groups": [Item(frozenset(str(number // 6 * 6 + n) for n in range(6)), distinct=True) for number in range(60)],
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_sixty_items_are_matched_against_three_hundred_punches_in_no_time(line: list[Item]) -> None:
    punches = [str(number * 7 % 60 if number % 5 else number // 5) for number in range(300)]
    best = 1.0
    for _ in range(5):
        began = time.process_time()
        assert None not in match(line, punches).taken
        best = min(best, time.process_time() - began)
    assert best < 0.05  # 5 ms on a machine that does nothing else
