"""Cards: one for each team, one for each marshal's station."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from base import pdf
from base.keys import show_typed
from base.languages import Text, Words
from base.translate import Said, put
from checkpoints.model import CheckpointKind
from checkpoints.printing import draw, emergency, in_each, listed
from checkpoints.rules import station_key
from race.model import Setup
from race.printing.signs import tasks_of
from race.rules.cards import card_key, join_code

HOW_A_TEAM_PLAYS: tuple[Said, ...] = (
    Words("Scan this card with WeChat or your phone's camera: your phone has joined."),
    Words("Find a checkpoint by the map, wait for all of you, then scan its sign."),
    Words("Do the task. Scan the finish sign together."),
    Words("No signal? Scan or type the code on the race page. In WeChat, keep it open."),
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
            tasks=tasks_of(setup, checkpoint),
            url=f"{public_url}/M/{station_key(secret, checkpoint)}",
            emergency_phone=about.emergency_phone,
            how_lines=HOW_A_MARSHAL_WORKS[checkpoint.kind],
        )
        for checkpoint in setup.checkpoints.values()
        if checkpoint.tasks or checkpoint.kind is not CheckpointKind.CONTROL
    ]


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
