"""One question of a bank: made, changed, deleted and put back. Each is one small form, however large the bank."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base import canonical
from base.faults import Fault, FaultyInput
from base.languages import DEFAULT, Words, say
from base.problems import malformed, not_found
from base.web import Outside, of_app, tell
from organize.forms.decisions import name_question
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.questions import (
    CHOSEN,
    EDITED,
    LONGEST_CHOICE,
    LONGEST_TEXT,
    ROWS,
    SPARE,
    read_question_fields,
    show_question,
)
from organize.model import StepName
from organize.rules.approval import LOCKED
from organize.rules.banks import FROZEN
from organize.rules.tasks import Data
from organize.views.approving import reading_of
from organize.views.editing import race_data
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from organize.views.questions import bank_page, change_bank, frozen, the_bank
from people.rules import Act
from people.views.guards import allowed
from quizzes.exchange.judge import name_of
from quizzes.exchange.pictures import MOST_BYTES as MOST_PICTURE
from quizzes.exchange.pictures import address
from quizzes.exchange.reading import Refused
from quizzes.exchange.sounds import MOST_BYTES as MOST_SOUND
from quizzes.exchange.sounds import sound_address
from quizzes.exchange.workbook import KINDS
from quizzes.forms import MOST_CHOICES, MOST_QUESTIONS, question_to_json, read_question
from quizzes.model import QuestionKind
from race.live.race import LiveRace

blueprint = Blueprint("question", __name__)

# A question with picture, sound and its choices in both languages; what is put back is no larger than what was taken.
MOST_BACK = 450_000
# What may come with a question: how many bytes of it are read, and what keeps it.
MEDIA: dict[str, tuple[int, Callable[[bytes], str]]] = {
    "image": (MOST_PICTURE, address),
    "sound": (MOST_SOUND, sound_address),
}


def _id_of(number: int, item: Data) -> str:
    """Return a question's id; one without is called by its number, as `read_bank` does."""
    return str(item.get("id") or number)


def _place_of(bank: Data, name: str) -> int | None:
    numbered = enumerate(bank.get("questions", []), start=1)
    return next((number - 1 for number, item in numbered if _id_of(number, item) == name), None)


def _question(bank: Data, name: str) -> Data:
    place = _place_of(bank, name)
    if place is None:
        raise not_found()
    found: Data = bank["questions"][place]
    return found


def _kind(item: Data) -> QuestionKind:
    kind = next((kind for kind in EDITED if kind == item.get("kind", request.args.get("kind"))), None)
    if kind is None:
        raise malformed(Words("This kind of question can be read from a file and deleted, but not edited here."))
    return kind


@blueprint.get("/organize/<slug>/questions/edit/<path:bank>")
@allowed(Act.QUESTIONS)
def question(slug: str, bank: str) -> ResponseReturnValue:
    """Show one question (`?question=`), or an empty one of a kind (`?kind=`)."""
    live = desk_race(slug)
    name = request.args.get("question", "")
    item = _question(the_bank(race_data(live), bank), name) if name else {}
    return _question_page(live, bank, name, _kind(item), show_question(item), seen_of(item))


@blueprint.post("/organize/<slug>/questions/edit/<path:bank>")
@allowed(Act.QUESTIONS)
def save(slug: str, bank: str) -> ResponseReturnValue:
    """Save a question, or add one."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")
    name = request.args.get("question", "")
    kind = _kind(_question(the_bank(race_data(live), bank), name) if name else {})
    media, refused = _sent_media()

    def change(data: Data) -> None:
        questions = data.setdefault("questions", [])
        place = _place_of(data, name) if name else None
        if name and place is None:
            raise Overtaken(None)
        before = {} if place is None else questions[place]
        check_seen(before, seen)
        item = read_question_fields(fields, kind, before, media)
        fields.faults += refused
        if fields.faults:
            raise FaultyInput(fields.faults)
        stem = say(item["text"], DEFAULT)
        item["id"] = name or _free(data, name_of(kind, stem, tuple(item.get("choices", ()))))
        faults: list[Fault] = []
        judged = read_question(item, "", faults)
        if len(questions) >= MOST_QUESTIONS:
            faults.append(Fault("", Words("This bank is full.")))
        if faults:
            raise FaultyInput(faults)
        written = question_to_json(judged)
        if place is None:
            questions.append(written)
        else:
            questions[place] = written

    try:
        change_bank(live, bank, change)
    except FaultyInput as faulty:
        return _question_page(live, bank, name, kind, request.form, seen, faulty.faults), 400
    except Overtaken as overtaken:
        theirs = [(key, value) for key, value in show_question(overtaken.theirs or {}).items()]
        different = [(key, value) for key, value in theirs if str(value) != request.form.get(key, "")]
        fresh = seen_of(overtaken.theirs or {})
        return _question_page(live, bank, name, kind, request.form, fresh, theirs=different), 409
    return redirect(saved_at("questions.bank", slug, "question", bank=bank))


def _sent_media() -> tuple[dict[str, str], list[Fault]]:
    """Return the addresses of the picture and the sound sent with the form, and what is wrong with them."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for name, (most, keep) in MEDIA.items():
        file = request.files.get(name)
        if file is None:
            continue
        with file.stream:
            data = file.stream.read(most + 1)
        try:
            if data:
                found[name] = of_app(Outside).run(partial(keep, data))
        except Refused as refused:
            faults.append(Fault(name, refused.words))
    return found, faults


def _closed(live: LiveRace, bank: str) -> str:
    """Return why nothing of a bank is changed now, or ""."""
    if frozen(live, bank):
        return tell(FROZEN)
    return tell(LOCKED) if reading_of(live, bank).is_locked else ""


def _free(bank: Data, wanted: str) -> str:
    name = wanted
    while _place_of(bank, name) is not None:  # the same words asked twice
        name += "x"
    return name


def _question_page(
    live: LiveRace,
    bank: str,
    name: str,
    kind: QuestionKind,
    values: Any,
    seen: str,
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, Any]] | None = None,
) -> str:
    filled = [row + 1 for row in range(MOST_CHOICES) if values.get(f"choice_{row}") or values.get(f"choice_{row}_en")]
    rows = range(min(MOST_CHOICES, max(ROWS, max(filled, default=0) + SPARE)))
    fields = {
        "text",
        "answer",
        "number",
        "tolerance",
        "tags",
        "difficulty",
        "image",
        "sound",
        *(f"choice_{row}" for row in rows),
    }
    return desk_page(
        "organize/question.html",
        live,
        StepName.TASKS,
        bank=bank,
        question=name,
        kind=kind.value,
        kind_name=tell(KINDS[kind]),
        rows=rows if kind in CHOSEN else (),
        longest={"text": LONGEST_TEXT, "choice": LONGEST_CHOICE},
        in_english=any(value for key, value in values.items() if key.endswith("_en")),
        had=frozen(live, bank),
        name=name_question(bank, name),
        frozen=_closed(live, bank),
        values=values,
        media=_media(live, bank, name),
        seen=seen,
        faults=by_field(faults, fields),
        theirs=theirs,
    )


def _media(live: LiveRace, bank: str, name: str) -> dict[str, str]:
    """Return the addresses of the picture and the sound that a question has now."""
    place = _place_of(data := the_bank(race_data(live), bank), name) if name else None
    item = {} if place is None else data["questions"][place]
    return {kind: str(item.get(kind) or "") for kind in MEDIA}


@blueprint.post("/organize/<slug>/questions/drop/<path:bank>")
@allowed(Act.QUESTIONS)
def drop(slug: str, bank: str) -> ResponseReturnValue:
    """Delete a question and show the page that can put it back."""
    live, name = desk_race(slug), request.form.get("question", "")
    gone: list[tuple[int, Data]] = []

    def change(data: Data) -> None:
        place = _place_of(data, name)
        if place is not None:  # somebody else may have deleted it meanwhile
            item = {"id": name, **data["questions"].pop(place)}
            gone[:] = [(place, item)]

    try:
        change_bank(live, bank, change)
    except FaultyInput as faulty:
        return bank_page(live, bank, faulty.faults), 400
    return bank_page(live, bank, gone=gone[0] if gone else None)


@blueprint.post("/organize/<slug>/questions/back/<path:bank>")
@allowed(Act.QUESTIONS)
def put_back(slug: str, bank: str) -> ResponseReturnValue:
    """Put a deleted question back where it was."""
    live, text = desk_race(slug), request.form.get("item", "")
    place = request.form.get("place", 0, type=int)
    try:
        item = json.loads(text) if len(text) <= MOST_BACK else None
    except (ValueError, RecursionError):
        item = None
    if not isinstance(item, dict) or not canonical.can_be_kept(item):
        raise malformed(Words("This question cannot be put back."))

    def change(data: Data) -> None:
        questions = data.setdefault("questions", [])
        if _place_of(data, str(item.get("id"))) is None:
            questions.insert(min(max(0, place), len(questions)), item)

    try:
        change_bank(live, bank, change)
    except FaultyInput as faulty:
        return bank_page(live, bank, faulty.faults), 400
    return redirect(saved_at("questions.bank", slug, "question", bank=bank))
