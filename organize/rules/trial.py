"""The trial: what it needs, which signs are verified, and how the verified ones are told."""

from collections.abc import Iterable, Mapping, Sequence

from base.languages import Words
from checkpoints.model import Checkpoint, CheckpointKind
from facts.model import Fact
from organize.rules.checklist import controls
from organize.rules.tasks import why_not_ready
from race.model import Setup
from race.rules.cards import is_rehearsal


def lacks(setup: Setup) -> Words | None:
    """Say what a race lacks before it can be tried or started, the first thing first; None if nothing."""
    if not controls(setup):
        return Words("There is no checkpoint yet. Add the checkpoints first.")
    if not any(item.kind is CheckpointKind.FINISH for item in setup.checkpoints.values()):
        return Words("There is no finish yet. Add it to the checkpoints first.")
    if unready := why_not_ready(setup):
        return unready
    for class_ in setup.classes.values():
        if not setup.courses[class_.course].checkpoints:
            return Words("The course of a class has no checkpoint yet. Add the checkpoints first.")
    if not setup.entries:
        return Words("There is no team yet. Bring in the teams first; one is enough for a trial.")
    return None


def sign_name(checkpoint: Checkpoint) -> str:
    """Return how a verified sign is noted: a sign that was printed anew with another key is to be scanned again."""
    return checkpoint.id if checkpoint.sign_version == 1 else f"{checkpoint.id}/{checkpoint.sign_version}"


def verified(setup: Setup, noted: Iterable[str | None], facts: Mapping[str, Sequence[Fact]]) -> frozenset[str]:
    """Return the checkpoints whose printed sign somebody scanned: noted by the organizer, or punched in the trial.

    A typed code, a marshal's word or a simulated team says nothing of the QR on the post.
    """
    names = frozenset(noted)
    scanned = {
        fact.checkpoint
        for own in facts.values()
        for fact in own
        if fact.kind in ("punch", "finish")
        and fact.body.get("proof") == "qr"
        and not is_rehearsal(str(fact.body.get("device", "")))
    }
    return frozenset(item.id for item in setup.checkpoints.values() if sign_name(item) in names or item.id in scanned)


def verified_words(checkpoint: Checkpoint, left: int) -> Words:
    """Say that a sign is verified and how many are left."""
    about = {"code": checkpoint.code, "left": left}
    if not left:
        return Words("Sign %(code)s is verified. That was the last one.", about)
    return Words("Sign %(code)s is verified. %(left)s to go.", about)
