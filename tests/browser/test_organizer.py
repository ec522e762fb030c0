"""The organizer: from the one-time link to the published list of what to print."""

import re

from tests.browser.hands import press, says
from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.park import park_race, picture
from tests.factories import EGRET, SLUG
from tests.fixtures_app import NAME, PASSWORD
from tests.fixtures_pages import sign_in


def test_a_wrong_password_is_answered_kindly_and_the_right_one_lets_in(house: House) -> None:
    page = house.window("/organize/", LAPTOP, forgive=("401", "403", "400"))
    page.fill("#name", NAME)
    page.fill("#password", "这不是口令这不是口令")
    page.click("main button")
    page.wait_for_selector(".error[role=alert]")
    assert page.input_value("#name") == NAME
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/organize/")
    assert NAME in page.inner_text(".who")


def test_a_message_reaches_a_teams_phone(racing: House) -> None:
    phone = racing.phone(EGRET)
    page = racing.window("/", LAPTOP)
    sign_in(page)
    page.goto(f"/organize/{SLUG}/control")
    page.click(".head-acts >> text=发消息")
    page.fill("#text", "34 号点人多，<b>晚点</b>再去。")
    page.click("button:has-text('发出')")
    page.wait_for_selector(".lines >> text=晚点")
    phone.wait_for_selector(".tab-news")
    phone.click(".tab >> text=求助")
    says(phone, "34 号点人多，<b>晚点</b>再去。")


def test_all_there_is_to_print_opens_and_certificates_say_what_they_wait_for(house: House) -> None:
    page = house.window("/", LAPTOP)
    sign_in(page)
    page.goto(f"/organize/{SLUG}/control")
    page.click("#prints summary")
    says(page, "手机扫不出来")
    addresses = [str(link.get_attribute("href")) for link in page.locator("#prints a").all()]
    assert len(addresses) >= 9
    for address in addresses:
        answer = page.request.get(address)
        if "certificates" in address:
            assert answer.status == 409
            assert "还没有要发的奖状" in answer.text()
            continue
        assert answer.status == 200
        assert answer.body().startswith(b"PK" if address.endswith(".docx") else b"%PDF-")


def test_a_marshals_link_on_race_control_opens_that_station(house: House) -> None:
    page = house.window("/", LAPTOP)
    sign_in(page)
    page.goto(f"/organize/{SLUG}/control")
    page.click("#links summary")
    link = str(page.locator("#links a:has-text('33')").get_attribute("href"))
    station = house.window(re.sub(r"^https?://[^/]+", "", link), PHONE)
    station.wait_for_selector(".m-head >> text=搬运接力")


def test_a_race_that_is_closed_counts_no_more_and_the_list_is_final(racing: House) -> None:
    phone = racing.phone(EGRET)
    racing.scan(phone, "31")
    phone.wait_for_selector(".verdict-passed")
    page = racing.window("/", LAPTOP)
    sign_in(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/organize/{SLUG}/clock")
    page.click("button:has-text('关门')")
    says(page, "已关门")
    racing.scan(phone, "32")
    phone.wait_for_selector(".verdict-stop >> text=已经关门")
    press(phone)
    says(phone, "请直接回终点")


def test_a_visitor_without_an_account_is_shown_the_door(empty_house: House) -> None:
    empty_house.lay(SLUG, park_race(), picture())
    page = empty_house.open().window(f"/organize/{SLUG}", LAPTOP, forgive=("401", "403"))
    page.wait_for_selector("#password")
    assert page.locator("#prints").count() == 0
