import pytest
from sqlalchemy import Engine, Table

from base.database import reading, writing
from base.items import Item, load_items, load_positions, save_items
from checkpoints.store import checkpoint_table


@pytest.fixture
def table() -> Table:
    return checkpoint_table


def save(engine: Engine, table: Table, items: dict[str, Item], race: int = 1) -> None:
    with writing(engine) as connection:
        save_items(connection, table, race, items)


def load(engine: Engine, table: Table, race: int = 1) -> dict[str, Item]:
    with reading(engine) as connection:
        return load_items(connection, table, race)


def positions(engine: Engine, table: Table) -> dict[str, int]:
    with reading(engine) as connection:
        return load_positions(connection, table, 1)


def test_items_come_back_in_the_order_they_were_given(engine: Engine, table: Table) -> None:
    items = {name: {"code": name, "name": f"点{name}"} for name in ("33", "31", "32")}
    save(engine, table, items)
    assert list(load(engine, table).items()) == list(items.items())


def test_a_known_item_keeps_its_position_and_a_new_one_follows(engine: Engine, table: Table) -> None:
    save(engine, table, {"a": {}, "b": {}})
    save(engine, table, {"c": {}, "b": {"changed": True}, "a": {}})
    assert positions(engine, table) == {"a": 0, "b": 1, "c": 2}
    assert load(engine, table)["b"] == {"changed": True}


def test_the_position_of_one_that_went_is_not_given_again_to_who_came_before_the_last(
    engine: Engine, table: Table
) -> None:
    save(engine, table, {"a": {}, "b": {}, "c": {}})
    save(engine, table, {"a": {}, "c": {}})
    save(engine, table, {"a": {}, "c": {}, "d": {}})
    assert positions(engine, table) == {"a": 0, "c": 2, "d": 3}


def test_races_do_not_see_each_other_s_items(engine: Engine, table: Table) -> None:
    save(engine, table, {"a": {"of": 1}})
    save(engine, table, {"a": {"of": 2}}, race=2)
    save(engine, table, {}, race=2)
    assert load(engine, table) == {"a": {"of": 1}}
    assert load(engine, table, race=2) == {}
