"""The morning after: heads, gun, two phones and a marshal, the finish, the jury, and certificates in hand."""

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.hands import answer_sheet, press, press_firmly, says
from tests.browser.house import LAPTOP, House
from tests.browser.park import park_race, picture
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in

DESK = f"/organize/{SLUG}"
RELAY, FINISH = "33", "F1"
AWARDS = [{"name": "一等奖", "class": "open", "places": [1, 1]}, {"name": "二等奖", "class": "open", "places": [2, 2]}]


@pytest.fixture
def morning(empty_house: House) -> House:
    """The park race with a first and a second prize, set up and not begun."""
    data = park_race()
    empty_house.lay(SLUG, data | {"race": data["race"] | {"awards": AWARDS}}, picture())
    return empty_house.open()


def words_of(made: bytes) -> list[str]:
    """What stands on each page of a PDF."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def begin(page: Page) -> None:
    """The race begins, two of three teams are here, the gun goes."""
    page.goto(f"{DESK}/control")
    page.click("button:has-text('开始正式比赛')")
    says(page, "等待发令")
    page.goto(f"{DESK}/checkin")
    for entry in (EGRET, DRAGONFLY):
        page.click(f"#team-{entry} .all")
        page.wait_for_selector(f"#team-{entry}.is-here")
    page.goto(f"{DESK}/control")
    page.click("summary:has-text('发令')")
    page.click("text=确认发令")
    page.wait_for_selector(".strip [data-since]")


def play(house: House, egret: Page, dragonfly: Page) -> None:
    """Plain punches, a quiz passed and a quiz failed, a game that the marshal's phone judges."""
    for phone in (egret, dragonfly):
        house.scan(phone, "31")
        phone.wait_for_selector(".verdict-passed")
    house.scan(egret, "32")
    answer_sheet(egret, house.desk.keys.setup, right=3)
    egret.wait_for_selector(".verdict-passed")
    house.scan(dragonfly, "34")
    answer_sheet(dragonfly, house.desk.keys.setup, right=0)
    dragonfly.wait_for_selector(".verdict-wait")
    marshal = house.marshal(RELAY)
    house.scan(egret, RELAY)
    marshal.wait_for_selector(".m-main.filled >> text=开始")
    press_firmly(marshal)
    egret.wait_for_selector(".game-now")
    marshal.wait_for_selector(".m-main.filled >> text=停表")
    press_firmly(marshal)
    marshal.wait_for_selector(".m-main-worth")
    press_firmly(marshal)
    egret.wait_for_selector(".verdict-passed")


def come_home(house: House, phones: list[Page]) -> None:
    """Both finish on their phones; the marshal at the finish counts their heads."""
    for phone in phones:
        house.scan(phone, FINISH)
        phone.wait_for_selector(".verdict-check")
        press(phone)
        phone.wait_for_selector(".lines a, .foot a")
    marshal = house.marshal(FINISH)
    for name in ("白鹭", "蜻蜓"):
        marshal.wait_for_selector(f".m-team-large >> text={name}")
        press_firmly(marshal)
    marshal.wait_for_selector("text=都核对过了")
    marshal.wait_for_selector(".m-head-sent >> text=全部已发")


def decide(page: Page) -> None:
    """A minute on the first team's time: who would move is shown first, and nothing is decided by looking."""
    page.goto(f"{DESK}/jury/{EGRET}")
    page.click("#penalty_s summary")
    page.fill("#penalty_s-seconds", "60")
    page.fill("#reason-penalty_s", "队员分开走")
    page.click("#penalty_s button")
    page.wait_for_selector(".deciding >> text=队员分开走")
    assert page.url.endswith(f"/jury/{EGRET}")
    page.click(".confirm button")
    page.wait_for_selector(".decided >> text=队员分开走")


def test_from_check_in_to_certificates_that_name_the_winners(morning: House) -> None:
    """A desk, two team phones and marshals' phones; what is printed at the end says who won."""
    page = morning.window("/", LAPTOP, forgive=("409",))
    sign_in(page)
    page.on("dialog", lambda dialog: dialog.accept())
    begin(page)
    egret, dragonfly = morning.phone(EGRET), morning.phone(DRAGONFLY)
    play(morning, egret, dragonfly)
    come_home(morning, [egret, dragonfly])
    early = page.request.get(f"{DESK}/print/certificates.pdf")
    assert early.status == 409, "places may still move"
    page.goto(f"{DESK}/clock")
    page.click("button:has-text('关门')")
    says(page, "已关门")
    decide(page)
    page.goto(f"{DESK}/print")
    made = page.request.get(str(page.get_attribute("#print-certificates", "action")))
    assert made.status == 200, made.text()
    first, second = words_of(made.body())
    assert "白鹭" in first
    assert "一等奖" in first
    assert "蜻蜓" in second
    assert "二等奖" in second
    results = page.request.get(str(page.get_attribute("#print-results", "action")))
    assert "白鹭" in words_of(results.body())[0]
