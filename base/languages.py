"""Words in the reader's language.

Two kinds of words exist. What an organizer wrote is `Text`: a plain string, or one string a language. What the program
says is `Words`: an English sentence that is also the key of its translation, with named arguments, so that pure code
can speak without knowing who listens. Views put both into a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("zh", "en")
DEFAULT = "zh"

Text = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence to be translated later: `message` holds `%(name)s` for each of `arguments`."""

    message: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.arguments if self.arguments else self.message


def say(text: Text | None, language: str) -> str:
    """Return `text` in `language`, else in Chinese, else in whatever language it has; nothing is the empty string."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")
