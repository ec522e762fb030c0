"""After the race: the report, everything in one file, and the day on which personal data goes."""

import tempfile
from typing import IO, Any

from flask import Blueprint, Response, redirect, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import format_instant, now_ms
from base.database import reading
from base.faults import FaultyInput
from base.languages import Words, say
from base.web import Outside, language, of_app, tell, write
from organize.forms.fields import Fields
from organize.live import ERASED, erase
from organize.model import StepName
from organize.views.editing import edit
from organize.views.frame import by_whom, desk_page, desk_race, is_its_name, saved_at, under_way
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace
from race.live.races import Live
from race.rules.erasing import names_anybody, usual_day
from results.exchange.archive import parts_of, write_archive
from results.live import pack

blueprint = Blueprint("after", __name__)

# Above this an archive being made lies on disk, not in memory.
IN_MEMORY = 4 << 20


@blueprint.get("/organize/<slug>/after")
@allowed(Act.SET_UP)
def after(slug: str) -> ResponseReturnValue:
    """Show the report, the archive, and what becomes of people's names."""
    return _page(desk_race(slug))


@blueprint.post("/organize/<slug>/after/day")
@allowed(Act.SET_UP)
def erase_on(slug: str) -> ResponseReturnValue:
    """Set the day on which personal data is erased, or none."""
    live, fields = desk_race(slug), Fields(request.form)
    day = fields.day("erase_on")
    if fields.faults:
        return _page(live, day_error=tell(fields.faults[0].words)), 400
    planned = live.setup.about.planned_at
    if day and planned is not None and day < usual_day(planned, planned, live.setup.about.timezone, days=1):
        return _page(
            live, day_error=tell(Words("On race day the telephone numbers are needed: choose a later day."))
        ), 400

    def change(data: dict[str, Any]) -> None:
        data["race"] = {key: value for key, value in data["race"].items() if key != "erase_on"}
        if day:
            data["race"]["erase_on"] = day

    try:
        edit(live, change, reason=str(Words("The day on which personal data is erased")))
    except FaultyInput as faulty:
        return _page(live, day_error=tell(faulty.faults[0].words)), 400
    return redirect(saved_at("after.after", slug, "erase-day"))


@blueprint.post("/organize/<slug>/after/erase")
@allowed(Act.SET_UP)
def erase_now(slug: str) -> ResponseReturnValue:
    """Erase personal data now, if the race's name was typed to say that it is meant."""
    live = desk_race(slug)
    if under_way(live):
        return _page(live, erase_error=tell(Words("The race is under way: close it first."))), 409
    if not is_its_name(live, request.form.get("name", "")):
        return _page(live, erase_error=tell(Words("Type the race's name exactly as it stands here."))), 400
    by, now, race = by_whom(), now_ms(), live.race.id

    def work(connection: Connection) -> None:
        erase(connection, race, by, now)

    write(work)
    of_app(Live).catch_up()
    return redirect(saved_at("after.after", slug, "erase-now"))


@blueprint.get("/organize/<slug>/archive.zip")
@allowed(Act.SET_UP)
def archive(slug: str) -> Response:
    """Return everything of the race in one file, packed where nobody waits for it and sent from disk."""
    live, engine, now = desk_race(slug), of_app(Engine), now_ms()

    def packed() -> IO[bytes]:
        file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the answer closes it when it is sent
        try:
            with reading(engine) as connection:
                write_archive(file, parts_of(pack(connection, live.race, now)))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    file, day = of_app(Outside).run(packed), format_instant(now, live.setup.about.timezone)[:10]
    response = send_file(file, "application/zip", as_attachment=True, download_name=f"{slug}-{day}.zip")
    response.call_on_close(file.close)
    return response


def _page(live: LiveRace, day_error: str = "", erase_error: str = "") -> str:
    about = live.setup.about
    done = [edit.at for edit in live.edits if edit.part == ERASED]
    return desk_page(
        "organize/after.html",
        live,
        StepName.PUBLISH,
        own_language=about.language,
        people=sum(len(entry.members) for entry in live.setup.entries.values()),
        named=names_anybody(live.setup),
        erase_on=request.form.get("erase_on") or about.erase_on,
        suggested=usual_day(live.gun or about.planned_at, now_ms(), about.timezone),
        erased_at=done[-1] if done else None,
        under_way=under_way(live),
        called=say(about.name, language()) or live.race.slug,
        day_error=day_error,
        erase_error=erase_error,
    )
