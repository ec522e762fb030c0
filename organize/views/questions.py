"""The question banks of a race: the list, one bank page by page, its name. All that a question author sees."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import Problem, not_found
from base.web import language, of_app, tell
from organize.forms.decisions import name_question
from organize.forms.fields import Fields, in_language
from organize.forms.questions import EDITED, found
from organize.model import StepName
from organize.rules.approval import LOCKED
from organize.rules.banks import FROZEN, add_bank, bank_of, is_frozen, users_of_bank
from organize.rules.tasks import Data
from organize.views.approving import proof_of, reading_of
from organize.views.editing import edit, race_data
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from organize.views.offline import too_much_told
from people.rules import Act
from people.views.guards import allowed, own_races
from quizzes.exchange.workbook import KINDS
from quizzes.forms import read_question
from quizzes.model import QuestionKind
from quizzes.rules import answer_words
from race.live.race import LiveRace
from race.live.races import Live
from race.store import load_setup
from race.store.bases import was_sealed

blueprint = Blueprint("questions", __name__)

LONGEST_NAME = 80
A_PAGE = 50
MOST_BANKS = 100


@blueprint.get("/organize/<slug>/questions")
@allowed(Act.QUESTIONS)
def questions(slug: str) -> ResponseReturnValue:
    """List the banks of a race."""
    return _banks_page(desk_race(slug))


def _banks_page(live: LiveRace, faults: list[Fault] | None = None) -> str:
    setup = live.setup
    banks = [
        {
            "id": bank.id,
            "name": say(bank.name, language()) or bank.id,
            "count": len(bank.questions),
            "users": users_of_bank(setup, bank.id),
            "frozen": frozen(live, bank.id),
            "proof": reading_of(live, bank.id).state.value,
        }
        for bank in setup.banks.values()
    ]
    own = own_races()
    others = [
        (f"{other.race.id}/{bank.id}", say(bank.name, language()) or bank.id, len(bank.questions), _name_of(other))
        for other in of_app(Live).races.values()
        if other.race.id in own and other.race.id != live.race.id
        for bank in other.setup.banks.values()
        if bank.questions
    ]
    return desk_page(
        "organize/banks.html",
        live,
        StepName.TASKS,
        banks=banks,
        others=others,
        too_much=too_much_told(live),
        typed=request.form.get("name", ""),
        faults=by_field(faults, {"name", "from"}),
    )


def _name_of(live: LiveRace) -> str:
    return say(live.setup.about.name, language()) or live.race.slug


def frozen(live: LiveRace, bank: str) -> bool:
    """Tell whether a bank stays as it is by now: phones hold questions from it sealed before the first is asked."""
    with reading(of_app(Engine)) as connection:
        sealed = was_sealed(connection, live.race.id, live.race.log)
    return is_frozen(live.setup, live.race.stage, live.by_id.values(), bank, sealed=sealed)


def the_bank(data: Data, name: str) -> Data:
    """Return the race file's bank of this id.

    Raises:
        Problem: there is none.

    """
    bank = bank_of(data, name)
    if bank is None:
        raise not_found()
    return bank


def check_open(live: LiveRace, name: str) -> None:
    """Check that a bank may be changed now.

    Raises:
        Problem: teams have had its questions, or it is approved and was not opened again.

    """
    if frozen(live, name):
        raise Problem(409, "frozen", FROZEN)
    if reading_of(live, name).is_locked:
        raise Problem(409, "locked", LOCKED)


def change_bank(live: LiveRace, name: str, change: Callable[[Data], None]) -> None:
    """Let `change` alter one bank of the race file, unless it is frozen, or approved and not opened again.

    Raises:
        Problem: it is frozen or locked.
        FaultyInput: what came out is not sound.

    """
    check_open(live, name)
    edit(live, lambda data: change(the_bank(data, name)))


@blueprint.post("/organize/<slug>/questions/new")
@allowed(Act.QUESTIONS)
def new_bank(slug: str) -> ResponseReturnValue:
    """Begin an empty bank."""
    live, fields = desk_race(slug), Fields(request.form)
    name = fields.text("name", LONGEST_NAME)
    if not name:
        fields.fault("name", Words("Give the bank a name."))
    return _add(live, fields, lambda data: add_bank(data, name))


@blueprint.post("/organize/<slug>/questions/copy")
@allowed(Act.QUESTIONS)
def copy_bank(slug: str) -> ResponseReturnValue:
    """Take over a bank of another race of the same union: a copy, so that neither changes the other."""
    live, fields = desk_race(slug), Fields(request.form)
    race, _, name = fields.text("from", 100).partition("/")
    number = int(race) if race.isdecimal() and int(race) in own_races() else None
    with reading(of_app(Engine)) as connection:
        bank = bank_of(load_setup(connection, number), name) if number is not None else None
    if bank is None:
        fields.fault("from", Words("Choose a bank."))
    return _add(live, fields, lambda data: add_bank(data, bank.get("name", name) if bank else "", _questions(bank)))


def _questions(bank: Data | None) -> list[Data]:
    return list(bank["questions"]) if bank else []


def _add(live: LiveRace, fields: Fields, add: Callable[[Data], str]) -> ResponseReturnValue:
    added: list[str] = []

    def change(data: Data) -> None:
        if len(data.get("banks", [])) >= MOST_BANKS:
            fields.fault("", Words("A race has at most %(most)s banks.", {"most": MOST_BANKS}))
        if fields.faults:
            raise FaultyInput(fields.faults)
        added[:] = [add(data)]

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _banks_page(live, faulty.faults), 400
    return redirect(url_for("questions.bank", slug=live.race.slug, bank=added[0]))


@blueprint.get("/organize/<slug>/questions/bank/<path:bank>")
@allowed(Act.QUESTIONS)
def bank(slug: str, bank: str) -> ResponseReturnValue:
    """Show a bank, so many questions a page, or those that are looked for."""
    return bank_page(desk_race(slug), bank)


def bank_page(
    live: LiveRace, name: str, faults: list[Fault] | None = None, gone: tuple[int, Data] | None = None
) -> str:
    """Return a bank's page. `gone` is a question just deleted, with its place: it can be put back."""
    data = the_bank(race_data(live), name)
    wanted = request.args.get("q", "")[:200]
    hits = found(data.get("questions", []), wanted)
    pages = max(1, -(-len(hits) // A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return desk_page(
        "organize/bank.html",
        live,
        StepName.TASKS,
        bank=name,
        name=say(data.get("name", ""), language()) or name,
        typed=request.form.get("name", in_language(data.get("name", ""), "zh") or say(data.get("name", ""), "zh")),
        count=len(data.get("questions", [])),
        users=users_of_bank(live.setup, name),
        frozen=tell(FROZEN) if frozen(live, name) else "",
        proof=proof_of(live, name),
        asked=any(fact.kind == "sheet" for fact in live.by_id.values()),
        wanted=wanted,
        hits=len(hits),
        questions=[_shown(name, item) for item in hits[(page - 1) * A_PAGE : page * A_PAGE]],
        page=page,
        pages=pages,
        kinds=[(kind.value, tell(KINDS[kind])) for kind in EDITED],
        gone=gone,
        faults=by_field(faults, {"name", "file"}),
    )


def _shown(bank: str, item: Data) -> dict[str, Any]:
    question = read_question(item, "", [])
    right = question.answer
    chosen = {int(right)} if question.kind is QuestionKind.SINGLE and isinstance(right, int) else set()
    if question.kind is QuestionKind.MULTIPLE and isinstance(right, tuple):
        chosen = {int(index) for index in right}
    return {
        "id": question.id,
        "name": name_question(bank, question.id),
        "kind": tell(KINDS[question.kind]),
        "text": say(question.text, language()),
        "choices": [(say(choice, language()), index in chosen) for index, choice in enumerate(question.choices)],
        "answer": "" if chosen else _said(question),
        "explanation": say(question.explanation, language()),
        "tags": question.tags,
        "edited": question.kind in EDITED,
    }


def _said(question: Any) -> str:
    """Return the right answer as a person reads it: of a text all that is accepted."""
    if question.kind is QuestionKind.TEXT:
        return " / ".join(question.answer)
    return tell(answer_words(question, question.answer))


@blueprint.post("/organize/<slug>/questions/rename/<path:bank>")
@allowed(Act.QUESTIONS)
def rename(slug: str, bank: str) -> ResponseReturnValue:
    """Call a bank something else."""
    live, fields = desk_race(slug), Fields(request.form)
    name = fields.text("name", LONGEST_NAME)
    if not name:
        fields.fault("name", Words("Give the bank a name."))

    def change(data: Data) -> None:
        if fields.faults:
            raise FaultyInput(fields.faults)
        data["name"] = name

    try:
        change_bank(live, bank, change)
    except FaultyInput as faulty:
        return bank_page(live, bank, faulty.faults), 400
    return redirect(saved_at("questions.bank", slug, "name", bank=bank))


@blueprint.post("/organize/<slug>/questions/delete/<path:bank>")
@allowed(Act.QUESTIONS)
def delete(slug: str, bank: str) -> ResponseReturnValue:
    """Delete a bank that no quiz uses."""
    live = desk_race(slug)
    check_open(live, bank)

    def change(data: Data) -> None:
        the_bank(data, bank)
        if any(str(quiz["bank"]) == bank for quiz in data.get("quizzes", [])):
            where = users_of_bank(live.setup, bank)
            words = Words("Its questions are asked at: %(codes)s. Choose another bank there first.", {"codes": where})
            raise FaultyInput([Fault("", words)])
        if bank in (data["race"].get("practice") or {}).get("banks", []):
            raise FaultyInput([Fault("", Words("It is open for practice. Take it out there first."))])
        data["banks"] = [item for item in data["banks"] if str(item["id"]) != bank]

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return bank_page(live, bank, faulty.faults), 400
    return redirect(url_for("questions.questions", slug=slug))
