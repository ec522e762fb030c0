from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from base.translate import put
from checkpoints.model import Checkpoint, CheckpointKind, Course, Task, TaskKind
from checkpoints.printing import signs_pdf
from games.model import Game
from quizzes.model import Quiz
from race.model import About, Class, Entry, Host, Member, Setup
from race.printing import CardPage, card_pages, cards_pdf, marshal_cards_pdf, marshal_pages, sign_pages, unprintable

SECRET = bytes(range(32))
PUBLIC = "https://race.example.org"
NAMES = ("宋立群", "马晓棠", "邵峰", "金雨涵", "卢志远")
SETUP = Setup(
    about=About(
        "nanyuan",
        name={"zh": "“一点不落”职工趣味定向赛", "en": "“Miss Nothing” Orienteering"},
        venue={"zh": "苇塘湿地公园", "en": "Reed Pond Park"},
        hosts=(Host("主办", "清苇街道总工会"), Host("承办", "苇塘公园工会")),
        emergency_phone="010-5550 0137",
    ),
    checkpoints={
        checkpoint.code: checkpoint
        for checkpoint in (
            Checkpoint("s", "S", CheckpointKind.START, {"zh": "起点", "en": "Start"}),
            Checkpoint("a", "31", name={"zh": "石拱桥", "en": "Stone Bridge"}),
            Checkpoint("b", "32", name={"zh": "芦苇迷宫", "en": "Reed Maze"}, tasks=(Task(TaskKind.QUIZ, "q"),)),
            Checkpoint("c", "33", name={"zh": "背夹球", "en": "Ball"}, tasks=(Task(TaskKind.GAME, "g"),)),
            Checkpoint("f", "F", CheckpointKind.FINISH, {"zh": "终点", "en": "Finish"}),
        )
    },
    quizzes={"q": Quiz("q", "bank")},
    games={"g": Game("g", {"zh": "背夹球", "en": "Ball"}, (), {})},
    courses={"A": Course("A", "count", ("31", "32", "33"))},
    classes={"open": Class("open", "A", team_size=5)},
    entries={
        str(number): Entry(
            str(number), "open", str(number), f"飞毛腿{number}队", "恒和物业工会", members=tuple(map(Member, NAMES))
        )
        for number in range(1, 6)
    },
)


def document(made: bytes) -> Any:
    return pypdfium2.PdfDocument(made)


def words_of(made: bytes, page: int = 0) -> str:
    return str(document(made)[page].get_textpage().get_text_range()).replace("\r\n", " ")


def addresses(made: bytes) -> list[str]:
    """What the symbols of all pages say."""
    pages = [page.render(scale=2).to_pil() for page in document(made)]
    return sorted(found.text for page in pages for found in zxingcpp.read_barcodes(page))


def rules_of(code: str, language: str) -> list[str]:
    sign = next(sign for sign in sign_pages(SETUP, SECRET, PUBLIC) if sign.code == code)
    return [put(line, language) for line in sign.rules_lines]


def test_five_teams_get_their_cards_on_two_sheets() -> None:
    cards = card_pages(SETUP, SECRET, PUBLIC)
    made = cards_pdf(cards, "zh")
    assert len(document(made)) == 2
    assert addresses(made) == sorted(card.url.upper() for card in cards)
    assert len(set(addresses(made))) == 5


@pytest.mark.parametrize("lang", ["zh", "en", "zh+en"])
def test_a_team_card_holds_who_they_are_and_how_to_join(lang: str) -> None:
    card = card_pages(SETUP, SECRET, PUBLIC)[0]
    words = words_of(cards_pdf([card], lang))
    code = f"{card.join_code[:4]}-{card.join_code[4:]}"
    for line in ("飞毛腿", "恒和物业工会", code, "010-5550 0137", *NAMES):
        assert line in words
    assert ("扫一扫入队" in words) == ("zh" in lang)
    assert ("微信里别关" in words) == ("zh" in lang)
    assert ("Scan to join" in words) == ("en" in lang)


@pytest.mark.parametrize("lang", ["zh", "en", "zh+en"])
def test_long_names_stay_on_their_card(lang: str) -> None:
    card = CardPage(
        race_name={
            "zh": "庆祝“五一”国际劳动节暨第三十八届“清苇杯”职工团体挑战赛",
            "en": "The Qingwei Cup team challenge",
        },
        bib="1024",
        team="勇往直前永不言败奋勇争先开拓创新向前冲代表队（二队）",
        club="清苇街道社区卫生服务中心及下属站点联合基层工会委员会",
        url=f"https://dingxiang-saishi.qingwei-union.example.org.cn:8443/T/{'W' * 26}",
        join_code="WWWWMMMM",
        members=NAMES * 2,
        emergency_phone="010-5550 0137",
    )
    made = cards_pdf([card], lang)
    assert addresses(made) == [card.url.upper()]
    textpage = document(made)[0].get_textpage()
    boxes = [textpage.get_rect(index) for index in range(textpage.count_rects())]
    assert max(right for _, _, right, _ in boxes) < 100 / 25.4 * 72
    assert min(bottom for _, bottom, _, _ in boxes) > (297 - 145) / 25.4 * 72
    assert card.team in words_of(made).replace(" ", "")


def test_stations_are_the_start_the_finish_and_where_something_is_played_or_asked() -> None:
    cards = marshal_pages(SETUP, SECRET, PUBLIC)
    assert [card.code for card in cards] == ["S", "32", "33", "F"]
    made = marshal_cards_pdf(cards, "zh+en")
    assert addresses(made) == sorted(card.url.upper() for card in cards)
    words = words_of(made)
    for line in ("起点", "Start", "裁判员卡", "鸣枪前逐队清点人数", "成绩等着您这一步", "Keep this card to yourself"):
        assert line in words


def test_every_checkpoint_has_a_sign_with_its_own_key_and_code() -> None:
    signs = sign_pages(SETUP, SECRET, PUBLIC)
    assert [sign.code for sign in signs] == ["S", "31", "32", "33", "F"]
    assert len({sign.url for sign in signs}) == len({sign.typed_code for sign in signs}) == 5
    assert addresses(signs_pdf(signs, "zh+en")) == sorted(sign.url.upper() for sign in signs)


def test_a_sign_tells_what_is_asked_there() -> None:
    assert rules_of("31", "zh") == ["五人到齐再扫。"]
    assert rules_of("32", "zh") == ["五人到齐再扫，一扫就开始计时。", "五题答对四题过关，限时60秒。"]
    assert rules_of("32", "en") == [
        "All five here first, then scan: the clock starts at once.",
        "To pass, answer four of five right in 60 seconds.",
    ]
    assert rules_of("33", "zh") == ["五人到齐再扫。", "扫完把号码报给裁判员。"]
    assert rules_of("F", "zh") == ["五人到齐再扫。", "请等裁判员清点人数。"]


def test_teams_of_any_size_are_told_to_come_together() -> None:
    classes = {"open": Class("open", "A", team_size=5), "pair": Class("pair", "A", team_size=2)}
    setup = replace(SETUP, classes=classes, quizzes={"q": Quiz("q", "bank", draw=12, need=11, limit_s=None)})
    signs = {sign.code: [put(line, "zh") for line in sign.rules_lines] for sign in sign_pages(setup, SECRET, PUBLIC)}
    assert signs["31"] == ["全队到齐再扫。"]
    assert signs["32"] == ["全队到齐再扫，一扫就开始计时。", "12题答对11题过关。"]


def test_a_place_named_after_its_game_does_not_say_it_twice() -> None:
    sign = next(sign for sign in sign_pages(SETUP, SECRET, PUBLIC) if sign.code == "33")
    assert [put(task, "zh") for task in sign.tasks] == ["团队游戏"]


def test_characters_that_no_font_has_are_named_before_printing() -> None:
    assert unprintable(SETUP) == []
    entry = replace(SETUP.entries["1"], members=(Member("བསོད་ནམས"), Member("宋立群")))
    assert set(unprintable(replace(SETUP, entries={"1": entry}))) == set("བསོད་ནམས")
