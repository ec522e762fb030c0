"""Questions in files: a file is read, looked at, and only then stored; a bank is taken out as a workbook."""

import secrets
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from base import canonical
from base.clock import now_ms
from base.database import reading, writing
from base.faults import Fault, FaultyInput
from base.languages import LANGUAGES, Words, say
from base.problems import Problem
from base.sheets.model import MOST_BYTES
from base.translate import put
from base.web import Outside, language, of_app, tell, write
from organize.live import FileReading, FileReadings
from organize.model import StepName
from organize.rules.tasks import Data
from organize.store.proposals import add_proposal, drop_expired, drop_proposal, load_proposal
from organize.views.editing import race_data
from organize.views.frame import desk_page, desk_race, saved_at
from organize.views.questions import bank_page, change_bank, check_open, the_bank
from people.rules import Act
from people.views.guards import allowed
from quizzes.exchange import Reading, Remark, read_bank_file
from quizzes.exchange.bank import TOLD_EACH, beside
from quizzes.exchange.gift_written import MEDIA_TYPE as GIFT_TYPE
from quizzes.exchange.gift_written import bank_gift
from quizzes.exchange.workbook import KINDS, MEDIA_TYPE, bank_workbook, form_workbook
from quizzes.forms import MOST_QUESTIONS, question_to_json, read_bank, read_question
from quizzes.model import Bank
from quizzes.rules import answer_words
from race.live.race import LiveRace

blueprint = Blueprint("question_files", __name__)

KIND = "questions"
# Shown of each list; the numbers say how many there are in all.
MOST_SHOWN = 200
FIRST_SHOWN = 20
# A larger file is read while its page says how far it is.
AT_ONCE = 1_000_000
ASKS_AGAIN_S = 2
LONGEST_READING_MS = 600_000


@blueprint.post("/organize/<slug>/questions/import/<path:bank>")
@allowed(Act.QUESTIONS)
def read(slug: str, bank: str) -> ResponseReturnValue:
    """Read an uploaded file where nobody waits for it, and keep what it holds to be looked at."""
    live = desk_race(slug)
    the_bank(race_data(live), bank)
    check_open(live, bank)
    name, body = _sent()
    if not body:
        return bank_page(live, bank, [Fault("file", Words("Choose a file first."))]), 400
    here = _as_bank(race_data(live), bank)
    key = secrets.token_urlsafe(16)
    outside, engine = of_app(Outside), of_app(Engine)

    def work(reading: FileReading) -> None:
        found = outside.run(lambda: beside(read_bank_file(name, body, reading.tell), here))
        outside.run(lambda: _keep(engine, live.race.id, key, _proposed(bank, name, found)))

    address = url_for("question_files.look", slug=slug, bank=bank, key=key)
    if AT_ONCE < len(body) <= MOST_BYTES:
        of_app(FileReadings).start(key, work)
        return redirect(f"{address}&begun={now_ms()}")
    try:
        work(FileReading())
    except FaultyInput as faulty:
        return bank_page(live, bank, [Fault("file", fault.words) for fault in faulty.faults[:1]]), 400
    return redirect(address)


def _proposed(bank: str, name: str, found: Reading) -> Data:
    return {
        "bank": bank,
        "file": name[-200:],
        "questions": [question_to_json(question) for question in found.questions],
        "refused": [_kept(remark) for remark in found.refused],
        "notes": [_kept(remark) for remark in found.notes],
    }


def _keep(engine: Engine, race: int, key: str, kept: Data) -> None:
    now = now_ms()
    with writing(engine) as connection:
        drop_expired(connection, now)
        add_proposal(connection, race, KIND, key, kept, now)


def _sent() -> tuple[str, bytes]:
    """Return the uploaded file's name and bytes: no more of them than show that it is too large."""
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    with sent.stream:
        return sent.filename or "", sent.stream.read(MOST_BYTES + 1)


def _as_bank(data: Data, name: str) -> Bank:
    found, _ = read_bank(the_bank(data, name), "")
    return found


def _kept(remark: Remark) -> list[Any]:
    """Return a remark as a proposal holds it: who looks at it may read another language than who sent the file."""
    return [remark.sheet, remark.line, {name: put(remark.words, name) for name in LANGUAGES}]


def _proposal(live: LiveRace, bank: str, key: str) -> Data | None:
    with reading(of_app(Engine)) as connection:
        found: Any = load_proposal(connection, live.race.id, KIND, key, now_ms())
    return None if found is None or found["bank"] != bank else dict(found)


def _gone() -> Problem:
    return Problem(404, "gone", Words("This file was taken over or thrown away already. Please choose it again."))


@blueprint.get("/organize/<slug>/questions/import/<path:bank>")
@allowed(Act.QUESTIONS)
def look(slug: str, bank: str) -> ResponseReturnValue:
    """Show what a file holds: what would be taken, what is refused and why; how far it is while it is being read."""
    live, key = desk_race(slug), request.args.get("key", "")[:64]
    found = _proposal(live, bank, key)
    if found is None:
        return _being_read(live, bank, key)
    data = the_bank(race_data(live), bank)
    return desk_page(
        "organize/take.html",
        live,
        StepName.TASKS,
        bank=bank,
        name=say(data.get("name", ""), language()) or bank,
        file=found["file"],
        key=key,
        count=len(found["questions"]),
        questions=[_shown(item) for item in found["questions"][:FIRST_SHOWN]],
        refused=[_told(item) for item in found["refused"][:MOST_SHOWN]],
        refused_count=len(found["refused"]),
        notes=[_told(item) for item in found["notes"][:MOST_SHOWN]],
        notes_count=len(found["notes"]),
    )


def _being_read(live: LiveRace, bank: str, key: str) -> ResponseReturnValue:
    """Answer with a page that asks again by itself. Another process of this server may be the one that reads."""
    now = of_app(FileReadings).at(key)
    begun = request.args.get("begun", "")[:15]
    if now is not None and now.fault:
        return bank_page(live, bank, [Fault("file", now.fault)]), 400
    if now is None and not (begun.isdecimal() and 0 <= now_ms() - int(begun) < LONGEST_READING_MS):
        raise _gone()
    data = the_bank(race_data(live), bank)
    name = say(data.get("name", ""), language()) or bank
    so_far = now or FileReading()
    # Comparing them, with one another and with the bank, takes almost as long as reading, and is no standstill.
    all_read = 0 < so_far.of <= so_far.done + TOLD_EACH
    page = desk_page(
        "organize/reading.html", live, StepName.TASKS, bank=bank, name=name, reading=so_far, all_read=all_read
    )
    response = current_app.make_response(page)
    response.headers["Refresh"] = str(ASKS_AGAIN_S)
    return response


def _shown(item: Data) -> dict[str, Any]:
    question = read_question(item, "", [])
    return {
        "kind": tell(KINDS[question.kind]),
        "text": say(question.text, language()),
        "choices": [say(choice, language()) for choice in question.choices],
        "answer": tell(answer_words(question, question.answer)),
    }


def _told(item: list[Any]) -> dict[str, Any]:
    sheet, line, why = item
    return {"sheet": sheet, "line": line, "why": say(why, language())}


@blueprint.post("/organize/<slug>/questions/take/<path:bank>")
@allowed(Act.QUESTIONS)
def take(slug: str, bank: str) -> ResponseReturnValue:
    """Store what was looked at; or forget it."""
    live, key = desk_race(slug), request.form.get("key", "")[:64]
    found = _proposal(live, bank, key)
    if found is None:
        raise _gone()

    def change(data: Data) -> None:
        questions = data.setdefault("questions", [])
        taken = {str(item.get("id") or number) for number, item in enumerate(questions, start=1)}
        # Whoever else took the same file meanwhile has put them there already.
        questions += [item for item in found["questions"] if item["id"] not in taken]
        if len(questions) > MOST_QUESTIONS:
            words = Words("This file holds more than %(most)s questions.", {"most": MOST_QUESTIONS})
            raise FaultyInput([Fault("file", words)])

    if not request.form.get("forget"):
        try:
            change_bank(live, bank, change)
        except FaultyInput as faulty:
            return bank_page(live, bank, faulty.faults), 400
    write(lambda connection: drop_proposal(connection, live.race.id, key))
    return redirect(saved_at("questions.bank", slug, "" if request.form.get("forget") else "import", bank=bank))


@blueprint.get("/organize/<slug>/questions/form.xlsx")
@allowed(Act.QUESTIONS)
def form(slug: str) -> ResponseReturnValue:
    """Return a workbook to start from, with an example of each kind."""
    desk_race(slug)
    lang = language()
    return _file(of_app(Outside).run(lambda: form_workbook(lang)), MEDIA_TYPE, "questions.xlsx")


@blueprint.get("/organize/<slug>/questions/export/<path:bank>")
@allowed(Act.QUESTIONS)
def export(slug: str, bank: str) -> ResponseReturnValue:
    """Return a bank as a workbook, as GIFT, or in the race file's form, which keeps both languages and pictures."""
    live = desk_race(slug)
    data, lang = race_data(live), language()
    item = the_bank(data, bank)
    if request.args.get("as") == "json":
        return _file(canonical.encode(item["questions"]), "application/json", f"{live.race.slug}-questions.json")
    found = _as_bank(data, bank)
    if request.args.get("as") == "gift":
        return _file(bank_gift(found, lang), GIFT_TYPE, f"{live.race.slug}-questions.gift")
    book = of_app(Outside).run(lambda: bank_workbook(found, lang))
    return _file(book, MEDIA_TYPE, f"{live.race.slug}-questions.xlsx")


def _file(data: bytes | str, media_type: str, name: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
