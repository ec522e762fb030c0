"""The rules of each class: a form, and beside it what it means, in words and for a few made-up teams."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.web import language, tell
from organize.forms.fields import Fields, check_seen, seen_of
from organize.forms.games import whole_game
from organize.forms.rules import (
    UNIT,
    class_of,
    codes,
    course_of,
    for_preview,
    games_of,
    read_rules,
    seen_rules,
    show_rules,
)
from organize.model import StepName
from organize.views.editing import race_data, refused
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from people.rules import Act
from people.views.guards import allowed
from race.forms.file import read_race_file
from race.live.race import LiveRace
from race.model import StartKind, Status
from race.rules.in_words import rules_in_words
from race.rules.samples import Sample, sample_runs

blueprint = Blueprint("rules", __name__)

FORMATS = {
    "count": Words("Most checkpoints passed, then least time: the usual"),
    "line": Words("In the given order, least time"),
    "free": Words("All of them in any order, least time"),
    "score": Words("Most points, then least time"),
    "composite": Words("Points of tasks and of time added up"),
}
STARTS = {
    StartKind.MASS: Words("All together, with the gun"),
    StartKind.WAVE: Words("In waves, each with its own gun"),
    StartKind.INTERVAL: Words("One after the other, by the start list"),
    StartKind.PUNCH: Words("Each by its own punch at the start"),
}


@blueprint.get("/organize/<slug>/rules")
@allowed(Act.SET_UP)
def rules(slug: str) -> ResponseReturnValue:
    """Show the rules of a class (`?class=`), in words and on sample teams beside the form."""
    live = desk_race(slug)
    data = race_data(live)
    wanted = _wanted()
    return _page(live, data, wanted, show_rules(data, wanted), seen_of(seen_rules(data, wanted)), data)


def _wanted() -> str:
    return request.args.get("class", "")[:64]


@blueprint.post("/organize/<slug>/rules")
@allowed(Act.SET_UP)
def save(slug: str) -> ResponseReturnValue:
    """Save the rules of a class; with `preview` only show what they would mean."""
    live, fields, seen, wanted = desk_race(slug), Fields(request.form), request.form.get("seen", ""), _wanted()
    if request.form.get("preview"):
        data = race_data(live)
        return _page(live, data, wanted, request.form, seen, read_rules(fields, data, wanted), fields.faults)

    def change(data: dict[str, Any]) -> dict[str, Any]:
        check_seen(seen_rules(data, wanted), seen)
        changed = read_rules(fields, data, wanted)
        if fields.faults:
            raise FaultyInput(fields.faults)
        return changed

    def page(seen: str, faults: list[Fault] | None = None, theirs: list[tuple[str, Any]] | None = None) -> str:
        data = race_data(live)
        return _page(live, data, wanted, request.form, seen, data, faults, theirs)

    saved = saved_at("rules.rules", slug, f"rules-{wanted}", **{"class": wanted})
    return refused(live, change, page, lambda _: show_rules(race_data(live), wanted)) or redirect(saved)


@blueprint.post("/organize/<slug>/rules/preview")
@allowed(Act.SET_UP)
def preview(slug: str) -> ResponseReturnValue:
    """Return what the rules being edited mean, as the part of the page that says so. Nothing is stored."""
    live, fields, wanted = desk_race(slug), Fields(request.form), _wanted()
    drafted = read_rules(fields, race_data(live), wanted)
    return render_template("organize/rules_preview.html", **_means(drafted, wanted, fields.faults))


def _means(data: dict[str, Any], wanted: str, faults: list[Fault] | None) -> dict[str, Any]:
    """Return what a race file's rules mean: sentences and sample teams, or what stands in the way."""
    nothing: dict[str, Any] = {"sentences": [], "samples": [], "amiss": [tell(fault.words) for fault in faults or ()]}
    class_ = class_of(data, wanted)
    if class_ is None or faults:
        return nothing
    try:
        setup = read_race_file(for_preview(data))
    except FaultyInput as faulty:
        return {**nothing, "amiss": [tell(fault.words) for fault in faulty.faults[:5]]}
    name = str(class_["id"])
    return {
        "sentences": [tell(words) for words in rules_in_words(setup, name)],
        "samples": [_sample(sample) for sample in sample_runs(setup, name)],
        "amiss": [],
        "points": UNIT[setup.courses[setup.classes[name].course].format] == "points_per_minute",
    }


def _sample(sample: Sample) -> dict[str, Any]:
    run = sample.standing.run
    return {
        "name": tell(sample.name),
        "place": sample.standing.place,
        "passed": len(run.passed),
        "points": run.points,
        "time_s": run.time_s,
        "because": tell(sample.because),
        "why": [tell(words) for words in run.why],
        "late": run.status is Status.OVER_TIME,
    }


def _page(
    live: LiveRace,
    data: dict[str, Any],
    wanted: str,
    values: Any,
    seen: str,
    shown: dict[str, Any],
    faults: list[Fault] | None = None,
    theirs: list[tuple[str, Any]] | None = None,
) -> str:
    """Return the page: the form on `data` with `values`, beside it what `shown` means."""
    class_ = class_of(data, wanted)
    course = course_of(data, class_) if class_ else {"checkpoints": []}
    chosen = str(class_["id"]) if class_ else ""
    classes = [
        (str(one["id"]), say(one.get("name", ""), language()) or one["id"], one["course"])
        for one in data.get("classes", [])
    ]
    return desk_page(
        "organize/rules.html",
        live,
        StepName.TASKS,
        classes=[(name, said) for name, said, _ in classes],
        chosen=chosen,
        shared=[said for name, said, on in classes if class_ and on == class_["course"] and name != chosen],
        codes=codes(course),
        games=[say(whole_game(game)["name"], language()) for game in games_of(data, course)],
        formats=[(name, tell(words)) for name, words in FORMATS.items()],
        starts=[(kind.value, tell(words)) for kind, words in STARTS.items()],
        values=values,
        seen=seen,
        faults=by_field(faults, set(show_rules(data, wanted))),
        theirs=theirs,
        **_means(shown, wanted, None),
    )
