"""Pages live under a Content-Security-Policy without inline script or style, and ask no other host for anything."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CLIENT = sorted(path for path in (ROOT / "client").rglob("*") if path.suffix in {".ts", ".tsx"})
STYLES = sorted(path for path in (ROOT / "static").rglob("*.css") if "build" not in path.parts)

# Data for a script is no script: the browser does not run it.
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=\s*[\"'{]", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an htmx handler, which needs eval": re.compile(r"\bhx-on\b|[\"']js:"),
    "a script address": re.compile(r"[\"']javascript:", re.IGNORECASE),
}
UNSAFE = {
    "eval": re.compile(r"\beval\s*\(|\bnew Function\b|set(?:Timeout|Interval)\s*\(\s*[\"'`]"),
    "HTML from a string": re.compile(
        r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write"
    ),
    "an htmx handler, which needs eval": re.compile(r"\bhx-on\b|[\"']js:"),
}
# A namespace is a name, not an address; nothing is fetched from it.
ANOTHER_HOST = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


def found(patterns: dict[str, re.Pattern[str]], text: str) -> list[str]:
    """Which patterns a text holds, with what matched."""
    return [f"{name}: {match.group()[:80]}" for name, pattern in patterns.items() for match in pattern.finditer(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_holds_no_inline_script_or_style(path: Path) -> None:
    assert found(INLINE, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CLIENT, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_client_makes_no_code_and_no_html_of_strings(path: Path) -> None:
    assert found(UNSAFE, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *CLIENT, *STYLES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_host_is_asked(path: Path) -> None:
    assert ANOTHER_HOST.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        '<p style="color: red">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        '<div hx-on:click="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_the_patterns_see_what_they_look_for(page: str) -> None:
    assert found(INLINE, page)


def test_data_and_files_of_our_own_pass() -> None:
    page = '<script type="module" src="/static/build/board.js"></script><script type="application/json">{}</script>'
    assert found(INLINE, page) == []
    assert ANOTHER_HOST.findall('<svg xmlns="http://www.w3.org/2000/svg"> /static/a.b//c') == []
    assert ANOTHER_HOST.findall('<script src="//cdn.example.org/a.js">')
