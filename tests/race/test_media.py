"""How many pictures and sounds a team's phone carries sealed, which are left out, and how many teams that concerns."""

from typing import Any

import pytest

from race.rules.media import MOST_MEDIA, TooMuch, carried, media_bytes, too_much, weights_of
from race.rules.sealing import FirstSheet, basis_of
from tests.factories import SECRET, race, race_file


def sheet(checkpoint: str, *questions: str) -> FirstSheet:
    return FirstSheet(f"sheet {checkpoint}", checkpoint, "gate", questions)


def address(size: int) -> str:
    """A picture whose file has so many bytes, a multiple of three."""
    return "data:image/png;base64," + "A" * (size // 3 * 4)


def pictured(**parts: Any) -> dict[str, Any]:
    """The small race with eight questions, each with a picture and a sound of 292,500 bytes together."""
    data = race_file(**parts)
    del data["banks"][0]["questions"][8:]
    for item in data["banks"][0]["questions"]:
        item |= {"image": address(120_000), "sound": "data:audio/wav;base64," + "A" * (172_500 // 3 * 4)}
    return data


def test_what_does_not_fit_any_more_is_left_out_from_the_last_checkpoints() -> None:
    weights = {"gate": {"a": MOST_MEDIA - 10, "b": 10, "c": 1}}
    assert carried([sheet("32", "a", "b", "plain")], weights).left_out == frozenset(), "to the last byte"
    found = carried([sheet("32", "a", "plain"), sheet("34", "b", "c", "plain")], weights)
    assert found.size == MOST_MEDIA + 1
    assert found.left_out == {("34", "c")}, "a question without a picture misses nothing"


def test_a_question_asked_at_two_checkpoints_is_carried_twice() -> None:
    half = MOST_MEDIA // 2 + 1
    assert carried([sheet("32", "a"), sheet("34", "a")], {"gate": {"a": half}}).left_out == {("34", "a")}


def test_a_picture_weighs_what_its_file_does() -> None:
    data = race_file()
    data["banks"][0]["questions"][0] |= {"image": address(300), "sound": "data:audio/wav;base64,QUJD"}
    data["banks"][0]["questions"][1]["image"] = "bilder/heron.png"
    setup = race(data)
    first, second = setup.banks["wetland"].questions[:2]
    assert (media_bytes(first), media_bytes(second)) == (303, 0)
    assert weights_of(basis_of(setup)) == {"gate": {"q1": 303}}


def test_a_race_with_few_pictures_has_nothing_to_tell() -> None:
    assert too_much(race(), SECRET, "race") is None
    data = race_file()
    data["banks"][0]["questions"][0]["image"] = address(90_000)
    assert too_much(race(data), SECRET, "race") is None


@pytest.mark.parametrize(("entries", "of"), [(race_file()["entries"], 3), ([], 20)])
def test_with_many_it_is_told_for_how_many_teams_even_before_any_is_entered(entries: list[Any], of: int) -> None:
    """Two sheets of three questions: 6 × 292,500 bytes."""
    assert too_much(race(pictured(entries=entries)), SECRET, "race") == TooMuch(of, of, 1_755_000)
