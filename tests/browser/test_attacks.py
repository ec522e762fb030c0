"""Questions that try to run something, brought in through the page: everywhere they are shown, nothing runs.

A window of the house fails its test when the Content Security Policy reports something, when a page breaks, and when it
asks another host; here it is also looked at what the texts became.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page

from tests.browser.hands import answer_sheet, press, says
from tests.browser.house import LAPTOP, House
from tests.browser.park import ONE_OF_EACH, park_race, picture
from tests.factories import EGRET, SLUG
from tests.fixtures_pages import sign_in

DESK = f"/organize/{SLUG}"
ATTACKS = (
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "<svg><script>window.ran=1</script></svg>",
    '<a href="javascript:window.ran=1">看</a>',
    "<b onmouseover=window.ran=1>粗</b>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "\"'></title></textarea></script><script>window.ran=1</script>",
    "<math><mtext><style><img src=x onerror=window.ran=1></style></mtext></math>",
    "javascript:window.ran=1//",
    "{{7*191}}${7*191}",
)
FIRST, *_ = ATTACKS
# What the texts may never become, whether or not it ran.
BECAME = """
() => {
  const never = "main :is(script, iframe, math, style), main svg:has(script), [href^='javascript:' i], [src='x']";
  const handled = [...document.querySelectorAll("*")].filter(
    (part) => [...part.attributes].some(({ name }) => name.startsWith("on")),
  );
  return [...document.querySelectorAll(never), ...handled].map((part) => part.outerHTML.slice(0, 120));
}
"""
# Puts texts into a page as no page of ours does, and waits until the policy has said so.
PLANT = """
(texts) => new Promise((reported) => {
  document.addEventListener("securitypolicyviolation", reported, { once: true });
  document.querySelector("main").insertAdjacentHTML("beforeend", texts);
}).then(() => true)
"""


def all_of(name: str) -> str:
    """A text with every attack in it, told from the others by its name."""
    return " ".join((name, *ATTACKS))


def attacking() -> list[dict[str, Any]]:
    """One question of each kind whose every text attacks; no two texts are alike."""
    return [
        {
            **asked,
            "id": f"bad{number}",
            "text": all_of(f"第 {number} 题"),
            **({"choices": [all_of(f"{choice}") for choice in asked["choices"]]} if "choices" in asked else {}),
            **({"matches": [all_of(f"{match}") for match in asked["matches"]]} if "matches" in asked else {}),
            **({"answer": [FIRST, *ATTACKS[1:]]} if asked["kind"] == "text" else {}),
            "explanation": all_of("因为"),
            "source": all_of("出处"),
            "tags": [FIRST, ATTACKS[1]],
        }
        for number, asked in enumerate(ONE_OF_EACH)
    ]


def is_shown_and_harmless(page: Page, what: str) -> None:
    """Wait until the page shows the texts as they are written, and look what else they did."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    says(page, FIRST)
    assert page.evaluate("window.ran") is None, what
    assert page.evaluate(BECAME) == [], what
    assert "1337" not in page.inner_text("body"), what


def bring_in(house: House) -> Page:
    """The organizer brings the file in: looked at, taken, searched, changed, proof-read."""
    desk = house.window("/", LAPTOP)
    sign_in(desk)
    desk.goto(f"{DESK}/questions/bank/each")
    name = "<img src=x onerror=window.ran=1>.json"
    content = json.dumps(attacking()).encode()
    desk.set_input_files("#file", {"name": name, "mimeType": "application/json", "buffer": content})
    desk.click(".bring button")
    desk.wait_for_selector(".take")
    says(desk, name)
    is_shown_and_harmless(desk, "what the file holds")
    desk.click("form.save .button >> nth=0")
    desk.wait_for_url("**/questions/bank/each?**")
    for path in ("bank/each", "bank/each?q=%3Cscript%3E", "edit/each?question=bad0", "edit/each?question=bad3"):
        desk.goto(f"{DESK}/questions/{path}")
        if path.startswith("bank"):
            is_shown_and_harmless(desk, path)
        else:
            assert FIRST in "".join(field.input_value() for field in desk.locator("main textarea").all())
            assert (desk.evaluate("window.ran"), desk.evaluate(BECAME)) == (None, [])
    desk.goto(f"{DESK}/tasks/even/kinds")
    is_shown_and_harmless(desk, "how even the draw is")
    proof = desk.request.get(f"{DESK}/questions/proof/each?lang=zh")
    assert proof.body().startswith(b"%PDF")
    return desk


def practise(house: House) -> None:
    page = house.window(f"/r/{SLUG}/practice")
    says(page, "练习和闪答赛")
    press(page)
    page.wait_for_selector(".question-text")
    is_shown_and_harmless(page, "practice")
    answer_sheet(page, house.desk.keys.setup, right=0)
    page.wait_for_selector(".review")
    is_shown_and_harmless(page, "practised")


def race(house: House) -> None:
    page = house.phone(EGRET)
    house.scan(page, "35")
    page.wait_for_selector(".question-text")
    is_shown_and_harmless(page, "the sheet")
    answer_sheet(page, house.desk.keys.setup, right=7)
    page.wait_for_selector(".verdict-passed")
    is_shown_and_harmless(page, "what was right")


def test_nothing_that_stands_in_a_question_ever_runs(empty_house: House) -> None:
    data = park_race()
    until = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    data["race"]["practice"] = {"banks": ["each"], "until": until}
    next(bank for bank in data["banks"] if bank["id"] == "each").update(questions=[], name=f"题库 {ATTACKS[1]}")
    empty_house.lay(SLUG, data, picture())
    house = empty_house.open()
    desk = bring_in(house)
    house.know(SLUG, house.desk.token)
    practise(house)
    house.desk.start()
    race(house)
    for path in ("questions/figures/each", "jury/questions"):
        desk.goto(f"{DESK}/{path}")
        is_shown_and_harmless(desk, path)
    desk.click("a[href*='jury/question?'] >> nth=0")
    desk.wait_for_url("**/jury/question?**")
    is_shown_and_harmless(desk, "one question before the jury")


def test_its_silence_means_something(house: House) -> None:
    """Were a text put into a page as it is, this would be seen: what it became, and what the policy reported."""
    page = house.window(f"/r/{SLUG}/practice")
    assert page.evaluate(PLANT, " ".join(ATTACKS))
    assert len(page.evaluate(BECAME)) >= 6
    assert page.evaluate("window.ran") is None, "the policy holds even then"
    page.context.close()  # each text is reported by itself: now all reports have come
    assert any("Content Security Policy" in fault for fault in house.faults)
    house.faults.clear()
