"""What a race prints: its signs, a card for each team, a card for each marshal's station."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from base import fonts, pdf
from base.keys import show_typed
from base.languages import LANGUAGES, Text, Words, say
from base.translate import Said, put
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from checkpoints.printing import SignPage, draw, emergency, in_each, listed, signs_pdf
from checkpoints.rules import sign_code, sign_key, station_key
from quizzes.model import Quiz
from race.model import About, Setup
from race.rules.cards import card_key, join_code

HOW_A_TEAM_PLAYS: tuple[Said, ...] = (
    Words("Scan this card with WeChat or your phone's camera: your phone has joined."),
    Words("Find a checkpoint by the map, wait for all of you, then scan its sign."),
    Words("Do the task. Scan the finish sign together."),
)

OPEN_STATION = Words("Scan this card: your phone opens this station.")
WITHOUT_PHONE = Words("A team without a phone? Record it here by its number.")
KEEP_CARD = Words("Keep this card to yourself: who holds it can record results.")
HOW_A_MARSHAL_WORKS: Mapping[CheckpointKind, tuple[Said, ...]] = {
    CheckpointKind.START: (
        OPEN_STATION,
        Words("Count the heads of each team before the gun, and check it in."),
        Words("Somebody swapped or unwell? Put it down at the same place."),
        KEEP_CARD,
    ),
    CheckpointKind.CONTROL: (
        OPEN_STATION,
        Words("Teams scan the sign when they arrive. Their order is on your screen."),
        WITHOUT_PHONE,
        KEEP_CARD,
    ),
    CheckpointKind.FINISH: (
        OPEN_STATION,
        Words("Count the heads of each team that comes in and confirm: its result waits for that."),
        WITHOUT_PHONE,
        KEEP_CARD,
    ),
}

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


@dataclass(frozen=True, slots=True)
class CardPage:
    """A team's card. `join_code` is its eight symbols without a dash; `members` their names; both may be empty."""

    race_name: Text
    bib: str
    team: str
    url: str
    club: str = ""
    join_code: str = ""
    members: tuple[str, ...] = ()
    emergency_phone: str = ""
    how_lines: tuple[Said, ...] = HOW_A_TEAM_PLAYS


@dataclass(frozen=True, slots=True)
class MarshalPage:
    """A station's card. `code` is the checkpoint's number; `tasks` names what is played or asked there."""

    race_name: Text
    code: str
    name: Said
    url: str
    tasks: tuple[Said, ...] = ()
    emergency_phone: str = ""
    how_lines: tuple[Said, ...] = HOW_A_MARSHAL_WORKS[CheckpointKind.CONTROL]


def sign_pages(setup: Setup, secret: bytes, public_url: str, day: date | None = None) -> list[SignPage]:
    """Return a sign for each checkpoint, in the order of the set-up. `day` is printed where it is known."""
    about = setup.about
    return [
        SignPage(
            race_name=about.name,
            hosts_line=hosts_line(about),
            code=checkpoint.code,
            name=checkpoint.name,
            tasks=_tasks(setup, checkpoint),
            rules_lines=_rules(setup, checkpoint),
            url=f"{public_url}/C/{sign_key(secret, checkpoint)}",
            typed_code=sign_code(secret, checkpoint),
            venue=about.venue,
            day=day,
            emergency_phone=about.emergency_phone,
        )
        for checkpoint in setup.checkpoints.values()
    ]


def card_pages(setup: Setup, secret: bytes, public_url: str) -> list[CardPage]:
    """Return a card for each team, in the order of the entries."""
    about = setup.about
    return [
        CardPage(
            race_name=about.name,
            bib=entry.bib,
            team=entry.team,
            club=entry.club,
            url=f"{public_url}/T/{card_key(secret, entry)}",
            join_code=join_code(secret, entry),
            members=tuple(member.name for member in entry.members),
            emergency_phone=about.emergency_phone,
        )
        for entry in setup.entries.values()
    ]


def marshal_pages(setup: Setup, secret: bytes, public_url: str) -> list[MarshalPage]:
    """Return a card for each station: the start, the finish, and where there is something to play or answer."""
    about = setup.about
    return [
        MarshalPage(
            race_name=about.name,
            code=checkpoint.code,
            name=checkpoint.name,
            tasks=_tasks(setup, checkpoint),
            url=f"{public_url}/M/{station_key(secret, checkpoint)}",
            emergency_phone=about.emergency_phone,
            how_lines=HOW_A_MARSHAL_WORKS[checkpoint.kind],
        )
        for checkpoint in setup.checkpoints.values()
        if checkpoint.tasks or checkpoint.kind is not CheckpointKind.CONTROL
    ]


def hosts_line(about: About) -> str:
    """Return who holds the race and in which role, in one line."""
    return "\u3000\u3000".join(f"{host.name}\u3000{host.role}" for host in about.hosts)


def _tasks(setup: Setup, checkpoint: Checkpoint) -> tuple[Said, ...]:
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


def cards_pdf(pages: Sequence[CardPage], lang: str) -> bytes:
    """Return the teams' cards as A4 pages of four. `lang` is `zh`, `en`, or both with the first larger: `zh+en`."""
    languages = lang.split("+")
    return _pdf(Words("Team cards"), [_team_card(page, languages) for page in pages], languages)


def marshal_cards_pdf(pages: Sequence[MarshalPage], lang: str) -> bytes:
    """Return the marshals' cards as A4 pages of four. `lang` as for `cards_pdf`."""
    languages = lang.split("+")
    return _pdf(Words("Marshals' cards"), [_marshal_card(page, languages) for page in pages], languages)


def _pdf(title: Words, cards: list[dict[str, Any]], languages: Sequence[str]) -> bytes:
    data = {"title": put(title, languages[0]), "languages": languages, "pages": cards}
    return pdf.compile(pdf.TEMPLATES / "cards.typ", data)


def _team_card(page: CardPage, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "number": page.bib,
        "race": in_each(page.race_name, languages),
        "role": in_each(Words("Team card"), languages),
        "title": [page.team],
        "subtitle": in_each(page.club, languages),
        "qr": draw(page.url),
        "scan": in_each(Words("Scan to join"), languages),
        "typed_label": in_each(Words("Will not scan? Type this join code"), languages),
        "typed": show_typed(page.join_code) if page.join_code else "",
        "emergency": emergency(page.emergency_phone, languages),
        "phone": page.emergency_phone,
        "lines": [in_each(line, languages) for line in page.how_lines],
        "members": page.members,
    }


def _marshal_card(page: MarshalPage, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "number": page.code,
        "race": in_each(page.race_name, languages),
        "role": in_each(Words("Marshal's card"), languages),
        "title": in_each(page.name, languages),
        "subtitle": list(dict.fromkeys(listed(page.tasks, languages))),
        "qr": draw(page.url),
        "scan": in_each(Words("Scan to open the station"), languages),
        "typed_label": [],
        "typed": "",
        "emergency": emergency(page.emergency_phone, languages),
        "phone": page.emergency_phone,
        "lines": [in_each(line, languages) for line in page.how_lines],
        "members": (),
    }


def unprintable(setup: Setup) -> list[str]:
    """Return the characters in the race's names that no font has: paper would show empty boxes for them."""
    about, places = setup.about, setup.checkpoints.values()
    texts: list[Text] = [about.name, about.venue, hosts_line(about), *(place.name for place in places)]
    for entry in setup.entries.values():
        texts += [entry.team, entry.club, *(member.name for member in entry.members)]
    return fonts.missing(say(text, language) for text in texts for language in LANGUAGES)


def print_pdf(what: str, setup: Setup, secret: bytes, public_url: str, lang: str) -> bytes:
    """Return one of `PRINTS` as PDF; `lang` is `zh`, `en` or `zh+en`. It computes for a second or so."""
    return PRINTS[what](setup, secret, public_url, lang)


PRINTS: Mapping[str, Callable[[Setup, bytes, str, str], bytes]] = {
    "posters": lambda setup, secret, url, lang: signs_pdf(sign_pages(setup, secret, url), lang),
    "cards": lambda setup, secret, url, lang: cards_pdf(card_pages(setup, secret, url), lang),
    "marshals": lambda setup, secret, url, lang: marshal_cards_pdf(marshal_pages(setup, secret, url), lang),
}
