"""What a phone carries sealed: which key opens what, and that no right answer travels in any form."""

import json
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import Engine

from base import sealing
from base.clock import now_ms
from base.database import writing
from base.web import part_of
from race.live.races import Live
from race.live.seals import Seals
from race.model import QuizTask, Run, Try, Visit
from race.store import save_setup
from tests.factories import EXPLANATION, RIGHT, RIGHT_WORDS, SLUG, WRONG, changed, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, Keys, Phone, record
from tests.race.test_media import pictured

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


def offline(phone: Phone, code: str, sheet: dict[str, Any], after_s: float, took_s: float, right: int = 3) -> list[Any]:
    """A punch so long after the gun, and the answer that took so long: what a phone without signal keeps."""
    at = round(phone.play()["gun"] + after_s * 1000)
    answers = {question["id"]: RIGHT if place < right else WRONG for place, question in enumerate(sheet["questions"])}
    later = {"at": round(at + took_s * 1000), "seconds": took_s, "sheet": sheet["id"], "answers": answers}
    return [record("punch", key=phone.keys.sign(code), at=at), record("answer", **later)]


@pytest.fixture
def started(desk: Desk, seals: Seals, small: SmallRace) -> Phone:
    """白鹭's phone, made ready before the gun, which was fired ten minutes ago."""
    desk.stage("race")
    phone = desk.phone("1")
    phone.play()
    desk.act("gun", at=now_ms() - 600_000)
    assert small().gun
    return phone


def tries(small: SmallRace, code: str = "32") -> tuple[Try, ...]:
    """The sheets of 白鹭 at a checkpoint."""
    task = small().runs["1"].visits[code].tasks[0]
    assert isinstance(task, QuizTask)
    return task.tries


def test_what_was_answered_without_signal_counts_as_it_was_answered(started: Phone, small: SmallRace) -> None:
    """Punched a minute after the gun, answered in 20 s, heard of nine minutes later: passed, at 80 s."""
    sheet = by_sign(started, "32")["tasks"][0]["sheet"]
    punch, answer = started.report(*offline(started, "32", sheet, 60, 20))
    assert (punch["verdict"], answer["verdict"]) == ("accepted", "accepted")
    visit = small().runs["1"].visits["32"]
    gun = small().gun
    assert gun is not None
    assert (visit.at - gun, (visit.passed_at or 0) - gun) == (60_000, 80_000)
    [only] = tries(small)
    assert (only.took_ms, only.by_phone, only.passed) == (20_000, True, True)


def test_the_steady_clock_decides_on_the_limit(started: Phone, small: SmallRace) -> None:
    """Seventy seconds for a sheet of sixty, though the time of day, set back meanwhile, says twenty."""
    sheet = by_sign(started, "32")["tasks"][0]["sheet"]
    punch, answer = offline(started, "32", sheet, 60, 20)
    started.report(punch, {**answer, "seconds": 70})
    [only] = tries(small)
    assert (only.right, only.passed, only.took_ms) == (3, False, 70_000)


def test_a_failed_sheet_without_signal_leaves_the_checkpoint_open_and_nothing_runs(
    started: Phone, small: SmallRace
) -> None:
    """The cool-down is long over when the server hears of it; the team, which has run on, is asked nothing."""
    sheet = by_sign(started, "32")["tasks"][0]["sheet"]
    started.report(*offline(started, "32", sheet, 60, 20, right=0))
    assert [item.passed for item in tries(small)] == [False]
    assert small().runs["1"].passed == ()
    again = started.open_sheet("32")
    assert again["id"] != sheet["id"]
    assert len(tries(small)) == 2


def test_what_the_team_saw_counts_though_the_set_up_was_changed(
    started: Phone, small: SmallRace, engine: Engine, live: Live
) -> None:
    """The organizer asks for two questions now; the phone in the dead spot still showed three."""
    sheet = by_sign(started, "32")["tasks"][0]["sheet"]
    records = offline(started, "32", sheet, 60, 20)
    data = changed("quizzes", draw=2)
    with writing(engine) as connection:
        save_setup(connection, small().race.id, data, by="test", now=now_ms(), nonce="draw")
    live.catch_up()
    assert by_sign(started, "32")["tasks"][0]["sheet"]["id"] != sheet["id"]
    assert started.report(*records)[1]["verdict"] == "accepted"
    [only] = tries(small)
    assert (only.sheet, len(only.questions), only.passed) == (sheet["id"], 3, True)


def test_a_sheet_of_nobody_is_refused(started: Phone, desk: Desk) -> None:
    theirs = by_sign(desk.phone("2"), "32", "2")["tasks"][0]["sheet"]
    assert started.report(*offline(started, "32", theirs, 60, 20))[1]["verdict"] == "refused"


def test_batches_give_the_same_result_in_any_order(
    desk: Desk, seals: Seals, small: SmallRace, engine: Engine, live: Live
) -> None:
    """Four phones of a team come back into signal: in each of the 24 orders, one for each of 24 teams.

    One passed the quiz at 32, one only punched there later, one passed that at 34, one was at 33.
    """
    seals.stretch(lambda work: work())
    orders = list(permutations(range(4)))
    teams = [
        {"id": f"t{place}", "bib": f"{place}", "team": f"队{place}", "class": "open"} for place in range(len(orders))
    ]
    with writing(engine) as connection:
        save_setup(connection, small().race.id, race_file(entries=teams), by="test", now=now_ms(), nonce="teams")
    live.catch_up()
    desk.stage("race")
    desk.act("gun", at=now_ms() - 600_000)
    gun, keys = small().gun or 0, Keys(desk.keys.race, small().setup)
    for team, order in zip(teams, orders, strict=True):
        phone = Phone(desk.line, keys, keys.card(team["id"]))
        sheets = {code: by_sign(phone, code, team["id"])["tasks"][0]["sheet"] for code in ("32", "34")}
        batches = [
            offline(phone, "32", sheets["32"], 60, 20),
            [record("punch", key=keys.sign(code), at=gun + 90_000) for code in ("31", "32")],
            offline(phone, "34", sheets["34"], 120, 30),
            [record("punch", key=keys.sign("33"), at=gun + 200_000)],
        ]
        for place in order:
            phone.report(*batches[place])
    came = {said_of(small().runs[team["id"]], gun) for team in teams}
    assert came == {
        (
            ("31", 90_000, ()),
            ("32", 60_000, ((20_000, True, True),)),
            ("33", 200_000, ()),
            ("34", 120_000, ((30_000, True, True),)),
        )
    }


def said_of(run: Run, gun: int) -> tuple[Any, ...]:
    """When a team came where, how long each of its sheets took, by whose clock, and whether it passed."""
    return tuple(
        (name, visit.at - gun, tuple((item.took_ms, item.by_phone, item.passed) for item in _sheets(visit)))
        for name, visit in sorted(run.visits.items())
    )


def _sheets(visit: Visit) -> Iterator[Try]:
    for task in visit.tasks:
        if isinstance(task, QuizTask):
            yield from task.tries


@pytest.mark.usefixtures("seals")
def test_pictures_beyond_what_a_phone_carries_stay_out_of_its_boxes_and_come_with_the_punch(
    desk: Desk, small: SmallRace, engine: Engine, live: Live
) -> None:
    """Words, choices and what the picture shows are always there; the server hands out the same sheet whole."""
    data = pictured()
    for item in data["banks"][0]["questions"]:
        item["image_alt"] = "一只白鸟"
    with writing(engine) as connection:
        save_setup(connection, small().race.id, data, by="test", now=now_ms(), nonce="pictures")
    live.catch_up()
    egret = desk.phone("1")
    sealed = {code: by_sign(egret, code)["tasks"][0]["sheet"]["questions"] for code in ("32", "34")}
    assert all({"image", "sound"} <= item.keys() and "with_signal" not in item for item in sealed["32"])
    whole, bare = sealed["34"][:2], sealed["34"][2]
    assert all({"image", "sound"} <= item.keys() for item in whole)
    assert bare.keys() == {"id", "kind", "text", "choices", "image_alt", "with_signal"}
    assert (bare["with_signal"], bare["image_alt"]) == (["image", "sound"], "一只白鸟")
    assert len(json.dumps(egret.play())) < 3_000_000
    desk.start()
    handed = egret.open_sheet("34")["questions"]
    assert [item["id"] for item in handed] == [item["id"] for item in sealed["34"]]
    assert {"image", "sound"} <= handed[2].keys()


def test_bundles_with_many_pictures_push_older_ones_out(
    desk: Desk, seals: Seals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is bounded in bytes, too; what went is made again, the same."""
    monkeypatch.setattr("race.live.seals.MOST_BUNDLE_BYTES", 1)
    first = desk.phone("1").play()["sealed"]
    desk.phone("2").play()
    assert len(seals._bundles) == 1
    assert desk.phone("1").play()["sealed"] == first
