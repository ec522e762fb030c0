"""QTI 1.2 and 2.1, alone and in a zip: what is right follows from points or is declared; the rest is named."""

import io
import zipfile
from fractions import Fraction

import pytest
from PIL import Image

from base.faults import FaultyInput
from quizzes.exchange import Reading, read_bank_file
from quizzes.model import NumberAnswer, Question

NEW = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def picture(size: tuple[int, int] = (4, 3), kind: str = "PNG") -> bytes:
    """The bytes of a plain picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, kind)
    return stream.getvalue()


def zipped(**files: bytes | str) -> bytes:
    """A zip; `__` in a name stands for a slash, the last `_` for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(".".join(name.replace("__", "/").rsplit("_", 1)), body)
    return stream.getvalue()


def new(declared: str, body: str, *, kind: str = "single", base: str = "identifier", more: str = "") -> str:
    values = "".join(f"<value>{value}</value>" for value in declared.split("|") if value)
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="{NEW}" identifier="i" title="t">\n'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{kind}" baseType="{base}">{correct}'
        f"</responseDeclaration>\n<itemBody>{body}</itemBody>{more}</assessmentItem>"
    )


def choice(*texts: str, most: int = 1, name: str = "choiceInteraction", prompt: str = "哪一个？") -> str:
    choices = "".join(
        f'<simpleChoice identifier="{letter}">{text}</simpleChoice>'
        for letter, text in zip("ABCDEF", texts, strict=False)
    )
    return f'<{name} responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>{prompt}</prompt>{choices}</{name}>'


def read(text: str | bytes, name: str = "题.xml") -> Reading:
    return read_bank_file(name, text if isinstance(text, bytes) else text.encode())


def only(text: str | bytes) -> Question:
    reading = read(text)
    assert [str(remark.words) for remark in reading.refused] == []
    assert len(reading.questions) == 1
    return reading.questions[0]


def refusal(text: str | bytes) -> str:
    reading = read(text)
    assert reading.questions == ()
    return "; ".join(str(remark.words) for remark in reading.refused)


def test_a_choice_of_2_1_keeps_the_words_around_and_within_its_interaction() -> None:
    """Inline marks keep their places, and raised figures stay raised."""
    body = f"<p>湿地<b>常被</b>称为 10<sup>2</sup> 年的什么？</p>{choice('肺', '<i>肾</i>')}"
    question = only(new("B", body, more="<modalFeedback outcomeIdentifier='F' identifier='x'>净化水</modalFeedback>"))
    assert (question.text, question.choices) == ("湿地常被称为 10² 年的什么？\n哪一个？", ("肺", "肾"))
    assert (question.kind, question.answer, question.explanation) == ("single", 1, "净化水")


def test_several_an_order_and_true_or_false_of_2_1() -> None:
    """The declared values are right, in their order where order counts."""
    several = only(new("A|C", choice("家燕", "麻雀", "豆雁", most=0), kind="multiple"))
    assert (several.kind, several.answer) == ("multiple", (0, 2))
    order = only(new("C|A|B", choice("中", "大", "小", name="orderInteraction"), kind="ordered"))
    assert (order.kind, order.answer, order.choices) == ("order", (2, 0, 1), ("中", "大", "小"))
    truth = only(new("B", choice("True", "False")))
    assert (truth.kind, truth.answer, truth.choices) == ("true_false", False, ())


def test_a_matching_of_2_1_keeps_what_only_misleads() -> None:
    """Pairs are directed; a right side nobody needs stays on offer."""
    sets = [
        "".join(f'<simpleAssociableChoice identifier="{n}" matchMax="1">{t}</simpleAssociableChoice>' for n, t in side)
        for side in ((("a", "中国"), ("b", "日本")), (("x", "东京"), ("y", "北京"), ("z", "首尔")))
    ]
    body = (
        '<matchInteraction responseIdentifier="RESPONSE"><prompt>连一连</prompt>'
        + "".join(f"<simpleMatchSet>{side}</simpleMatchSet>" for side in sets)
        + "</matchInteraction>"
    )
    question = only(new("a y|b x", body, kind="multiple", base="directedPair"))
    assert (question.choices, question.matches) == (("中国", "日本"), ("北京", "东京", "首尔"))
    assert question.answer == (0, 1)
    assert "not whole" in refusal(new("a y", body, kind="multiple", base="directedPair"))


BLANK = '<p>湿地日是 2 月 <textEntryInteraction responseIdentifier="RESPONSE"/> 日。</p>'


def test_a_blank_of_2_1_is_a_text_or_a_number() -> None:
    """The type that is declared tells which, and the comparison says how far off it may be."""
    text = only(new("2|二", BLANK, base="string"))
    assert (text.text, text.answer) == ("湿地日是 2 月 _____ 日。", ("2", "二"))
    equal = '<responseProcessing><equal toleranceMode="absolute" tolerance="0.5 0.5"/></responseProcessing>'
    number = only(new("2", BLANK, base="float", more=equal))
    assert number.answer == NumberAnswer(Fraction(2), Fraction(1, 2))


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (new("", choice("甲", "乙")), "no answer"),
        (new("Z", choice("甲", "乙")), "not there"),
        (new("A", choice("甲")), "only one option"),
        (new("A", choice("甲", "")), "empty"),
        (new("A", choice("甲", "乙", prompt="")), "no text"),
        (new("A", choice("甲", "乙") * 2), "several blanks"),
        (new("", "<p>写作文</p><extendedTextInteraction responseIdentifier='RESPONSE'/>"), "free text"),
        (new("A", "<p>点一点</p><hotspotInteraction responseIdentifier='RESPONSE'/>"), "kind"),
        (new("A", "<p>只是说明</p>"), "without a question"),
        (new("A", f"<math><mi>x</mi></math>{choice('甲', '乙')}"), "formula"),
        (new("A", choice("<img src='a.png'/>", "乙")), "picture"),
        (new("A", f"<audio src='a.mp3'/>{choice('甲', '乙')}"), "sound"),
        (new("A|B", choice("大", "中", "小", name="orderInteraction"), kind="ordered"), "order"),
    ],
)
def test_what_2_1_cannot_give_is_named(item: str, why: str) -> None:
    """Nothing is guessed: a question that is not whole has a reason."""
    assert why in refusal(item)


def old(presentation: str, processing: str, kind: str = "") -> str:
    field = f"<fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>"
    meta = f"<itemmetadata><qtimetadata><qtimetadatafield>{field}</qtimetadatafield></qtimetadata></itemmetadata>"
    return (
        '<?xml version="1.0"?>\n<questestinterop>\n<assessment title="考试"><section ident="root_section">\n'
        f'<item ident="1" title="一">{meta if kind else ""}<presentation>{presentation}</presentation>'
        f"<resprocessing>{processing}</resprocessing>"
        '<itemfeedback ident="general_fb"><flow_mat><material><mattext>因为</mattext></material></flow_mat>'
        "</itemfeedback></item></section></assessment></questestinterop>"
    )


def material(text: str) -> str:
    return f'<material><mattext texttype="text/html">&lt;p&gt;{text}&lt;/p&gt;</mattext></material>'


def labels(*texts: str, many: str = "Single", name: str = "r1") -> str:
    shown = "".join(
        f'<response_label ident="{n}"><material><mattext>{t}</mattext></material></response_label>'
        for n, t in enumerate(texts)
    )
    return f'<response_lid ident="{name}" rcardinality="{many}"><render_choice>{shown}</render_choice></response_lid>'


def right(inside: str, points: int = 100, action: str = "Set") -> str:
    setting = f'<setvar action="{action}" varname="SCORE">{points}</setvar>'
    return f"<respcondition><conditionvar>{inside}</conditionvar>{setting}</respcondition>"


def equal(value: object, name: str = "r1") -> str:
    return f'<varequal respident="{name}">{value}</varequal>'


def test_a_choice_of_1_2_is_right_where_it_earns_most() -> None:
    """A condition without points only shows a comment."""
    comment = "<respcondition><conditionvar><varequal respident='r1'>1</varequal></conditionvar></respcondition>"
    question = only(old(material("哪个？") + labels("甲", "乙", "丙"), comment + right(equal(2))))
    assert (question.text, question.answer, question.explanation) == ("哪个？", 2, "因为")


@pytest.mark.parametrize(
    "processing",
    [
        right(f"<and>{equal(0)}<not>{equal(1)}</not>{equal(2)}</and>"),
        right(equal(0), 1, "Add") + right(equal(2), 1, "Add") + right(equal(1), -1, "Add"),
    ],
)
def test_several_of_1_2_are_right_together_or_one_by_one(processing: str) -> None:
    """Both ways in which systems write them."""
    question = only(old(material("哪些？") + labels("甲", "乙", "丙", many="Multiple"), processing))
    assert (question.kind, question.answer) == ("multiple", (0, 2))


def test_blanks_and_numbers_of_1_2() -> None:
    """Canvas gives a number as itself or between bounds."""
    typed = (
        material("几月？")
        + '<response_str ident="r1"><render_fib><response_label ident="a"/></render_fib></response_str>'
    )
    text = only(old(typed, right(equal("2")) + right(equal("二")), "short_answer_question"))
    assert text.answer == ("2", "二")
    bounds = f"<or>{equal(5)}<and><vargte respident='r1'>4</vargte><varlte respident='r1'>6</varlte></and></or>"
    number = only(old(typed, right(bounds), "numerical_question"))
    assert number.answer == NumberAnswer(Fraction(5), Fraction(1))
    assert "free text" in refusal(old(typed, "", "essay_question"))


def test_a_matching_of_canvas_is_one_response_a_left_side() -> None:
    """All left sides offer the same right ones."""
    sides = [labels("北京", "东京", "首尔", name=name) for name in ("r1", "r2")]
    sides = [
        side.replace("<render_choice>", f"<material><mattext>{left}</mattext></material><render_choice>")
        for side, left in zip(sides, ("中国", "日本"), strict=True)
    ]
    processing = right(equal(0, "r1"), 50, "Add") + right(equal(1, "r2"), 50, "Add")
    question = only(old(material("连一连") + "".join(sides), processing, "matching_question"))
    assert (question.text, question.choices, question.answer) == ("连一连", ("中国", "日本"), (0, 1))
    assert question.matches == ("北京", "东京", "首尔")


def manifest(*names: str) -> str:
    files = "".join(f'<resource identifier="{n}"><file href="{n}"/></resource>' for n in names)
    return f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{files}</resources></manifest>'


def test_a_zip_is_read_in_the_order_of_its_manifest_with_its_picture() -> None:
    """The picture is kept inside its question; a file that is broken is named and sinks nothing."""
    one = new("A", f"<p><img src='../media/鸟.png' alt=''/></p>{choice('甲', '乙', prompt='这是什么鸟？')}")
    data = zipped(
        imsmanifest_xml=manifest("items/two.xml", "items/one.xml"),
        items__one_xml=one,
        items__two_xml=new("B", choice("甲", "乙")),
        items__broken_xml="<assessmentItem xmlns='x'>\n<itemBody>",
        media__鸟_png=picture(),
    )
    reading = read(data, "题.zip")
    assert [question.text for question in reading.questions] == ["哪一个？", "这是什么鸟？"]
    assert str(reading.questions[1].image).startswith("data:image/png;base64,")
    assert [(remark.sheet, remark.line) for remark in reading.refused] == [("items/broken.xml", 2)]


def test_a_large_picture_is_made_small_enough_for_a_phone() -> None:
    """Photos of 1800 points become one of a phone's size."""
    noise = io.BytesIO()
    Image.effect_noise((1800, 1200), 90).save(noise, "JPEG", quality=90)
    data = zipped(
        a_xml=new("A", f"<p><img src='a.jpg'/></p>{choice('甲', '乙')}"), imsmanifest_xml=manifest("a.xml"),
        a_jpg=noise.getvalue(),
    )  # fmt: skip
    image = str(only(data).image)
    assert image.startswith("data:image/jpeg;base64,")
    assert len(image) < 200_000


def test_a_picture_that_is_none_and_one_that_is_not_there_are_told() -> None:
    """No picture is invented, none is fetched."""
    item = new("A", f"<p><img src='http://example.org/a.png'/></p>{choice('甲', '乙')}")
    reading = read(item)
    assert reading.questions[0].image is None
    assert "not in the file" in str(reading.notes[0].words)
    data = zipped(a_xml=item.replace("http://example.org/", ""), a_png=b"<svg onload='x'/>")
    assert "no PNG" in refusal(data)


def bomb(size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest("a.xml"))
        archive.writestr("a.xml", new("A", f"<p><img src='a.png'/></p>{choice('甲', '乙')}"))
        with archive.open("a.png", "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return stream.getvalue()


def test_bombs_are_refused_in_words_before_they_are_unpacked() -> None:
    """A zip of 210 MB of nothing, a picture of 13 MB, and XML that multiplies itself."""
    with pytest.raises(FaultyInput, match="unpack"):
        read(bomb(210_000_000), "题.zip")
    assert "too large" in refusal(bomb(13_000_000))
    laughs = '<!DOCTYPE questestinterop [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><questestinterop>&y;</questestinterop>'
    with pytest.raises(FaultyInput, match="document type"):
        read(laughs)


def test_a_picture_of_too_many_points_is_refused_by_its_head() -> None:
    """A PNG may claim 40 000 by 40 000 points in a few bytes."""
    data = bytearray(picture())
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    item = new("A", f"<p><img src='a.png'/></p>{choice('甲', '乙')}")
    assert refusal(zipped(a_xml=item, a_png=bytes(data))) != ""


def test_the_same_words_beside_two_pictures_are_two_questions() -> None:
    """Each has a name of its own."""
    item = new("A", f"<p><img src='a.png'/></p>{choice('甲', '乙')}")
    data = zipped(a_xml=item, b_xml=item.replace("a.png", "b.png"), a_png=picture(), b_png=picture((5, 5)))
    first, second = read(data).questions
    assert first.id != second.id
