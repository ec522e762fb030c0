"""Practice and the duel on real phones: by keyboard and by thumb, through a reload, in both languages, axe silent."""

import base64
import io
import wave
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.hands import answer, press, question_id, questions_of, says
from tests.browser.house import PHONE, House
from tests.browser.looking import Looker
from tests.browser.park import park_race, picture
from tests.factories import SLUG

PAGE = f"/r/{SLUG}/practice"
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture
def evening(empty_house: House) -> House:
    """The park race on the evening before, its bank of every kind open for practice."""
    data: dict[str, Any] = park_race()
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    # With a picture and a sound, as import keeps them within their question.
    first = next(bank for bank in data["banks"] if bank["id"] == "each")["questions"][0]
    first["text"] = f"H<sub>2</sub>O 是<b>什么</b>？{ATTACK}"
    first |= {"image": _address("image/png", _dot()), "sound": _address("audio/wav", _silence())}
    data["race"]["practice"] = {"banks": ["each"], "until": until}
    empty_house.lay(SLUG, data, picture())
    return empty_house.open()


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _dot() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return out.getvalue()


def _silence() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 800)
    return out.getvalue()


def chosen(page: Page, number: int) -> None:
    expect(page.locator(".tile-on")).to_have_count(number)


def test_people_practise_alone_and_duel_as_two(evening: House) -> None:
    looker = Looker()
    page = evening.window(PAGE, bypass_csp=True, reduced_motion="reduce")
    says(page, "练习和闪答赛")
    looker.look(page, "practice")
    press(page)
    _a_sheet(evening, page, looker)
    _a_duel(evening, looker)
    assert looker.found == []


def _a_sheet(house: House, page: Page, looker: Looker) -> None:
    """One of each kind; the keys do what the tiles say, a reload loses nothing, and the answers are explained."""
    known = questions_of(house.desk.keys.setup)
    for number in range(7):
        page.wait_for_selector(f".step:nth-child({number + 1})[aria-current=step]")
        assert page.evaluate("document.activeElement.className").startswith("quiz-body"), "the focus goes with it"
        kind = known[question_id(page)].kind.value
        looker.look(page, kind, sizes=(PHONE,), schemes=("light",))
        if kind == "single":
            assert page.inner_text(".question-text sub") == "2"
            assert page.inner_text(".question-text") == f"H2O 是什么？{ATTACK}", (
                "what is no mark is shown, and never run"
            )
            assert page.locator(".question-text img").count() == 0
            page.wait_for_function("document.querySelector('.question-image').naturalWidth === 8")
            page.wait_for_function("document.querySelector('audio').readyState > 0")
        if kind in ("single", "multiple", "true_false"):
            page.keyboard.press("b")
            chosen(page, 1)
            page.keyboard.press("1")
            chosen(page, 2 if kind == "multiple" else 1)
            page.reload()
            page.wait_for_selector(".tile-on")
            page.wait_for_selector(f".step:nth-child({number + 1})[aria-current=step]")
            if kind == "multiple":  # pressed again it is taken out
                page.keyboard.press("b")
                page.keyboard.press("a")
                chosen(page, 0)
        elif kind == "order":
            first = page.locator(".order .tile-text").first.inner_text()
            page.locator(".order .tool").nth(1).focus()
            page.keyboard.press("ArrowDown")
            page.wait_for_function("text => document.activeElement.ariaLabel.endsWith(text)", arg=first)
            assert page.locator(".order .tile-text").nth(1).inner_text() == first
            assert first in page.locator(".question [aria-live]").inner_text()
            page.keyboard.press("ArrowUp")
        answer(page, known[question_id(page)], right=True)
        if kind in ("text", "number"):
            page.keyboard.press("Enter")
        else:
            press(page)
    page.wait_for_selector(".verdict-passed, .verdict-wait")
    assert page.locator(".review li").count() == 7
    looker.look(page, "practised")


def _a_duel(house: House, looker: Looker) -> None:
    """Two phones, one in English: one asks, the other answers wrongly and owes five squats; a reload keeps the seat."""
    known = questions_of(house.desk.keys.setup)
    one = house.window(PAGE, bypass_csp=True, reduced_motion="reduce")
    two = house.window(f"{PAGE}?lang=en", bypass_csp=True, reduced_motion="reduce", locale="en-GB")
    for page, name in ((one, "白鹭"), (two, "Egret")):
        page.click(".action.outline")
        page.fill("#duel-name", name)
    looker.look(two, "the door of a duel")
    press(one)
    code = one.wait_for_selector(".room-code").inner_text()  # type: ignore[union-attr]
    looker.look(one, "waiting", sizes=(PHONE,))
    two.fill("#duel-code", code.lower())
    two.keyboard.press("Enter")
    says(two, "白鹭 is choosing")
    one.wait_for_selector(".offer")
    looker.look(one, "asking", sizes=(PHONE,), schemes=("light",))
    one.keyboard.press("2")
    says(one, "Egret 在答")
    two.wait_for_selector(".question")
    two.reload()
    two.wait_for_selector(".question")
    answer(two, known[question_id(two)], right=False, language="en")
    press(two)
    says(one, "Egret 答错了，深蹲 5 个")
    says(two, "Choose what to ask")
    looker.look(two, "asking after a wrong answer", sizes=(PHONE,), schemes=("dark",))
