"""What a record came to, and the sentence that says so."""

from base.languages import Words
from facts.model import Fact
from facts.store import Appended
from race.live.race import LiveRace
from race.model import QuizTask, Run, Verdict

SENTENCES = {
    Verdict.ACCEPTED: Words("Recorded."),
    Verdict.REPEATED: Words("You have been here before; it counts once."),
    Verdict.NOT_STARTED: Words("The race has not started yet. Wait for the gun, then scan again."),
    Verdict.CLOSED: Words("The race is closed. What you have counts; please go to the finish."),
    Verdict.FINISHED: Words("Your team has finished already. Later punches do not count."),
    Verdict.UNKNOWN: Words("This code is not of this race. Look at the number on the sign and scan again."),
    Verdict.NOT_ON_COURSE: Words("This checkpoint is not on your team's course. Look at your map."),
    Verdict.CONFLICT: Words("This was recorded before with other content. Please tell a marshal."),
}


HANDED_IN = Words("Another phone of your team has handed this in already.")


HELP_SENT = Words("Race control has your call. Stay where you are if you can, and telephone if it is urgent.")
HELP_UNSEEN = Words("Race control does not see this yet. Please telephone.")


def sentence(verdict: Verdict, fact: Fact) -> Words:
    """Return what to tell the person who sent this fact."""
    if fact.kind == "help":
        return HELP_SENT if verdict is Verdict.ACCEPTED else HELP_UNSEEN
    return HANDED_IN if verdict is Verdict.REPEATED and fact.kind == "answer" else SENTENCES[verdict]


def verdict_of(live: LiveRace, appended: Appended) -> Verdict:
    """Return the verdict on a fact that is in the log."""
    fact = appended.fact
    if appended.conflict:
        return Verdict.CONFLICT
    if not live.counts:
        return Verdict.NOT_STARTED
    run = live.runs.get(fact.entry or "")
    if run is None:
        return Verdict.ACCEPTED
    if fact.kind in ("punch", "finish"):
        return run.verdicts.get(fact.id, Verdict.REPEATED)
    if fact.kind == "answer" and fact.body.get("sheet"):
        return _answer_verdict(run, fact)
    return Verdict.ACCEPTED


def _answer_verdict(run: Run, fact: Fact) -> Verdict:
    if run.finish is not None and fact.at > run.finish:
        return Verdict.FINISHED
    visit = run.visits.get(fact.checkpoint or "")
    if visit is None:
        return Verdict.ACCEPTED  # its punch is still on its way
    tries = (item for task in visit.tasks if isinstance(task, QuizTask) for item in task.tries)
    return Verdict.ACCEPTED if any(item.answer == fact.id for item in tries) else Verdict.REPEATED
