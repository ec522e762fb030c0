from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import FaultyInput
from base.xml import parse, root_name

SECRET = "what-only-this-machine-knows"


def refusal(data: bytes) -> FaultyInput:
    with pytest.raises(FaultyInput) as raised:
        parse(data)
    return raised.value


def test_elements_lose_their_prefix_and_know_their_lines() -> None:
    root = parse(b'<?xml version="1.0"?>\n<k:kml xmlns:k="urn:kml">\n<k:Point k:x="1" y="2"> 3\n </k:Point></k:kml>')
    (point,) = root.all("Point")
    assert (root.name, root.namespace, root.line) == ("kml", "urn:kml", 2)
    assert (point.line, point.attributes, point.value()) == (3, {"x": "1", "y": "2"}, "3")


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gbk"),
        ("windows-1252", "windows-1252"),
        ("UTF-16", "utf-16"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_declared_encodings_are_read(declared: str, written: str) -> None:
    text = "é" if "1252" in declared else "湿地"
    assert parse(f'<?xml version="1.0" encoding="{declared}"?><a>{text}</a>'.encode(written)).text == text


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file://%s">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;&y;</a>',
        b'<!-- a --> <!DOCTYPE a SYSTEM "a>b" [<!ENTITY x "ha">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY %% p SYSTEM "file://%s"> %%p;]><a/>',
    ],
)
def test_entities_and_what_they_name_are_never_read(data: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    fault = refusal(data % str(secret).encode() if b"%s" in data else data)
    assert SECRET not in str(fault)
    assert fault.faults


def test_a_document_type_that_defines_nothing_is_passed_over() -> None:
    assert parse(b'<?xml version="1.0"?>\n<!DOCTYPE CourseData\n SYSTEM "iofData.dtd">\n<CourseData/>').line == 4


def test_broken_xml_is_refused_with_its_line() -> None:
    assert refusal(b"<a>\n<b>\n</a>").faults[0].path == "line 3"


def test_deep_and_empty_files_are_refused() -> None:
    assert "deep" in str(refusal(b"<a>" * 5000))
    assert refusal(b"").faults


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <b> --><x:kml xmlns:x="u">', "kml"),
        (b"{}", ""),
        (b"<3 questions", ""),
        (b"   " * 6000, ""),
    ],
)
def test_the_root_is_seen_without_reading_all(data: bytes, name: str) -> None:
    assert root_name(data) == name


@settings(max_examples=100, deadline=None)
@given(st.text('<>/!?-a&;[]"= \n', max_size=60))
def test_nothing_brings_down_the_parser(text: str) -> None:
    with suppress(FaultyInput):
        assert parse(text.encode()).name
