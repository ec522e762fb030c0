"""The chief marshal's list: what is open, near-ties, decisions on the whole race, and all that was decided."""

import secrets
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from base.clock import now_ms, time_of_day
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.web import Outside, language, of_app, tell
from facts.model import Draft, Fact
from organize.forms.decisions import MOST_REASON, name_question
from organize.live import Matters
from organize.model import StepName
from organize.rules.open_matters import MatterKind, open_matters
from organize.views.deciding import MOST_MOVES, all_facts, decide, move_row, names_of, run_row
from organize.views.frame import by_whom, desk_page, desk_race, saved_at
from organize.views.moment import Seen, asked_at, seen_at
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace
from race.live.referee import Referee
from race.model import Setup
from race.rules.flags import NEAR_TIE, Flag, doubt_ms, flags_of_race
from race.rules.preview import Move, preview
from race.rules.telling import place_of, team_of, tell_fact, tell_whom
from race.rules.whole import undone_ids

blueprint = Blueprint("jury", __name__)

KIND_WORDS = {
    MatterKind.OUT: Words("Not back"),
    MatterKind.HEADS: Words("Heads to check"),
    MatterKind.FLAG: Words("To look at"),
    MatterKind.SHEET: Words("Questions open"),
    MatterKind.UNSENT: Words("Not sent yet"),
}


@blueprint.get("/organize/<slug>/jury")
@allowed(Act.DECIDE)
def jury(slug: str) -> ResponseReturnValue:
    """Show what is open and what was decided; a team that was chosen has a page of its own."""
    live = desk_race(slug)
    if request.args.get("team") in live.setup.entries:
        return redirect(url_for("jury_team.team", slug=slug, entry=request.args["team"]))
    return _page(live)


@blueprint.post("/organize/<slug>/jury")
@allowed(Act.DECIDE)
def decided(slug: str) -> ResponseReturnValue:
    """Take a word on a flag, or a decision on the whole race: shown first, stored when confirmed."""
    live = desk_race(slug)
    back = url_for("jury.jury", slug=slug)
    try:
        if request.form.get("what") == "flag":
            _say_on_flag(live)
            return redirect(saved_at("jury.jury", slug, "jury"))
        answer = decide(live, None, back)
    except FaultyInput as faulty:
        return _page(live, {fault.path: tell(fault.words) for fault in faulty.faults}), 400
    if answer.page is not None:
        return answer.page, answer.status
    return redirect(saved_at("jury.jury", slug, "jury"))


def _say_on_flag(live: LiveRace) -> None:
    """Write the jury's word on a flag down. It moves nobody, so there is nothing to preview."""
    form = request.form
    found = {flag.id: flag for flag in _flags(live.setup, seen_at(live, None))}
    flag, reason = found.get(form.get("flag", "")), form.get("reason", "").strip()[:MOST_REASON]
    if flag is None or form.get("accepted") not in {"yes", "no"}:
        raise FaultyInput([Fault("flag", Words("That is not open any more. Please look at the list again."))])
    if not reason:
        raise FaultyInput([Fault(f"reason-{flag.id}", Words("Say why: the team will ask."))])
    accepted = form["accepted"] == "yes"
    if flag.accepted is accepted:
        return  # pressed twice
    body = {"what": "flag", "value": {"flag": flag.id, "accepted": accepted}, "reason": reason}
    now = now_ms()
    draft = Draft(secrets.token_hex(8), "decision", now, now, by_whom(), flag.entry, None, body)
    of_app(Referee).take(live, [draft], now)


def _page(live: LiveRace, faults: dict[str, str] | None = None) -> str:
    setup, seen = live.setup, seen_at(live, asked_at(live))
    flags = _flags(setup, seen)
    return desk_page(
        "organize/jury.html",
        live,
        StepName.JURY,
        at=time_of_day(seen.at, setup.about.timezone) if seen.at is not None else "",
        matters=_matters(live, seen),
        ties=[_tie(setup, seen, flag) for flag in flags if flag.code == NEAR_TIE],
        history=history(live, seen.wide, seen.by_id),
        moved=moved(live),
        choices=_choices(live, seen),
        teams=[(name, team_of(setup, name)) for name in setup.entries],
        given=request.form if faults else request.args,
        faults=faults or {},
    )


def _flags(setup: Setup, seen: Seen) -> list[Flag]:
    return flags_of_race(setup, seen.whole, seen.runs, seen.standings, seen.facts)


def _matters(live: LiveRace, seen: Seen) -> list[dict[str, Any]]:
    setup = live.setup
    if seen.at is None:
        found = of_app(Matters).of(live)
    else:
        found = open_matters(setup, seen.whole, seen.runs, seen.standings, seen.facts)
    return [
        {
            "kind": item.kind.value,
            "kind_words": tell(KIND_WORDS[item.kind]),
            "entry": item.entry,
            "team": team_of(setup, item.entry),
            "club": setup.entries[item.entry].club,
            "words": tell(item.words),
            "flag": item.flag.id if item.flag else None,
            "others": [(other, team_of(setup, other)) for other in item.flag.others] if item.flag else [],
        }
        for item in found
    ]


def _tie(setup: Setup, seen: Seen, flag: Flag) -> dict[str, Any]:
    placed = {item.run.entry: item for in_class in seen.standings.values() for item in in_class}
    sides = []
    for name, fact_id in zip((flag.entry, *flag.others), flag.facts, strict=False):
        fact, standing = seen.by_id[fact_id], placed[name]
        sides.append({**run_row(setup, standing.run, standing.place), "doubt": f"{doubt_ms(fact) / 1000:g}"})
    return {"sides": sides, "accepted": flag.accepted}


def history(live: LiveRace, wide: Iterable[Fact], known: Any, entry: str | None = None) -> list[dict[str, Any]]:
    """Return what was decided, newest first, on the whole race or about one entry; what was undone stays, marked."""
    setup = live.setup
    decisions = [fact for fact in wide if fact.kind == "decision" and entry in (None, fact.entry)]
    undone, names = undone_ids(wide), names_of(live, decisions)
    return [
        {
            "id": fact.id,
            "at": fact.at,
            "by": names[fact.by],
            "entry": fact.entry,
            "whom": team_of(setup, fact.entry) if fact.entry else tell(Words("all")),
            "words": tell(tell_fact(setup, fact, known)),
            "reason": fact.body.get("reason") or "",
            "undone": fact.id in undone,
            "moves": fact.body.get("what") != "flag",
        }
        for fact in sorted(decisions, key=lambda fact: -fact.revision)
    ]


def moved(live: LiveRace) -> dict[str, Any] | None:
    """Return whom a decision moved when it was made: the race just before it and just after."""
    fact = live.by_id.get(request.args.get("moved", ""))
    if fact is None or fact.kind != "decision":
        return None
    setup = live.setup
    before = [other for other in all_facts(live) if other.revision < fact.revision]
    moves: list[Move] = of_app(Outside).run(lambda: preview(setup, before, fact, fact.received_at))
    return {
        "words": tell(tell_fact(setup, fact, live.by_id)),
        "moves": [move_row(setup, move) for move in moves[:MOST_MOVES]],
        "more": max(0, len(moves) - MOST_MOVES),
    }


def _choices(live: LiveRace, seen: Seen) -> dict[str, Any]:
    """Return what the forms on the whole race offer to choose from."""
    setup = live.setup
    codes = [(item.id, tell(place_of(setup, item.id))) for item in setup.checkpoints.values()]
    return {
        "checkpoints": codes,
        "ends": [(item.code, tell(place_of(setup, item.id))) for item in setup.checkpoints.values()],
        "classes": [(name, tell(tell_whom(setup, name))) for name in setup.classes],
        "waves": sorted({entry.wave for entry in setup.entries.values() if entry.wave}),
        "questions": _questions(setup, seen),
    }


def _questions(setup: Setup, seen: Seen) -> list[tuple[str, str]]:
    """Return the questions that were answered so far: what nobody had cannot have been wrong, and stays unseen."""
    had = {
        (setup.quizzes[str(fact.body["quiz"])].bank, str(name))
        for own in seen.facts.values()
        for fact in own
        if fact.kind == "answer" and fact.body.get("quiz") in setup.quizzes
        for name in fact.body.get("answers") or ()
    }
    return [
        (name_question(bank.id, question.id), say(question.text, language()))
        for bank in setup.banks.values()
        for question in bank.questions
        if (bank.id, question.id) in had
    ]
