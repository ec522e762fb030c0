"""The statistics of questions: for the jury the whole race with teams and clubs, for authors one bank's health."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from base.languages import Words, say
from base.problems import not_found
from base.translate import put
from base.web import Outside, language, of_app, tell
from organize.forms.decisions import name_question
from organize.model import StepName
from organize.rules.plots import bars, points
from organize.views.frame import desk_page, desk_race
from people.rules import Act
from people.views.guards import allowed
from race.live.race import LiveRace
from race.rules.item_figures import Asking, Health, ItemFigures, Score, askings_of, by_share, item_figures, scores
from race.rules.telling import team_of
from results.exchange.table import sheet_csv

blueprint = Blueprint("statistics", __name__)

MOST_ITEMS = 200
MOST_POINTS = 500
MOST_SCORES = 200

HEALTH_WORDS = {
    Health.NEVER_RIGHT: Words("never right"),
    Health.ALWAYS_RIGHT: Words("always right"),
    Health.AMBIGUOUS: Words("ambiguous"),
    Health.SOUND: Words("sound"),
    Health.FEW: Words("too few answers"),
}
HEALTH_ABOUT = {
    Health.NEVER_RIGHT: Words("Nobody had it right: look whether the right answer is the right one."),
    Health.AMBIGUOUS: Words("The better teams got it wrong more often: it may be read in two ways."),
    Health.ALWAYS_RIGHT: Words("Everybody had it right: it divides nobody."),
}
# The order in which one wants to see them.
ORDER = (Health.NEVER_RIGHT, Health.AMBIGUOUS, Health.SOUND, Health.ALWAYS_RIGHT, Health.FEW)


@blueprint.get("/organize/<slug>/jury/questions")
@allowed(Act.DECIDE)
def whole(slug: str) -> ResponseReturnValue:
    """Show the statistics of every question that was asked, and of teams and clubs."""
    live = desk_race(slug)
    found, items = _figures(live, None)
    setup = live.setup
    teams = scores(found, {name: team_of(setup, name) for name in setup.entries})
    clubs = scores(found, {entry.id: entry.club for entry in setup.entries.values()})
    return _page(live, items, StepName.JURY, teams=teams, clubs=clubs, bank="")


@blueprint.get("/organize/<slug>/questions/figures/<path:bank>")
@allowed(Act.QUESTIONS)
def of_bank(slug: str, bank: str) -> ResponseReturnValue:
    """Show how a bank's questions did, without who answered."""
    live = desk_race(slug)
    if bank not in live.setup.banks:
        raise not_found()
    _, items = _figures(live, bank)
    return _page(live, items, StepName.TASKS, teams=[], clubs=[], bank=bank)


def _figures(live: LiveRace, bank: str | None) -> tuple[list[Asking], list[ItemFigures]]:
    """Return what was asked and the figures, of one bank or of all, worked out where it holds nobody up.

    How good a team is goes by all its answers, so one bank's questions are judged upon those of the others too.
    """
    ground, now, runs = live.ground, live.whole, list(live.runs.values())

    def work() -> tuple[list[Asking], list[ItemFigures]]:
        found = list(askings_of(ground, now, runs))
        return found, [item for item in item_figures(found, now.voided) if bank in (None, item.bank)]

    found: tuple[list[Asking], list[ItemFigures]] = of_app(Outside).run(work)
    return found


def _page(
    live: LiveRace,
    items: Sequence[ItemFigures],
    step: StepName,
    *,
    teams: Sequence[Score],
    clubs: Sequence[Score],
    bank: str,
) -> str:
    numbered = list(enumerate(sorted(items, key=_order), start=1))
    asked, right = sum(item.asked for item in items), sum(item.right for item in items)
    in_use = {bank} if bank else {quiz.bank for quiz in live.setup.quizzes.values()}
    return desk_page(
        "organize/figures.html",
        live,
        step,
        bank=bank,
        bank_name=say(live.setup.banks[bank].name, language()) or bank if bank else "",
        trial=live.race.stage.value == "trial",
        asked=asked,
        share=_percent(right, asked) if asked else "",
        never_asked=sum(len(live.setup.banks[name].questions) for name in in_use) - len(items),
        health=_health(items),
        spread=bars((name, count, False) for name, count in by_share(items)),
        field=points(
            [_point(number, item) for number, item in numbered if item.discrimination is not None][:MOST_POINTS]
        ),
        items=[_row(live, number, item) for number, item in numbered[:MOST_ITEMS]],
        more=max(0, len(numbered) - MOST_ITEMS),
        teams=_scores(teams),
        more_teams=max(0, len(teams) - MOST_SCORES),
        clubs=_scores(clubs),
        more_clubs=max(0, len(clubs) - MOST_SCORES),
    )


def _order(item: ItemFigures) -> tuple[int, Fraction, str]:
    return ORDER.index(item.health), Fraction(item.right, item.asked), item.question.id


def _percent(part: int, of: int) -> str:
    return f"{(200 * part + of) // (2 * of)}%"


def _health(items: Iterable[ItemFigures]) -> list[dict[str, Any]]:
    counts = [(health, [item for item in items if item.health is health]) for health in ORDER]
    return [
        {"name": health.value, "words": tell(HEALTH_WORDS[health]), "about": tell(HEALTH_ABOUT.get(health)),
         "count": len(found)}
        for health, found in counts
        if found
    ]  # fmt: skip


def _point(number: int, item: ItemFigures) -> tuple[Fraction, Fraction, str, str, bool]:
    index = item.discrimination or Fraction(0)
    name = f"{number}. {say(item.question.text, language())} – {_percent(item.right, item.asked)}, {_index(index)}"
    return Fraction(item.right, item.asked), index, name, f"item-{number}", item.health in HEALTH_ABOUT


def _index(index: Fraction) -> str:
    """Return a discrimination with its sign and two digits, half away from nothing."""
    hundredths = int(abs(index) * 100 + Fraction(1, 2))
    sign = "−" if index < 0 and hundredths else "+" if hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


def _row(live: LiveRace, number: int, item: ItemFigures) -> dict[str, Any]:
    name = live.setup.banks[item.bank].name
    return {
        "number": number,
        "name": name_question(item.bank, item.question.id),
        "text": say(item.question.text, language()),
        "bank": say(name, language()) or item.bank,
        "asked": item.asked,
        "right": item.right,
        "share": _percent(item.right, item.asked),
        "unanswered": item.unanswered,
        "seconds": _seconds(item.seconds),
        "discrimination": _index(item.discrimination) if item.discrimination is not None else "–",
        "health": item.health.value,
        "health_words": tell(HEALTH_WORDS[item.health]),
        "voided": item.voided,
        "given": bars([(given.words, given.count, given.right) for given in item.given], item.asked),
    }


def _seconds(seconds: Fraction | None) -> str:
    """Return seconds with one digit, half up."""
    tenths = int(10 * seconds + Fraction(1, 2)) if seconds is not None else None
    return "–" if tenths is None else f"{tenths // 10}.{tenths % 10}"


def _scores(found: Sequence[Score]) -> list[dict[str, Any]]:
    plotted = bars([(score.name, 100 * score.right // score.asked, False) for score in found[:MOST_SCORES]], 100)
    return [
        {"name": score.name, "asked": score.asked, "right": score.right, "share": _percent(score.right, score.asked),
         "seconds": _seconds(score.seconds), "length": bar.length}
        for score, bar in zip(found, plotted, strict=False)
    ]  # fmt: skip


HEADINGS = (
    Words("Bank"), Words("Question"), Words("Asked"), Words("Right"), Words("Share right"), Words("No answer"),
    Words("Seconds"), Words("Discrimination"), Words("Verdict"), Words("Voided"), Words("Answers given"),
)  # fmt: skip
SCORED = (Words("Asked"), Words("Right"), Words("Share right"), Words("s a question"))


@blueprint.get("/organize/<slug>/jury/questions.csv")
@allowed(Act.DECIDE)
def download(slug: str) -> Response:
    """Return the statistics of every question as CSV, for a spreadsheet."""
    live, lang = desk_race(slug), language()
    _, items = _figures(live, None)
    rows = [
        [
            say(live.setup.banks[item.bank].name, lang) or item.bank,
            say(item.question.text, lang),
            item.asked,
            item.right,
            _percent(item.right, item.asked),
            item.unanswered,
            _seconds(item.seconds),
            round(float(item.discrimination), 2) if item.discrimination is not None else "",
            tell(HEALTH_WORDS[item.health]),
            tell(Words("yes")) if item.voided else "",
            " | ".join(f"{put(given.words, lang)}{' ✓' if given.right else ''}: {given.count}" for given in item.given),
        ]
        for item in sorted(items, key=_order)
    ]
    return _sheet(live, "questions", HEADINGS, rows)


@blueprint.get("/organize/<slug>/jury/questions-teams.csv")
@allowed(Act.DECIDE)
def download_teams(slug: str) -> Response:
    """Return how each team answered as CSV."""
    live = desk_race(slug)
    entries, lang = live.setup.entries, language()
    names = {class_.id: say(class_.name, lang) or class_.id for class_ in live.setup.classes.values()}
    found, _ = _figures(live, None)
    headings = (Words("No."), Words("Team"), Words("Class"), Words("Club"), *SCORED)
    rows = [
        [
            entry.bib,
            entry.team,
            names[entry.class_],
            entry.club,
            *_scored(score),
        ]
        for score in scores(found, {name: name for name in entries})
        for entry in (entries[score.name],)
    ]
    return _sheet(live, "teams", headings, rows)


@blueprint.get("/organize/<slug>/jury/questions-clubs.csv")
@allowed(Act.DECIDE)
def download_clubs(slug: str) -> Response:
    """Return how the teams of each club answered together as CSV."""
    live = desk_race(slug)
    found, _ = _figures(live, None)
    clubs = scores(found, {entry.id: entry.club for entry in live.setup.entries.values()})
    return _sheet(live, "clubs", (Words("Club"), *SCORED), [[score.name, *_scored(score)] for score in clubs])


def _scored(score: Score) -> list[Any]:
    return [score.asked, score.right, _percent(score.right, score.asked), _seconds(score.seconds)]


def _sheet(live: LiveRace, what: str, headings: Iterable[Words], rows: Iterable[Sequence[Any]]) -> Response:
    response = Response(sheet_csv([tell(words) for words in headings], rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename={live.race.slug}-{what}.csv"
    return response
