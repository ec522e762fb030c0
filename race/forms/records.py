"""Records that phones send: JSON to drafts of facts, or a refusal that says why.

Who sent a record decides what it may say: a team its own punches, answers and finish; a marshal what happens at the own
station. The phone's own time is kept as it came; the instant that counts is fixed here, once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from base import canonical, keys
from base.clock import parse_instant
from base.faults import Fault
from base.forms import Reader
from base.languages import Words
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from facts.model import Draft, Fact
from games.rules import check_measures
from quizzes.model import Question
from quizzes.rules import own_numbers
from race.forms.receipts import read_receipt
from race.model import Setup, Verdict
from race.rules.cards import Bearer
from race.rules.sealing import FirstSheet

MOST_RECORDS = 200
MOST_BYTES = 256 * 1024
UNDOABLE = frozenset({"punch", "stamp", "game", "answer", "checkin", "heads", "finish", "withdraw"})
# No sheet is open for longer than a day.
LONGEST_SHEET_S = 86_400
LONGEST_HELP = 200
LONGEST_DOUBT_MS = 600_000
LONGEST_ANCHOR = 64
STAMPS = ("arrived", "begun", "ended")
# The server names its own facts so that they are made only once. A phone that took such a name could keep a sheet from
# being handed out, or the race from closing.
SERVERS_OWN = ("sheet-", "expired-", "close-", "stage-", "setup-", "desk-")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that becomes no fact, and why."""

    id: str
    verdict: Verdict
    words: Words


class _Refused(Exception):  # noqa: N818  it is how a nested reader says no
    def __init__(self, verdict: Verdict, words: Words) -> None:
        super().__init__(str(words))
        self.verdict = verdict
        self.words = words


@dataclass(frozen=True, slots=True)
class Desk:
    """What a record is read against: one race's set-up and keys, who sends, and when it came.

    `signs` and `typed` turn a sign's key or typed code into a checkpoint id; `known` finds a fact by id; `sealed` the
    sheet that a phone without signal opened by itself.
    """

    setup: Setup
    secret: bytes
    signs: Mapping[str, str]
    typed: Mapping[str, str]
    known: Mapping[str, Fact]
    bearer: Bearer
    received_at: int
    sealed: Mapping[str, FirstSheet] = field(default_factory=dict)


def read_record(data: Any, desk: Desk) -> Draft | Refusal:
    """Read one record. A bad one is refused by itself and sinks no other."""
    name, kept = data.get("id") if isinstance(data, Mapping) else None, canonical.can_be_kept(data)
    name = name if isinstance(name, str) and 0 < len(name) <= 64 and (kept or canonical.can_be_kept(name)) else ""
    try:
        if not name or name.startswith(SERVERS_OWN):
            raise _Refused(Verdict.MALFORMED, Words("This record has no id."))
        if not kept:
            raise _Refused(Verdict.MALFORMED, Words("This record holds what cannot be written down."))
        return _read(data, name, desk)
    except _Refused as refused:
        return Refusal(name, refused.verdict, refused.words)


def _read(data: Mapping[str, Any], name: str, desk: Desk) -> Draft:
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    kind = reader.string("kind", longest=16)
    station = desk.bearer.role == "marshal"
    read = (_STATION if station else _TEAM).get(kind)
    if read is None:
        raise _Refused(Verdict.REFUSED, Words("This phone may not report that. Ask a marshal."))
    draft = read(reader, desk)
    if faults:
        raise _Refused(Verdict.MALFORMED, Words("%(fault)s", {"fault": str(faults[0])}))
    phone_at = data.get("at")
    body = {**draft.body, "phone_at": phone_at, "device": desk.bearer.device}
    sign = desk.setup.checkpoints.get(draft.checkpoint or "") if draft.body.get("proof") == "qr" else None
    body["receipt"] = read_receipt(data, sign, desk.secret, anchored(data.get("anchor"), desk.secret))
    if not station and (doubt := reader.take("doubt_ms")) is not None:
        body["phone_doubt_ms"] = doubt if type(doubt) is int and 0 <= doubt <= LONGEST_DOUBT_MS else None
    return Draft(
        id=name,
        kind=kind,
        at=fix_instant(phone_at, data.get("anchor"), desk),
        received_at=desk.received_at,
        by=f"{desk.bearer.role}:{desk.bearer.subject}",
        entry=draft.entry,
        checkpoint=draft.checkpoint,
        body={field: value for field, value in body.items() if value is not None},
    )


def fix_instant(phone_at: Any, anchor: Any, desk: Desk) -> int:
    """Return the instant that counts: the phone's, but never after it came and never before the anchor it held."""
    try:
        at = parse_instant(phone_at) if phone_at is not None else desk.received_at
    except (ValueError, OverflowError):
        raise _Refused(Verdict.MALFORMED, Words("The time of this record cannot be read.")) from None
    floor = anchored(anchor, desk.secret)
    return min(max(at, floor), desk.received_at)


def make_anchor(secret: bytes, instant: int) -> str:
    """Return a signed instant: a phone that holds it cannot claim to have been earlier."""
    return f"{instant}.{keys.sign(secret, 'anchor', instant)}"


def anchored(anchor: Any, secret: bytes) -> int:
    """Return the instant of an anchor of ours, 0 if it is none."""
    return _instant_of(anchor, secret) if isinstance(anchor, str) and len(anchor) <= LONGEST_ANCHOR else 0


@lru_cache(4096)
def _instant_of(anchor: str, secret: bytes) -> int:
    # Remembered: each record is asked twice, and all that a phone brings from a dead spot hold the same one.
    instant, _, signature = anchor.partition(".")
    return int(instant) if instant.isdecimal() and keys.signed(secret, signature, "anchor", instant) else 0


def _bare(entry: str, checkpoint: str | None, body: Mapping[str, Any]) -> Draft:
    return Draft("", "", 0, 0, "", entry, checkpoint, body)


# What a team reports.


def _team_punch(reader: Reader, desk: Desk) -> Draft:
    checkpoint, proof = _sign(reader, desk)
    body: dict[str, Any] = {"proof": proof}
    if checkpoint is None:
        body["unknown"] = reader.string("key" if proof == "qr" else "typed_code")[:40]
    gps = reader.take("gps")
    if isinstance(gps, Mapping):
        body["gps"] = {k: gps[k] for k in ("lat", "lon", "accuracy_m") if isinstance(gps.get(k), int | float)}
    return _bare(desk.bearer.subject, checkpoint, body)


def _team_finish(reader: Reader, desk: Desk) -> Draft:
    finishes = {c.id for c in desk.setup.checkpoints.values() if c.kind is CheckpointKind.FINISH}
    checkpoint, proof = _sign(reader, desk) if finishes else (None, "qr")
    if finishes and checkpoint not in finishes:
        raise _Refused(Verdict.REFUSED, Words("To finish, scan the sign at the finish."))
    return _bare(desk.bearer.subject, checkpoint, {"proof": proof})


def _sign(reader: Reader, desk: Desk) -> tuple[str | None, str]:
    """Return the checkpoint whose sign this is, or None for a torn or foreign one, and the kind of proof."""
    if "key" in reader:
        return desk.signs.get(reader.string("key", longest=200).upper()), "qr"
    if "typed_code" in reader:
        code = keys.clean_typed(reader.string("typed_code", longest=40))
        return desk.typed.get(code or ""), "code"
    raise _Refused(Verdict.MALFORMED, Words("Scan the sign, or type the short code printed on it."))


def _team_answer(reader: Reader, desk: Desk) -> Draft:
    name = reader.string("sheet", longest=80)
    sheet = _sheet(name, desk)
    answers = reader.take("answers")
    if not isinstance(answers, Mapping):
        raise _Refused(Verdict.MALFORMED, Words("The answers are missing."))
    asked = {question: answers[question] for question in sheet.questions if question in answers}
    known = {item.id: item for item in _bank(desk.setup, sheet.quiz) if item.id in asked}
    own = {
        question: own_numbers(known[question], answer, desk.secret, name) if question in known else answer
        for question, answer in asked.items()
    }
    body = {"sheet": name, "quiz": sheet.quiz, "answers": own, "seconds": _seconds(reader.take("seconds"))}
    return _bare(desk.bearer.subject, sheet.checkpoint, body)


def _sheet(name: str, desk: Desk) -> FirstSheet:
    """Return what a sheet asks: one that was handed out, or one that the team's phone opened by itself."""
    sheet = desk.known.get(name)
    if sheet is None and name in desk.sealed:
        return desk.sealed[name]
    if sheet is None or sheet.kind != "sheet" or sheet.entry != desk.bearer.subject:
        raise _Refused(Verdict.REFUSED, Words("These questions are not your team's. Scan the sign again."))
    questions = tuple(map(str, sheet.body["questions"]))
    return FirstSheet(name, sheet.checkpoint or "", str(sheet.body["quiz"]), questions)


def _seconds(value: Any) -> float | None:
    """Return how long the phone says that a sheet was open; what is no such length is left out."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST_SHEET_S
    return round(float(value), 1) if fits else None


def _help(reader: Reader, desk: Desk) -> Draft:
    """A call for help is taken whatever it says: what of it cannot be read is left out."""
    place = {name: reader.take(name) for name in ("lat", "lon", "accuracy_m")}
    known = {name: float(value) for name, value in place.items() if type(value) in (int, float) and abs(value) < 1e6}
    if not (abs(known.get("lat", 91)) <= 90 and abs(known.get("lon", 181)) <= 180):
        known = {}
    text = reader.take("text")
    body: dict[str, Any] = {**known, "text": text.strip()[:LONGEST_HELP] if isinstance(text, str) else ""}
    return _bare(desk.bearer.subject, None, body)


def _bank(setup: Setup, quiz: str) -> tuple[Question, ...]:
    return setup.banks[setup.quizzes[quiz].bank].questions if quiz in setup.quizzes else ()


# What a marshal reports, at the own station.


def _station(desk: Desk) -> Checkpoint:
    checkpoint = desk.setup.checkpoints.get(desk.bearer.subject)
    if checkpoint is None:
        raise _Refused(Verdict.REFUSED, Words("This station is no longer part of the race."))
    return checkpoint


def _entry(reader: Reader, desk: Desk) -> str:
    entry = reader.string("entry", longest=64)
    if entry not in desk.setup.entries:
        raise _Refused(Verdict.REFUSED, Words("There is no team of that number in this race."))
    return entry


def _only_at(desk: Desk, kind: CheckpointKind, words: Words) -> Checkpoint:
    checkpoint = _station(desk)
    if checkpoint.kind is not kind:
        raise _Refused(Verdict.REFUSED, words)
    return checkpoint


_AT_CONTROL = Words("This is not a checkpoint on the way: teams are not punched here.")
_AT_START = Words("Teams are checked in at the start.")
_AT_FINISH = Words("Heads and finish times are taken at the finish.")


def _marshal_punch(reader: Reader, desk: Desk) -> Draft:
    checkpoint = _only_at(desk, CheckpointKind.CONTROL, _AT_CONTROL)
    return _bare(_entry(reader, desk), checkpoint.id, {"proof": "marshal"})


def _stamp(reader: Reader, desk: Desk) -> Draft:
    checkpoint = _only_at(desk, CheckpointKind.CONTROL, _AT_CONTROL)
    _task(checkpoint, TaskKind.GAME, "")
    reader.needed("what")
    return _bare(_entry(reader, desk), checkpoint.id, {"what": reader.choice("what", STAMPS, "begun")})


def _task(checkpoint: Checkpoint, kind: TaskKind, name: str) -> str:
    ids = [task.id for task in checkpoint.tasks if task.kind is kind]
    if not ids or (name and name not in ids):
        raise _Refused(Verdict.REFUSED, Words("That is not a task of this station."))
    return name or ids[0]


def _game(reader: Reader, desk: Desk) -> Draft:
    checkpoint = _only_at(desk, CheckpointKind.CONTROL, _AT_CONTROL)
    name = _task(checkpoint, TaskKind.GAME, reader.string("game", longest=64))
    measures = reader.take("measures")
    if not isinstance(measures, Mapping):
        raise _Refused(Verdict.MALFORMED, Words("The measures are missing."))
    wrong = check_measures(desk.setup.games[name], measures)
    if wrong:
        raise _Refused(Verdict.MALFORMED, wrong[0].words)
    return _bare(_entry(reader, desk), checkpoint.id, {"game": name, "measures": dict(measures)})


def _word_of_mouth(reader: Reader, desk: Desk) -> Draft:
    checkpoint = _only_at(desk, CheckpointKind.CONTROL, _AT_CONTROL)
    name = _task(checkpoint, TaskKind.QUIZ, reader.string("quiz", longest=64))
    reader.needed("right")
    right = reader.integer("right", 0, most=desk.setup.quizzes[name].draw)
    return _bare(_entry(reader, desk), checkpoint.id, {"quiz": name, "right": right})


def _checkin(reader: Reader, desk: Desk) -> Draft:
    _only_at(desk, CheckpointKind.START, _AT_START)
    entry = _entry(reader, desk)
    members = _members(reader)
    body: dict[str, Any] = {"heads": reader.integer("heads", len(members), most=1000), "members": members}
    # New names are personal data and live with the entry, not in the log: it notes only who was swapped.
    if names := new_names(reader.take("swapped")):
        body["swapped"] = sorted(names)
    return _bare(entry, None, body)


def new_names(swapped: Any) -> dict[int, str]:
    """Return the names that a check-in brings, by the places in the team of those they stand in for."""
    given = swapped.items() if isinstance(swapped, Mapping) else ()
    return {
        int(place): name.strip()[:80]
        for place, name in given
        if place.isdecimal() and len(place) < 4 and isinstance(name, str) and name.strip()
    }


def _members(reader: Reader) -> list[int]:
    """Return members by their places in the team, each once."""
    items = [item for _, item in reader.items("members", most=1000)]
    return sorted({item for item in items if isinstance(item, int) and not isinstance(item, bool) and item >= 0})


def _heads(reader: Reader, desk: Desk) -> Draft:
    _only_at(desk, CheckpointKind.FINISH, _AT_FINISH)
    reader.needed("heads")
    return _bare(_entry(reader, desk), None, {"heads": reader.integer("heads", 0, most=1000)})


def _marshal_finish(reader: Reader, desk: Desk) -> Draft:
    checkpoint = _only_at(desk, CheckpointKind.FINISH, _AT_FINISH)
    return _bare(_entry(reader, desk), checkpoint.id, {"proof": "marshal"})


def _withdraw(reader: Reader, desk: Desk) -> Draft:
    members = _members(reader)
    if "members" in reader and not members:
        # None is the whole team; a list that names nobody must not become that.
        raise _Refused(Verdict.MALFORMED, Words("Name who withdraws, or withdraw the whole team."))
    body = {
        "members": members or None,
        "reason": reader.string("reason", longest=400),
        "safe": reader.truth("safe", default=True),
    }
    return _bare(_entry(reader, desk), None, body)


def _undo(reader: Reader, desk: Desk) -> Draft:
    value = reader.take("value")
    target = desk.known.get(str(value.get("fact"))) if isinstance(value, Mapping) else None
    mine = f"marshal:{desk.bearer.subject}"
    if reader.string("what") != "undo" or target is None or target.by != mine or target.kind not in UNDOABLE:
        raise _Refused(Verdict.REFUSED, Words("Only what this station reported can be taken back here."))
    body = {"what": "undo", "value": {"fact": target.id}, "reason": reader.string("reason", longest=400)}
    return _bare(target.entry or "", target.checkpoint, body)


_TEAM = {"punch": _team_punch, "answer": _team_answer, "finish": _team_finish, "help": _help}
_STATION = {
    "punch": _marshal_punch,
    "stamp": _stamp,
    "game": _game,
    "answer": _word_of_mouth,
    "checkin": _checkin,
    "heads": _heads,
    "finish": _marshal_finish,
    "withdraw": _withdraw,
    "decision": _undo,
}
