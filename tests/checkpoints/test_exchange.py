import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import Fault, FaultyInput
from base.sheets import read_sheets
from checkpoints.exchange.codes import code_and_name, kind_of
from checkpoints.exchange.gpx import read_gpx
from checkpoints.exchange.iof import read_course_data
from checkpoints.exchange.kml import is_kmz, read_kml
from checkpoints.exchange.table import looks_like_points, read_point_table
from checkpoints.model import CheckpointKind

COURSES = Path(__file__).resolve().parents[3] / "shared" / "data" / "coursedata"
needs_shared = pytest.mark.skipif(not COURSES.is_dir(), reason="the shared course files are not on this machine")

START = '<CourseControl type="Start"><Control>S1</Control></CourseControl>'
FINISH = '<CourseControl type="Finish"><Control>F1</Control></CourseControl>'


def course_data(inside: str) -> bytes:
    root = '<CourseData xmlns="http://www.orienteering.org/datastandard/3.0" iofVersion="3.0">'
    return f"{root}\n<RaceCourseData>\n{inside}\n</RaceCourseData></CourseData>".encode()


def visit(code: str, more: str = "", attributes: str = "") -> str:
    return f'<CourseControl type="Control" {attributes}><Control>{code}</Control>{more}</CourseControl>'


def control(code: str, lat: object = "39.8", lng: object = "116.4") -> str:
    return f'<Control><Id>{code}</Id><Position lat="{lat}" lng="{lng}"/></Control>\n'


def course(name: str, *visits: str) -> str:
    return f"<Course><Name>{name}</Name>{START}{''.join(visits)}{FINISH}</Course>\n"


def words(faults: list[Fault]) -> str:
    return "\n".join(map(str, faults))


def codes(part: dict[str, Any]) -> dict[str, str]:
    return {item["code"]: item["kind"] for item in part["checkpoints"]}


def test_a_course_lists_what_lies_between_start_and_finish() -> None:
    inside = "".join(map(control, ("S1", "31", "32", "F1"))) + course("A", visit("31"), visit("32"))
    part, faults = read_course_data(course_data(inside))
    assert codes(part) == {"S1": "start", "31": "control", "32": "control", "F1": "finish"}
    assert part["courses"] == [{"id": "A", "format": "line", "checkpoints": ["31", "32"]}]
    assert part["checkpoints"][1] == {"code": "31", "kind": "control", "lat": 39.8, "lon": 116.4}
    assert "classes" not in part
    assert faults == []


def test_scores_make_a_score_course_with_points() -> None:
    inside = (
        control("31") + control("32") + course("A", visit("31", "<Score>10</Score>"), visit("32", "<Score>20</Score>"))
    )
    part, _ = read_course_data(course_data(inside))
    assert part["courses"] == [
        {"id": "A", "format": "score", "checkpoints": ["31", "32"], "points": {"31": 10, "32": 20}}
    ]


def test_a_score_that_is_no_whole_number_is_named() -> None:
    inside = (
        control("31") + control("32") + course("A", visit("31", "<Score>1.5</Score>"), visit("32", "<Score>5</Score>"))
    )
    part, faults = read_course_data(course_data(inside))
    assert part["courses"][0]["points"] == {"32": 5}
    assert "1.5" in words(faults)


def test_random_order_makes_a_free_course_and_alternatives_stay_alternatives() -> None:
    free = course("A", visit("31", attributes='randomOrder="true"'), visit("32", attributes='randomOrder="true"'))
    either = course("B", "<CourseControl><Control>31</Control><Control>32</Control></CourseControl>")
    part, faults = read_course_data(course_data(control("31") + control("32") + free + either))
    assert [(item["format"], item["checkpoints"]) for item in part["courses"]] == [
        ("free", ["31", "32"]),
        ("line", [{"any_of": ["31", "32"]}]),
    ]
    assert faults == []


def test_metres_of_a_grid_are_refused_and_the_course_is_kept() -> None:
    inside = control("31", "208075.66", "519575.41") + control("32", "208367", "519695") + course("A", visit("31"))
    part, faults = read_course_data(course_data(inside))
    assert not any("lat" in item for item in part["checkpoints"])
    assert part["courses"][0]["checkpoints"] == ["31"]
    assert len(faults) == 1
    assert "519575.41" in words(faults)
    assert faults[0].path == "line 3"


def test_crossing_points_are_left_out_with_a_note() -> None:
    inside = (
        control("31") + '<Control type="CrossingPoint"><Id>X1</Id></Control>' + course("A", visit("31"), visit("X1"))
    )
    part, faults = read_course_data(course_data(inside))
    assert part["courses"][0]["checkpoints"] == ["31"]
    assert "X1" not in codes(part)
    assert "X1" in words(faults)


def test_a_class_gets_its_course_and_only_one() -> None:
    given_ = "".join(
        f"<ClassCourseAssignment><ClassName>{name}</ClassName><CourseName>{where}</CourseName></ClassCourseAssignment>"
        for name, where in (("Open", "A"), ("Open", "B"), ("Lost", "C"))
    )
    inside = control("31") + course("A", visit("31")) + course("B", visit("31")) + given_
    part, faults = read_course_data(course_data(inside))
    assert part["classes"] == [{"id": "Open", "name": "Open", "course": "A"}]
    assert len(faults) == 2


def test_a_control_that_is_never_described_is_added_and_named() -> None:
    part, faults = read_course_data(course_data(control("31") + course("A", visit("31"), visit("32"))))
    assert codes(part)["32"] == "control"
    assert "32" in words(faults)


def test_version_2_without_a_namespace_is_read_and_its_grid_refused() -> None:
    data = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE CourseData SYSTEM "iofData.dtd">
<CourseData><IOFVersion version="2.0.3"/>
<StartPoint><StartPointCode>S</StartPointCode></StartPoint>
<Control><ControlCode>31</ControlCode><ControlPosition x="519575.4" y="208075.6"/></Control>
<Control><ControlCode>32</ControlCode></Control>
<FinishPoint><FinishPointCode>F</FinishPointCode></FinishPoint>
<Course><CourseName>Orange</CourseName><ClassShortName>Open</ClassShortName><CourseVariation>
<CourseVariationId>0</CourseVariationId><StartPointCode>S</StartPointCode>
<CourseControl><Sequence>1</Sequence><ControlCode>32</ControlCode></CourseControl>
<CourseControl><Sequence>2</Sequence><ControlCode>C1</ControlCode></CourseControl>
<CourseControl><Sequence>3</Sequence><ControlCode>31</ControlCode></CourseControl>
<FinishPointCode>F</FinishPointCode></CourseVariation></Course></CourseData>"""
    part, faults = read_course_data(data)
    assert codes(part) == {"S": "start", "31": "control", "32": "control", "F": "finish"}
    assert part["courses"] == [{"id": "Orange", "format": "line", "checkpoints": ["32", "31"]}]
    assert part["classes"] == [{"id": "Open", "name": "Open", "course": "Orange"}]
    assert [fault.path for fault in faults] == ["line 5", "line 11"]


@needs_shared
def test_the_purple_pen_score_course_has_16_controls_worth_265_points() -> None:
    part, faults = read_course_data((COURSES / "purplepen_marymoor_score.xml").read_bytes())
    by_id = {item["id"]: item for item in part["courses"]}
    assert {name: item["format"] for name, item in by_id.items()} == {
        "Course 1": "line",
        "Course 2": "line",
        "Score": "score",
        "ScoreNoPoints": "line",
    }
    assert len(by_id["Score"]["checkpoints"]) == 16
    assert sum(by_id["Score"]["points"].values()) == 265
    assert by_id["Course 2"]["checkpoints"] == ["59", "72", "48"]
    kinds = list(codes(part).values())
    assert (kinds.count("start"), kinds.count("control"), kinds.count("finish")) == (2, 36, 2)
    assert len(part["classes"]) == 8
    assert all(f"CROSS{number}" in words(faults) for number in (1, 2, 3))
    assert "ScoreNoPoints" in words(faults)


@needs_shared
@pytest.mark.parametrize(
    ("name", "checkpoints", "courses", "placed", "faults"),
    [
        ("ellenbrookIOFV2Georefcourses.xml", 33, [21, 12, 12, 11], 0, 2),
        ("ellenbrookIOFV2courses.xml", 33, [21, 12, 12, 11], 0, 1),
        ("ellenbrookIOFV3OCADcourses.xml", 12, [7, 6], 12, 0),
        ("ellenbrookIOFV3courses.xml", 33, [21, 12, 12, 11], 0, 3),
        ("mapper_simple_course.xml", 3, [1], 3, 0),
        ("miltonriggIOFV3courses.xml", 33, [7, 8], 0, 3),
        ("pwlldduenrichable.xml", 12, [5, 4, 3], 0, 1),
    ],
)
def test_course_files_of_other_programs(
    name: str, checkpoints: int, courses: list[int], placed: int, faults: int
) -> None:
    part, found = read_course_data((COURSES / name).read_bytes())
    assert len(part["checkpoints"]) == checkpoints
    assert [len(item["checkpoints"]) for item in part["courses"]] == courses
    assert sum("lat" in item for item in part["checkpoints"]) == placed
    assert len(found) == faults


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>S1</name><Point><coordinates> 116.40, 39.80, 0 </coordinates></Point></Placemark>
<Placemark><name>31 观鸟台</name><description><![CDATA[<b>东侧</b> 栏杆]]></description>\
<Point><coordinates>116.41,39.81</coordinates></Point></Placemark>
<Placemark><name>芦苇荡</name><Point><coordinates>116.42,39.82,0</coordinates></Point></Placemark>
<Placemark><name>步道</name><LineString><coordinates>116.4,39.8 116.5,39.9</coordinates></LineString></Placemark>
<Placemark><name>32</name><Point><coordinates>519575,208075</coordinates></Point></Placemark>
<Placemark><name>F1</name><Point><coordinates>116.40,39.80,0</coordinates></Point></Placemark>
</Folder></Document></kml>""".encode()


def test_placemarks_become_checkpoints() -> None:
    part, faults = read_kml(KML)
    assert codes(part) == {"S1": "start", "31": "control", "32": "control", "F1": "finish"}
    assert part["checkpoints"][1] == {
        "code": "31",
        "kind": "control",
        "lat": 39.81,
        "lon": 116.41,
        "name": "观鸟台",
        "description": "东侧 栏杆",
    }
    # The reeds had no number, and 32 no position: its number was free.
    assert part["checkpoints"][2]["name"] == "芦苇荡"
    assert sorted(fault.path for fault in faults) == ["line 4", "line 5", "line 6"]


def kmz(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def test_a_kmz_is_unpacked_and_a_bomb_is_not() -> None:
    assert is_kmz(kmz("doc.kml", KML))
    assert read_kml(kmz("doc.kml", KML)) == read_kml(KML)
    with pytest.raises(FaultyInput, match="unpack"):
        read_kml(kmz("doc.kml", b" " * 30_000_000))
    with pytest.raises(FaultyInput, match="no KML"):
        read_kml(kmz("a.txt", b""))


def test_waypoints_become_checkpoints_and_a_track_alone_is_refused() -> None:
    gpx = '<gpx xmlns="http://www.topografix.com/GPX/1/1">%s<trk><trkseg/></trk></gpx>'
    point = '<wpt lat="39.8" lon="116.4"><name>31</name><desc>桥头</desc></wpt>'
    part, faults = read_gpx((gpx % point).encode())
    assert part["checkpoints"] == [{"code": "31", "kind": "control", "lat": 39.8, "lon": 116.4, "description": "桥头"}]
    assert len(faults) == 1
    with pytest.raises(FaultyInput, match="track"):
        read_gpx((gpx % "").encode())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31", ("31", "")),
        ("CP 7", ("CP 7", "")),
        ("31 观鸟台", ("31", "观鸟台")),
        ("31号：桥头", ("31", "桥头")),
        ("起点", ("起点", "")),
        ("观鸟台", ("", "观鸟台")),
        ("", ("", "")),
    ],
)
def test_a_code_is_found_in_a_name(text: str, found: tuple[str, str]) -> None:
    assert code_and_name(text) == found


def test_names_tell_starts_and_finishes() -> None:
    assert [kind_of(name) for name in ("S1", "终点", "STA2", "31", "Fort")] == [
        CheckpointKind.START,
        CheckpointKind.FINISH,
        CheckpointKind.START,
        CheckpointKind.CONTROL,
        CheckpointKind.CONTROL,
    ]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 400), st.binary(max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, junk: bytes) -> None:
    whole = course_data(control("31") + course("A", visit("31", "<Score>5</Score>")))
    for read, data in ((read_course_data, whole), (read_kml, KML), (read_gpx, b'<gpx><wpt lat="1" lon="2"/></gpx>')):
        with suppress(FaultyInput):
            part, _ = read(data[:at] + junk + data[at + 3 :])
            assert isinstance(part["checkpoints"], list)


TABLE = """2026 年打卡点
编号,名称,经度(GCJ-02),纬度,位置说明
31,木桥,116.4,39.9,桥头
32,芦苇荡,116.41,三十九,

,观鸟塔,116.42,39.91,塔下
"""


def test_a_table_with_latitude_and_longitude_is_read_whatever_stands_above_it() -> None:
    part, faults = read_point_table("points.csv", TABLE.encode())
    assert part["checkpoints"][0] == {
        "code": "31", "kind": "control", "lat": 39.9, "lon": 116.4, "name": "木桥", "description": "桥头",
    }  # fmt: skip
    assert part["checkpoints"][1]["name"] == "观鸟塔"
    assert [fault.path for fault in faults] == ["line 4", "line 6"], "no degrees; no number of its own"


def test_a_table_of_teams_is_no_table_of_checkpoints() -> None:
    assert looks_like_points(read_sheets("points.csv", TABLE.encode()))
    teams = "队名,单位,队员\n白鹭,湿地工会,张三\n".encode()
    assert not looks_like_points(read_sheets("teams.csv", teams))
    with pytest.raises(FaultyInput):
        read_point_table("teams.csv", teams)
