"""An evening of an organizer: a bank from Excel, five drawn and four right, a game from its template, the rules."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.house import LAPTOP, House
from tests.factories import SLUG
from tests.fixtures_pages import sign_in
from tests.tables import xlsx

DESK = f"/organize/{SLUG}"
FILE = [
    ["2026 年职工知识竞赛题库"],
    ["题型", "题目", "选项A", "选项B", "选项C", "正确答案"],
    *[["单选题", f"园里第 {number} 种鸟叫什么？", "白鹭", "蜻蜓", "芦苇", "A"] for number in range(1, 13)],
    ["单选题", "没有答案的题？", "一", "二", "三", ""],
]


def desk(house: House, path: str, size: tuple[int, int] = LAPTOP, language: str = "zh") -> Page:
    """An organizer's window on a page of the desk; axe may look at it."""
    page = house.window("/", size, bypass_csp=True, reduced_motion="reduce", forgive=("400", "409"))
    sign_in(page)
    page.context.add_cookies([{"name": "lang", "value": language, "url": house.base}])
    page.goto(DESK + path)
    return page


def saved(page: Page) -> None:
    page.wait_for_selector("[data-kept] .icon", state="attached")


def test_from_a_bank_in_excel_to_rules_that_say_who_wins(house: House, tmp_path: Path) -> None:
    file = tmp_path / "题库.xlsx"
    file.write_bytes(xlsx(FILE))
    page = desk(house, "/questions")
    page.fill("#name", "鸟类")
    page.click("button:has-text('开始')")
    page.set_input_files("#file", file)
    page.click("button:has-text('读取')")
    page.wait_for_selector("text=收下这 12 题")
    assert "15" in page.inner_text(".remarks >> nth=0"), "the line of the question without an answer"
    page.click("text=收下这 12 题")
    saved(page)
    assert page.locator(".asked > li").count() == 12
    page.goto(f"{DESK}/tasks")
    page.select_option("#asks_0", "quiz")
    page.select_option("#quiz_0", "own")
    page.select_option("#asks_1", "game")
    page.select_option("#game_1", "template:back_to_back_ball")
    assert page.locator("#game_0").is_hidden(), "what a choice does not need is out of the way"
    page.click(".save .button")
    saved(page)
    assert "背夹球" in page.inner_text("main")
    page.click(".kinds li:has-text('用在：31') >> a:has-text('修改')")
    page.select_option("#bank", label="鸟类（12 题）")
    page.fill("#draw", "5")
    page.fill("#need", "4")
    page.click(".save .button >> nth=0")
    saved(page)
    page.click("text=全部任务")
    assert "五题答对四题过关" in page.inner_text(".asks tr:has-text('木桥')"), "its sign will say so"
    page.goto(f"{DESK}/rules")
    means = page.locator(".means")
    assert means.locator(".means-teams > li").count() >= 4
    page.select_option("#late", "cost")
    page.fill("#late_cost", "30")
    page.fill("#limit_min", "90")
    page.wait_for_selector(".means >> text=超时每分钟加 30 秒")
    page.click(".save .button >> nth=0")
    saved(page)
    page.goto(f"/r/{SLUG}")
    page.wait_for_selector(".race-rules >> text=超时每分钟加 30 秒")


def test_a_question_is_deleted_and_put_back(house: House) -> None:
    page = desk(house, "/questions/bank/each")
    first = page.inner_text(".asked-text >> nth=0")
    page.click(".asked button:has-text('删除') >> nth=0")
    page.wait_for_selector(".undo")
    assert page.inner_text(".asked-text >> nth=0") != first
    page.click("text=放回去")
    page.wait_for_selector(".undo", state="detached")
    assert page.inner_text(".asked-text >> nth=0") == first


def test_rules_half_typed_say_so_and_do_no_harm(house: House) -> None:
    page = desk(house, "/rules")
    page.select_option("#late", "cost")
    page.fill("#late_cost", "x")
    page.wait_for_selector(".means .error")
    page.fill("#late_cost", "1/4")
    page.wait_for_selector(".means-words")
