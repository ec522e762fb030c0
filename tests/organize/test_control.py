"""Race control over HTTP: one press is one act, every act has its way back, nothing is overwritten blindly."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import writing
from base.web import clock, part_of
from race.live.races import Live
from race.store import load_setup, save_setup
from tests.factories import EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

Press = Callable[..., Any]
Reshape = Callable[[Callable[[dict[str, Any]], None]], None]


@pytest.fixture
def press(organizer: FlaskClient) -> Press:
    """Returns what presses a button of the desk: `press("press/stop", after=…)`."""
    token = csrf(organizer, "/organize/")

    def press(what: str, **form: Any) -> Any:
        return organizer.post(f"/organize/{SLUG}/{what}", data={"csrf_token": token, **form})

    return press


@pytest.fixture
def reshape(app: Flask, small: SmallRace) -> Reshape:
    """Returns what changes the race file before a test begins."""

    def reshape(change: Callable[[dict[str, Any]], None]) -> None:
        with writing(part_of(app, Engine)) as connection:
            data = load_setup(connection, small().race.id)
            change(data)
            save_setup(connection, small().race.id, data, by="test", now=0, nonce="reshaped")
        part_of(app, Live).catch_up()

    return reshape


def shown(organizer: FlaskClient, name: str, path: str = "control") -> str:
    """Return a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', organizer.get(f"/organize/{SLUG}/{path}").text)
    assert found, name
    return found[1]


def test_an_act_sent_again_is_one_and_with_other_content_a_conflict(desk: Desk) -> None:
    desk.stage("race")

    def verdict(**act: Any) -> str:
        found: str = desk.act("message", id="m1", **act).json["results"][0]["verdict"]
        return found

    assert [verdict(text="一"), verdict(text="一"), verdict(text="二")] == ["accepted", "accepted", "conflict"]
    assert [message["text"] for message in desk.phone("1").play()["messages"]] == ["一"]


def test_of_several_acts_with_one_fault_none_is_done(desk: Desk) -> None:
    desk.stage("race")
    body = {"records": [{"kind": "message", "text": "好"}, {"kind": "message"}]}
    assert desk.line.ask("POST", "/api/v1/races/lianxi/facts", body, desk.bearer).status == 400
    assert desk.phone("1").play()["messages"] == []


def test_the_desk_s_buttons_open_start_tell_and_close(press: Press, desk: Desk) -> None:
    assert press("gun").status_code == 409, "there is no race yet that could start"
    assert press("stage", stage="race").status_code == 302
    assert press("gun").status_code == 302
    assert press("message", text="注意安全", bib="2 蜻蜓").status_code == 302
    assert [message["text"] for message in desk.phone("2").play()["messages"]] == ["注意安全"]
    assert desk.phone("1").play()["messages"] == []
    assert press("message", text="谁", bib="0").status_code == 400
    refused = press("message", text="谁", bib="99")
    assert refused.status_code == 400
    assert "谁</textarea>" in refused.text, "what could not be sent stays"
    assert press("close", reason="雷雨").status_code == 302
    assert desk.standings()["closed"]
    assert press("stage", stage="trial").status_code == 409


def test_the_desk_shows_who_is_out_with_whom_to_call(organizer: FlaskClient, desk: Desk) -> None:
    desk.start()
    desk.phone("1").punch("33")
    page = organizer.get("/organize/lianxi/control").text
    assert "白鹭" in page
    assert "tel:13800000001" in page
    assert desk.keys.station("33") in page


# One press, one act


def test_a_gun_pressed_twice_or_by_two_organizers_is_fired_once(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.stage("race")
    after = shown(organizer, "after")
    for _ in range(2):
        assert press("gun", after=after).status_code == 302
    assert press("gun", after=after, when="30").status_code == 302, "who chose otherwise a moment later sees it fired"
    assert len([fact for fact in small().wide if fact.kind == "gun"]) == 1
    assert small().gun
    assert press("gun").status_code == 409, "and whoever sees it fired cannot fire it again"


def test_whoever_saw_another_state_is_shown_how_it_stands_now(press: Press, organizer: FlaskClient, desk: Desk) -> None:
    desk.start()
    stale = shown(organizer, "after", "clock")
    assert press("press/stop", after=stale).status_code == 302
    late = press("press/close", after=stale)
    assert late.status_code == 409
    assert "有人抢先了一步" in late.text
    assert not desk.standings()["closed"]


def test_a_message_from_one_page_is_sent_once_and_other_words_from_it_are_asked_about(
    press: Press, organizer: FlaskClient, desk: Desk
) -> None:
    desk.stage("race")
    nonce = shown(organizer, "nonce", "messages")
    assert [press("message", nonce=nonce, text="下雨了").status_code for _ in range(2)] == [302, 302]
    other = press("message", nonce=nonce, text="停了")
    assert other.status_code == 409
    assert "停了</textarea>" in other.text
    assert [message["text"] for message in desk.phone("1").play()["messages"]] == ["下雨了"]


# The gun


def test_a_gun_that_is_set_counts_down_and_can_be_called_off(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.stage("race")
    assert press("gun", when="60").status_code == 302
    gun = small().gun
    assert gun
    assert gun - now_ms() > 55_000
    assert gun % 1000 == 0
    page = organizer.get(f"/organize/{SLUG}/control").text
    assert f'data-until="{gun}" data-turn' in page
    assert desk.phone(EGRET).play()["gun"] == gun
    assert desk.phone(EGRET).punch("31")["verdict"] == "not_started"
    fact = next(fact for fact in small().wide if fact.kind == "gun")
    assert press("undo", fact=fact.id).status_code == 302
    assert small().gun is None
    assert press("gun").status_code == 302, "and another can be fired"
    assert small().gun


def test_a_false_start_is_recalled_and_the_race_started_again(press: Press, desk: Desk, small: SmallRace) -> None:
    desk.stage("race")
    press("gun")
    desk.phone(EGRET).punch("31")
    assert small().runs[EGRET].passed == ("31",)
    assert press("press/recall").status_code == 302
    assert small().gun is None
    assert small().runs[EGRET].passed == ()
    assert press("gun").status_code == 302
    assert small().runs[EGRET].passed == (), "what was punched in the false start does not count"


def test_a_corrected_gun_is_previewed_wants_a_reason_and_can_be_undone(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    phone = desk.phone(EGRET)
    phone.punch("31")
    phone.finish()
    desk.marshal("F1").tell("heads", entry=EGRET, heads=5)
    gun = small().gun
    assert gun
    earlier = gun - gun % 1000 - 60_000
    time = clock(earlier)
    preview = organizer.get(f"/organize/{SLUG}/clock", query_string={"group": "|", "time": time}).text
    assert "1 队的成绩或名次会变" in preview
    assert "白鹭" in preview
    assert small().gun == gun, "looking moves nobody"
    assert press("clock", group="|", at=str(earlier)).status_code == 400, "without a reason"
    before = small().runs[EGRET].time_s
    assert press("clock", group="|", at=str(earlier), reason="发令员的表").status_code == 302
    assert small().gun == earlier
    assert before is not None
    assert small().runs[EGRET].time_s == before + gun // 1000 - earlier // 1000
    decision = next(fact for fact in small().wide if fact.body.get("what") == "gun")
    press("undo", fact=decision.id)
    assert small().gun == gun


def test_each_wave_has_its_own_gun_and_its_own_recall(
    press: Press, organizer: FlaskClient, reshape: Reshape, desk: Desk, small: SmallRace
) -> None:
    def in_waves(data: dict[str, Any]) -> None:
        data["classes"][0]["start"] = "wave"
        for entry, wave in zip(data["entries"], ("a", "b", "b"), strict=True):
            entry["wave"] = wave

    reshape(in_waves)
    desk.stage("race")
    assert press("gun", group="|a").status_code == 302
    assert [small().runs[entry].start is not None for entry in "123"] == [True, False, False]
    assert "还没发令：第 b 批" in organizer.get(f"/organize/{SLUG}/control").text
    assert press("gun", group="|").status_code == 409, "for all would start wave a once more"
    assert press("gun", group="|b").status_code == 302
    assert press("press/recall", group="|b").status_code == 302
    assert [small().runs[entry].start is not None for entry in "123"] == [True, False, False]


# Stop, resume, close, postpone


def test_a_stop_is_announced_credited_and_can_be_taken_back(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    assert press("press/stop").status_code == 302
    page = organizer.get(f"/organize/{SLUG}/control").text
    assert "比赛暂停" in page
    assert "已暂停" in page
    assert "撤销" in page
    assert press("press/stop").status_code == 409, "it is stopped already"
    stop = next(fact for fact in small().wide if fact.body.get("what") == "stop")
    assert press("undo", fact=stop.id).status_code == 302
    assert small().whole.stops == ()
    taken_back = next(fact for fact in small().wide if fact.body.get("what") == "undo")
    assert press("undo", fact=taken_back.id).status_code == 302, "an undo is an act as well"
    assert len(small().whole.stops) == 1
    assert press("press/resume").status_code == 302
    assert small().whole.stops[0][1] is not None


def test_a_stop_taken_back_given_again_and_taken_back_again_stays_taken_back(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    press("press/stop")
    stop = next(fact.id for fact in small().wide if fact.body.get("what") == "stop")
    for expected in (0, 1, 0):
        newest = next(fact.id for fact in reversed(small().wide) if fact.id not in small().whole.undone)
        press("undo", fact=stop if expected == 0 else newest)
        assert len(small().whole.stops) == expected


def test_a_closed_race_is_opened_again_and_does_not_close_by_itself(press: Press, desk: Desk, small: SmallRace) -> None:
    desk.start()
    press("close")
    assert desk.phone(EGRET).punch("31")["verdict"] == "closed"
    assert press("reopen").status_code == 302
    assert small().whole.closed_at is None
    assert small().runs[EGRET].passed == ("31",), "what was punched meanwhile counts now"
    assert press("reopen").status_code == 302, "pressed again it stays open"
    assert small().whole.closed_at is None


def test_a_start_is_postponed_before_the_gun_only(press: Press, desk: Desk, small: SmallRace) -> None:
    desk.stage("race")
    assert press("press/postpone", minutes="").status_code == 400
    assert press("press/postpone", minutes="15").status_code == 302
    assert small().whole.postponed == 15 * 60_000
    press("gun")
    assert press("press/postpone", minutes="15").status_code == 409


def test_what_is_no_act_is_not_found(press: Press, desk: Desk) -> None:
    desk.start()
    assert press("press/disqualify").status_code == 404
    assert press("undo", fact="nothing").status_code == 404
    punch = desk.phone(EGRET).punch("31")["id"]
    assert press("undo", fact=punch).status_code == 404, "a team's own record is the jury's matter"


# Teams


def test_members_or_a_whole_team_withdraw_and_who_is_not_safe_stays_on_the_list(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    desk.phone(EGRET).punch("31")
    assert press(f"control/{EGRET}/withdraw", who="some", safe="yes").status_code == 400, "nobody is ticked"
    assert press(f"control/{EGRET}/withdraw", who="some", members=["3"], safe="yes").status_code == 302
    assert small().runs[EGRET].withdrawn == (3,)
    assert small().runs[EGRET].status.value == "Active"
    assert press(f"control/{EGRET}/withdraw", who="some", members=["9"], safe="yes").status_code == 400
    assert press(f"control/{EGRET}/withdraw", who="all", safe="no", reason="走散了").status_code == 302
    assert small().runs[EGRET].status.value == "SportingWithdrawal"
    assert "尚未确认平安" in organizer.get(f"/organize/{SLUG}/control").text
    assert press(f"control/{EGRET}/withdraw", who="all", safe="yes").status_code == 302
    assert "尚未确认平安" not in organizer.get(f"/organize/{SLUG}/control").text
    assert "白鹭" in organizer.get(f"/organize/{SLUG}/control?tab=back").text
    assert press("control/99/withdraw", who="all", safe="yes").status_code == 404


def test_members_are_swapped_never_over_somebody_else_s_change(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    path = f"control/{EGRET}"
    seen = shown(organizer, "seen", path)
    names = {f"member-{index}": member.name for index, member in enumerate(small().setup.entries[EGRET].members)}
    assert press(f"{path}/members", seen=seen, **{**names, "member-0": ""}).status_code == 400
    assert press(f"{path}/members", seen=seen, **{**names, "member-0": "替补"}).status_code == 302
    assert small().setup.entries[EGRET].members[0].name == "替补"
    overtaken = press(f"{path}/members", seen=seen, **{**names, "member-0": "别人"})
    assert overtaken.status_code == 409
    assert "替补" in overtaken.text
    desk.start()
    seen = shown(organizer, "seen", path)
    assert press(f"{path}/members", seen=seen, **names).status_code == 400, "after the gun a reason is wanted"
    assert press(f"{path}/members", seen=seen, reason="临时换人", **names).status_code == 302


def test_a_late_team_gets_a_free_number_and_can_play_at_once(press: Press, desk: Desk, small: SmallRace) -> None:
    desk.start()
    assert press("late", team="迟到队", reason="堵车").location == f"/organize/{SLUG}/control/4"
    assert press("late", team="", reason="堵车").status_code == 400
    assert press("late", team="撞号", bib="04", reason="堵车").status_code == 400
    assert press("late", team="没说原因").status_code == 400
    live = small()
    assert live.setup.entries["4"].bib == "4"
    assert live.runs["4"].start == live.gun


def test_a_long_list_shows_its_beginning_and_the_whole_on_demand(organizer: FlaskClient, reshape: Reshape) -> None:
    def fill(data: dict[str, Any]) -> None:
        first = data["entries"][0]
        data["entries"] = [{**first, "id": str(n), "bib": str(n), "team": f"第{n}队"} for n in range(1, 121)]

    reshape(fill)
    page = organizer.get(f"/organize/{SLUG}/control?tab=ahead").text
    assert page.count('scope="row"') == 50
    assert "再显示 70 队" in page
    assert organizer.get(f"/organize/{SLUG}/control?tab=ahead&all=1").text.count('scope="row"') == 120


# Flags


def test_the_chief_marshal_gives_a_word_on_a_flag_once_and_may_take_it_back(
    press: Press, organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    phone = desk.phone(EGRET)
    phone.punch("31")
    phone.finish()
    desk.marshal("F1").tell("heads", entry=EGRET, heads=4)
    page = organizer.get(f"/organize/{SLUG}/control").text
    assert "记 1 人退出" in page
    name = shown(organizer, "flag")
    assert press("flag", flag="nothing", accepted="yes").status_code == 404
    for _ in range(2):
        assert press("flag", flag=name, entry=EGRET, accepted="yes").status_code == 302
    words = [fact for fact in small().wide if fact.body.get("what") == "flag"]
    assert [fact.body["value"] for fact in words] == [{"flag": name, "accepted": True}]
    assert "记 1 人退出" not in organizer.get(f"/organize/{SLUG}/control").text
    press("undo", fact=words[0].id)
    assert "记 1 人退出" in organizer.get(f"/organize/{SLUG}/control").text


@pytest.mark.parametrize(("out", "said"), [(1, "1 team is still out."), (2, "2 teams are still out.")])
def test_one_team_is_still_out_and_two_are(desk: Desk, organizer: FlaskClient, out: int, said: str) -> None:
    desk.start()
    for entry in ("1", "2")[:out]:
        desk.phone(entry).punch("31")
    assert said in organizer.get(f"/organize/{SLUG}/clock?lang=en").text
    assert f"还有 {out} 队未归。" in organizer.get(f"/organize/{SLUG}/clock?lang=zh").text
