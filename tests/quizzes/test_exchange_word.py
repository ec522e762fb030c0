"""Question sheets in Word and text are read as a person reads them, and what is not sure is refused by name."""

import io
import json
import re
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from base.faults import FaultyInput
from quizzes.exchange import Reading, read_bank_file
from quizzes.model import Question, QuestionKind
from race.exchange.files import read_file

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "quiz-word"
RIVER = ("我国最长的河流是（）。", ("黄河", "长江", "珠江"), 1)
YEAR = ("1921年成立的政党是（）。", ("民革", "民盟", "中国共产党"), 2)
LIGHT = ("光年是（）的单位。", ("距离", "时间", "速度"), 0)
ASKED = (RIVER, YEAR, LIGHT)


def in_word(fill: Callable[[Any], object]) -> bytes:
    """Return a .docx that `fill` wrote into."""
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def paragraphs(*lines: str) -> bytes:
    """Return a .docx with these lines."""
    return in_word(lambda document: [document.add_paragraph(line) for line in lines])


def sheet(answer: str = "答案：{}", number: str = "{}. ", option: str = "{}. ", join: str = "\n") -> list[str]:
    """Return the three questions as a sheet spells them."""
    lines: list[str] = []
    for place, (stem, choices, right) in enumerate(ASKED, 1):
        options = [option.format("ABC"[at]) + choice for at, choice in enumerate(choices)]
        lines += [number.format(place) + stem, *join.join(options).split("\n")]
        if answer:
            lines.append(answer.format("ABC"[right]))
    return lines


def told(reading: Reading) -> list[tuple[Any, Any, Any]]:
    """Return (text without its numbers and spaces, options, answer) of each question."""
    return [(re.sub(r"\s", "", str(item.text)), item.choices, item.answer) for item in reading.questions]


def whys(reading: Reading) -> list[str]:
    """Return the reasons of a reading's refusals."""
    return [str(remark.words.arguments["why"]) for remark in reading.refused]


def of_text(*lines: str) -> Reading:
    """Read lines as a text file."""
    return read_bank_file("题.txt", "\n".join(lines).encode())


@pytest.mark.parametrize("number", ["{}. ", "{}、", "{}．", "（{}）", "第{}题 ", "【{}】", "{}."])
@pytest.mark.parametrize("option", ["{}. ", "{}．", "{}、", "（{}）", "{})"])
@pytest.mark.parametrize("join", ["\n", "\t", "  "])
def test_numbers_and_letters_are_known_however_they_are_written(number: str, option: str, join: str) -> None:
    """One question after the other, whatever sign follows its number, its options on a line or each on its own."""
    assert told(of_text(*sheet(number=number, option=option, join=join))) == list(ASKED)


@pytest.mark.parametrize("key", [["1-3 BCA"], ["1～3：B C A"], ["1.B 2.C", "3.A"], ["1、B", "2、C", "3、A"], ["BCA"]])
def test_answers_at_the_end_find_their_questions(key: list[str]) -> None:
    """Ranges, single answers, a line each, and bare letters as many as questions."""
    assert told(of_text(*sheet(answer=""), "参考答案", *key)) == list(ASKED)


def test_answers_by_part_find_the_questions_of_that_part() -> None:
    """Numbers that begin again in each part are no matter if the list names the parts; nor are answers after each."""
    part = ["一、单选题", *sheet(answer=""), "二、判断题", "1. 地球绕太阳公转。（ ）", "2. 企鹅生活在北极。（ ）"]
    reading = of_text(*part, "参考答案", "一、单选题：1-3 BCA", "二、判断题：1.√ 2.×")
    assert [item.answer for item in reading.questions] == [1, 2, 0, True, False]
    reading = of_text("一、单选题", *sheet(answer=""), "答案：", "1-3 BCA", *part[-3:], "答案：1-2 √×")
    assert [item.answer for item in reading.questions] == [1, 2, 0, True, False]


def test_a_list_that_does_not_fit_is_no_answer_to_anything() -> None:
    """Two answers for three questions, or a number that stands twice: refused, never guessed."""
    assert whys(of_text(*sheet(answer=""), "参考答案", "1-3 BC"))[0].startswith("The list of answers gives “BC”")
    twice = of_text("1. 甲（ ）", "A. 一", "B. 二", "1. 乙（ ）", "A. 一", "B. 二", "参考答案", "1. A")
    assert len(twice.refused) == 2
    assert "several questions" in whys(twice)[0]


def test_the_answer_in_the_brackets_is_taken_out_of_them() -> None:
    """( A ) before the options, （√） behind a sentence, __140__ in a blank."""
    reading = of_text(
        *("一、单选题", "1. 最长的河是（ Ｂ ）。", "A. 黄河  B. 长江", "二、判断题", "1. 青蛙是爬行动物。（ × ）"),
        *("三、填空题", "1. 收缩压达到__140__毫米汞柱。", "2. 全国安全生产月是______月。", "答案：6（或六）"),
    )
    assert told(reading) == [
        ("最长的河是（）。", ("黄河", "长江"), 1),
        ("青蛙是爬行动物。", (), False),
        ("收缩压达到______毫米汞柱。", (), ("140",)),
        ("全国安全生产月是______月。", (), ("6", "六")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_is_read_in_every_encoding(encoding: str) -> None:
    """And `waypost read` knows it for a bank without being told."""
    part = read_file("题.txt", "\r\n".join(sheet()).encode(encoding))
    assert (part.kind, len(part.data["banks"][0]["questions"])) == ("bank", 3)


def test_each_refusal_quotes_its_question_and_says_why() -> None:
    """Nobody counts paragraphs in Word."""
    reading = of_text(
        *("1. 没有答案（ ）。", "A. 甲", "B. 乙", "2. 两个答案（A）。", "A. 甲", "B. 乙", "答案：B"),
        *("3. 缺一个选项（ ）。", "A. 甲", "C. 丙", "答案：A", "4. 选项外（ ）。", "A. 甲", "B. 乙", "答案：D"),
    )
    assert not reading.questions
    assert [(remark.line, str(remark.words)) for remark in reading.refused] == [
        (1, "“没有答案（ ）。”: There is no answer."),
        (4, "“两个答案（ ）。”: Two answers are given: “B” and “A”."),
        (8, "“缺一个选项（ ）。”: Option C does not follow the one before it."),
        (12, "“选项外（ ）。”: The answer names option D, which is not there."),
    ]


@pytest.mark.parametrize("filling", [" ", "\t", "_", "（", "A ", "1. ", "1.A", "一、", "答案 ", "_a "])
def test_a_line_of_nonsense_costs_no_time(filling: str) -> None:
    """Patterns that look for brackets, letters and numbers go over any line in a moment."""
    line = filling * (2900 // len(filling))
    started = time.process_time()
    of_text("1. 甲（A）", "A. 一", "B. 二", f"x{line}y", line, "2. 乙（ ）", "A. 一", "B. 二", "答案：B", line)
    assert time.process_time() - started < 2


def test_a_mark_may_stand_before_the_number() -> None:
    """（√）1. …, as on an answer sheet; an empty bracket there is no answer."""
    reading = of_text("三、判断题", "（√）1. 地球绕太阳公转。", "（×）2. 企鹅在北极。", "( ) 3. 没有答案。")
    assert [item.answer for item in reading.questions] == [True, False]
    assert [remark.line for remark in reading.refused] == [4]


@pytest.mark.parametrize("mark", ["red", "bold", "underline"])
def test_a_marked_option_is_the_answer(mark: str) -> None:
    """By colour, bold or underlined, if the questions of a part are marked alike and no other answer is given."""

    def fill(document: Any) -> None:
        for place, (stem, choices, right) in enumerate(ASKED, 1):
            document.add_paragraph(f"{place}. {stem}")
            for at, choice in enumerate(choices):
                run = document.add_paragraph(f"{'ABC'[at]}. ").add_run(choice)
                run.bold, run.underline = mark == "bold" and at == right, mark == "underline" and at == right
                if mark == "red" and at == right:
                    run.font.color.rgb = RGBColor(255, 0, 0)

    assert told(read_bank_file("题.docx", in_word(fill))) == list(ASKED)


def test_one_bold_option_among_many_questions_is_no_answer() -> None:
    """Decoration answers nothing."""

    def fill(document: Any) -> None:
        for line in sheet(answer=""):
            document.add_paragraph(line)
        document.paragraphs[1].runs[0].bold = True

    reading = read_bank_file("题.docx", in_word(fill))
    assert not reading.questions
    assert whys(reading)[0].startswith("An option is marked, but not as in the other questions")


def test_automatic_numbers_are_counted_as_word_shows_them() -> None:
    """Numbers and letters that stand in no text: two lists, the letters beginning again under each question."""

    def fill(document: Any) -> None:
        numbering = document.part.numbering_part.element
        for name, form, text in ((70, "decimal", "%1."), (71, "upperLetter", "%1.")):
            numbering.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{name}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                    f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
                ),
            )

        def begin(number: int, pattern: int) -> None:
            numbering.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{pattern}"/>'
                    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                )
            )

        def add(text: str, number: int) -> None:
            properties = document.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
            )

        begin(700, 70)
        for place, (stem, choices, _) in enumerate(ASKED):
            begin(710 + place, 71)
            add(stem, 700)
            for choice in choices:
                add(choice, 710 + place)
        document.add_paragraph("参考答案")
        document.add_paragraph("1-3 BCA")

    assert told(read_bank_file("题.docx", in_word(fill))) == list(ASKED)


def test_tracked_changes_count_as_accepted() -> None:
    """What was inserted is there, what was deleted is not: a corrected key is the corrected one."""

    def change(paragraph: Any, tag: str, text: str) -> None:
        mark, run, inner = (OxmlElement(f"w:{name}") for name in (tag, "r", "t" if tag == "ins" else "delText"))
        mark.set(qn("w:id"), "1")
        inner.text = text
        run.append(inner)
        mark.append(run)
        paragraph._p.append(mark)

    def fill(document: Any) -> None:
        for line in sheet(answer="")[:4]:
            document.add_paragraph(line)
        answer = document.add_paragraph("答案：")
        change(answer, "del", "A")
        change(answer, "ins", "B")

    assert told(read_bank_file("题.docx", in_word(fill))) == [RIVER]


@pytest.mark.parametrize("shape", ["rows", "a table each", "answers across", "answers down"])
def test_tables_in_word_are_read(shape: str) -> None:
    """A row a question, a table a question, or the answers in a table at the end."""

    def table(document: Any, rows: list[list[str]]) -> None:
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    def fill(document: Any) -> None:
        key = ["ABC"[right] for _, _, right in ASKED]
        if shape == "rows":
            rows = [[stem, *choices, "ABC"[right]] for stem, choices, right in ASKED]
            table(document, [["题目", "A", "B", "C", "答案"], *rows])
        elif shape == "a table each":
            for place, (stem, choices, right) in enumerate(ASKED, 1):
                offered = [[letter, choice] for letter, choice in zip("ABC", choices, strict=True)]
                table(document, [[str(place), stem], *offered, ["答案", "ABC"[right]]])
                document.add_paragraph()
        else:
            for line in sheet(answer=""):
                document.add_paragraph(line)
            document.add_paragraph("参考答案")
            across = [["题号", "1", "2", "3"], ["答案", *key]]
            table(document, across if shape == "answers across" else [list(row) for row in zip(*across, strict=True)])

    assert told(read_bank_file("题.docx", in_word(fill))) == list(ASKED)


def test_small_raised_figures_stay_raised() -> None:
    """10² is not 102: a text is shown as it stands or refused."""

    def fill(document: Any) -> None:
        stem = document.add_paragraph("1. 10")
        stem.add_run("2").font.superscript = True
        stem.add_run("等于（ ）。")
        for line in ("A. 100", "B. 20", "答案：A"):
            document.add_paragraph(line)

    assert told(read_bank_file("题.docx", in_word(fill))) == [("10²等于（）。", ("100", "20"), 0)]


def _changed(data: bytes, change: Callable[[str, bytes], bytes], more: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        if more:
            new.writestr(more, b"x")
    return file.getvalue()


def _body(put: Callable[[bytes], bytes]) -> Callable[[str, bytes], bytes]:
    return lambda name, data: put(data) if name == "word/document.xml" else data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "save it as .docx"),
        (_changed(paragraphs(*sheet()), lambda _, data: data, "word/vbaProject.bin"), "holds macros"),
        (_changed(paragraphs(*sheet()), _body(lambda data: data + b" " * 21_000_000)), "too large"),
        (_changed(paragraphs(*sheet()), _body(lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), "DOCTYPE"),
        (_changed(paragraphs(*sheet()), _body(lambda data: data[:900])), "not well-formed"),
        (paragraphs("会议通知", "请各位准时参加。"), "Begin each with its number"),
    ],
    ids=["old", "macros", "bomb", "entities", "cut", "no questions"],
)
def test_a_document_that_cannot_be_read_says_what_to_do(data: bytes, why: str) -> None:
    """An old .doc, macros, a bomb, a document type, a torn file, a letter: refused in words."""
    with pytest.raises(FaultyInput) as faulty:
        read_file("题.docx", data)
    assert [why in str(fault.words) for fault in faulty.value.faults] == [True]


def _plain(text: object) -> str:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text or "")))
    return re.sub(r"_+", "_", re.sub(r"\(\)(?=\.?。?$)", "", text))


def _as_expected(question: Question) -> tuple[Any, ...]:
    answer: Any = question.answer
    if question.kind is QuestionKind.TEXT:
        answer = [_plain(text) for text in answer]
    elif isinstance(answer, tuple):
        answer = list(answer)
    choices = [_plain(choice) for choice in question.choices]
    return question.kind.value, _plain(question.text), choices, answer, _plain(question.explanation)


@pytest.mark.parametrize(
    "name",
    ["01-答案在括号内.docx", "02-自动编号-答案在后.docx", "03-答案在文末.docx", "04-安全知识-GB18030.txt"],
)
def test_the_shared_sheets_are_read_as_expected(name: str) -> None:
    """Every question right, in order, none invented, and as many refused as the sheet has faults."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data/quiz-word is not here")
    expected = json.loads((SHARED / f"{name}.EXPECTED.json").read_text(encoding="utf-8"))
    reading = read_bank_file(name, (SHARED / name).read_bytes())
    wanted = []
    for item in expected["questions"]:
        answer = item["answer"]
        if item["kind"] == "text":
            answer = [_plain(text) for text in ([answer] if isinstance(answer, str) else answer)]
        choices = [_plain(choice) for choice in item["choices"]]
        wanted.append((item["kind"], _plain(item["text"]), choices, answer, _plain(item["explanation"])))
    assert [_as_expected(question) for question in reading.questions] == wanted
    assert len(reading.refused) == len(expected["faults"])
