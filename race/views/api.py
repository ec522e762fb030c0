"""The API of phones: join, and report facts."""

import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify

from base.clock import now_ms
from base.keys import clean_typed, digest, new_token
from base.languages import Words
from base.limits import Limit
from base.problems import Problem, malformed
from base.web import body_json, client_address, of_app, tell, write
from checkpoints.model import CheckpointKind
from facts.model import Draft, Fact
from facts.store import Appended
from race.forms.records import MOST_BYTES, MOST_RECORDS, Desk, Refusal, make_anchor, new_names, read_record
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import OPENING, Referee
from race.model import Verdict
from race.rules.cards import Bearer, issue
from race.rules.sealing import FirstSheet, opened_sheets
from race.store import swap_members
from race.store.phones import TeamPhone, add_handover, add_phone, use_handover
from race.views.sealed import sealed_sheets
from race.views.shapes import run_json, tasks_json, words_of
from race.views.verdicts import sentence, verdict_of
from race.views.who import Caller, caller, note_phone

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

# Joining needs a secret; who keeps guessing waits. A whole race may sit behind one address, so only failures count.
GUESSES = Limit(most=30, within_s=60)
JOIN_BYTES = 4096
HANDED_OVER = "handover"
HANDOVER_S = 300
# A team sends a few hundred records. Each new one folds all of them again, so a phone gone wild would stop everybody.
MOST_FACTS = 5000


@blueprint.post("/join")
def join() -> Response:
    """Join this phone to a team, or to a station, by a card's key or a typed code."""
    data = body_json(JOIN_BYTES)
    address = client_address()
    now = now_ms()
    wait = GUESSES.wait_s(address, now)
    if wait:
        raise Problem(429, "too_many", Words("Too many tries. Please wait a moment."), retry_after_s=wait)
    found, how = _found(data, now)
    if found is None:
        GUESSES.failed(address, now)
        if how == HANDED_OVER:
            raise Problem(400, "bad_handover", Words("This link was used already, or it is too old. Ask for another."))
        if data.get("key"):
            raise Problem(400, "bad_key", Words("This is not a team card. Scan the card your captain holds."))
        raise Problem(400, "bad_join_code", Words("This code fits no team. Look at the card and type it again."))
    live, role, subject = found
    bearer = Bearer(live.race.id, role, subject, secrets.token_hex(6))
    answer: dict[str, Any] = {
        "role": role,
        "token": issue(live.race.secret, bearer),
        "server_time": now,
        "race": {"slug": live.race.slug, "name": words_of(live.setup.about.name)},
    }
    if role == "team":
        entry = live.setup.entries[subject]
        phone = TeamPhone(bearer.device, entry.id, how, now)
        write(lambda connection: add_phone(connection, live.race.id, phone))
        answer["team"] = {"entry": entry.id, "bib": entry.bib, "team": entry.team, "club": entry.club}
    else:
        checkpoint = live.setup.checkpoints[subject]
        answer["station"] = {"checkpoint": checkpoint.code, "name": words_of(checkpoint.name)}
    return jsonify(answer)


def _found(data: Mapping[str, Any], now: int) -> tuple[tuple[LiveRace, str, str] | None, str]:
    """Return the race, role and subject that somebody may join, or None, and what they showed for it."""
    if data.get("handover"):
        code = digest(str(data["handover"]))
        race, entry = write(lambda connection: use_handover(connection, code, now)) or (0, "")
        live = of_app(Live).races.get(race)
        return (live, "team", entry) if live and entry in live.setup.entries else None, HANDED_OVER
    if data.get("key"):
        return _by_key(data), "card"
    return _by_code(data), "code"


@blueprint.post("/handover")
def handover() -> Response:
    """Give this phone's team an address that joins one other browser, once, within five minutes."""
    who = caller("team")
    code, until = new_token(), now_ms() + HANDOVER_S * 1000
    race, entry = who.live.race.id, who.bearer.subject
    write(lambda connection: add_handover(connection, digest(code), race, entry, until))
    return jsonify({"url": f"/T/HANDOVER?h={code}", "expires_s": HANDOVER_S})


def _by_key(data: Mapping[str, Any]) -> tuple[LiveRace, str, str] | None:
    key = str(data["key"]).strip().upper()
    for live in of_app(Live).races.values():
        if key in live.keys.cards:
            return live, "team", live.keys.cards[key]
        if key in live.keys.stations:
            return live, "marshal", live.keys.stations[key]
    return None


def _by_code(data: Mapping[str, Any]) -> tuple[LiveRace, str, str] | None:
    code = clean_typed(str(data.get("join_code", "")))
    if code is None:
        return None
    races = of_app(Live)
    slug = data.get("race")
    wanted = [races.by_slug(str(slug))] if slug else list(races.races.values())
    found = [(live, "team", live.keys.joins[code]) for live in wanted if live and code in live.keys.joins]
    return found[0] if len(found) == 1 else None


@blueprint.post("/facts")
def facts() -> Response:
    """Take in what a phone reports. One bad record sinks no other; the same id twice is one fact."""
    who = caller()
    records = body_json(MOST_BYTES).get("records")
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        raise malformed(Words("Send a list of at most %(most)s records.", {"most": MOST_RECORDS}))
    if who.bearer.role == "team" and len(who.live.facts.get(who.bearer.subject, ())) + len(records) > MOST_FACTS:
        raise Problem(429, "too_many", Words("Your team has sent more records than any race needs. Ask a marshal."))
    now = now_ms()
    desk = _desk(who, now, records)
    read = [read_record(record, desk) for record in records]
    drafts = [item for item in read if isinstance(item, Draft)]
    sheets = opened_sheets(desk.sealed, drafts, who.live.setup.entries.get(who.bearer.subject))
    appended = of_app(Referee).take(who.live, [*sheets, *drafts], now)[len(sheets) :]
    _swap_members(who, records, appended)
    if who.bearer.role == "team":
        note_phone(who, now, sent=len(records))
    live = of_app(Live).races[who.live.race.id]
    taken = iter(appended)
    results = [_refusal(item) if isinstance(item, Refusal) else _result(live, next(taken)) for item in read]
    _add_run(live, who, results)
    return jsonify({"results": results, "server_time": now, "anchor": make_anchor(live.race.secret, now)})


def _swap_members(who: Caller, records: list[Any], appended: list[Appended]) -> None:
    """New names that a check-in brings go to the entry, where personal data lives; the log holds none."""
    raw = {str(record.get("id")): record for record in records if isinstance(record, dict)}
    for item in appended:
        names = new_names(raw[item.fact.id].get("swapped")) if item.fact.kind == "checkin" else {}
        if names and item.fact.entry and not item.conflict:
            now, by, nonce = now_ms(), f"marshal:{who.bearer.subject}", secrets.token_hex(6)
            swap = partial(
                swap_members, race=who.live.race.id, entry=item.fact.entry, names=names, by=by, now=now, nonce=nonce
            )
            write(swap)
    if any(item.fact.kind == "checkin" for item in appended):
        of_app(Live).catch_up()


def _desk(who: Caller, now: int, records: list[Any]) -> Desk:
    live = who.live
    sealed: Mapping[str, FirstSheet] = {}
    if who.bearer.role == "team" and live.counts:
        named = {str(record.get("sheet")) for record in records if isinstance(record, dict) and record.get("sheet")}
        # Looked up one by one: a difference from the log's ids would walk the whole log for each request.
        unknown = {name for name in named if name not in live.by_id}
        sealed = sealed_sheets(live, live.setup.entries[who.bearer.subject], unknown)
    return Desk(live.setup, live.race.secret, live.keys.signs, live.keys.typed, live.by_id, who.bearer, now, sealed)


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "id": refusal.id,
        "verdict": refusal.verdict.value,
        "message": tell(refusal.words),
        "checkpoint": None,
        "entry": None,
    }


def _result(live: LiveRace, item: Appended) -> dict[str, Any]:
    fact = item.fact
    verdict = verdict_of(live, item)
    checkpoint = live.setup.checkpoints.get(fact.checkpoint or "")
    result: dict[str, Any] = {
        "id": fact.id,
        "verdict": verdict.value,
        "message": tell(sentence(verdict, fact)),
        "checkpoint": {"code": checkpoint.code, "name": words_of(checkpoint.name)} if checkpoint else None,
        "entry": fact.entry,
        "at": fact.at,
    }
    tasks = _tasks(live, fact, verdict)
    if tasks:
        result["tasks"] = tasks
    return result


def _tasks(live: LiveRace, fact: Fact, verdict: Verdict) -> list[dict[str, Any]]:
    run = live.runs.get(fact.entry or "")
    checkpoint = live.setup.checkpoints.get(fact.checkpoint or "")
    if run is None or checkpoint is None or verdict not in OPENING or fact.kind not in ("punch", "answer"):
        return []
    if checkpoint.kind is CheckpointKind.FINISH:
        return [{"kind": "finish", "state": "confirm"}]
    visit = run.visits.get(checkpoint.id)
    return tasks_json(live, visit) if visit else []


def _add_run(live: LiveRace, who: Caller, results: list[dict[str, Any]]) -> None:
    """A team hears of its own run once, with the last of its records."""
    if who.bearer.role == "team" and results:
        results[-1]["run"] = run_json(live, live.runs[who.bearer.subject])
