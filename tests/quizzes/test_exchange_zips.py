"""Zips of sheets with pictures beside them: as Obsidian writes them, and as Moodle exports them."""

import io
import zipfile

import pytest

from quizzes.exchange import read_bank_file
from tests.quizzes.test_exchange_pictures import RED, B, R, colours, notes, zipped

BIRD = "1. 这是什么鸟？\n   {}\n   - [x] 鹭\n   - [ ] 鸥\n2. 这是什么树？\n   - [x] 杉\n   - [ ] 樟\n"


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("![[a.png]]", "a.png"),
        ("![[a.png|300]]", "a.png"),
        ("![[a.png|一只鸟|300x200]]", "a.png"),
        ("![[图/鸟 1.png]]", "图/鸟 1.png"),
        ("![[鸟.png]]", "附件/鸟.png"),
        ("![[a__b.PNG]]", "a__b.PNG"),
    ],
)
def test_a_picture_as_obsidian_embeds_it_is_read(spelled: str, name: str) -> None:
    """By its path, or by its name alone wherever in the vault it lies; its width is no part of the text."""
    reading = read_bank_file("题.zip", zipped({"题.md": BIRD.format(spelled).encode(), name: R, "另.png": B}))
    assert colours(reading) == [RED, None]
    assert [item.text for item in reading.questions] == ["这是什么鸟？", "这是什么树？"]
    assert not reading.refused


def test_an_embedded_picture_that_is_not_there_or_not_one_is_named() -> None:
    """As with Markdown's own pictures; two of one name leave it open which is meant."""
    missing = read_bank_file("题.zip", zipped({"题.md": BIRD.format("![[a.png]]").encode(), "b.png": R}))
    assert colours(missing) == [None, None]
    assert notes(missing) == ["Its picture “a.png” is not in the file. Add it by hand."]
    parts = {"题.md": BIRD.format("![[a.png]]").encode(), "甲/a.png": R, "乙/a.png": B}
    assert notes(read_bank_file("题.zip", zipped(parts))) == notes(missing)
    option = "1. 哪个是鹭？\n   - [x] ![[a.png]]\n   - [ ] 鸥\n2. 哪个是树？\n   - [x] 杉\n   - [ ] 鸥\n"
    assert len(read_bank_file("题.zip", zipped({"题.md": option.encode(), "a.png": R})).refused) == 1


def test_a_torn_picture_in_moodles_zip_refuses_the_question_that_shows_it_alone() -> None:
    """A picture of the zip is unpacked for the question that shows it, and for no other."""

    def asked(name: str, text: str) -> str:
        return (
            f"<question type='truefalse'><questiontext format='html'><text><![CDATA[<p>{text}</p>"
            f"<img src='@@PLUGINFILE@@/{name}'/>]]></text></questiontext>"
            "<answer fraction='100'><text>true</text></answer></question>"
        )

    quiz = f"<quiz>{asked('a.png', '这是鹭。')}{asked('b.png', '这是鸥。')}{asked('c.png', '这是杉。')}</quiz>"
    data = bytearray(zipped({"quiz.xml": quiz.encode(), "a.png": R, "b.png": B, "c.png": R}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("b.png").header_offset
    data[at + 60 : at + 70] = bytes(10)
    reading = read_bank_file("题.zip", bytes(data))
    assert [item.text for item in reading.questions] == ["这是鹭。", "这是杉。"]
    assert colours(reading) == [RED, RED]
    assert [str(remark.words) for remark in reading.refused] == ["Its picture cannot be read."]
