"""What every page of the organizer's desk shares: which race, who is asking, the checklist beside it."""

from collections.abc import Collection, Iterable
from typing import Any

from flask import g, render_template, request, url_for

from base.clock import now_ms
from base.faults import Fault
from base.languages import LANGUAGES, say
from base.problems import not_found
from base.web import language, of_app, tell
from facts.model import Stage
from organize.live import Matters
from organize.model import Progress, Step, StepName, StepState
from organize.rules.approval import lapsed, readings_of
from organize.rules.checklist import checklist, next_step
from organize.rules.trial import verified
from people.rules import Act, may
from people.views.guards import myself
from race.live.race import LiveRace
from race.live.races import Live
from race.views.pages import race_page

DAY_MS = 86_400_000
# Set-up facts of these parts are no part of the race file: the organizer ticked a step off, or a sign was verified.
TICKED, VERIFIED, STAGED = "ticked", "verified", "stage"

# Whose step it is, where not the organizer's alone.
ACTS = {
    StepName.TASKS: (Act.SET_UP, Act.QUESTIONS),
    StepName.PRINT: (Act.PRINT,),
    StepName.CHECKIN: (Act.CONTROL,),
    StepName.CONTROL: (Act.CONTROL,),
    StepName.JURY: (Act.DECIDE,),
    StepName.PUBLISH: (Act.PUBLISH,),
}


def desk_race(slug: str) -> LiveRace:
    """Return the race of this slug.

    Raises:
        Problem: there is none, or it is not this organizer's.

    """
    live = of_app(Live).by_slug(slug)
    if live is None:
        raise not_found()
    g.race_language = live.setup.about.language
    return live


def by_whom() -> str:
    """Return who acts, as facts name them."""
    return f"organizer:{myself().id}"


def progress_of(live: LiveRace) -> Progress:
    """Return what the checklist has to know of a race beyond its set-up."""
    ticked: dict[str, bool] = {}
    for edit in live.edits:
        if edit.part == TICKED and edit.value:
            ticked[edit.value.removeprefix("not:")] = not edit.value.startswith("not:")
    return Progress(
        stage=live.race.stage.value,
        has_picture=live.picture_size is not None,
        ticked=frozenset(name for name, done in ticked.items() if done),
        trials=sum(edit.part == STAGED and edit.value == Stage.TRIAL for edit in live.edits),
        signs_verified=len(verified_signs(live)),
        checked_in=sum(1 for run in live.runs.values() if run.checkin),
        gun=live.gun,
        closed=live.whole.closed_at is not None,
        still_open=len(of_app(Matters).of(live)),
        lapsed=tuple(lapsed_names(live)),
    )


def lapsed_names(live: LiveRace) -> list[str]:
    """Return the names of the banks in use that were approved once and are no more."""
    banks = live.setup.banks
    return [say(banks[name].name, language()) or name for name in lapsed(live.setup, readings_of(live.edits))]


def verified_signs(live: LiveRace) -> frozenset[str]:
    """Return the checkpoints whose sign was scanned: noted at the desk, or punched by a phone in this trial."""
    noted = [edit.value for edit in live.edits if edit.part == VERIFIED]
    return verified(live.setup, noted, live.facts if live.race.stage is Stage.TRIAL else {})


def steps_of(live: LiveRace) -> list[Step]:
    """Return the checklist of a race."""
    return checklist(live.setup, progress_of(live))


def needs_reason(live: LiveRace) -> bool:
    """Tell whether a change of the set-up wants a reason: from the gun on, somebody's result hangs on it."""
    return live.gun is not None and live.race.stage in (Stage.RACE, Stage.PUBLISHED)


def under_way(live: LiveRace) -> bool:
    """Tell whether the race is being run: not closed yet, so that somebody may be out."""
    return live.race.stage is Stage.RACE and live.whole.closed_at is None


def is_its_name(live: LiveRace, typed: str) -> bool:
    """Tell whether somebody typed the race's name, in whichever language, or its short name."""
    return typed.strip() in {say(live.setup.about.name, one) for one in LANGUAGES} | {live.race.slug}


def own_steps(live: LiveRace) -> list[Step]:
    """Return the steps of the checklist that who is signed in may take."""
    role = myself().role
    return [step for step in steps_of(live) if any(may(role, act) for act in ACTS.get(step.name, (Act.SET_UP,)))]


def page_of(slug: str, step: Step) -> str:
    """Return the address of a step's page; of questions and games an author sees the questions."""
    author = step.name is StepName.TASKS and not may(myself().role, Act.SET_UP)
    return f"/organize/{slug}/{'questions' if author else step.name}"


def desk_page(template: str, live: LiveRace, step: StepName | None, **context: Any) -> str:
    """Return a page of the desk, of this step. What every page is given stands in organize/desk.html."""
    now, slug, own = now_ms(), live.race.slug, own_steps(live)
    numbers = {name: number for number, name in enumerate(StepName, start=1)}
    following = next_step(own)
    planned = live.setup.about.planned_at
    return render_template(
        template,
        race=race_page(live),
        now=now,
        revision=live.revision,
        person=myself().name,
        steps=[
            {
                "name": item.name.value,
                "title": tell(item.title),
                "state": item.state.value,
                "note": tell(item.note) if item.note else "",
                "todo": tell(item.todo) if item.todo else "",
                "address": page_of(slug, item),
                "current": item.name is step,
                "number": numbers[item.name],
            }
            for item in own
        ],
        next_step={"title": tell(following.title), "todo": tell(following.todo), "address": page_of(slug, following)}
        if following and following.name is not step
        else None,
        days_left=-((now - planned) // DAY_MS) if planned and planned > now else None,
        needs_reason=needs_reason(live),
        saved=request.args.get("saved", "")[:40],
        **context,
    )


def by_field(faults: Iterable[Fault] | None, shown: Collection[str]) -> dict[str, str]:
    """Return what is wrong by the field of the page that shows it; under "" what no field does, said at the top."""
    found: dict[str, list[str]] = {}
    for fault in faults or ():
        name = fault.path.rpartition(".")[2]
        found.setdefault(name if name in shown else "", []).append(tell(fault.words))
    return {name: " ".join(dict.fromkeys(said)) for name, said in found.items()}


def saved_at(endpoint: str, slug: str, form: str, **values: Any) -> str:
    """Return the address of a page after its form was saved: the page says so, and the browser's draft goes."""
    return url_for(endpoint, slug=slug, saved=form, **values)


def is_done(steps: list[Step], name: StepName) -> bool:
    """Tell whether a step is done."""
    return any(step.name is name and step.state is StepState.DONE for step in steps)
