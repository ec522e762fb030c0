"""The program's own words in a language, outside a web page: on paper and at the terminal.

Pages use Flask-Babel; both read the same catalogues in `translations/`.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from base.languages import Text, Words, listed, say

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

Said = Text | Words


def put(said: Said | None, language: str) -> str:
    """Return what an organizer wrote or the program says, in `language`. So are words within words."""
    if not isinstance(said, Words):
        return say(said, language)
    sentence = _catalogue(language).gettext(said.message)
    if not said.arguments:
        return sentence
    return sentence % {name: _argument(value, language) for name, value in said.arguments.items()}


def _argument(value: object, language: str) -> object:
    if isinstance(value, list | tuple):
        return listed((_argument(part, language) for part in value), language)
    return put(value, language) if isinstance(value, Words | Mapping) else value


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # English sentences are the keys, so English needs no catalogue.
    return gettext.translation("messages", CATALOGUES, [language], fallback=True)


def terminal_language() -> str:
    """Return the language for a person at a terminal, as their environment says it: Chinese or English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if named.startswith("zh") else "en"
