"""One question before the jury: how it did, void it or change its right answer, and what was decided about it."""

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import FaultyInput
from base.languages import Words, say
from base.problems import not_found
from base.web import language, tell
from facts.model import Fact
from organize.forms.decisions import find_question, name_question
from organize.model import StepName
from organize.views.deciding import decide
from organize.views.frame import desk_page, desk_race, saved_at
from organize.views.jury import history, moved
from people.rules import Act, may
from people.views import allowed
from people.views.guards import myself
from quizzes.model import Question, QuestionKind
from quizzes.rules import answer_words
from race.live.race import LiveRace
from race.rules.item_figures import askings_of
from race.rules.visits import with_keys

blueprint = Blueprint("jury_question", __name__)

HINTS = {
    QuestionKind.SINGLE: Words("The right choice: its letter"),
    QuestionKind.MULTIPLE: Words("The right choices: their letters, as A C"),
    QuestionKind.TRUE_FALSE: Words("True or false"),
    QuestionKind.NUMBER: Words("The right number"),
    QuestionKind.TEXT: Words("Accepted answers, with semicolons between"),
    QuestionKind.ORDER: Words("The right order: letters, as C A B"),
    QuestionKind.MATCH: Words("For each line from above the letter of its other half, as B A C"),
}
DECISIONS = frozenset({"void_question", "rekey_question"})


@blueprint.get("/organize/<slug>/jury/question")
@allowed(Act.DECIDE)
def question(slug: str) -> ResponseReturnValue:
    """Show a question (`?question=`) to the jury."""
    live = desk_race(slug)
    return _page(live, *_wanted(live))


@blueprint.post("/organize/<slug>/jury/question")
@allowed(Act.DECIDE)
def decided(slug: str) -> ResponseReturnValue:
    """Take a decision about a question: shown first, stored when confirmed."""
    live = desk_race(slug)
    bank, one = _wanted(live)
    back = saved_at("jury_question.question", slug, "question", question=name_question(bank, one.id))
    try:
        answer = decide(live, None, back)
    except FaultyInput as faulty:
        return _page(live, bank, one, {fault.path: tell(fault.words) for fault in faulty.faults}), 400
    return (answer.page, answer.status) if answer.page is not None else redirect(back)


def _wanted(live: LiveRace) -> tuple[str, Question]:
    """Return the bank and the question that is asked for.

    Who may not see the questions sees those that were handed out: no other can have been wrong.

    Raises:
        Problem: there is none, or it is still a secret.

    """
    found = find_question(live.setup, request.args.get("question", "")[:300])
    if found is None or not (may(myself().role, Act.QUESTIONS) or _was_had(live, found[0], found[1].id)):
        raise not_found()
    return found


def _was_had(live: LiveRace, bank: str, question: str) -> bool:
    quizzes = {quiz.id for quiz in live.setup.quizzes.values() if quiz.bank == bank}
    sheets = (fact.body for fact in live.by_id.values() if fact.kind == "sheet")
    return any(body.get("quiz") in quizzes and question in body.get("questions", ()) for body in sheets)


def _page(live: LiveRace, bank: str, one: Question, faults: dict[str, str] | None = None) -> str:
    now = with_keys({one.id: one}, bank, live.whole)[one.id]
    right = now.answer if isinstance(now.answer, tuple) else (now.answer,)
    marked = one.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
    asked = [
        item for item in askings_of(live.ground, live.whole, live.runs.values())
        if (item.bank, item.question.id) == (bank, one.id)
    ]  # fmt: skip
    return desk_page(
        "organize/jury_question.html",
        live,
        StepName.JURY,
        name=name_question(bank, one.id),
        text=say(now.text, language()),
        choices=[
            (chr(ord("A") + index), say(choice, language()), marked and index in right)
            for index, choice in enumerate(now.choices)
        ],
        answer="" if marked else _answer(now),
        explanation=say(now.explanation, language()),
        source=now.source,
        voided=any(name in live.whole.voided for name in ((bank, one.id), (None, one.id))),
        asked=len(asked),
        right=sum(item.right for item in asked),
        hint=tell(HINTS[one.kind]),
        history=_history(live, bank, one.id),
        moved=moved(live),
        given=request.form if faults else {},
        faults=faults or {},
    )


def _answer(question: Question) -> str:
    """Return the right answer in words: of a text all that is accepted."""
    if question.kind is QuestionKind.TEXT and isinstance(question.answer, tuple):
        return " / ".join(map(str, question.answer))
    return tell(answer_words(question, question.answer))


def _history(live: LiveRace, bank: str, question: str) -> list[dict[str, Any]]:
    """Return what was decided about a question, and what took that back."""
    about = {fact.id for fact in live.wide if _is_about(fact, bank, question)}
    backs = {fact.id for fact in live.wide if (fact.body.get("what"), _target(fact)) in {("undo", n) for n in about}}
    return [item for item in history(live, live.wide, live.by_id) if item["id"] in about | backs]


def _is_about(fact: Fact, bank: str, question: str) -> bool:
    value = fact.body.get("value")
    return (
        fact.body.get("what") in DECISIONS
        and isinstance(value, dict)
        and value.get("question") == question
        and value.get("bank") in (None, bank)
    )


def _target(fact: Fact) -> str:
    value = fact.body.get("value")
    return str(value.get("fact")) if isinstance(value, dict) else ""
