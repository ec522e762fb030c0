"""The pages of banks and questions: files looked at before they are stored, one question at a time, frozen banks."""

import json
import re
import threading
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete

from base.database import writing
from base.sheets.model import MOST_BYTES
from base.web import part_of
from organize.live import FileReading, FileReadings
from organize.store.proposals import proposal_table
from organize.views.questions import frozen
from people.model import Role
from people.store.accounts import add_account
from people.store.unions import add_union, first_union, give_race, race_union_table
from quizzes.exchange import read_bank_file
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import EGRET, SLUG, question, race_file
from tests.fixtures_app import SmallRace
from tests.organize.test_task_pages import post, seen_at, seen_of_page
from tests.phones import Desk, csrf
from tests.tables import xlsx

QUESTIONS = f"/organize/{SLUG}/questions"
BANK = f"{QUESTIONS}/bank/wetland"
HEAD = ["题型", "题目", "选项A", "选项B", "答案"]
FILE = [
    HEAD,
    ["单选题", "鱼会游泳吗？", "会", "不会", "A"],
    ["单选题", "鸟会飞吗？", "会", "不会", "C"],
    ["判断题", "芦苇能净化水质。", "", "", "对"],
    ["判断题", "芦苇能净化水质。", "", "", "对"],
]


def upload(browser: FlaskClient, data: bytes, name: str = "题库.xlsx", bank: str = "wetland") -> Any:
    head = 'Content-Disposition: form-data; name="csrf_token"', "", csrf(browser, "/organize/"), "--edge"
    file = f'Content-Disposition: form-data; name="file"; filename="{name}"', "Content-Type: any/any", "", ""
    body = "\r\n".join(("--edge", *head, *file)).encode() + data + b"\r\n--edge--\r\n"
    return browser.post(f"{QUESTIONS}/import/{bank}", data=body, content_type="multipart/form-data; boundary=edge")


def test_a_large_file_is_read_while_its_page_says_how_far_it_is(organizer: FlaskClient) -> None:
    """The page asks again by itself; what could not be read says why."""
    rows = "".join(f"判断题,第{number}种鸟会飞吗？,对,{'因为' * 800}\n" for number in range(300))
    sent = upload(organizer, f"题型,题目,答案,解析\n{rows}".encode(), "大.csv")
    assert "begun=" in sent.location
    pages = []
    for _ in range(100):
        pages.append(organizer.get(sent.location))
        if "Refresh" not in pages[-1].headers:
            break
        assert "<progress" in pages[-1].text
        time.sleep(0.2)
    assert "300" in pages[-1].text
    assert "第1种鸟会飞吗？" in pages[-1].text
    assert organizer.get(sent.location.replace("key=", "key=x").partition("&begun")[0]).status_code == 404


def texts(small: SmallRace, bank: str = "wetland") -> list[Any]:
    return [item.text for item in small().setup.banks[bank].questions]


def test_a_file_is_shown_before_it_is_stored_and_then_taken(organizer: FlaskClient, small: SmallRace) -> None:
    looked = upload(organizer, xlsx(FILE))
    assert looked.status_code == 302
    page = organizer.get(f"{looked.location}&lang=zh").text
    assert "收下这 2 题" in page
    assert re.search(r'<td class="figure">3</td><td>[^<]*C', page), "the line and the reason"
    assert re.search(r'<td class="figure">5</td><td>[^<]*4', page), "a copy of line 4"
    assert len(texts(small)) == 40
    key = re.search(r"key=([^&]+)", looked.location)
    assert key
    assert post(organizer, f"{QUESTIONS}/take/wetland", {"key": key[1]}).status_code == 302
    assert texts(small)[40:] == ["鱼会游泳吗？", "芦苇能净化水质。"]
    assert post(organizer, f"{QUESTIONS}/take/wetland", {"key": key[1]}).status_code == 404, "once"
    again = organizer.get(f"{upload(organizer, xlsx(FILE)).location}&lang=zh").text
    assert "收下这" not in again
    assert "题库里已经有了" in again


def test_a_file_that_is_thrown_away_leaves_nothing(organizer: FlaskClient, small: SmallRace, app: Flask) -> None:
    location = upload(organizer, xlsx(FILE)).location
    key = location.rpartition("key=")[2]
    assert post(organizer, f"{QUESTIONS}/take/wetland", {"key": key, "forget": "1"}).status_code == 302
    assert len(texts(small)) == 40
    with writing(part_of(app, Engine)) as connection:
        assert connection.execute(proposal_table.select()).all() == []


def test_a_file_looked_at_for_one_bank_is_not_taken_into_another(organizer: FlaskClient) -> None:
    key = upload(organizer, xlsx(FILE)).location.rpartition("key=")[2]
    assert post(organizer, f"{QUESTIONS}/new", {"name": "第二个"}).status_code == 302
    assert post(organizer, f"{QUESTIONS}/take/bank", {"key": key}).status_code == 404


@pytest.mark.parametrize(
    ("data", "name"), [(b"", "empty.xlsx"), (b"\x00\x01garbage", "a.xls"), (b"hello", "a.txt"), (b"{", "a.json")]
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(organizer: FlaskClient, data: bytes, name: str) -> None:
    answer = upload(organizer, data, name)
    assert answer.status_code == 400
    assert 'id="file-fault"' in answer.text


def test_a_file_that_is_too_large_is_refused(organizer: FlaskClient, small: SmallRace) -> None:
    answer = upload(organizer, b"x" * (MOST_BYTES + 1), "a.txt")
    assert answer.status_code == 400
    assert "20" in answer.text
    assert len(texts(small)) == 40


def test_the_form_and_the_bank_come_as_workbooks_that_can_be_read(organizer: FlaskClient) -> None:
    form = organizer.get(f"{QUESTIONS}/form.xlsx")
    assert len(read_bank_file("form.xlsx", form.data).questions) == 4
    bank = organizer.get(f"{QUESTIONS}/export/wetland")
    assert len(read_bank_file("b.xlsx", bank.data).questions) == 40
    assert len(json.loads(organizer.get(f"{QUESTIONS}/export/wetland?as=json").data)) == 40


def test_a_bank_is_paged_and_searched(organizer: FlaskClient, app: Flask, small: SmallRace) -> None:
    first = organizer.get(BANK).text
    assert first.count('class="asked-text"') == 40
    hits = organizer.get(f"{BANK}?q=第7题").text
    assert hits.count('class="asked-text"') == 1
    big = [[*HEAD], *([["单选题", f"问{number}？", "甲", "乙", "A"] for number in range(1, 71)])]
    key = upload(organizer, xlsx(big)).location.rpartition("key=")[2]
    post(organizer, f"{QUESTIONS}/take/wetland", {"key": key})
    assert organizer.get(BANK).text.count('class="asked-text"') == 50
    assert organizer.get(f"{BANK}?page=3").text.count('class="asked-text"') == 10
    assert organizer.get(f"{BANK}?page=99").text.count('class="asked-text"') == 10
    assert len(small().setup.banks["wetland"].questions) == 110


def test_a_question_is_added_changed_deleted_and_put_back(organizer: FlaskClient, small: SmallRace) -> None:
    new = f"{QUESTIONS}/edit/wetland?kind=single"
    form = {"text": "几？", "choice_0": "一", "choice_1": "二", "right": "1"}
    assert post(organizer, new, form, seen=seen_at(organizer, new)).status_code == 302
    added = small().setup.banks["wetland"].questions[-1]
    assert (added.text, added.answer) == ("几？", 1)
    old = f"{QUESTIONS}/edit/wetland?question=q3"
    form = {"text": "第三题", "choice_0": "甲", "choice_1": "丁", "right": "0"}
    assert post(organizer, old, form, seen=seen_at(organizer, old)).status_code == 302
    changed = small().setup.banks["wetland"].questions[2]
    assert (changed.id, changed.text, changed.choices, changed.answer) == ("q3", "第三题", ("甲", "丁"), 0)
    dropped = post(organizer, f"{QUESTIONS}/drop/wetland", {"question": "q3"})
    assert "第三题" not in texts(small)
    item = re.search(r'name="item" value="([^"]*)"', dropped.text)
    assert item
    back = {"place": "2", "item": item[1].replace("&#34;", '"').replace("&quot;", '"')}
    assert post(organizer, f"{QUESTIONS}/back/wetland", back).status_code == 302
    assert small().setup.banks["wetland"].questions[2] == changed
    assert post(organizer, f"{QUESTIONS}/back/wetland", back).status_code == 302
    assert len(texts(small)) == 41, "put back once"


def test_a_text_shows_its_marks_and_everything_else_as_it_is_written(organizer: FlaskClient) -> None:
    new = f"{QUESTIONS}/edit/wetland?kind=single"
    form = {
        "text": "CO<sub>2</sub>？<script>alert(1)</script>",
        "choice_0": "<b onclick=x>一</b>",
        "choice_1": "<i>二</i>",
    }
    assert post(organizer, new, {**form, "right": "1"}, seen=seen_at(organizer, new)).status_code == 302
    page = organizer.get(f"{BANK}?q=CO").text
    assert '<p class="asked-text">CO<sub>2</sub>？&lt;script&gt;alert(1)&lt;/script&gt;</p>' in page
    assert "&lt;b onclick=x&gt;一&lt;/b&gt;" in page
    assert "<i>二</i>" in page


def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(organizer: FlaskClient, small: SmallRace) -> None:
    new = f"{QUESTIONS}/edit/wetland?kind=multiple"
    answer = post(organizer, new, {"text": "哪些？", "choice_0": "<b>甲"}, seen=seen_at(organizer, new))
    assert answer.status_code == 400
    assert "哪些？" in answer.text
    assert re.search(r'id="choice_0"[^>]*value="&lt;b&gt;甲"[^>]*aria-invalid', answer.text)
    assert len(texts(small)) == 40


def test_of_two_who_change_a_question_the_slower_sees_what_stands_there(organizer: FlaskClient) -> None:
    path = f"{QUESTIONS}/edit/wetland?question=q3"
    form = {"choice_0": "甲", "choice_1": "乙", "right": "0"}
    seen = seen_at(organizer, path)
    assert post(organizer, path, {**form, "text": "她的"}, seen=seen).status_code == 302
    answer = post(organizer, path, {**form, "text": "他的"}, seen=seen)
    assert answer.status_code == 409
    assert "她的" in answer.text
    assert "他的" in answer.text
    assert post(organizer, path, {**form, "text": "他的"}, seen=seen_of_page(answer.text)).status_code == 302


def test_a_question_that_somebody_deleted_meanwhile_is_not_found(organizer: FlaskClient) -> None:
    post(organizer, f"{QUESTIONS}/drop/wetland", {"question": "q3"})
    assert organizer.get(f"{QUESTIONS}/edit/wetland?question=q3").status_code == 404


@pytest.mark.parametrize("item", ["", "[]", "{", '{"kind": "single"}', '{"id": "\\ud800", "kind": "text"}', "[" * 3000])
def test_only_a_sound_question_is_put_back(organizer: FlaskClient, small: SmallRace, item: str) -> None:
    assert post(organizer, f"{QUESTIONS}/back/wetland", {"item": item, "place": "0"}).status_code == 400
    assert len(texts(small)) == 40


def test_a_bank_is_begun_named_and_deleted_unless_it_is_asked(organizer: FlaskClient, small: SmallRace) -> None:
    begun = post(organizer, f"{QUESTIONS}/new", {"name": "地理"})
    assert begun.location == f"{QUESTIONS}/bank/bank"
    assert post(organizer, f"{QUESTIONS}/rename/bank", {"name": "地理常识"}).status_code == 302
    assert small().setup.banks["bank"].name == "地理常识"
    assert post(organizer, f"{QUESTIONS}/delete/bank", {}).status_code == 302
    answer = post(organizer, f"{QUESTIONS}/delete/wetland", {})
    assert answer.status_code == 400
    assert "32、34" in answer.text
    assert list(small().setup.banks) == ["wetland"]


@pytest.mark.parametrize("name", ["", " ", "长" * 81])
def test_a_bank_needs_a_name_of_a_sensible_length(organizer: FlaskClient, name: str) -> None:
    answer = post(organizer, f"{QUESTIONS}/new", {"name": name})
    assert answer.status_code == 400
    assert 'id="name-about"' in answer.text


def test_a_bank_of_another_race_is_copied_and_only_of_the_own_union(
    organizer: FlaskClient, app: Flask, small: SmallRace
) -> None:
    engine, live = part_of(app, Engine), part_of(app, Live)
    other, foreign = race_file(), race_file()
    other["race"]["slug"], foreign["race"]["slug"] = "other", "foreign"
    other["banks"][0]["name"] = "旧题库"
    mine = lay_down(engine, "other", other, None, "t")
    theirs = lay_down(engine, "foreign", foreign, None, "t")
    with writing(engine) as connection:
        connection.execute(delete(race_union_table).where(race_union_table.c.race == theirs.id))
        give_race(connection, theirs.id, add_union(connection, "市总工会"))
    live.catch_up()
    page = organizer.get(QUESTIONS).text
    assert f'value="{mine.id}/wetland"' in page
    assert f'value="{theirs.id}/wetland"' not in page
    assert post(organizer, f"{QUESTIONS}/copy", {"from": f"{theirs.id}/wetland"}).status_code == 400
    assert post(organizer, f"{QUESTIONS}/copy", {"from": f"{mine.id}/wetland"}).status_code == 302
    copied = small().setup.banks["bank"]
    assert (copied.name, len(copied.questions)) == ("旧题库", 40)


def test_once_a_team_has_a_sheet_the_bank_stays_as_it_is(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    assert upload(organizer, xlsx(FILE)).status_code == 302, "nobody has a question yet"
    desk.phone(EGRET).punch("32")
    page = organizer.get(f"{BANK}?lang=zh").text
    assert "题库不能再改" in page
    assert "/drop/" not in page
    assert upload(organizer, xlsx(FILE)).status_code == 409
    path = f"{QUESTIONS}/edit/wetland?question=q3"
    form = {"text": "改", "choice_0": "甲", "choice_1": "乙", "right": "0"}
    assert post(organizer, path, form, seen="", reason="错了").status_code == 409
    assert post(organizer, f"{QUESTIONS}/drop/wetland", {"question": "q3"}, reason="错了").status_code == 409
    assert len(texts(small)) == 40


def test_what_phones_were_given_sealed_freezes_a_bank(app: Flask, desk: Desk, small: SmallRace) -> None:
    """Not in set-up, where phones fetch it anew after each change; from the first bundle of the race on."""
    phone = desk.phone("1")
    seen = []
    for step in (phone.play, lambda: desk.stage("race"), phone.play):
        step()
        with app.app_context():
            seen.append(frozen(small(), "wetland"))
    assert seen == [False, False, True]


def test_a_sheet_of_a_trial_freezes_nothing(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.stage("trial")
    desk.act("gun")
    desk.phone(EGRET).punch("32")
    post(organizer, f"{QUESTIONS}/drop/wetland", {"question": "q3"})
    assert len(texts(small)) == 39


@pytest.fixture
def author(app: Flask) -> FlaskClient:
    """A browser in which a question author has signed in."""
    engine = part_of(app, Engine)
    with writing(engine) as connection:
        account = add_account(connection, "出题人", "!", first_union(connection), Role.AUTHOR, 0)
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["account"] = account.id
    return browser


def test_an_author_sees_the_questions_and_nothing_else(author: FlaskClient, small: SmallRace) -> None:
    assert author.get(f"/organize/{SLUG}").location == QUESTIONS
    page = author.get(QUESTIONS).text
    assert re.findall(rf'href="/organize/{SLUG}/(\w+)"', page.partition("way-work")[0]) == ["questions", "questions"]
    assert author.get(f"/organize/{SLUG}/tasks").status_code == 403
    key = upload(author, xlsx(FILE)).location.rpartition("key=")[2]
    assert post(author, f"{QUESTIONS}/take/wetland", {"key": key}).status_code == 302
    assert len(texts(small)) == 42


def test_a_question_with_an_id_of_any_kind_has_its_address(organizer: FlaskClient, app: Flask) -> None:
    odd = race_file()
    odd["race"]["slug"] = "odd"
    odd["banks"][0] |= {"id": "a/b c"}
    odd["quizzes"][0]["bank"] = "a/b c"
    odd["banks"][0]["questions"] = [question(1) | {"id": "x&y/1 ?"}, *odd["banks"][0]["questions"]]
    engine = part_of(app, Engine)
    lay_down(engine, "odd", odd, None, "t")
    part_of(app, Live).catch_up()
    page = organizer.get("/organize/odd/questions/bank/a/b%20c")
    assert page.status_code == 200
    link = re.search(r'href="(/organize/odd/questions/edit/[^"]*x%26y[^"]*)"', page.text)
    assert link
    assert organizer.get(link[1]).status_code == 200


def test_a_file_that_is_read_and_being_compared_does_not_look_stuck(organizer: FlaskClient, app: Flask) -> None:
    seen = threading.Event()

    def almost_read(reading: FileReading) -> None:
        reading.tell(99_500, 100_000)
        seen.wait(20)

    part_of(app, FileReadings).start("k", almost_read)
    try:
        page = organizer.get(f"{QUESTIONS}/import/wetland?key=k&lang=zh")
    finally:
        seen.set()
    assert "100000 题都读完了，正在互相比对" in page.text
    assert page.headers["Refresh"]


def test_of_a_bank_of_many_parts_one_is_chosen_to_print(organizer: FlaskClient, app: Flask) -> None:
    many = [{"kind": "true_false", "text": f"第 {number} 句对。", "answer": True} for number in range(6001)]
    lay_down(part_of(app, Engine), SLUG, {"banks": [{"id": "wetland", "questions": many}]}, None, by="import")
    part_of(app, Live).catch_up()
    page = organizer.get(f"{QUESTIONS}/bank/wetland?lang=zh").text
    assert 'max="7"' in page
    assert "审读稿第" not in page, "no button for each of them"
