"""axe-core finds nothing in any state of the phones and the board: both languages, light and dark, phone and desk.

The other pages are looked at in test_every_page.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.hands import answer_sheet, keys, press, press_firmly, question_id
from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.looking import SIZES, Looker
from tests.factories import COMPASS, DRAGONFLY, EGRET


@pytest.fixture
def looker() -> Iterator[Looker]:
    """Fails the test when anything was found in it."""
    looker = Looker()
    yield looker
    assert looker.seen
    assert looker.found == []


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """The reader's language."""
    return str(request.param)


Opens = Callable[[str], Page]


@pytest.fixture
def opens(racing: House, language: str) -> Opens:
    """Opens an address for axe, which a test may put into a page only past the page's own policy."""

    def open_one(path: str) -> Page:
        page = racing.window(path, bypass_csp=True, reduced_motion="reduce", forgive=("404", "410"))
        page.context.add_cookies([{"name": "lang", "value": language, "url": racing.base}])
        return page

    return open_one


def joined(racing: House, opens: Opens, path: str) -> Page:
    """A phone that has joined, in the language wanted."""
    page = opens("/")
    page.goto(path)
    page.wait_for_selector(".head, .m-head-sent")
    return page


def test_the_way_into_a_team(racing: House, opens: Opens, looker: Looker) -> None:
    page = opens("/play")
    page.reload()
    page.wait_for_selector("#typed-code")
    looker.look(page, "join")
    press(page)
    page.wait_for_selector(".field-fault")
    looker.look(page, "join without a code", (PHONE,))
    page.goto(f"/C/{racing.desk.keys.sign('31')}")
    page.wait_for_selector(".way")
    looker.look(page, "a sign before joining", (PHONE,))


def test_the_places_of_the_phone(racing: House, opens: Opens, looker: Looker) -> None:
    racing.desk.phone(EGRET).punch("31")
    racing.desk.act("message", text="34 号点人多，晚点再去。")
    page = joined(racing, opens, f"/T/{racing.desk.keys.card(EGRET)}")
    page.wait_for_selector(".cell")
    looker.look(page, "progress")
    page.click(".foot .action")
    page.wait_for_selector(".sheet")
    looker.look(page, "scan", (PHONE,))
    page.click(".sheet-head button")
    page.click(".cell >> nth=1")
    page.wait_for_selector(".sheet")
    looker.look(page, "a box of the card", (PHONE,))
    page.click(".sheet-head button")
    for place, waits in ((2, ".leaflet-image-layer"), (3, ".places-own"), (4, ".messages")):
        page.click(f".tab:nth-child({place})")
        page.wait_for_selector(waits)
        looker.look(page, f"tab {place}")
    page.click(".help-last button >> nth=1")
    page.wait_for_selector(".sheet")
    looker.look(page, "leaving", (PHONE,))


def test_every_kind_of_question(racing: House, opens: Opens, looker: Looker) -> None:
    page = joined(racing, opens, f"/T/{racing.desk.keys.card(EGRET)}")
    racing.scan(page, "35")
    page.wait_for_selector(".question-text")
    for number in range(1, 8):
        page.wait_for_selector(f".step:nth-child({number})[aria-current=step]")
        # A tall page shows the whole of any question; the narrow one is where it may not fit.
        looker.look(page, question_id(page), (PHONE,) if number > 1 else SIZES)
        if number < 7:
            press(page)
    press(page)
    page.wait_for_selector(".error")
    looker.look(page, "left empty", (PHONE,))


def test_what_becomes_of_a_quiz(racing: House, opens: Opens, looker: Looker) -> None:
    setup = racing.desk.keys.setup
    page = joined(racing, opens, f"/T/{racing.desk.keys.card(EGRET)}")
    racing.scan(page, "34")
    answer_sheet(page, setup, right=0)
    page.wait_for_selector(".verdict-wait")
    looker.look(page, "cooling")
    racing.scan(page, "32")
    answer_sheet(page, setup, right=2)
    page.wait_for_selector(".verdict-passed")
    looker.look(page, "passed, with a review")
    page.goto(f"/C/{racing.desk.keys.sign('31')[:-3]}")
    page.wait_for_selector(".verdict-stop")
    looker.look(page, "a torn sign")


def test_a_game_and_the_finish_on_the_teams_phone(racing: House, opens: Opens, looker: Looker) -> None:
    page = joined(racing, opens, f"/T/{racing.desk.keys.card(EGRET)}")
    racing.desk.phone(DRAGONFLY).punch("33")
    racing.scan(page, "33")
    page.wait_for_selector(".game-state")
    looker.look(page, "waiting for a game")
    marshal = racing.desk.marshal("33")
    marshal.tell("stamp", entry=EGRET, what="begun")
    page.wait_for_selector(".game-now")
    looker.look(page, "playing", (PHONE,))
    marshal.tell("game", entry=EGRET, game="relay", measures={"seconds": 44.2, "drops": 1})
    page.wait_for_selector(".verdict-passed")
    looker.look(page, "a game passed", (PHONE,))
    racing.scan(page, "F1")
    page.wait_for_selector(".verdict-check")
    looker.look(page, "finish, asking")
    press(page)
    page.wait_for_selector(".lines a, .foot a")
    looker.look(page, "finished, heads to be counted", (PHONE,))
    racing.desk.marshal("F1").tell("heads", entry=EGRET, heads=5)
    page.wait_for_selector(".verdict-passed")
    looker.look(page, "finished")


def test_the_marshals_game_station(racing: House, opens: Opens, looker: Looker) -> None:
    page = joined(racing, opens, f"/M/{racing.desk.keys.station('33')}")
    page.wait_for_selector(".m-beside .empty")
    looker.look(page, "nobody here")
    for entry in (EGRET, DRAGONFLY, COMPASS):
        racing.desk.phone(entry).punch("33")
    page.wait_for_selector(".m-beside .m-row >> nth=1")
    looker.look(page, "a queue")
    press_firmly(page)
    page.wait_for_selector(".m-step-now:nth-child(2)")
    looker.look(page, "a watch runs")
    press_firmly(page)
    page.wait_for_selector(".m-step-now:nth-child(3)")
    page.wait_for_selector(".m-main-worth")
    looker.look(page, "a result")
    press_firmly(page)
    page.wait_for_selector(".m-foot .m-undo")
    page.click(".m-foot .m-undo")
    page.wait_for_selector("[role=alertdialog]")
    looker.look(page, "undo?", (PHONE,))
    page.click("[role=alertdialog] .outline")
    page.click(".m-head-place")
    page.wait_for_selector(".m-menu")
    looker.look(page, "more", (PHONE,))


def test_the_marshals_boards_and_quizzes(racing: House, opens: Opens, looker: Looker) -> None:
    racing.desk.phone(EGRET).punch("36")
    racing.desk.phone(DRAGONFLY).open_sheet("32")
    page = joined(racing, opens, f"/M/{racing.desk.keys.station('36')}")
    page.wait_for_selector(".m-team-large")
    press_firmly(page)
    page.wait_for_selector("[aria-label='第 1 格'], [aria-label='Cell 1']")
    looker.look(page, "nine cells")
    page = joined(racing, opens, f"/M/{racing.desk.keys.station('32')}")
    page.wait_for_selector(".m-row")
    looker.look(page, "a quiz's station")
    press_firmly(page)
    keys(page, "1")
    page.wait_for_selector(".m-found-team b")
    looker.look(page, "by number", (PHONE,))


def test_the_marshals_start_and_finish(racing: House, opens: Opens, looker: Looker) -> None:
    page = joined(racing, opens, f"/M/{racing.desk.keys.station('S1')}")
    keys(page, "1")
    page.wait_for_selector(".m-found-team b")
    looker.look(page, "check-in")
    page.click(".m-finder .m-ways button")
    page.click(".m-members .m-row:nth-child(2) .word")
    page.wait_for_selector(".m-swap")
    looker.look(page, "somebody else", (PHONE,))
    for entry in (EGRET, DRAGONFLY):
        racing.desk.phone(entry).finish()
    racing.desk.phone(COMPASS).punch("31")
    page = joined(racing, opens, f"/M/{racing.desk.keys.station('F1')}")
    page.wait_for_selector(".m-others .m-row")
    looker.look(page, "finish")
    page.click(".m-second")
    page.click(".sheet .m-choice:text-is('4')")
    page.click(".sheet .m-members .m-toggle >> nth=0")
    looker.look(page, "heads short", (PHONE,))
    page.click(".sheet-head button")
    page.click(".m-list-tab >> nth=1")
    page.wait_for_selector(".m-row")
    looker.look(page, "still out", (PHONE,))


def test_the_board_dark_and_light_and_its_clubs(racing: House, opens: Opens, looker: Looker) -> None:
    racing.desk.phone(EGRET).punch("31")
    racing.desk.phone(COMPASS).finish()
    page = opens(f"/r/{racing.desk.keys.race.slug}/live")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.reload()
    page.wait_for_selector(".leaders .row")
    looker.look(page, "board", (PHONE, LAPTOP, (1920, 1080)))
    page.click("#board-side button")
    looker.look(page, "board in the light", (LAPTOP, (1920, 1080)))
    page.click(".segments button:last-child")
    looker.look(page, "clubs", (LAPTOP, (1920, 1080)))
