"""The chief marshal's pages: what is open, who would move, deciding, and taking it back."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import writing
from base.web import part_of
from facts.model import Draft
from people.model import Role
from people.store.accounts import add_account
from people.store.unions import first_union
from race.live.referee import Referee
from race.model import Standing, Status
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

JURY = f"/organize/{SLUG}/jury"
TEAM = f"{JURY}/{EGRET}"


class Table:
    """The jury's table: a browser with the race's pages, and the race as it came out."""

    def __init__(self, browser: FlaskClient, small: SmallRace) -> None:
        self.browser = browser
        self.small = small
        self.token = csrf(browser, "/organize/")

    def post(self, path: str, **form: str) -> Any:
        """Fill a form in."""
        return self.browser.post(path, data={"csrf_token": self.token, **form})

    def preview(self, path: str, **form: str) -> dict[str, str]:
        """Fill a form in and return the form that confirms it."""
        answer = self.post(path, **form)
        assert answer.status_code == 200, answer.text
        return confirming(answer.text)

    def decide(self, path: str, **form: str) -> None:
        """Fill a form in, look at who would move, and confirm."""
        answer = self.post(path, **self.preview(path, **form))
        assert answer.status_code == 302

    def standings(self) -> list[Standing]:
        """The open class as it stands."""
        return self.small().standings(fresh=True)["open"]


def confirming(page: str) -> dict[str, str]:
    """The fields of the form that confirms."""
    form = page[page.index('<form class="confirm"') :].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value.replace("&#34;", '"') for name, value in found if name != "csrf_token"}


@pytest.fixture
def table(organizer: FlaskClient, desk: Desk, small: SmallRace) -> Table:
    """A race in which Egret and Dragonfly are back with one checkpoint each, Egret first; heads are counted."""
    desk.start()
    finish = desk.marshal("F1")
    for entry in (EGRET, DRAGONFLY):
        phone = desk.phone(entry)
        phone.punch("31")
        phone.finish()
        finish.tell("heads", entry=entry, heads=5)
    return Table(organizer, small)


def test_a_preview_says_who_would_move_and_stores_nothing(table: Table) -> None:
    before = table.small().revision
    answer = table.post(TEAM, what="status", status="Disqualified", reason="抄近道")
    assert answer.status_code == 200
    assert "第 1 名" in answer.text
    assert "取消资格" in answer.text
    assert "抄近道" in answer.text
    assert table.small().revision == before


def test_what_is_confirmed_moves_and_undo_restores_it_exactly(table: Table) -> None:
    before, runs = table.standings(), dict(table.small().runs)
    table.decide(TEAM, what="penalty_s", seconds="600", reason="干扰他队")
    assert [item.run.entry for item in table.standings()][:2] == [DRAGONFLY, EGRET]
    [decision] = [fact for fact in table.small().wide if fact.body.get("what") == "penalty_s"]
    assert (decision.entry, decision.body["reason"]) == (EGRET, "干扰他队")
    table.decide(TEAM, what="undo", fact=decision.id, reason="看错队号")
    assert table.standings() == before
    assert table.small().runs == runs
    page = table.browser.get(TEAM).text
    assert "<s>加 10 分钟。</s>" in page
    assert "看错队号" in page


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ({"what": "status", "status": "DidNotFinish"}, lambda run: run.status is Status.DID_NOT_FINISH),
        ({"what": "credit_s", "seconds": "30"}, lambda run: run.credit_s == 30),
        ({"what": "points", "points": "-5"}, lambda run: run.points == -5),
        ({"what": "class", "class": "open"}, lambda run: run.class_ == "open"),
        ({"what": "merge", "other": "3"}, lambda run: "another team" in str(run.why)),
        ({"what": "heads", "heads": "4"}, lambda run: run.heads == 4),
        ({"what": "withdraw", "safe": "yes"}, lambda run: run.status is Status.SPORTING_WITHDRAWAL),
    ],
)
def test_each_decision_about_a_team_has_a_form_that_works(
    table: Table, form: dict[str, str], found: Callable[[Any], bool]
) -> None:
    before = table.small().revision
    table.decide(TEAM, **form, reason="仲裁")
    assert table.small().revision == before + 1
    assert found(table.small().runs[EGRET])


def test_start_and_finish_are_set_by_the_time_of_day(table: Table) -> None:
    """Nine o'clock of the race's own day."""
    table.decide(TEAM, what="start", at="00:00:01", reason="抢跑")
    table.decide(TEAM, what="finish", at="0:10:01", reason="漏记")
    run = table.small().runs[EGRET]
    assert run.start is not None
    assert run.finish is not None
    assert run.finish - run.start == 600_000


@pytest.mark.parametrize(
    "form",
    [
        {"what": "waive", "checkpoint": "34"},
        {"what": "neutralise", "from": "31", "to": "F1"},
        {"what": "gun", "at": "00:00:10"},
        {"what": "recall"},
        {"what": "postpone", "minutes": "10"},
        {"what": "stop"},
        {"what": "resume"},
        {"what": "close"},
    ],
)
def test_each_decision_on_the_whole_race_has_a_form_that_works(table: Table, form: dict[str, str]) -> None:
    before = table.small().revision
    table.decide(JURY, **form, reason="仲裁")
    [decision] = [fact for fact in table.small().wide if fact.revision > before]
    assert (decision.body["what"], decision.body["reason"]) == (form["what"], "仲裁")
    table.decide(JURY, what="undo", fact=decision.id, reason="撤回")
    assert decision.id in table.small().whole.undone


def test_a_question_is_voided_or_its_answer_changed_from_the_team_s_sheet(table: Table, desk: Desk) -> None:
    """Compass answered one of three right; with a question voided it has two, which is enough."""
    phone = desk.phone("3")
    sheet = phone.open_sheet("32")
    phone.answer(sheet, right=1)
    page = table.browser.get(f"{JURY}/3").text
    assert "答对 1/3" in page
    assert page.count("题有问题？") == 3
    asked = re.findall(r"/jury/question\?question=([^\"]+)\"", page)
    here = f"{JURY}/question?question={asked[1]}"
    question = unquote(asked[1])
    assert "<b>A</b> 甲" in table.browser.get(here).text
    assert table.browser.get(JURY).text.count(f'<option value="{question.replace(chr(34), "&#34;")}"') == 1
    table.decide(here, what="void_question", question=question, reason="题面有误")
    [voided] = table.small().whole.voided
    assert table.small().runs["3"].passed == ("32",)
    assert "已作废，都算对" in table.browser.get(f"{JURY}/3").text
    told = table.browser.get(f"{here}&moved={table.small().wide[-1].id}").text
    for words in ("已作废：抽到的都算对", "题面有误", "谁变动了", "指北针"):
        assert words in told
    table.decide(here, what="undo", fact=table.small().wide[-1].id, reason="题没有错")
    assert not table.small().whole.voided
    assert table.small().runs["3"].passed == ()
    table.decide(here, what="rekey_question", question=question, answer="a", reason="答案印错")
    assert table.small().whole.keys == {voided: 0}
    page = table.browser.get(here).text
    assert re.search(r'class="right"><b>A</b> 甲', page)
    assert [words for words in ("题面有误", "题没有错", "答案印错") if words not in page] == []


def test_a_question_that_is_not_there_is_not_found(table: Table) -> None:
    for name in ("", "[", '["wetland","q99"]', "x" * 400):
        assert table.browser.get(f"{JURY}/question", query_string={"question": name}).status_code == 404


def test_pressed_twice_is_decided_once(table: Table) -> None:
    form = table.preview(TEAM, what="penalty_s", seconds="60", reason="拉拽")
    assert [table.post(TEAM, **form).status_code for _ in range(2)] == [302, 302]
    assert table.small().runs[EGRET].penalty_s == 60


def test_what_others_decided_meanwhile_is_shown_before_anything_is_stored(table: Table) -> None:
    """Dragonfly was disqualified while the form for Egret lay open: Egret would no longer lose its place."""
    form = table.preview(TEAM, what="penalty_s", seconds="600", reason="拉拽")
    table.decide(f"{JURY}/{DRAGONFLY}", what="status", status="Disqualified", reason="换人未报")
    answer = table.post(TEAM, **form)
    assert answer.status_code == 409
    assert "刚才情况有变" in answer.text
    assert table.small().runs[EGRET].penalty_s == 0
    assert table.post(TEAM, **confirming(answer.text)).status_code == 302
    assert table.small().runs[EGRET].penalty_s == 600


def test_what_came_in_meanwhile_and_moves_nobody_else_is_no_hindrance(table: Table, desk: Desk) -> None:
    form = table.preview(TEAM, what="penalty_s", seconds="600", reason="拉拽")
    desk.phone("3").punch("31")
    assert table.post(TEAM, **form).status_code == 302


def test_a_punch_is_removed_stays_struck_through_and_comes_back(table: Table) -> None:
    [punch] = [fact for fact in table.small().facts[EGRET] if fact.kind == "punch"]
    table.decide(TEAM, what="remove_punch", fact=punch.id, reason="代打")
    assert table.small().runs[EGRET].passed == ()
    assert "<s>打卡 31 木桥。</s>" in table.browser.get(TEAM).text
    [taken] = [fact for fact in table.small().wide if fact.body.get("what") == "remove_punch"]
    table.decide(TEAM, what="undo", fact=taken.id, reason="查清了")
    assert table.small().runs[EGRET].passed == ("31",)


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [
        (TEAM, {"what": "penalty_s", "seconds": "60"}, "请写明理由"),
        (TEAM, {"what": "penalty_s", "seconds": "many", "reason": "x"}, "整数"),
        (TEAM, {"what": "start", "at": "noon", "reason": "x"}, "请写时刻"),
        (TEAM, {"what": "merge", "other": EGRET, "reason": "x"}, "请选另一支队"),
        (TEAM, {"what": "class", "class": "nobody", "reason": "x"}, "nobody"),
        (TEAM, {"what": "dance", "reason": "x"}, "请选择要裁决什么"),
        (JURY, {"what": "void_question", "question": "[", "reason": "x"}, "请选一道题"),
        (JURY, {"what": "undo", "fact": "gone", "reason": "x"}, "已经不在了"),
        (JURY, {"what": "close", "when": "23:59:59", "reason": "x"}, ""),
        (JURY, {"what": "flag", "flag": "gone", "accepted": "yes", "reason": "x"}, "已经处理了"),
    ],
)
def test_what_cannot_be_decided_is_said_and_stores_nothing(
    table: Table, path: str, form: dict[str, str], said: str
) -> None:
    before = table.small().revision
    answer = table.post(path, **form)
    assert (answer.status_code, table.small().revision) == (400, before)
    assert said in answer.text


def near_tie(app: Flask, table: Table) -> None:
    """Compass came in a moment after Dragonfly, by a typed code."""
    live = table.small()
    finish = live.runs[DRAGONFLY].finish or 0
    drafts = [
        Draft("n1", "punch", finish + 500, finish + 500, "marshal:31", "3", "31", {"proof": "marshal"}),
        Draft("n2", "finish", finish + 1500, finish + 1500, "marshal:F1", "3", "F1", {"proof": "code"}),
        Draft("n3", "heads", finish + 1500, finish + 1500, "marshal:F1", "3", None, {"heads": 5}),
    ]
    part_of(app, Referee).take(live, drafts, finish + 1500)


def test_a_near_tie_stands_side_by_side_and_takes_a_word(app: Flask, table: Table) -> None:
    near_tie(app, table)
    page = table.browser.get(JURY).text
    assert "名次相近" in page
    assert "± 2 秒" in page
    flags = re.findall(r'name="flag" value="(near_tie:[^"]+)"', page)
    assert table.post(JURY, what="flag", flag=flags[0], accepted="yes").status_code == 400
    for _ in range(2):
        assert table.post(JURY, what="flag", flag=flags[0], accepted="yes", reason="录像为准").status_code == 302
    assert table.small().whole.flags[flags[0]] is True
    words = [fact for fact in table.small().wide if fact.body.get("what") == "flag"]
    assert len(words) == 1
    page = table.browser.get(JURY).text
    assert "已认可" in page
    assert f'name="flag" value="{flags[0]}"' not in page


def test_the_past_shows_the_race_as_it_stood(table: Table) -> None:
    """At a time before the gun nothing had come in."""
    page = table.browser.get(f"{TEAM}?at=0:00").text
    assert "这是 0:00:00 时的情况" in page
    assert "这支队还没有任何记录" in page
    assert "看看谁会变动" not in page, "the past is not decided upon"
    assert table.browser.get(f"{JURY}?at=0:00").status_code == 200
    assert "这是" not in table.browser.get(f"{TEAM}?at=soon").text


def test_whom_an_earlier_decision_moved_can_be_seen_later(table: Table) -> None:
    table.decide(TEAM, what="penalty_s", seconds="600", reason="拉拽")
    [decision] = [fact for fact in table.small().wide if fact.body.get("what") == "penalty_s"]
    table.decide(TEAM, what="status", status="Disqualified", reason="再犯")
    page = table.browser.get(f"{JURY}?moved={decision.id}").text
    moved = page[page.index('id="moved"') :].partition("</section>")[0]
    assert "第 2 名" in moved
    assert "取消资格" not in moved


def test_why_this_score_is_told_in_steps_and_names_neighbours(table: Table) -> None:
    table.decide(TEAM, what="penalty_s", seconds="600", reason="拉拽")
    page = table.browser.get(TEAM).text
    steps = page[page.index('class="steps"') :].partition("</ol>")[0]
    assert "裁决：加 10 分钟。（拉拽）" in steps
    assert "到达" in steps
    assert "organizer:" not in page
    near = page[page.index('class="table near"') :].partition("</table>")[0]
    assert "蜻蜓" in near
    assert 'aria-current="true"' in near


def test_before_the_race_there_is_nothing_to_decide(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    table = Table(organizer, small)
    assert organizer.get(JURY).status_code == 200
    assert organizer.get(TEAM).status_code == 200
    assert table.post(TEAM, what="penalty_s", seconds="60", reason="x").status_code == 409
    assert organizer.get(f"{JURY}/99").status_code == 404
    assert organizer.get(f"{JURY}?team=2").headers["Location"].endswith("/jury/2")


@pytest.mark.parametrize(("role", "status"), [(Role.CHIEF, 200), (Role.AUTHOR, 403), (Role.MARSHAL, 403)])
def test_the_chief_marshal_decides_and_authors_and_marshals_do_not(
    app: Flask, table: Table, role: Role, status: int
) -> None:
    engine = part_of(app, Engine)
    with writing(engine) as connection:
        account = add_account(connection, "王裁判", "!", first_union(connection), role, 0)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["account"] = account.id
    assert [browser.get(path).status_code for path in (JURY, TEAM)] == [status, status]


def test_the_checklist_counts_what_is_open(table: Table, desk: Desk) -> None:
    def counted() -> str:
        page = table.browser.get(f"/organize/{SLUG}/basics").text
        return page[page.index(f'href="{JURY}"') :].partition("</li>")[0]

    assert "way-note" not in counted()
    desk.phone("3").punch("31")
    assert "way-note" not in counted(), "who is out while it runs is race control's"
    desk.act("decision", what="close")
    assert 'way-note">1 ' in counted()
