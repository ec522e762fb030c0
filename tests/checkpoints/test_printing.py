from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from checkpoints.printing import SignPage, show_day, signs_pdf

KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MM = 72 / 25.4
SIGN = SignPage(
    race_name={"zh": "“一点不落”职工趣味定向赛", "en": "“Miss Nothing” Orienteering"},
    hosts_line={"zh": "清苇街道总工会　主办", "en": "Held by the Qingwei Street Union"},
    code="37",
    name={"zh": "水位标尺", "en": "Water Gauge"},
    tasks=({"zh": "答题", "en": "Quiz"},),
    rules_lines=(
        {"zh": "五人到齐再扫。", "en": "All five here first, then scan."},
        {"zh": "五题答对四题过关，限时60秒。", "en": "Four of five right in 60 seconds."},
    ),
    url=f"https://race.example.org/C/{KEY}",
    typed_code="7K4P2XQM",
    venue={"zh": "苇塘湿地公园", "en": "Reed Pond Park"},
    day=date(2026, 5, 16),
    emergency_phone="010-5550 0137",
)
LONG = replace(
    SIGN,
    race_name={
        "zh": "庆祝“五一”国际劳动节暨第三十八届“清苇杯”职工生态文明知识定向越野团体挑战赛",
        "en": "The thirty-eighth Qingwei Cup, the workers' ecological knowledge orienteering team challenge",
    },
    hosts_line="清苇街道总工会　主办　　清苇街道体育总会、苇塘湿地公园管理处　承办",
    code="101",
    name={
        "zh": "老泵站旁边的第二座观鸟木栈道平台入口",
        "en": "The entrance of the second boardwalk by the old station",
    },
    tasks=({"zh": "答题", "en": "Quiz"}, {"zh": "飞盘九宫格", "en": "Frisbee Nine-Grid"}),
    url=f"https://dingxiang-saishi.qingwei-union.example.org.cn:8443/C/{KEY}",
    typed_code="WWWWMMMM",
)


def words_of(made: bytes, page: int = 0) -> str:
    return str(pypdfium2.PdfDocument(made)[page].get_textpage().get_text_range())


def read(made: bytes, page: int = 0, scale: float = 1.0) -> zxingcpp.Barcode:
    """The one symbol on a page, at 72 dots an inch times `scale`."""
    picture = pypdfium2.PdfDocument(made)[page].render(scale=scale).to_pil()
    found = zxingcpp.read_barcodes(picture)
    assert len(found) == 1
    return found[0]


def module_mm(made: bytes, modules: int, page: int = 0) -> float:
    corner = read(made, page, scale=4).position
    return (corner.top_right.x - corner.top_left.x) / 4 / MM / modules


@pytest.mark.parametrize("lang", ["zh", "en", "zh+en"])
@pytest.mark.parametrize("sign", [SIGN, LONG], ids=["usual", "long"])
def test_a_sign_is_one_page_whose_symbol_reads(sign: SignPage, lang: str) -> None:
    made = signs_pdf([sign], lang)
    assert len(pypdfium2.PdfDocument(made)) == 1
    symbol = read(made)
    assert symbol.text == sign.url.upper()
    assert symbol.ec_level in {"Q", "H"}


@pytest.mark.parametrize("turn", [0, 7, 90, 181])
def test_a_sign_reads_from_two_metres(turn: int) -> None:
    # A phone's preview is 1280 dots over some 2.3 m there: 0.56 dots a millimetre, and a hand is never quite still.
    picture = pypdfium2.PdfDocument(signs_pdf([LONG], "zh+en"))[0].render(scale=2).to_pil().convert("L")
    small = picture.resize((round(210 * 0.56), round(297 * 0.56)), Image.Resampling.BOX)
    field = Image.new("L", (1280, 720), 90)
    field.paste(small, (600, 250))
    seen = field.rotate(turn, Image.Resampling.BICUBIC, fillcolor=90).filter(ImageFilter.GaussianBlur(0.5))
    assert [found.text for found in zxingcpp.read_barcodes(seen)] == [LONG.url.upper()]


@pytest.mark.parametrize(("sign", "modules"), [(SIGN, 33), (LONG, 37)], ids=["usual", "long"])
def test_the_symbol_is_as_wide_as_the_sheet_allows(sign: SignPage, modules: int) -> None:
    module = module_mm(signs_pdf([sign], "zh+en"), modules)
    assert module >= 4.49
    assert 150 <= module * modules <= 175


def test_four_modules_around_the_symbol_stay_white() -> None:
    made = signs_pdf([LONG], "zh+en")
    picture = pypdfium2.PdfDocument(made)[0].render(scale=2).to_pil().convert("L")
    corner = read(made, scale=2).position
    quiet = 3.9 * (corner.top_right.x - corner.top_left.x) / 37
    left, right = corner.top_left.x - quiet, corner.top_right.x + quiet
    top, bottom = corner.top_left.y - quiet, corner.bottom_left.y + quiet
    gap = 2
    for box in (
        (left, top, right, corner.top_left.y - gap),
        (left, corner.bottom_left.y + gap, right, bottom),
        (left, top, corner.top_left.x - gap, bottom),
        (corner.top_right.x + gap, top, right, bottom),
    ):
        assert picture.crop(tuple(int(side) for side in box)).getextrema()[0] > 250


def test_a_sign_says_where_what_and_whom_to_call() -> None:
    # Typst sets a little space between Chinese and figures, which reads as a space.
    words = words_of(signs_pdf([SIGN], "zh")).replace(" ", "")
    for line in (
        "“一点不落”职工趣味定向赛",
        "清苇街道总工会",
        "扫一扫就打卡",
        "没信号？在比赛页面里扫或输短码，别关页面。",
        "7K4P-2XQM",
        "水位标尺答题",
        "五人到齐再扫。",
        "五题答对四题过关，限时60秒。",
        "请别挪动这块牌子",
        "急事打010-55500137",
        "苇塘湿地公园",
        "2026年5月16日",
    ):
        assert line in words


def test_an_english_sign_says_no_chinese_but_the_mark() -> None:
    words = words_of(signs_pdf([replace(SIGN, hosts_line="")], "en")).replace("点标", "")
    assert "Scan to punch" in words
    assert "In an emergency call" in words
    assert "16 May 2026" in words
    assert not [symbol for symbol in words if "\u4e00" <= symbol <= "\u9fff"]


def test_a_sign_in_both_languages_says_everything_twice() -> None:
    words = words_of(signs_pdf([SIGN], "zh+en"))
    for line in ("扫一扫就打卡", "Scan to punch", "水位标尺", "Water Gauge", "五人到齐再扫。", "All five here first"):
        assert line in words


def test_long_names_stay_on_the_sheet_and_whole() -> None:
    made = signs_pdf([LONG], "zh+en")
    words = words_of(made).replace("\r\n", "")
    for line in (*LONG.race_name.values(), *LONG.name.values()):  # type: ignore[union-attr]
        assert line.replace(" ", "") in words.replace(" ", "")
    textpage = pypdfium2.PdfDocument(made)[0].get_textpage()
    boxes = [textpage.get_rect(index) for index in range(textpage.count_rects())]
    assert all(left > 10 * MM and right < 200 * MM for left, _, right, _ in boxes)
    assert all(bottom > 5 * MM and top < 292 * MM for _, bottom, _, top in boxes)


def test_each_sign_has_its_own_page() -> None:
    signs = [replace(SIGN, code=str(code), url=f"https://race.example.org/C/{code}{KEY[2:]}") for code in (31, 32, 33)]
    made = signs_pdf(signs, "zh")
    assert [read(made, page).text[-26:-24] for page in range(3)] == ["31", "32", "33"]


def test_a_sign_with_only_what_it_must_have_is_printed_too() -> None:
    bare = SignPage(race_name="Race", code="S", url="http://localhost:8000/C/X", typed_code="7K4P2XQM")
    words = words_of(signs_pdf([bare], "en"))
    assert "emergency" not in words


def test_a_day_is_written_as_people_write_it() -> None:
    assert show_day(date(2026, 5, 6), "zh") == "2026年5月6日"
    assert show_day(date(2026, 5, 6), "en") == "6 May 2026"
    assert show_day(None, "zh") == ""
