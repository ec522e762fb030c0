"""What a phone carries sealed: which key opens what, and that no right answer travels in any form."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask

from base import sealing
from base.web import part_of
from race.live.seals import Seals
from tests.factories import EXPLANATION, RIGHT_WORDS, SLUG
from tests.phones import Desk, Phone

FEW = 2


@pytest.fixture
def seals(app: Flask) -> Seals:
    """Seals whose typed codes cost nothing."""
    seals = part_of(app, Seals)
    seals._iterations = FEW
    return seals


def opened(sealed: dict[str, Any], lock: sealing.Lock, wrapped: dict[str, str], entry: str = "1") -> dict[str, Any]:
    """Open the box that a sign or a code is for, as a phone does."""
    inside = json.loads(sealing.unseal(lock.key, wrapped[lock.id], f"waypost|{SLUG}|{lock.id}"))
    key, box = sealing.from_text(inside["key"]), inside["box"]
    plain: dict[str, Any] = json.loads(sealing.unseal(key, sealed["boxes"][box], f"waypost|{SLUG}|{entry}|{box}"))
    return plain


def by_sign(phone: Phone, code: str, entry: str = "1") -> dict[str, Any]:
    """Open a checkpoint's box with the key of its sign."""
    sealed = phone.play()["sealed"]
    lock = sealing.lock_of_key(phone.keys.sign(code), sealing.from_text(sealed["salt"]))
    return opened(sealed, lock, sealed["signs"], entry)


def leaves(value: Any) -> Iterator[Any]:
    """Every name and every value in a JSON."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield value


@pytest.mark.usefixtures("seals")
def test_a_sign_opens_the_box_of_its_checkpoint(desk: Desk) -> None:
    egret = desk.phone("1")
    bridge = by_sign(egret, "31")
    assert (bridge["code"], bridge["kind"], bridge["name"], bridge["lat"]) == ("31", "control", "木桥", 39.9)
    assert bridge["tasks"] == []
    reeds = by_sign(egret, "32")
    sheet = reeds["tasks"][0]["sheet"]
    assert (reeds["tasks"][0]["state"], sheet["limit_s"], len(sheet["questions"])) == ("open", 60, 3)
    assert [task["state"] for task in by_sign(egret, "34")["tasks"]] == ["open", "later"]


def test_a_typed_code_opens_the_same_box_as_soon_as_its_key_is_made(desk: Desk, seals: Seals) -> None:
    egret = desk.phone("1")
    first = egret.get("/api/v1/play")
    assert first.json["sealed"]["codes"] == {}
    seals.stretch(lambda work: work())
    again = egret.get("/api/v1/play", **{"If-None-Match": first.headers["etag"]})
    sealed = again.json["sealed"]
    assert len(sealed["codes"]) == len(sealed["signs"]) == len(sealed["boxes"]) == 6
    salt = sealing.from_text(sealed["salt"])
    lock = sealing.lock_of_code(egret.keys.typed("32"), salt, sealed["iterations"])
    assert opened(sealed, lock, sealed["codes"]) == by_sign(egret, "32")


def test_no_right_answer_travels_in_any_form(desk: Desk, seals: Seals) -> None:
    """The whole bundle, every box of it opened: questions and choices, and nothing that tells which is right."""
    egret = desk.phone("1")
    egret.play()
    seals.stretch(lambda work: work())
    play = egret.play()
    boxes = [by_sign(egret, code) for code in egret.keys.setup.checkpoints]
    assert sum("sheet" in task for box in boxes for task in box["tasks"]) == 2
    said = set(map(str, leaves([play, boxes])))
    assert not said & {"answer", "right", "explanation", "review", "correct", "tolerance"}
    assert not any(EXPLANATION in text or RIGHT_WORDS in text for text in said)
    for box in boxes:
        for question in (item for task in box["tasks"] if "sheet" in task for item in task["sheet"]["questions"]):
            assert question.keys() == {"id", "kind", "text", "choices"}
            assert all(choice.keys() == {"index", "text"} for choice in question["choices"])


@pytest.mark.usefixtures("seals")
def test_another_team_s_box_does_not_open(desk: Desk) -> None:
    """The sign opens both teams' boxes, but each only under its own name: a bundle passed on is of no use."""
    egret, dragonfly = desk.phone("1"), desk.phone("2")
    mine, theirs = by_sign(egret, "32"), by_sign(dragonfly, "32", "2")
    assert mine["tasks"][0]["sheet"]["id"] != theirs["tasks"][0]["sheet"]["id"]
    with pytest.raises(InvalidTag):
        by_sign(dragonfly, "32", "1")


@pytest.mark.usefixtures("seals")
def test_the_same_state_gives_the_same_bytes(desk: Desk, app: Flask) -> None:
    """So an ETag holds, and no nonce is used for two texts."""
    egret = desk.phone("1")
    first = egret.play()["sealed"]
    part_of(app, Seals)._bundles.clear()
    assert egret.play()["sealed"] == first
    nonces = [text[:16] for part in ("signs", "boxes") for text in first[part].values()]
    assert len(set(nonces)) == len(nonces)


@pytest.mark.usefixtures("seals")
def test_what_was_sealed_is_what_the_punch_hands_out(desk: Desk) -> None:
    """Before the start, in another language even: ids and choices are those that the server gives out."""
    egret = desk.phone("1")
    sealed = by_sign(egret, "32")["tasks"][0]["sheet"]
    desk.start()
    handed = egret.open_sheet("32")
    assert (sealed["id"], sealed["questions"]) == (handed["id"], handed["questions"])


@pytest.mark.usefixtures("seals")
def test_places_are_sealed_until_the_gun(desk: Desk) -> None:
    egret = desk.phone("1")
    play = egret.play()
    assert [item["lat"] for item in play["course"]["checkpoints"]] == [None] * 4
    assert (play["sealed"]["places_key"], "39.9" in json.dumps(play)) == (None, False)
    key = sealing.from_text(by_sign(egret, "S1")["places_key"])
    about = f"waypost|{SLUG}|1|places"
    assert json.loads(sealing.unseal(key, play["sealed"]["places"], about)) == {"31": {"lat": 39.9, "lon": 116.4}}
    desk.start()
    after = egret.play()
    assert (after["course"]["checkpoints"][0]["lat"], after["sealed"]["places"]) == (39.9, None)
    key = sealing.from_text(after["sealed"]["places_key"])
    assert json.loads(sealing.unseal(key, play["sealed"]["places"], about))["31"]["lon"] == 116.4
