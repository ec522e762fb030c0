"""From set-up through trials to the race, and never back from it."""

from facts.model import Stage

STEPS = {
    Stage.SETUP: frozenset({Stage.TRIAL, Stage.RACE}),
    Stage.TRIAL: frozenset({Stage.SETUP, Stage.RACE}),
    Stage.RACE: frozenset({Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset(),
}


def log_of(stage: Stage, now: int) -> str:
    """Return the log that facts go to in this stage: each trial has one of its own, the race the one that counts."""
    if stage is Stage.TRIAL:
        return f"trial-{now}"
    return Stage.SETUP.value if stage is Stage.SETUP else Stage.RACE.value
