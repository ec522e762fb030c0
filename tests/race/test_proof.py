"""The proof of a question bank: nothing on it is worded anew, and nothing is missing."""

import base64
import io
import re
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from base.pdf import NothingToPrint
from base.rich import Piece
from quizzes.model import Bank, Question, QuestionKind
from race.forms.file import read_race_file
from race.model import Setup
from race.printing.proof import A_PART, parts_of, proof_data, proof_pdf
from tests.factories import race_file

REEDS = {"zh": "《诗经》里的“蒹葭”是什么？", "en": "What is “jian jia”?"}


def setup(*questions: dict[str, Any]) -> Setup:
    """The small race with these questions first in its bank."""
    data = race_file()
    data["banks"][0]["questions"][: len(questions)] = questions
    return read_race_file(data)


def asked(question: dict[str, Any]) -> dict[str, Any]:
    """One question as the proof shows it."""
    race = setup({"id": "first", **question})
    shown: dict[str, Any] = proof_data(race, [race.banks["wetland"]], {}, ["zh"], 1)["banks"][0]["questions"][0]
    return shown


def test_every_word_stands_on_paper_as_it_is_stored() -> None:
    """Both languages, all choices with the right one named, explanation, source, and the wording's number."""
    first = {
        "id": "reeds", "kind": "single", "text": REEDS, "choices": ["芦苇", "香蒲"], "answer": 0,
        "explanation": "蒹是没长穗的荻，葭是初生的芦苇", "source": "《诗经·秦风》第112页",
    }  # fmt: skip
    pages = [
        re.sub(r"\s", "", page.get_textpage().get_text_range())
        for page in pypdfium2.PdfDocument(proof_pdf(setup(first), "wetland", {"wetland": "ab12cd34ef"}, ["zh"]))
    ]
    for words in (
        "试题审读稿", "练习赛", "赛前保密", "文本号AB12CD34", "40题",
        "《诗经》里的“蒹葭”是什么？", "Whatis“jianjia”?", "芦苇", "香蒲",
        "蒹是没长穗的荻，葭是初生的芦苇", "《诗经·秦风》第112页",
    ):  # fmt: skip
        assert words in pages[0]
    assert all(words in pages[-1] for words in ("出题人", "审题人", "审定人"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({"kind": "multiple", "text": "？", "choices": ["甲", "乙", "丙"], "answer": [2, 0]}, "A C"),
        ({"kind": "true_false", "text": "？", "answer": True}, "对"),
        ({"kind": "text", "text": "？", "answer": ["大白鹭", "白鹭"]}, "大白鹭 / 白鹭"),
        ({"kind": "number", "text": "？", "answer": {"number": 3, "tolerance": 1}}, "3 ± 1"),
        ({"kind": "order", "text": "？", "choices": ["甲", "乙"], "answer": [1, 0]}, "乙 → 甲"),
        (
            {"kind": "match", "text": "？", "choices": ["甲", "乙"], "matches": ["子", "丑"], "answer": [1, 0]},
            "甲 – 丑; 乙 – 子",
        ),
    ],
)
def test_the_answer_of_each_kind_is_told(question: dict[str, Any], answer: str) -> None:
    language, runs = asked(question)["answer"][0]
    assert (language, "".join(run.text for run in runs)) == ("zh", answer)


@given(st.text(min_size=1, max_size=40), st.sampled_from(["zh", "en"]))
def test_no_text_is_changed(text: str, language: str) -> None:
    """Whatever an author wrote, letter for letter."""
    bank = Bank("b", (Question("q", QuestionKind.SINGLE, {language: text}, 0, (text, "乙"), source=text),))
    shown = proof_data(setup(), [bank], {}, ["zh"], 1)["banks"][0]["questions"][0]
    as_written = [Piece(text)]
    assert (shown["text"], shown["choices"][0]["words"]) == ([(language, as_written)], [("zh", as_written)])
    assert shown["source"] == text


def test_marks_are_set_as_marks() -> None:
    shown = asked({"kind": "true_false", "text": "CO<sub>2</sub> 比 <i>O</i><b> 重 & 大", "answer": True})
    assert shown["text"] == [("zh", [Piece("CO<sub>2</sub> 比 <i>O</i><b> 重 & 大")])], (
        "one that is left open marks none"
    )
    shown = asked({"kind": "true_false", "text": "CO<sub>2</sub> 比 <i>O</i> 重", "answer": True})
    assert [run.text for run in shown["text"][0][1]] == ["CO", "2", " 比 ", "O", " 重"]


def test_a_large_bank_is_printed_part_by_part() -> None:
    bank = Bank("b", tuple(Question(str(n), QuestionKind.TRUE_FALSE, f"{n}", answer=True) for n in range(A_PART + 2)))
    assert parts_of(bank) == 2
    second = proof_data(setup(), [bank], {}, ["zh"], 2)["banks"][0]
    assert [question["number"] for question in second["questions"]] == [str(A_PART + 1), str(A_PART + 2)]
    assert proof_data(setup(), [bank], {}, ["zh"], 9)["banks"][0] == second, "past the end is the end"


def test_letters_that_no_font_has_are_warned_of() -> None:
    """An empty box on the proof would hide the very thing to be read."""
    race = setup({"id": "odd", "kind": "true_false", "text": "\U00013000是什么？", "answer": True})
    assert "\U00013000" in proof_data(race, [race.banks["wetland"]], {}, ["zh"], 1)["banks"][0]["warning"]


def test_without_questions_there_is_nothing_to_read() -> None:
    with pytest.raises(NothingToPrint):
        proof_pdf(setup(), "none", {}, ["zh"])


def test_the_picture_is_printed_itself_and_the_sound_is_named() -> None:
    """What a team will look at is looked at by who signs; a picture that cannot be drawn never stops the paper."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(out, "WEBP")
    picture = f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"
    truth = {"kind": "true_false", "text": "图里是红的。", "answer": True}
    shown = asked({**truth, "image": picture, "image_alt": "一片红", "sound": "data:audio/mpeg;base64," + "A" * 4000})
    assert "viewBox='0 0 64 48'" in shown["picture"]
    assert shown["sound"].startswith("MP3，3 KB")
    race = setup({"id": "first", **truth, "image": picture}, {"id": "second", **truth, "image": picture[:60]})
    page = pypdfium2.PdfDocument(proof_pdf(race, "wetland", {}, ["zh"]))[0]
    colours = page.render(scale=1).to_pil().convert("RGB").getcolors(1 << 24) or []
    assert sum(count for count, (red, green, blue) in colours if red > 150 and max(green, blue) < 90) > 5000
