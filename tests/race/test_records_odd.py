from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.model import Draft
from race.forms.records import Refusal, fix_instant, make_anchor
from race.model import Verdict
from tests.factories import EGRET, GUN, SECRET, race
from tests.windows import NOW, Window, team, with_sheet


def test_an_instant_is_the_phone_s_but_never_after_it_came() -> None:
    assert team().take("punch", key="KEY31", at=NOW + 60_000).at == NOW
    assert team().take("punch", key="KEY31").at == NOW
    assert team().take("punch", key="KEY31", at="2026-05-01T09:30:00+08:00").at == GUN + 1_800_000


def test_a_phone_cannot_claim_to_have_been_earlier_than_the_anchor_it_held() -> None:
    anchor = make_anchor(SECRET, NOW - 10_000)
    assert team().take("punch", key="KEY31", at=NOW - 60_000, anchor=anchor).at == NOW - 10_000
    assert team().take("punch", key="KEY31", at=NOW - 5_000, anchor=anchor).at == NOW - 5_000


@pytest.mark.parametrize(
    "anchor",
    [
        make_anchor(bytes(32), NOW - 10_000),
        make_anchor(SECRET, NOW - 10_000).replace(str(NOW - 10_000), str(NOW - 9_000)),
        f"{NOW - 10_000}.é", f"{NOW - 10_000}.\u00ff\u4e2d", f"{NOW}.", ".", "", "x", 5, None, ["a.b"],
        "９.a", f"{'9' * 5000}.a",
    ],
)  # fmt: skip
def test_a_forged_anchor_is_ignored(anchor: object) -> None:
    assert fix_instant(NOW - 60_000, anchor, team().desk) == NOW - 60_000


@pytest.mark.parametrize("at", ["soon", 1.5, True, -1, 10**30, [], {}, "2026-05-01T09:00:00"])
def test_a_time_nobody_can_read_is_malformed(at: object) -> None:
    assert team().refuse("punch", key="KEY31", at=at)[0] is Verdict.MALFORMED


@pytest.mark.parametrize("data", [None, 5, "punch", [], {}, {"kind": "punch"}, {"id": 5}, {"id": ""}, {"id": "x" * 65}])
def test_a_record_without_an_id_is_malformed(data: object) -> None:
    refusal = team().read(data)
    assert isinstance(refusal, Refusal)
    assert (refusal.id, refusal.verdict) == ("", Verdict.MALFORMED)


@pytest.mark.parametrize("name", ["sheet-0123", "expired-sheet-0123", "close-race-5", "stage-race-5", "setup-race-5"])
def test_a_phone_cannot_take_the_name_of_a_fact_the_server_will_make(name: str) -> None:
    refusal = team().read({"id": name, "kind": "punch", "key": "KEY31"})
    assert isinstance(refusal, Refusal)
    assert refusal.verdict is Verdict.MALFORMED


@pytest.mark.parametrize(
    "fields",
    [
        {"answers": {"q1": float("nan")}},
        {"answers": {"q1": "\ud800"}},
        {"answers": {"q1": {"\udfff": float("inf")}}},
    ],
)
def test_what_no_text_can_hold_is_malformed(fields: dict[str, Any]) -> None:
    assert team(known=with_sheet()).refuse("answer", sheet="s1", **fields)[0] is Verdict.MALFORMED


def test_an_id_of_half_a_letter_is_malformed() -> None:
    refusal = team().read({"id": "\ud800", "kind": "punch", "key": "KEY31"})
    assert isinstance(refusal, Refusal)


things = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=4,
)
KINDS = ["punch", "answer", "finish", "stamp", "game", "checkin", "heads", "withdraw", "decision"]
FIELDS = [
    "key", "typed_code", "at", "anchor", "sheet", "answers", "entry", "what", "game", "measures", "quiz", "right",
    "heads", "members", "swapped", "value", "reason", "safe", "gps",
]  # fmt: skip


@given(
    st.sampled_from(["team", "marshal"]),
    st.sampled_from(["31", "32", "33", "34", "S1", "F1"]),
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(FIELDS), things, max_size=6),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_phone_sends_is_a_fact_or_a_refusal_and_never_an_error(
    role: str, code: str, kind: str, fields: dict[str, Any], sound: bool
) -> None:
    window = Window(role, EGRET if role == "team" else code, with_sheet())
    data = {"id": "r1", "kind": kind, **({"entry": EGRET, "key": "KEY31", "sheet": "s1"} if sound else {}), **fields}
    result = window.read(data)
    assert isinstance(result, Refusal) or result.entry in race().entries
    if isinstance(result, Draft):
        assert result.at <= NOW
