"""The entry form goes out, comes back filled in, and says exactly what was typed."""

import io
from typing import Any

import openpyxl
import pytest

from base.translate import put
from race.exchange.entry_forms import _HEADINGS, entries_workbook, entry_form
from race.exchange.headings import meaning
from race.exchange.sheets import read_entry_table
from race.rules.entering import EntryFile, compare
from tests.factories import race_file

CLASSES: list[dict[str, Any]] = [{"id": "m", "name": {"zh": "男子组", "en": "Men"}}, {"id": "w", "name": "女子组"}]
ENTRIES: list[dict[str, Any]] = [
    {
        "id": "1",
        "bib": "A01",
        "team": "飞鹰队",
        "club": "晨光工会",
        "class": "m",
        "wave": "第一批",
        "first": ["33"],
        "contact": {"name": "冯九", "phone": "010-00000012"},
        "members": [
            {"name": "赵一", "phone": "13900000001", "gender": "男", "role": "队长", "emergency": "赵父 13900000011"},
            {"name": "阿依古丽·买买提", "phone": "+447700900123", "role": "领跑"},
            "𠮷田",
        ],
    },
    # Twice the same name in one club, a team without a name, one whose name a spreadsheet would compute.
    {"id": "2", "bib": "2", "team": "一队", "club": "暮色工会", "class": "w", "members": ["钱二", "孙三"]},
    {"id": "3", "bib": "3", "team": "一队", "club": "暮色工会", "class": "w", "members": ["李四", "周五"]},
    {"id": "4", "bib": "4", "club": "暮色工会", "class": "w", "members": ["吴六", "郑七"]},
    {"id": "5", "bib": "5", "club": "暮色工会", "class": "w", "members": ["王八", "冯十"]},
    {"id": "x", "bib": "x9", "team": "=1+1", "club": "晚霞工会", "class": "w", "members": ["卫一", "Ann Lee"]},
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_teams_of_a_race_go_into_a_workbook_and_come_back_unchanged(language: str) -> None:
    table = read_entry_table("x.xlsx", entries_workbook(ENTRIES, CLASSES, language))
    found = compare(ENTRIES, [EntryFile("x.xlsx", table.entries, table.places, table.refused)], CLASSES)
    assert [each.fields for each in found.changed] == []
    assert (len(found.unchanged), found.added, found.gone) == (len(ENTRIES), (), ())
    assert found.merged() == ENTRIES
    kept = ("bib", "team", "club", "wave", "contact")
    for read, entry in zip(table.entries, ENTRIES, strict=True):
        assert {what: read.get(what) for what in kept} == {what: entry.get(what) for what in kept}
        assert [{"name": m} if isinstance(m, str) else m for m in entry["members"]] == read["members"]


def test_the_small_race_comes_back_too() -> None:
    race = race_file()
    table = read_entry_table("x.xlsx", entries_workbook(race["entries"], race["classes"]))
    found = compare(race["entries"], [EntryFile("x.xlsx", table.entries)], race["classes"])
    assert found.merged() == race["entries"]


@pytest.mark.parametrize(("language", "gender"), [("zh", "女"), ("en", "F")])
def test_a_form_that_was_filled_in_says_what_was_typed_and_its_example_is_skipped(language: str, gender: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(entry_form(CLASSES, language)))
    page = book.active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    column = {
        what: heads.index(put(words, language)) for what, words in _HEADINGS.items() if put(words, language) in heads
    }
    assert set(_HEADINGS) - set(column) == {"bib", "wave"}
    typed = [
        {
            "club": "晨光工会",
            "team": "飞鹰队",
            "class": "男子组",
            "name": "赵一",
            "gender": gender,
            "phone": "13900000001",
        },
        {"club": "晨光工会", "team": "飞鹰队", "class": "男子组", "name": "钱二"},
        {"club": "晨光工会", "team": "猎豹队", "class": "女子组", "name": "孙三"},
    ]
    for row, values in enumerate(typed, start=3):
        for what, text in values.items():
            page.cell(row, column[what] + 1, text)
    stream = io.BytesIO()
    book.save(stream)
    table = read_entry_table("form.xlsx", stream.getvalue())
    assert list(table.entries) == [
        {
            "id": "1",
            "team": "飞鹰队",
            "club": "晨光工会",
            "class": "男子组",
            "members": [{"name": "赵一", "phone": "13900000001", "gender": gender}, {"name": "钱二"}],
        },
        {"id": "2", "team": "猎豹队", "club": "晨光工会", "class": "女子组", "members": [{"name": "孙三"}]},
    ]
    assert [str(fault) for fault in table.refused] == ["line 2: an example, not read"]
    assert table.notes == ()


def test_an_empty_form_holds_no_team() -> None:
    assert read_entry_table("form.xlsx", entry_form()).entries == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reader_knows_every_heading_of_the_form(language: str) -> None:
    unknown = [text for words in _HEADINGS.values() if meaning(text := put(words, language)) is None]
    assert unknown == []


def test_signs_that_no_workbook_can_hold_are_left_out() -> None:
    odd = [{"id": "1", "bib": "1", "team": "A\x07队", "members": ["赵一", "钱二"]}]
    assert read_entry_table("x.xlsx", entries_workbook(odd)).entries[0]["team"] == "A队"
