"""The team's phone without signal, its camera looking at the signs as they are printed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, Route

from tests.browser.camera import codes_on, first_card, hold, printed_signs
from tests.browser.hands import answer_sheet, press, says
from tests.browser.house import AWAY, LAPTOP, House
from tests.factories import EGRET, SLUG
from tests.fixtures_pages import FLAGS, PLAIN, sign_in
from tools.parts import chromium

NO_SIGNAL = (*AWAY, "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
READY = ".head-chips >> text=可离线"
SEALED_MS = 60_000  # typed codes are slow to seal for on purpose, and slower where the machine is busy
NOTHING = Image.new("RGB", (64, 64))
HOUR_BACK = "(now => { Date.now = () => now() - 3600000 })(Date.now.bind(Date))"
ONLINE = "window.dispatchEvent(new Event('online'))"
BUILD = "document.querySelector('script[src*=phone]').src"
# As when the page is looked at again; settles when the new version has taken over.
UPDATE = """() => new Promise((done) => {
    navigator.serviceWorker.addEventListener('controllerchange', () => done());
    navigator.serviceWorker.getRegistration().then((worker) => worker.update());
})"""
PATIENCE_MS = 20_000  # a request that nobody answers is given up after 15 s
# What a storage that was wiped has left: nothing. The page must be away from the database to let it go.
WIPE = """async () => {
    localStorage.clear();
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
    for (const name of await caches.keys()) await caches.delete(name);
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}"""


@pytest.fixture(scope="module")
def chromium_browser(playwright: Playwright) -> Iterator[Browser]:
    """The whole of Chromium: only it has a camera."""
    browser = playwright.chromium.launch(executable_path=str(chromium()), args=list(FLAGS))
    yield browser
    browser.close()


def go_dark(page: Page) -> None:
    """Walk into a dead spot, once the phone has said that it may."""
    page.wait_for_selector(READY, timeout=SEALED_MS)
    page.context.set_offline(True)


def recorded(page: Page) -> None:
    """See that it is recorded, without a mark, and go on."""
    page.wait_for_selector(".verdict-unsent >> text=已记录")
    press(page)


def test_a_whole_race_without_signal_reaches_the_server_by_the_marshals_phone_and_by_the_teams_own(
    racing: House,
) -> None:
    """Start to finish in one dead spot, a clock set back, a reload in between; the finish marshal carries it out."""
    signs, desk = printed_signs(racing), racing.desk
    page = racing.phone(EGRET, forgive=NO_SIGNAL, permissions=["camera"], reduced_motion="reduce")
    go_dark(page)
    page.reload()
    hold(signs["31"])
    press(page)
    recorded(page)
    page.wait_for_selector("[aria-label^='31，已记录']")
    press(page)
    says(page, "这个码刚扫过")
    page.click("[aria-label=关闭]")
    page.evaluate(HOUR_BACK)
    hold(signs["32"])
    press(page)
    answer_sheet(page, desk.keys.setup, right=3)
    recorded(page)
    hold(NOTHING)
    press(page)
    page.fill("#typed-code", desk.keys.typed("35"))
    press(page)
    answer_sheet(page, desk.keys.setup, right=0)
    recorded(page)
    page.wait_for_selector(".head-chips >> text=待发 5")
    hold(signs["F1"])
    press(page)
    page.wait_for_selector(".verdict-check >> text=现在冲线")
    press(page)
    page.wait_for_selector(".verdict-unsent >> text=走到有信号的地方")
    page.click("text=回到进度")
    says(page, "还有 7 条，请勿离开")
    assert page.locator(".verdict-passed, .verdict-wait").count() == 0, "nothing is marked on a phone"

    hold(*codes_on(page))
    marshal = racing.marshal("F1", permissions=["camera"])
    marshal.click("text=扫队伍手机上的记录码")
    says(marshal, "7 条已送到")
    run = desk.phone(EGRET).play()["run"]
    states = {code: point["state"] for code, point in run["checkpoints"].items()}
    assert states["31"] == "passed"
    assert states["32"] == "passed"
    assert run["finish"] is not None
    assert 0 <= run["time_s"] < 300, "an hour set back on the phone takes no hour off the race"

    page.context.set_offline(False)
    says(page, "已全部上传")
    assert desk.phone(EGRET).play()["run"] == run, "what came twice counts once"
    jury = racing.window("/", LAPTOP)
    sign_in(jury)
    jury.goto(f"/organize/{SLUG}/jury")
    says(jury, "手机时间被往回调了")
    assert re.search(r"往回调了 (3600|3599) 秒", jury.inner_text("main"))


def test_answers_that_were_lost_on_the_way_are_asked_for_again_and_nothing_counts_twice(racing: House) -> None:
    """The server had it, the phone did not hear so; then it dies, comes back with an update of the app, and freezes."""
    page = racing.phone(EGRET, forgive=(*NO_SIGNAL, "ERR_FAILED"))
    lost: list[Any] = []

    def lose(route: Route) -> None:
        answer = route.fetch()
        if len(lost) < 2:
            lost.append(answer.json())
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/facts", lose)
    racing.scan(page, "32")
    answer_sheet(page, racing.desk.keys.setup, right=0)
    page.wait_for_selector(".verdict-wait")
    page.wait_for_selector(".rung-next >> text=第 2 次")
    assert len(lost) == 2
    page.unroute("**/api/v1/facts")
    racing.cut_power()
    racing.scan(page, "31")
    recorded(page)
    page.route("**/api/v1/facts", lambda route: route.abort())
    before = page.evaluate(BUILD)
    racing.open(racing.next_release())
    page.evaluate(UPDATE)
    page.reload()
    page.wait_for_selector("[aria-label^='31，已记录']")
    assert page.evaluate(BUILD) != before, "the new app holds what the old one recorded"
    page.unroute("**/api/v1/facts")
    page.evaluate(ONLINE)
    page.wait_for_selector("[aria-label='31，过关']")

    with racing.frozen():
        racing.scan(page, "33")
        recorded(page)
        page.wait_for_selector("[aria-label^='33，已记录']")
    page.evaluate(ONLINE)
    page.wait_for_selector("[aria-label^='33，正在做']", timeout=PATIENCE_MS)


def test_a_second_try_without_signal_is_told_that_its_questions_come_with_signal(racing: House) -> None:
    page = racing.phone(EGRET, forgive=NO_SIGNAL)
    page.wait_for_selector(READY, timeout=SEALED_MS)
    racing.scan(page, "32")
    answer_sheet(page, racing.desk.keys.setup, right=0)
    page.wait_for_selector(".verdict-wait")
    says(page, "再答的新题要有信号才发")
    page.context.set_offline(True)
    page.locator(".action:not([aria-disabled]) >> text=再答一次").click()
    page.wait_for_selector(".verdict-unsent >> text=往开阔处走几步，题会自己出来")
    assert "不用守着" not in page.inner_text("main"), "who waits for questions is not sent on"
    assert page.locator(".action.filled").count() == 0
    page.context.set_offline(False)
    says(page, "第 1 题，共 3 题")


def test_a_phone_whose_storage_was_wiped_gets_back_what_the_server_has_and_is_told_what_may_be_gone(
    racing: House,
) -> None:
    page = racing.phone(EGRET, permissions=["camera"])
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed")
    page.evaluate(WIPE)
    page.goto("/")
    page.evaluate(WIPE)
    hold(first_card(racing))
    page.goto("/play")
    page.click("text=用相机扫队卡")
    page.wait_for_selector("[aria-label='31，过关']")
    says(page, "服务器上有的，都回来了")


def test_where_the_phone_has_less_the_next_rung_is_shown(racing: House) -> None:
    """A camera that is not allowed, and then plain HTTP: no camera, no worker, no sealed tasks."""
    hold(NOTHING)  # there is a camera, and this page may not look through it
    page = racing.phone(EGRET)
    press(page)
    page.wait_for_selector(".field-fault >> text=相机没有打开")
    page.wait_for_selector("text=拍下二维码")
    page.fill("#typed-code", racing.desk.keys.typed("31"))
    press(page)
    page.wait_for_selector(".verdict-passed")

    base = f"http://{PLAIN}:{racing.port}"
    plain = racing.phone(EGRET, base_url=base, forgive=("asked another host", "Cross-Origin-Opener-Policy", *NO_SIGNAL))
    assert plain.locator(READY).count() == 0
    plain.click(".tab >> text=求助")
    plain.click("text=这部手机有什么")
    says(plain, "没有，要用 https 打开")
    says(plain, "不要关闭本页")
    plain.click("[aria-label=关闭]")
    plain.click(".tab >> text=进度")
    plain.wait_for_selector("[aria-label='31，过关']")
    plain.context.set_offline(True)
    press(plain)
    plain.set_input_files("input[type=file]", {"name": "sign.png", "mimeType": "image/png", "buffer": b"no picture"})
    says(plain, "照片里没看到二维码")
    plain.fill("#typed-code", racing.desk.keys.typed("32"))
    press(plain)
    says(plain, "往开阔处走几步")
    plain.context.set_offline(False)
    says(plain, "第 1 题，共 3 题")
