"""The whole story in one browser: an empty page, an evening at the desk, a trial, a race morning, certificates."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import Page

from tests.browser.evening import (
    CODES,
    ask_and_play,
    bring_teams,
    enter,
    print_all,
    put_checkpoints,
    say_what_where_and_when,
)
from tests.browser.hands import answer_sheet, press, press_firmly, says
from tests.browser.house import PHONE, House

FIRST, SECOND = "1", "2"
QUIZ, OTHER_QUIZ, GAME, PLAIN, OTHER_PLAIN = "32", "33", "35", "37", "38"


def words_of(made: bytes) -> list[str]:
    """What stands on each page of a PDF."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


class Morning:
    """The desk of the race, its two teams with their phones, and who stands where."""

    def __init__(self, house: House, page: Page) -> None:
        self.house = house
        self.page = page
        self.slug = page.url.split("/")[4]
        self.desk = f"/organize/{self.slug}"
        house.know(self.slug)
        self.setup = house.desk.keys.setup
        self.names = {entry: self.setup.entries[entry].team for entry in (FIRST, SECOND)}

    def phones(self) -> tuple[Page, Page]:
        """Two phones that have scanned their team's card."""
        return self.house.phone(FIRST), self.house.phone(SECOND)


def try_it_out(day: Morning, first: Page, second: Page) -> None:
    """Two teams' phones play, the organizer's own reads every other sign, simulated teams fill the park."""
    page, house = day.page, day.house
    page.goto(f"{day.desk}/control")
    page.click("summary:has-text('发令')")
    page.click("text=确认发令")
    page.wait_for_selector(".strip [data-since]")
    house.scan(first, PLAIN)
    first.wait_for_selector(".verdict-passed")
    house.scan(second, QUIZ)
    answer_sheet(second, day.setup, right=5)
    second.wait_for_selector(".verdict-passed")
    own = house.window("/", PHONE, storage_state=page.context.storage_state())
    left = ["S", *(code for code in CODES if code not in (PLAIN, QUIZ)), "F"]
    for number, code in enumerate(left, 1):
        house.scan(own, code)
        still = len(left) - number
        says(own, f"{code} 号牌已验证 · 还差 {still} 块" if still else f"{code} 号牌已验证")
    house.scan(own, "31")
    says(own, "31 号牌已验证")
    own.goto(f"/C/{house.desk.keys.sign('31')}?play=1")
    own.wait_for_selector("#typed-code")  # a team may play with the organizer's phone: it would join first
    page.goto(f"{day.desk}/trial")
    assert page.locator(".signs .verified b").count() == len(CODES) + 2
    page.select_option("#speed", "30")
    page.click("text=让模拟队跑起来")
    says(page, "正在跑")
    page.click(".way-work a:has-text('控制')")
    page.wait_for_selector("[data-live=feed] >> text=过了", timeout=40_000)
    page.goto(f"{day.desk}/trial")
    page.click("text=让模拟队停下")
    says(page, "模拟队停了")


def begin(day: Morning, first: Page) -> None:
    """The race begins empty; two teams are here; a countdown, a false start, and the gun."""
    page = day.page
    page.click("button:has-text('开始正式比赛')")
    says(page, "等待发令")
    assert page.locator("[data-live=feed] li").count() == 0, "nothing comes along from the trial"
    page.goto(f"{day.desk}/checkin")
    for entry in (FIRST, SECOND):
        page.click(f"#team-{entry} .all")
        page.wait_for_selector(f"#team-{entry}.is-here")
    page.goto(f"{day.desk}/control")
    page.click("summary:has-text('发令')")
    assert day.house.desk.standings()["gun"] is None, "the first press only asks"
    page.check("input[name=when][value='10']")
    page.click("text=确认发令")
    page.wait_for_selector(".countdown b")
    first.goto("/play")
    says(first, "距发令")
    day.house.scan(first, PLAIN)
    says(first, "比赛尚未开始")
    page.wait_for_selector(".strip [data-since]", timeout=20_000)
    page.goto(f"{day.desk}/clock")
    page.click("text=抢跑，召回")
    page.wait_for_selector("summary:has-text('发令')")
    assert day.house.desk.standings()["gun"] is None
    page.click("summary:has-text('发令')")
    page.click("text=确认发令")
    page.wait_for_selector(".strip [data-since]")


def play(day: Morning, first: Page, second: Page) -> None:
    """Plain punches, a quiz passed and a quiz failed, a game that a marshal's phone judges."""
    house = day.house
    house.scan(first, QUIZ)
    answer_sheet(first, day.setup, right=5)
    first.wait_for_selector(".verdict-passed")
    for code in (PLAIN, OTHER_PLAIN):
        house.scan(second, code)
        second.wait_for_selector(".verdict-passed")
    house.scan(second, OTHER_QUIZ)
    answer_sheet(second, day.setup, right=0)
    second.wait_for_selector(".verdict-wait")
    marshal = house.marshal(GAME)
    house.scan(first, GAME)
    # Race control looks for itself: who is out, and who waits where.
    day.page.wait_for_selector(f".out >> text={day.names[FIRST]}")
    day.page.wait_for_selector(".bibs li:has-text('1')")
    marshal.wait_for_selector(".m-main.filled >> text=开始")
    press_firmly(marshal)
    first.wait_for_selector(".game-now")
    for cell in (1, 2, 3):
        marshal.click(f"[aria-label^='第 {cell} 格']")
    marshal.wait_for_selector(".m-main.filled >> text=8 分")
    press_firmly(marshal)
    first.wait_for_selector(".verdict-passed")


def come_home(day: Morning, first: Page, second: Page) -> None:
    """Both finish on their phones; the marshal counts their heads; a third team is withdrawn."""
    for phone in (first, second):
        day.house.scan(phone, "F")
        phone.wait_for_selector(".verdict-check")
        press(phone)
        phone.wait_for_selector(".lines a, .foot a")
    marshal = day.house.marshal("F")
    for entry in (FIRST, SECOND):
        marshal.wait_for_selector(f".m-team-large >> text={day.names[entry]}")
        press_firmly(marshal)
    marshal.wait_for_selector("text=都核对过了")
    page = day.page
    page.goto(f"{day.desk}/control?tab=ahead")
    page.click(f"th a:has-text('{day.setup.entries['3'].team}')")
    page.check("input[name=who][value=all]")
    page.check("input[name=safe][value=yes]")
    page.click("text=登记退出 >> nth=-1")
    says(page, "已登记退出")
    marshal.wait_for_selector(".m-head-sent >> text=全部已发")
    early = page.request.get(f"{day.desk}/print/certificates.pdf")
    assert early.status == 409, "places may still move"


def decide(day: Morning) -> None:
    """A decision on the wrong team is taken back; the right one moves the first team behind the second."""
    page = day.page

    def ask(entry: str, reason: str) -> None:
        page.goto(f"{day.desk}/jury/{entry}")
        page.click("#penalty_s summary")
        page.fill("#penalty_s-seconds", "3600")
        page.fill("#reason-penalty_s", reason)
        page.click("#penalty_s button")
        page.wait_for_selector(f".deciding >> text={reason}")

    ask(SECOND, "看错了号")
    assert page.locator(".moves tbody tr").count() == 1, "it is last anyway: nobody else moves"
    page.click(".confirm button")
    page.wait_for_selector(".decided >> text=看错了号")
    page.click(".decided .undo summary")
    page.fill(".decided .undo input[name=reason]", "点错了队")
    page.click(".decided .undo button")
    page.click(".confirm button")
    page.wait_for_selector(".decided s")
    ask(FIRST, "队员分开走")
    moves = page.locator(".moves tbody tr").all_inner_texts()
    assert [name for name in day.names.values() if any(name in row for row in moves)] == list(day.names.values())
    assert [row["entry"] for row in results(day)][:2] == [FIRST, SECOND], "nothing is decided by looking"
    page.click(".confirm button")
    page.wait_for_selector(".decided >> text=队员分开走")
    assert [row["entry"] for row in results(day)][:2] == [SECOND, FIRST]


def results(day: Morning) -> list[dict[str, object]]:
    """The standings as they are now."""
    found: list[dict[str, object]] = day.house.desk.standings()["classes"][0]["results"]
    return found


def publish(day: Morning) -> None:
    """The list is looked at, frozen, and stands on everybody's phone."""
    page = day.page
    page.goto(f"{day.desk}/clock")
    page.click("button:has-text('关门')")
    says(page, "已关门")
    page.goto(f"{day.desk}/jury")
    assert page.locator(".is-flag").count() > 0, "both went elsewhere first than they were told"
    while page.locator(".is-flag").count():
        page.fill(".is-flag .say input[name=reason] >> nth=0", "已向队长核实")
        page.click(".is-flag .say button[value=yes] >> nth=0")
        page.wait_for_selector(".decided >> text=已向队长核实")
    page.goto(f"{day.desk}/publish")
    says(page, "全部回来、人数核对完")
    page.click("button:has-text('公布第 1 版')")
    says(page, "之后没有变化")
    visitor = day.house.window(f"/r/{day.slug}/results")
    says(visitor, "第 1 版")
    rows = visitor.locator("table.list tbody tr").all_inner_texts()
    first, second = (next(row for row in rows if day.names[entry] in row) for entry in (SECOND, FIRST))
    assert rows.index(first) < rows.index(second)


def paper(day: Morning) -> None:
    """Certificates name the winner and the second as the jury left them; the printed list says the same."""
    page = day.page
    page.goto(f"{day.desk}/print")
    made = page.request.get(str(page.get_attribute("#print-certificates", "action")))
    assert made.status == 200, made.text()
    first, second = words_of(made.body())
    for words, entry, award in ((first, SECOND, "一等奖"), (second, FIRST, "二等奖")):
        assert day.names[entry] in words
        assert award in words
    listed = words_of(page.request.get(str(page.get_attribute("#print-results", "action"))).body())[0]
    assert listed.index(day.names[SECOND]) < listed.index(day.names[FIRST])


def test_from_an_empty_page_to_certificates_in_hand(empty_house: House, tmp_path: Path) -> None:
    """Nothing but the browser and the files that she has in hand; every step is found by the button that names it."""
    house = empty_house.open()
    page = enter(house)
    say_what_where_and_when(page)
    put_checkpoints(page)
    ask_and_play(page)
    bring_teams(page, tmp_path)
    print_all(page)
    page.click("text=开始试跑")
    day = Morning(house, page)
    assert house.setup()["courses"][0]["checkpoints"] == CODES
    first, second = day.phones()
    try_it_out(day, first, second)
    begin(day, first)
    play(day, first, second)
    come_home(day, first, second)
    decide(day)
    publish(day)
    paper(day)
