"""Bringing teams in from sheets: read, look at what would change, take over. And the sheets to download."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine
from werkzeug.datastructures import FileStorage

from base.clock import now_ms
from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import Problem
from base.web import Outside, language, of_app, tell, write
from organize.forms.fields import Overtaken, check_seen, seen_of
from organize.forms.proposals import files_to_json, read_files
from organize.model import StepName
from organize.rules.preview import Shown, by_file, show_change
from organize.store.proposals import add_proposal, drop_expired, drop_proposal, load_proposal
from organize.views.editing import edit, race_data
from organize.views.frame import desk_page, desk_race
from organize.views.teams import address_of, recorded, teams_page
from people.rules import Act
from people.views import allowed
from race.exchange.entry_forms import MEDIA_TYPE, entries_workbook, entry_form
from race.exchange.files import MOST_BYTES, read_file
from race.live.race import LiveRace
from race.rules.entering import Comparison, EntryFile, compare

blueprint = Blueprint("bringing", __name__)

MOST_FILES = 20
KIND = "entries"


@blueprint.post("/organize/<slug>/teams/bring")
@allowed(Act.SET_UP)
def bring(slug: str) -> ResponseReturnValue:
    """Read sheets of teams, several at once, and lead to what they would change. Nothing is stored yet."""
    live = desk_race(slug)
    sent = [(file.filename or "", file.read(MOST_BYTES + 1)) for file in _files()[: MOST_FILES + 1] if file.filename]
    if not sent or len(sent) > MOST_FILES:
        words = Words("Choose the sheets with the teams, at most %(most)s at once.", {"most": MOST_FILES})
        return teams_page(live, error=tell(words)), 400
    files = of_app(Outside).run(lambda: [_read(name, data) for name, data in sent])
    key, now, body = secrets.token_hex(16), now_ms(), files_to_json(files)

    def keep(connection: Any) -> None:
        drop_expired(connection, now)
        add_proposal(connection, live.race.id, KIND, key, body, now)

    write(keep)
    return redirect(f"/organize/{slug}/teams/preview/{key}")


def _files() -> Sequence[FileStorage]:
    return request.files.getlist("files")


def _read(name: str, data: bytes) -> EntryFile:
    """Read one sheet; what cannot be read at all is a fault of its file, and the other files are read all the same."""
    name = name.replace("\\", "/").rpartition("/")[2][:120]
    try:
        part = read_file(name, data, "entries")
    except FaultyInput as faulty:
        return EntryFile(name, [], [], faulty.faults)
    return EntryFile(name, part.data["entries"], part.places, [*part.refused, *part.notes])


@blueprint.get("/organize/<slug>/teams/preview/<key>")
@allowed(Act.SET_UP)
def preview(slug: str, key: str) -> ResponseReturnValue:
    """Show what the sheets would change, against the teams as they are now."""
    live = desk_race(slug)
    return _preview(live, key, _proposed(live, key))


def _proposed(live: LiveRace, key: str) -> list[EntryFile]:
    with reading(of_app(Engine)) as connection:
        body = load_proposal(connection, live.race.id, KIND, key, now_ms())
    if body is None:
        words = Words(
            "This preview is no longer kept: it was taken over, or is older than a day. Upload the sheets again."
        )
        raise Problem(410, "gone", words)
    return read_files(body)


def _compared(live: LiveRace, data: Mapping[str, Any], files: list[EntryFile]) -> Comparison:
    classes = data.get("classes", [])
    otherwise = str(classes[0]["id"]) if classes else ""
    return compare(data.get("entries", []), files, classes, otherwise, live.named)


def _preview(live: LiveRace, key: str, files: list[EntryFile], **context: Any) -> str:
    data = race_data(live)
    compared = of_app(Outside).run(lambda: _compared(live, data, files))
    classes = {name: say(item.name, language()) or name for name, item in live.setup.classes.items()}

    def show(entries: Sequence[Any]) -> list[Shown]:
        return [show_change(entry, classes) for entry in entries]

    return desk_page(
        "organize/teams_preview.html",
        live,
        StepName.TEAMS,
        key=key,
        seen=seen_of(data.get("entries", [])),
        files=[file.name for file in files],
        added=show(compared.added),
        changed=show(compared.changed),
        unchanged=show(compared.unchanged),
        gone=show(compared.gone),
        dropped=by_file(compared.faults, passed_over=True),
        faults=by_file(compared.faults, passed_over=False),
        recorded={each.id for each in compared.gone if recorded(live, each.id)},
        back=address_of(live.race.slug),
        **{"overtaken": False, "fault": None, "leaving": frozenset(), **context},
    )


@blueprint.post("/organize/<slug>/teams/preview/<key>")
@allowed(Act.SET_UP)
def take_over(slug: str, key: str) -> ResponseReturnValue:
    """Store what the preview showed; where the teams changed since, show it again as it would be now."""
    live, seen = desk_race(slug), request.form.get("seen", "")
    # Whom the race knows something of stays: its records would hang in the air.
    files, leaving = _proposed(live, key), {name for name in request.form.getlist("gone") if not recorded(live, name)}

    def change(data: dict[str, Any]) -> None:
        check_seen(data.get("entries", []), seen)
        data["entries"] = _compared(live, data, files).merged(leaving)

    try:
        edit(live, change, also=lambda connection: drop_proposal(connection, live.race.id, key))
    except Overtaken:
        return _preview(live, key, files, overtaken=True, leaving=leaving), 409
    except FaultyInput as faulty:
        return _preview(live, key, files, fault=_told(faulty.faults[0]), leaving=leaving), 400
    return redirect(address_of(slug, "brought"))


def _told(fault: Fault) -> str:
    return f"{fault.path}: {tell(fault.words)}" if fault.path and fault.path != "reason" else tell(fault.words)


@blueprint.get("/organize/<slug>/teams/template.xlsx")
@allowed(Act.SET_UP)
def template(slug: str) -> ResponseReturnValue:
    """Return an empty form for clubs."""
    data = race_data(desk_race(slug))
    return _workbook(entry_form(data.get("classes", []), language()), f"{slug}-template-{language()}")


@blueprint.get("/organize/<slug>/teams/export.xlsx")
@allowed(Act.SET_UP)
def export(slug: str) -> ResponseReturnValue:
    """Return the teams as they are, in the shape that is read here."""
    data, put_in = race_data(desk_race(slug)), language()
    drawn = of_app(Outside).run(lambda: entries_workbook(data.get("entries", []), data.get("classes", []), put_in))
    return _workbook(drawn, f"{slug}-teams")


def _workbook(data: bytes, name: str) -> Response:
    response = Response(data, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    return response


@blueprint.post("/organize/<slug>/teams/preview/<key>/drop")
@allowed(Act.SET_UP)
def drop(slug: str, key: str) -> ResponseReturnValue:
    """Throw a preview away: the race stays as it is."""
    live = desk_race(slug)
    write(lambda connection: drop_proposal(connection, live.race.id, key))
    return redirect(address_of(slug))
