import pytest

from organize.forms.fields import Fields, Overtaken, check_seen, in_language, seen_of


def test_a_text_of_one_language_stays_a_plain_text() -> None:
    assert Fields({"name": " 木桥 "}).texts("name") == "木桥"
    assert Fields({"name": "木桥", "name_en": "Bridge"}).texts("name") == {"zh": "木桥", "en": "Bridge"}
    assert Fields({"name_en": "Bridge"}).texts("name") == {"en": "Bridge"}


def test_languages_that_the_form_does_not_show_are_kept() -> None:
    assert Fields({"name": "桥"}).texts("name", {"zh": "木桥", "fr": "Pont"}) == {"zh": "桥", "fr": "Pont"}


def test_a_text_of_one_language_stands_in_the_field_of_that_language() -> None:
    assert (in_language("木桥", "zh"), in_language("木桥", "en")) == ("木桥", "")
    assert in_language({"en": "Bridge"}, "en") == "Bridge"
    assert in_language({"en": "Bridge"}, "zh") == ""


@pytest.mark.parametrize("text", ["五", "1.5", "-1", "--5", "-", "5-", "1001", "９" * 30])
def test_a_number_out_of_bounds_or_no_number_is_a_fault_of_its_field(text: str) -> None:
    fields = Fields({"team_size": text})
    assert fields.number("team_size", 1, 1000) is None
    assert [fault.path for fault in fields.faults] == ["team_size"]


def test_an_empty_number_is_none_and_a_full_width_one_is_a_number() -> None:
    assert Fields({}).number("n") is None
    assert Fields({"n": "５"}).number("n") == 5


def test_a_day_and_a_time_are_an_instant_of_the_races_own_zone() -> None:
    fields = Fields({"day": "2026-05-16", "time": "09:00"})
    assert fields.day_and_time("day", "time", "Asia/Shanghai") == "2026-05-16T09:00:00+08:00"
    assert Fields({"day": "2026-05-16"}).day_and_time("day", "time", "UTC") == "2026-05-16T09:00:00+00:00"
    assert Fields({}).day_and_time("day", "time", "UTC") is None


@pytest.mark.parametrize(
    "given", [{"time": "09:00"}, {"day": "16.5.2026", "time": "09:00"}, {"day": "2026-05-16", "time": "25:00"}]
)
def test_half_an_instant_is_a_fault(given: dict[str, str]) -> None:
    fields = Fields(given)
    assert fields.day_and_time("day", "time", "Asia/Shanghai") is None
    assert [fault.path for fault in fields.faults] == ["day"]


def test_who_was_slower_is_shown_what_stands_there_now() -> None:
    seen = seen_of({"name": "木桥"})
    check_seen({"name": "木桥"}, seen)
    with pytest.raises(Overtaken) as overtaken:
        check_seen({"name": "石桥"}, seen)
    assert overtaken.value.theirs == {"name": "石桥"}
