"""Filling in a page's form as a browser does: what it shows is sent back, with what a test types into it."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Forms(HTMLParser):
    """The forms of a page: where each goes, and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, Any]]] = []
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append((given.get("id") or "", given.get("action") or "", {}))
            return
        if not self.forms:
            return
        values = self.forms[-1][2]
        if tag == "input" and name:
            kind = given.get("type")
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind != "file":
                values[name] = given.get("value") or ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in values):
            values[self._select] = given.get("value") or ""
        elif tag == "textarea":
            self._area = name
            values[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][2][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def forms_of(page: TestResponse) -> list[tuple[str, str, dict[str, Any]]]:
    """The forms of a page: the id of each, where it goes, and what its fields hold."""
    reader = _Forms()
    reader.feed(page.text)
    return reader.forms


def fields(page: TestResponse, where: str) -> dict[str, Any]:
    """What the fields of a page's form hold; `where` is the form's id or the end of its address."""
    forms = forms_of(page)
    found = [values for name, action, values in forms if where == name or action.endswith(where)]
    assert found, [(name, action) for name, action, _ in forms]
    return found[0]


def send(browser: FlaskClient, page: TestResponse, where: str, address: str, **typed: Any) -> TestResponse:
    """Send a form as the page shows it, with what is typed; None takes a field away (an unticked box)."""
    values = {**fields(page, where), **{name.replace("__", "-"): value for name, value in typed.items()}}
    return browser.post(address, data={name: value for name, value in values.items() if value is not None})
