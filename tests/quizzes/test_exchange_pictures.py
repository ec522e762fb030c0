"""Pictures of Word sheets and of Markdown in a zip arrive with their question; one that may be another's is told."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.shared import Cm
from PIL import Image

from base.faults import FaultyInput
from quizzes.exchange import Reading, read_bank_file
from race.exchange.files import read_file

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(colour: tuple[int, int, int] = RED, size: tuple[int, int] = (60, 40), kind: str = "PNG") -> bytes:
    """Return a picture of one colour; a JPEG says where it was taken."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Jiangwan park, by the gate"
    Image.new("RGB", size, colour).save(file, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return file.getvalue()


def in_word(*parts: str | bytes | list[str | bytes], fill: Callable[[Any], object] | None = None) -> bytes:
    """Return a .docx: texts are paragraphs, pictures stand in paragraphs of their own; a list is one paragraph."""
    document = docx.Document()
    for part in parts:
        run = document.add_paragraph().add_run()
        for piece in part if isinstance(part, list) else [part]:
            if isinstance(piece, str):
                run.add_text(piece) if piece != "\n" else run.add_break()
            else:
                run.add_picture(io.BytesIO(piece), width=Cm(2))
    if fill:
        fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a zip with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def colours(reading: Reading) -> list[tuple[int, int, int] | None]:
    """Return the colour of each question's picture."""
    found: list[Any] = []
    for question in reading.questions:
        if question.image is None:
            found.append(None)
            continue
        with Image.open(io.BytesIO(base64.b64decode(question.image.partition(",")[2]))) as held:
            seen: Any = held.convert("RGB").getpixel((5, 5))
        found.append(min((RED, BLUE), key=lambda one: sum(abs(a - b) for a, b in zip(one, seen, strict=True))))
    return found


def whys(reading: Reading) -> list[str]:
    """Return the reasons of the refusals."""
    return [str(remark.words.arguments.get("why", remark.words)) for remark in reading.refused]


def notes(reading: Reading) -> list[str]:
    """Return what is told beside."""
    return [str(remark.words) for remark in reading.notes]


FIRST = ("1. 图中是什么鸟？", "A. 白鹭", "B. 海鸥", "答案：A")
SECOND = ("2. 这是什么树？", "A. 水杉", "B. 香樟", "答案：B")
R, B = picture(), picture(BLUE)


@pytest.mark.parametrize(
    "parts",
    [
        (["1. 图中是什么鸟？", R], *FIRST[1:], *SECOND),
        ([R, "1. 图中是什么鸟？"], *FIRST[1:], *SECOND),
        (FIRST[0], R, *FIRST[1:], *SECOND),
        (FIRST[0], "", R, "", *FIRST[1:], *SECOND),
        (["1. 图中是什么鸟？", "\n", R, "\n", "A. 白鹭", "\n", "B. 海鸥"], FIRST[3], *SECOND),
        (["1. 图中是什么鸟？", R, "  A. 白鹭  B. 海鸥"], FIRST[3], *SECOND),
        (*FIRST[:3], R, FIRST[3], *SECOND),
        (FIRST[0], R, *FIRST[1:3], *SECOND[:3], "参考答案", "1. A 2. B"),
        ("1. 图中是什么鸟（A）？", R, "A. 白鹭   B. 海鸥", *SECOND),
    ],
    ids=["behind", "before", "below", "blanks", "breaks", "one-line", "below-options", "key-at-end", "brackets"],
)
def test_a_picture_in_or_below_the_text_of_a_question_is_its_own(parts: tuple[Any, ...]) -> None:
    """However the paper is set, the first question has it and the second has none."""
    reading = read_bank_file("题.docx", in_word(*parts))
    assert [(q.choices, q.answer) for q in reading.questions] == [(("白鹭", "海鸥"), 0), (("水杉", "香樟"), 1)]
    assert "图中是什么鸟" in str(reading.questions[0].text)
    assert (colours(reading), whys(reading), notes(reading)) == ([RED, None], [], [])


def test_each_question_has_its_own_picture_and_true_or_false_too() -> None:
    """Two questions in the same words are two, beside different pictures."""
    parts = ("一、判断题", "1. 这是白鹭。（√）", R, "2. 这是白鹭。（×）", B, "3. 鱼会飞。（×）")
    reading = read_bank_file("题.docx", in_word(*parts))
    assert [(q.text, q.answer) for q in reading.questions] == [
        ("这是白鹭。", True), ("这是白鹭。", False), ("鱼会飞。", False),
    ]  # fmt: skip
    assert colours(reading) == [RED, BLUE, None]
    assert len({q.id for q in reading.questions}) == 3


def test_a_large_photo_is_made_small_and_forgets_where_it_was_taken() -> None:
    """A phone gets a picture of at most 1200 points a side, and no note of the camera."""
    photo = picture(size=(4000, 3000), kind="JPEG")
    assert b"Jiangwan" in photo
    reading = read_bank_file("题.docx", in_word(FIRST[0], photo, *FIRST[1:]))
    held = base64.b64decode(str(reading.questions[0].image).partition(",")[2])
    assert b"Jiangwan" not in held
    with Image.open(io.BytesIO(held)) as small:
        assert max(small.size) == 1200
        assert not small.getexif()


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((FIRST[0], R, B, *FIRST[1:]), "several pictures"),
        ((["1. 图中是什么鸟？", R, B], *FIRST[1:]), "several pictures"),
        ((FIRST[0], ["A. 白鹭", R], *FIRST[2:]), "options is a picture"),
        ((FIRST[0], "A. 白鹭", R, *FIRST[2:]), "options is a picture"),
        ((FIRST[0], ["A. ", R], ["B. ", B], FIRST[3]), "picture"),
        ((["1. 图中是什么鸟？ A. 白鹭 ", R, " B. 海鸥"], FIRST[3]), "options is a picture"),
        ((FIRST[0], picture(size=(6000, 5000)), *FIRST[1:]), "too large: up to 12 MB and 25 million pixels"),
    ],
    ids=["two", "two-in-line", "in-option", "below-option", "options", "one-line", "30-million-points"],
)
def test_what_a_question_cannot_hold_refuses_it_in_words(parts: tuple[Any, ...], why: str) -> None:
    """Two pictures, a picture as an option, and one that is too large; the next question is read."""
    reading = read_bank_file("题.docx", in_word(*parts, *SECOND))
    assert [q.text for q in reading.questions] == ["这是什么树？"]
    assert why in whys(reading)[0]
    assert colours(reading) == [None]


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ((*FIRST, R, *SECOND), 1),
        ((*FIRST, R, "解析：看嘴。", *SECOND), 1),
        ((*FIRST[:3], R, *SECOND[:3], "答案", "1-2 AB"), 1),
        ((R, *FIRST, *SECOND), 1),
        ((*FIRST, *SECOND[:1], *SECOND[1:], R), 1),
        ((R, "1. 鸟会飞。（√）", B, "2. 鱼会飞。（×）"), 2),
        ((*FIRST[:3], *SECOND[:3], "答案", R, "1-2 AB"), 1),
    ],
    ids=["between", "before-why", "behind-options", "above-all", "last", "all-above", "in-the-key"],
)
def test_a_picture_whose_question_is_not_clear_is_left_out_and_told(parts: tuple[Any, ...], count: int) -> None:
    """Nobody guesses; both questions are read without it."""
    reading = read_bank_file("题.docx", in_word(*parts))
    assert colours(reading) == [None, None]
    assert len(notes(reading)) == count
    assert all("was left out" in note for note in notes(reading))


def test_a_picture_on_another_server_is_never_fetched_but_named() -> None:
    """Not even where the document holds one of that name."""

    def link(name: str, data: bytes) -> bytes:
        if name != "word/_rels/document.xml.rels":
            return data
        return re.sub(
            rb'Target="media/image1.png"', b'Target="http://192.0.2.1/image1.png" TargetMode="External"', data
        )

    reading = read_bank_file("题.docx", changed(in_word(FIRST[0], R, *FIRST[1:]), link))
    assert colours(reading) == [None]
    assert notes(reading) == ["Its picture “http://192.0.2.1/image1.png” is not in the file. Add it by hand."]


@pytest.mark.parametrize("how", ['<a:srcRect xmlns:a="{a}" t="50000"/>', ""], ids=["cropped", "turned"])
def test_a_picture_that_word_shows_otherwise_is_told(how: str) -> None:
    """What is cropped away may be the answer: the file still holds it."""

    def crop(document: Any) -> None:
        blip = next(document.element.iter(qn("a:blip")))
        if how:
            blip.addnext(parse_xml(how.format(a=nsmap["a"])))
        else:
            next(document.element.iter(qn("a:xfrm"))).set("rot", "5400000")

    reading = read_bank_file("题.docx", in_word(*FIRST[:1], R, *FIRST[1:], fill=crop))
    assert colours(reading) == [RED]
    assert [note for note in notes(reading) if "cropped or turned" in note]


def test_a_drawing_of_windows_is_refused_and_a_formula_stays_one() -> None:
    """WMF and EMF are shown by no phone; MathType keeps a picture of a formula, which is no text."""
    wmf = b"\xd7\xcd\xc6\x9a" + bytes(200)
    data = changed(in_word(FIRST[0], R, *FIRST[1:]), lambda name, old: wmf if name.endswith("image1.png") else old)
    assert whys(read_bank_file("题.docx", data)) == ["Its picture is no PNG, JPEG, GIF or WebP that can be read."]

    def formula(document: Any) -> None:
        document.paragraphs[0].runs[0]._r.append(
            parse_xml(
                f'<w:object {nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office" '
                'xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:imagedata r:id="rId1"/></v:shape>'
                '<o:OLEObject ProgID="Equation.DSMT4" r:id="rId2"/></w:object>'
            )
        )

    assert "formula" in whys(read_bank_file("题.docx", in_word(*FIRST, fill=formula)))[0]


@pytest.mark.parametrize("bytes_", [13_000_000, 200_000_000])
def test_a_picture_that_unpacks_to_something_huge_is_refused_in_words(bytes_: int) -> None:
    """It is unpacked no further than a picture may be, whatever it claims to be."""
    document = in_word(FIRST[0], R, *FIRST[1:], *SECOND)
    data = changed(document, lambda name, old: R + bytes(bytes_) if name.endswith("image1.png") else old)
    assert len(data) < 1_000_000
    reading = read_bank_file("题.docx", data)
    assert "too large: up to 12 MB" in whys(reading)[0]
    assert len(reading.questions) == 1


def test_a_picture_that_is_torn_refuses_its_question_alone() -> None:
    """The zip's own sum does not fit; the other question is read."""
    data = bytearray(in_word(FIRST[0], R, *FIRST[1:], *SECOND))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("word/media/image1.png").header_offset
    data[at + 60 : at + 70] = bytes(10)
    reading = read_bank_file("题.docx", bytes(data))
    assert whys(reading) == ["Its picture cannot be read."]
    assert len(reading.questions) == 1


def test_a_row_of_a_table_has_the_picture_beside_its_text() -> None:
    """In the question's cell or a cell of its own; as an option it refuses the row."""

    def table(document: Any) -> None:
        rows = [["题目", "图", "A", "B", "答案"], *[[f"这是{place}号鸟？", "", "鹭", "鸥", "A"] for place in range(3)]]
        cells = document.add_table(4, 5)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                cells.cell(at, column).text = text
        for at, column, held in ((1, 0, R), (2, 1, B), (3, 3, R)):
            cells.cell(at, column).paragraphs[0].add_run().add_picture(io.BytesIO(held))

    reading = read_bank_file("题.docx", in_word(fill=table))
    assert colours(reading) == [RED, BLUE]
    assert whys(reading) == ["One of its options is a picture, which is not taken over."]


def test_a_zip_of_markdown_and_its_pictures_is_read_with_them() -> None:
    """By the path beside the sheet, with Chinese names and HTML too; one that is missing is named."""
    sheet = (
        "1. 这是什么鸟？\n   ![](img/a.png)\n   - [x] 鹭\n   - [ ] 鸥\n"
        "2. 这是什么树？ ![树](./图/树%201.png)\n   - [x] 杉\n   - [ ] 樟\n"
        '3. 这是什么花？\n   <img src="img/a__b.png" width="50">\n   - [x] 荷\n   - [ ] 梅\n'
        "4. 这是什么草？\n   ![](img/缺.png)\n   - [x] 苇\n   - [ ] 蒲\n"
        "5. 这是什么鱼？\n   ![](https://example.org/img/a.png)\n   - [x] 鲤\n   - [ ] 鲫\n"
        "6. 哪个是鹭？\n   - [x] ![](img/a.png)\n   - [ ] 鸥\n"
    )
    parts = {"题库/题.md": sheet.encode(), "题库/img/a.png": R, "题库/图/树 1.png": B, "题库/img/a__b.png": B}
    parts |= {"题库/": b"", "__MACOSX/题库/._题.md": b"\0\1", "题库/.DS_Store": b"x"}
    for data in (zipped(parts), zipped({name.removeprefix("题库/"): held for name, held in parts.items() if name[3:]})):
        reading = read_bank_file("题.zip", data)
        assert colours(reading) == [RED, BLUE, BLUE, None, None]
        assert [note for note in notes(reading) if "picture" in note] == [
            "Its picture “img/缺.png” is not in the file. Add it by hand.",
            "Its picture “https://example.org/img/a.png” is not in the file. Add it by hand.",
        ]
        assert len(reading.refused) == 1
        part = read_file("题.zip", data).data["banks"][0]
        assert len(part["questions"]) == 5


def test_a_zip_of_several_sheets_tells_which_a_line_is_of() -> None:
    """Each finds the pictures in its own folder first."""
    sheet = "1. 这是什么{}？\n   ![](a.png)\n   - [x] 甲\n   - [ ] 乙\n2. 没有答案{}？\n   - 甲\n   - 乙\n"
    parts = {"一/题.md": sheet.format("鸟", "一").encode(), "二/题.md": sheet.format("鱼", "二").encode()}
    reading = read_bank_file("a.zip", zipped({**parts, "一/a.png": R, "二/a.png": B, "三/说明.md": "无题".encode()}))
    assert colours(reading) == [RED, BLUE]
    assert [remark.place for remark in reading.refused] == ["sheet 一/题.md, line 5", "sheet 二/题.md, line 5"]
    assert [remark.sheet for remark in reading.notes] == ["三/说明.md"]


def test_names_that_chinese_windows_zipped_are_found() -> None:
    """Its zips hold names in GB18030 and do not say so."""
    data = zipped({"t.md": "1. 鸟？\n   ![](图/鸟.png)\n   - [x] 甲\n   - [ ] 乙\n".encode(), "XXXXXXXXX": R})
    name = "图/鸟.png".encode("gb18030")
    assert len(name) == 9
    reading = read_bank_file("a.zip", data.replace(b"XXXXXXXXX", name))
    assert colours(reading) == [RED]


def test_a_path_out_of_the_zip_finds_nothing() -> None:
    """Neither a file of the machine nor one beside the zip."""
    sheet = "1. 鸟？\n   ![](../../../../etc/hostname)\n   - [x] 甲\n   - [ ] 乙\n"
    reading = read_bank_file("a.zip", zipped({"t.md": sheet.encode(), "../../../evil.png": R}))
    assert colours(reading) == [None]
    assert "is not in the file" in notes(reading)[0]


def test_bombs_of_markdown_are_refused_in_words() -> None:
    """A zip that would unpack to more than 200 MB, a sheet of 6 MB, and a picture of 200 million points."""
    with pytest.raises(FaultyInput, match="more than 200 MB"):
        read_bank_file("a.zip", zipped({"t.md": b"1. x", "a.png": bytes(201_000_000)}))
    with pytest.raises(FaultyInput, match="larger than 5 MB"):
        read_bank_file("a.zip", zipped({"t.md": b" " * 6_000_000}))
    wide = bytearray(picture(size=(10, 10)))
    wide[16:24] = (20_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big")
    wide[29:33] = zlib.crc32(wide[12:29]).to_bytes(4, "big")
    sheet = "1. 鸟？\n   ![](a.png)\n   - [x] 甲\n   - [ ] 乙\n".encode()
    reading = read_bank_file("a.zip", zipped({"t.md": sheet, "a.png": bytes(wide)}))
    assert "25 million pixels" in whys(reading)[0]
    assert not reading.questions


def test_so_many_huge_pictures_that_nobody_would_wait_are_refused() -> None:
    """Each is a small file and just small enough; all together they would take minutes."""
    head = bytearray(picture(size=(10, 10)))
    head[16:24] = (5000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    one = "{0}. 这是几号鸟{0}？\n   ![]({0}.png)\n   - [x] 甲\n   - [ ] 乙\n"
    parts = {"t.md": "".join(one.format(number) for number in range(1, 91)).encode()}
    reading = read_bank_file("a.zip", zipped({**parts, **{f"{number}.png": bytes(head) for number in range(1, 91)}}))
    assert sum("too large together" in why for why in whys(reading)) == 10
    assert len(reading.refused) == 90
