"""What each role may do, and what names, passwords and invitations must be like."""

from enum import StrEnum

from base.languages import Words
from people.model import Role

SHORTEST_PASSWORD = 10
LONGEST = 200
LONGEST_NAME = 80
# In one union; nobody needs more, and a page of them stays readable.
MOST_ACCOUNTS = 200
MOST_LINKS = 50
MOST_TOKENS = 20
# How many names a sentence holds.
MOST_NAMED = 3


class Act(StrEnum):
    """What a page or an address lets somebody do. Every address of the organizers' side names one."""

    OWN = "own"  # the start page, one's own name, password and tokens
    SET_UP = "set_up"
    QUESTIONS = "questions"
    APPROVE = "approve"  # of a bank that somebody else wrote
    PRINT = "print"
    CONTROL = "control"
    DECIDE = "decide"
    PUBLISH = "publish"
    COLLEAGUES = "colleagues"
    STATIONS = "stations"


_MAY = {
    Role.ORGANIZER: frozenset(Act),
    Role.AUTHOR: frozenset({Act.OWN, Act.QUESTIONS}),
    # Not the questions: who stands on the course that day is often a colleague of those who run.
    Role.CHIEF: frozenset({Act.OWN, Act.PRINT, Act.CONTROL, Act.DECIDE, Act.PUBLISH, Act.STATIONS}),
    Role.MARSHAL: frozenset({Act.OWN, Act.STATIONS}),
}

UNION_TAKEN = Words("Another union here has this name. Please add your place or district.")

ROLE_NAMES = {
    Role.ORGANIZER: Words("Organizer"),
    Role.AUTHOR: Words("Question author"),
    Role.CHIEF: Words("Chief marshal"),
    Role.MARSHAL: Words("Marshal"),
}

ROLE_ABOUT = {
    Role.ORGANIZER: Words("Everything: set-up, race day, results, colleagues"),
    Role.AUTHOR: Words("Writes the questions, sees nothing else"),
    Role.CHIEF: Words("Race control, decisions and results on the day; no questions"),
    Role.MARSHAL: Words("Opens the stations on race day"),
}


def may(role: Role, act: Act) -> bool:
    """Tell whether somebody in this role may do this."""
    return act in _MAY[role]


def ask_whom(organizers: list[str]) -> Words:
    """Return what to tell somebody whose role does not reach; `organizers` are the names of those who can help."""
    names = " / ".join(organizers[:MOST_NAMED])
    if not names:
        return Words("Your account is not for this. Ask an organizer.")
    return Words("Your account is not for this. Ask an organizer: %(names)s.", {"names": names})


def name_faults(name: str) -> list[Words]:
    """Name what is wrong with somebody's name."""
    if not 1 <= len(name) <= LONGEST_NAME:
        return [Words("Please give a name, of at most %(longest)s characters.", {"longest": LONGEST_NAME})]
    return []


def union_faults(name: str) -> list[Words]:
    """Name what is wrong with a union's name."""
    if not 1 <= len(name) <= LONGEST_NAME:
        return [Words("Please give your union's name, of at most %(longest)s characters.", {"longest": LONGEST_NAME})]
    return []


def password_faults(password: str, again: str) -> list[Words]:
    """Name what is wrong with a new password."""
    words: list[Words] = []
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
        words.append(Words("A password has %(least)s characters or more.", {"least": SHORTEST_PASSWORD}))
    if password != again:
        words.append(Words("The two passwords differ. Please type them again."))
    return words


def stays_led(organizers: list[int], account: int) -> bool:
    """Tell whether a union still has an organizer without this account; `organizers` are those it has now."""
    return any(other != account for other in organizers)
