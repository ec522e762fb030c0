"""What statuses, proofs and verdicts are called on pages and on paper."""

from collections.abc import Mapping

from base.languages import Words
from race.model import Status, Verdict

STATUSES: Mapping[Status, Words] = {
    Status.OK: Words("Finished"),
    Status.FINISHED: Words("Heads to check"),
    Status.ACTIVE: Words("Out on the course"),
    Status.INACTIVE: Words("Not started yet"),
    Status.OVER_TIME: Words("Over time"),
    Status.MISSING_PUNCH: Words("Incomplete"),
    Status.DID_NOT_FINISH: Words("Not finished"),
    Status.DID_NOT_START: Words("Did not start"),
    Status.DISQUALIFIED: Words("Disqualified"),
    Status.NOT_COMPETING: Words("Not ranked"),
    Status.SPORTING_WITHDRAWAL: Words("Withdrew"),
    Status.CANCELLED: Words("Cancelled"),
}

PROOFS: Mapping[str, Words] = {
    "qr": Words("sign scanned"),
    "rotating": Words("marshal's screen scanned"),
    "marshal": Words("by a marshal"),
    "code": Words("short code typed"),
    "gps": Words("by position"),
    "paper": Words("on paper"),
}

VERDICTS: Mapping[Verdict, Words] = {
    Verdict.ACCEPTED: Words("counts"),
    Verdict.REPEATED: Words("again, does not count"),
    Verdict.NOT_STARTED: Words("before the start, does not count"),
    Verdict.CLOSED: Words("after closing, does not count"),
    Verdict.FINISHED: Words("after the finish, does not count"),
    Verdict.UNKNOWN: Words("no sign of this race"),
    Verdict.NOT_ON_COURSE: Words("not on this course"),
    Verdict.REFUSED: Words("refused"),
    Verdict.CONFLICT: Words("contradicts an earlier record"),
    Verdict.MALFORMED: Words("cannot be read"),
}
