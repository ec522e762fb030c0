"""The marks that a text may carry: whatever somebody writes, a page shows it, and nothing of it runs."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.rich import bare, markup

MARKS = {"b", "i", "u", "sub", "sup", "code"}
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b><script>alert(1)</script></b>",
    "<b onmouseover=alert(1)>一</b>",
    "<b\n>一</b>",
    "<code></code><svg/onload=alert(1)>",
    "<code><img src=x onerror=alert(1)></code>",
    '<a href="javascript:alert(1)">一</a>',
    "<b>&lt;script&gt;</b>",
    "<sub><style>*{display:none}</style></sub>",
    "<<b>script>alert(1)<</b>/script>",
    "<i><!-- </i><script>alert(1)</script> --></i>",
)
FRAGMENTS = st.sampled_from(
    [
        *(f"<{slash}{mark}>" for mark in MARKS for slash in ("", "/")),
        "<br>",
        "<br/>",
        "<",
        ">",
        "&",
        '"',
        "<b a=1>",
        "字",
        "\n",
    ]
)


class Read(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.tags = "", 0, set[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.add(tag)
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_nothing_but_marks_comes_out_and_every_letter_shows(text: str) -> None:
    read = Read(markup(text))
    assert read.tags <= MARKS
    assert read.open == 0
    assert read.text == bare(text)
    if not read.tags:
        assert read.text in (text, text.replace("<br>", "\n").replace("<br/>", "\n"))


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_shown_as_it_is_written(text: str) -> None:
    read = Read(markup(text))
    assert read.tags <= MARKS
    assert "script" not in text or "script" in read.text
