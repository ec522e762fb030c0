"""The editor of checkpoints under real hands: click, drag, keys, undo, no signal, two windows, and on the spot."""

from typing import Any

import pytest
from playwright.sync_api import Geolocation, Page

from tests.browser.house import LAPTOP, PHONE, House
from tests.factories import SLUG
from tests.fixtures_pages import sign_in
from tests.phones import soon

EDITOR = f"/organize/{SLUG}/checkpoints"


def editor(house: House, size: tuple[int, int] = LAPTOP, forgive: tuple[str, ...] = (), **options: Any) -> Page:
    """The editor in a window of its own, signed in."""
    page = house.window("/", size, forgive, **options)
    sign_in(page)
    page.goto(EDITOR)
    page.wait_for_selector(".pin >> nth=0")
    return page


def row(page: Page, code: str) -> Any:
    return page.locator(".places-row", has=page.locator(f".code:text-is('{code}')"))


def pin(page: Page, code: str) -> Any:
    return page.locator(f".pin[data-code='{code}']")


def middle(page: Page, code: str) -> tuple[float, float]:
    box = pin(page, code).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def stored(house: House) -> dict[str, Any]:
    """The race's checkpoints as the database has them."""
    return {item["code"]: item for item in house.setup()["checkpoints"]}


def saved(page: Page) -> None:
    page.wait_for_selector("[data-kept]:has-text('已保存')")
    page.evaluate("document.querySelector('[data-kept]').textContent = ''")


def drag(page: Page, code: str, right: int, down: int) -> None:
    x, y = middle(page, code)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2, steps=4)
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()


def test_a_click_adds_a_checkpoint_and_its_name_and_task_follow(house: House) -> None:
    page = editor(house)
    page.click("text=加打卡点")
    box = page.locator(".places-box").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.7)
    saved(page)
    assert row(page, "37").get_attribute("aria-expanded") == "true"
    page.fill("#p-name", "观景台")
    page.press("#p-name", "Enter")
    page.click(".segments label:has-text('都有')")
    soon(lambda: stored(house)["37"].get("tasks", []), lambda tasks: len(tasks) == 2)
    assert stored(house)["37"]["name"] == "观景台"
    assert 39.7 < stored(house)["37"]["lat"] < 39.9
    assert house.setup()["courses"][0]["checkpoints"][-1] == "37"
    page.wait_for_selector(".way-wide .current .way-note:has-text('7')")


def test_a_circle_is_dragged_and_undo_puts_it_back(house: House) -> None:
    page, before = editor(house), stored(house)["36"]
    zoomed = middle(page, "36")
    page.click("button[aria-label='放大']")
    soon(lambda: middle(page, "36"), lambda now: now != zoomed)
    page.wait_for_selector(".leaflet-zoom-anim", state="detached")
    x, y = middle(page, "36")
    with page.expect_response(lambda answer: answer.request.method == "GET" and answer.url == page.url):
        drag(page, "36", 60, 30)  # saved, the page asks for the rail and the head anew
    saved(page)
    assert middle(page, "36") == pytest.approx((x + 60, y + 30), abs=2), "the map stays as it was zoomed"
    moved = stored(house)["36"]
    assert moved["lon"] > before["lon"]
    assert moved["lat"] < before["lat"]
    page.click("text=撤销：移动 36")
    saved(page)
    again = stored(house)["36"]
    assert again["lat"] == pytest.approx(before["lat"], abs=1e-6)
    assert again["lon"] == pytest.approx(before["lon"], abs=1e-6)


def test_the_keys_nudge_delete_and_bring_back(house: House) -> None:
    page, before = editor(house), stored(house)
    pin(page, "32").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    saved(page)
    soon(
        lambda: stored(house)["32"],
        lambda item: item["lat"] > before["32"]["lat"] and item["lon"] > before["32"]["lon"],
    )
    pin(page, "33").focus()
    page.keyboard.press("Delete")
    soon(lambda: stored(house), lambda found: "33" not in found)
    page.wait_for_selector("text=撤销：删 33")
    page.keyboard.press("Control+z")
    soon(lambda: stored(house), lambda found: found.get("33") == before["33"])
    assert house.setup()["courses"][0]["checkpoints"] == ["31", "32", "33", "34", "35", "36"]


def test_without_a_signal_changes_stay_through_a_reload_and_go_out_by_themselves(house: House) -> None:
    page, before = editor(house, forgive=("ERR_INTERNET_DISCONNECTED", "Failed to load")), stored(house)["34"]
    page.route("**/organize/*/checkpoint", lambda route: route.abort())
    row(page, "34").click()
    page.fill("#p-name", "塔")
    page.press("#p-name", "Enter")
    page.wait_for_selector(".places-unsent:has-text('待发 1')")
    assert row(page, "34").locator("text=待发").count() == 1
    page.reload()
    page.wait_for_selector(".places-unsent:has-text('待发 1')")
    assert row(page, "34").locator("text=塔").count() == 1
    assert stored(house)["34"] == before
    page.unroute("**/organize/*/checkpoint")
    soon(lambda: stored(house)["34"]["name"], lambda name: name == "塔", within_s=12)
    page.wait_for_selector(".places-unsent", state="detached")


def test_of_two_windows_the_slower_sees_the_other_s_change_and_is_asked_before_overwriting_it(house: House) -> None:
    one, other = editor(house), editor(house, forgive=("409",))
    other.evaluate("document.dispatchEvent = () => true")  # it has not heard yet of what the first one does
    row(one, "35").click()
    one.fill("#p-where", "回廊北头")
    one.press("#p-where", "Enter")
    saved(one)
    row(other, "35").click()
    other.fill("#p-name", "长廊")
    other.press("#p-name", "Enter")
    other.wait_for_selector(".places-clash:has-text('35 刚被别人改过')")
    assert other.input_value("#p-where") == "回廊北头", "theirs is shown"
    assert stored(house)["35"]["name"] != "长廊"
    other.click("text=用我的")
    soon(lambda: stored(house)["35"], lambda item: item["name"] == "长廊" and item["description"] == "回廊北头")
    one.wait_for_selector(".places-name:text-is('长廊')")


def test_a_sign_in_that_ran_out_loses_nothing(house: House) -> None:
    page = editor(house, forgive=("401", "400"))
    page.context.clear_cookies(name="session")
    drag(page, "36", -40, -40)
    page.wait_for_selector(".places-unsent:has-text('登录过期了')")
    before = stored(house)["36"]
    with page.context.expect_page() as opened:
        page.click(".places-unsent a")
    sign_in(opened.value)
    page.evaluate("dispatchEvent(new Event('focus'))")
    soon(lambda: stored(house)["36"], lambda item: item != before)


def test_at_phone_width_the_chosen_one_is_a_sheet_from_below(house: House) -> None:
    page = editor(house, PHONE)
    row(page, "32").click()
    sheet = page.locator(".point").bounding_box()
    assert sheet
    assert sheet["y"] + sheet["height"] == pytest.approx(PHONE[1], abs=1)
    page.click(".segments label:has-text('没有')")
    soon(lambda: stored(house)["32"].get("tasks", []), lambda tasks: tasks == [])
    page.click(".point-head >> text=收起")
    page.wait_for_selector(".point", state="detached")


SPOT: Geolocation = {"latitude": 39.7912, "longitude": 116.3987, "accuracy": 40}


def test_on_the_spot_one_press_puts_the_checkpoint_where_the_phone_stands(house: House) -> None:
    page = house.window("/", PHONE, geolocation=SPOT, permissions=["geolocation"])
    sign_in(page)
    page.goto(f"{EDITOR}/here?code=33")
    page.wait_for_selector(".here-now:has-text('精度 40 m')")
    assert page.is_disabled(".here-now")
    page.context.set_geolocation({**SPOT, "accuracy": 8})
    page.wait_for_selector(".here-now:has-text('就在这里'):not([disabled])")
    page.click(".here-now")
    page.wait_for_selector(".here-told:has-text('33 记好了')")
    found = stored(house)["33"]
    assert found["lat"] == pytest.approx(SPOT["latitude"], abs=2e-6)
    assert found["lon"] == pytest.approx(SPOT["longitude"], abs=2e-6)


def test_a_phone_that_may_not_say_where_it_is_says_what_to_do(house: House) -> None:
    page = house.window("/", PHONE)
    sign_in(page)
    page.goto(f"{EDITOR}/here")
    page.wait_for_selector(".here-far:has-text('请在系统和浏览器设置里允许')")
    assert page.is_disabled(".here-now")
    assert page.locator("text=填坐标").count() == 1
