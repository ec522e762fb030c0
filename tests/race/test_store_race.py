"""Laying files over a race that is there."""

from race.commands.store_race import merge, misshapen


def test_what_comes_later_is_laid_over_what_was_there_item_by_item() -> None:
    before = {"race": {"slug": "a", "venue": "park"}, "checkpoints": [{"code": "31", "lat": 1.0}, {"code": "32"}]}
    part = {"race": {"slug": "a", "name": "A"}, "checkpoints": [{"code": "31", "tasks": [{"quiz": "q"}]}]}
    assert merge(before, part) == {
        "race": {"slug": "a", "venue": "park", "name": "A"},
        "checkpoints": [{"code": "31", "lat": 1.0, "tasks": [{"quiz": "q"}]}, {"code": "32"}],
    }


def test_a_file_whose_parts_are_no_lists_of_objects_is_told_so_part_by_part() -> None:
    part = {"race": "r", "entries": ["a", {"id": "1"}], "courses": {"id": "A"}, "classes": [{"id": "open"}]}
    assert [fault.path for fault in misshapen(part)] == ["courses", "entries[0]", "race"]
    assert misshapen({"race": {}, "entries": [{"id": "1"}]}) == []
