"""From files to the result list: `waypost import`, the server, and people with browsers; nothing is set up by hand."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.race import write
from tests.browser.hands import answer_sheet, keys, press, press_firmly, says
from tests.browser.house import BIG_SCREEN, LAPTOP, House
from tests.fixtures_app import NAME, PASSWORD
from tests.tables import xlsx

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
BANK = SHARED / "quiz" / "题库.csv"
COURSE = SHARED / "coursedata" / "purplepen_marymoor_score.xml"
SHEETS = SHARED / "entries-zh"

CARRY = {
    "id": "carry",
    "name": "搬运接力",
    "instructions": "两人一组抬水，来回一趟。",
    "measures": [{"id": "seconds", "kind": "seconds", "name": "用时", "most": 1200}],
    "score": {"linear": {"of": "seconds", "from": [35, 20], "to": [110, 4]}},
}


@dataclass(frozen=True)
class Told:
    """What an organizer has in hand, and which codes and teams the day is about."""

    slug: str
    files: tuple[Path, ...]
    bank: str
    course: str
    start: str
    quizzes: tuple[str, str]
    game: str
    finish: str
    entries: tuple[str, ...]
    least_questions: int

    def overlay(self) -> dict[str, Any]:
        """What no sheet says: which checkpoint asks what, and how the class is scored."""
        steps = [{"cool_down_s": 1}, {"cool_down_s": 1}, {"penalty_s": 60}]
        return {
            "waypost": 1,
            "race": {"name": "真实材料赛", "theme": "一点不落", "venue": "东门公园", "closing": {"after_gun_s": 7200}},
            "checkpoints": [
                *({"code": code, "tasks": [{"quiz": "gate"}]} for code in self.quizzes),
                {"code": self.game, "tasks": [{"game": "carry"}]},
            ],
            "quizzes": [{"id": "gate", "bank": self.bank, "draw": 5, "need": 4, "limit_s": 300, "on_fail": steps}],
            "games": [CARRY],
            "courses": [{"id": self.course, "format": "score", "points": dict.fromkeys((*self.quizzes, self.game), 5)}],
            "classes": [{"id": "open", "name": "公开组", "course": self.course, "team_size": 5, "time_limit_s": 5400}],
            "entries": [{"id": entry, "class": "open"} for entry in self.entries],
        }


def shared(folder: Path) -> Told:
    """The bank of 1,550 dirty questions, a club's own sheet of people, and a course drawn in a mapper's program."""
    for needed in (BANK, COURSE, SHEETS):
        if not needed.exists():
            pytest.skip(f"no {needed.name}: the shared test data are not beside the project")
    return Told(
        slug="marymoor",
        files=(COURSE, BANK, next(SHEETS.glob("01*.xlsx"))),
        bank=BANK.stem,
        course="Score",
        start="STA1",
        quizzes=("35", "38"),
        game="45",
        finish="FIN1",
        entries=("1", "2", "3", "4", "5"),
        least_questions=1400,
    )


def own(folder: Path) -> Told:
    """The sample race's course, with a bank and a sheet of people written as offices write them."""
    path = write(folder)
    race = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(race | {"entries": []}), encoding="utf-8")
    bank = folder / "小题库.csv"
    with bank.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案"])
        for one in range(1, 31):
            lines.writerow(["单选题", f" {one} 加 {one} 等于几？\n", one, one * 2, one * 3, one * 5, "B "])
        lines.writerow(["单选题", "这一题忘了写答案", "是", "否", "", "", ""])
    sheet = folder / "报名表.xlsx"
    rows = [["工会", "队名", "姓名", "手机"]]
    for number, team in enumerate(("双桥队", "石榴队")):
        rows += [
            [f"{team[:2]}工会", team, f"周{name}{team[0]}", f"1390000{number}00{at}"]
            for at, name in enumerate("一二三四五", 1)
        ]
    sheet.write_bytes(xlsx(rows))
    return Told(
        slug="nanyuan",
        files=(path, bank, sheet),
        bank=bank.stem,
        course="A",
        start="S",
        quizzes=("32", "35"),
        game="33",
        finish="F",
        entries=("1", "2"),
        least_questions=190,
    )


class Day:
    """One day of racing: two teams, one marshal who walks from station to station, the organizer, the board."""

    def __init__(self, house: House, told: Told) -> None:
        self.house = house
        self.told = told

    def bring_in(self) -> None:
        """The files go in with the real command."""
        overlay = self.house.folder / "overlay.json"
        overlay.write_text(json.dumps(self.told.overlay(), ensure_ascii=False), encoding="utf-8")
        files = map(str, (*self.told.files, overlay))
        done = self.house.waypost("import", "--race", self.told.slug, *files)
        assert done.returncode == 0, done.stderr
        assert sum(map(int, re.findall(r"questions (\d+)", done.stdout))) >= self.told.least_questions, done.stdout
        assert "left out" in done.stdout, "what could not be taken is said"
        self.house.know(self.told.slug)
        self.setup = self.house.desk.keys.setup
        self.names = [self.setup.entries[entry].team for entry in self.told.entries[:2]]

    def open_account(self) -> None:
        """The first organizer comes in by the link that the server prints, and opens the race."""
        self.house.open()
        link = re.search(r"https?://[^/\s]+(/\S+)", self.house.said())
        assert link, self.house.said()
        self.organizer = self.house.window(link[1], LAPTOP)
        for field, words in (("union", "区总工会"), ("name", NAME), ("password", PASSWORD), ("again", PASSWORD)):
            self.organizer.fill(f"#{field}", words)
        self.organizer.click("main button")
        self.organizer.wait_for_url("**/organize/")
        self.organizer.goto(f"/organize/{self.told.slug}/control")
        self.organizer.once("dialog", lambda asked: asked.accept())
        self.organizer.click("button:has-text('开始正式比赛')")
        self.organizer.wait_for_selector(".stage:has-text('正式')")

    def gather(self) -> None:
        """The marshal checks both teams in by their numbers; their phones join by their cards; the board waits."""
        self.marshal = self.house.marshal(self.told.start)
        for entry, name in zip(self.told.entries, self.names, strict=False):
            keys(self.marshal, self.setup.entries[entry].bib)
            self.marshal.wait_for_selector(f".m-found-team >> text={name}")
            press_firmly(self.marshal)
        self.marshal.wait_for_selector(".m-counts dd:has-text('2')")
        self.first, self.second = (self.house.phone(entry) for entry in self.told.entries[:2])
        self.board = self.house.window(f"/r/{self.told.slug}/live", BIG_SCREEN)
        self.board.wait_for_selector(".clocks >> text=等待发令")

    def fire(self) -> None:
        """The gun, confirmed."""
        self.organizer.click("summary:has-text('发令')")
        self.organizer.click("text=确认发令")
        self.organizer.wait_for_selector("[data-since]")
        self.board.wait_for_selector(".clock >> text=比赛用时")

    def ask(self) -> None:
        """One quiz is answered right; one wrong, cooled down, and then right."""
        self.house.scan(self.first, self.told.quizzes[0])
        answer_sheet(self.first, self.setup, right=5)
        self.first.wait_for_selector(".verdict-passed >> text=过关")
        self.board.wait_for_selector(f".leaders .row:nth-child(1) >> text={self.names[0]}")
        self.house.scan(self.second, self.told.quizzes[1])
        answer_sheet(self.second, self.setup, right=1)
        self.second.wait_for_selector(".verdict-wait >> text=差 3 题")
        press(self.second)
        answer_sheet(self.second, self.setup, right=5)
        self.second.wait_for_selector(".verdict-passed >> text=过关")

    def play(self) -> None:
        """Both teams queue at the game. The first result is taken back once and confirmed again."""
        self.go_to(self.told.game)
        for phone in (self.first, self.second):
            self.house.scan(phone, self.told.game)
            phone.wait_for_selector(".game-state")
        self.judge(self.names[0], "开始", "停表", "确认成绩")
        self.first.wait_for_selector(".verdict-passed >> text=过关")
        self.marshal.click(".m-foot .m-undo")
        self.marshal.click("[role=alertdialog] .danger")
        self.judge(self.names[0], "确认成绩")
        self.judge(self.names[1], "开始", "停表", "确认成绩")
        self.marshal.wait_for_selector(".m-beside .empty")
        self.second.wait_for_selector(".verdict-passed >> text=过关")

    def go_to(self, code: str) -> None:
        """The same marshal's phone is taken to another station."""
        self.marshal.goto(f"/M/{self.house.desk.keys.station(code)}")
        self.marshal.wait_for_selector(f".m-head .ring-code:text-is('{code}')")
        self.marshal.wait_for_selector(".m-narrow, .m-columns")

    def judge(self, team: str, *taps: str) -> None:
        """Tap by tap."""
        self.marshal.wait_for_selector(f".m-team-large >> text={team}")
        for tap in taps:
            self.marshal.wait_for_selector(f".m-main.filled >> text={tap}")
            press_firmly(self.marshal)

    def finish(self) -> None:
        """The first team finishes and confirms it; its heads are counted; the board says so."""
        self.house.scan(self.first, self.told.finish)
        self.first.wait_for_selector(".verdict-check >> text=现在冲线")
        press(self.first)
        says(self.first, "待核对人数")
        row = f".row:has-text('{self.names[0]}')"
        self.board.wait_for_selector(f"{row} >> text=待核对人数")
        self.go_to(self.told.finish)
        self.marshal.wait_for_selector(f".m-team-large >> text={self.names[0]}")
        press_firmly(self.marshal)
        self.first.wait_for_selector(".verdict-passed >> text=已冲线")
        self.board.wait_for_selector(f"{row} >> text=已到终点")

    def read_results(self) -> None:
        """The list says what became of both, and the splits of the first."""
        results = self.house.window(f"/r/{self.told.slug}/results", LAPTOP)
        first, second = (results.locator("table.list tbody tr", has_text=name).first for name in self.names)
        assert "10" in first.inner_text(), "two checkpoints of five points"
        assert "在途" in second.inner_text()
        first.locator("summary").first.click()
        splits = first.locator(".splits").first.inner_text()
        assert all(code in splits for code in (self.told.quizzes[0], self.told.game))


@pytest.mark.parametrize("material", [shared, own])
def test_files_become_a_race_that_teams_run_marshals_judge_and_everybody_watches(
    material: Callable[[Path], Told], empty_house: House
) -> None:
    day = Day(empty_house, material(empty_house.folder))
    day.bring_in()
    day.open_account()
    day.gather()
    day.fire()
    day.ask()
    day.play()
    day.finish()
    day.read_results()
