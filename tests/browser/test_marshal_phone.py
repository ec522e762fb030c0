"""The marshal's phone: the queue, three taps, undo, check-in, heads."""

from playwright.sync_api import Page

from tests.browser.hands import keys, press_firmly, says
from tests.browser.house import House
from tests.factories import COMPASS, DRAGONFLY, EGRET, TEAMS

RELAY, FRISBEE, START, FINISH = "33", "36", "S1", "F1"


def shown(page: Page, selector: str) -> list[str]:
    """The team names that stand there, from top to bottom."""
    words = page.locator(selector).all_inner_texts()
    names = [name for name, _ in TEAMS.values()]
    return [name for text in words for name in names if name in text]


def test_the_queue_is_in_the_order_of_arrival(racing: House) -> None:
    page = racing.marshal(RELAY)
    says(page, "还没有队来")
    for entry in (COMPASS, EGRET, DRAGONFLY):
        racing.desk.phone(entry).punch(RELAY)
    page.wait_for_selector(".m-team-large >> text=指北针")
    page.wait_for_selector(".m-beside .m-row >> nth=1")
    assert shown(page, ".m-beside .m-row") == ["白鹭", "蜻蜓"]


def test_three_taps_judge_a_game_and_the_team_sees_it(racing: House) -> None:
    phone, page = racing.phone(EGRET), racing.marshal(RELAY)
    racing.scan(phone, RELAY)
    phone.wait_for_selector(".game-state >> text=下一个就是你们")
    assert phone.inner_text(".bib-huge") == "1"
    page.wait_for_selector(".m-team-large >> text=白鹭")
    for verb in ("开始", "停表", "确认成绩"):
        page.wait_for_selector(f".m-main.filled >> text={verb}")
        press_firmly(page)
    page.wait_for_selector(".m-foot >> text=过关")
    phone.wait_for_selector(".verdict-passed >> text=过关")
    says(phone, "搬运接力")
    play = racing.desk.phone(EGRET).play()["run"]
    assert play["checkpoints"][RELAY]["state"] == "passed"


def test_a_result_by_mistake_is_undone_and_the_team_stands_at_the_game_again(racing: House) -> None:
    egret = racing.desk.phone(EGRET)
    egret.punch(RELAY)
    marshal = racing.desk.marshal(RELAY)
    marshal.tell("stamp", entry=EGRET, what="begun")
    marshal.tell("game", entry=EGRET, game="relay", measures={"seconds": 44.2, "drops": 1})  # 5 s a drop
    page = racing.marshal(RELAY)
    page.wait_for_selector(".m-foot >> text=49.2")
    page.click(".m-foot .m-undo")
    page.wait_for_selector("[role=alertdialog] >> text=撤销 1 白鹭")
    page.click("[role=alertdialog] .danger")
    page.wait_for_selector(".m-hand >> text=白鹭")
    page.wait_for_function("() => !document.querySelector('.m-foot')?.textContent.includes('49.2')")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    assert egret.play()["run"]["checkpoints"][RELAY]["state"] in ("playing", "waiting")


def test_several_teams_start_together_and_each_stops_on_its_own(racing: House) -> None:
    page = racing.marshal(RELAY)
    for entry in TEAMS:
        racing.desk.phone(entry).punch(RELAY)
    page.wait_for_selector(".m-beside .m-row >> nth=1")
    page.click("text=几队一起开始")
    for name in ("白鹭", "指北针"):
        page.click(f".m-beside .m-toggle:has-text('{name}')")
    press_firmly(page)
    page.wait_for_selector(".m-main.filled >> text=停表")
    page.wait_for_selector(".m-others .m-row")
    assert shown(page, ".m-others .m-row") == ["指北针"]
    assert shown(page, ".m-beside .m-row") == ["蜻蜓"], "one was not chosen and waits on"
    page.click("[aria-label='停表 3 指北针']")
    page.wait_for_selector("[aria-label='记成绩 3 指北针']")
    page.wait_for_selector(".m-main.filled >> text=停表")


def test_the_nine_cells_are_tapped_as_the_frisbee_hits_them(racing: House) -> None:
    page = racing.marshal(FRISBEE)
    racing.desk.phone(EGRET).punch(FRISBEE)
    page.wait_for_selector(".m-main.filled >> text=开始")
    press_firmly(page)
    for cell in (1, 2, 3, 5, 5):
        page.click(f"[aria-label^='第 {cell} 格']")
    page.wait_for_selector(".m-main.filled >> text=8 分")
    press_firmly(page)
    page.wait_for_selector(".m-foot >> text=白鹭")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    assert racing.desk.phone(EGRET).play()["run"]["checkpoints"][FRISBEE]["state"] == "passed"


def test_a_team_without_a_phone_is_registered_by_its_number_and_asked_by_word_of_mouth(racing: House) -> None:
    page = racing.marshal("32")
    press_firmly(page)
    keys(page, "9")
    says(page, "没有 9 号队")
    page.click(".m-key[aria-label=退一格]")
    keys(page, "2")
    page.wait_for_selector(".m-found-team >> text=蜻蜓")
    press_firmly(page)
    says(page, "答对几题")
    page.click(".m-choice:text-is('3')")
    press_firmly(page)
    page.wait_for_selector(".m-beside .m-row >> text=蜻蜓")
    page.wait_for_selector(".m-head-sent >> text=全部已发")  # the row stands as soon as the phone has it
    assert racing.desk.phone(DRAGONFLY).play()["run"]["checkpoints"]["32"]["state"] == "passed"


def test_a_whole_team_is_checked_in_by_its_number(house: House) -> None:
    house.desk.stage("race")
    page = house.marshal(START)
    keys(page, "1")
    page.wait_for_selector(".m-found-team >> text=白鹭")
    press_firmly(page)
    page.wait_for_selector(".m-counts dd >> text=1")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    keys(page, "1")
    page.wait_for_selector(".m-found-team >> text=已检录 5 人")


def test_a_team_with_a_swapped_member_and_one_missing_is_checked_in_by_its_list(house: House) -> None:
    house.desk.stage("race")
    page = house.marshal(START)
    keys(page, "2")
    page.click("text=少人或换人")
    page.click(".m-members .m-row:nth-child(2) >> text=换人")
    page.fill(".m-swap .m-input", "孟替补")
    page.click("text=换上")
    page.click(".m-members .m-row:nth-child(5) .m-toggle")
    page.wait_for_selector(".m-main.filled >> text=少 1 人")
    press_firmly(page)
    page.wait_for_selector(".sheet", state="detached")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    dragonfly = next(team for team in house.desk.marshal(START).station()["entries"] if team["entry"] == DRAGONFLY)
    assert dragonfly["checkin"] == {"heads": 4, "members": [0, 1, 2, 3]}
    assert dragonfly["members"][1]["name"] == "孟替补"


def test_heads_that_are_short_are_counted_with_who_is_missing_and_why(racing: House) -> None:
    racing.desk.phone(EGRET).finish()
    page = racing.marshal(FINISH)
    page.wait_for_selector(".m-team-large >> text=白鹭")
    page.click("text=人数不对")
    page.click(".sheet .m-choice:text-is('4')")
    page.click(".sheet .m-members .m-row:nth-child(3) .m-toggle")
    page.click(".sheet .m-choice:text-is('身体不适')")
    page.click(".sheet .m-choice:text-is('要帮忙')")
    page.wait_for_selector(".sheet a[href^='tel:'] >> text=先打")
    press_firmly(page)
    page.wait_for_selector(".sheet", state="detached")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    page.click("text=已核对 1")
    page.wait_for_selector(".m-row >> text=4 人")
    assert racing.desk.phone(EGRET).play()["run"]["heads_confirmed"]


def test_a_team_without_a_phone_finishes_by_its_number(racing: House) -> None:
    page = racing.marshal(FINISH)
    page.click("text=替没手机的队记冲线")
    keys(page, "3")
    press_firmly(page)
    page.wait_for_selector(".m-team-large >> text=指北针")
    press_firmly(page)
    page.wait_for_selector("text=都核对过了")
    page.wait_for_selector(".m-head-sent >> text=全部已发")
    assert racing.desk.phone(COMPASS).play()["run"]["heads_confirmed"]


def test_who_is_still_out_can_be_called(racing: House) -> None:
    racing.desk.marshal(START).tell("checkin", entry=EGRET, heads=5, members=[0, 1, 2, 3, 4])
    racing.desk.phone(EGRET).punch("31")
    page = racing.marshal(FINISH)
    page.click("text=未归")
    page.wait_for_selector(".m-call[href^='tel:']")
    assert "31" in page.inner_text(".m-row:has-text('白鹭')")
