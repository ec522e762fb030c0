import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.clock import YEAR_2000, YEAR_2100, format_instant, now_ms, parse_instant, whole_seconds

NINE = 1_777_597_200_000


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-05-01T09:00:00+08:00", NINE),
        ("2026-05-01T01:00:00Z", NINE),
        ("2026-05-01T01:00:00+00:00", NINE),
        ("2026-05-01T09:00:00.250+08:00", NINE + 250),
        ("2026-05-01T09:00:00.2509+08:00", NINE + 250),
        (NINE, NINE),
    ],
)
def test_an_instant_is_read_with_its_offset(text: object, instant: int) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    "value",
    [
        "2026-05-01T09:00:00", "09:00", "", "yesterday", True, False, None, 1.5, [], {}, -1, 0, YEAR_2000 - 1,
        YEAR_2100, 10**30, "1999-12-31T23:59:59Z", "2026-02-30T09:00:00Z", "2026-05-01T09:00:00+99:00",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_instant(value)


@given(st.integers(YEAR_2000, YEAR_2100 - 1), st.sampled_from(["UTC", "Asia/Shanghai", "America/St_Johns"]))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back(instant: int, timezone: str) -> None:
    assert parse_instant(format_instant(instant, timezone)) == instant


def test_instants_are_written_with_the_offset_of_the_place() -> None:
    assert format_instant(NINE, "Asia/Shanghai") == "2026-05-01T09:00:00+08:00"
    assert format_instant(NINE + 7) == "2026-05-01T01:00:00.007+00:00"


def test_seconds_are_floored() -> None:
    assert whole_seconds(NINE + 999) == NINE // 1000


def test_now_is_an_instant() -> None:
    assert parse_instant(now_ms()) <= now_ms()
