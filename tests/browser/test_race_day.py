"""The race day at the desk with two phones beside it: countdown, false start, gun, stop, withdrawal, closing."""

from playwright.sync_api import Page, expect

from tests.browser.hands import press, says
from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.looking import Looker
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in
from tests.phones import soon

CONTROL = f"/organize/{SLUG}/control"
HERE = {"latitude": 39.79123, "longitude": 116.47456, "accuracy": 8}


def desk_of(house: House, size: tuple[int, int] = LAPTOP, path: str = CONTROL) -> Page:
    """An organizer at the desk, who answers yes whenever asked to be sure."""
    page = house.window("/", size, forgive=("409", "400"))
    sign_in(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(path)
    return page


def test_a_morning_with_a_phone_from_the_countdown_over_a_false_start_to_the_closing(house: House) -> None:
    page = desk_of(house, PHONE)
    page.click("button:has-text('开始正式比赛')")
    says(page, "等待发令")
    egret, dragonfly = house.phone(EGRET), house.phone(DRAGONFLY)

    page.click("summary:has-text('发令')")
    page.check("input[name=when][value='10']")
    page.click("text=确认发令")
    page.wait_for_selector(".countdown b")
    says(egret, "距发令")
    house.scan(dragonfly, "31")
    says(dragonfly, "比赛尚未开始")
    page.wait_for_selector(".strip [data-since]", timeout=20_000)

    house.scan(egret, "31")
    egret.wait_for_selector(".verdict-passed")
    page.goto(CONTROL.replace("control", "clock"))
    page.click("text=抢跑，召回")
    page.wait_for_selector("summary:has-text('发令')")
    assert house.desk.standings()["gun"] is None
    page.click("summary:has-text('发令')")
    page.click("text=确认发令")
    page.wait_for_selector(".strip [data-since]")
    # So soon after the first the phone would take the scan for a bounce: another checkpoint counts.
    house.scan(egret, "31")
    egret.wait_for_selector(".verdict-passed")

    page.click("button:has-text('暂停比赛')")
    says(page, "比赛暂停")
    egret.goto("/play")
    says(egret, "原地等")
    page.click("button:has-text('继续比赛')")
    page.wait_for_selector("button:has-text('暂停比赛')")

    page.wait_for_selector("th a:has-text('白鹭')")
    page.click("th a:has-text('白鹭')")
    page.check("input[name=who][value=all]")
    page.check("input[name=safe][value=yes]")
    page.click("text=登记退出 >> nth=-1")
    says(page, "已登记退出")
    egret.goto("/play")
    says(egret, "已退赛")
    page.click(".last button")
    page.wait_for_selector("th a:has-text('白鹭')")

    page.goto(CONTROL.replace("control", "clock"))
    page.click("button:has-text('关门')")
    says(page, "已关门")
    assert soon(house.desk.standings, lambda found: bool(found["closed"]))


def test_two_organizers_see_each_other_and_each_other_s_acts(racing: House) -> None:
    one, two = desk_of(racing), desk_of(racing)
    one.click("button:has-text('暂停比赛')")
    two.wait_for_selector("button:has-text('继续比赛')", timeout=12_000)
    expect(two.locator(".last")).to_contain_text("已暂停")
    two.click(".last button")
    one.wait_for_selector("button:has-text('暂停比赛')", timeout=12_000)


def test_what_is_opened_or_typed_survives_the_refresh_and_the_page_goes_on_living(house: House) -> None:
    house.desk.stage("race")
    page = desk_of(house)
    page.click("summary:has-text('发令')")
    page.check("input[name=when][value=time]")
    page.fill("input[name=time]", "9:30")
    house.desk.act("checkin", entry=EGRET, heads=5, members=[0, 1, 2, 3, 4])
    page.wait_for_selector("th a:has-text('白鹭')", timeout=12_000)
    assert page.input_value("input[name=time]") == "9:30"
    assert page.is_checked("input[name=when][value=time]")


def test_the_desk_works_with_the_keyboard_and_without_scripts(house: House) -> None:
    house.desk.stage("race")
    page = house.window("/", LAPTOP, java_script_enabled=False)
    sign_in(page)
    page.goto(CONTROL)
    page.focus("summary:has-text('发令')")
    page.keyboard.press("Enter")
    page.focus("button:has-text('确认发令')")
    page.keyboard.press("Enter")
    says(page, "已发令")
    assert house.desk.standings()["gun"] is not None


def test_a_team_calls_for_help_goes_on_in_another_browser_and_loses_a_phone(racing: House) -> None:
    """What race control sees and does of one team's phones, with both in hand."""
    phone = racing.phone(EGRET, forgive=("400", "401"), permissions=["geolocation"], geolocation=HERE)
    racing.scan(phone, "31")
    phone.wait_for_selector(".verdict-passed")
    press(phone)
    phone.click(".tab >> text=求助")
    phone.click("text=求助，报位置")
    control = desk_of(racing)
    control.wait_for_selector(".helps >> text=39.791230,116.474560")
    control.wait_for_selector(".helps >> text=± 8 m")
    looker = Looker()
    for language in ("en", "zh"):
        control.goto(f"{CONTROL}?lang={language}")
        control.wait_for_selector(".helps")
        looker.look(control, "a call for help", schemes=("light",))
    assert looker.found == []
    control.click(".helps >> text=已处理")
    control.wait_for_selector(".helps", state="detached")

    phone.click("text=这部手机有什么")
    phone.click("text=取一个链接")
    link = phone.inner_text(".phone-link")
    other = racing.window(link)
    other.wait_for_selector("[aria-label='31，过关']")
    assert racing.window(link, forgive=("400",)).inner_text(".error")

    control.goto(f"{CONTROL}/{EGRET}")
    control.click("#phones li:first-child >> text=移出")
    control.wait_for_selector("#phones li:nth-child(2)", state="detached")
    phone.reload()  # its address is the used link's: it has its team all the same, until it hears
    says(phone, "组织者已把这部手机移出本队")
    racing.scan(other, "33")
    says(other, "把号码给裁判员看")
