"""What names somebody, when it goes, and what stays."""

from base.clock import parse_instant
from race.rules.erasing import erased, has_come, names_anybody, silenced, usual_day
from tests.factories import race, race_file

AWARD = {"name": "道德风尚奖", "by_hand": True, "to": [{"name": "王老师"}, {"club": "湿地工会"}]}


def test_the_small_race_names_people_until_it_is_erased_and_stays_a_sound_race() -> None:
    data = race_file()
    data["race"]["awards"] = [AWARD]
    after = erased(data)
    assert names_anybody(race(data))
    assert not names_anybody(race(after))
    assert [len(entry.members) for entry in race(after).entries.values()] == [5, 5, 5]
    assert after["race"]["awards"][0]["to"] == [{"club": "湿地工会"}]
    assert erased(after) == after
    assert data["entries"][0]["contact"], "the data that was given is left alone"


def test_an_award_to_a_person_alone_names_somebody() -> None:
    data = erased(race_file())
    data["race"]["awards"] = [AWARD]
    assert names_anybody(race(data))


def test_the_day_begins_at_midnight_where_the_race_is() -> None:
    data = race_file()
    data["race"]["erase_on"] = "2026-06-01"
    about = race(data).about
    assert not has_come(about, parse_instant("2026-05-31T23:59:59+08:00"))
    assert has_come(about, parse_instant("2026-06-01T00:00:00+08:00"))
    assert has_come(about, parse_instant("2026-05-31T16:00:00+00:00"))
    assert not has_come(race().about, parse_instant("2036-06-01T00:00:00+08:00")), "without a day nothing goes"


def test_a_month_after_the_race_is_usual() -> None:
    gun = parse_instant("2026-05-01T09:00:00+08:00")
    assert usual_day(gun, 0, "Asia/Shanghai") == "2026-05-31"
    assert usual_day(None, gun, "Asia/Shanghai") == "2026-05-31"


def test_only_what_was_typed_freely_is_taken_out_of_the_log() -> None:
    assert silenced("message", {"text": "请张三回终点"}) == {"text": ""}
    assert silenced("withdraw", {"members": [1], "reason": "李四崴脚", "safe": True}) == {
        "members": [1],
        "reason": "",
        "safe": True,
    }
    about = {"part": "race", "value": {"slug": "a", "awards": [AWARD]}, "reason": None}
    assert "王老师" not in str(silenced("setup", about))
    for kind, body in (
        ("message", {"text": ""}),
        ("withdraw", {"members": None}),
        ("punch", {"proof": "qr"}),
        ("decision", {"what": "close", "reason": "都回来了"}),
        ("setup", {"part": "race", "value": {"slug": "a"}}),
        ("setup", {"part": "race", "value": None}),
        ("setup", {"part": "stage", "value": "race"}),
    ):
        assert silenced(kind, body) is None, "nothing to take out, and the body stays what was sealed"
