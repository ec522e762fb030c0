"""Rows of boards and result lists, from standings. Lengths are whole seconds; what does not apply is None."""

from collections.abc import Mapping
from typing import Any

from base.clock import format_instant
from race.model import Award, Run, Setup, Standing, Status
from race.rules.scored import Scored
from race.rules.splits import splits_of

# Lateness and points mean nothing to these.
UNTIMED = frozenset({Status.INACTIVE, Status.DID_NOT_START})
# Formats whose results are times and nothing else.
UNPOINTED = frozenset({"line", "free"})
RESULT = (
    "entry", "bib", "team", "club", "place", "status", "provisional", "checkpoints", "points", "time_s", "elapsed_s",
    "credit_s", "penalty_s", "late_s", "behind_s",
)  # fmt: skip


def row_of(setup: Setup, standing: Standing) -> dict[str, Any]:
    """Return one row of a board or list, in the terms of the public contract."""
    run, entry = standing.run, setup.entries[standing.run.entry]
    timed = run.status not in UNTIMED
    return {
        "entry": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "class": run.class_,
        "place": standing.place,
        "status": run.status.value,
        "provisional": standing.provisional,
        "checkpoints": len(run.passed),
        "passed": [setup.checkpoints[name].code for name in run.passed],
        "points": run.points,
        "time_s": run.time_s if timed else None,
        "elapsed_s": run.elapsed_s if timed else None,
        "credit_s": run.credit_s,
        "penalty_s": run.penalty_s,
        "late_s": run.late_s,
        "behind_s": standing.behind_s,
        "heads_confirmed": run.heads_confirmed,
        "last_at": run.last_at,
    }


def result_list(setup: Setup, scored: Scored, at: int | None, name: str) -> dict[str, Any]:
    """Return the published result list, as the public contract has it. `name` is used where the race has no slug.

    Without `at` it stands as of the last fact received.
    """
    instant = scored.last_received if at is None else at
    return {
        "race": setup.about.slug or name,
        "at": format_instant(instant, setup.about.timezone) if instant is not None else None,
        "classes": [
            {"id": class_, "results": [result_of(setup, standing) for standing in standings]}
            for class_, standings in scored.classes.items()
        ],
    }


def result_of(setup: Setup, standing: Standing) -> dict[str, Any]:
    """Return one result, with its splits. Numbers that do not apply are None."""
    run, row = standing.run, row_of(setup, standing)
    started = run.start is not None and run.status not in UNTIMED
    timed = started and (run.finish is not None or run.status is Status.ACTIVE)
    applies = {
        **dict.fromkeys(("checkpoints", "credit_s", "penalty_s"), started),
        **dict.fromkeys(("time_s", "elapsed_s"), timed),
        "points": started and has_points(setup, run),
        "late_s": timed and limit_of(setup, run) is not None,
    }
    result = {name: row[name] if applies.get(name, True) else None for name in RESULT}
    return {**result, "splits": splits_of(setup, run)}


def has_points(setup: Setup, run: Run) -> bool:
    """Tell whether the class's format counts points at all."""
    return setup.courses[setup.classes[run.class_].course].format not in UNPOINTED


def limit_of(setup: Setup, run: Run) -> int | None:
    """Return the time limit of a run's class or course in seconds, or None."""
    class_ = setup.classes[run.class_]
    limit: int | None = class_.time_limit_s or setup.courses[class_.course].options.get("time_limit_s")
    return limit


def news_of(
    setup: Setup, before: Mapping[str, Standing], after: Mapping[str, Standing], now: int
) -> list[dict[str, Any]]:
    """Return what became new between two standings by entry, newest first: checkpoints passed, finishes, heads."""
    items: list[dict[str, Any]] = []
    for name, standing in after.items():
        run = standing.run
        old = before[name].run if name in before else None
        if old is run:
            continue
        entry = setup.entries[name]
        common = {"entry": name, "bib": entry.bib, "team": entry.team, "place": standing.place}
        gained = [code for code in run.passed if not old or code not in old.passed]
        items.extend(
            {**common, "at": run.visits[code].passed_at, "what": "passed", "checkpoint": setup.checkpoints[code].code}
            for code in gained
        )
        if run.finish is not None and (not old or old.finish != run.finish):
            items.append({**common, "at": run.finish, "what": "finished", "checkpoint": None})
        if run.heads_confirmed and not (old and old.heads_confirmed):
            items.append({**common, "at": run.last_at or now, "what": "heads", "checkpoint": None})
    return sorted(items, key=lambda item: -item["at"])


def awards_of(setup: Setup, standings: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return who gets each award by place, from the board's own rows."""
    return [(award.name, awarded(award, standings)) for award in setup.about.awards if award.places is not None]


def awarded(award: Award, standings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows whose place this award names, with their class; ties share, so none is left out."""
    first, last = award.places or (0, -1)
    return [
        {**row, "class": in_class["id"]}
        for in_class in standings["classes"]
        if award.class_ in (None, in_class["id"])
        for row in in_class["results"]
        if row["place"] is not None and first <= row["place"] <= last
    ]
