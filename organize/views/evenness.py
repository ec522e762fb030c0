"""How even the draw of a quiz will be, shown to the course setter before the race. It tells nobody who gets what."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from base.keys import derive
from base.languages import Words, say
from base.problems import not_found
from base.web import Outside, language, of_app, tell
from checkpoints.model import TaskKind
from facts.model import Stage
from organize.model import StepName
from organize.rules.plots import bars
from organize.rules.telling import quiz_words
from organize.views.frame import desk_page, desk_race
from people.rules import Act
from people.views.guards import allowed
from quizzes.model import Question
from quizzes.rules import attempts
from quizzes.rules.evenness import Evenness, evenness, narrow, spread
from race.rules.stages import log_of

blueprint = Blueprint("evenness", __name__)

# Questions named in the table, those on the most sheets first, and bars of one plot.
MOST_SHOWN = 200
MOST_BARS = 40


@blueprint.get("/organize/<slug>/tasks/even/<path:quiz>")
@allowed(Act.SET_UP)
def even(slug: str, quiz: str) -> ResponseReturnValue:
    """Show how even a quiz's draw is, by the very sheets that the race will hand out."""
    live = desk_race(slug)
    setup = live.setup
    one = setup.quizzes.get(quiz)
    if one is None:
        raise not_found()
    bank = setup.banks[one.bank]
    places = [
        item for item in setup.checkpoints.values() if any(t.kind is TaskKind.QUIZ and t.id == quiz for t in item.tasks)
    ]
    secret = derive(live.race.secret, "draw", log_of(Stage.RACE, 0))
    numbers = [entry.draw_no for entry in setup.entries.values()]
    ids = [place.id for place in places]
    found: Evenness = of_app(Outside).run(lambda: evenness(bank, one, secret, ids, numbers))
    return desk_page(
        "organize/even.html",
        live,
        StepName.TASKS,
        quiz=quiz,
        words=tell(quiz_words(one)),
        bank=bank.id,
        bank_name=say(bank.name, language()) or bank.id,
        codes=[place.code for place in places],
        teams=len(numbers),
        found=found,
        narrow=narrow(bank, one),
        plots=_plots(found, several=len(places) > 1, tries=attempts(one) or 2),
        held=_held(bank.questions, found.held),
        unheld=sum(1 for sheets in found.held.values() if not sheets),
        count=len(bank.questions),
    )


def _plots(found: Evenness, *, several: bool, tries: int) -> list[dict[str, Any]]:
    """Return each plot with its table: what is counted, by what, and what would be best."""
    common = Words("%(count)s in common")
    rows: list[tuple[str, Words, Words, Words, Mapping[int, int], Words]] = [
        ("held", Words("How many sheets hold each question"),
         Words("The fewer bars, and the closer together, the more even. On none: nobody is asked it in a first try."),
         Words("sheets: %(count)s"), spread(found.held), Words("Questions")),
        ("weights", Words("What the sheets weigh"),
         Words("The sum of the difficulties, 1 easy to 3 hard; 2 where none is given. One bar: all weigh the same."),
         Words("weight %(count)s"), found.weights, Words("Sheets")),
        ("neighbours", Words("What neighbours have in common"),
         Words("Teams that follow one another in the list, at the same checkpoint. Best is nothing in common."),
         common, found.neighbours, Words("Pairs of teams")),
        ("again", Words("A team's second try against its first"), Words("Best is nothing in common."),
         common, found.again, Words("Teams, at each checkpoint")),
    ]  # fmt: skip
    if several:
        rows.append(
            ("elsewhere", Words("One team at two checkpoints"),
             Words("They draw from one bank, each in an order of its own, so a question may come up again. "
                   "More questions, or a bank for each, make it rarer."),
             common, found.elsewhere, Words("Teams, for each two checkpoints"))
        )  # fmt: skip
    best = {"neighbours", "again", "elsewhere"}
    return [
        {
            "id": name,
            "title": tell(title),
            "about": tell(about),
            "unit": tell(unit),
            "bars": bars(
                (label.having(count=key), count, name in best and key > 0 and count > 0)
                for key, count in list(counts.items())[:MOST_BARS]
            ),
        }
        for name, title, about, label, counts, unit in rows
        if counts and (name != "again" or tries > 1)
    ]


def _held(questions: tuple[Question, ...], held: Mapping[str, int]) -> list[tuple[str, int]]:
    most = sorted(questions, key=lambda question: -held[question.id])[:MOST_SHOWN]
    return [(say(question.text, language()), held[question.id]) for question in most]
