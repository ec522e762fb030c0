from typing import Any

import pytest

from base.faults import Fault
from race.forms.entries import entry_to_json, member_to_json, read_entry, read_member
from race.model import Entry, Member


def entry(**data: Any) -> tuple[Entry, list[str]]:
    faults: list[Fault] = []
    return read_entry({"id": "1", **data}, "entries[0]", faults), [fault.path for fault in faults]


WHOLE = {
    "id": "1",
    "bib": "07",
    "team": "白鹭",
    "club": "湿地工会",
    "class": "open",
    "wave": "a",
    "first": ["33"],
    "starts_at": "2026-05-01T09:05:00+08:00",
    "contact": {"name": "联系人", "phone": "13800000000"},
    "members": [
        "队员一",
        {"name": "队员二", "phone": "13800000001", "gender": "女", "role": "队长", "emergency": "13900000000"},
    ],
}


def test_an_entry_comes_back_as_it_went_in() -> None:
    faults: list[Fault] = []
    assert entry_to_json(read_entry(WHOLE, "entries[0]", faults), "Asia/Shanghai") == WHOLE
    assert faults == []


def test_numbers_that_people_write_as_numbers_are_their_digits() -> None:
    found, faults = entry(id=12, bib=7)
    assert (found.id, found.bib, faults) == ("12", "7", [])


def test_a_bib_keeps_its_noughts() -> None:
    assert entry(bib="007")[0].bib == "007"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"id": None}, "entries[0].id"),
        ({"id_card": "110101199001010000"}, "entries[0].id_card"),
        ({"members": "a, b"}, "entries[0].members"),
        ({"members": [5]}, "entries[0].members[0]"),
        ({"members": [{"nickname": "x"}]}, "entries[0].members[0].nickname"),
        ({"contact": "x" * 3, "starts_at": "9:00"}, "entries[0].starts_at"),
        ({"team": "长" * 121}, "entries[0].team"),
        ({"contact": {"mail": "x"}}, "entries[0].contact.mail"),
    ],
)
def test_what_an_entry_may_not_say(data: dict[str, Any], path: str) -> None:
    assert path in entry(**data)[1]


def test_a_member_may_be_a_bare_name() -> None:
    assert read_member(" 队员 ", "m", []) == Member("队员")
    assert member_to_json(Member("队员")) == "队员"
    assert member_to_json(Member("队员", role="队长")) == {"name": "队员", "role": "队长"}
