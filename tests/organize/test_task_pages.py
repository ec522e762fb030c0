"""The pages of questions and games and of the rules: saved, refused, overtaken; and no stage while a task lacks."""

import re
from typing import Any

from flask.testing import FlaskClient

from organize.forms.games import show_game
from organize.forms.quizzes import show_quiz
from organize.forms.rules import show_rules
from organize.forms.tasks import show_tasks
from race.forms.file import setup_to_json
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

TASKS, RULES = f"/organize/{SLUG}/tasks", f"/organize/{SLUG}/rules"


def seen_at(browser: FlaskClient, path: str) -> str:
    """Return what a page says it was filled in upon."""
    found = re.search(r'name="seen" value="([^"]*)"', browser.get(path).text)
    assert found
    return found[1]


def post(browser: FlaskClient, path: str, form: dict[str, Any], **more: str) -> Any:
    """Send a form, with its token and what it was filled in upon where it says so."""
    sent = {"csrf_token": csrf(browser, "/organize/"), **{key: str(value) for key, value in form.items()}, **more}
    return browser.post(path, data=sent)


def table(**changes: str) -> dict[str, str]:
    return {**{key: str(value) for key, value in show_tasks(race_file()).items()}, **changes}


def test_a_checkpoint_gets_a_game_from_a_template(organizer: FlaskClient, small: SmallRace) -> None:
    form = table(asks_0="game", game_0="template:frisbee_nine_grid")
    answer = post(organizer, TASKS, form, seen=seen_at(organizer, TASKS))
    assert answer.status_code == 302
    setup = small().setup
    assert [task.id for task in setup.checkpoints["31"].tasks] == ["frisbee_nine_grid"]
    page = organizer.get(answer.location).text
    assert "飞盘九宫格" in page
    assert "已保存" in page or "Saved" in page


def test_the_sign_s_own_words_stand_beside_each_checkpoint(organizer: FlaskClient) -> None:
    page = organizer.get(f"{TASKS}?lang=zh").text
    assert "三题答对两题过关" in page


def test_of_two_who_change_the_table_the_slower_keeps_the_input_and_is_told(
    organizer: FlaskClient, small: SmallRace
) -> None:
    seen = seen_at(organizer, TASKS)
    assert post(organizer, TASKS, table(asks_0="quiz"), seen=seen).status_code == 302
    answer = post(organizer, TASKS, table(asks_3="nothing"), seen=seen)
    assert answer.status_code == 409
    assert re.search(r'name="asks_3".*?<option value="nothing" selected', answer.text, re.DOTALL), "own input is kept"
    assert small().setup.checkpoints["34"].tasks
    assert post(organizer, TASKS, table(asks_3="nothing"), seen=seen_of_page(answer.text)).status_code == 302


def seen_of_page(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_change_of_a_quiz_does_not_get_in_the_table_s_way(organizer: FlaskClient) -> None:
    seen, path = seen_at(organizer, TASKS), f"{TASKS}/quiz/gate"
    form = {**show_quiz(race_file()["quizzes"][0]), "limit_s": "90"}
    assert post(organizer, path, form, seen=seen_at(organizer, path)).status_code == 302
    assert post(organizer, TASKS, table(asks_0="quiz"), seen=seen).status_code == 302


def test_a_quiz_is_changed_and_one_press_makes_all_quiz_points_use_it(organizer: FlaskClient, small: SmallRace) -> None:
    post(organizer, TASKS, table(quiz_1="own"), seen=seen_at(organizer, TASKS))
    own = f"{TASKS}/quiz/quiz-32"
    form = {**show_quiz(race_file()["quizzes"][0]), "draw": "5", "need": "4", "after": "once"}
    answer = post(organizer, own, form, seen=seen_at(organizer, own), everywhere="1")
    assert answer.status_code == 302
    setup = small().setup
    assert {task.id for code in ("32", "34") for task in setup.checkpoints[code].tasks} == {"quiz-32", "throw"}
    assert (setup.quizzes["quiz-32"].draw, setup.quizzes["quiz-32"].need) == (5, 4)
    assert post(organizer, f"{TASKS}/drop", {"kind": "quiz", "name": "gate"}).status_code == 302
    assert list(small().setup.quizzes) == ["quiz-32"]


def test_a_quiz_that_is_still_asked_is_not_taken_away(organizer: FlaskClient, small: SmallRace) -> None:
    answer = post(organizer, f"{TASKS}/drop", {"kind": "quiz", "name": "gate"})
    assert answer.status_code == 400
    assert "32、34" in answer.text
    assert "gate" in small().setup.quizzes


def test_a_fault_of_a_quiz_stands_beside_its_field_and_the_input_stays(organizer: FlaskClient) -> None:
    path = f"{TASKS}/quiz/gate"
    form = {**show_quiz(race_file()["quizzes"][0]), "draw": "3", "need": "9"}
    answer = post(organizer, path, form, seen=seen_at(organizer, path))
    assert answer.status_code == 400
    assert re.search(r'id="need"[^>]*value="9"[^>]*aria-invalid', answer.text)


def test_a_game_s_figures_are_saved_and_a_slower_hand_is_told(organizer: FlaskClient, small: SmallRace) -> None:
    path, game = f"{TASKS}/game/throw", race_file()["games"][0]
    seen = seen_at(organizer, path)
    assert post(organizer, path, {**show_game(game), "penalty_s_1": "15"}, seen=seen).status_code == 302
    assert small().setup.games["throw"].score["penalty_s"] == {"fouls": 15}
    answer = post(organizer, path, {**show_game(game), "cap_min": "3"}, seen=seen)
    assert answer.status_code == 409
    assert 'value="3"' in answer.text
    assert small().setup.games["throw"].credit_cap_s == 600


def test_a_quiz_or_game_that_is_not_there_is_not_found(organizer: FlaskClient) -> None:
    assert organizer.get(f"{TASKS}/quiz/nowhere").status_code == 404
    assert post(organizer, f"{TASKS}/game/nowhere", {}).status_code == 404


def test_no_trial_and_no_race_begins_while_a_task_lacks_questions(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    path = f"{TASKS}/quiz/gate"
    form = {**show_quiz(race_file()["quizzes"][0]), "draw": "41", "need": "2"}
    assert post(organizer, path, form, seen=seen_at(organizer, path)).status_code == 302, "set-up allows it"
    for stage in ("trial", "race"):
        answer = post(organizer, f"/organize/{SLUG}/stage", {"stage": stage})
        assert answer.status_code == 409
        assert "41" in answer.text
        refused = desk.line.ask("POST", f"/api/v1/races/{SLUG}/stage", {"stage": stage}, desk.bearer)
        assert (refused.status, refused.json["code"]) == (409, "not_ready")
    assert small().race.stage == "set-up"


def test_after_the_gun_a_change_wants_a_reason(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    path = f"{TASKS}/game/throw"
    form = {**show_game(race_file()["games"][0]), "cap_min": "3"}
    answer = post(organizer, path, form, seen=seen_at(organizer, path))
    assert answer.status_code == 400
    assert 'name="reason"' in answer.text
    assert post(organizer, path, form, seen=seen_at(organizer, path), reason="风大").status_code == 302
    assert small().setup.games["throw"].credit_cap_s == 180


# The rules


def rules(small: SmallRace, **changes: str) -> dict[str, Any]:
    return {**show_rules(setup_to_json(small().setup), "open"), **changes}


def test_rules_are_saved_and_said_on_the_race_s_public_page(organizer: FlaskClient, small: SmallRace) -> None:
    form = rules(small, limit_min="90", late="cost", late_cost="30")
    assert post(organizer, RULES, form, seen=seen_at(organizer, RULES)).status_code == 302
    assert small().setup.courses["A"].options["late"] == {"seconds_per_minute": 30}
    page = organizer.get(f"/r/{SLUG}?lang=zh").text
    assert "竞赛规则" in page
    assert "超时每分钟加 30 秒" in page


def test_a_preview_says_who_would_win_and_stores_nothing(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().revision
    form = rules(small, limit_min="60", late="cost", late_cost="45")
    part = post(organizer, f"{RULES}/preview?lang=en", form)
    assert part.status_code == 200
    assert "<html" not in part.text
    assert "45 s added for each started minute" in part.text
    assert part.text.count('class="place"') >= 5
    whole = post(organizer, f"{RULES}?lang=en", form, preview="1")
    assert whole.status_code == 200
    assert "45 s added for each started minute" in whole.text, "it works without a script too"
    assert 'value="45"' in whole.text
    assert small().revision == before


def test_a_preview_of_half_a_rule_says_what_is_wanted(organizer: FlaskClient, small: SmallRace) -> None:
    part = post(organizer, f"{RULES}/preview?lang=en", rules(small, late="cost", late_cost="?"))
    assert part.status_code == 200
    assert "1/4" in part.text


def test_a_fault_of_a_rule_stands_beside_its_field(organizer: FlaskClient, small: SmallRace) -> None:
    answer = post(organizer, RULES, rules(small, late="cost", late_cost="?"), seen=seen_at(organizer, RULES))
    assert answer.status_code == 400
    assert re.search(r'id="late_cost"[^>]*value="\?"[^>]*aria-invalid', answer.text)


def test_a_slower_change_of_the_rules_is_told(organizer: FlaskClient, small: SmallRace) -> None:
    seen, mine = seen_at(organizer, RULES), rules(small, limit_min="30")
    assert post(organizer, RULES, rules(small, limit_min="60"), seen=seen).status_code == 302
    assert post(organizer, RULES, mine, seen=seen).status_code == 409
    assert small().setup.classes["open"].time_limit_s == 3600
