"""What every page of the organizer's desk shares: which race, who is asking, the checklist beside it."""

from typing import Any

from flask import g, render_template, request, url_for

from base.clock import now_ms
from base.problems import not_found
from base.web import of_app, tell
from facts.model import Stage
from organize.live import Matters
from organize.model import Progress, Step, StepName, StepState
from organize.rules.checklist import checklist, next_step
from people.views.guards import myself
from race.live.races import Live, LiveRace
from race.views.pages import race_page

DAY_MS = 86_400_000
# Set-up facts of these parts are no part of the race file: the organizer ticked a step off, or a sign was verified.
TICKED, VERIFIED, STAGED = "ticked", "verified", "stage"


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
        signs_verified=len({edit.value for edit in live.edits if edit.part == VERIFIED}),
        checked_in=sum(1 for run in live.runs.values() if run.checkin),
        gun=live.gun,
        closed=live.whole.closed_at is not None,
        still_open=len(of_app(Matters).of(live)),
    )


def steps_of(live: LiveRace) -> list[Step]:
    """Return the checklist of a race."""
    return checklist(live.setup, progress_of(live))


def needs_reason(live: LiveRace) -> bool:
    """Tell whether a change of the set-up wants a reason: from the gun on, somebody's result hangs on it."""
    return live.gun is not None and live.race.stage in (Stage.RACE, Stage.PUBLISHED)


def page_of(slug: str, step: Step) -> str:
    """Return the address of a step's page."""
    return f"/organize/{slug}/{step.name}"


def desk_page(template: str, live: LiveRace, step: StepName | None, **context: Any) -> str:
    """Return a page of the desk, of this step. What every page is given stands in organize/desk.html."""
    now, slug, steps = now_ms(), live.race.slug, steps_of(live)
    following = next_step(steps)
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
                "number": number,
            }
            for number, item in enumerate(steps, start=1)
        ],
        next_step={"title": tell(following.title), "todo": tell(following.todo), "address": page_of(slug, following)}
        if following and following.name is not step
        else None,
        days_left=-((now - planned) // DAY_MS) if planned and planned > now else None,
        needs_reason=needs_reason(live),
        saved=request.args.get("saved", "")[:40],
        **context,
    )


def saved_at(endpoint: str, slug: str, form: str, **values: Any) -> str:
    """Return the address of a page after its form was saved: the page says so, and the browser's draft goes."""
    return url_for(endpoint, slug=slug, saved=form, **values)


def is_done(steps: list[Step], name: StepName) -> bool:
    """Tell whether a step is done."""
    return any(step.name is name and step.state is StepState.DONE for step in steps)
