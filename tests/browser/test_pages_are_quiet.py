"""No page breaks its policy, complains in the console or asks another host; the phone's first load is small."""

import gzip

from playwright.sync_api import Page, Response

from tests.browser.hands import answer_sheet, keys, question_id, questions_of
from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.park import park_race, picture
from tests.factories import COMPASS, DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in
from tests.phones import OverHttp

FIRST_LOAD_BYTES = 60 * 1024


def violations(page: Page) -> list[str]:
    """What the page's policy has stopped since the last address was opened."""
    found: list[str] = page.evaluate("window.violations")
    return found


def watched(house: House, path: str, size: tuple[int, int] = PHONE) -> Page:
    """A window that notes each violation itself, beside what the browser says in its console."""
    page = house.window("about:blank", size)
    page.add_init_script(
        "window.violations = []; addEventListener('securitypolicyviolation',"
        " event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI))"
    )
    page.goto(path)
    return page


def test_a_team_walks_through_its_phone_and_no_page_breaks_its_policy(racing: House) -> None:
    page = watched(racing, f"/T/{racing.desk.keys.card(EGRET)}")
    page.wait_for_selector(".cell")
    for place, waits in ((2, ".leaflet-image-layer"), (3, ".places"), (4, ".help-call"), (1, ".cell")):
        page.click(f".tab:nth-child({place})")
        page.wait_for_selector(waits)
    assert violations(page) == []
    for code, waits in (("31", ".verdict-passed"), ("33", ".game-state"), ("F1", ".verdict-check")):
        racing.scan(page, code)
        page.wait_for_selector(waits)
        assert violations(page) == []
    racing.scan(page, "32")
    answer_sheet(page, racing.desk.keys.setup, right=0)
    page.wait_for_selector(".verdict-wait")
    assert violations(page) == []


def test_marshals_the_board_and_the_organizer_work_within_the_policy(racing: House) -> None:
    racing.desk.phone(EGRET).punch("33")
    racing.desk.phone(COMPASS).finish()
    printed = racing.desk.keys
    for path, waits in (
        (f"/M/{printed.station('33')}", ".m-team-large"),
        (f"/M/{printed.station('S1')}", ".m-keys"),
        (f"/M/{printed.station('F1')}", ".m-team-large"),
        (f"/r/{SLUG}/live", "[role=row]"),
        (f"/r/{SLUG}", "h1"),
        (f"/r/{SLUG}/results", "table.list"),
        ("/", ".race-rows"),
        ("/organize/signin", "#password"),
    ):
        page = watched(racing, path, LAPTOP)
        page.wait_for_selector(waits)
        assert violations(page) == []
    sign_in(page)
    page.goto(f"/organize/{SLUG}/control")
    page.wait_for_selector("[data-since]")
    assert violations(page) == []
    answering = racing.desk.phone(DRAGONFLY)
    answering.answer(answering.open_sheet("32"), right=2)
    quiz = next(iter(printed.setup.quizzes))
    for path, waits in (("jury/questions", "#spread-plot"), (f"tasks/even/{quiz}", "#neighbours-plot")):
        page.goto(f"/organize/{SLUG}/{path}")
        page.wait_for_selector(waits, state="attached")
        assert violations(page) == []


def test_a_script_that_somebody_smuggled_in_does_not_run_and_is_noticed(racing: House) -> None:
    page = racing.window(f"/r/{SLUG}", forgive=("Content Security Policy",))
    page.evaluate(
        "window.violations = 0; addEventListener('securitypolicyviolation', () => window.violations++);"
        "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
        "document.head.append(script)"
    )
    page.wait_for_function("() => window.violations > 0")
    assert page.evaluate("window.ran") is None


def test_the_first_load_of_a_scanned_sign_is_at_most_60_kilobytes(racing: House) -> None:
    context = racing.browser.new_context(base_url=racing.base, viewport={"width": 360, "height": 740})
    loaded: dict[str, int] = {}

    def take(response: Response) -> None:
        kind = response.headers.get("content-type", "").split(";")[0]
        if kind in ("text/html", "text/css", "text/javascript", "application/javascript"):
            loaded[response.url] = len(compressed(racing.line, response.url.removeprefix(racing.base)))

    page = context.new_page()
    page.on("response", take)
    page.goto(f"/C/{racing.desk.keys.sign('32')}", wait_until="networkidle")
    page.wait_for_selector("#typed-code")
    context.close()
    assert {url.rsplit(".", 1)[-1][:3] for url in loaded} >= {"css", "js"}
    assert sum(loaded.values()) <= FIRST_LOAD_BYTES, loaded


def compressed(line: OverHttp, path: str) -> bytes:
    """What travels when a browser asks for it; what the server leaves plain counts as it is."""
    answer = line.ask("GET", path, headers={"Accept-Encoding": "gzip"})
    assert answer.status == 200
    if answer.headers.get("content-encoding") == "gzip":
        assert gzip.decompress(answer.body)
    return answer.body


def enlarged(page: Page, main: str = ".action.filled") -> None:
    """Set the text at 200 % and look whether the main button can be read whole and pressed."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    button = page.locator(main).last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert box["y"] + box["height"] <= PHONE[1]
    assert not button.evaluate("it => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1")
    button.click(trial=True)


def test_with_text_at_200_percent_the_teams_main_button_can_be_read_and_pressed(racing: House) -> None:
    page = racing.phone(EGRET)
    page.wait_for_selector(".cell")
    enlarged(page)
    for code, waits in (("32", ".question-text"), ("31", ".verdict-passed"), ("F1", ".verdict-check")):
        racing.scan(page, code)
        page.wait_for_selector(waits)
        enlarged(page)


def test_with_text_at_200_percent_the_marshals_main_button_can_be_read_and_pressed(racing: House) -> None:
    for entry in (EGRET, DRAGONFLY):
        racing.desk.phone(entry).punch("33")
    racing.desk.phone(COMPASS).finish()
    for code, waits in (("S1", ".m-keys"), ("33", ".m-team-large"), ("F1", ".m-team-large")):
        page = racing.marshal(code)
        page.wait_for_selector(waits)
        if code == "S1":
            keys(page, "1")
            page.wait_for_selector(".m-main.filled")
        enlarged(page, ".m-main")


def test_with_text_at_200_percent_the_sign_in_can_be_read_and_pressed(racing: House) -> None:
    enlarged(racing.window("/organize/signin"), "main .button")


def test_a_quiz_is_answered_with_the_keyboard_alone(racing: House) -> None:
    setup = racing.desk.keys.setup
    page = racing.phone(DRAGONFLY)
    racing.scan(page, "32")
    for number in range(1, 4):
        page.wait_for_selector(f".step:nth-child({number})[aria-current=step]")
        question = questions_of(setup)[question_id(page)]
        wanted = str(question.choices[question.answer])  # type: ignore[index]
        steps = page.locator(".tile-text").all_inner_texts().index(wanted)
        focus(page, ".tile-input")
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        page.wait_for_selector(f".tile-on >> text={wanted}")
        focus(page, ".action")
        page.keyboard.press("Enter")
    page.wait_for_selector(".verdict-passed >> text=过关")
    page.wait_for_function("() => document.activeElement.tagName === 'H1'")


def focus(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; somebody with a keyboard gives up after 30."""
    for _ in range(30):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_a_name_that_is_a_script_is_shown_as_a_name(empty_house: House) -> None:
    race = park_race()
    race["entries"][0] |= {"team": "<img src=x onerror=alert(1)>", "club": "<script>alert(2)</script>"}
    empty_house.lay(SLUG, race, picture())
    house = empty_house.open()
    house.desk.start()
    house.desk.phone(EGRET).punch("31")
    for page in (
        house.phone(EGRET),
        house.board(),
        house.window(f"/r/{SLUG}/results", LAPTOP),
        house.marshal("31"),
    ):
        page.wait_for_selector("text=<img src=x onerror=alert(1)>")
        assert page.locator("img[onerror]").count() == 0
