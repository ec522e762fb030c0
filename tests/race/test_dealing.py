"""First checkpoints and waves: evenly, neighbours apart, clubs apart."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from race.rules.dealing import deal_first, deal_waves

CODES = ["31", "32", "33", "34"]


def teams(*clubs: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": str(number), "club": club, **more} for number, club in enumerate(clubs, start=1)]


def test_teams_go_to_the_checkpoints_in_turn() -> None:
    dealt = deal_first(teams("甲", "乙", "丙", "丁", "戊"), CODES)
    assert list(dealt.values()) == [("31",), ("32",), ("33",), ("34",), ("31",)]


def test_the_checkpoints_after_the_first_follow_in_the_order_of_the_list() -> None:
    dealt = deal_first(teams("甲", "乙", "丙", "丁"), CODES, each=2)
    assert list(dealt.values()) == [("31", "32"), ("32", "33"), ("33", "34"), ("34", "31")]


def test_teams_of_one_club_go_apart_wherever_they_stand_in_the_list() -> None:
    dealt = deal_first(teams("甲", "乙", "丙", "丁", "甲", "乙", "丙", "丁", "甲"), CODES)
    assert len({dealt[name] for name in ("1", "5", "9")}) == 3


def test_who_has_been_dealt_one_keeps_it_and_late_teams_fill_the_gaps() -> None:
    entries = [*teams("甲", "乙", first=["31"]), {"id": "3", "club": "丙"}, {"id": "4", "club": "丁"}]
    assert deal_first(entries, ["31", "32"]) == {"1": ("31",), "2": ("31",), "3": ("32",), "4": ("32",)}
    assert deal_first(entries, ["31", "32"], again=True) == {"1": ("31",), "2": ("32",), "3": ("31",), "4": ("32",)}


def test_without_checkpoints_nobody_is_sent_anywhere() -> None:
    assert deal_first(teams("甲", "乙"), []) == {}
    assert deal_waves([], ["a"]) == {}


def test_waves_are_dealt_evenly_and_kept() -> None:
    entries = [*teams("甲", "甲", "乙", "乙"), {"id": "5", "club": "丙", "wave": "b"}]
    dealt = deal_waves(entries, ["a", "b"])
    assert dealt["5"] == "b"
    assert dealt["1"] != dealt["2"]
    assert Counter(dealt.values()) in (Counter(a=2, b=3), Counter(a=3, b=2))


@given(st.lists(st.sampled_from(["甲", "乙", "丙", ""]), max_size=40), st.integers(1, 9))
def test_any_deal_is_even_and_a_club_is_doubled_only_where_it_has_more_teams_than_there_are_checkpoints(
    clubs: list[str], many: int
) -> None:
    codes = [str(number) for number in range(31, 31 + many)]
    dealt = deal_first(teams(*clubs), codes)
    assert len(dealt) == len(clubs)
    load = [Counter(first[0] for first in dealt.values())[code] for code in codes]
    assert max(load) - min(load) <= 1
    for club in set(clubs) - {""}:
        of_club = Counter(dealt[str(number)][0] for number, name in enumerate(clubs, start=1) if name == club)
        assert max(of_club.values()) <= -(-sum(of_club.values()) // many) + (sum(of_club.values()) > many)
