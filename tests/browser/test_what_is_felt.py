"""What a phone does beside showing pages: its screen stays on in a quiz, a punch is felt and heard, and no promise is
made that the browser cannot keep. The browser's own functions run; the page only notes that they were called."""

import pytest
from playwright.sync_api import Page

from tests.browser.hands import answer_sheet, press, says
from tests.browser.house import House
from tests.browser.test_offline import READY, SEALED_MS
from tests.factories import EGRET

NOTES = """
    window.felt = [];
    const around = (owner, name, note) => {
        const own = owner[name];
        owner[name] = function (...words) { felt.push(note); return own.apply(this, words); };
    };
    around(Navigator.prototype, "vibrate", "buzz");
    around(AudioScheduledSourceNode.prototype, "start", "tone");
    const ask = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (kind) {
        const lock = await ask.call(this, kind);
        felt.push(`${kind} on`);
        lock.addEventListener("release", () => felt.push(`${kind} free`));
        return lock;
    };
"""


@pytest.fixture
def page(racing: House) -> Page:
    """A phone that notes what it is asked to do."""
    page = racing.window("/", permissions=["screen-wake-lock"])
    page.context.add_init_script(NOTES)
    page.goto(f"/T/{racing.desk.keys.card(EGRET)}")
    page.wait_for_selector(".cell")
    return page


def type_in(racing: House, page: Page, code: str) -> None:
    press(page)
    page.fill("#typed-code", racing.desk.keys.typed(code))
    press(page)


def felt(page: Page, *notes: str) -> None:
    """Wait until these have been noted, and no other."""
    page.wait_for_function("notes => JSON.stringify([...new Set(felt)]) === JSON.stringify(notes)", arg=list(notes))


def test_a_punch_is_felt_and_heard(racing: House, page: Page) -> None:
    felt(page)
    type_in(racing, page, "31")
    page.wait_for_selector(".verdict-passed")
    felt(page, "buzz", "tone")


def test_the_screen_stays_on_while_a_quiz_is_answered_and_no_longer(racing: House, page: Page) -> None:
    type_in(racing, page, "32")
    page.wait_for_selector(".question-text")
    felt(page, "buzz", "tone", "screen on")
    answer_sheet(page, racing.desk.keys.setup, right=3)
    page.wait_for_selector(".verdict-passed")
    felt(page, "buzz", "tone", "screen on", "screen free")


def test_a_browser_that_may_run_no_worker_is_never_called_ready_offline(racing: House) -> None:
    able, without = racing.phone(EGRET), racing.phone(EGRET, service_workers="block", forgive=("Service Worker",))
    able.wait_for_selector(READY, timeout=SEALED_MS)
    without.reload()  # now that the team's tasks are sealed
    says(without, "下一个点")
    without.click(".tab >> text=求助")
    without.click("text=这部手机有什么")
    without.wait_for_selector("li:has-text('没信号也能看题') b:text-is('有')")
    says(without, "不要关闭本页")
    assert without.locator(READY).count() == 0
