import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from docx import Document
from PIL import Image

from base.pdf import NothingToPrint
from facts.model import Stage
from maps.model import Picture
from race.model import Award, Entry, Host, Member, Recipient, RecipientKind, Setup
from race.printing import Choices, Job
from race.rules.scored import score_race
from results.printing import PRINTS, certificate_pages, finisher_pages
from results.rules import result_list
from tests.factories import GUN, SECRET, SLUG, Log, race, race_file

MM = 72 / 25.4
LANGS = ("zh", "en", "zh+en")
FIRST = Award("一等奖", "open", (1, 1))
THIRD = Award("三等奖", "open", (3, 3))


def crowd(count: int, *awards: Award) -> Setup:
    """The small race with teams 1, 2, 3 … of five, and with these awards."""
    data = race_file()
    data["entries"] = [
        {
            "id": str(number),
            "bib": str(number),
            "team": f"第{number}队",
            "club": f"工会{number % 4}",
            "class": "open",
            "members": [f"队员{number}之{place}" for place in range(1, 6)],
        }
        for number in range(1, count + 1)
    ]
    setup = race(data)
    return replace(setup, about=replace(setup.about, awards=awards))


def run_in(seconds: list[int], *, closed: bool = True) -> Log:
    """Team 1, 2, 3 … passes checkpoint 31 and finishes after so many seconds, its heads counted."""
    log = Log()
    log.gun(0)
    for number, second in enumerate(seconds, start=1):
        log.punch(str(number), "31", 100)
        log.finish(str(number), second)
        log.heads(str(number), second + 5)
    if closed:
        log.decide("close", 7200)
    return log


def job(setup: Setup, log: Log, lang: str = "zh", stage: Stage = Stage.RACE, **choices: Any) -> Job:
    at = GUN + 7_300_000
    scored = score_race(setup, log.facts, at)
    return Job(SLUG, stage, setup, SECRET, "https://race.example.org", scored, at, lang, Choices(**choices))


def printed(what: str, one: Job) -> list[str]:
    """The words of each page, without line ends and the thin spaces between Chinese and figures."""
    document = pypdfium2.PdfDocument(PRINTS[what].make(one))
    return [re.sub("[ \u2002\r\n]", "", page.get_textpage().get_text_range()) for page in document]


def written(one: Job) -> str:
    """All words of the Word document, tables and foot included."""
    word = PRINTS["report"].word
    assert word
    document = Document(io.BytesIO(word(one)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# Result lists.


def test_a_result_list_shows_places_with_ties_and_says_it_is_closed() -> None:
    (page,) = printed("results", job(crowd(4), run_in([900, 950, 950, 990])))
    assert "已关门，尚未公布" in page
    for place, number, time in ((1, 1, "15:00"), (2, 2, "15:50"), (2, 3, "15:50"), (4, 4, "16:30")):
        assert f"{place}{number}第{number}队工会{number}{1}{time}完赛".replace("工会4", "工会0") in page


def test_a_list_of_a_race_that_runs_is_provisional_as_of_an_instant() -> None:
    (page,) = printed("results", job(crowd(2), run_in([900, 950], closed=False)))
    assert "暂列" in page
    assert "截至2026年5月1日11:01" in page
    assert "正式成绩" not in page


def test_a_published_version_carries_its_number() -> None:
    (page,) = printed("results", job(crowd(2), run_in([900, 950]), version=2))
    assert "第2版" in page
    assert "正式成绩" in page


def test_a_trial_counts_for_nothing_and_the_paper_says_so() -> None:
    (page,) = printed("results", job(crowd(2), run_in([900, 950]), stage=Stage.TRIAL))
    assert "试跑成绩，不作数" in page


def test_past_the_first_so_many_all_have_finished_and_nobody_sees_in_which_order() -> None:
    """Three places, the third shared by two; 5 and 6 follow by number, without place, time or checkpoints."""
    (page,) = printed("results", job(crowd(6), run_in([900, 950, 990, 990, 1200, 1100]), first=3))
    assert "44第4队" not in page
    assert "34第4队" in page
    assert "5第5队工会1完赛6第6队工会2完赛" in page
    assert "20:00" not in page
    assert "18:20" not in page


def test_members_are_named_only_if_asked() -> None:
    log = run_in([900])
    assert "队员1之1" not in printed("results", job(crowd(1), log))[0]
    assert "队员1之1" in printed("results", job(crowd(1), log, names=True))[0]


def test_statuses_are_said_in_words() -> None:
    log = run_in([900])
    log.punch("2", "31", 100)
    log.decide("status", 7250, {"status": "Disqualified"}, "3")
    (page,) = printed("results", job(crowd(4), log))
    for word in ("未完赛", "取消资格", "未出发"):
        assert word in page
    assert not [word for word in ("DNF", "OK", "MissingPunch", "DidNot") if word in page]


@pytest.mark.parametrize("lang", LANGS)
def test_no_results_yet_is_said_on_the_page(lang: str) -> None:
    (page,) = printed("results", job(crowd(3), Log(), lang))
    assert ("还没有成绩。" in page) == ("zh" in lang)
    assert ("Therearenoresultsyet." in page) == ("en" in lang)


def test_400_teams_stand_once_each_under_heads_that_return() -> None:
    pages = printed("results", job(crowd(400), run_in([900 + number for number in range(400)])))
    assert all("名次号码参赛队" in page for page in pages)
    assert all(f"第{number}页，共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    whole = "".join(pages)
    assert [number for number in range(1, 401) if whole.count(f"第{number}队") != 1] == []


# Certificates.


def pictures(made: bytes) -> list[int]:
    """How many pictures stand on each page."""
    held = (page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]) for page in pypdfium2.PdfDocument(made))
    return [len(list(found)) for found in held]


def test_the_hosts_logo_stands_on_the_list_and_on_each_certificate() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    plain = job(crowd(3, FIRST, THIRD), run_in([600, 700, 800]))
    marked = replace(plain, logo=Picture("image/png", out.getvalue(), 40, 30))
    for what, number in (("results", 1), ("certificates", 2), ("report", 1)):
        assert sum(pictures(PRINTS[what].make(plain))) == 0, what
        assert sum(pictures(PRINTS[what].make(marked))) == number, what


def test_a_tie_for_third_gives_every_one_of_them_a_certificate() -> None:
    setup = crowd(5, FIRST, THIRD)
    pages = printed("certificates", job(setup, run_in([900, 950, 990, 990, 990])))
    assert len(pages) == 4
    assert "一等奖" in pages[0]
    for page, number in zip(pages[1:], (3, 4, 5), strict=True):
        assert "三等奖" in page
        assert "第3名" in page
        assert f"第{number}队" in page


def test_a_certificate_says_who_did_what_when_and_who_gives_it() -> None:
    (page,) = printed("certificates", job(crowd(2, FIRST), run_in([2898, 2900])))
    for words in (
        "练习赛", "奖状", "一等奖", "公开组\u3000第1名", "第1队", "工会1",
        "五人同行，完成一个打卡点，用时四十八分十八秒。",
        "特发此状，以资鼓励。", "队员1之5", "区总工会", "2026年5月1日", "31",
    ):  # fmt: skip
        assert words in page


def test_a_certificate_in_english_and_one_in_both() -> None:
    english = printed("certificates", job(crowd(2, FIRST), run_in([2898, 2900]), "en"))[0]
    assert "CertificateofAward" in english
    assert "FirstPrize" in english
    assert "Asateamoffive:onecheckpointin48min18s." in english
    assert "奖状" not in english
    both = printed("certificates", job(crowd(2, FIRST), run_in([2898, 2900]), "zh+en"))[0]
    for words in ("奖状", "CertificateofAward", "一等奖", "FirstPrize", "四十八分十八秒", "48min18s", "1May2026"):
        assert words in both


def test_a_team_of_four_is_not_called_five() -> None:
    log = run_in([900])
    log.heads("1", 950, heads=4)
    assert "四人同行" in printed("certificates", job(crowd(1, FIRST), log))[0]


def test_a_team_that_the_jury_moved_gets_the_certificate_of_its_new_class() -> None:
    setup = crowd(2, Award("一等奖", None, (1, 1)))
    setup = replace(
        setup, classes={**setup.classes, "women": replace(setup.classes["open"], id="women", name="女子组")}
    )
    log = run_in([900, 950])
    log.decide("class", 7250, {"class": "women"}, "2")
    pages = printed("certificates", job(setup, log))
    assert [("公开组" in page, "女子组" in page) for page in pages] == [(True, False), (False, True)]
    assert "第2队" in pages[1]


def test_awards_by_hand_go_to_teams_clubs_and_people_before_the_race_too() -> None:
    to = (
        Recipient(RecipientKind.ENTRY, "2"),
        Recipient(RecipientKind.CLUB, "湿地工会"),
        Recipient(RecipientKind.NAME, "王小明"),
    )
    setup = crowd(2, FIRST, Award("优秀组织奖", by_hand=True, to=to))
    pages = printed("certificates", job(setup, Log(), award="优秀组织奖"))
    assert len(pages) == 3
    for page, name in zip(pages, ("第2队", "湿地工会", "王小明"), strict=True):
        assert name in page
        assert "在本次活动中表现突出，获得“优秀组织奖”。" in page
    assert "队员2之1" in pages[0]


def test_each_member_may_get_a_certificate_of_its_own() -> None:
    pages = printed("certificates", job(crowd(2, FIRST), run_in([900, 950]), each=True))
    assert len(pages) == 5
    assert [f"队员1之{place}" in page for place, page in enumerate(pages, start=1)] == [True] * 5
    assert "队员1之2" not in pages[0]


def test_finishers_get_theirs_without_a_place() -> None:
    log = run_in([900, 950])
    log.punch("3", "31", 100)
    pages = printed("certificates", job(crowd(3, FIRST), log, finishers=True))
    assert len(pages) == 2
    for page in pages:
        assert "完赛证书" in page
        assert "名" not in page
        assert "等奖" not in page


def _before_closing() -> Job:
    return job(crowd(2, FIRST), run_in([900, 950], closed=False))


def _heads_not_counted() -> Job:
    log = run_in([900])
    log.facts = [fact for fact in log.facts if fact.kind != "heads"]
    return job(crowd(1, FIRST), log)


def _no_award() -> Job:
    return job(crowd(2), run_in([900, 950]))


@pytest.mark.parametrize(
    ("waiting", "word"),
    [(_before_closing, "close the race"), (_heads_not_counted, "count all heads"), (_no_award, "set the awards down")],
)
def test_no_certificate_is_printed_for_a_place_that_may_still_move(waiting: Callable[[], Job], word: str) -> None:
    with pytest.raises(NothingToPrint, match=word):
        PRINTS["certificates"].make(waiting())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [1, 3, 20])
def test_long_names_and_many_members_stay_within_the_frame(lang: str, size: int) -> None:
    """Shrunk in steps: all words are there, and none crosses the frame or runs into the seal's room beside it."""
    entry = Entry(
        "1",
        "open",
        "1",
        "勇往直前永不言败奋勇争先开拓创新向前冲代表队（二队）",
        "清苇街道社区卫生服务中心及下属站点联合基层工会委员会",
        members=tuple(Member("买买提·吐尔逊江·阿不都热合曼") for _ in range(size)),
    )
    setup = crowd(1, Award("最佳团队协作与绿色出行特别贡献奖", "open", (1, 1)))
    hosts = (
        Host("主办", "清苇街道社区卫生服务中心及下属站点联合基层工会委员会"),
        *(Host("承办", "苇塘公园工会") for _ in range(5)),
    )
    name = {
        "zh": "庆祝“五一”国际劳动节暨第三十八届“清苇杯”" * 2,
        "en": "The thirty-eighth Qingwei Cup of the union " * 2,
    }
    setup = replace(setup, about=replace(setup.about, hosts=hosts, name=name), entries={"1": entry})
    made = PRINTS["certificates"].make(job(setup, run_in([2898]), lang))
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    text = document[0].get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = (side / MM for side in text.get_rect(index))
        assert left > 25
        assert right < 282
        assert bottom > 12
        assert top < 198
        # The seal's room begins at 190 mm, 64 mm from the foot: what stands beside it stays beside it.
        assert not (top < 60 and left < 186 and right > 190)
    words = text.get_text_range().replace("\r\n", "").replace(" ", "")
    assert entry.team in words
    assert entry.club in words
    assert words.count("买买提") == size


def test_370_finishers_are_one_file_of_370_pages() -> None:
    """A page holds the hill's contours each time, and still the file can be sent by mail."""
    made = PRINTS["certificates"].make(job(crowd(370), run_in([900] * 370), finishers=True))
    assert len(pypdfium2.PdfDocument(made)) == 370
    assert len(made) < 10_000_000


def test_the_models_know_no_language() -> None:
    setup = crowd(3, FIRST)
    scored = job(setup, run_in([900, 950, 990])).scored
    results = result_list(setup, scored, None, SLUG)
    assert [page.recipient for page in certificate_pages(setup, results)] == ["第1队"]
    assert [page.recipient for page in finisher_pages(setup, results)] == ["第1队", "第2队", "第3队"]
    assert finisher_pages(setup, results)[0].codes == ("31",)


# The report.


def report_race() -> tuple[Setup, Log]:
    setup = crowd(4, FIRST, Award("优秀组织奖", by_hand=True, to=(Recipient(RecipientKind.NAME, "王小明"),)))
    log = run_in([900, 950, 1300])
    log.punch("1", "32", 200)
    log.quiz("1", "32", 201, right=2)
    return setup, log


FIGURES = ("4 / 3", "20 / 15", "67%", "15:00", "17:30")


def test_the_report_holds_numbers_charts_awards_and_results() -> None:
    pages = printed("report", job(*report_race()))
    whole = "".join(pages)
    for words in (
        *(figure.replace(" ", "") for figure in FIGURES), "总结报告", "练习赛", "区总工会", "东湖湿地", "2026年5月1日",
        "过关打卡点个数分布", "用时分布", "各任务点答题正确率",
        "各正确率的题数", "各单位答题正确率", "32芦苇荡", "一等奖", "第1队（工会1）", "王小明",
    ):  # fmt: skip
        assert words in whole


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_word_document_says_what_the_pdf_says(lang: str) -> None:
    text = written(job(*report_race(), lang=lang))
    for figure in FIGURES:
        assert figure in text
    assert ("总结报告" in text) == (lang == "zh")
    assert ("Report" in text) == (lang == "en")
    for words in ("第1队", "工会1", "王小明", "15:50"):
        assert words in text


def test_the_word_document_holds_a_picture_for_each_chart_and_heads_that_return() -> None:
    word = PRINTS["report"].word
    assert word
    document = Document(io.BytesIO(word(job(*report_race()))))
    assert len(document.inline_shapes) == 5
    heads = document.tables[-1].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert len(heads) == 1
    assert document.core_properties.author == "点标 Waypost"


def test_a_report_before_the_race_says_that_nobody_came_yet() -> None:
    setup = crowd(3)
    assert "还没有队伍到场" in printed("report", job(setup, Log()))[0]
    assert "还没有队伍到场" in written(job(setup, Log()))
