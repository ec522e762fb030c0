"""A sports officer's evening, step by step: what she has in hand, and what she does with it at the desk."""

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.hands import says
from tests.browser.house import LAPTOP, House
from tests.fixtures_app import NAME, PASSWORD, UNION
from tests.tables import xlsx

# Where on the picture she clicks, in parts of its width and height: 31, 32, …
SPOTS = [(0.3, 0.35), (0.45, 0.3), (0.6, 0.35), (0.7, 0.45), (0.7, 0.6), (0.55, 0.65), (0.4, 0.65), (0.3, 0.55)]
CODES = [str(31 + number) for number in range(len(SPOTS))]
LETTERS = "ABCD"


def park_map() -> bytes:
    """A picture of a park: a lake and a path."""
    picture = Image.new("RGB", (1600, 1000), "#e8f0dd")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((500, 300, 1100, 750), fill="#9cc8e0")
    pen.line((50, 500, 1550, 520), fill="#b9a27a", width=14)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def bank() -> bytes:
    """Forty questions under a title; three of them cannot be asked."""
    head = ["序号", "题目", *(f"选项{letter}" for letter in LETTERS), "答案"]
    rows: list[list[object]] = [["2026 年职工知识竞赛题库（终稿）"], [*head]]
    for number in range(1, 41):
        text = "" if number == 23 else f"第 {number} 题：园里第 {number} 种鸟叫什么？"
        answer = {7: "", 15: "E"}.get(number, LETTERS[number % 4])
        rows.append([number, text, "白鹭", "翠鸟", "苇莺", "绿头鸭", answer])
    return xlsx(rows, ["A1:G1"])


def entries(clubs: list[str]) -> bytes:
    """Two teams of five a club, a row a member, clubs and teams merged, a title above and a note below."""
    rows: list[list[object]] = [["职工定向赛报名表"], ["单位", "队名", "姓名", "手机号", "身份证号", "备注"]]
    merged = ["A1:F1"]
    for club in clubs:
        first = len(rows) + 1
        for team in "一二":
            merged.append(f"B{len(rows) + 1}:B{len(rows) + 5}")
            for member, name in enumerate("王李张刘陈"):
                phone = f"1380000{len(rows):04d}" if member == 0 else None
                rows.append(
                    [club, f"{club[:2]}{team}队", name + club[0] + team, phone, f"11010119900101{len(rows):04d}", None]
                )
        merged.append(f"A{first}:A{len(rows)}")
    rows.append(["填表人：钱会计"])
    return xlsx(rows, merged)


def on(page: Page) -> None:
    """Follow the button that names the next step."""
    page.click(".way-acts a.button:has-text('下一步')")


def saved(page: Page) -> None:
    page.wait_for_selector("[data-kept] .icon", state="attached")


def enter(house: House) -> Page:
    """Open the first account by the link that the server prints; it opens no second one."""
    link = re.search(r"https?://[^/\s]+(/organize/welcome/\S+)", house.said())
    assert link, house.said()
    page = house.window(link[1], LAPTOP, forgive=("400", "409"))
    page.on("dialog", lambda dialog: dialog.accept())
    for field, words in (("union", UNION), ("name", NAME), ("password", PASSWORD), ("again", PASSWORD + "错")):
        page.fill(f"#{field}", words)
    page.click("main button")
    page.wait_for_selector(".error[role=alert]")
    assert page.input_value("#name") == NAME, "nothing typed is lost but the passwords"
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/organize/")
    other = house.window(link[1], LAPTOP, forgive=("404", "410", "403", "400"))
    other.wait_for_selector(".error h1")
    assert other.locator("#password").count() == 0, "the link works once"
    return page


def say_what_where_and_when(page: Page) -> None:
    """A new race, its basics, and the picture placed by two corners."""
    page.fill("#name", "走读青苇")
    page.click("button:has-text('开始')")
    page.fill("#venue", "青苇湿地公园")
    page.fill("#day", "2031-05-18")
    page.fill("#time", "09:30")
    page.fill("#emergency_phone", "010-5550 0137")
    page.fill("[name=host_name]", "青苇区总工会")
    page.click("#basics .save .button >> nth=0")
    saved(page)
    on(page)
    page.set_input_files("#picture-file", {"name": "公园.png", "mimeType": "image/png", "buffer": park_map()})
    page.click("button:has-text('上传')")
    saved(page)
    page.fill("#top_left", "39.9300, 116.3000")
    page.fill("#bottom_right", "39.9210, 116.3187")
    page.select_option("#datum", "gcj02")
    page.click("button:has-text('存下位置')")
    saved(page)
    on(page)


def put_checkpoints(page: Page) -> None:
    """Eight by clicking; start and finish by choosing them and clicking: no ninth comes of it."""
    page.wait_for_selector(".leaflet-image-layer")
    box = page.locator(".places-box").bounding_box()
    assert box

    def click(x: float, y: float) -> None:
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)

    for code, spot in zip(CODES, SPOTS, strict=True):
        click(*spot)
        page.wait_for_selector(f".places-undo:has-text('加 {code}')")
    for code, name, spot in (("S", "起点", (0.4, 0.5)), ("F", "终点", (0.6, 0.5))):
        page.click(f".places-name:text-is('{name}')")
        page.wait_for_selector(f".places-hint:has-text('{code}')")
        click(*spot)
        page.wait_for_selector(f".places-undo:has-text('移动 {code}')")
    says(page, "8 个点都在图上了")
    on(page)


def ask_and_play(page: Page) -> None:
    """A bank from Excel, five drawn and four right at four checkpoints, games at two."""
    page.click(".way-acts >> text=题库")
    page.fill("#name", "园里的鸟")
    page.click(".small-form button:has-text('开始')")
    page.set_input_files("#file", {"name": "题库.xlsx", "mimeType": "any/any", "buffer": bank()})
    page.click("button:has-text('读取')")
    page.wait_for_selector("text=不收 3 处")
    refused = page.inner_text(".remarks >> nth=0")
    assert [line for line in ("9", "17", "25") if line not in refused] == []
    page.click("text=收下这 37 题")
    saved(page)
    page.click("text=接着定每个点做什么")
    for place in range(4):
        page.select_option(f"#asks_{place}", "quiz")
    for place, game in ((4, "frisbee_nine_grid"), (5, "energy_relay")):
        page.select_option(f"#asks_{place}", "game")
        page.select_option(f"#game_{place}", f"template:{game}")
    page.click("#tasks .save .button")
    saved(page)
    assert "五题答对四题过关" in page.inner_text(".asks tr:has-text('31') .asks-sign")
    on(page)


def bring_teams(page: Page, folder: Path) -> None:
    """Two sheets at once, looked at before they are stored; then first stations."""
    files = []
    for name, clubs in (("报名表一.xlsx", ["机关工会", "教育工会"]), ("报名表二.xlsx", ["卫生工会", "交通工会"])):
        (folder / name).write_bytes(entries(clubs))
        files.append(folder / name)
    page.set_input_files("input[name=files]", files)
    page.click("text=看看有哪些变化")
    says(page, "新增：8 队")
    assert page.locator("#faults").count() == 0, "a title and a note want no mending"
    assert "身份证" in page.inner_text("details:has-text('没有读的')")
    page.click("button:has-text('采用')")
    saved(page)
    says(page, "8 队 40 人")
    page.click("text=分首站、分批次")
    page.click("button:has-text('就这样分')")
    says(page, "首站已分好")
    on(page)


def print_all(page: Page) -> None:
    """Every paper that a race needs is there; then it is ticked off."""
    says(page, "手机扫不出来")
    addresses = [str(form.get_attribute("action")) for form in page.locator("section >> nth=0 >> form.print").all()]
    assert len(addresses) == 6, "signs, cards, marshals' cards, start list, check-in list, proof of the questions"
    for address in addresses:
        answer = page.request.get(address)
        assert answer.status == 200, address
        assert answer.body().startswith(b"%PDF-")
    page.click("button:has-text('我都打印好了')")
    on(page)
