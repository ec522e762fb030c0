import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from race.formats.matching import Item, match

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
@settings(max_examples=300, deadline=None)
def test_as_many_items_are_taken_as_can_be(line: list[Item], punches: list[str]) -> None:
    assert sum(place is not None for place in match(line, punches)) == most(line, punches)


@given(lines, punched)
@settings(max_examples=200, deadline=None)
def test_what_is_taken_is_in_order_fits_and_is_distinct(line: list[Item], punches: list[str]) -> None:
    taken = [(item, place) for item, place in zip(line, match(line, punches), strict=True) if place is not None]
    places = [place for _, place in taken]
    assert places == sorted(set(places))
    assert all(item.codes is None or punches[place] in item.codes for item, place in taken)
    once = [punches[place] for item, place in taken if item.distinct]
    assert len(once) == len(set(once))


def test_a_code_that_would_block_a_later_item_is_left_to_it() -> None:
    line = [Item(frozenset("ab"), distinct=True), Item(frozenset("a"), distinct=True)]
    assert match(line, ["a", "b", "a"]) == (1, 2)


# Sixty items and three hundred punches, as the worst courses have them: plain, with choices, any code only once.
LINES = {
    "plain": [Item(frozenset({str(number)})) for number in range(60)],
    "choices": [Item(frozenset({str(number), str(number + 7), "x"})) for number in range(60)],
    "butterflies": [Item(frozenset({str(number), str(number ^ 1)}), distinct=True) for number in range(60)],
    "any code once": [Item(None, distinct=True) for _ in range(60)],
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_sixty_items_are_matched_against_three_hundred_punches_in_no_time(line: list[Item]) -> None:
    punches = [str(number * 7 % 60 if number % 5 else number // 5) for number in range(300)]
    best = 1.0
    for _ in range(5):
        began = time.perf_counter()
        assert None not in match(line, punches)
        best = min(best, time.perf_counter() - began)
    assert best < 0.05  # 5 ms on a machine that does nothing else
