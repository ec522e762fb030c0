"""Keeps the catalogues of `translations/` in step with the sentences in the code.

    python tools/translate.py       # adds new sentences, drops those nobody says any more, lists what to translate

Catalogues are sorted and name neither lines nor days, so a change in one shows only what changed in what is said.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
# Tests, tools and benches speak to developers, in English.
SILENT = {"tests", "tools", "bench", "migrations", "node_modules", "build", "static", "client"}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "Words": None,
    # What readers of files call to make a `Fault` of a sentence.
    "_fault": None,
    "fault": (2,),
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
HEADER = "# What Waypost says, in this language. English sentences are the keys; `make words` keeps it."
# %(name)s and its like; two percent signs are one, said as such.
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-zA-Z]")

Sentence = str | tuple[str, ...]


def sentences() -> dict[Sentence, str]:
    """Every sentence that the code says, with the first file that says it."""
    found: dict[Sentence, str] = {}
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT)
        method = {".py": "python", ".html": "jinja2"}.get(path.suffix)
        if method is None or place.parts[0] in SILENT or place.parts[0].startswith("."):
            continue
        for _, message, _, _ in extract_from_file(method, path, KEYWORDS, options={"trimmed": "true"}):
            found.setdefault(message, str(place))
    return found


def languages() -> list[str]:
    """The languages that there is a catalogue for; English needs none."""
    return sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir())


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    """The catalogue of a language; empty if there is none yet."""
    path = catalogue_path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, said: dict[Sentence, str]) -> Catalog:
    """The catalogue with just the sentences that are said, and what is already translated of them."""
    old = load(language)
    new = Catalog(locale=language, header_comment=HEADER, fuzzy=False)
    for sentence in said:
        known = old.get(sentence if isinstance(sentence, str) else sentence[0])
        new.add(sentence, known.string if known and known.string else None)
    return new


def save(catalog: Catalog, language: str) -> None:
    """Writes the catalogue sorted, with the two header lines that reading it needs."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {language}\\n"\n\n'
    with path.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalog, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)


def untranslated(catalog: Catalog) -> list[Sentence]:
    """The sentences that a catalogue has no words for."""
    lacking: list[Sentence] = []
    for message in catalog:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(forms):
            lacking.append(message.id if isinstance(message.id, str) else tuple(message.id))
    return lacking


def mismatched(catalog: Catalog) -> list[str]:
    """The sentences whose translation names other placeholders than they do."""
    return [
        message.id
        for message in catalog
        if isinstance(message.id, str)
        and message.string
        and set(PLACEHOLDER.findall(message.id)) != set(PLACEHOLDER.findall(str(message.string)))
    ]


def main() -> int:
    """Updates every catalogue; 1 if one of them lacks words."""
    said = sentences()
    lacking = 0
    for language in languages():
        catalog = updated(language, said)
        save(catalog, language)
        for sentence in untranslated(catalog):
            print(f"{language}: {said[sentence]}: {sentence}")
            lacking += 1
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
