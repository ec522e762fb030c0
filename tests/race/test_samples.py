"""Made-up teams under the rules of a class: each shows what one rule does."""

from typing import Any

import pytest

from base.translate import put
from race.formats import FORMATS
from race.model import Status
from race.rules.samples import Sample, sample_runs
from tests.factories import race, race_file

CODES = ["31", "32", "33", "34"]
FAST, MISSED, SLOW = "Fast, with all checkpoints", "Fast, and one checkpoint missed", "Slow, with all checkpoints"
TIED, LATE, SHORT = "As slow, with all checkpoints", "All checkpoints, and 3 minutes late", "Fast, and one member short"
FAILED = "Fast, but failed a quiz as often as can be"


def samples(format_: str, class_: dict[str, Any] | None = None, **options: Any) -> dict[str, Sample]:
    data = race_file(
        courses=[{"id": "A", "format": format_, "checkpoints": CODES, **options}],
        classes=[{"id": "open", "course": "A", **(class_ or {})}],
    )
    for checkpoint in data["checkpoints"]:
        checkpoint["points"] = 10
    return {sample.name.message: sample for sample in sample_runs(race(data), "open")}


def places(found: dict[str, Sample]) -> dict[str, int | None]:
    return {name: sample.standing.place for name, sample in found.items()}


def test_under_count_all_checkpoints_beat_a_faster_time_and_equal_teams_share() -> None:
    found = samples("count", {"time_limit_s": 3600, "team_size": 5}, late={"seconds_per_minute": 30})
    assert places(found) == {FAST: 1, SHORT: 1, FAILED: 3, SLOW: 4, TIED: 4, LATE: 6, MISSED: 7}
    late = found[LATE].standing.run
    assert (late.late_s, late.penalty_s, late.time_s) == (180, 90, 3600 + 180 + 90)
    assert found[MISSED].because.message == "Fewer checkpoints than the team before."
    assert found[TIED].because.message == "Equal in all that counts: the place is shared."
    assert str(found[SLOW].because) == "Equal in all but time, and 960 s slower."
    assert found[FAILED].standing.run.penalty_s == 120


def test_in_line_a_missed_checkpoint_has_no_place_unless_it_has_a_price() -> None:
    found = samples("line")
    assert (found[MISSED].standing.run.status, found[MISSED].standing.place) == (Status.MISSING_PUNCH, None)
    priced = samples("line", missed={"penalty_s": 60})
    assert priced[MISSED].standing.place == 1


def test_without_a_price_of_lateness_the_late_team_has_no_place() -> None:
    found = samples("free", {"time_limit_s": 3600})
    assert found[LATE].standing.place is None
    assert found[LATE].because.message == "No place: came in after the time limit."


def test_a_short_team_is_shown_and_not_placed_where_the_class_says_so() -> None:
    found = samples("score", {"team_size": 5, "incomplete": "not_competing"})
    assert found[SHORT].standing.run.status is Status.NOT_COMPETING
    assert places(samples("score", {"team_size": 5, "incomplete": {"penalty_s": 60}}))[SHORT] == 2


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_lists_its_samples_in_order_and_says_why(format_: str) -> None:
    found = list(samples(format_, {"time_limit_s": 3600, "team_size": 3}).values())
    assert len(found) == 7
    placed = [sample.standing.place for sample in found if sample.standing.place is not None]
    assert placed == sorted(placed)
    assert placed[0] == 1
    assert all(sample.standing.run.why and "%(" not in put(sample.because, "zh") for sample in found)


def test_choices_of_a_line_and_free_checkpoints_are_chosen_so_that_they_do() -> None:
    data = race_file(
        courses=[
            {
                "id": "A",
                "format": "line",
                "distinct": True,
                "checkpoints": ["31", {"any_of": ["32", "33"]}, {"any": True}],
            },
            {"id": "B", "format": "free", "checkpoints": CODES, "compulsory": ["34"], "free": 1},
        ],
        classes=[{"id": "a", "course": "A"}, {"id": "b", "course": "B"}],
        entries=[],
    )
    for class_ in ("a", "b"):
        best = sample_runs(race(data), class_)[0].standing
        assert (best.place, best.run.status) == (1, Status.OK)


def test_a_course_without_checkpoints_has_no_samples() -> None:
    data = race_file(courses=[{"id": "A", "format": "count", "checkpoints": []}])
    assert sample_runs(race(data), "open") == []
