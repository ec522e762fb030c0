import pytest
from sqlalchemy import Engine, text

from base import canonical
from base.database import reading, writing
from base.faults import FaultyInput
from facts.model import Fact, Race
from facts.rules import first_broken
from facts.store import since
from race.commands.store_race import lay_down, merge
from race.forms.file import read_race_file, setup_to_json
from race.store import load_draw_numbers, load_setup, save_setup
from tests.factories import SLUG, changed, race, race_file


def log_of(engine: Engine, race: Race) -> list[Fact]:
    with reading(engine) as connection:
        return list(since(connection, race.id))


def save(engine: Engine, row: Race, data: dict[str, object], nonce: str) -> list[Fact]:
    """Save a set-up and return the facts that says so."""
    before = len(log_of(engine, row))
    with writing(engine) as connection:
        save_setup(connection, row.id, setup_to_json(read_race_file(data)), by="李", now=1, nonce=nonce)
    return log_of(engine, row)[before:]


def test_a_set_up_comes_back_as_it_was_laid_down(engine: Engine, race_row: Race) -> None:
    with reading(engine) as connection:
        assert read_race_file(load_setup(connection, race_row.id)) == race()


def test_each_changed_part_is_one_fact_and_what_did_not_change_is_none(engine: Engine, race_row: Race) -> None:
    assert save(engine, race_row, race_file(), "n1") == []
    [fact] = save(engine, race_row, changed("checkpoints", 1, name="新名"), "n2")
    assert (fact.kind, fact.body["part"], fact.by) == ("setup", "checkpoints", "李")
    assert first_broken(log_of(engine, race_row)) is None


def test_a_set_up_and_its_facts_are_saved_together_or_not_at_all(engine: Engine, race_row: Race) -> None:
    before = log_of(engine, race_row)
    nameless = {**setup_to_json(race(race_file(entries=[]))), "classes": [{"course": "A"}]}
    with pytest.raises(KeyError), writing(engine) as connection:
        save_setup(connection, race_row.id, nameless, by="x", now=1, nonce="n")
    with reading(engine) as connection:
        assert len(load_setup(connection, race_row.id)["entries"]) == 3
    assert log_of(engine, race_row) == before


def test_the_log_knows_no_person_and_no_answer(engine: Engine, race_row: Race) -> None:
    said = canonical.encode([dict(fact.body) for fact in log_of(engine, race_row)])
    assert "13800000001" not in said
    assert "白鹭1" not in said
    assert "解析" not in said
    assert "白鹭" in said


def test_a_team_keeps_its_draws_when_another_goes_or_comes(engine: Engine, race_row: Race) -> None:
    data = race_file()
    data["entries"] = [*data["entries"][1:], {"id": "9", "team": "新队", "class": "open"}]
    save(engine, race_row, data, "n3")
    with reading(engine) as connection:
        assert load_draw_numbers(connection, race_row.id) == {"2": 1, "3": 2, "9": 3}


def test_a_part_is_laid_over_what_is_there() -> None:
    merged = merge(race_file(), {"entries": [{"id": "2", "team": "新蜻蜓"}, {"id": "4", "team": "新队"}]})
    assert [entry["id"] for entry in merged["entries"]] == ["1", "2", "3", "4"]
    assert merged["entries"][1]["team"] == "新蜻蜓"
    assert merged["entries"][1]["club"] == "河道工会"
    assert merge({"race": {"slug": "a", "venue": "x"}}, {"race": {"venue": "y"}})["race"] == {"slug": "a", "venue": "y"}


def test_what_would_make_no_sound_race_changes_nothing(engine: Engine, race_row: Race) -> None:
    before = log_of(engine, race_row)
    with pytest.raises(FaultyInput):
        lay_down(engine, SLUG, {"entries": [{"id": "5", "class": "nowhere"}]}, None, "x")
    with pytest.raises(FaultyInput):
        lay_down(engine, "new", {"courses": [{"id": "A", "format": "relay"}]}, None, "x")
    assert log_of(engine, race_row) == before
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM race")).scalar() == 1
