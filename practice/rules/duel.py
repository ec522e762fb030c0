"""The flash duel: ten minutes, two people in turn; who asks chooses one of three questions, a wrong answer is squats.

What nobody does the clock does: it asks the first question offered, and takes no answer for a wrong one. So how a duel
stands follows from what was done and from the time, and nothing has to run beside it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from practice.model import Duel, Score, Turn
from race.rules.quiz import LATE_MS

LENGTH_MS = 600_000
CHOOSING_MS = 20_000
ANSWERING_MS = 20_000
# As at a checkpoint: an answer sent at the last moment comes a little later.
GIVEN_UP_MS = ANSWERING_MS + LATE_MS
SQUATS = 5
PLAYERS = 2

# The questions offered at the turn of this number, from 0.
Offer = Callable[[int], tuple[str, ...]]


def joined(duel: Duel, name: str, now: int, offer: Offer) -> Duel:
    """Return the duel with its second player: it begins, and whoever opened it asks first."""
    names = (*duel.names, name)
    return replace(duel, names=names, started_at=now, turns=(Turn(0, offer(0), now),))


def ends_at(duel: Duel) -> int | None:
    """Return when no further pair of questions begins, or None before the duel begins."""
    return None if duel.started_at is None else duel.started_at + LENGTH_MS


def is_over(duel: Duel) -> bool:
    """Tell whether the duel, brought up to now, is over."""
    return duel.started_at is not None and duel.turns[-1].ended_at is not None


def settled(duel: Duel, now: int, offer: Offer) -> Duel:
    """Return the duel as it stands now: with what the clock did since somebody did the last thing."""
    end = ends_at(duel)
    if end is None:
        return duel
    while not is_over(duel):
        turn = duel.turns[-1]
        if turn.asked_at is not None:
            if now < turn.asked_at + GIVEN_UP_MS:
                return duel
            duel = _ended(duel, None, turn.asked_at + GIVEN_UP_MS, offer, right=False)
            continue
        chosen_by = turn.begun_at + CHOOSING_MS
        if _is_first_of_pair(duel) and now >= end and chosen_by >= end:
            return replace(duel, turns=duel.turns[:-1])
        if now < chosen_by:
            return duel
        duel = _asked(duel, turn.offered[0], chosen_by)
    return duel


def asked(duel: Duel, seat: int, question: str, now: int, offer: Offer) -> Duel:
    """Return the duel after `seat` asked one of the questions offered. What is not theirs to do changes nothing."""
    duel = settled(duel, now, offer)
    if not may_ask(duel, seat) or question not in duel.turns[-1].offered:
        return duel
    return _asked(duel, question, now)


def answered(duel: Duel, seat: int, answer: Any, now: int, offer: Offer, *, right: bool) -> Duel:
    """Return the duel after `seat` answered. What is not theirs to do, or comes too late, changes nothing."""
    duel = settled(duel, now, offer)
    return _ended(duel, answer, now, offer, right=right) if may_answer(duel, seat) else duel


def may_ask(duel: Duel, seat: int) -> bool:
    """Tell whether it is on `seat` to ask."""
    return _is_running(duel) and duel.turns[-1].asker == seat and duel.turns[-1].asked_at is None


def may_answer(duel: Duel, seat: int) -> bool:
    """Tell whether it is on `seat` to answer."""
    return _is_running(duel) and duel.turns[-1].asker != seat and duel.turns[-1].asked_at is not None


def _is_running(duel: Duel) -> bool:
    return duel.started_at is not None and not is_over(duel)


def _is_first_of_pair(duel: Duel) -> bool:
    return len(duel.turns) % PLAYERS == 1


def _asked(duel: Duel, question: str, at: int) -> Duel:
    turn = replace(duel.turns[-1], question=question, asked_at=at)
    return replace(duel, turns=(*duel.turns[:-1], turn))


def _ended(duel: Duel, answer: Any, at: int, offer: Offer, *, right: bool) -> Duel:
    """End the turn. The next one begins; after the ten minutes only the one that makes the questions even."""
    turn = replace(duel.turns[-1], answer=answer, right=right, ended_at=at)
    turns = (*duel.turns[:-1], turn)
    end = ends_at(duel)
    if len(turns) % PLAYERS == 1 or (end is not None and at < end):
        turns = (*turns, Turn(1 - turn.asker, offer(len(turns)), at))
    return replace(duel, turns=turns)


def score(duel: Duel, seat: int) -> Score:
    """Return how many questions `seat` answered right and wrong so far."""
    marks = [turn.right for turn in duel.turns if turn.asker != seat and turn.right is not None]
    return Score(marks.count(True), marks.count(False))


def winner(duel: Duel) -> int | None:
    """Return the seat that has fewer squats to do, None where both have as many."""
    wrong = [score(duel, seat).wrong for seat in range(PLAYERS)]
    return None if wrong[0] == wrong[1] else wrong.index(min(wrong))
