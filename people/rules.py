"""What a name and a password must be like."""

from base.languages import Words

SHORTEST_PASSWORD = 10
LONGEST = 200
LONGEST_NAME = 80


def faults_of(name: str, password: str, again: str) -> list[Words]:
    """Name what is wrong with a new account."""
    words: list[Words] = []
    if not 1 <= len(name) <= LONGEST_NAME:
        words.append(Words("Please give a name, of at most %(longest)s characters.", {"longest": LONGEST_NAME}))
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST:
        words.append(Words("A password has %(least)s characters or more.", {"least": SHORTEST_PASSWORD}))
    if password != again:
        words.append(Words("The two passwords differ. Please type them again."))
    return words
