"""A race in numbers, for the report to those above."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from checkpoints.model import CheckpointKind
from race.model import Entry, QuizTask, Run, Setup, Status
from race.rules.people import heads_of
from results.model import Figures, QuizFigures

WELL = frozenset({Status.OK, Status.FINISHED})
# Columns of a chart of times are as wide as one of these, and at most ten of them.
WIDTHS_S = (60, 120, 300, 600, 900, 1800, 3600)
MOST_COLUMNS = 10


def figures_of(setup: Setup, runs: Mapping[str, Run]) -> Figures:
    """Return the figures of a race from its runs by entry."""
    expected = [(setup.entries[name], run) for name, run in runs.items() if run.status is not Status.CANCELLED]
    present = [(entry, run) for entry, run in expected if is_present(run)]
    timed = [run for _, run in present if run.status is Status.OK and run.time_s is not None]
    well = sorted(run.time_s or 0 for run in timed)
    most = max((len(run.passed) for run in timed), default=0)
    quizzes = tuple(quiz_figures(setup, [run for _, run in present]))
    return Figures(
        teams=len(expected),
        teams_present=len(present),
        heads=sum(heads_of(setup, entry) or 0 for entry, _ in expected),
        heads_present=sum(heads_present(setup, entry, run) for entry, run in present),
        clubs=len({entry.club for entry, _ in expected if entry.club}),
        clubs_present=len({entry.club for entry, _ in present if entry.club}),
        finished=sum(run.status in WELL for _, run in present),
        punches=sum(len(_visited(setup, run)) for _, run in present),
        task_heads=sum(
            heads_present(setup, entry, run)
            for entry, run in present
            for name in _visited(setup, run)
            if setup.checkpoints[name].tasks
        ),
        asked=sum(quiz.asked for quiz in quizzes),
        right=sum(quiz.right for quiz in quizzes),
        fastest_s=min((run.time_s or 0 for run in timed if len(run.passed) == most), default=None),
        average_s=(2 * sum(well) + len(well)) // (2 * len(well)) if well else None,
        passed=tuple(sorted(Counter(len(run.passed) for _, run in present).items())),
        quizzes=quizzes,
        times=tuple(histogram(well)),
    )


def is_present(run: Run) -> bool:
    """Tell whether a team came: it was checked in, punched, or finished."""
    return run.checkin is not None or bool(run.visits) or run.finish is not None


def heads_present(setup: Setup, entry: Entry, run: Run) -> int:
    """Return how many of a team came: as counted before the start, else at the finish, else as expected."""
    if run.checkin is not None:
        return run.checkin.heads
    return run.heads if run.heads is not None else heads_of(setup, entry) or 0


def _visited(setup: Setup, run: Run) -> list[str]:
    """Return the checkpoints between start and finish that a run visited."""
    known = (name for name in run.visits if name in setup.checkpoints)
    return [name for name in known if setup.checkpoints[name].kind is CheckpointKind.CONTROL]


def quiz_figures(setup: Setup, runs: Iterable[Run]) -> list[QuizFigures]:
    """Return for each checkpoint with a quiz that anybody answered how many questions were asked there and right."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for run in runs:
        for name, visit in run.visits.items():
            for task in visit.tasks:
                for one in task.tries if isinstance(task, QuizTask) else ():
                    if one.right is not None:
                        asked[name] += len(one.questions)
                        right[name] += one.right
    return [
        QuizFigures(checkpoint.code, checkpoint.name, asked[name], right[name])
        for name, checkpoint in setup.checkpoints.items()
        if asked[name]
    ]


def histogram(times: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (from, to, how many) of sorted whole seconds, in columns of one even width without gaps."""
    if not times:
        return []
    width = next((width for width in WIDTHS_S if times[-1] // width - times[0] // width < MOST_COLUMNS), 0)
    width = width or (times[-1] // MOST_COLUMNS // 3600 + 1) * 3600
    counts = Counter(time // width for time in times)
    return [(n * width, (n + 1) * width, counts[n]) for n in range(times[0] // width, times[-1] // width + 1)]
