"""Words in the reader's language.

Two kinds of words exist. What an organizer wrote is `Text`: a plain string, or one string a language. What the program
says is `Words`: an English sentence that is also the key of its translation, with named arguments, so that pure code
can speak without knowing who listens. Views put both into a language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
# What stands between the parts of a list.
BETWEEN = {"zh": "、"}
BETWEEN_ELSE = ", "

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to be translated later: `message` holds `%(name)s` for each of `arguments`.

    An argument may be words again, or a list of such, which is written out as the reader's language writes lists.
    """

    message: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def having(self, **arguments: Any) -> "Words":
        """Return the same sentence with these arguments: for tables of sentences."""
        return replace(self, arguments=arguments)

    def to_json(self) -> dict[str, Any]:
        """Return the sentence for a while in store; `from_json` reads it back."""
        arguments = {
            name: {"words": value.to_json()} if isinstance(value, Words) else {"value": value}
            for name, value in self.arguments.items()
        }
        return {"message": self.message, "arguments": arguments}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Words":
        """Return what `to_json` wrote: the catalogues know its sentence, since it was said before."""
        arguments = {
            name: cls.from_json(value["words"]) if "words" in value else value["value"]
            for name, value in data["arguments"].items()
        }
        return cls(data["message"], arguments)

    def __str__(self) -> str:
        said = {name: _listed_plainly(value) for name, value in self.arguments.items()}
        return self.message % said if said else self.message


def _listed_plainly(value: object) -> object:
    return listed(value, "en") if isinstance(value, list | tuple) else value


def say(text: Text | None, language: str) -> str:
    """Return `text` in `language`, else in Chinese, else in whatever language it has; nothing is the empty string."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")


def listed(parts: Iterable[object], language: str) -> str:
    """Return a list as it is written in `language`: 31、32、33 or 31, 32, 33."""
    return BETWEEN.get(language, BETWEEN_ELSE).join(map(str, parts))
