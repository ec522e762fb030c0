"""From the closing to the second version: the list is published, a late decision proposes the next, paper follows."""

import pytest
from playwright.sync_api import Page

from base.database import writing
from race.store import load_setup, save_setup
from tests.browser.hands import says
from tests.browser.house import LAPTOP, PHONE, House
from tests.factories import COMPASS, DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in

PUBLISH, AFTER, PRINT = (f"/organize/{SLUG}/{part}" for part in ("publish", "after", "print"))
RESULTS = f"/r/{SLUG}/results"


def finished(house: House) -> None:
    """Two teams are back with their heads counted, and the race is closed."""
    for entry, codes in ((EGRET, ("31", "33")), (DRAGONFLY, ("31",))):
        phone = house.desk.phone(entry)
        for code in codes:
            phone.punch(code)
        phone.finish()
        house.desk.marshal("F1").tell("heads", entry=entry, heads=5)
    house.desk.act("decision", what="close", reason="都回来了")


def desk(house: House, path: str, size: tuple[int, int]) -> Page:
    """An organizer's window."""
    page = house.window("/", size, forgive=("400", "409"))
    sign_in(page)
    page.goto(path)
    return page


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_two_versions_are_published_and_both_stay_readable(racing: House, size: tuple[int, int]) -> None:
    page = desk(racing, PUBLISH, size)
    says(page, "还没关门")
    finished(racing)
    phone = racing.phone(EGRET)
    says(phone, "暂定成绩")
    says(phone, "证书等组织者发布成绩后在这里下载")
    way = [row.split()[0] for row in phone.locator(".result-splits tbody th").all_inner_texts()]
    assert way[:3] == ["31", "33", "终点"]
    page.reload()
    page.fill("#placed", "1")
    page.click("button:has-text('看看')")
    page.click("button:has-text('公布第 1 版')")
    says(page, "之后没有变化")
    says(phone, "正式成绩")
    with phone.expect_download() as fetched:
        phone.click("text=下载证书")
    assert fetched.value.path().read_bytes()[:5] == b"%PDF-"
    phone.click("text=成绩怎么算的")
    says(phone, "出发")

    visitor = racing.window(RESULTS, size)
    says(visitor, "第 1 版")
    visitor.wait_for_load_state()  # before its style sheet came, a phone's page shows what a desk's does
    assert "终点" in str(visitor.locator(".splits").first.text_content())
    first = visitor.locator("main").inner_text()
    racing.desk.act("decision", entry=EGRET, what="status", value={"status": "Disqualified"}, reason="抄近路")
    visitor.reload()
    assert visitor.locator("main").inner_text() == first, "what is published stays"

    page.reload()
    says(page, "处变化")
    page.fill("#reason", "仲裁后更正")
    page.click("button:has-text('公布第 2 版')")
    says(page, "第 2 版")
    visitor.reload()
    says(visitor, "仲裁后更正")
    says(visitor, "取消资格")
    visitor.click("#versions ~ ul a:has-text('第 1 版')")
    says(visitor, "这一版后来有更新")
    assert "取消资格" not in visitor.locator("main").inner_text()

    for version in (1, 2):
        made = page.request.get(f"{racing.base}{PRINT}/results.pdf?version={version}")
        assert (made.status, made.body()[:5]) == (200, b"%PDF-")
        paper = page.request.get(f"{racing.base}{PRINT}/certificates.pdf?finishers=1&version={version}")
        assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")


def test_everything_is_printed_and_called_so(house: House) -> None:
    page = desk(house, PRINT, LAPTOP)
    forms = page.locator("form.print")
    assert forms.count() == 9
    page.select_option("#print-starts select[name=by]", "club")
    page.select_option("#print-starts select[name=lang]", "zh+en")
    # The browser's own viewer would open in a window that is none of ours: what the form sends is asked for instead.
    sent = page.eval_on_selector("#print-starts", "form => form.action + '?' + new URLSearchParams(new FormData(form))")
    assert sent.endswith("lang=zh%2Ben&by=club")
    assert page.request.get(sent).body()[:5] == b"%PDF-"
    page.click("button:has-text('我都打印好了')")
    page.wait_for_selector(".way-wide .is-done:has-text('打印')")
    page.click("button:has-text('还没打印完')")
    page.wait_for_selector("button:has-text('我都打印好了')")


def test_names_go_when_the_race_s_name_is_typed(racing: House) -> None:
    finished(racing)
    page = desk(racing, AFTER, PHONE)
    page.fill("#erase-name", "别的比赛")
    page.click("button:has-text('现在清除')")
    says(page, "一字不差")
    name = racing.setup()["race"]["name"]
    page.fill("#erase-name", name["zh"] if isinstance(name, dict) else name)
    page.click("button:has-text('现在清除')")
    says(page, "已清除")
    assert not any("contact" in entry for entry in racing.setup()["entries"])


def test_a_team_that_never_came_back_downloads_the_award_it_was_given_by_hand(racing: House) -> None:
    with writing(racing.database()) as connection:
        data = load_setup(connection, racing.desk.keys.race.id)
        data["race"]["awards"] = [{"name": "道德风尚奖", "by_hand": True, "to": [{"entry": COMPASS}]}]
        save_setup(connection, racing.desk.keys.race.id, data, by="t", now=1, nonce="t", reason="t")
    racing.desk.phone(COMPASS).punch("31")
    finished(racing)
    phone = racing.phone(COMPASS)
    says(phone, "请直接回终点")
    page = desk(racing, PUBLISH, LAPTOP)
    page.click("button:has-text('看看')")
    page.click("button:has-text('公布第 1 版')")
    says(phone, "看成绩表")
    assert "请直接回终点" not in phone.inner_text("main"), "the results are out: nobody waits any more"
    with phone.expect_download() as fetched:
        phone.click("text=下载证书")
    assert fetched.value.path().read_bytes()[:5] == b"%PDF-"
