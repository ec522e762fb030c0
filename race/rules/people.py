"""Who of a team is expected, and whom to call."""

from race.model import Entry, Setup


def heads_of(setup: Setup, entry: Entry) -> int | None:
    """Return how many are expected: the members by name, else the size of a team of the class, if it has one."""
    return len(entry.members) or setup.classes[entry.class_].team_size


def captain_of(entry: Entry) -> tuple[str, str]:
    """Return the captain's name and a number to call: who is called captain, else the contact, else the first.

    Where that person has no number, the number is the next one's who has.
    """
    captains = [member for member in entry.members if "队长" in member.role or "captain" in member.role.lower()]
    people = [*captains, *([entry.contact] if entry.contact else []), *entry.members]
    phone = next((person.phone for person in people if person.phone), "")
    return (people[0].name if people else "", phone)
