"""The teams: a table to look through, one team opened in it to be typed and edited."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import Problem, not_found
from base.web import language, tell
from facts.model import Stage
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.teams import MOST_MEMBERS, read_team, rows_of, show_team
from organize.model import StepName
from organize.rules.checklist import controls
from organize.rules.teams import Wanted, clubs_of, found, free_id, one_page, pages, twice
from organize.views.editing import edit, race_data
from organize.views.frame import desk_page, desk_race
from organize.views.team_day import take_off
from organize.views.undoing import undo_of
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace
from race.model import Entry
from race.rules.entering import number_entries
from race.views.station import captain_phone

blueprint = Blueprint("teams", __name__)

NEW = "new"
# Club and class have other names than the fields of a team's form, which comes with them.
FILTERS = ("q", "of", "in", "page")
# What a fault of the race file about an entry is called in the form.
_FIELD_OF = {"bib": "bib", "class": "class", "first": "first", "team": "team", "club": "club"}


@blueprint.get("/organize/<slug>/teams")
@allowed(Act.SET_UP)
def teams(slug: str) -> ResponseReturnValue:
    """Show the teams, a page of them; `open` names one whose form stands open."""
    live = desk_race(slug)
    name = request.args.get("open", "")[:64]
    if not name:
        return teams_page(live)
    item = _item(race_data(live), name)
    if item is None and name != NEW:
        raise not_found()
    values = show_team(item) if item else {"class": next(iter(live.setup.classes), "")}
    return teams_page(live, _form(live, name, values, seen_of(item)))


def _item(data: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    return next((entry for entry in data.get("entries", []) if str(entry["id"]) == name), None)


def _form(
    live: LiveRace,
    name: str,
    values: Mapping[str, Any],
    seen: str,
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, str]] | None = None,
) -> dict[str, Any]:
    class_ = live.setup.classes.get(str(values.get("class", "")))
    size = (class_.team_size if class_ else None) or 1
    return {
        "entry": name,
        "values": values,
        "seen": seen,
        "rows": rows_of(values, size),
        "size": size,
        "faults": {
            _FIELD_OF.get(end := fault.path.rpartition(".")[2], end): tell(fault.words) for fault in faults or ()
        },
        "theirs": theirs,
        "recorded": bool(recorded(live, name)),
    }


def teams_page(live: LiveRace, form: dict[str, Any] | None = None, **context: Any) -> str:
    """Return the page of teams, with one open where `form` says which."""
    entries = list(live.setup.entries.values())
    asked = {name: request.values.get(name, "")[:200] for name in FILTERS}
    wanted = Wanted(asked["q"], asked["of"], asked["in"])
    shown = found(entries, wanted)
    here = min(max(request.values.get("page", 1, type=int), 1), pages(len(shown)))
    rows = list(one_page(shown, here))
    if form and form["entry"] in live.setup.entries and all(entry.id != form["entry"] for entry in rows):
        rows.insert(0, live.setup.entries[form["entry"]])
    double = twice(entries)
    return desk_page(
        "organize/teams.html",
        live,
        StepName.TEAMS,
        rows=[_row(live, entry) for entry in rows],
        wanted=wanted,
        kept=address_of(live.race.slug, None),
        address=lambda **more: address_of(live.race.slug, **more),
        page=here,
        pages=pages(len(shown)),
        shown=len(shown),
        all=len(entries),
        people=sum(len(entry.members) for entry in entries),
        clubs=clubs_of(entries),
        classes=[(item.id, say(item.name, language()) or item.id) for item in live.setup.classes.values()],
        codes=[item.code for item in controls(live.setup)],
        twice=double,
        form=form,
        most_members=MOST_MEMBERS,
        undo=undo_of(live, request.args.get("undo", "")),
        **context,
    )


def address_of(slug: str, form: str | None = None, **more: Any) -> str:
    """Return the address of the table as it is filtered now; `form` was just saved, `more` changes what is asked."""
    asked: dict[str, Any] = {name: request.values.get(name, "") for name in FILTERS}
    asked |= {"saved": form, **more}
    query = urlencode({name: value for name, value in asked.items() if value not in ("", None)})
    return f"/organize/{slug}/teams" + (f"?{query}" if query else "")


def _row(live: LiveRace, entry: Entry) -> dict[str, Any]:
    class_ = live.setup.classes[entry.class_]
    return {
        "entry": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "class": say(class_.name, language()) or class_.id,
        "wave": entry.wave or "",
        "first": entry.first,
        "captain": entry.contact.name if entry.contact else "",
        "phone": captain_phone(entry) or "",
        "members": len(entry.members),
        "size": class_.team_size,
    }


@blueprint.post("/organize/<slug>/teams/save")
@allowed(Act.SET_UP)
def save(slug: str) -> ResponseReturnValue:
    """Save one team, a new one where the form names none, unless somebody else changed it meanwhile."""
    live, fields = desk_race(slug), Fields(request.form)
    name, seen = request.form.get("entry", "")[:64], request.form.get("seen", "")
    codes = [item.code for item in controls(live.setup)]

    def change(data: dict[str, Any]) -> None:
        entries = data.setdefault("entries", [])
        before = _item(data, name) if name != NEW else None
        if name != NEW:
            check_seen(before, seen)
        entry = read_team(fields, before or {"id": free_id(entries, live.named)}, codes)
        _check_bib(fields, entry, entries)
        if fields.faults:
            raise FaultyInput(fields.faults)
        if before is None:
            entries.append(entry)
        else:
            entries[entries.index(before)] = entry
        data["entries"] = number_entries(entries)

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return teams_page(live, _form(live, name, request.form, seen, faulty.faults)), 400
    except Overtaken as overtaken:
        if overtaken.theirs is None:
            raise Problem(409, "gone", Words("Somebody else has deleted this team meanwhile.")) from None
        theirs = _different(show_team(overtaken.theirs), request.form)
        return teams_page(live, _form(live, name, request.form, seen_of(overtaken.theirs), theirs=theirs)), 409
    return redirect(f"{address_of(slug, f'team-form-{name}')}#team-{name}")


def _check_bib(fields: Fields, entry: Mapping[str, Any], entries: list[dict[str, Any]]) -> None:
    other = next((item for item in entries if item.get("bib") == entry.get("bib") and item["id"] != entry["id"]), None)
    if entry.get("bib") and other:
        words = Words("“%(team)s” wears this number already.", {"team": other.get("team") or other.get("club", "")})
        fields.fault("bib", words)


LABELS = {
    "bib": Words("No."),
    "team": Words("Team"),
    "club": Words("Club"),
    "class": Words("Class"),
    "wave": Words("Wave"),
    "first": Words("First checkpoints"),
    "captain": Words("Captain"),
    "phone": Words("Telephone"),
    "members": Words("Members"),
}


def _different(theirs: Mapping[str, Any], mine: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what somebody else saved, where it is not what was typed here: the fields, and all members in one line."""
    different = [
        (tell(LABELS[name]), str(value))
        for name, value in theirs.items()
        if name in LABELS and str(value) != mine.get(name, "").strip()
    ]
    members = {name: str(value) for name, value in theirs.items() if "-" in name}
    if any(mine.get(name, "").strip() != value for name, value in members.items()):
        names = [value for name, value in members.items() if name.startswith("member-") and value]
        different.append((tell(LABELS["members"]), " · ".join(names)))
    return different


@blueprint.post("/organize/<slug>/teams/delete")
@allowed(Act.SET_UP)
def delete(slug: str) -> ResponseReturnValue:
    """Delete a team that nothing was recorded of."""
    live, name, seen = desk_race(slug), request.form.get("entry", "")[:64], request.form.get("seen", "")
    if recorded(live, name):
        words = Words("Something was recorded of this team already: withdraw it in race control instead.")
        raise Problem(409, "recorded", words)

    def change(data: dict[str, Any]) -> None:
        before = _item(data, name)
        if before is None:
            return
        check_seen(before, seen)
        data["entries"].remove(before)

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _opened(live, name, faulty.faults), 400
    except Overtaken:
        return _opened(live, name, []), 409
    return redirect(address_of(slug, f"team-form-{name}"))


def recorded(live: LiveRace, name: str) -> bool:
    """Tell whether the race itself knows something of a team: its records would hang in the air."""
    return live.race.stage in (Stage.RACE, Stage.PUBLISHED) and bool(live.facts.get(name))


@blueprint.post("/organize/<slug>/teams/card")
@allowed(Act.SET_UP)
def renew_card(slug: str) -> ResponseReturnValue:
    """Give a team a new card: the key and the code on the lost one let nobody in any more.

    With `phones=out` those that joined by it must join again as well: somebody may have photographed it.
    """
    live, name = desk_race(slug), request.form.get("entry", "")[:64]

    def change(data: dict[str, Any]) -> None:
        before = _item(data, name)
        if before is None:
            raise not_found()
        before["card"] = int(before.get("card", 1)) + 1

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _opened(live, name, faulty.faults), 400
    if request.form.get("phones") == "out":
        take_off(live, name, None, now_ms())
    return redirect(f"{address_of(slug, 'card', open=name)}#team-{name}")


def _opened(live: LiveRace, name: str, faults: list[Fault]) -> str:
    """Return the page with a team open as it stands now, and what was wrong with a button beside its form."""
    item = _item(race_data(live), name)
    theirs: list[tuple[str, str]] | None = None if faults else []
    return teams_page(live, _form(live, name, show_team(item or {}), seen_of(item), faults, theirs))
