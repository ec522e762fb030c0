from dataclasses import replace
from itertools import permutations

import pytest

from base import canonical
from facts.model import Fact
from facts.rules import FIRST_CHAIN, columns, first_broken, order, seal
from tests.factories import GUN, Log


def sealed() -> list[Fact]:
    """Five facts, each sealed on the one before."""
    log = Log()
    log.gun(0)
    for number in range(4):
        log.punch("1", "31", number, received=number + 1)
    facts, chain = [], FIRST_CHAIN
    for fact in log.facts:
        chain = seal(chain, columns(fact), canonical.encode(fact.body))
        facts.append(replace(fact, chain=chain))
    return facts


def test_a_log_nobody_touched_is_whole() -> None:
    assert first_broken(sealed()) is None
    assert first_broken([]) is None


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("at", GUN + 1),
        ("received_at", GUN + 1),
        ("entry", "2"),
        ("entry", None),
        ("checkpoint", "32"),
        ("kind", "finish"),
        ("by", "somebody"),
        ("id", "other"),
        ("log", "trial-1"),
        ("body", {"proof": "marshal"}),
        ("chain", bytes(32)),
    ],
)
def test_a_changed_past_shows_where_it_was_changed(what: str, value: object) -> None:
    facts = sealed()
    facts[2] = replace(facts[2], **{what: value})  # type: ignore[arg-type]
    assert first_broken(facts) == 3


def test_a_fact_taken_out_or_put_in_shows() -> None:
    facts = sealed()
    assert first_broken([*facts[:2], *facts[3:]]) == 3
    assert first_broken([*facts[:3], facts[2], *facts[3:]]) == 4
    assert first_broken([facts[1], facts[0], *facts[2:]]) == 1


def test_a_fact_changed_and_sealed_anew_shows_in_the_next() -> None:
    facts = sealed()
    forged = replace(facts[2], at=GUN + 99)
    facts[2] = replace(forged, chain=seal(facts[1].chain, columns(forged), canonical.encode(forged.body)))
    assert first_broken(facts) == 4


def test_facts_stand_in_the_order_in_which_they_happened() -> None:
    log = Log()
    log.punch("1", "31", 20, received=90)
    log.punch("1", "32", 10, received=95)
    log.punch("1", "33", 20, received=30)
    log.punch("1", "34", 20, received=30)
    for facts in permutations(log.facts):
        assert [fact.checkpoint for fact in sorted(facts, key=order)] == ["32", "33", "34", "31"]
