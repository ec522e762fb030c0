import ast
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import translate

SAID = translate.sentences()


def dynamic_words(node: ast.AST) -> Iterator[int]:
    """The lines that make `Words` or call `_` with something other than a literal: no catalogue can know it."""
    if isinstance(node, ast.FunctionDef) and node.name in translate.KEYWORDS:
        return  # it hands on a sentence that was a literal where it was called
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Words", "_", "N_"}:
        yield from () if node.args and isinstance(node.args[0], ast.Constant) else (node.lineno,)
    for child in ast.iter_child_nodes(node):
        yield from dynamic_words(child)


def test_the_catalogues_are_found() -> None:
    assert translate.languages() == ["zh"]
    assert len(SAID) > 100


@pytest.mark.parametrize("language", translate.languages())
def test_every_sentence_has_its_translation(language: str) -> None:
    catalog = translate.updated(language, SAID)
    assert [(SAID[sentence], sentence) for sentence in translate.untranslated(catalog)] == []


@pytest.mark.parametrize("language", translate.languages())
def test_a_translation_holds_the_same_placeholders(language: str) -> None:
    assert translate.mismatched(translate.load(language)) == []


@pytest.mark.parametrize("language", translate.languages())
def test_a_translation_of_one_and_of_many_holds_the_same_placeholders(language: str) -> None:
    named = translate.PLACEHOLDER.findall
    plural = [
        (*message.id, *(message.string or ()))
        for message in translate.load(language)
        if not isinstance(message.id, str)
    ]
    assert [forms for forms in plural if len({frozenset(named(form)) for form in forms}) != 1] == []


@pytest.mark.parametrize("language", translate.languages())
def test_a_catalogue_holds_no_sentence_that_nobody_says(language: str) -> None:
    kept = {message.id for message in translate.load(language) if message.id}
    assert [sentence for sentence in kept if sentence not in SAID] == []


def test_no_sentence_is_put_together_where_no_catalogue_can_know_it() -> None:
    places = [
        f"{path.relative_to(translate.ROOT)}:{line}"
        for path in sorted(translate.ROOT.rglob("*.py"))
        if path.relative_to(translate.ROOT).parts[0] not in translate.SILENT | {".venv"}
        for line in dynamic_words(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert places == []


@pytest.mark.parametrize("language", translate.languages())
def test_updating_a_catalogue_that_is_up_to_date_changes_nothing(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = translate.catalogue_path(language).read_bytes()
    catalog = translate.updated(language, SAID)
    monkeypatch.setattr(translate, "TRANSLATIONS", tmp_path)
    translate.save(catalog, language)
    assert translate.catalogue_path(language).read_bytes() == before


def test_the_compiled_catalogue_is_what_is_written_down() -> None:
    compiled = gettext.translation("messages", translate.TRANSLATIONS, ["zh"])
    for message in translate.load("zh"):
        if isinstance(message.id, str) and message.id:
            assert compiled.gettext(message.id) == message.string
        elif message.id:
            one, many = message.id
            assert [(compiled.ngettext(one, many, count),) for count in (1, 2)] == [message.string] * 2
