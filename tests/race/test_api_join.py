import pytest
from flask import Flask

from race.views.api import GUESSES
from tests.factories import SLUG
from tests.phones import Answer, Desk, OverFlask

TYPED = (
    lambda code: code,
    lambda code: code.lower(),
    lambda code: f"{code[:4]}-{code[4:]}",
    lambda code: f"  {code[:4]} {code[4:].lower()} ",
)


def join(app: Flask, body: object, **headers: str) -> Answer:
    return OverFlask(app).ask("POST", "/api/v1/join", body, headers)


def test_a_team_card_joins_a_phone_to_its_team(app: Flask, desk: Desk) -> None:
    answer = join(app, {"key": desk.keys.card("2")}).json
    assert (answer["role"], answer["race"]["slug"]) == ("team", SLUG)
    assert answer["team"] == {"entry": "2", "bib": "2", "team": "蜻蜓", "club": "河道工会"}
    assert answer["server_time"] > 0


def test_a_card_works_in_lower_case_too(app: Flask, desk: Desk) -> None:
    assert join(app, {"key": desk.keys.card("2").lower()}).status == 200


def test_a_station_link_joins_a_marshal_to_the_station(app: Flask, desk: Desk) -> None:
    answer = join(app, {"key": desk.keys.station("33")}).json
    assert (answer["role"], answer["station"]) == ("marshal", {"checkpoint": "33", "name": "草坪"})


@pytest.mark.parametrize("spell", TYPED, ids=["as printed", "lower case", "dash", "spaces"])
def test_a_join_code_is_taken_however_it_is_typed(app: Flask, desk: Desk, spell: object) -> None:
    code = spell(desk.keys.join("1"))  # type: ignore[operator]
    assert join(app, {"race": SLUG, "join_code": code}).json["team"]["team"] == "白鹭"


def test_the_race_may_be_left_out_where_there_is_only_one(app: Flask, desk: Desk) -> None:
    assert join(app, {"join_code": desk.keys.join("3")}).json["team"]["entry"] == "3"
    assert join(app, {"race": "other", "join_code": desk.keys.join("3")}).status == 400


def test_a_sign_s_key_is_no_card(app: Flask, desk: Desk) -> None:
    answer = join(app, {"key": desk.keys.sign("31")})
    assert (answer.status, answer.json["code"]) == (400, "bad_key")


@pytest.mark.parametrize(
    ("language", "title", "detail"),
    [
        ("en", "Something is not right", "This code fits no team. Look at the card and type it again."),
        ("zh", None, None),
    ],
)
def test_a_wrong_code_is_a_problem_in_the_reader_s_language(
    app: Flask, desk: Desk, language: str, title: str | None, detail: str | None
) -> None:
    answer = join(app, {"join_code": "22222223"}, **{"Accept-Language": language})
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json["code"], answer.json["status"], answer.json["type"]) == ("bad_join_code", 400, "about:blank")
    if title:
        assert (answer.json["title"], answer.json["detail"]) == (title, detail)
    else:
        assert not answer.json["detail"].isascii()


@pytest.mark.parametrize(
    "body", [{}, [], 5, {"join_code": 5}, {"key": ["x"]}, {"join_code": None}, {"key": "K" * 3000}, {"race": {}}]
)
def test_whatever_is_sent_to_join_is_refused_with_words(app: Flask, desk: Desk, body: object) -> None:
    answer = join(app, body)
    assert answer.status == 400
    assert answer.json["detail"]


def test_who_keeps_guessing_waits_and_is_told_how_long(app: Flask, desk: Desk) -> None:
    statuses = [join(app, {"join_code": "22222223"}).status for _ in range(30)]
    assert set(statuses) == {400}
    waiting = join(app, {"key": desk.keys.card("1")})
    assert (waiting.status, waiting.json["code"]) == (429, "too_many")
    assert 1 <= int(waiting.headers["retry-after"]) <= 61


def test_a_thousand_phones_behind_one_address_may_join(app: Flask, desk: Desk) -> None:
    assert {join(app, {"key": desk.keys.card("1")}).status for _ in range(100)} == {200}
    assert not GUESSES._failures


def test_each_phone_has_a_token_of_its_own_and_all_are_the_same_team(app: Flask, desk: Desk) -> None:
    first, second = desk.phone("1"), desk.phone("1")
    assert first.token != second.token
    assert first.play()["team"] == second.play()["team"]


def forged(token: str) -> list[str]:
    race, role, subject, device, signature = token.split(".")
    return [
        "",
        "Bearer",
        token[:-1],
        f"{race}.{role}.{b'2'.hex()}.{device}.{signature}",
        f"{race}.marshal.{b'33'.hex()}.{device}.{signature}",
        f"99.{role}.{subject}.{device}.{signature}",
        f"{race}.{role}.{subject}.other.{signature}",
        f"{race}.{role}.zz.{device}.{signature}",
        f"{race}.{role}.ff.{device}.{signature}",
        f"{race}.{role}.{subject}.{device}.\u00e9\u00ff",
        "1.1.1.1.1.1",
        "9" * 5000,
    ]


def test_a_made_up_token_is_nobody_s(app: Flask, desk: Desk) -> None:
    token = desk.phone("1").token
    for wrong in forged(token):
        answer = OverFlask(app).ask("GET", "/api/v1/play", headers={"Authorization": f"Bearer {wrong}"})
        assert (answer.status, answer.json["code"]) == (401, "unauthorized"), wrong
