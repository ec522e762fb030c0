"""What one team did, minute by minute, as its phones and the marshals recorded it, and how its score came about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from base.languages import Text, Words
from facts.model import Fact
from facts.rules import order
from quizzes.model import Question
from quizzes.rules import answer_words, mark
from race.model import GameTask, QuizTask, Run, Setup, Try, Whole
from race.rules.flags import came_late, doubt_ms
from race.rules.naming import PROOFS, VERDICTS
from race.rules.rulings import EFFECTS
from race.rules.telling import tell_fact
from race.rules.visits import Ground, with_keys

# Only these say by themselves when something happened; of the others a marshal or the server was there.
_PROVEN = frozenset({"punch", "finish", "start"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a sheet that was decided: what was answered (None: nothing), what is right, and whether it was.

    `voided` questions are right for everybody.
    """

    id: str
    bank: str
    text: Text
    answered: Text | None
    answer: Text
    right: bool
    voided: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One record of a team. `received_at` only where it came late; `doubt_ms` is None where nobody's clock is in doubt.

    `phone` numbers the team's phones from 1; `result` is what came of it; `removed` is the fact that took it back.
    """

    fact: Fact
    words: Words
    received_at: int | None
    doubt_ms: int | None
    proof: Words | None
    phone: int | None
    result: tuple[Words, ...]
    asked: tuple[Asked, ...]
    removed: Fact | None


def timeline(ground: Ground, whole: Whole, run: Run, own: Iterable[Fact], known: Mapping[str, Fact]) -> list[Moment]:
    """Return all records of a team in the order they happened, those taken back among them.

    `own` are its records and the decisions about it; `known` all facts of the race by id.
    """
    ordered = sorted(own, key=order)
    devices = [str(fact.body["device"]) for fact in ordered if fact.by.startswith("team:") and "device" in fact.body]
    phones = {device: number for number, device in enumerate(dict.fromkeys(devices), start=1)}
    takers = {name: taker for name, taker in _takers(known.values()) if taker.id not in whole.undone}
    tries = {item.answer: (task, item) for task, item in _tries(run) if item.answer}
    games = _games(run, ordered, whole)
    moments = []
    for fact in ordered:
        removed = takers.get(fact.id) if fact.id in whole.undone else None
        task, answered = tries.get(fact.id, (None, None))
        moments.append(
            Moment(
                fact=fact,
                words=tell_fact(ground.setup, fact, known),
                received_at=fact.received_at if came_late(fact) and fact.kind != "decision" else None,
                doubt_ms=doubt_ms(fact) if fact.kind in _PROVEN else None,
                proof=PROOFS.get(str(fact.body.get("proof", "qr"))) if fact.kind in _PROVEN else None,
                phone=phones.get(str(fact.body.get("device"))) if fact.by.startswith("team:") else None,
                result=tuple(_result(run, fact, answered, games.get(fact.id))),
                asked=tuple(_asked(ground, whole, task, answered)) if task and answered else (),
                removed=removed,
            )
        )
    return moments


def _takers(facts: Iterable[Fact]) -> Iterator[tuple[str, Fact]]:
    for fact in facts:
        if fact.kind == "decision" and fact.body.get("what") in ("undo", "remove_punch"):
            yield str((fact.body.get("value") or {}).get("fact")), fact


def _tries(run: Run) -> Iterator[tuple[QuizTask, Try]]:
    for visit in run.visits.values():
        for task in visit.tasks:
            if isinstance(task, QuizTask):
                yield from ((task, item) for item in task.tries)


def _games(run: Run, ordered: Sequence[Fact], whole: Whole) -> dict[str, GameTask]:
    """Return the game that each result, not taken back, belongs to. Of several the last tells what they came to."""
    found: dict[tuple[str, str], str] = {}
    for fact in ordered:
        if fact.kind == "game" and fact.id not in whole.undone and fact.checkpoint:
            found[fact.checkpoint, str(fact.body.get("game"))] = fact.id
    tasks = {
        (name, task.game): task
        for name, visit in run.visits.items()
        for task in visit.tasks
        if isinstance(task, GameTask) and task.outcome
    }
    return {fact: tasks[key] for key, fact in found.items() if key in tasks}


def _result(run: Run, fact: Fact, answered: Try | None, game: GameTask | None) -> Iterator[Words]:
    verdict = run.verdicts.get(fact.id)
    if verdict is not None:
        yield VERDICTS[verdict]
    if answered is not None and answered.right is not None:
        about = {"right": answered.right, "all": len(answered.questions)}
        yield (
            Words("%(right)s of %(all)s right: passed", about)
            if answered.passed
            else Words("%(right)s of %(all)s right: not passed", about)
        )
    if game is not None and game.outcome is not None:
        yield Words("passed") if game.outcome.passed else Words("not passed")
        yield from game.outcome.why


def _asked(ground: Ground, whole: Whole, task: QuizTask, item: Try) -> Iterator[Asked]:
    bank = ground.setup.quizzes[task.quiz].bank
    questions: Mapping[str, Question] = with_keys(ground.questions[bank], bank, whole)
    for name in item.questions:
        question = questions.get(name)
        if question is None:
            continue
        voided = (bank, name) in whole.voided or (None, name) in whole.voided
        yield Asked(
            id=name,
            bank=bank,
            text=question.text,
            answered=answer_words(question, item.answers[name]) if name in item.answers else None,
            answer=answer_words(question, question.answer),
            right=voided or mark(question, item.answers.get(name)),
            voided=voided,
        )


def steps_of(setup: Setup, whole: Whole, run: Run, decisions: Iterable[Fact]) -> list[Words]:
    """Return why a run has its score, step by step: the jury's words on it first, told whole, then the rules' own."""
    ruled = whole.rulings.get(run.entry)
    standing = (fact for fact in decisions if fact.entry == run.entry and fact.id not in whole.undone)
    rulings = sorted((fact for fact in standing if str(fact.body.get("what")) in EFFECTS), key=order)
    own = run.why[len(ruled.why) :] if ruled else run.why
    return [*(_ruled(setup, fact) for fact in rulings), *own]


def _ruled(setup: Setup, fact: Fact) -> Words:
    about = {"what": tell_fact(setup, fact), "reason": fact.body.get("reason") or "–"}
    return Words("The jury decided: %(what)s (%(reason)s)", about)
