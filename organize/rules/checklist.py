"""The checklist: what is done, what is missing, what comes next."""

from collections.abc import Iterable

from base.languages import Words
from checkpoints.model import Checkpoint, CheckpointKind
from organize.model import Progress, Step, StepName, StepState
from organize.rules.tasks import lacking
from race.model import Setup

TITLES = {
    StepName.BASICS: Words("Basics"),
    StepName.MAP: Words("Map"),
    StepName.CHECKPOINTS: Words("The checkpoints"),
    StepName.TASKS: Words("Questions and games"),
    StepName.TEAMS: Words("Teams"),
    StepName.PRINT: Words("Print"),
    StepName.TRIAL: Words("Trial"),
    StepName.CHECKIN: Words("Check-in"),
    StepName.CONTROL: Words("Start and race"),
    StepName.JURY: Words("Results"),
    StepName.PUBLISH: Words("Publish"),
}
UNDER_WAY = frozenset({"race", "published"})


def checklist(setup: Setup, progress: Progress) -> list[Step]:
    """Return every step in order, with its state."""
    return [
        _basics(setup),
        _map(setup, progress),
        _checkpoints(setup),
        _tasks(setup, progress),
        _teams(setup),
        _ticked(StepName.PRINT, progress, Words("Print signs, team cards and marshals' cards.")),
        _trial(setup, progress),
        _checkin(setup, progress),
        _control(progress),
        _jury(progress),
        _publish(progress),
    ]


def next_step(steps: Iterable[Step]) -> Step | None:
    """Return the first step that is not done, or None at the end of the way."""
    return next((step for step in steps if step.state is not StepState.DONE), None)


def controls(setup: Setup) -> list[Checkpoint]:
    """Return the checkpoints between start and finish."""
    return [item for item in setup.checkpoints.values() if item.kind is CheckpointKind.CONTROL]


def _step(name: StepName, state: StepState, note: Words | None = None, todo: Words | None = None) -> Step:
    return Step(name, TITLES[name], state, note, None if state is StepState.DONE else todo)


def _done(done: bool) -> StepState:
    return StepState.DONE if done else StepState.AHEAD


def _basics(setup: Setup) -> Step:
    about = setup.about
    missing = [
        word
        for word, value in (
            (Words("name"), about.name),
            (Words("venue"), about.venue),
            (Words("date"), about.planned_at),
            (Words("emergency telephone"), about.emergency_phone),
        )
        if not value
    ]
    if missing:
        todo = Words("Still missing: %(what)s.", {"what": missing[0]})
        return _step(StepName.BASICS, StepState.LACKING, Words("%(count)s to fill in", {"count": len(missing)}), todo)
    return _step(StepName.BASICS, StepState.DONE)


def _map(setup: Setup, progress: Progress) -> Step:
    if progress.has_picture and setup.map and setup.map.corners:
        return _step(StepName.MAP, StepState.DONE)
    if StepName.MAP in progress.ticked:
        return _step(StepName.MAP, StepState.DONE, Words("none"))
    if progress.has_picture:
        todo = Words("Place the picture: tell where its corners lie.")
        return _step(StepName.MAP, StepState.LACKING, Words("to place"), todo)
    return _step(StepName.MAP, StepState.AHEAD, None, Words("Upload a picture of the park, or go without one."))


def _checkpoints(setup: Setup) -> Step:
    count = len(controls(setup))
    if not count:
        return _step(StepName.CHECKPOINTS, StepState.AHEAD, None, Words("Add the checkpoints."))
    return _step(StepName.CHECKPOINTS, StepState.DONE, Words("%(count)s", {"count": count}))


def _tasks(setup: Setup, progress: Progress) -> Step:
    unready = lacking(setup)
    if unready:
        todo = Words("Choose questions or a game for: %(codes)s.", {"codes": unready})
        return _step(StepName.TASKS, StepState.LACKING, Words("%(count)s to go", {"count": len(unready)}), todo)
    tasks = sum(len(item.tasks) for item in controls(setup))
    if not tasks:
        return _step(
            StepName.TASKS, StepState.AHEAD, None, Words("Choose which checkpoints ask questions or hold a game.")
        )
    if progress.lapsed and progress.gun is None:
        todo = Words("Have the bank “%(name)s” approved again: it was changed.", {"name": progress.lapsed[0]})
        return _step(StepName.TASKS, StepState.LACKING, Words("to approve"), todo)
    return _step(StepName.TASKS, StepState.DONE, Words("%(count)s", {"count": tasks}))


def _teams(setup: Setup) -> Step:
    count = len(setup.entries)
    if not count:
        return _step(
            StepName.TEAMS, StepState.AHEAD, None, Words("Bring in the teams from Excel, or let clubs sign up.")
        )
    return _step(StepName.TEAMS, StepState.DONE, Words("%(count)s teams", {"count": count}))


def _ticked(name: StepName, progress: Progress, todo: Words) -> Step:
    return _step(name, _done(name in progress.ticked or progress.gun is not None), None, todo)


def _trial(setup: Setup, progress: Progress) -> Step:
    if progress.stage == "trial":
        note = Words("%(done)s of %(all)s signs", {"done": progress.signs_verified, "all": len(setup.checkpoints)})
        return _step(StepName.TRIAL, StepState.AHEAD, note, Words("Scan every sign once, then start the race."))
    done = progress.trials > 0 or progress.stage in UNDER_WAY
    return _step(StepName.TRIAL, _done(done), None, Words("Try everything with real phones; nothing counts."))


def _checkin(setup: Setup, progress: Progress) -> Step:
    if progress.stage not in UNDER_WAY:
        return _step(StepName.CHECKIN, StepState.AHEAD, None, Words("Start the race, then count the teams' heads."))
    note = Words("%(done)s of %(all)s", {"done": progress.checked_in, "all": len(setup.entries)})
    return _step(StepName.CHECKIN, _done(progress.gun is not None), note, Words("Count the heads of each team."))


def _control(progress: Progress) -> Step:
    started = progress.gun is not None and progress.stage in UNDER_WAY
    todo = Words("See everybody back in.") if started else Words("Fire the gun.")
    return _step(StepName.CONTROL, _done(progress.closed or progress.stage == "published"), None, todo)


def _jury(progress: Progress) -> Step:
    if progress.stage == "race" and progress.still_open:
        note = Words("%(count)s to check", {"count": progress.still_open})
        state = StepState.LACKING if progress.closed else StepState.AHEAD
        return _step(StepName.JURY, state, note, Words("Decide what is open."))
    return _step(
        StepName.JURY, _done(progress.closed or progress.stage == "published"), None, Words("Check the results.")
    )


def _publish(progress: Progress) -> Step:
    return _step(StepName.PUBLISH, _done(progress.stage == "published"), None, Words("Publish the result list."))
