"""What a print is: its name, what it is made from and by whom. Floors above lay their own beside those of a race."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from base import fonts, pdf
from base.languages import LANGUAGES, Text, Words, say
from facts.model import Stage
from maps.model import Picture
from race.model import Setup
from race.printing.signs import hosts_line
from race.rules.scored import Scored

LANGS = ("zh", "en", "zh+en")
ORDERS = ("start", "club", "bib")


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen; each print heeds what concerns it.

    Start and check-in lists: `by`, one of `ORDERS`, or empty for what suits the list. Result lists: only the `first` so
    many places, or None for all; members' `names` too; the `version` of a published list. Certificates: one `award`
    only, by its name; for all `finishers` instead of awards; one for `each` member of a team. Proofs: of one `bank`,
    by its id, and of a large one which `part`.
    """

    by: str = ""
    first: int | None = None
    names: bool = False
    version: int | None = None
    award: str = ""
    finishers: bool = False
    each: bool = False
    bank: str = ""
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """All that a print is made from. `lang` is one of `LANGS`; `at` is now, and the race was scored then.

    `published` is the result list as it was published, in the terms of the contract; where it is there, paper of
    results shows that and its `version` stands in the choices. `digests` are of the banks, by id; `logo` is the hosts'
    mark, or None.
    """

    slug: str
    stage: Stage
    setup: Setup
    secret: bytes
    public_url: str
    scored: Scored
    at: int
    lang: str = "zh"
    choices: Choices = Choices()
    published: Mapping[str, Any] | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    logo: Picture | None = None

    @property
    def languages(self) -> list[str]:
        """The languages of the paper, the main one first."""
        return self.lang.split("+")

    @property
    def mark(self) -> str:
        """The hosts' mark as templates take it, or "" for none."""
        return (
            pdf.drawable(self.logo.media_type, self.logo.data, self.logo.width, self.logo.height) if self.logo else ""
        )


@dataclass(frozen=True, slots=True)
class Print:
    """One thing to print. `make` gives a PDF, `word` the same for Word where there is such; each takes a second or so.

    `has_address` where codes on it hold the public address, which phones must be able to open. `has_answers` where it
    tells the right answers, so that only who may see the questions gets it.
    """

    name: Words
    make: Callable[[Job], bytes]
    has_address: bool = False
    word: Callable[[Job], bytes] | None = None
    has_answers: bool = False


def unprintable(setup: Setup) -> list[str]:
    """Return the characters in the race's names that no font has: paper would show empty boxes for them."""
    about = setup.about
    texts: list[Text] = [about.name, about.venue, hosts_line(about)]
    texts += [place.name for place in setup.checkpoints.values()]
    texts += [class_.name for class_ in setup.classes.values()]
    for award in about.awards:
        texts += [award.name, *(recipient.value for recipient in award.to)]
    for entry in setup.entries.values():
        texts += [entry.team, entry.club, *(member.name for member in entry.members)]
        texts += [entry.contact.name] if entry.contact else []
    return fonts.missing(say(text, language) for text in texts for language in LANGUAGES)
