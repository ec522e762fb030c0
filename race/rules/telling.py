"""Every kind of record in words, as a marshal would tell it: for the team's page, race control and the history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from base.clock import parse_instant, time_of_day
from base.languages import Text, Words
from checkpoints.model import CheckpointKind
from facts.model import Fact
from games.model import Measure, MeasureKind
from quizzes.model import Question
from quizzes.rules import answer_words, rekeyed
from race.model import Setup, Status
from race.rules.lengths import length
from race.rules.naming import STATUSES

Value = Mapping[str, Any]
Said = Words | str
NONE: Mapping[str, Fact] = {}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What names are looked up in: the set-up, and the other facts by id."""

    setup: Setup
    known: Mapping[str, Fact]


def tell_fact(setup: Setup, fact: Fact, known: Mapping[str, Fact] = NONE) -> Words:
    """Return what happened in words, without who it is about and when. `known` are the race's facts by id."""
    on = _Ground(setup, known)
    if fact.kind == "decision":
        return DECIDED[str(fact.body["what"])](on, fact, fact.body.get("value") or {})
    return HAPPENED[fact.kind](on, fact, fact.body)


def listing(parts: Sequence[Words | Text]) -> Words | Text:
    """Return several words as one, with the commas of the language."""
    if not parts:
        return ""
    said = parts[0]
    for part in parts[1:]:
        said = Words("%(some)s, %(more)s", {"some": said, "more": part})
    return said


def place_of(setup: Setup, checkpoint: str | None) -> Words | Text:
    """Return a checkpoint as its code and its name; one that the set-up does not know by what was recorded."""
    found = setup.checkpoints.get(checkpoint or "")
    if found is None:
        return checkpoint or "?"
    return Words("%(code)s %(name)s", {"code": found.code, "name": found.name}) if found.name else found.code


def team_of(setup: Setup, entry: str | None) -> str:
    """Return a team as its number and name."""
    found = setup.entries.get(entry or "")
    return " ".join(part for part in (found.bib, found.team) if part) or found.id if found else entry or "?"


def tell_whom(setup: Setup, class_: str | None, wave: str | None = None) -> Words | Text:
    """Return for whom something holds: all, a class, a wave."""
    found = setup.classes.get(class_ or "")
    name: Words | Text = (found.name or found.id if found else class_) or Words("all")
    return Words("%(class_)s, wave %(wave)s", {"class_": name, "wave": wave}) if wave else name


def _clock(on: _Ground, instant: object) -> str:
    return time_of_day(parse_instant(instant), on.setup.about.timezone)


def _gun(on: _Ground, _fact: Fact, body: Value) -> Words:
    return Words("The gun was fired for %(whom)s.", {"whom": tell_whom(on.setup, body.get("class"), body.get("wave"))})


def _checkin(_on: _Ground, _fact: Fact, body: Value) -> Words:
    if body.get("swapped"):
        about = {"heads": body["heads"], "swapped": len(body["swapped"])}
        return Words("Checked in with %(heads)s members, %(swapped)s of them new.", about)
    return Words("Checked in with %(heads)s members.", {"heads": body["heads"]})


def _start(_on: _Ground, _fact: Fact, _body: Value) -> Words:
    return Words("Started.")


def _punch(on: _Ground, fact: Fact, body: Value) -> Words:
    if fact.checkpoint is None:
        return Words("A sign or code that is not of this race: %(text)s.", {"text": body.get("unknown") or "?"})
    found = on.setup.checkpoints.get(fact.checkpoint)
    about = {"place": place_of(on.setup, fact.checkpoint)}
    if found is not None and found.kind is CheckpointKind.START:
        return Words("At the start, %(place)s.", about)
    return Words("At %(place)s.", about)


def _sheet(on: _Ground, fact: Fact, body: Value) -> Words:
    found = on.setup.checkpoints.get(fact.checkpoint or "")
    about = {
        "code": found.code if found else fact.checkpoint or "?",
        "count": len(body.get("questions") or ()),
        "attempt": body.get("attempt", 1),
    }
    return Words("%(count)s questions handed out at %(code)s, try %(attempt)s.", about)


def _answer(on: _Ground, fact: Fact, body: Value) -> Words:
    about = {"place": place_of(on.setup, fact.checkpoint), "right": body.get("right")}
    if body.get("expired"):
        return Words("Time for the questions at %(place)s ran out.", about)
    if "right" in body:
        return Words("Asked by word of mouth at %(place)s: %(right)s right.", about)
    return Words("Answered at %(place)s.", about)


_STAMPED = {
    "arrived": Words("Came to the game at %(place)s."),
    "begun": Words("Began the game at %(place)s."),
    "ended": Words("Ended the game at %(place)s."),
}


def _stamp(on: _Ground, fact: Fact, body: Value) -> Words:
    told = _STAMPED[body["what"]]
    return told.having(place=place_of(on.setup, fact.checkpoint))


def _game(on: _Ground, fact: Fact, body: Value) -> Words:
    game = on.setup.games.get(str(body.get("game")))
    measures = {item.id: item for item in game.measures} if game else {}
    given: Value = body.get("measures") or {}
    said = listing([_measure(measures.get(name), name, value) for name, value in given.items()])
    about = {"game": game.name if game else place_of(on.setup, fact.checkpoint), "measures": said or "–"}
    return Words("%(game)s: %(measures)s.", about)


def _measure(measure: Measure | None, name: str, value: Any) -> Words:
    said: Words | str = str(value)
    if measure is not None and measure.kind is MeasureKind.SECONDS:
        said = Words("%(seconds)s s", {"seconds": value})
    elif isinstance(value, bool):
        said = Words("yes") if value else Words("no")
    elif isinstance(value, list):
        said = str(sum(map(bool, value)))
    return Words("%(name)s %(value)s", {"name": (measure.name if measure else "") or name, "value": said})


def _finish(_on: _Ground, _fact: Fact, _body: Value) -> Words:
    return Words("Finished.")


def _heads(_on: _Ground, _fact: Fact, body: Value) -> Words:
    return Words("%(heads)s heads counted at the finish.", {"heads": body["heads"]})


def _withdraw(_on: _Ground, _fact: Fact, body: Value) -> Words:
    safe = Words("safe") if body.get("safe", True) else Words("not known to be safe")
    about = {"safe": safe, "reason": body.get("reason") or "–", "count": len(body.get("members") or ())}
    if body.get("members") is None:
        return Words("The whole team withdrew (%(safe)s): %(reason)s", about)
    return Words("%(count)s members withdrew (%(safe)s): %(reason)s", about)


def _setup(_on: _Ground, _fact: Fact, body: Value) -> Words:
    part = str(body.get("part"))
    return Words("The set-up changed: %(part)s.", {"part": PARTS.get(part, part)})


PARTS: Mapping[str, Words] = {
    "race": Words("Basics"),
    "map": Words("Map"),
    "checkpoints": Words("The checkpoints"),
    "quizzes": Words("Questions and games"),
    "games": Words("Questions and games"),
    "banks": Words("Question bank"),
    "courses": Words("courses"),
    "classes": Words("classes"),
    "entries": Words("Teams"),
    "stage": Words("stage"),
}


def _message(_on: _Ground, fact: Fact, body: Value) -> Words:
    about = {"text": body.get("text", "")}
    return Words("Message to the team: %(text)s", about) if fact.entry else Words("Message to all: %(text)s", about)


def _help(_on: _Ground, _fact: Fact, body: Value) -> Words:
    return Words("The team calls for help. %(text)s", {"text": body.get("text", "")})


HAPPENED: Mapping[str, Callable[[_Ground, Fact, Value], Words]] = {
    "gun": _gun,
    "checkin": _checkin,
    "start": _start,
    "punch": _punch,
    "sheet": _sheet,
    "answer": _answer,
    "stamp": _stamp,
    "game": _game,
    "finish": _finish,
    "heads": _heads,
    "withdraw": _withdraw,
    "setup": _setup,
    "message": _message,
    "help": _help,
}


def _status(_on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Status: %(status)s.", {"status": STATUSES[Status(value["status"])]})


def _penalty_s(_on: _Ground, _fact: Fact, value: Value) -> Words:
    seconds = int(value["seconds"])
    said = Words("%(length)s added.") if seconds >= 0 else Words("%(length)s taken off.")
    return said.having(length=length(abs(seconds)))


def _points(_on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Points: %(points)s.", {"points": f"{int(value['points']):+}"})


def _credit_s(_on: _Ground, _fact: Fact, value: Value) -> Words:
    seconds = int(value["seconds"])
    said = Words("%(length)s credited.") if seconds >= 0 else Words("%(length)s less credit.")
    return said.having(length=length(abs(seconds)))


def _class(on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Ranked in %(class_)s.", {"class_": tell_whom(on.setup, value["class"])})


def _waive(on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Checkpoint %(place)s is waived.", {"place": place_of(on.setup, value["checkpoint"])})


def _question(on: _Ground, value: Value) -> Question | None:
    bank = value.get("bank")
    found = (q for b in on.setup.banks.values() if bank in (None, b.id) for q in b.questions)
    return next((question for question in found if question.id == value["question"]), None)


def _void_question(on: _Ground, _fact: Fact, value: Value) -> Words:
    question = _question(on, value)
    text = question.text if question else value["question"]
    return Words("Question voided, right for all who had it: %(text)s", {"text": text})


def _rekey_question(on: _Ground, _fact: Fact, value: Value) -> Words:
    question = _question(on, value)
    if question is None:
        return Words("Right answer of a question changed: %(text)s", {"text": value["question"]})
    answer = answer_words(question, rekeyed(question, value["answer"]).answer)
    about = {"text": question.text, "answer": answer or "–"}
    return Words("Right answer of a question is now %(answer)s: %(text)s", about)


def _start_at(on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Start set to %(at)s.", {"at": _clock(on, value["at"])})


def _finish_at(on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Finish set to %(at)s.", {"at": _clock(on, value["at"])})


def _gun_at(on: _Ground, _fact: Fact, value: Value) -> Words:
    about = {"whom": tell_whom(on.setup, value.get("class"), value.get("wave")), "at": _clock(on, value["at"])}
    return Words("Gun of %(whom)s set to %(at)s.", about)


def _recall(on: _Ground, _fact: Fact, value: Value) -> Words:
    whom = tell_whom(on.setup, value.get("class"), value.get("wave"))
    return Words("False start: %(whom)s called back.", {"whom": whom})


def _merge(on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Takes over the records of %(team)s.", {"team": team_of(on.setup, value["entry"])})


def _neutralise(on: _Ground, _fact: Fact, value: Value) -> Words:
    about = {"leg": " → ".join(value["leg"]), "whom": tell_whom(on.setup, value.get("class"))}
    return Words("Leg %(leg)s does not count in time (%(whom)s).", about)


def _postpone(_on: _Ground, _fact: Fact, value: Value) -> Words:
    return Words("Postponed by %(length)s.", {"length": length(int(value["seconds"]))})


def _flag(_on: _Ground, _fact: Fact, value: Value) -> Words:
    about = {"flag": FLAGGED.get(str(value["flag"]).partition(":")[0], str(value["flag"]))}
    return Words("Accepted: %(flag)s.", about) if value["accepted"] else Words("Not accepted: %(flag)s.", about)


# What a flag is about, by the code before the colon of its id.
FLAGGED: Mapping[str, Words] = {
    "near_tie": Words("near-tie"),
    "short": Words("team short of members"),
    "first": Words("order of the first checkpoints"),
    "unsure_line": Words("line not searched to its end"),
    "help": Words("call for help"),
    "gap": Words("a phone's missing records"),
    "chain": Words("a phone's broken chain"),
    "proof": Words("punches without proof"),
    "clock": Words("clock set back"),
    "offline": Words("long without signal"),
}


def _taken_back(on: _Ground, value: Value, alone: Words, told: Words) -> Words:
    target = on.known.get(str(value.get("fact")))
    if target is None:
        return alone
    at = time_of_day(target.at, on.setup.about.timezone)
    return told.having(what=tell_fact(on.setup, target), at=at)


def _remove_punch(on: _Ground, _fact: Fact, value: Value) -> Words:
    return _taken_back(on, value, Words("A record was removed."), Words("Record of %(at)s removed: %(what)s"))


def _undo(on: _Ground, _fact: Fact, value: Value) -> Words:
    return _taken_back(on, value, Words("A record was taken back."), Words("Taken back, of %(at)s: %(what)s"))


def _always(words: Words) -> Callable[[_Ground, Fact, Value], Words]:
    return lambda _on, _fact, _value: words


DECIDED: Mapping[str, Callable[[_Ground, Fact, Value], Words]] = {
    "status": _status,
    "penalty_s": _penalty_s,
    "points": _points,
    "credit_s": _credit_s,
    "class": _class,
    "waive": _waive,
    "void_question": _void_question,
    "rekey_question": _rekey_question,
    "start": _start_at,
    "gun": _gun_at,
    "recall": _recall,
    "finish": _finish_at,
    "merge": _merge,
    "neutralise": _neutralise,
    "stop": _always(Words("Race stopped, all clocks stand.")),
    "resume": _always(Words("Race goes on, all clocks run.")),
    "close": _always(Words("Race closed.")),
    "postpone": _postpone,
    "flag": _flag,
    "remove_punch": _remove_punch,
    "undo": _undo,
}
