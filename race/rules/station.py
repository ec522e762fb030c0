"""A team game at a station: arrival, waiting with credit, play, and the marshal's result."""

from collections.abc import Sequence

from facts.model import Fact
from games.model import Game
from games.rules import combine, score_game
from race.model import GameTask, TaskState


def game_task(game: Game, arrived_at: int, facts: Sequence[Fact], *, may_begin: bool = True) -> GameTask:
    """Return how far a game has come. `facts` are the entry's stamps and results at this checkpoint, in order.

    Waited = begun − arrived; arrived is when the team could begin, by its own punch and the tasks before, unless a
    stamp corrects it. Waiting is credited up to the game's cap, as an interval so that no second is credited twice.
    """
    stamps = {str(fact.body["what"]): fact.at for fact in facts if fact.kind == "stamp"}
    results = [fact for fact in facts if fact.kind == "game" and fact.body.get("game", game.id) == game.id]
    arrived = stamps.get("arrived", arrived_at)
    begun = stamps.get("begun")
    ended = stamps.get("ended", results[-1].at if results else None)
    credit = (
        (arrived, min(begun, arrived + game.credit_cap_s * 1000)) if begun is not None and begun > arrived else None
    )
    if not results:
        state = TaskState.PLAYING if begun is not None else TaskState.WAITING if may_begin else TaskState.LATER
        return GameTask(game.id, state, arrived, begun, stamps.get("ended"), credit=credit)
    outcome = combine(game, [score_game(game, fact.body.get("measures", {})) for fact in results])
    if outcome.passed:
        state = TaskState.PASSED
    else:
        state = TaskState.FAILED if len(results) >= game.attempts else TaskState.WAITING
    return GameTask(
        game.id,
        state,
        arrived,
        begun,
        ended,
        outcome,
        decided_at=results[-1].at if state is not TaskState.WAITING else None,
        credit=credit,
        penalty_s=outcome.penalty_s if outcome.passed else 0,
    )


def covered_s(intervals: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Return how many whole seconds of [start, end] the intervals cover, none counted twice. All in milliseconds."""
    total, reached = 0, start // 1000
    for begin, stop in sorted((begin // 1000, stop // 1000) for begin, stop in intervals):
        begin, stop = max(begin, reached), min(stop, end // 1000)  # noqa: PLW2901  cut to what is left
        if stop > begin:
            total += stop - begin
            reached = stop
    return total
