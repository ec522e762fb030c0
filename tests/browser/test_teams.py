"""Teams: from two sheets to heads counted at the start, by an organizer, a club's contact and somebody with a phone."""

import re

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.hands import says
from tests.browser.house import LAPTOP, PHONE, House
from tests.factories import EGRET, SLUG
from tests.fixtures_pages import sign_in
from tests.phones import soon
from tests.tables import xlsx

HEAD = ("单位", "队名", "姓名", "身份证号", "电话")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BASE = f"/organize/{SLUG}"


def sheet(name: str, club: str, team: str, surname: str) -> FilePayload:
    rows = [(club, team, f"{surname}{number}", "110101199001010011", "") for number in "甲乙丙丁戊"]
    return {"name": name, "mimeType": XLSX, "buffer": xlsx([HEAD, *rows])}


SHEETS = [sheet("堤防.xlsx", "堤防工会", "雁阵", "孙"), sheet("泵站.xlsx", "泵站工会", "涌泉", "周")]


def organizer(house: House, path: str, size: tuple[int, int] = LAPTOP) -> Page:
    page = house.window("/", size, forgive=("409", "400"))
    page.on("dialog", lambda asked: asked.accept())
    sign_in(page)
    page.goto(path)
    return page


def test_from_two_sheets_to_heads_counted_on_race_morning(house: House) -> None:
    """Two sheets, a preview, a correction, first checkpoints; a club by its link; and the start with a phone."""
    desk = organizer(house, f"{BASE}/teams")
    desk.click("summary:has-text('导入报名表')")
    desk.set_input_files("#files", SHEETS)
    desk.click("text=看看有哪些变化")
    says(desk, "新增：2 队")
    desk.reload()
    says(desk, "孙甲 · 孙乙")
    assert "110101199001010011" not in desk.content()
    desk.click("text=采用")
    desk.wait_for_selector("tr:has-text('雁阵')")

    desk.click("tr:has-text('涌泉') >> text=改")
    desk.fill("#team", "涌泉队")
    desk.fill("#member-4", "周替补")
    desk.click("#team-form-5 .save .button")
    desk.wait_for_selector("tr:has-text('涌泉队')")

    desk.click("text=分首站、分批次")
    desk.click("text=就这样分")
    says(desk, "首站已分好。")
    assert desk.locator(".first .code").count() == 5

    desk.click("text=各单位报名")
    desk.fill("#names", "晨光工会 2")
    desk.click("text=生成链接")
    desk.click("summary:has-text('二维码等')")
    expect(desk.locator(".about-link img")).to_be_visible()
    link = str(desk.locator(".address a").get_attribute("href"))
    club_signs_up(house, re.sub(r"^https?://[^/]+", "", link))
    desk.reload()
    says(desk, "1 个单位，已报 1 个")

    house.desk.stage("race")
    start = organizer(house, f"{BASE}/checkin", PHONE)
    count_heads(start)
    desk.goto(f"{BASE}/checkin")
    says(desk, "没到：赵五")


def club_signs_up(house: House, link: str) -> None:
    """The club's contact types, loses the page, and finds everything again."""
    contact = house.window(link, PHONE)
    contact.fill("#contact", "赵联系")
    contact.fill("#contact_phone", "13900000001")
    contact.fill("#team-0-name", "晨光队")
    contact.fill("#team-0-members", "赵一\n赵二\n赵三\n赵四")
    says(contact, "4 人，还差 1 人")
    contact.reload()
    says(contact, "上次没保存的内容已恢复")
    assert contact.input_value("#team-0-name") == "晨光队"
    contact.fill("#team-0-members", "赵一\n赵二\n赵三\n赵四\n赵五")
    contact.click("#signup .save .button")
    says(contact, "已保存，组织者收到了。")
    contact.reload()
    expect(contact.locator("[data-restored]")).to_be_hidden()
    assert contact.input_value("#team-0-members").count("\n") == 4


def count_heads(start: Page) -> None:
    """One team whole at a press, one with somebody missing and somebody swapped."""
    start.fill("#q", "白鹭")
    expect(start.locator(".count")).to_have_count(1)
    start.click("text=5 人到齐")
    start.wait_for_selector(".count.is-here >> text=5/5")
    expect(start.locator(".totals dd").last).to_have_text(re.compile(r"1\s+队 5 人"))
    start.fill("#q", "晨光")
    start.wait_for_selector(".count:has-text('晨光队')")
    start.click("text=逐个点")
    start.click("label:has-text('赵五')")
    start.click(".member:has-text('赵二') >> text=换人")
    start.fill("#swap-1", "钱替")
    start.click(".heads .button")
    says(start, "没到：赵五")
    says(start, "换上：钱替")
    start.click("text=改检录")
    start.click("text=撤回检录")
    says(start, "还没到")
    start.uncheck("[name=here-4]")
    start.click(".heads .button")
    says(start, "没到：赵五")


def test_what_one_counts_the_other_sees_without_a_press(house: House) -> None:
    house.desk.stage("race")
    one, other = (organizer(house, f"{BASE}/checkin", PHONE) for _ in range(2))
    one.click(f"#team-{EGRET} >> text=5 人到齐")
    other.wait_for_selector(f"#team-{EGRET}.is-here >> text=5/5", timeout=10_000)


def test_a_press_without_signal_is_said_and_the_next_one_counts(house: House) -> None:
    house.desk.stage("race")
    page = organizer(house, f"{BASE}/checkin", PHONE)
    house.faults.clear()
    page.context.set_offline(True)
    page.click(f"#team-{EGRET} >> text=5 人到齐")
    expect(page.locator("[data-failed]")).to_be_visible()
    page.context.set_offline(False)
    page.click(f"#team-{EGRET} >> text=5 人到齐")
    page.wait_for_selector(f"#team-{EGRET}.is-here")
    expect(page.locator("[data-failed]")).to_be_hidden()
    house.faults[:] = [fault for fault in house.faults if "INTERNET_DISCONNECTED" not in fault]
    soon(house.desk.marshal("S1").station, lambda found: found["checked_in"] == 1)


def test_a_draft_of_a_team_is_back_after_a_closed_laptop_and_gone_once_saved(house: House) -> None:
    page = organizer(house, f"{BASE}/teams?open={EGRET}")
    page.fill("#team", "没存的队名")
    page.goto(f"{BASE}/teams")
    page.goto(f"{BASE}/teams?open={EGRET}")
    says(page, "上次没保存的内容已恢复")
    assert page.input_value("#team") == "没存的队名"
    page.click(f"#team-form-{EGRET} .save .button")
    page.wait_for_selector("tr:has-text('没存的队名')")
    page.goto(f"{BASE}/teams?open={EGRET}")
    expect(page.locator("[data-restored]")).to_be_hidden()
