"""The description of the API names every address of it, and nothing else."""

import re

from flask import Flask

from race.views.openapi import DOCUMENT


def test_every_call_is_described_and_every_description_has_its_call(app: Flask) -> None:
    calls = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1")), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, item in DOCUMENT["paths"].items() for method in item}
    assert described == calls - {("/openapi.json", "get")}
