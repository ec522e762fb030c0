"""A frozen list: whole for certificates, and of it what everybody sees."""

from typing import Any

from race.model import Status
from race.rules.scored import score_race
from results.rules.publication import board_rows, digest_of, freeze, moves_between, public, same_list, without_people
from tests.factories import COMPASS, DRAGONFLY, EGRET, Log, race, race_file


def log() -> Log:
    """Egret before Dragonfly by a checkpoint; Compass never came back."""
    facts = Log()
    facts.gun()
    facts.punch(EGRET, "31", 100)
    facts.game(EGRET, "33", 200)
    facts.punch(EGRET, "33", 150)
    facts.punch(DRAGONFLY, "31", 120)
    facts.punch(COMPASS, "31", 130)
    for entry in (EGRET, DRAGONFLY):
        facts.finish(entry, 900)
        facts.heads(entry, 901)
    facts.decide("close", 7200)
    return facts


def frozen(facts: Log | None = None, at: int = 1, **chosen: Any) -> dict[str, Any]:
    """The list of the small race, frozen."""
    data = race_file()
    data["race"]["awards"] = [
        {"name": "一等奖", "places": [1, 1]},
        {"name": "道德风尚奖", "by_hand": True, "to": [{"name": "王老师"}, {"entry": DRAGONFLY}]},
    ]
    setup = race(data)
    return freeze(setup, score_race(setup, (facts or log()).facts), at, "lianxi", **chosen)


def rows(body: dict[str, Any]) -> dict[str, Any]:
    """The rows of the one class, by entry, in the order of the list."""
    return {row["entry"]: row for row in body["classes"][0]["results"]}


def test_the_list_itself_is_whole_and_names_nobody_unless_chosen() -> None:
    body = frozen(placed=1)
    assert [row["place"] for row in rows(body).values()] == [1, 2, None]
    assert "members" not in rows(body)[EGRET]
    assert rows(frozen(members=True))[EGRET]["members"] == [f"白鹭{number}" for number in range(1, 6)]
    assert [award["to"][0]["team"] for award in body["awards"]] == ["白鹭", "王老师"]


def test_everybody_sees_first_places_and_of_the_rest_that_they_finished() -> None:
    seen = rows(public(frozen(placed=1)))
    assert seen[EGRET]["place"] == 1
    hidden = seen[DRAGONFLY]
    assert (hidden["status"], hidden["place"], hidden["time_s"], hidden["checkpoints"]) == (Status.OK, None, None, None)
    assert hidden["splits"] == []
    assert seen[COMPASS]["status"] == Status.DID_NOT_FINISH
    assert seen[COMPASS]["splits"], "who did not finish has no place to give away"
    assert public(frozen(placed=1))["clubs"] == []
    assert public(frozen()) == frozen()


def test_a_board_of_it_gives_away_no_more() -> None:
    [*shown] = board_rows(frozen(placed=1))["open"]
    assert [row["passed"] for row in shown if row["entry"] == DRAGONFLY] == [[]]
    assert [row["passed"] for row in shown if row["entry"] == EGRET] == [["31", "33"]]
    assert not any("splits" in row or "members" in row for row in shown)


def test_who_moves_is_told_from_two_lists() -> None:
    later = log()
    later.decide("status", 8000, {"status": "Disqualified"}, entry=EGRET)
    moves = {move.entry: move for move in moves_between(frozen(), frozen(later))}
    assert (moves[DRAGONFLY].before.place, moves[DRAGONFLY].after.place) == (2, 1)
    assert moves[EGRET].after.status is Status.DISQUALIFIED
    assert COMPASS not in moves
    assert moves_between(frozen(), frozen()) == []


def test_the_instant_alone_makes_no_other_list() -> None:
    assert same_list(frozen(at=1), frozen(at=2))
    assert not same_list(frozen(), frozen(placed=1))
    assert digest_of(frozen(at=1)) != digest_of(frozen(at=2000))


def test_erased_it_keeps_teams_places_and_awards_of_teams() -> None:
    bare = without_people(frozen(members=True))
    assert "白鹭1" not in str(bare)
    assert "王老师" not in str(bare)
    assert [to["team"] for to in bare["awards"][1]["to"]] == ["蜻蜓"]
    assert [row["place"] for row in rows(bare).values()] == [1, 2, None]
