"""The team's phone, from the sign to the finish."""

from playwright.sync_api import Page, Route

from checkpoints.rules import sign_key
from race.commands.store_race import lay_down
from tests.browser.hands import answer_sheet, press, question_id, says
from tests.browser.house import AWAY, House
from tests.factories import DRAGONFLY, EGRET, SLUG

SECONDS_LEFT = "Number(document.querySelector('[role=timer]').innerText.match(/[0-9]+/)[0])"


def refusal(page: Page) -> list[str]:
    """Return the title of what a scan came to, and the sentences below it."""
    return page.locator(".verdict h1, .verdict-words p").all_inner_texts()


def test_a_phone_that_has_not_joined_types_its_code_and_goes_on_to_the_same_checkpoint(racing: House) -> None:
    page = racing.window(f"/C/{racing.desk.keys.sign('32')}")
    says(page, "先加入队伍，再接着打这个点")
    assert "/C/" not in page.url, "the key leaves the address at once"
    page.fill("#typed-code", racing.desk.keys.join(EGRET).lower())
    press(page)
    says(page, "第 1 题，共 3 题")
    assert page.inner_text(".ring-code") == "32"
    answer_sheet(page, racing.desk.keys.setup, right=3)
    says(page, "过关")


def test_a_wrong_join_code_is_answered_kindly_and_the_right_one_still_works(racing: House) -> None:
    page = racing.window("/play", forgive=("404", "400"))
    page.fill("#typed-code", "2222-2222")
    press(page)
    page.wait_for_selector(".error[role=alert] >> text=没加入成")
    page.fill("#typed-code", racing.desk.keys.join(EGRET))
    press(page)
    page.wait_for_selector(".head-team >> text=白鹭")


def test_a_plain_checkpoint_is_passed_by_scanning_it(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed >> text=过关")
    press(page)
    page.wait_for_selector("[aria-label='31，过关']")


def test_the_printed_code_punches_where_a_sign_cannot_be_scanned_and_a_slip_is_said_before_it_is_sent(
    racing: House,
) -> None:
    page = racing.phone(EGRET)
    press(page)
    typed = racing.desk.keys.typed("31")
    page.fill("#typed-code", typed[:-1])
    press(page)
    page.wait_for_selector(".field-fault >> text=还差 1 位")
    page.fill("#typed-code", typed)
    press(page)
    page.wait_for_selector(".verdict-passed")


def test_a_torn_sign_says_to_type_its_code(racing: House) -> None:
    page = racing.phone(EGRET)
    page.goto(f"/C/{racing.desk.keys.sign('31')[:-3]}")
    page.wait_for_selector(".verdict-stop >> text=这个码不是本场的")
    assert refusal(page) == ["这个码不是本场的", "看看牌子上的号码，重扫一次，或输入牌上的短码。"]
    page.click("text=输入短码")
    page.fill("#typed-code", racing.desk.keys.typed("31"))
    press(page)
    page.wait_for_selector(".verdict-passed")


def test_a_sign_of_another_race_counts_nothing(racing: House) -> None:
    page = racing.phone(EGRET)
    page.goto(f"/C/{sign_key(b'another race', racing.desk.keys.setup.checkpoints['31'])}")
    page.wait_for_selector(".verdict-stop >> text=这个码不是本场的")
    press(page)
    page.wait_for_selector("[aria-label^='31，']:not([aria-label='31，过关'])")


def test_a_scan_before_the_gun_opens_nothing_and_costs_nothing(house: House) -> None:
    house.desk.stage("race")
    page = house.phone(EGRET)
    says(page, "比赛尚未开始")
    house.scan(page, "32")
    page.wait_for_selector(".verdict-check >> text=比赛尚未开始")
    assert refusal(page) == ["比赛尚未开始", "先去检录，看好地图和第一个点。听到发令再出发，之前打的卡不算。"]
    assert page.locator(".question-text").count() == 0
    house.desk.act("gun")
    house.scan(page, "32")
    says(page, "第 1 题，共 3 题")


def test_a_second_phone_of_the_team_watches_the_same_sheet_or_takes_over(
    racing: House,
) -> None:
    first, second = racing.phone(EGRET), racing.phone(EGRET)
    racing.scan(first, "34")
    first.wait_for_selector(".question-text")
    racing.scan(second, "34")
    says(second, "队友的手机正在答 34 号")
    second.click("text=这部手机来答")
    assert question_id(first) == question_id(second)
    racing.scan(first, "32")
    first.wait_for_selector(".question-text")
    racing.scan(second, "32")
    says(second, "队友的手机正在答 32 号")
    answer_sheet(first, racing.desk.keys.setup, right=3)
    first.wait_for_selector(".verdict-passed")
    second.wait_for_selector(".verdict-passed")
    run = racing.desk.phone(EGRET).play()["run"]
    assert run["checkpoints"]["32"]["state"] == "passed"
    assert run["penalty_s"] == 0


def test_a_reload_in_the_middle_of_a_quiz_keeps_the_answers_and_the_clock(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "34")
    page.click(".tile >> nth=1")
    press(page)
    page.wait_for_selector(".step:nth-child(2)[aria-current=step]")
    page.wait_for_function(f"() => {SECONDS_LEFT} <= 57")
    page.reload()
    page.wait_for_selector(".step:nth-child(2)[aria-current=step]")
    assert page.evaluate(SECONDS_LEFT) <= 57, "the clock of a sheet starts once"
    page.click(".quiz-back")
    assert page.locator(".tile-on").count() == 1


def test_the_back_button_leads_from_a_quiz_to_the_progress_and_the_quiz_goes_on(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "32")
    page.wait_for_selector(".question-text")
    page.go_back()
    page.wait_for_selector("text=接着答题")
    press(page)
    answer_sheet(page, racing.desk.keys.setup, right=3)
    page.wait_for_selector(".verdict-passed")


def test_a_failed_quiz_says_how_many_were_short_cools_down_and_passes_the_second_time(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "32")
    answer_sheet(page, racing.desk.keys.setup, right=1)
    page.wait_for_selector(".verdict-wait >> text=差一题")
    says(page, "答对 1 题，要 2 题")
    press(page)
    answer_sheet(page, racing.desk.keys.setup, right=2)
    page.wait_for_selector(".verdict-passed")
    assert "回顾" in page.inner_text(".review-title")


def test_where_nothing_follows_a_fail_the_clock_runs_and_the_phone_says_there_is_no_last_try(house: House) -> None:
    data = house.setup()
    for quiz in data["quizzes"]:
        quiz["on_fail"] = []
    lay_down(house.database(), SLUG, data, None, "import")
    house.desk.start()
    page = house.phone(EGRET)
    house.scan(page, "32")
    answer_sheet(page, house.desk.keys.setup, right=0)
    page.wait_for_selector(".verdict-wait")
    says(page, "次数不限")
    assert page.locator("[role=timer]").count() == 1
    assert page.locator(".rung").count() == 2


def test_every_kind_of_question_can_be_answered(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "35")
    says(page, "第 1 题，共 7 题")
    answer_sheet(page, racing.desk.keys.setup, right=7)
    page.wait_for_selector(".verdict-passed")
    says(page, "7 题答对 7 题")


def test_a_question_left_empty_is_asked_for_before_handing_in(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "32")
    page.wait_for_selector(".question-text")
    for _ in range(3):
        press(page)
    page.wait_for_selector(".error >> text=还有 3 题没答")
    press(page)
    page.wait_for_selector(".step:nth-child(1)[aria-current=step]")


def test_answers_sent_twice_count_once(racing: House) -> None:
    page = racing.phone(EGRET)
    twice: list[str] = []

    def send_again(route: Route) -> None:
        answers = [route.fetch() for _ in range(2)]
        if '"answer"' in (route.request.post_data or ""):
            twice.extend(answer.json()["results"][0]["verdict"] for answer in answers)
        route.fulfill(response=answers[-1])

    page.route("**/api/v1/facts", send_again)
    racing.scan(page, "32")
    answer_sheet(page, racing.desk.keys.setup, right=0)
    page.wait_for_selector(".verdict-wait")
    assert twice == ["accepted", "accepted"]
    assert "第 2 次" in page.inner_text(".rung-next"), "one try was used, not two"


def test_a_punch_made_while_the_server_is_away_waits_and_is_sent_when_it_is_back(racing: House) -> None:
    page = racing.phone(EGRET, forgive=AWAY)
    press(page)
    page.fill("#typed-code", racing.desk.keys.typed("31"))
    racing.cut_power()
    press(page)
    page.wait_for_selector(".verdict-unsent >> text=已记录")
    says(page, "打卡 1 条")
    press(page)
    page.wait_for_selector(".head-chips >> text=待发 1")
    racing.open()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("[aria-label='31，过关']")
    page.wait_for_selector(".head-chips >> text=待发", state="detached")


def test_a_phone_whose_token_has_expired_is_asked_to_join_again_and_loses_nothing(racing: House) -> None:
    page = racing.phone(EGRET, forgive=("401",))
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed")
    page.evaluate(
        "const kept = JSON.parse(localStorage['waypost.team']);"
        "kept.token = kept.token.slice(0, -4) + 'zzzz'; localStorage['waypost.team'] = JSON.stringify(kept)"
    )
    page.goto("/play")
    says(page, "需要重新加入")
    page.fill("#typed-code", racing.desk.keys.join(EGRET))
    press(page)
    page.wait_for_selector("[aria-label='31，过关']")


def test_the_phone_speaks_the_other_language_when_asked_and_the_server_with_it(house: House) -> None:
    house.desk.stage("race")
    page = house.phone(EGRET)
    page.click(".tab >> text=求助")
    page.click("text=English")
    page.wait_for_selector(".tab >> text=Progress")
    house.scan(page, "31")
    page.wait_for_selector(".verdict-check >> text=Not started yet")
    assert not any("一" <= letter <= "鿿" for letter in page.inner_text(".verdict-words"))
    assert page.get_attribute("html", "lang") == "en"


def test_the_phone_finds_its_place_and_the_map_with_every_checkpoint(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed")
    racing.desk.phone(DRAGONFLY).punch("31")
    press(page)
    page.click(".tab >> text=名次")
    page.wait_for_selector(".places-own >> text=白鹭")
    page.click(".tab >> text=地图")
    page.wait_for_selector(".leaflet-image-layer")
    assert page.locator(".leaflet-marker-icon").count() >= 6


def test_a_finish_is_confirmed_first_and_may_be_put_off(racing: House) -> None:
    page = racing.phone(EGRET)
    racing.scan(page, "F1")
    page.wait_for_selector(".verdict-check >> text=现在冲线")
    page.click("text=还要再打几个")
    page.wait_for_selector("[aria-label^='31，']")
    racing.scan(page, "31")
    page.wait_for_selector(".verdict-passed")
    racing.scan(page, "F1")
    page.wait_for_selector(".verdict-check >> text=现在冲线")
    press(page)
    page.wait_for_selector(".verdict-check >> text=待核对人数")
    racing.desk.marshal("F1").tell("heads", entry=EGRET, heads=5)
    page.wait_for_selector(".verdict-passed >> text=已冲线")
    says(page, "第 1 名")
