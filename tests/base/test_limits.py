from base.limits import MOST_KEYS, Limit


def test_after_too_many_failures_a_key_waits_until_the_first_is_long_enough_ago() -> None:
    limit = Limit(most=3, within_s=60)
    for second in (0, 10, 20):
        assert limit.wait_s("a", second * 1000) == 0
        limit.failed("a", second * 1000)
    assert limit.wait_s("a", 20_000) == 41
    assert limit.wait_s("a", 59_999) == 1
    assert limit.wait_s("a", 60_000) == 0


def test_one_key_does_not_make_another_wait() -> None:
    limit = Limit(most=1, within_s=60)
    limit.failed("a", 0)
    assert limit.wait_s("a", 1) > 0
    assert limit.wait_s("b", 1) == 0


def test_only_failures_count() -> None:
    limit = Limit(most=1, within_s=60)
    assert [limit.wait_s("a", 0) for _ in range(100)] == [0] * 100


def test_asking_remembers_nobody_and_failing_remembers_so_many() -> None:
    limit = Limit(most=2, within_s=60)
    for number in range(1000):
        limit.wait_s(f"visitor {number}", 0)
    assert len(limit._failures) == 0
    for number in range(MOST_KEYS + 10):
        limit.failed(str(number), 0)
    assert len(limit._failures) == MOST_KEYS
    assert "0" not in limit._failures


def test_who_was_forgotten_begins_anew() -> None:
    limit = Limit(most=1, within_s=60)
    limit.failed("a", 0)
    limit.forget("a")
    limit.forget("b")
    assert limit.wait_s("a", 1) == 0
