from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import Fault, FaultyInput
from base.forms import LONG, Reader, unique
from base.languages import Words

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)

READS: dict[str, Callable[[Reader], Any]] = {
    "string": lambda reader: reader.string("key"),
    "text": lambda reader: reader.text("key"),
    "integer": lambda reader: reader.integer("key", 1, least=0, most=9),
    "optional_integer": lambda reader: reader.optional_integer("key", least=0, most=9),
    "number": lambda reader: reader.number("key", least=0, most=9),
    "truth": lambda reader: reader.truth("key"),
    "choice": lambda reader: reader.choice("key", ("a", "b"), "a"),
    "instant": lambda reader: reader.instant("key"),
    "items": lambda reader: list(reader.items("key", most=3)),
}


def read(how: str, value: Any) -> tuple[Any, list[str]]:
    faults: list[Fault] = []
    return READS[how](Reader({"key": value}, "race", faults)), [str(fault) for fault in faults]


@pytest.mark.parametrize("how", READS)
@given(value=json_values)
@settings(max_examples=40, deadline=None)
def test_whatever_comes_in_is_read_or_named_as_a_fault_and_never_an_error(how: str, value: Any) -> None:
    _, faults = read(how, value)
    assert all(fault.startswith("race.key: This ") for fault in faults)


@pytest.mark.parametrize(
    ("how", "value", "expected"),
    [
        ("string", " 白鹭 ", "白鹭"),
        ("string", 31, "31"),
        ("text", {"zh": "桥", "en": "Bridge"}, {"zh": "桥", "en": "Bridge"}),
        ("text", "桥", "桥"),
        ("integer", 9, 9),
        ("optional_integer", None, None),
        ("number", 1, 1.0),
        ("truth", True, True),
        ("choice", "b", "b"),
        ("instant", "2026-05-01T09:00:00+08:00", 1_777_597_200_000),
        ("items", ["x"], [("race.key[0]", "x")]),
    ],
)
def test_what_is_sound_is_read(how: str, value: Any, expected: Any) -> None:
    assert read(how, value) == (expected, [])


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("string", True),
        ("string", ["a"]),
        ("string", "a" * (LONG + 1)),
        ("text", {}),
        ("text", {"fr": "pont"}),
        ("text", {"zh": 5}),
        ("integer", 10),
        ("integer", -1),
        ("integer", True),
        ("integer", "5"),
        ("integer", 5.0),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", True),
        ("truth", 1),
        ("choice", "c"),
        ("choice", ["a"]),
        ("instant", "2026-05-01T09:00:00"),
        ("items", "abc"),
        ("items", [1, 2, 3, 4]),
    ],
)
def test_what_is_not_sound_is_one_fault(how: str, value: Any) -> None:
    assert len(read(how, value)[1]) == 1


def test_a_name_nobody_asked_for_is_refused_by_name() -> None:
    faults: list[Fault] = []
    reader = Reader({"known": 1, "unkown": 2}, "race", faults)
    reader.take("known")
    reader.close()
    assert [fault.path for fault in faults] == ["race.unkown"]


def test_what_is_missing_and_what_is_empty_is_needed() -> None:
    faults: list[Fault] = []
    reader = Reader({"empty": "", "none": None, "zero": 0}, "", faults)
    assert [reader.needed(key) for key in ("absent", "empty", "none", "zero")] == [False, False, False, True]
    assert [fault.path for fault in faults] == ["absent", "empty", "none"]


def test_faults_of_children_gather_with_their_paths() -> None:
    faults: list[Fault] = []
    reader = Reader({"closing": {"at": 5}}, "race", faults)
    reader.child("closing").instant("at")
    Reader("no object", "race.hosts[2]", faults)
    assert [fault.path for fault in faults] == ["race.closing.at", "race.hosts[2]"]
    assert str(FaultyInput(faults)).count("\n") == 1


def test_each_second_use_of_a_name_is_a_fault() -> None:
    faults: list[Fault] = []
    unique([("a[0]", "x"), ("a[1]", "y"), ("a[2]", "x"), ("a[3]", "x")], faults)
    assert [fault.path for fault in faults] == ["a[2]", "a[3]"]
    assert faults[0].words == Words("“%(name)s” is used twice.", {"name": "x"})
