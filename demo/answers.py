"""What simulated people know and do: right and wrong answers from the bank, and measures of games. Pure."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

Json = Mapping[str, Any]

CELLS = 9
THROWS = 10


def known_answers(race: Json) -> dict[str, Json]:
    """Return the questions of all banks of a race file, by their id."""
    return {question["id"]: question for bank in race.get("banks", ()) for question in bank["questions"]}


def fill_in(questions: Sequence[Json], known: Mapping[str, Json], strength: float, rng: Random) -> dict[str, Any]:
    """Return answers to the questions of a sheet, each right with the probability `strength`."""
    return {
        question["id"]: (right_answer if rng.random() < strength else wrong_answer)(known[question["id"]])
        for question in questions
    }


def right_answer(question: Json) -> Any:
    """Return the right answer of a bank's question, in the bank's numbers.

    A phone sends the same, but for orders and pairs, which the demo's bank does not ask for.
    """
    answer = question["answer"]
    if question["kind"] == "text":
        return answer[0]
    if question["kind"] == "number":
        return str(answer["number"])
    return answer


def wrong_answer(question: Json) -> Any:
    """Return an answer that is wrong, as a phone sends it."""
    answer = question["answer"]
    match question["kind"]:
        case "single":
            return (answer + 1) % len(question["choices"])
        case "multiple":
            return answer[1:]
        case "true_false":
            return not answer
        case "number":
            return str(float(answer["number"]) + float(answer.get("tolerance") or 0) + 1)
        case "order" | "match":
            return [*answer[1:], answer[0]]
        case _:
            return "不知道"


def play_game(game: Json, rng: Random) -> tuple[dict[str, Any], float]:
    """Return the measures of one play, by measure id, and how long it took. `game` is as a marshal's phone has it."""
    measures = {measure["id"]: _measure(measure, rng) for measure in game["measures"]}
    timed = [measures[measure["id"]] for measure in game["measures"] if measure["kind"] == "seconds"]
    return measures, max(timed, default=rng.uniform(50, 80))


def _measure(measure: Json, rng: Random) -> Any:
    most = measure.get("most")
    match measure["kind"]:
        case "seconds":
            return round(max(measure.get("least", 0), rng.triangular(32, 120, 58)), 1)
        case "count":
            return rng.randint(measure.get("least", 0), most if most is not None else 5)
        case "grid3x3":
            return sorted(rng.sample(range(CELLS), k=rng.randint(2, 7)))
        case "foul":
            return rng.choice((0, 0, 0, 1, 1, 2))
        case "attempts":
            return most if most is not None else THROWS
        case _:
            return True
