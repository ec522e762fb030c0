"""How soon a slow phone answers the first tap."""

from statistics import median
from typing import Any

from playwright.sync_api import Page

from tests.browser.house import House
from tests.browser.test_offline import READY, SEALED_MS
from tests.factories import EGRET

SLOWER = 6  # a cheap phone beside this machine
LIMIT_MS = 100
LOADS = 5
FINGER_MS = 80  # how long a tap is down
TIMELINE = "devtools.timeline,disabled-by-default-devtools.timeline"  # the second one has the tasks


def test_the_first_tap_is_answered_within_a_tenth_of_a_second_on_a_phone_six_times_slower(racing: House) -> None:
    """The median of five fresh loads, in time that the page's thread computes.

    It counts from each of the tap's events to the frame that answers it, and of the two the slower one.
    The browser's own throttle stops the thread by the clock on the wall, and so takes what other programs do meanwhile
    for the page's work. Processor time of the thread, times six, is the same slowness without them: a machine that is
    busy makes the answer late, and hardly more to compute. No load is left out and none is tried again.
    """
    took = [SLOWER * _first_tap_ms(racing) for _ in range(LOADS)]
    assert median(took) < LIMIT_MS, took


def _first_tap_ms(racing: House) -> float:
    page = racing.phone(EGRET)
    page.wait_for_selector(READY, timeout=SEALED_MS)
    at = page.locator(".foot .action").bounding_box()
    assert at
    events = _traced(page, at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.context.close()
    return _slowest_answer_ms(events)


def _traced(page: Page, x: float, y: float) -> list[dict[str, Any]]:
    """Tap there and return what the browser traced until the sheet stood."""
    browser = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    ended: list[bool] = []
    browser.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    browser.on("Tracing.tracingComplete", lambda _: ended.append(True))
    browser.send("Tracing.start", {"categories": TIMELINE, "transferMode": "ReportEvents"})
    page.mouse.click(x, y, delay=FINGER_MS)
    page.wait_for_timeout(200)  # looking for the sheet is work on the page's thread, too
    page.wait_for_selector(".sheet")
    page.wait_for_timeout(100)
    browser.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    return events


def _slowest_answer_ms(events: list[dict[str, Any]]) -> float:
    """Return the longer of two answers: the button under the finger, and the sheet when the finger is lifted."""
    return max(_to_the_frame_ms(events, kind) for kind in ("pointerdown", "click"))


def _to_the_frame_ms(events: list[dict[str, Any]], kind: str) -> float:
    """Sum the processor time of the tasks of the page's thread, from the one that hears of it to the frame's last."""
    heard = next(event for event in events if _is_event(event, kind))
    mine = [event for event in events if (event["pid"], event["tid"]) == (heard["pid"], heard["tid"])]
    frame = min(event["ts"] for event in mine if event["name"] == "Commit" and event["ts"] > heard["ts"])
    tasks = [event for event in mine if event["name"] == "RunTask" and "tdur" in event]
    taken = [task["tdur"] for task in tasks if task["ts"] + task["dur"] >= heard["ts"] and task["ts"] <= frame]
    assert taken
    return float(sum(taken)) / 1000


def _is_event(event: dict[str, Any], kind: str) -> bool:
    return bool(event["name"] == "EventDispatch" and event["args"]["data"]["type"] == kind)
