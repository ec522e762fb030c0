import json
from contextlib import suppress
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import Fault, FaultyInput
from base.languages import Words
from race.commands.read import read
from race.exchange.files import KINDS, kind_of, read_file, refused_to_json
from race.exchange.iof import read_entry_list
from tests.tables import xlsx

COURSE = b"""<?xml version="1.0"?><CourseData xmlns="http://www.orienteering.org/datastandard/3.0" iofVersion="3.0">
<RaceCourseData><Control><Id>31</Id></Control></RaceCourseData></CourseData>"""
ENTRIES = """<EntryList xmlns="http://www.orienteering.org/datastandard/3.0" iofVersion="3.0">
<PersonEntry><Person sex="F"><Name><Family>Lee</Family><Given>Ann</Given></Name></Person>
<Organisation><Name>ACME</Name></Organisation><Class><Name>Open</Name></Class></PersonEntry>
<TeamEntry><Name>飞鹰队</Name><Organisation><Name>晨光工会</Name></Organisation>
<TeamEntryPerson><Person><Name><Family>钱</Family><Given>二</Given></Name></Person><Leg>2</Leg></TeamEntryPerson>
<TeamEntryPerson><Person><Name><Family>赵</Family><Given>一</Given></Name>
<Contact type="MobilePhoneNumber">13900000001</Contact></Person><Leg>1</Leg></TeamEntryPerson>
<Class><Name>Team</Name></Class><ContactPerson><Name><Family>孙</Family><Given>三</Given></Name></ContactPerson></TeamEntry>
<PersonEntry/></EntryList>""".encode()
TEAMS = "单位,队名,姓名\n甲工会,A队,赵一\n".encode()
BANK = "题型,题目,选项A,选项B,答案\n单选题,湿地是地球的什么？,肺,肾,B\n".encode()
RACE: dict[str, Any] = {
    "waypost": 1,
    "courses": [{"id": "A", "format": "count", "checkpoints": ["31"]}],
    "classes": [{"id": "open", "course": "A"}],
    "entries": [{"id": "1", "class": "open"}],
}
RACE_FILE = json.dumps(RACE).encode()
GPX = b'<gpx><wpt lat="39.8" lon="116.4"><name>31</name></wpt></gpx>'
KML = b"<kml><Placemark><name>31</name><Point><coordinates>116.4,39.8</coordinates></Point></Placemark></kml>"
WORKBOOK = xlsx([["单位", "队名", "姓名"], ["甲工会", "A队", "赵一"]])
FILES = {
    "a.xml": (COURSE, "courses"),
    "b.xml": (ENTRIES, "entries"),
    "c.csv": (TEAMS, "entries"),
    "d.xls": (WORKBOOK, "entries"),
    "e.csv": (BANK, "bank"),
    "f.json": (RACE_FILE, "race"),
    "g.gpx": (GPX, "gpx"),
    "h.kml": (KML, "kml"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_known_by_what_is_in_it(name: str) -> None:
    data, kind = FILES[name]
    assert kind_of("any.bin", data) == kind
    assert read_file("any.bin", data).kind == kind
    assert read_file("any.bin", b"\xef\xbb\xbf" + data if data[0] < 80 else data).data


def test_persons_and_teams_of_an_entry_list() -> None:
    part, faults = read_entry_list(ENTRIES)
    assert part["entries"] == [
        {
            "id": "1",
            "team": "Ann Lee",
            "club": "ACME",
            "class": "Open",
            "members": [{"name": "Ann Lee", "gender": "F"}],
        },
        {
            "id": "2",
            "team": "飞鹰队",
            "club": "晨光工会",
            "class": "Team",
            "contact": {"name": "孙三"},
            "members": [{"name": "赵一", "phone": "13900000001"}, {"name": "钱二"}],
        },
    ]
    assert [fault.path for fault in faults] == ["line 9"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"<ResultList/>", "ResultList"),
        (b'{"waypost": 1', "JSON"),
        (b"hello world", "no race file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "neither text"),
        (
            b'<!DOCTYPE CourseData [<!ENTITY x SYSTEM "file:///etc/hostname">]><CourseData>&x;</CourseData>',
            "document type",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, word: str) -> None:
    with pytest.raises(FaultyInput, match=word):
        read_file("a", data)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("line 8", {"line": 8}),
        ("sheet 甲, 乙, line 8", {"line": 8, "sheet": "甲, 乙"}),
        ("sheet 甲, column 身份证号", {"line": None, "sheet": "甲", "column": "身份证号"}),
        ("column a, b", {"line": None, "column": "a, b"}),
        ("sheet 甲", {"line": None, "sheet": "甲"}),
        ("", {"line": None}),
        ("entries[3].class", {"line": None, "path": "entries[3].class"}),
    ],
)
def test_a_refusal_says_where(path: str, where: dict[str, Any]) -> None:
    assert refused_to_json(Fault(path, Words("so"))) == {**where, "reason": "so"}


def run(tmp_path: Any, name: str, data: bytes, *options: str) -> Result:
    file = tmp_path / name
    file.write_bytes(data)
    return CliRunner().invoke(read, [str(file), *options], env={"LANG": "en_US.UTF-8", "LC_ALL": "", "LANGUAGE": ""})


def test_the_command_prints_what_a_file_holds(tmp_path: Any) -> None:
    done = run(tmp_path, "teams.csv", TEAMS + "合计：1队,,\n".encode())
    assert done.exit_code == 0
    printed = json.loads(done.stdout)
    assert printed["entries"][0]["team"] == "A队"
    assert [refused["line"] for refused in printed["refused"]] == [3]


def test_the_command_prints_a_race_file_again(tmp_path: Any) -> None:
    done = run(tmp_path, "race.json", RACE_FILE)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["courses"] == RACE["courses"]


def test_all_faults_of_a_race_file_are_printed_with_their_paths(tmp_path: Any) -> None:
    broken = {**RACE, "oops": 1, "entries": [{"id": "1", "class": "open", "bib": []}]}
    done = run(tmp_path, "race.json", json.dumps(broken).encode())
    assert done.exit_code == 1
    assert {refused["path"] for refused in json.loads(done.stdout)["refused"]} == {"oops", "entries[0].bib"}
    assert len(done.stderr.strip().splitlines()) == 1


def test_saying_what_a_file_is_overrules_the_guess(tmp_path: Any) -> None:
    done = run(tmp_path, "teams.csv", TEAMS, "--as", "kml")
    assert done.exit_code == 1
    assert "XML" in done.stderr
    assert run(tmp_path, "teams.csv", TEAMS, "--as", "nonsense").exit_code == 2


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(0, 600), st.binary(max_size=6), st.sampled_from([None, *KINDS]))
def test_a_damaged_file_brings_parts_or_refusals_and_nothing_else(
    name: str, at: int, junk: bytes, kind: str | None
) -> None:
    data = FILES[name][0]
    with suppress(FaultyInput):
        printed = read_file(name, data[:at] + junk + data[at + 2 :], kind).to_json("zh")
        assert json.loads(json.dumps(printed)) == printed
