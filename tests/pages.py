"""What a page's form would send if somebody only pressed its button."""

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Gathers the fields of one form in their order, as a browser does: rows of a <template> are no fields."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._form = form
        self._inside = False
        self._template = 0
        self._select = ""
        self._options: list[tuple[str, bool]] = []
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self._form
        self._template += tag == "template"
        if not self._inside or self._template:
            return
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name:
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked and given.get("type") != "file":
                self.found.setdefault(name, []).append(value)
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea":
            self._area = name
            self.found.setdefault(name, []).append("")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._template -= tag == "template"
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = ""
        elif tag == "select" and self._select and not self._template:
            chosen = [value for value, selected in self._options if selected]
            self.found.setdefault(self._select, []).append((chosen or [self._options[0][0]])[0])
            self._select = ""


def form_fields(page: str, form: str) -> dict[str, Any]:
    """Return the fields of a page's form, by name: a text, or a list of them where several bear the name."""
    parser = _Form(form)
    parser.feed(page)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in parser.found.items()}
