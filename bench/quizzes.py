"""What large banks and late decisions cost: a draw among 100,000, and marking 10,000 sheets after a voided question."""

import random
from collections.abc import Iterator

from bench.figures import Figure, beside, took_ms
from bench.races import GUN, fact_of
from facts.model import Fact, Race, Stage
from quizzes.model import Bank, Question, QuestionKind, Quiz
from quizzes.rules import Orders, draw
from quizzes.rules.draws import lay_out
from race.forms.file import read_race_file
from race.live.race import LiveRace
from race.model import Setup

SECRET = bytes(32)
BANK, SHEETS = 100_000, 10_000
ASKED, CHOICES = 5, 4


def drawing(size: int = BANK) -> Iterator[Figure]:
    """Lay a bank out once, beside sorting it by a key; then draw a sheet of it, beside one of a bank of a hundred."""
    large, small = _bank(size), _bank(min(size, 100))
    quiz, orders = Quiz("q", "b", draw=ASKED), Orders()
    sort_ms = took_ms(lambda: sorted(large.questions, key=lambda question: question.id[::-1]), 3)
    yield beside(f"lay_out_{size}_ms", took_ms(lambda: lay_out(large, SECRET, "32"), 3), "ms", sort_ms)

    def sheets(bank: Bank) -> None:
        for number in range(100):
            draw(bank, quiz, SECRET, "32", number, 1, orders)

    for bank in (large, small):
        sheets(bank)
    yield beside(f"draw_100_of_{size}_ms", took_ms(lambda: sheets(large)), "ms", took_ms(lambda: sheets(small)))


def _bank(size: int) -> Bank:
    choices = tuple(f"choice {number}" for number in range(CHOICES))
    return Bank(
        "b",
        tuple(
            Question(str(n), QuestionKind.SINGLE, f"question {n}", n % CHOICES, choices, tags=(f"t{n % 7}",),
                     difficulty=1 + n % 3)
            for n in range(size)
        ),
    )  # fmt: skip


def marking(sheets: int = SHEETS) -> Iterator[Figure]:
    """Void a question that stands on every sheet, beside folding the same race when it is read at the start."""
    setup, facts = _answered(sheets)
    race = Race(1, "bench", Stage.RACE, "race", SECRET)
    read_ms = took_ms(lambda: LiveRace(race, setup, facts).standings(fresh=True), 1)
    live = LiveRace(race, setup, facts)
    live.standings(fresh=True)
    value = {"bank": "b", "question": "0"}
    void = fact_of(len(facts) + 1, "decision", GUN + 7_200_000, what="void_question", value=value, reason="bench")

    def decide() -> None:
        passed = sum(len(run.passed) for run in live.runs.values())
        live.hear([void])
        live.standings(fresh=True)
        assert sum(len(run.passed) for run in live.runs.values()) > passed, "nobody was marked again"

    yield beside(f"void_on_{sheets}_sheets_ms", took_ms(decide, 1), "ms", read_ms)


def _answered(sheets: int) -> tuple[Setup, list[Fact]]:
    """A race of so many entries with one sheet each; question 0 is on all, and half the teams fail for it alone."""
    chance = random.Random(sheets)
    questions = [
        {"id": str(n), "kind": "single", "text": f"question {n}", "choices": ["a", "b", "c", "d"], "answer": 0}
        for n in range(200)
    ]
    setup = read_race_file(
        {
            "waypost": 1,
            "race": {"slug": "bench"},
            "checkpoints": [{"code": "31", "points": 10, "tasks": [{"quiz": "q"}]}],
            "quizzes": [{"id": "q", "bank": "b", "draw": ASKED, "need": ASKED, "limit_s": 60}],
            "banks": [{"id": "b", "questions": questions}],
            "courses": [{"id": "A", "format": "count", "checkpoints": ["31"]}],
            "classes": [{"id": "open", "course": "A"}],
            "entries": [{"id": str(number), "bib": str(number), "class": "open"} for number in range(1, sheets + 1)],
        }
    )
    facts = [fact_of(1, "gun", GUN)]
    for entry in setup.entries:
        at = GUN + chance.randrange(60_000, 3_600_000)
        ids = ["0", *map(str, chance.sample(range(1, 200), ASKED - 1))]
        answers = dict.fromkeys(ids, 0) | {"0": int(entry) % 2}
        sheet = fact_of(len(facts) + 2, "sheet", at, entry, "31", quiz="q", attempt=1, questions=ids)
        facts.append(fact_of(len(facts) + 1, "punch", at, entry, "31", proof="qr"))
        facts.append(sheet)
        facts.append(
            fact_of(len(facts) + 1, "answer", at + 30_000, entry, "31", sheet=sheet.id, quiz="q", answers=answers)
        )
    return setup, facts
