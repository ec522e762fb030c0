"""What is published: a result list frozen with all that pages and paper say of it, and what of it everybody sees."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from base import canonical
from race.model import Award, RecipientKind, Setup, Status
from race.rules.preview import Move, Where
from race.rules.scored import Scored
from race.rules.standing import club_table
from results.rules.lists import awarded, result_list

Row = Mapping[str, Any]
Body = dict[str, Any]
# Numbers that would give away in which order those came who are listed without a place.
FIGURES = ("checkpoints", "points", "time_s", "elapsed_s", "credit_s", "penalty_s", "late_s", "behind_s")


def freeze(
    setup: Setup, scored: Scored, at: int, slug: str, *, placed: int | None = None, members: bool = False
) -> Body:
    """Return a race's result list as it is published, as JSON: the contract's list with what pages need beside it.

    {"race", "at", "placed", "members", "classes": [{"id", "name", "format", "total", "results"}], "clubs", "awards"}

    `placed` is how many places of a class everybody sees (None: all); the list itself is whole, for certificates.
    With `members` each row names its people.
    """
    results = result_list(setup, scored, at, slug)
    standings = [standing for in_class in scored.classes.values() for standing in in_class]
    return {
        "race": results["race"],
        "at": results["at"],
        "placed": placed,
        "members": members,
        "classes": [_class(setup, in_class, members=members) for in_class in results["classes"]],
        "clubs": [
            {"place": place, "club": club, "checkpoints": passed, "time_s": time_s, "teams": teams}
            for place, club, passed, time_s, teams in club_table(setup, standings)
        ],
        "awards": [
            {"name": award.name, "to": [*winners_of(award, results), *given_of(setup, award)]}
            for award in setup.about.awards
        ],
    }


def _class(setup: Setup, in_class: Mapping[str, Any], *, members: bool) -> Body:
    class_ = setup.classes[in_class["id"]]
    course = setup.courses[class_.course]
    rows = in_class["results"]
    if members:
        rows = [{**row, "members": [one.name for one in setup.entries[row["entry"]].members]} for row in rows]
    return {
        "id": class_.id,
        "name": class_.name if isinstance(class_.name, str) else dict(class_.name),
        "format": course.format,
        "total": len(course.checkpoints),
        "results": rows,
    }


def winners_of(award: Award, results: Mapping[str, Any]) -> list[Body]:
    """Return who gets an award by place."""
    return [{"bib": row["bib"], "team": row["team"], "club": row["club"]} for row in awarded(award, results)]


def given_of(setup: Setup, award: Award) -> list[Body]:
    """Return to whom an award was given by hand; a row with `person` names somebody."""
    found: list[Body] = []
    for to in award.to:
        entry = setup.entries.get(to.value) if to.kind is RecipientKind.ENTRY else None
        if entry:
            found.append({"bib": entry.bib, "team": entry.team, "club": entry.club})
        else:
            person = {"person": True} if to.kind is RecipientKind.NAME else {}
            found.append({"bib": "", "team": to.value, "club": "", **person})
    return found


def digest_of(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 by which the log remembers what was published."""
    return canonical.sha256(canonical.encode(body))


def same_list(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two lists differ in nothing but the instant they were made."""
    return {**one, "at": None} == {**other, "at": None}


def public(body: Mapping[str, Any]) -> Body:
    """Return what of a published list everybody sees: who has no place shown stands by number, without any figure."""
    placed = body["placed"]
    classes = [{**in_class, "results": shown(in_class["results"], placed)} for in_class in body["classes"]]
    # A club with one team would tell of that team what its own row does not.
    return {**body, "classes": classes, "clubs": body["clubs"] if placed is None else []}


def shown(rows: Sequence[Row], placed: int | None) -> list[Row]:
    """Return the rows of a class as everybody sees them."""
    return [_without_figures(row) if is_hidden(row, placed) else row for row in cut(rows, placed)]


def is_hidden(row: Row, placed: int | None) -> bool:
    """Tell whether a row of a list that was `cut` is of somebody whose place is not shown."""
    return placed is not None and row["place"] is None and row["status"] == Status.OK


def _without_figures(row: Row) -> Row:
    return {**row, **dict.fromkeys(FIGURES), "splits": []}


def cut(rows: Sequence[Row], first: int | None) -> list[Row]:
    """Return the rows with places up to `first` only; who else is OK follows by number, without a place."""
    if first is None:
        return list(rows)
    placed = [row for row in rows if row["place"] is not None and row["place"] <= first]
    others = [{**row, "place": None} for row in rows if row["place"] is not None and row["place"] > first]
    rest = [row for row in rows if row["place"] is None]
    return [*placed, *sorted(others, key=_by_bib), *rest]


def _by_bib(row: Row) -> tuple[int, str]:
    bib = row["bib"] or row["entry"]
    return (int(bib) if bib.isdecimal() else 10**9, bib)


def board_rows(body: Mapping[str, Any]) -> dict[str, list[Body]]:
    """Return what everybody sees of a published list as rows of a live board, by class."""
    return {
        in_class["id"]: [
            {
                **{name: value for name, value in row.items() if name not in {"splits", "members"}},
                "class": in_class["id"],
                "passed": _passed(row),
                "heads_confirmed": row["status"] != Status.FINISHED,
                "last_at": None,
                "moved": 0,
            }
            for row in in_class["results"]
        ]
        for in_class in public(body)["classes"]
    }


def _passed(row: Row) -> list[str]:
    codes = (split["checkpoint"] for split in row["splits"] if split["state"] == "OK" and split["task"] != "failed")
    return list(dict.fromkeys(code for code in codes if code))


def moves_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Move]:
    """Return who stands elsewhere in `after`, in its order; entries that only one of them has are left out."""
    old = dict(_places(before))
    return [Move(name, old[name], there) for name, there in _places(after) if name in old and old[name] != there]


def _places(body: Mapping[str, Any]) -> Iterable[tuple[str, Where]]:
    for in_class in body["classes"]:
        for row in in_class["results"]:
            figures = (row["checkpoints"] or 0, row["points"] or 0, row["time_s"])
            yield row["entry"], Where(in_class["id"], row["place"], Status(row["status"]), *figures)


def without_people(body: Mapping[str, Any]) -> Body:
    """Return a published list in which no person is named any more: teams, clubs and figures stay."""
    classes = [
        {**in_class, "results": [{key: value for key, value in row.items() if key != "members"} for row in rows]}
        for in_class in body["classes"]
        for rows in [in_class["results"]]
    ]
    awards = [{**award, "to": [to for to in award["to"] if not to.get("person")]} for award in body["awards"]]
    return {**body, "members": False, "classes": classes, "awards": awards}
