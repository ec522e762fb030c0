"""What stands in the boxes that a team's phone carries: the words of each checkpoint and its first questions."""

from collections.abc import Set
from functools import partial
from typing import Any

from sqlalchemy import Engine

from base.clock import now_ms
from base.database import reading
from base.web import language, of_app, write
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from facts.model import Stage
from race.live.race import LiveRace
from race.live.referee import Referee
from race.live.seals import Box, Seals
from race.model import Entry, GameTask, QuizTask, TaskState, Try, Visit
from race.rules.media import carried, weights_of
from race.rules.sealing import (
    Basis,
    FirstSheet,
    basis_digest,
    basis_of,
    basis_to_json,
    checkpoints_on,
    first_sheet,
    first_sheets,
    log_of_race,
    read_basis,
)
from race.rules.station import game_task
from race.store.bases import bases, keep_basis
from race.views.shapes import tasks_json, words_of


def sealed_json(live: LiveRace, entry: Entry, *, codes: bool, open_places: bool, held: str) -> dict[str, Any]:
    """Return the sealed part of what a team plays from, with its typed `codes` if they are ready.

    A phone that holds the boxes of this very digest is not sent them again: with pictures they are a megabyte and more.
    """
    version = (live.set_up_at, log_of_race(live.race), language())
    bundle = of_app(Seals).bundle(live, entry.id, version, lambda: _boxes(live, entry), codes=codes)
    public = live.setup.about.places_early
    same = held == bundle["digest"]
    return {
        **{name: part for name, part in bundle.items() if name != "boxes" or not same},
        "places": None if open_places else bundle["places"],
        "places_key": bundle["places_key"] if open_places and not public else None,
    }


def codes_ready(live: LiveRace, entry: Entry) -> bool:
    """Tell whether the typed codes of an entry's checkpoints can be sealed for, and ask for those that cannot."""
    return of_app(Seals).ready(live, entry.class_, lambda: checkpoints_on(live.setup, entry))


def _boxes(live: LiveRace, entry: Entry) -> list[Box]:
    basis = _noted_basis(live)
    secret, log, orders = live.race.secret, log_of_race(live.race), of_app(Referee).orders
    checkpoints = checkpoints_on(live.setup, entry)
    sheets = {item.id: first_sheet(basis, secret, log, entry, item.id, orders) for item in checkpoints}
    left_out = carried(filter(None, sheets.values()), weights_of(basis)).left_out
    return [_box(live, item, sheets[item.id], left_out) for item in checkpoints]


def _noted_basis(live: LiveRace) -> Basis:
    """Return what is drawn from now, kept for the day on which a phone answers what it was sealed."""
    basis = basis_of(live.setup)
    seals, secret, log = of_app(Seals), live.race.secret, live.race.log
    if seals.noted.get(secret) != (live.set_up_at, log):
        body = basis_to_json(basis)
        digest = basis_digest(body)
        write(partial(keep_basis, race=live.race.id, log=log, digest=digest, body=body, now=now_ms()))
        seals.noted[secret] = (live.set_up_at, log)
    return basis


def _box(live: LiveRace, checkpoint: Checkpoint, sheet: FirstSheet | None, left_out: Set[tuple[str, str]]) -> Box:
    position = checkpoint.position
    plain = {
        "code": checkpoint.code,
        "kind": checkpoint.kind.value,
        "name": words_of(checkpoint.name),
        "description": words_of(checkpoint.description),
        "lat": position.lat if position else None,
        "lon": position.lon if position else None,
        "tasks": _tasks(live, checkpoint, sheet, {name for code, name in left_out if code == checkpoint.id}),
    }
    return Box(checkpoint, plain, opens_places=checkpoint.kind is CheckpointKind.START)


def _tasks(
    live: LiveRace, checkpoint: Checkpoint, sheet: FirstSheet | None, left_out: Set[str]
) -> list[dict[str, Any]]:
    """Return the tasks as the first punch will find them, without an instant, some without picture and sound."""
    tasks: list[QuizTask | GameTask] = []
    for number, task in enumerate(checkpoint.tasks):
        if task.kind is TaskKind.GAME:
            tasks.append(game_task(live.setup.games[task.id], 0, (), may_begin=number == 0))
        elif number == 0 and sheet is not None:
            tasks.append(QuizTask(task.id, TaskState.OPEN, (Try(1, 0, sheet.id, sheet.questions),)))
        else:
            tasks.append(QuizTask(task.id, TaskState.LATER))
    shown = tasks_json(live, Visit(checkpoint.id, 0, "qr", tuple(tasks)))
    return [_timeless(task, left_out) for task in shown]


def _timeless(task: dict[str, Any], left_out: Set[str]) -> dict[str, Any]:
    if "sheet" in task:
        sheet = task["sheet"]
        questions = [_bare(item) if item["id"] in left_out else item for item in sheet["questions"]]
        return {**task, "sheet": {"id": sheet["id"], "limit_s": task["limit_s"], "questions": questions}}
    instants = ("arrived_at", "begun_at", "ahead", "wait_s")
    return {name: value for name, value in task.items() if name not in instants}


def _bare(question: dict[str, Any]) -> dict[str, Any]:
    """Return a question without picture and sound, saying which of them comes with signal. Its words all stay."""
    missing = [name for name in ("image", "sound") if name in question]
    return {**{name: value for name, value in question.items() if name not in missing}, "with_signal": missing}


def sealed_sheets(live: LiveRace, entry: Entry, names: Set[str]) -> dict[str, FirstSheet]:
    """Return those of `names` that an entry's phone may have opened by itself, of this set-up or of an earlier one."""
    if not names:
        return {}
    secret, log, orders = live.race.secret, log_of_race(live.race), of_app(Referee).orders
    found = {sheet.id: sheet for sheet in first_sheets(basis_of(live.setup), secret, log, entry, orders)}
    if names - found.keys():
        for basis in _kept_bases(live):
            sheets = first_sheets(basis, secret, log, entry, of_app(Seals).orders)
            found = {**{sheet.id: sheet for sheet in sheets}, **found}
    return {name: found[name] for name in names & found.keys()}


def _kept_bases(live: LiveRace) -> list[Basis]:
    """Return what phones were sealed sheets from so far; read once a change, for anybody may name any sheet."""
    seals, secret, state = of_app(Seals), live.race.secret, (live.set_up_at, live.race.log)
    known = seals.kept.get(secret)
    if known is None or known[0] != state:
        with reading(of_app(Engine)) as connection:
            read = [read_basis(body) for body in bases(connection, live.race.id, [Stage.SETUP, live.race.log])]
        known = seals.kept[secret] = (state, read)
    return known[1]
