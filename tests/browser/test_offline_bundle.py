"""The sealed bundle comes to a phone once, and opens without signal after any number of polls and a reload."""

from functools import partial
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser.hands import answer_sheet, press
from tests.browser.house import House
from tests.browser.test_offline import NO_SIGNAL, ONLINE, READY, SEALED_MS, recorded
from tests.factories import EGRET
from tests.phones import soon


def _among(text: str, said: list[str]) -> bool:
    return text in said


def messages(page: Page, heard: list[dict[str, Any]]) -> list[str]:
    """What the organizer has said, as the phone heard it last; it asks once more."""
    page.evaluate(ONLINE)
    page.wait_for_timeout(100)
    return [item["text"] for item in heard[-1]["messages"]] if heard else []


def test_the_bundle_is_not_sent_again_and_a_quiz_still_opens_without_signal(racing: House) -> None:
    """Its own punch, a reload and the organizer's messages: each brings another answer, and none the boxes again."""
    page = racing.phone(EGRET, forgive=NO_SIGNAL)
    page.wait_for_selector(READY, timeout=SEALED_MS)
    heard: list[dict[str, Any]] = []

    def listen(route: Route) -> None:
        answer = route.fetch()
        if answer.status == 200:
            heard.append(answer.json())
        route.fulfill(response=answer)

    page.route("**/api/v1/play*", listen)
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed")
    press(page)
    page.wait_for_selector("[aria-label='31，过关']")
    page.reload()
    page.wait_for_selector("[aria-label='31，过关']")
    for text in ("三十三号搬到树下了", "带好水"):
        racing.desk.act("message", text=text)
        soon(partial(messages, page, heard), partial(_among, text))
    page.unroute("**/api/v1/play*")
    assert len(heard) >= 4, "one after the punch, one after the reload, two for the messages"
    assert not any("boxes" in answer["sealed"] for answer in heard), "it had them when it said that it is ready"
    assert len(racing.desk.phone(EGRET).play()["sealed"]["boxes"]) == 8

    page.context.set_offline(True)
    page.reload()
    press(page)
    page.fill("#typed-code", racing.desk.keys.typed("32"))
    press(page)
    answer_sheet(page, racing.desk.keys.setup, right=3)
    recorded(page)
    page.wait_for_selector("[aria-label^='32，已记录']")
    page.context.set_offline(False)
    page.wait_for_selector("[aria-label^='32，过关']")
