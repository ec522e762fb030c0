"""What each sign of a race says: its place, what is asked there and by which rules."""

from datetime import date

from base.languages import Words
from base.translate import Said
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from checkpoints.printing import SignPage
from checkpoints.rules import sign_code, sign_key
from quizzes.model import Quiz
from race.model import About, Setup

# In words up to ten, as a sign would say it.
NUMBERS = (
    Words("one"),
    Words("two"),
    Words("three"),
    Words("four"),
    Words("five"),
    Words("six"),
    Words("seven"),
    Words("eight"),
    Words("nine"),
    Words("ten"),
)


def sign_pages(setup: Setup, secret: bytes, public_url: str, day: date | None = None) -> list[SignPage]:
    """Return a sign for each checkpoint, in the order of the set-up. `day` is printed where it is known."""
    about = setup.about
    return [
        SignPage(
            race_name=about.name,
            hosts_line=hosts_line(about),
            code=checkpoint.code,
            name=checkpoint.name,
            tasks=tasks_of(setup, checkpoint),
            rules_lines=_rules(setup, checkpoint),
            url=f"{public_url}/C/{sign_key(secret, checkpoint)}",
            typed_code=sign_code(secret, checkpoint),
            venue=about.venue,
            day=day,
            emergency_phone=about.emergency_phone,
        )
        for checkpoint in setup.checkpoints.values()
    ]


def hosts_line(about: About) -> str:
    """Return who holds the race and in which role, in one line."""
    return "\u3000\u3000".join(f"{host.name}\u3000{host.role}" for host in about.hosts)


def tasks_of(setup: Setup, checkpoint: Checkpoint) -> tuple[Said, ...]:
    """Return what is played or asked at a checkpoint, each by its name."""
    tasks: list[Said] = []
    for task in checkpoint.tasks:
        if task.kind is TaskKind.QUIZ:
            tasks.append(Words("Quiz"))
        else:
            # A place named after its game would say it twice.
            name = setup.games[task.id].name
            tasks.append(Words("Team game") if name == checkpoint.name else name)
    return tuple(tasks)


def _rules(setup: Setup, checkpoint: Checkpoint) -> tuple[Said, ...]:
    sizes = {class_.team_size for class_ in setup.classes.values()}
    size = sizes.pop() if len(sizes) == 1 else None
    team = {"size": _number(size)} if size and size > 1 else {}
    quizzes = [setup.quizzes[task.id] for task in checkpoint.tasks if task.kind is TaskKind.QUIZ]
    if checkpoint.kind is CheckpointKind.START:
        return (Words("Check in here before the gun. The map shows where to go."),)
    if checkpoint.kind is CheckpointKind.FINISH:
        first = Words("All %(size)s here first, then scan.", team) if team else Words("All here first, then scan.")
        return first, Words("Wait for the marshal to count heads.")
    if quizzes:
        first = (
            Words("All %(size)s here first, then scan: the clock starts at once.", team)
            if team
            else Words("All here first, then scan: the clock starts at once.")
        )
        return first, *map(_quiz_rule, quizzes)
    first = Words("All %(size)s here first, then scan.", team) if team else Words("All here first, then scan.")
    return (first, Words("Then show the marshal your number.")) if checkpoint.tasks else (first,)


def _quiz_rule(quiz: Quiz) -> Words:
    numbers = {"need": _number(quiz.need), "draw": _number(quiz.draw)}
    if quiz.limit_s is None:
        return Words("To pass, answer %(need)s of %(draw)s right.", numbers)
    return Words(
        "To pass, answer %(need)s of %(draw)s right in %(seconds)s seconds.", numbers | {"seconds": quiz.limit_s}
    )


def _number(number: int) -> Words | str:
    return NUMBERS[number - 1] if 0 < number <= len(NUMBERS) else str(number)
