"""The report for those above: one document with the race in numbers, a few charts, the awards and the result list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from base import pdf
from base.languages import DEFAULT, Text, Words
from base.translate import Said, put
from checkpoints.printing import PRODUCT, show_day
from race.model import RecipientKind, Setup
from race.printing.tables import ListPaper, list_data
from race.rules.item_figures import ENOUGH, Asking, by_share, item_figures, scores
from results.model import Figures
from results.printing.certificates import USUAL
from results.printing.lists import results_paper
from results.rules.lists import awarded
from results.rules.wording import length

# Lines of a chart of questions or clubs, and letters of a label.
MOST_LINES = 12
LONGEST_LABEL = {"zh": 16, "en": 30}


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a title. `bars` are (label, length, what stands at it); `upright` where their order is a scale."""

    title: Words
    bars: tuple[tuple[Said, int, str], ...]
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """The report's parts: rows of (name, value), charts with something to show, awards, the result list."""

    summary: Words
    facts: tuple[tuple[Words, Said], ...]
    charts: tuple[Chart, ...]
    awards: tuple[tuple[Said, tuple[str, ...]], ...]
    results: ListPaper


def report_of(
    setup: Setup, figures: Figures, results: Mapping[str, Any], askings: Sequence[Asking] = (), **chosen: Any
) -> Report:
    """Return the report of a race. `results` are in the terms of the contract; `chosen` as for `results_paper`."""
    return Report(
        summary=_summary(figures),
        facts=tuple(_facts(figures)),
        charts=tuple(chart for chart in [*_charts(figures), *_question_charts(setup, askings)] if chart.bars),
        awards=tuple(_awards(setup, results)),
        results=results_paper(setup, results, **chosen),
    )


def _summary(figures: Figures) -> Words:
    numbers = {
        "clubs": figures.clubs_present,
        "teams": figures.teams_present,
        "people": figures.heads_present,
        "finished": figures.finished,
    }
    if not figures.teams_present:
        return Words("Nobody has come to the start yet: the numbers below are of those entered.")
    return Words(
        "Took part: teams %(teams)s, people %(people)s, clubs %(clubs)s. Teams that finished: %(finished)s.", numbers
    )


def _facts(figures: Figures) -> list[tuple[Words, Said]]:
    facts: list[tuple[Words, Said]] = [
        (Words("Teams entered / present"), f"{figures.teams} / {figures.teams_present}"),
        (Words("People entered / present"), f"{figures.heads} / {figures.heads_present}"),
        (Words("Clubs entered / present"), f"{figures.clubs} / {figures.clubs_present}"),
        (Words("Teams finished"), str(figures.finished)),
        (Words("Visits to checkpoints, by teams"), str(figures.punches)),
        (Words("Visits to tasks, by people"), str(figures.task_heads)),
    ]
    if figures.asked:
        of = {"right": figures.right, "asked": figures.asked, "share": percent(figures.right, figures.asked)}
        facts.append((Words("Questions answered right"), Words("%(share)s (%(right)s of %(asked)s)", of)))
    if figures.fastest_s is not None and figures.average_s is not None:
        facts.append((Words("Fastest time, with most checkpoints passed"), length(figures.fastest_s)))
        facts.append((Words("Average time"), length(figures.average_s)))
    return facts


def _charts(figures: Figures) -> list[Chart]:
    most = max((number for number, _ in figures.passed), default=0)
    by_number = dict(figures.passed)
    least = min(by_number, default=0)
    return [
        Chart(
            Words("Checkpoints passed: how many teams passed so many"),
            tuple((str(n), by_number.get(n, 0), str(by_number.get(n, 0))) for n in range(least, most + 1))
            if by_number
            else (),
        ),
        Chart(
            Words("Times: how many teams needed so many minutes"),
            tuple((f"{since // 60}–{until // 60}", teams, str(teams)) for since, until, teams in figures.times),
        ),
        Chart(
            Words("Questions answered right, by checkpoint"),
            tuple(
                (
                    {language: f"{quiz.code} {put(quiz.name, language)}" for language in ("zh", "en")},
                    100 * quiz.right // quiz.asked,
                    percent(quiz.right, quiz.asked),
                )
                for quiz in figures.quizzes
            ),
            upright=False,
        ),
    ]


def _question_charts(setup: Setup, askings: Sequence[Asking]) -> list[Chart]:
    """Return how the questions did: by share right, which were the hardest, and how many each club had right."""
    items = item_figures(askings, frozenset())
    judged = [item for item in items if item.asked >= ENOUGH and item.right < item.asked]
    hardest = sorted(judged, key=lambda item: (Fraction(item.right, item.asked), -item.asked))[:MOST_LINES]
    clubs = scores(askings, {entry.id: entry.club for entry in setup.entries.values()})[:MOST_LINES]
    return [
        Chart(
            Words("Questions by how many had them right"),
            tuple((name, count, str(count)) for name, count in by_share(items)),
        ),
        Chart(
            Words("The hardest questions: share of right answers"),
            tuple(
                (_cut(item.question.text), 100 * item.right // item.asked, percent(item.right, item.asked))
                for item in hardest
            ),
            upright=False,
        ),
        Chart(
            Words("Questions answered right, by club"),
            tuple((club.name, 100 * club.right // club.asked, percent(club.right, club.asked)) for club in clubs),
            upright=False,
        ),
    ]


def _cut(text: Text) -> Text:
    """Return the beginning of a text, as long as a chart's label may be."""
    texts = {DEFAULT: text} if isinstance(text, str) else text
    return {
        language: said if len(said) <= LONGEST_LABEL[language] else f"{said[: LONGEST_LABEL[language] - 1]}…"
        for language, said in texts.items()
    }


def _awards(setup: Setup, results: Mapping[str, Any]) -> list[tuple[Said, tuple[str, ...]]]:
    """Return for each award who gets it: team and club, or the name that was written down."""
    found: list[tuple[Said, tuple[str, ...]]] = []
    for award in setup.about.awards:
        names = [_who(row["team"] or row["bib"], row["club"]) for row in awarded(award, results)]
        for recipient in award.to:
            entry = setup.entries.get(recipient.value) if recipient.kind is RecipientKind.ENTRY else None
            names.append(_who(entry.team or entry.bib, entry.club) if entry else recipient.value)
        if names:
            found.append((USUAL.get(award.name, award.name), tuple(names)))
    return found


def _who(team: str, club: str) -> str:
    return f"{team}（{club}）" if club else team


def percent(part: int, whole: int) -> str:
    """Return a share in whole percent, half up."""
    return f"{(200 * part + whole) // (2 * whole)}%"


def report_pdf(report: Report, setup: Setup, day: date | None, language: str) -> bytes:
    """Return the report as a PDF in one language."""
    data = list_data(report.results, setup, day, [language]) | {
        "title": put(Words("Report"), language),
        "list_heading": put(report.results.title, language),
        "heading": [put(Words("Report"), language)],
        "product": PRODUCT,
        "day": show_day(day, language),
        "hosts_by_role": [
            {"role": put(USUAL.get(h.role, h.role), language), "name": h.name} for h in setup.about.hosts
        ],
        "list_mark": put(report.results.mark, language),
        "summary": put(report.summary, language),
        "facts": [[put(name, language), put(value, language)] for name, value in report.facts],
        "charts": [chart_data(chart, language) for chart in report.charts],
        "awards_heading": put(Words("Awards"), language),
        "awards": [[put(name, language), list(names)] for name, names in report.awards],
    }
    return pdf.compile(pdf.TEMPLATES / "report.typ", data)


def chart_data(chart: Chart, language: str) -> dict[str, Any]:
    """Return a chart as the templates take it."""
    return {
        "title": put(chart.title, language),
        "upright": chart.upright,
        "bars": [{"label": put(label, language), "length": size, "shown": shown} for label, size, shown in chart.bars],
    }


def chart_png(chart: Chart, language: str) -> bytes:
    """Return one chart as a picture, for documents that draw none."""
    data = {"title": put(chart.title, language), "languages": [language], "chart": chart_data(chart, language)}
    return pdf.picture(pdf.TEMPLATES / "chart.typ", data)
