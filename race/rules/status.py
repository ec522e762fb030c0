"""The status of a run, with the names of IOF Data Standard 3.0. Only facts change it, and a jury's word comes first."""

from collections.abc import Mapping, Sequence

from base.languages import Words
from facts.model import Fact
from race.formats.model import Judged
from race.model import Class, Ruling, Status, Whole

TOOK_PART = frozenset({"checkin", "punch", "start", "finish"})


def status_of(
    class_: Class,
    whole: Whole,
    ruling: Ruling,
    kinds: Mapping[str, Sequence[Fact]],
    start: int | None,
    finish: int | None,
    missing: int | None,
    judged: Judged,
) -> tuple[Status, list[Words]]:
    """Return the status and the step that led to it. Until closing is a fact, who is out is Active.

    `kinds` are the entry's own facts by kind; `missing` is how many members are missing, None while heads are not
    counted.
    """
    if ruling.status is not None:
        return ruling.status, []
    if ruling.merged_into is not None:
        return Status.CANCELLED, [Words("Its punches count for team %(entry)s.", {"entry": ruling.merged_into})]
    if any(fact.body.get("members") is None for fact in kinds.get("withdraw", ())):
        return Status.SPORTING_WITHDRAWAL, [Words("The whole team withdrew.")]
    took_part = not TOOK_PART.isdisjoint(kinds)
    if finish is None:
        return _still_out(whole, kinds, start, took_part=took_part)
    if class_.team_size is not None and missing is None:
        return Status.FINISHED, [Words("Finished; heads are still to be counted.")]
    if missing and class_.incomplete.rule == "not_competing":
        return Status.NOT_COMPETING, [Words("Short of %(missing)s members: shown, not placed.", {"missing": missing})]
    return judged.status, []


def _still_out(
    whole: Whole, kinds: Mapping[str, Sequence[Fact]], start: int | None, *, took_part: bool
) -> tuple[Status, list[Words]]:
    if start is None and "finish" in kinds:
        return Status.FINISHED, [Words("There is a finish and no start: to be checked.")]
    if whole.closed_at is not None:
        if took_part:
            return Status.DID_NOT_FINISH, [Words("Took part and was not back at closing.")]
        return Status.DID_NOT_START, [Words("Nothing was recorded of this team.")]
    if start is not None and took_part:
        return Status.ACTIVE, [Words("Still out.")]
    return Status.INACTIVE, []
