"""Every page of the desk in both languages at phone width: found, labelled, in one language, and open to everybody."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.house import PHONE, House
from tests.browser.test_access import Looker
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in

PAGES = (
    "basics",
    "map",
    "checkpoints",
    "checkpoints/file",
    "checkpoint?code=31",
    "checkpoints/here?code=33",
    "tasks",
    "tasks/quiz/kinds",
    "tasks/game/relay",
    "questions",
    "questions/bank/each",
    "rules",
    "teams",
    "teams?open=1",
    "teams/deal",
    "signup",
    "print",
    "trial",
    "checkin",
    "control",
    f"control/{EGRET}",
    "messages",
    "clock",
    "late",
    "jury",
    f"jury/{EGRET}",
    "publish",
    "after",
)
# What has no Chinese: names of formats, systems and programs, units, and the words the race itself was given.
ALLOWED = {
    *("English", "Waypost", "Excel", "Word", "PDF", "CSV", "XML", "JSON", "KML", "GPX", "GPS", "JPEG", "PNG", "WebP"),
    *("SVG", "WGS", "GCJ", "BD", "EPSG", "Aiken", "GIFT", "Moodle", "IOF", "jgw", "pgw", "tfw", "kml", "gpx", "xlsx"),
    *("WAYPOST_PUBLIC_URL", "http", "https", "localhost", "OCAD", "Purple", "Pen", "PPEN", "ppen", "KMZ", "CourseData"),
}
UNLABELLED = """
() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter((field) => !field.labels?.length && !field.ariaLabel && !field.getAttribute("aria-labelledby"))
  .map((field) => field.outerHTML.slice(0, 120))
"""
# The words of the page itself: not what the race is called by people, who write in their own language.
OWN_WORDS = """
() => [...document.querySelectorAll("h1, h2, legend, label, button, summary, thead th, .lead, .about, .way-title")]
  .map((part) => part.innerText)
"""


def words_out_of_place(page: Page, language: str, named: str) -> list[str]:
    """Return what of the page's own words is in the other language; `named` is all that the race was given as names."""
    if language == "zh":
        found = re.findall(r"(?<![\w/.@-])[A-Za-z][A-Za-z_]{2,}(?![\w@])", page.inner_text("body"))
        return sorted({word for word in found if word not in ALLOWED and word not in named})
    found = [run for words in page.evaluate(OWN_WORDS) for run in re.findall(r"[\u4e00-\u9fff]+", words)]
    return sorted({run for run in found if run not in named and run != "中文"})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_desk_is_whole(racing: House, language: str) -> None:
    """With a race under way: the fullest that a page gets."""
    racing.desk.phone(EGRET).punch("31")
    racing.desk.phone(DRAGONFLY).punch("33")
    named = str(racing.setup())
    page = racing.window("/", PHONE, bypass_csp=True, reduced_motion="reduce")
    page.context.add_cookies([{"name": "lang", "value": language, "url": racing.base}])
    sign_in(page)
    looker, found = Looker(), []
    for path in PAGES:
        answer = page.goto(f"/organize/{SLUG}/{path}")
        assert answer
        if answer.status != 200:
            found.append(f"{path}: {answer.status}")
            continue
        page.wait_for_function("document.fonts.status === 'loaded'")
        if (heads := page.locator("h1").count()) != 1:
            found.append(f"{path}: {heads} h1")
        found += [f"{path}: no label for {field}" for field in page.evaluate(UNLABELLED)]
        found += [f"{path}: {word}" for word in words_out_of_place(page, language, named)]
        if language == "en":
            looker.look(page, path, (PHONE,), ("light",))
    assert found + looker.found == []
